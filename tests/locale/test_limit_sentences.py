"""What a plan's limits say in words, branch by branch: when, who, how much, by what, and what it costs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.measures import DependencyKind
from metrics.domain.portfolio.finding import Shortage, WorstPeriod
from metrics.domain.portfolio.from_plan import LeftOut, PlanProblem, Unheld
from metrics.domain.portfolio.limits import BrokenDependency, Parallel
from metrics.domain.portfolio.moves import Move, MoveKind
from metrics.domain.portfolio.no_relief import NoRelief, Reason
from metrics.domain.portfolio.problem import Bucket, Overload, Problem, Resource, ResourceKind
from metrics.domain.portfolio.relief import Proof, Relief
from metrics.locale.assumptions import money_aside_sentence, unheld_sentences
from metrics.locale.catalogue import LANGUAGES, Language
from metrics.locale.limits import (
    NAMED,
    Names,
    broken_sentence,
    bucket_name,
    cost_sentence,
    estimated_sentence,
    headline,
    lack_told,
    left_out_sentences,
    listed,
    move_sentence,
    no_relief_sentences,
    overload_sentence,
    parallel_sentence,
    relief_sentence,
    shortage_sentence,
    unheard_sentence,
    unheld_sentence,
    worst_sentence,
)

QUARTERS = ("2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4", "2028-Q1")
NAMES = Names(
    measures={"M-1": "Leerstand", "M-2": "Gründung", "M-3": "Kataster"},
    groups={"KG": "Team", "KG-2": "Leitung"},
    pots={"FT": "Topf"},
    goals={"Z-1": "Belebte Mitte"},
    periods=QUARTERS,
    language="de",
)
ENGLISH = replace(NAMES, language="en")
MONTHS = replace(NAMES, periods=("2027-03", "2027-04"))
POT = Resource("pot:FT", ResourceKind.money, (100.0, 50.0), (0, 0, 0, 0, 1))
PROBLEM = Problem(5, {"KG": Resource.by_period("KG", (30.0,) * 5), "pot:FT": POT}, {})


def plain(text: str) -> str:
    """With ordinary spaces."""
    return text.replace("\u202f", " ").replace("\xa0", " ")


def lack(days: float, fte: float | None, group: str = "KG") -> Shortage:
    return Shortage(group, "2027-Q2", days, fte, {"M-1": 20.0, "M-2": 5.5})


@pytest.mark.parametrize(
    ("worst", "expected"),
    [
        (
            WorstPeriod("2027-Q2", (lack(40, 1.4), lack(1, 0.03, "KG-2"))),
            "Der Plan braucht im 2. Quartal 2027 1,4 Vollzeitkräfte mehr, als da sind; es klemmt bei Team, Leitung.",
        ),
        (
            WorstPeriod("2027-Q2", (lack(30, 1.04),)),
            "Der Plan braucht im 2. Quartal 2027 eine Vollzeitkraft mehr, als da ist; es klemmt bei Team.",
        ),
        (
            WorstPeriod("2027-Q2", (lack(1, 0.04),)),
            "Der Plan braucht im 2. Quartal 2027 0,04 Vollzeitkräfte mehr, als da sind; es klemmt bei Team.",
        ),
        (
            WorstPeriod("2027-03", (lack(12.5, None),)),
            "Der Plan braucht im März 2027 12,5 Personentage mehr, als da sind; es klemmt bei Team.",
        ),
    ],
)
def test_the_sentence_on_top_says_when_how_many_and_where(worst: WorstPeriod, expected: str) -> None:
    assert plain(worst_sentence(worst, NAMES)) == expected


MONEY = Overload(Bucket("pot:FT", 0), 100, 130, {"M-1": 130})
WAITS = BrokenDependency(DependencyKind.after, "M-1", "M-2")
PLACED = PlanProblem(PROBLEM, QUARTERS, {"M-1": 0}, frozenset(), {}, (), {}, frozenset(), False)


@pytest.mark.parametrize(
    ("overloads", "broken", "too_many", "expected"),
    [
        ((), (), False, "Die Zeit reicht: In keinem Zeitraum ist mehr verplant, als da ist."),
        ((MONEY,), (WAITS,), True, "Die Zeit reicht, das Geld nicht: 2027, Topf: 30 € mehr geplant, als da sind"),
        ((), (WAITS,), True, "Zeit und Geld reichen, aber „Leerstand“ beginnt, bevor „Gründung“ zu Ende ist."),
        ((), (), True, "Zeit und Geld reichen, aber es laufen mehr Maßnahmen zugleich, als das Amt will."),
    ],
)
def test_where_time_suffices_the_sentence_on_top_still_tells_of_money_order_and_number(
    overloads: tuple[Overload, ...], broken: tuple[BrokenDependency, ...], too_many: bool, expected: str
) -> None:
    assert plain(headline(PLACED, None, overloads, broken, too_many, NAMES)).startswith(expected)


def test_that_all_fits_is_never_said_of_a_plan_in_which_nothing_counts() -> None:
    nothing = replace(PLACED, starts={})
    assert headline(nothing, None, (), (), False, NAMES) == (
        "Es gibt nichts zu rechnen: Ab heute zählt kein Bedarf einer Maßnahme."
    )


def test_people_lacking_come_before_everything_else() -> None:
    worst = WorstPeriod("2027-Q2", (lack(40, 1.4),))
    assert headline(PLACED, worst, (MONEY,), (WAITS,), True, NAMES) == worst_sentence(worst, NAMES)


def test_own_demands_on_an_example_group_are_told() -> None:
    assert unheard_sentence(0, "de") is None
    assert str(unheard_sentence(1, "de")).startswith("1 eigener Bedarf zählt nicht mit")
    assert str(unheard_sentence(2, "en")).startswith("2 own demands do not count")


def test_a_shortage_names_its_measures_and_says_where_nobody_is_there() -> None:
    assert plain(shortage_sentence(lack(10, 0.3), NAMES)) == (
        "2. Quartal 2027, Team: 10,0 Personentage zu viel, das sind 0,3 Vollzeitkräfte (Leerstand 20,0, Gründung 5,5)"
    )
    assert plain(shortage_sentence(lack(10, 0.02), NAMES)).count("0,02 Vollzeitkräfte") == 1
    assert plain(shortage_sentence(lack(25.5, None), NAMES)) == (
        "2. Quartal 2027, Team: niemand da für 25,5 Personentage (Leerstand 20,0, Gründung 5,5)"
    )


@pytest.mark.parametrize(
    ("lack", "expected"),
    [(0.0, "0,0"), (1.24, "1,2"), (0.05, "0,1"), (0.049, "0,05"), (0.005, "0,01"), (0.0049, "unter 0,01")],
)
def test_a_lack_above_nothing_never_looks_like_nothing(lack: float, expected: str) -> None:
    assert plain(lack_told(lack, "de")) == expected


def test_too_much_time_is_told_by_its_period_and_too_much_money_by_its_year() -> None:
    time = Overload(Bucket("KG", 1), 30, 40, {"M-1": 40.0})
    money = Overload(Bucket("pot:FT", 1), 50, 1250, {"M-2": 1250.0})
    assert plain(overload_sentence(time, PROBLEM, NAMES)) == (
        "2. Quartal 2027, Team: 10,0 Personentage zu viel (Leerstand 40,0)"
    )
    assert plain(overload_sentence(money, PROBLEM, NAMES)) == (
        "2028, Topf: 1.200 € mehr geplant, als da sind (Gründung 1.250 €)"
    )
    assert (bucket_name(time.bucket, PROBLEM, NAMES), bucket_name(money.bucket, PROBLEM, NAMES)) == (
        "2. Quartal 2027, Team",
        "2028, Topf",
    )


def test_what_runs_at_once_is_told_only_beyond_the_offices_own_limit() -> None:
    kept, broken = Parallel((("M-1",), ()), 1), Parallel((("M-1", "M-2"), ("M-1",)), 1)
    assert parallel_sentence(kept, 1, NAMES) is None
    assert parallel_sentence(broken, 1, NAMES) == (
        "Bis zu 2 Maßnahmen laufen zugleich, das Amt will höchstens 1: 1. Quartal 2027"
    )


@pytest.mark.parametrize(
    ("move", "names", "expected"),
    [
        (Move("M-1", MoveKind.drop, None, 0, 3, 0), NAMES, "„Leerstand“ streichen"),
        (Move("M-1", MoveKind.slim, 1, 0.75, 1, 0), NAMES, "„Leerstand“ auf 75 % des Aufwands kürzen"),
        (
            Move("M-1", MoveKind.slim, 2, 0.5, 1, 1),
            NAMES,
            "„Leerstand“ auf 50 % des Aufwands kürzen und verschieben, Beginn 3. Quartal 2027",
        ),
        (
            Move("M-1", MoveKind.postpone, 1, 1, 0, 1),
            NAMES,
            "„Leerstand“ um 1 Quartal verschieben, Beginn 2. Quartal 2027",
        ),
        (
            Move("M-1", MoveKind.postpone, 3, 1, 0, 3),
            NAMES,
            "„Leerstand“ um 3 Quartale verschieben, Beginn 4. Quartal 2027",
        ),
        (Move("M-1", MoveKind.postpone, 1, 1, 0, 1), MONTHS, "„Leerstand“ um 1 Monat verschieben, Beginn Apr. 2027"),
        (Move("M-1", MoveKind.postpone, 1, 1, 0, 2), MONTHS, "„Leerstand“ um 2 Monate verschieben, Beginn Apr. 2027"),
    ],
)
def test_each_move_is_told_as_what_becomes_of_the_measure(move: Move, names: Names, expected: str) -> None:
    assert plain(move_sentence(move, names)) == expected


def test_the_cost_is_lost_value_and_the_goals_that_nothing_serves_any_more() -> None:
    dropped, postponed = Move("M-1", MoveKind.drop, None, 0, 6.5, 0), Move("M-1", MoveKind.postpone, 1, 1, 0, 1)
    assert cost_sentence(postponed, (), NAMES) == "kostet keinen Nutzwert, nur Zeit"
    assert cost_sentence(dropped, (), NAMES) == "kostet 6,50 Nutzwert"
    assert cost_sentence(dropped, ("Z-1", "Z-9"), NAMES) == (
        "kostet 6,50 Nutzwert; danach dient keine geplante Maßnahme mehr: Belebte Mitte, Z-9"
    )


def relief(touched: int, bound: int, proof: Proof) -> Relief:
    moves = tuple(Move(f"M-{number}", MoveKind.drop, None, 0, 1, 0) for number in range(touched))
    return Relief(moves, {}, {}, bound, 0.0, proof)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (relief(0, 0, Proof.best), "Alles passt: Es muss nichts geändert werden."),
        (relief(1, 1, Proof.best), "Es genügt, eine Maßnahme zu ändern; ganz ohne Änderung passt der Plan nicht."),
        (relief(3, 3, Proof.best), "Es genügt, 3 Maßnahmen zu ändern; mit weniger passt der Plan nicht."),
        (
            relief(3, 3, Proof.fewest),
            "Es genügt, 3 Maßnahmen zu ändern; mit weniger passt der Plan nicht. "
            "Ob es mit weniger Verlust geht, ist in der Zeit nicht bewiesen.",
        ),
        (
            relief(5, 3, Proof.bounded),
            "Mit 5 geänderten Maßnahmen passt der Plan; bewiesen sind mindestens 3.",
        ),
    ],
)
def test_how_many_have_to_change_is_never_said_surer_than_it_is(found: Relief, expected: str) -> None:
    assert relief_sentence(found, "de") == expected


def test_where_nothing_helps_the_conflict_is_spelled_out() -> None:
    late = NoRelief(Reason.out_of_time)
    assert no_relief_sentences(late, PROBLEM, NAMES) == [
        "In der gegebenen Zeit wurde kein Ausweg gefunden. Lösen Sie eine Festlegung."
    ]
    stuck = NoRelief(
        Reason.not_possible,
        kept=("M-1", "M-2"),
        overloads=(Overload(Bucket("KG", 0), 30, 40, {"M-1": 40.0}),),
        dependencies=(BrokenDependency(DependencyKind.after, "M-1", "M-2"),),
        periods=(0, 1),
    )
    first, *others = map(plain, no_relief_sentences(stuck, PROBLEM, NAMES))
    assert first == "Es gibt keinen Ausweg, solange diese Maßnahmen bleiben müssen: Leerstand, Gründung."
    assert others == [
        "1. Quartal 2027, Team: 10,0 Personentage zu viel (Leerstand 40,0)",
        broken_sentence(stuck.dependencies[0], NAMES),
        "Zu viele Maßnahmen zugleich: 1. Quartal 2027, 2. Quartal 2027",
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (DependencyKind.after, "„Leerstand“ beginnt, bevor „Gründung“ zu Ende ist"),
        (DependencyKind.requires, "„Leerstand“ braucht „Gründung“, die nicht dabei ist"),
        (DependencyKind.excludes, "„Leerstand“ und „Gründung“ schließen sich aus"),
    ],
)
def test_a_dependency_is_told_as_what_goes_wrong(kind: DependencyKind, expected: str) -> None:
    assert broken_sentence(BrokenDependency(kind, "M-1", "M-2"), NAMES) == expected
    unheld = unheld_sentence(Unheld("M-1", "M-2", kind), NAMES)
    assert unheld.startswith("„Leerstand“ hängt ab von „Gründung“ (")
    assert unheld.endswith(", die keinen Bedarf im Zeitraum hat; das ist nicht geprüft.")


def test_of_many_dependencies_that_lead_nowhere_a_few_are_told_and_the_rest_is_counted() -> None:
    many = [Unheld("M-1", f"X-{number}", DependencyKind.after) for number in range(NAMED + 7)]
    lines = unheld_sentences(many, NAMES)
    assert len(lines) == NAMED + 1
    assert lines[-1] == "7 weitere Abhängigkeiten sind aus demselben Grund nicht geprüft."
    assert unheld_sentences(many[: NAMED + 1], NAMES)[-1] == (
        "1 weitere Abhängigkeit ist aus demselben Grund nicht geprüft."
    )
    assert unheld_sentences(many[:NAMED], NAMES) == lines[:NAMED]


def test_measures_that_do_not_count_are_told_by_reason() -> None:
    left = {"M-1": LeftOut.no_demand, "M-2": LeftOut.too_long, "M-3": LeftOut.no_demand}
    assert left_out_sentences(left, NAMES) == [
        "2 Maßnahmen zählen nicht mit (ohne Bedarf im Zeitraum): Leerstand, Kataster",
        "1 Maßnahme zählt nicht mit (länger als ihr Zeitfenster): Gründung",
    ]
    assert left_out_sentences({}, NAMES) == []


def test_measures_that_nobody_rated_are_told_as_what_they_count() -> None:
    assert estimated_sentence((), True, NAMES) is None
    assert estimated_sentence(("M-1",), False, NAMES) == "Noch ist nichts bewertet: Jede Maßnahme zählt gleich viel."
    assert estimated_sentence(("M-2", "M-1"), True, NAMES) == (
        "2 Maßnahmen sind nicht bewertet und zählen wie die mittlere: Leerstand, Gründung"
    )


def test_money_that_is_held_against_no_pot_is_told_with_its_sum_the_largest_first() -> None:
    assert money_aside_sentence({}, NAMES) is None
    told = plain(str(money_aside_sentence({"M-1": 200.0, "M-2": 1000.0}, NAMES)))
    assert told == (
        "1.200 € sind gegen keinen Topf gerechnet, weil die Maßnahme im Jahr dieses Geldes keine Zeit mehr braucht: "
        "Gründung 1.000 €, Leerstand 200 €"
    )


@given(st.lists(st.text("ab", min_size=1, max_size=3), max_size=12), st.sampled_from(LANGUAGES))
def test_a_list_names_the_first_and_counts_the_rest(titles: list[str], language: Language) -> None:
    told = listed(titles, replace(NAMES, language=language))
    assert told.split(", ")[:NAMED] == (titles[:NAMED] or [""])
    rest = len(titles) - NAMED
    assert (told.split(", ")[NAMED:] == []) == (rest <= 0)
    assert rest <= 0 or str(rest) in told.split(", ")[-1]


def test_what_has_no_title_is_called_by_its_id() -> None:
    assert [NAMES.measure("M-9"), NAMES.resource("KG-9"), NAMES.resource("pot:FT-9"), NAMES.resource("pot:FT")] == [
        "M-9",
        "KG-9",
        "FT-9",
        "Topf",
    ]


def test_english_readers_get_english_sentences() -> None:
    assert plain(worst_sentence(WorstPeriod("2027-Q2", (lack(40, 1.4),)), ENGLISH)).startswith("In Q2 2027 the plan")
    assert "Personentage" not in shortage_sentence(lack(10, 0.3), ENGLISH)
    assert "pot" in str(money_aside_sentence({"M-1": 1.0}, ENGLISH)).lower()
    assert relief_sentence(relief(0, 0, Proof.best), "en") != relief_sentence(relief(0, 0, Proof.best), "de")
