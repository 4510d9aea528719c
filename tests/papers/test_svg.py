"""The charts of the web papers: right places, honest gaps, words for those who do not see them."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.papers import svg
from metrics.papers.markup import Markup
from metrics.papers.model import IndicatorLine, PointLine, QuarterLoad, RankedMeasure
from metrics.papers.style import SIGNS
from tests.papers.samples import a_ranking, some_indicators, year_points

SUN, NEARLY, CLOUD, STORM, NONE = some_indicators()


def bar(drawing: str) -> tuple[float, float]:
    """From where to where the bar of a bullet runs."""
    (found,) = re.findall(r'<rect x="([\d.]+)" y="27" width="([\d.]+)" height="8"', drawing)
    return float(found[0]), float(found[0]) + float(found[1])


def test_a_bar_runs_from_the_start_to_its_share_of_the_way() -> None:
    start, end = bar(svg.bullet(SUN, "de"))
    assert start == 110
    assert end == pytest.approx(110 + 210 * 35 / 48, abs=0.1)


def test_a_value_worse_than_its_start_runs_to_the_left_of_it() -> None:
    start, end = bar(svg.bullet(STORM, "de"))
    assert end == pytest.approx(110, abs=0.1)
    assert start == pytest.approx(110 - 210 * 13 / 33, abs=0.1)
    assert SIGNS["thunderstorm"].colour in svg.bullet(STORM, "de")


def test_an_indicator_without_a_value_shows_its_way_without_a_bar() -> None:
    drawing = svg.bullet(NONE, "de")
    assert 'y="27"' not in drawing
    assert "Start 16,8" in drawing and "Plan 13,2" in drawing and "Ziel 11,0" in drawing


def test_an_indicator_without_a_target_has_no_bullet() -> None:
    bare = IndicatorLine(id="X", title="X", unit="", territory="", rising_is_better=True)
    assert svg.bullet(bare, "de") == ""
    assert svg.series(bare, "de") == ""


def test_a_share_far_outside_stays_in_the_drawing_and_shows_that_it_goes_on() -> None:
    for share in (-7.0, 9.0):
        drawing = svg.bullet(SUN.model_copy(update={"share": share}), "de")
        start, end = bar(drawing)
        assert 18 <= start <= end <= 382
        assert len(re.findall(r"<path", drawing)) == 2


def test_a_gap_in_a_series_stays_a_gap() -> None:
    drawing = svg.series(STORM, "de")
    assert drawing.count("<polyline") == 2
    assert drawing.count("<circle") == 4


def test_a_withheld_value_is_a_cross_and_a_provisional_one_is_hollow() -> None:
    points = (
        *year_points({2023: 4, 2024: 5}),
        PointLine(start=date(2025, 1, 1), end=date(2025, 12, 31), value=None, withheld=True),
        *year_points({2026: 7}, provisional=True),
    )
    drawing = svg.series(SUN.model_copy(update={"points": points}), "de")
    assert len(re.findall(r"l8 8m0 -8l-8 8", drawing)) == 1
    assert len(re.findall(r'<circle[^>]*fill="#FFFFFF"', drawing)) == 1


def test_work_beyond_the_staff_stands_on_top_of_the_column() -> None:
    quarters = (
        QuarterLoad(label="4. Quartal 2026", demand=4, capacity=3),
        QuarterLoad(label="Q1", demand=2, capacity=3),
    )
    drawing = svg.load(quarters, "de")
    assert drawing.count(SIGNS["thunderstorm"].colour) == 2  # one column and the legend
    assert "Zu viel geplant ist im 4. Quartal 2026." in drawing
    assert svg.load((), "de") == ""


def test_tied_measures_stand_side_by_side() -> None:
    rows = [
        RankedMeasure(rank=rank, measure_id=f"M{rank}", title="M", utility=1, effort=2, impact=3) for rank in (1, 2, 3)
    ]
    places = [float(x) for x in re.findall(r'<rect x="([\d.]+)"[^>]*rx="12"', svg.matrix(rows, "de"))]
    assert len(set(places)) == 3


def test_a_measure_that_was_not_rated_for_effort_has_no_place_in_the_matrix() -> None:
    rows = a_ranking().rows
    partly = (rows[0].model_copy(update={"effort": None}), *rows[1:])
    assert [row.rank for row in svg.placed_in_matrix(partly)] == [2, 3, 4, 5, 6]
    assert svg.matrix((rows[0].model_copy(update={"impact": None}),), "de") == ""


def test_a_drawing_tells_in_words_what_it_shows() -> None:
    told = svg.bullet_alternative(STORM, "de")
    assert told == (
        "Mittlere Vakanzzeit gemeldeter Stellen: Start 128\u00a0Tage, Plan heute 108\u00a0Tage, Ist 141\u00a0Tage, "
        "Ziel 95\u00a0Tage; keine Bewegung zum Ziel hin"
    ).replace("\u00a0", " ")


def test_scales_reach_around_all_values_in_round_steps() -> None:
    drawing = svg.series(
        SUN.model_copy(update={"points": year_points({2025: 1.2e9, 2026: 2.9e9}), "target": None}), "de"
    )
    assert "1,5 Mrd." in drawing or "2 Mrd." in drawing


numbers = st.one_of(st.floats(-1e15, 1e15), st.floats(-1, 1), st.sampled_from([0.0, -0.0, 1e-300, 5e-324]))


@given(st.lists(st.one_of(st.none(), numbers), min_size=1, max_size=12), numbers, st.one_of(st.none(), numbers))
def test_every_series_is_drawn_within_its_box(values: list[float | None], target: float, share: float | None) -> None:
    points = year_points({2000 + place: value for place, value in enumerate(values)})
    line = SUN.model_copy(update={"points": points, "target": target, "share": share, "title": "<&\"'>"})
    for drawing in filter(None, (svg.series(line, "de"), svg.bullet(line, "de"))):
        root = ElementTree.fromstring(drawing)  # noqa: S314
        _, _, width, height = map(float, root.attrib["viewBox"].split())
        for element in root.iter():
            across = [float(element.attrib[name]) for name in ("x", "x1", "x2", "cx") if name in element.attrib]
            down = [float(element.attrib[name]) for name in ("y", "y1", "y2", "cy") if name in element.attrib]
            assert [place for place in across if not 0 <= place <= width] == []
            assert [place for place in down if not 0 <= place <= height] == []
        assert isinstance(drawing, Markup)


@given(st.lists(st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)), min_size=1, max_size=30))
def test_every_load_is_drawn_within_its_box(pairs: list[tuple[float, float]]) -> None:
    quarters = [QuarterLoad(label=f"{place}. Quartal", demand=a, capacity=b) for place, (a, b) in enumerate(pairs)]
    root = ElementTree.fromstring(svg.load(quarters, "de"))  # noqa: S314
    for box in root.iter("rect"):
        assert float(box.attrib["y"]) >= 0
        assert float(box.attrib["y"]) + float(box.attrib["height"]) <= 292
