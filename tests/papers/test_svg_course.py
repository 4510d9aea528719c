"""The large course of an indicator: every point where it belongs, the path from the baseline to the target."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.papers.model import IndicatorLine, PathPoint, PointLine
from metrics.papers.svg_course import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, course_alternative, course_chart
from tests.papers.samples import AS_OF, some_indicators, year_points

Place = list[float]


def places_of(drawn: str) -> list[Place]:
    """Where the script finds each point: across and up, or across alone."""
    return [[float(part) for part in place.split(",")] for place in _attribute(drawn, "data-places").split(" ")]


def path_of(drawn: str) -> list[Place]:
    """The corners of the dashed path."""
    (found,) = re.findall(r'<polyline points="([^"]*)"[^>]*stroke-dasharray', drawn)
    return [[float(part) for part in place.split(",")] for place in found.split(" ")]


def _attribute(drawn: str, name: str) -> str:
    (found,) = re.findall(rf'{name}="([^"]*)"', drawn)
    return str(found)


def test_the_path_runs_straight_from_the_baseline_to_the_target() -> None:
    path = tuple(PathPoint(day=date(year, 12, 31), value=value) for year, value in ((2022, 12), (2025, 40), (2028, 60)))
    line = some_indicators()[0].model_copy(update={"path": path})
    drawn = course_chart(line, AS_OF, "de")
    corners, points = path_of(drawn), places_of(drawn)
    assert corners[0] == points[0], "the first value is the baseline"
    assert [x for x, _ in corners] == sorted(x for x, _ in corners)
    assert corners[-1][0] == pytest.approx(RIGHT - 14)
    day, level = (corners[1][0] - corners[0][0]) / (corners[2][0] - corners[0][0]), corners[0][1] - corners[1][1]
    assert day == pytest.approx(1096 / 2192, abs=0.001)
    assert level / (corners[0][1] - corners[2][1]) == pytest.approx(28 / 48, abs=0.01)
    assert "Zielpfad" in drawn


def test_gaps_stay_gaps_and_what_is_withheld_is_a_cross_that_says_so() -> None:
    points = (*year_points({2022: 3.0, 2023: None}), *year_points({2024: None}, withheld=True))
    line = some_indicators()[0].model_copy(update={"points": (*points, *year_points({2025: 5.0}))})
    drawn = course_chart(line, AS_OF, "de")
    assert [len(place) for place in places_of(drawn)] == [2, 1, 1, 2]
    assert 'stroke-width="3"' not in drawn, "no line across the gap"
    assert drawn.count("l10 10m0 -10") == 2, "at its place and in the key"
    assert "nicht öffentlich" in drawn


def test_without_value_and_path_nothing_is_drawn() -> None:
    line = some_indicators()[4].model_copy(update={"points": ()})
    assert course_chart(line, AS_OF, "de") == ""
    assert course_chart(line.model_copy(update={"points": year_points({2024: None})}), AS_OF, "de") == ""


def test_the_words_of_a_course_are_its_ends_its_baseline_and_its_target() -> None:
    told = course_alternative(some_indicators()[3], "de")
    said = "Verlauf: Mittlere Vakanzzeit gemeldeter Stellen: 2022 128 Tage, 2026 141 Tage, Start 128, Ziel 95"
    assert " ".join(told.split()) == said


_VALUES = st.none() | st.floats(-1e9, 1e9, allow_nan=False)


@given(st.lists(st.tuples(_VALUES, st.booleans()), min_size=1, max_size=40), st.floats(-1e6, 1e6), st.booleans())
def test_whatever_the_series_every_mark_lies_within_the_plot(
    values: list[tuple[float | None, bool]], target: float, along_a_path: bool
) -> None:
    days = [date(2020, 1, 1) + timedelta(days=31 * place) for place in range(len(values))]
    points = tuple(
        PointLine(start=day, end=day + timedelta(days=30), value=value, provisional=provisional)
        for day, (value, provisional) in zip(days, values, strict=True)
    )
    path = (PathPoint(day=days[0], value=0.0), PathPoint(day=date(2027, 12, 31), value=target)) if along_a_path else ()
    line = IndicatorLine(
        id="I", title="I", unit="", territory="", rising_is_better=True, target=target, points=points, path=path
    )
    drawn = course_chart(line, AS_OF, "de")
    if not drawn:
        assert not along_a_path
        assert all(value is None for value, _ in values)
        return
    for place in places_of(drawn) + (path_of(drawn) if along_a_path else []):
        assert LEFT <= place[0] <= RIGHT
        assert all(TOP - 0.1 <= up <= BOTTOM + 0.1 for up in place[1:])
    for x, y in re.findall(r'<text x="([\d.-]+)" y="([\d.-]+)"', drawn):
        assert 0 <= float(x) <= WIDTH
        assert 0 <= float(y) <= HEIGHT
