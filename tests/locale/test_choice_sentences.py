"""What a choice says in words: how good it is and never more, what is full, what each measure left out displaces."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from metrics.domain.portfolio.choice import PROVEN_GAP, Choice, Progress, Status
from metrics.domain.portfolio.conflict import Conflict, ConflictKind
from metrics.domain.portfolio.problem import Bucket, Candidate, Overload, Problem, Resource, ResourceKind
from metrics.domain.portfolio.reasons import Binding, Hindrance, Rejection
from metrics.locale.catalogue import LANGUAGES, Language
from metrics.locale.choices import (
    binding_sentence,
    choice_sentence,
    conflict_lines,
    gap_words,
    measures_in_order,
    progress_sentence,
    rejection_sentence,
    stopped_sentence,
)
from metrics.locale.limits import Names

NAMES = Names(
    measures={"M-1": "Leerstand", "M-2": "Gründung", "M-3": "Kataster"},
    groups={"KG": "Team"},
    pots={"FT": "Topf"},
    goals={},
    periods=("2027-Q1", "2027-Q2"),
    language="de",
)
PROBLEM = Problem(
    2,
    {
        "KG": Resource.by_period("KG", (30.0, 30.0)),
        "pot:FT": Resource("pot:FT", ResourceKind.money, (100.0,), (0, 0)),
    },
    {f"M-{number}": Candidate(f"M-{number}", 1.0, {"KG": (10.0,)}, 1, 0, 1) for number in (1, 2, 3)},
)


def plain(text: str) -> str:
    """With ordinary spaces."""
    return text.replace("\u202f", " ").replace("\xa0", " ")


def told_percent(words: str, language: Language) -> float:
    """The number before the percent sign, as a share."""
    found = re.search(r"(\d[\d.,]*)\s*%", plain(words))
    assert found, words
    digits = found[1].replace(".", "").replace(",", ".") if language == "de" else found[1].replace(",", "")
    return float(digits) / 100


# --- how good


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        (0.0, "bewiesen bestmöglich"),
        (PROVEN_GAP, "bewiesen bestmöglich"),
        (PROVEN_GAP * 1.0001, "höchstens 0,1 % besser möglich"),
        (0.001, "höchstens 0,1 % besser möglich"),
        (0.0511, "höchstens 5,2 % besser möglich"),
        (1.5, "höchstens 150,0 % besser möglich"),
        (math.inf, "wie viel besser möglich ist, weiß noch niemand"),
    ],
)
def test_a_choice_is_called_best_only_where_that_is_proven(gap: float, expected: str) -> None:
    assert plain(gap_words(gap, "de")) == expected


@example(0.003, "de")
@example(0.0580000001, "en")
@given(st.floats(0, 9), st.sampled_from(LANGUAGES))
def test_a_gap_is_never_told_smaller_than_it_is_nor_more_than_a_tenth_of_a_percent_larger(
    gap: float, language: Language
) -> None:
    words = gap_words(gap, language)
    best = gap_words(0, language)
    assert (words == best) == (gap <= PROVEN_GAP)
    assume(gap > PROVEN_GAP)
    told = told_percent(words, language)
    assert told >= gap - 1e-12
    assert told <= gap + 0.001 + 1e-9


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(Status.infeasible, bound=0.0), "Was Pflicht oder festgelegt ist, passt nicht zusammen."),
        (
            Choice(Status.no_solution_found),
            "In der gegebenen Zeit wurde keine Auswahl gefunden. Geben Sie mehr Zeit.",
        ),
        (
            Choice(Status.optimal, {"M-1": 0}, 6.5, 6.5),
            "1 von 3 Maßnahmen passt in den Plan: Nutzwert 6,50, bewiesen bestmöglich.",
        ),
        (
            Choice(Status.feasible, {"M-1": 0, "M-2": 1}, 10, 10.2),
            "2 von 3 Maßnahmen passen in den Plan: Nutzwert 10,00, höchstens 2,0 % besser möglich.",
        ),
    ],
)
def test_the_sentence_says_how_many_are_taken_and_how_sure_it_is(choice: Choice, expected: str) -> None:
    assert plain(choice_sentence(choice, PROBLEM, "de")) == expected


def test_progress_says_the_time_the_value_and_how_much_better_it_may_get() -> None:
    first = "Die erste Auswahl wird gesucht …"
    assert [progress_sentence(one, 30, "de") for one in (None, Progress(1, None, 9))] == [first, first]
    assert plain(progress_sentence(Progress(4.2, 10, 10.5), 30, "de")) == (
        "4 von höchstens 30 Sekunden: Nutzwert 10,00, höchstens 5,0 % besser möglich"
    )


# --- why


def test_what_is_full_says_how_much_is_left_and_who_would_have_needed_it() -> None:
    def full(bucket: Bucket, free: float, wanted: Mapping[str, float]) -> str:
        return plain(binding_sentence(Binding(bucket, 30, free, wanted), PROBLEM, NAMES))

    assert full(Bucket("KG", 1), 0, {}) == "2. Quartal 2027, Team: ausgeschöpft"
    assert full(Bucket("KG", 0), 2.5, {"M-1": 10.0}) == (
        "1. Quartal 2027, Team: noch 2,5 Personentage frei, gebraucht hätten Leerstand 10,0 Personentage"
    )
    assert full(Bucket("pot:FT", 0), 20, {"M-1": 50.0, "M-2": 30.0}) == (
        "2027, Topf: noch 20 € frei, gebraucht hätten Leerstand 50 €, Gründung 30 €"
    )


WINDOW = Conflict(ConflictKind.window, ("M-1",))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"obstacle": Hindrance.not_known}, "in der Zeit nicht geklärt"),
        ({"obstacle": Hindrance.impossible}, "passt auf keinen Platz"),
        (
            {"obstacle": Hindrance.impossible, "conflict": WINDOW},
            "unmöglich: Leerstand: länger als das eigene Zeitfenster",
        ),
        ({"obstacle": Hindrance.fits}, "fände Platz, brächte aber keinen Nutzwert"),
        (
            {"obstacle": Hindrance.displaces, "drops": ("M-2",), "loss": 1.25},
            "verdrängt Gründung; 1,25 Nutzwert weniger",
        ),
        (
            {
                "obstacle": Hindrance.displaces,
                "drops": ("M-2", "M-9"),
                "moves": {"M-3": (0, 1)},
                "adds": ("M-2",),
                "loss": 2,
                "is_least": False,
            },
            "verdrängt Gründung, M-9; verschiebt Kataster auf 2. Quartal 2027; bringt mit Gründung; "
            "2,00 Nutzwert weniger; vielleicht ginge es mit weniger",
        ),
        (
            {"obstacle": Hindrance.displaces, "moves": {"M-3": (0, 1)}, "loss": -1},
            "verschiebt Kataster auf 2. Quartal 2027",
        ),
    ],
)
def test_each_measure_left_out_says_what_it_would_displace(fields: dict[str, Any], expected: str) -> None:
    assert plain(rejection_sentence(Rejection("M-1", **fields), PROBLEM, NAMES)) == expected


@pytest.mark.parametrize(
    ("conflict", "expected"),
    [
        (WINDOW, ["Leerstand: länger als das eigene Zeitfenster"]),
        (
            Conflict(ConflictKind.circle, ("M-1", "M-2"), circle=("M-1", "M-2", "M-1")),
            ["warten aufeinander im Kreis: Leerstand → Gründung → Leerstand"],
        ),
        (
            Conflict(ConflictKind.exclusion, ("M-1", "M-2"), excludes=(("M-1", "M-2"),)),
            ["schließen sich aus: Leerstand, Gründung", "„Leerstand“ schließt „Gründung“ aus"],
        ),
        (
            Conflict(ConflictKind.order, ("M-1", "M-2"), after=(("M-1", "M-2"),)),
            ["passen nicht nacheinander in die Zeit: Leerstand, Gründung", "„Leerstand“ beginnt erst nach „Gründung“"],
        ),
        (
            Conflict(ConflictKind.at_once, ("M-1", "M-2"), at_once=1),
            ["liefen zugleich, erlaubt sind 1: Leerstand, Gründung"],
        ),
        (
            Conflict(
                ConflictKind.capacity,
                ("M-1", "M-2"),
                overloads=(Overload(Bucket("KG", 0), 30, 40, {"M-1": 25.0, "M-2": 15.0}),),
                requires=(("M-1", "M-2"),),
                is_smallest=False,
            ),
            [
                "brauchen zusammen mehr, als da ist: Leerstand, Gründung",
                "1. Quartal 2027, Team: 10,0 Personentage zu viel (Leerstand 25,0, Gründung 15,0)",
                "„Leerstand“ braucht „Gründung“",
                "Vielleicht genügt schon ein Teil davon; das ist nicht bewiesen.",
            ],
        ),
    ],
)
def test_what_has_to_be_taken_and_cannot_be_is_spelled_out(conflict: Conflict, expected: list[str]) -> None:
    assert [plain(line) for line in conflict_lines(conflict, PROBLEM, NAMES)] == expected


@pytest.mark.parametrize("kind", list(ConflictKind))
def test_each_conflict_is_told_in_english_too(kind: ConflictKind) -> None:
    conflict = Conflict(kind, ("M-1", "M-2"), circle=("M-1", "M-2"), at_once=1)
    german, english = (
        conflict_lines(conflict, PROBLEM, replace(NAMES, language=language)) for language in ("de", "en")
    )  # fmt: skip
    assert german != english
    assert all("Leerstand" in line for line in (german[0], english[0]))


def test_measures_at_work_that_would_be_left_out_are_named() -> None:
    assert stopped_sentence((), NAMES) is None
    assert stopped_sentence({"M-1"}, NAMES) == "1 Maßnahme, die schon läuft, wäre nicht mehr dabei: Leerstand"
    assert stopped_sentence({"M-2", "M-1"}, NAMES) == (
        "2 Maßnahmen, die schon laufen, wären nicht mehr dabei: Leerstand, Gründung"
    )


def test_measures_are_told_in_the_order_of_their_start() -> None:
    assert measures_in_order([("M-2", 1), ("M-3", 0), ("M-1", 1)]) == ["M-3", "M-1", "M-2"]
