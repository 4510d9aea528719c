"""A closed round is read: its result, its fingerprint, and the same as data and as text."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from metrics.domain.base import Evidence
from metrics.domain.priorities import PriorityRound, Rating, RemovedMeasure, RoundState, Score, Seat, Voice
from metrics.domain.prioritisation.nutzwert import METHOD
from metrics.domain.prioritisation.robustness import DRAWS, SEED, WeightSpace
from metrics.domain.prioritisation.standing import ScoreSpread
from metrics.domain.refusals import NotAllowed, RatingsStillHidden, RecordNotFound
from metrics.locale.catalogue import LANGUAGES
from metrics.store.ledger import Store
from metrics.usecases.access import RIGHTS, Person, Role
from metrics.usecases.commanding import carry_out
from metrics.usecases.ranking import find_round, fingerprint, person_days, rank_round
from metrics.usecases.ranking_data import ranking_as_data
from metrics.usecases.ranking_text import ranking_as_text
from metrics.usecases.rounds import drop_round, remove_measure
from tests.conftest import NOW
from tests.domain.prioritisation.test_nutzwert import the_worked_example
from tests.plan import a_criteria_set, a_goal, a_measure, a_rater_group, a_rating, a_resource_demand
from tests.usecases.test_rounds import ME, closed_and_rated, opened, stored_round, version, with_a_plan

EVERY, STATED = WeightSpace.every, ScoreSpread.stated


@pytest.fixture
def example(store: Store) -> Store:
    """The handbook's example, closed and stored, with a K.-o. measure and one that nobody rated on Wirkung."""
    round_, ratings = the_worked_example()
    criteria = (round_.criteria[0].model_copy(update={"knock_out": 2.0}), *round_.criteria[1:])
    round_ = round_.model_copy(
        update={"criteria": criteria, "measure_ids": ("M-A", "M-B", "M-C", "M-D", "M-E"), "title": "Was zuerst?"}
    )
    more = [a_rating(1, "M-D", {"W": 1, "U": 10, "E": 10}), a_rating(1, "M-E", {"U": 10, "E": 10})]
    titles = ("Gründerzentrum", "Messeauftritt", "Kataster", "Seilbahn", "Unbewertet")
    with store.change(by="Amt", at=NOW, action="add") as writing:
        writing.add([a_goal(), a_rater_group(), a_rater_group(id="BG-POL", title="Politik"), a_criteria_set()])
        writing.add([a_measure(id=name, title=title) for name, title in zip(round_.measure_ids, titles, strict=True)])
        writing.add([round_, *ratings, *more])
    return store


# --- reading


def test_a_closed_round_is_judged_by_the_ratings_that_are_stored(example: Store) -> None:
    found = rank_round(example, "PR-1", by=ME)
    assert [(one.measure_id, one.utility) for one in found.result.ranking] == [("M-A", 6.6), ("M-B", 6.2), ("M-C", 5.5)]
    assert (found.round, len(found.ratings), found.group_id, found.change_number) == (
        stored_round(example),
        11,
        None,
        1,
    )


def test_a_group_by_itself_is_read_on_request(example: Store) -> None:
    politics = rank_round(example, "PR-1", by=ME, group_id="BG-POL")
    assert [(one.measure_id, one.utility) for one in politics.result.ranking] == [
        ("M-A", 6.9),
        ("M-B", 6.8),
        ("M-C", 5.5),
    ]
    firm = politics.standing(WeightSpace.fixed, ScoreSpread.raters)
    assert firm is not None
    assert firm.among_first(1) == {"M-A": 1, "M-B": 0, "M-C": 0}
    with pytest.raises(RecordNotFound) as refused:
        rank_round(example, "PR-1", by=ME, group_id="BG-99")
    assert refused.value.data == {"kind": "rater_group", "id": "BG-99"}


def test_how_firm_it_stands_is_worked_out_as_it_is_asked(example: Store) -> None:
    found = rank_round(example, "PR-1", by=ME)
    spaces = [found.standing(space) for space in (WeightSpace.every, WeightSpace.fixed)]
    assert [firm and firm.acceptability.space for firm in spaces] == [WeightSpace.every, WeightSpace.fixed]
    default = found.standing()
    assert default is not None and spaces[0] is not None
    assert default.among_first(1) == spaces[0].among_first(1)


def test_a_round_that_is_not_there_or_was_dropped_is_not_found(store: Store) -> None:
    opened(with_a_plan(store))
    drop_round(store, "PR-1", 1, "Versehen", by=ME, at=NOW)
    for round_id in ("PR-1", "PR-9"):
        for read in (lambda name: rank_round(store, name, by=ME), lambda name: find_round(store, name)):
            with pytest.raises(RecordNotFound) as refused:
                read(round_id)
            assert refused.value.data == {"kind": "priority_round", "id": round_id}


def test_an_open_round_is_not_judged(store: Store) -> None:
    opened(with_a_plan(store))
    with pytest.raises(RatingsStillHidden):
        rank_round(store, "PR-1", by=ME)
    with pytest.raises(RatingsStillHidden):
        carry_out(store, "rank", {"by": "Nacht", "round_id": "PR-1"}, NOW)


def test_who_may_not_read_the_plan_is_told_no_ranking(example: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    partner = Person("Hochschule", Role.research_partner)
    assert rank_round(example, "PR-1", by=partner).result == rank_round(example, "PR-1", by=ME).result
    monkeypatch.setitem(RIGHTS, Role.research_partner, frozenset())
    with pytest.raises(NotAllowed):
        rank_round(example, "PR-1", by=partner)


def test_person_days_are_all_demands_of_a_measure_and_none_is_not_zero() -> None:
    demands = [
        a_resource_demand(id="RB-1", person_days=40),
        a_resource_demand(id="RB-2", person_days=2.5, period="2027-Q2", group_id="KG-ANDERE"),
        a_resource_demand(id="RB-3", person_days=0, measure_id="M-16"),
    ]
    assert person_days(demands) == {"M-15": 42.5, "M-16": 0}
    assert person_days([]) == {}


# --- the fingerprint

Inputs = tuple[PriorityRound, list[Rating]]


def with_round(**update: Any) -> Callable[[Inputs], Inputs]:
    return lambda given: (given[0].model_copy(update=update), given[1])


def with_more(*more: Rating) -> Callable[[Inputs], Inputs]:
    return lambda given: (given[0], [*given[1], *more])


def with_one_criterion(**update: Any) -> Callable[[Inputs], Inputs]:
    def change(given: Inputs) -> Inputs:
        first, *others = given[0].criteria
        return with_round(criteria=(first.model_copy(update=update), *others))(given)

    return change


GONE = (RemovedMeasure(measure_id="M-C", reason="doppelt"),)


@pytest.mark.parametrize(
    "change",
    [
        lambda given: (given[0], list(reversed(given[1]))),
        with_round(title="Anders", purpose="anders", note="anders", deadline=date(2030, 1, 1)),
        with_round(state=RoundState.decided),
        with_more(a_rating(1, "M-A", {"W": 0}, round_id="PR-2")),
        with_more(a_rating(1, "M-Z", {"W": 0})),
        with_more(a_rating(1, "M-A", {"W": 0}, vote=2)),
    ],
    ids=["order", "words", "decided", "another round", "no measure of it", "a vote to come"],
)
def test_the_fingerprint_is_the_same_whatever_a_ranking_does_not_follow_from(
    change: Callable[[Inputs], Inputs],
) -> None:
    assert fingerprint(*change(the_worked_example())) == fingerprint(*the_worked_example())


@pytest.mark.parametrize(
    "change",
    [
        with_one_criterion(points=99.0),
        with_one_criterion(knock_out=1.0),
        with_one_criterion(anchor_high="viel"),
        with_one_criterion(counts=False),
        with_round(voice=Voice.group),
        with_round(removed=GONE),
        with_round(measure_ids=("M-A", "M-C", "M-B")),
        with_round(seats=tuple(Seat(number=number, group_id="BG-AMT") for number in (1, 2, 3))),
        with_more(a_rating(4, "M-A", {"W": None})),
        lambda given: (given[0], given[1][1:]),
        lambda given: (
            given[0],
            [given[1][0].model_copy(update={"scores": (Score(code="W", value=8),)}), *given[1][1:]],
        ),
        lambda given: (
            given[0].model_copy(update={"vote": 2}),
            [*given[1], a_rating(1, "M-A", {"W": 0}, vote=2)],
        ),
    ],
)
def test_the_fingerprint_is_another_one_once_anything_else_goes_in(change: Callable[[Inputs], Inputs]) -> None:
    assert fingerprint(*change(the_worked_example())) != fingerprint(*the_worked_example())


def test_the_fingerprint_of_what_is_stored_is_that_of_what_was_rated(example: Store) -> None:
    found = rank_round(example, "PR-1", by=ME)
    assert fingerprint(found.round, found.ratings) == fingerprint(stored_round(example), example.records(Rating))
    assert len(fingerprint(found.round, found.ratings)) == 64


# --- as data


def data_of(store: Store, **asked: Any) -> dict[str, Any]:
    return carry_out(store, "rank", {"by": "Nacht", "round_id": "PR-1"} | asked, NOW)


def test_the_data_hold_every_figure_in_the_order_of_the_ranking(example: Store) -> None:
    found = data_of(example)
    assert [(one["measure_id"], one["places"], one["utility"]) for one in found["measures"]] == [
        ("M-A", [1, 2], 6.6),
        ("M-B", [1, 2], 6.2),
        ("M-C", [3, 3], 5.5),
        ("M-D", None, 5.5),
        ("M-E", None, None),
    ]
    first, _, _, out, lacking = found["measures"]
    assert (first["utility_low"], first["utility_high"]) == (6.1, 7.1)
    assert first["contributions"] == pytest.approx({"W": 4.0, "U": 1.8, "E": 0.8})
    assert (first["impact"], first["effort"], first["dissent"], first["dissent_on"]) == ([8, 7, 9], [8, 8, 8], 2, "W")
    assert first["scores"]["W"] == {
        "value": 8,
        "low": 7,
        "high": 9,
        "lowest": 7,
        "highest": 9,
        "raters": 3,
        "unsure": 0,
    }
    assert (out["knocked_out"], lacking["missing"], lacking["scores"]["W"]) == (["W"], ["W"], None)
    assert (found["raters"], found["complete_raters"], found["concordance"]) == (3, 0, None)


def test_the_data_say_what_they_were_judged_by(example: Store) -> None:
    found = data_of(example)
    told = {
        "round_id": "PR-1",
        "title": "Was zuerst?",
        "state": "closed",
        "vote": 1,
        "group_id": None,
        "voice": "rater",
        "illustrative": False,
        "method": METHOD,
        "change_number": 1,
        "inputs_sha256": fingerprint(stored_round(example), example.records(Rating)),
        "criteria_set": {"id": "KS-1", "version": 1},
        "weighting": "swing",
        "unrated_criteria": [],
        "removed": [],
    }
    assert {name: found[name] for name in told} == told
    assert found["weights"] == pytest.approx({"W": 0.5, "U": 0.3, "E": 0.2, "A": 0})


def test_the_data_say_how_firm_the_ranking_stands(example: Store) -> None:
    firm = data_of(example)["robustness"]
    assert (firm["draws"], firm["seed"], firm["weights"], firm["scores"]) == (DRAWS, SEED, "every", "stated")
    assert sorted(firm["rank_acceptability"]) == ["M-A", "M-B", "M-C"]
    assert all(sum(shares) == pytest.approx(1) for shares in firm["rank_acceptability"].values())
    assert firm["rank_acceptability"]["M-A"][0] == pytest.approx(0.39, abs=0.02)
    assert [(pair["upper"], pair["lower"], pair["code"]) for pair in firm["flips"]] == [
        ("M-A", "M-B", "E"),
        ("M-B", "M-C", "E"),
    ]
    assert firm["flips"][0]["needed"] == pytest.approx(5 / 17)
    assert len(firm["five_points"]) == 6
    assert sum(firm["central_weights"]["M-A"].values()) == pytest.approx(1)
    other = data_of(example, weights="fixed", scores="raters")["robustness"]
    assert (other["weights"], other["scores"]) == ("fixed", "raters")
    assert other["rank_acceptability"] != firm["rank_acceptability"]


def test_the_data_are_plain_and_those_of_the_use_case(example: Store) -> None:
    asked = {"group_id": "BG-AMT", "weights": "ordered", "scores": "raters"}
    found = rank_round(example, "PR-1", by=ME, group_id="BG-AMT")
    expected = ranking_as_data(found, WeightSpace.ordered, ScoreSpread.raters)
    assert data_of(example, **asked) == expected
    assert json.loads(json.dumps(expected, allow_nan=False)) == expected
    assert (expected["group_id"], expected["raters"]) == ("BG-AMT", 2)


def test_where_nothing_has_a_rank_the_data_say_so(store: Store) -> None:
    with_a_plan(store)
    opened(store)
    with store.change(by="Amt", at=NOW, action="close") as writing:
        writing.revise(stored_round(store).model_copy(update={"state": RoundState.closed}), 1)
    found = data_of(store)
    assert (found["robustness"], found["raters"]) == (None, 0)
    assert found["unrated_criteria"] == ["WIRKUNG", "DRINGLICH"]
    assert [one["missing"] for one in found["measures"]] == [["WIRKUNG", "DRINGLICH"]] * 3


def test_what_left_the_round_is_told_with_its_reason(store: Store) -> None:
    closed_and_rated(store)
    remove_measure(store, "PR-1", version(store), "M-16", "zurückgezogen", by=ME, at=NOW)
    found = data_of(store)
    assert found["removed"] == [{"measure_id": "M-16", "reason": "zurückgezogen"}]
    assert [one["measure_id"] for one in found["measures"]] == ["M-17", "M-15"]


# --- as text


def text_of(store: Store, **asked: Any) -> str:
    return str(data_of(store, in_words=True, **asked)["text"])


def test_the_text_names_round_method_and_every_measure_with_its_rank(example: Store) -> None:
    lines = text_of(example).splitlines()
    sha = fingerprint(stored_round(example), example.records(Rating))
    assert lines[0] == "PR-1 Was zuerst? (geschlossen)"
    assert lines[1] == f"Methode {METHOD}, Stand des Plans: Änderung 1, Prüfsumme {sha[:16]} …"
    assert lines[2] == "3 Bewertende, 0 vollständig"
    assert lines[3].replace("\u202f", " ") == "Gewichte: Wirkung 50,0 % · Mehrwert 30,0 % · Einfluss 20,0 %"
    assert [line.split(" · ")[:2] for line in lines[6:9]] == [
        ["1–2. M-A Gründerzentrum", "Nutzwert 6,60"],
        ["1–2. M-B Messeauftritt", "Nutzwert 6,20"],
        ["3. M-C Kataster", "Nutzwert 5,50"],
    ]
    assert lines[9:11] == [
        "–. M-D Seilbahn · Nutzwert 5,50 · K.-o.: Wirkung",
        "–. M-E Unbewertet · niemand bewertete: Wirkung",
    ]


def test_the_text_tells_the_weight_that_turns_neighbours_round_and_where_none_does(example: Store) -> None:
    told = text_of(example).replace("\u202f", " ")
    assert "2. M-B überholt 1. M-A, wenn „Einfluss“ statt 20,0 % 29,4 % wiegt (+9,4 Punkte)." in told
    told = text_of(a_second_round(example), round_id="PR-2")
    assert "2. M-B überholt 1. M-A durch keine Änderung eines einzelnen Gewichts." in told


def a_second_round(store: Store, **over: Any) -> Store:
    """PR-2, in which M-A is better than M-B in everything, on invented criteria, by ratings of three who agree."""
    round_, _ = the_worked_example(id="PR-2", measure_ids=("M-A", "M-B"), evidence=Evidence.illustrative)
    ratings = [
        a_rating(seat, name, {"W": score, "U": score, "E": score}, id=f"BW-2-{seat}-{name}", round_id="PR-2", **over)
        for seat in (1, 2, 3)
        for name, score in (("M-A", 9), ("M-B", 4))
    ]
    with store.change(by="Amt", at=NOW, action="add") as writing:
        writing.add([round_, *ratings])
    return store


def test_the_text_tells_how_far_the_raters_agree_and_what_is_invented(example: Store) -> None:
    told = text_of(a_second_round(example), round_id="PR-2")
    sentence = "Die Kriterien dieser Runde sind Beispielwerte; die Bewertungen sind es nicht."
    assert sentence in told.splitlines()
    assert "3 Bewertende, 3 vollständig" in told.splitlines()
    assert "Einigkeit: Kendalls W 1,00, p 0,083" in told.splitlines()
    without = text_of(example)
    assert "Beispielwerte" not in without
    assert "Einigkeit: kein W (dafür braucht es drei vollständige Bewertungen)" in without.splitlines()


def test_invented_ratings_are_told_with_their_criteria(example: Store) -> None:
    told = text_of(a_second_round(example, evidence=Evidence.illustrative), round_id="PR-2")
    assert "Kriterien und Bewertungen dieser Runde sind Beispielwerte." in told.splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_speaks_each_language_and_has_a_line_for_each_measure(example: Store, language: Any) -> None:
    found = rank_round(example, "PR-1", by=ME)
    told = ranking_as_text(example, found, EVERY, STATED, language)
    assert told == text_of(example, language=language)
    assert all(any(name in line for line in told.splitlines()) for name in found.round.measures)
    assert ("Methode" in told, "Method " in told) == ((True, False) if language == "de" else (False, True))


def test_where_nothing_has_a_rank_the_text_names_what_nobody_rated(store: Store) -> None:
    with_a_plan(store)
    opened(store)
    with store.change(by="Amt", at=NOW, action="close") as writing:
        writing.revise(stored_round(store).model_copy(update={"state": RoundState.closed}), 1)
    told = text_of(store)
    assert told.count("niemand bewertete: Wirkung auf die Ziele · niemand bewertete: Dringlichkeit") == 3
    assert "Robustheit" not in told
