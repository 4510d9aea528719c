"""The judged plan as text: every sentence says which target it speaks of, and every gap why it is one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from metrics.domain.base import Record
from metrics.domain.demands import DirectionOnly, KeepEveryYear
from metrics.domain.indicators import Direction
from metrics.domain.progress.outcome import NotComputable, Obstacle
from metrics.domain.progress.rollup import COVERAGE_NEEDED
from metrics.locale.formats import percent
from metrics.locale.words import demand_text, obstacle_sentence, share_text
from metrics.store.ledger import Store
from metrics.usecases.assessing import assess_plan
from metrics.usecases.assessment_text import as_text
from tests.conftest import NOW
from tests.plan import a_goal, a_reading, a_target, an_indicator

READINGS = [a_reading(2021 + step, 8.0 - step / 8) for step in range(5)]
UNJUDGED = {"id": "I-B", "title": "Beschäftigung"}


def told(store: Store, records: Sequence[Record]) -> list[str]:
    with store.change(by="Amt", at=NOW, action="import_plan") as writing:
        for record in records:
            writing.add([record])
    return as_text(assess_plan(store, NOW.date()), store.change_number()).splitlines()


def below(lines: list[str], start: str) -> list[str]:
    """The line that begins so, and those that are set in beneath it."""
    first = next(place for place, line in enumerate(lines) if line.startswith(start))
    following = next((place for place in range(first + 1, len(lines)) if lines[place][:1] != " "), len(lines))
    return lines[first:following]


def test_each_of_several_targets_stands_before_its_sentences_with_its_id(store: Store) -> None:
    indicator, by_date = an_indicator(), a_target()
    limit = a_target(KeepEveryYear(value=9.0), id="T-GRENZE")
    lines = below(told(store, [a_goal(), indicator, by_date, limit, *READINGS]), "I-ALQ ")
    assert len(lines) == 1 + 2 * 3
    for target in (by_date, limit):
        place = lines.index(f"  Zielwert {target.id}: {demand_text(indicator, target.demand, 'de')}")
        assert lines[place + 2].startswith("    Zielerreichung ")


@pytest.mark.parametrize(
    ("direction", "reason"),
    [(Direction.lower, Obstacle.no_target), (Direction.neutral, Obstacle.neutral_direction)],
)
def test_an_indicator_without_a_target_says_why_it_is_not_judged(
    store: Store, direction: Direction, reason: Obstacle
) -> None:
    lines = below(told(store, [an_indicator(goal_ids=(), direction=direction)]), "I-ALQ ")
    sentence = obstacle_sentence(NotComputable(reason), "de")
    assert lines == [f"I-ALQ Arbeitslosenquote: nicht bewertbar. {sentence}"]


def test_a_target_without_a_share_says_why(store: Store) -> None:
    direction = a_target(DirectionOnly())
    lines = below(told(store, [a_goal(), an_indicator(), direction, *READINGS]), "I-ALQ ")
    reason = obstacle_sentence(NotComputable(Obstacle.direction_has_no_share), "de")
    assert lines[0].endswith(", Zielerreichung –")
    assert lines[-1] == f"    Keine Zielerreichung: {reason}"


def test_a_goal_tells_total_coverage_symbols_and_its_weakest_part(store: Store) -> None:
    lines = told(store, [a_goal(), an_indicator(), a_target(), *READINGS])
    share = share_text(0.5, "de")
    assert below(lines, "Z-R ") == [
        f"Z-R Resilienter Standort: Kurs nicht bewertbar, Zielerreichung {share}",
        f"  1 von 1 Indikator mit Zielwert, {percent(1, 'de')} des Gewichts bewertet",
        "  1 Indikator ohne Kurs",
        f"  Am wenigsten erreicht: I-ALQ Arbeitslosenquote, {share}",
    ]


def test_a_goal_names_the_indicator_with_the_worst_symbol(store: Store) -> None:
    rising = [a_reading(2019 + step, 6.0 + step / 5, id=f"R-{step}") for step in range(7)]
    lines = below(told(store, [a_goal(), an_indicator(), a_target(), *rising]), "Z-R ")
    assert lines[0].startswith("Z-R Resilienter Standort: Kurs Gewitter, ")
    assert lines[2] == "  1 × Gewitter; am schlechtesten: I-ALQ Arbeitslosenquote"


def test_a_goal_without_a_total_says_why(store: Store) -> None:
    unjudged = [an_indicator(**UNJUDGED, weight=3), a_target(id="T-B", indicator_id="I-B")]
    lines = below(told(store, [a_goal(), an_indicator(), a_target(), *READINGS, *unjudged]), "Z-R ")
    assert lines[0].endswith(", Zielerreichung –")
    assert (
        lines[1] == f"  Keine Zielerreichung: Weniger als {percent(COVERAGE_NEEDED, 'de')} des Gewichts sind bewertet."
    )
    assert lines[2].startswith("  1 von 2 Indikatoren")


def test_a_goal_on_examples_alone_is_not_judged_unless_they_count(store: Store) -> None:
    lines = told(store, [a_goal(), an_indicator(), a_target(evidence="illustrative"), *READINGS])
    reason = obstacle_sentence(NotComputable(Obstacle.nothing_to_judge), "de")
    assert below(lines, "  Zielwert ")[0].endswith(" (beruht auf Beispielwerten)")
    assert below(lines, "Z-R ") == [
        f"Z-R Resilienter Standort: nicht bewertbar. {reason}",
        "  1 Indikator nur mit Beispielwerten bleibt außen vor",
    ]
    counted = as_text(assess_plan(store, NOW.date(), include_illustrative=True), 1)
    assert "\n  1 von 1 Indikator" in counted
    assert "Beispielwerte zählen in Gesamtzahlen mit.\n" in counted


def test_an_empty_plan_can_be_printed_too(store: Store) -> None:
    lines = as_text(assess_plan(store, NOW.date()), store.change_number()).splitlines()
    assert lines[2] == "Stand des Plans: Änderung 0"
