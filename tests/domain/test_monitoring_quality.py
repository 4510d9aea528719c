"""Points of a measure: each met or not, each with the tempting wrong measure beside the right one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.indicators import IndicatorState, Rhythm
from metrics.domain.measures import Measure, MeasureState, Milestone
from metrics.domain.monitoring_quality import QualityPoint, monitoring_quality
from metrics.domain.progress.assessment import IndicatorAssessment, assess_indicator
from metrics.domain.progress.series import Series
from tests.plan import a_measure, a_point, a_status_note, a_target, an_account, an_indicator, known
from tests.strategies import records

DAY = date(2026, 11, 24)
GOOD: dict[str, Any] = {"background": "Leerstand in der Innenstadt", "activities": ("Erfassen", "Vermitteln")}


def judged(year: int | None = 2025, *targets: Any, **over: Any) -> IndicatorAssessment:
    series: Series = known((a_point(year, 8.0),) if year else (), "lower")
    return assess_indicator(an_indicator(**over), list(targets), series, DAY)


def points(measure: Measure, *, indicators: Any = None, note: Any = "note", accounts: Any = ()) -> set[QualityPoint]:
    """The points that are met."""
    known_indicators = [judged(2025, a_target())] if indicators is None else indicators
    newest = a_status_note() if note == "note" else note
    found = monitoring_quality(measure, known_indicators, newest, list(accounts), DAY)
    assert found.possible == len({point for point, _ in found.points})
    return {point for point, fulfilled in found.points if fulfilled}


def test_a_measure_that_lacks_nothing_has_all_its_points() -> None:
    found = monitoring_quality(a_measure(**GOOD), [judged(2025, a_target())], a_status_note(), [], DAY)
    assert (found.met, found.possible, found.share, found.missing) == (6, 6, 1.0, ())


@pytest.mark.parametrize(
    ("over", "told", "lost"),
    [
        ({"deputy": None}, {}, {QualityPoint.contact}),
        ({"deputy": "sachgebiet innenstadt"}, {}, {QualityPoint.contact}),
        ({}, {"accounts": [an_account()]}, {QualityPoint.contact}),
        ({"background": None}, {}, {QualityPoint.description}),
        ({"activities": ()}, {}, {QualityPoint.description}),
        ({"milestones": ()}, {}, {QualityPoint.milestone}),
        ({"milestones": (Milestone(title="Ohne Termin"),)}, {}, {QualityPoint.milestone}),
        ({"milestones": (Milestone(title="Überfällig", due="2026-10"), Milestone(title="Fern", due="2027"))}, {},
         {QualityPoint.milestone}),
        ({}, {"indicators": []}, {QualityPoint.indicator_with_target, QualityPoint.fresh_data}),
        ({}, {"indicators": [judged(2025)]}, {QualityPoint.indicator_with_target, QualityPoint.fresh_data}),
        ({}, {"indicators": [judged(2025, a_target(), state=IndicatorState.replaced)]},
         {QualityPoint.indicator_with_target, QualityPoint.fresh_data}),
        ({}, {"indicators": [judged(2021, a_target())]}, {QualityPoint.fresh_data}),
        ({}, {"indicators": [judged(None, a_target())]}, {QualityPoint.fresh_data}),
        ({}, {"indicators": [judged(2021, a_target()), judged(2025)]}, {QualityPoint.fresh_data}),
        ({}, {"note": None}, {QualityPoint.status_note}),
        ({}, {"note": a_status_note(as_of=date(2026, 8, 23))}, {QualityPoint.status_note}),
        ({}, {"note": a_status_note(as_of=date(2026, 8, 24))}, set()),
        ({"starts": "2026-11-01"}, {"note": None}, set()),
        ({"starts": None}, {"note": None}, {QualityPoint.status_note}),
    ],
)  # fmt: skip
def test_each_lack_costs_its_own_points_and_no_other(
    over: dict[str, Any], told: dict[str, Any], lost: set[QualityPoint]
) -> None:
    assert points(a_measure(**GOOD | over), **told) == set(QualityPoint) - lost


@pytest.mark.parametrize("over", [{"state": MeasureState.planned}, {"status_rhythm": Rhythm.irregular}])
def test_a_note_is_no_point_where_none_is_ever_due(over: dict[str, Any]) -> None:
    found = monitoring_quality(a_measure(**GOOD | over), [], None, [], DAY)
    assert QualityPoint.status_note not in dict(found.points)
    assert found.possible == 5


@given(measure=records("measure"), held=st.booleans())
def test_met_points_never_exceed_those_that_apply(measure: Measure, held: bool) -> None:
    functions = tuple(one for one in (measure.owner, measure.deputy) if one)
    accounts = [an_account(functions=functions)] if held else []
    found = monitoring_quality(measure, [], None, accounts, DAY)
    assert 0 <= found.met == found.possible - len(found.missing) <= found.possible
    assert 5 <= found.possible <= 6
