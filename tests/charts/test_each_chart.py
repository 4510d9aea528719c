"""What each chart shows of its payload."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from math import inf
from typing import Any

import plotly.graph_objects as go
import pytest

from metrics.charts import (
    attainment_bars,
    contribution_bars,
    demand_columns,
    goal_rings,
    group_dots,
    impact_effort,
    load_heatmap,
    rank_heatmap,
    small_multiples,
    sparkline,
    story,
    target_path,
    timeline,
)
from metrics.charts.series import Event, Point, segments
from metrics.charts.theme import LIGHT, RESPONSIBILITIES, Share, contrast, palette
from tests.charts.chart_samples import (
    CRITERIA,
    EVENTS,
    GROUPS,
    UNEMPLOYMENT,
    WORDS,
    a_corridor,
    a_direction_only_path,
    a_load_heatmap,
    a_path_with_comparisons,
    a_path_with_everything,
    a_rank_heatmap,
    a_sparkline,
    a_target_path,
    a_timeline,
    an_impact_effort_matrix,
    exact,
    some_attainment_bars,
    some_contribution_bars,
    some_demand_columns,
    some_goal_rings,
    some_group_dots,
    some_small_multiples,
    the_story_of_louise,
    whole,
    year,
)


def traces(figure: go.Figure, **wanted: Any) -> list[Any]:
    return [trace for trace in figure.data if all(getattr(trace, key, None) == value for key, value in wanted.items())]


def notes(figure: go.Figure) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


# --- series -----------------------------------------------------------------------------------------------------------


def test_a_series_is_cut_at_breaks_and_at_long_gaps_and_put_in_order_of_time() -> None:
    points = [year(2024, 4), year(2019, 2), year(2018, 1), year(2022, 3, break_before=True), year(2023, 5)]
    assert [[point.start.year for point in run] for run in segments(points)] == [[2018, 2019], [2022, 2023, 2024]]
    runs = segments([year(2018, 1), year(2019, 2), year(2021, 3)], longest_gap_days=300)
    assert [[point.start.year for point in run] for run in runs] == [[2018, 2019], [2021]]


def test_a_years_value_stands_over_the_middle_of_its_year() -> None:
    assert year(2023, 1).day == date(2023, 7, 2)


# --- target path ------------------------------------------------------------------------------------------------------


def test_the_line_is_interrupted_between_two_runs() -> None:
    figure = target_path.draw(a_path_with_comparisons(), False, "de")
    (line,) = traces(figure, mode="lines")
    assert list(line.y) == [6.8, 7.0, None, 8.0, None, 7.3, None, 8.1, 8.3, 8.0]


def test_the_certainty_of_a_value_is_told_by_the_markers_shape() -> None:
    figure = target_path.draw(a_path_with_comparisons(), False, "de")
    shapes = {trace.name: trace.marker.symbol for trace in traces(figure, mode="markers")}
    assert shapes == {"Istwert": "circle", "rund": "circle-open", "vorläufig": "square-open"}


def test_a_break_is_marked_and_named() -> None:
    figure = target_path.draw(a_path_with_comparisons(), False, "de")
    assert notes(figure).count("Bruch der Zeitreihe") == 1
    assert notes(target_path.draw(a_direction_only_path(), False, "de")).count("Bruch der Zeitreihe") == 0


def test_the_path_runs_from_baseline_to_target() -> None:
    figure = target_path.draw(a_target_path(), False, "de")
    (path,) = traces(figure, name="Zielpfad")
    assert list(path.y) == [6.5, 7.0]
    assert list(path.x) == [date(2018, 12, 16), date(2028, 7, 1)]
    assert "Ziel 2028: 7,0 % · Beispielwert" in notes(figure)


def test_a_threshold_is_a_line_over_the_whole_width() -> None:
    figure = target_path.draw(a_path_with_comparisons(), False, "de")
    (line,) = [shape for shape in figure.layout.shapes if shape.xref == "paper"]
    assert (line.x0, line.x1, line.y0, line.y1) == (0, 1, 7.5, 7.5)


@pytest.mark.parametrize("direction", [1, -1])
def test_a_direction_is_an_arrow_from_the_last_value(direction: int) -> None:
    payload = a_direction_only_path()
    assert payload.target is not None
    figure = target_path.draw(replace(payload, target=replace(payload.target, direction=direction)), False, "de")
    (arrow,) = [note for note in figure.layout.annotations if note.showarrow]
    assert arrow.ay == 4.4
    assert (arrow.y - arrow.ay) * direction > 0


def test_a_target_in_words_draws_nothing_but_the_readings() -> None:
    target = target_path.TargetLine("in_words", "nicht unter dem Landesschnitt")
    figure = target_path.draw(replace(a_direction_only_path(), target=target), False, "de")
    assert (len(figure.layout.shapes), len(figure.layout.annotations)) == (0, 0)


def test_every_event_has_its_own_line_below_the_plot_and_a_line_up_into_it() -> None:
    payload = a_target_path()
    figure = target_path.draw(payload, False, "de")
    (titles,) = traces(figure, mode="markers+text")
    assert [text.replace("<br>", " ") for text in titles.text] == [event.title for event in payload.events]
    assert list(titles.y) == [0, 1, 2, 3, 4, 5]
    assert figure.layout.yaxis2.domain[1] == figure.layout.yaxis.domain[0]
    uprights = [shape for shape in figure.layout.shapes if shape.type == "line" and shape.x0 == shape.x1]
    assert [shape.x0 for shape in uprights] == [event.day for event in payload.events]
    low, high = figure.layout.yaxis2.range
    share = figure.layout.yaxis2.domain[1]
    assert [shape.y0 for shape in uprights] == pytest.approx([share * (at - low) / (high - low) for at in range(6)])
    assert {shape.y1 for shape in uprights} == {1}


def test_a_time_that_lasted_is_an_area_in_the_plot() -> None:
    figure = target_path.draw(a_path_with_everything(), False, "de")
    (area,) = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert (area.x0, area.x1, area.yref, area.layer) == (date(2020, 3, 1), date(2022, 4, 7), "y domain", "below")


def test_the_newest_events_are_drawn_and_all_of_them_stand_in_the_table() -> None:
    assert target_path.draw(a_direction_only_path(), False, "de").layout.xaxis.range[1] < date(2023, 1, 1)
    many = tuple(Event(date(2000 + at, 1, 1), f"Ereignis {at}") for at in range(20))
    payload = replace(a_direction_only_path(), events=many[::-1])
    (titles,) = traces(target_path.draw(payload, False, "de"), mode="markers+text")
    assert list(titles.text) == [f"Ereignis {at}" for at in range(12, 20)]
    lasting = (Event(date(2020, 1, 1), "Umbau", end=date(2030, 1, 1)),)
    assert target_path.draw(replace(payload, events=lasting), False, "de").layout.xaxis.range[1] > date(2030, 1, 1)
    rows = [row for row in target_path.table(payload) if row["Reihe"] == "Ereignis"]
    assert [(row["Von"], row["Hinweis"]) for row in rows] == [(event.day, event.title) for event in many]


def test_events_and_a_long_legend_make_the_figure_higher_and_leave_the_plot_its_room() -> None:
    plain = target_path.draw(a_direction_only_path(), False, "de")
    full = target_path.draw(a_path_with_everything(), False, "de")
    assert (plain.layout.height, plain.layout.yaxis.domain) == (420, (0, 1))
    lines = sum(1 + trace.name.count("<br>") for trace in full.data if trace.showlegend is not False)
    assert full.layout.height == 420 + 19 * (lines - 3) + 34 + 3 * 34


def test_interim_targets_are_diamonds_on_a_path_that_bends_there() -> None:
    figure = target_path.draw(a_path_with_everything(), False, "de")
    (path,) = traces(figure, name="Zielpfad")
    middles = [date(year, 7, 2 if year % 4 else 1) for year in (2015, 2020, 2026, 2030)]
    assert list(zip(path.x, path.y, strict=True)) == list(zip(middles, [8.9, 8.0, 7.2, 6.5], strict=True))
    (diamonds,) = [trace for trace in figure.data if (trace.name or "").startswith("Zwischenziel")]
    assert diamonds.name.replace("<br>", " ") == "Zwischenziel: 2020: 8,0 %; 2026: 7,2 %"
    assert (list(diamonds.x), list(diamonds.y), diamonds.marker.symbol) == (middles[1:3], [8.0, 7.2], "diamond-dot")


def test_a_path_without_a_baseline_begins_at_the_first_interim_target() -> None:
    payload = a_path_with_everything()
    assert payload.target is not None
    target = replace(payload.target, baseline_period=None)
    (path,) = traces(target_path.draw(replace(payload, target=target), False, "de"), name="Zielpfad")
    assert list(path.y) == [8.0, 7.2, 6.5]


def test_the_forecast_is_a_dashed_line_on_a_band_behind_the_readings_and_both_begin_at_the_last_reading() -> None:
    payload = a_path_with_everything()
    figure = target_path.draw(payload, False, "de")
    assert payload.forecast is not None
    ahead = payload.forecast.points
    (line,) = traces(figure, name="bei gleichbleibendem Trend")
    assert (line.line.dash, list(line.y)) == ("dash", [7.9, *(point.value for point in ahead)])
    assert (line.x[0], line.x[1]) == (date(2025, 7, 2), date(2026, 7, 2))
    assert line.hovertext[1] == "2026: 7,8 %"
    band = figure.data[0]
    assert band.name.replace("<br>", " ") == "80-%-Band (im Rückvergleich 70–75 % Treffer)"
    assert list(band.y) == [7.9, *(one.upper for one in ahead), *(one.lower for one in ahead[::-1]), 7.9]
    assert list(band.x) == [*line.x, *reversed(line.x)]
    assert band.fill == "toself"
    assert band.fillcolor.startswith("rgba(")


def test_the_axes_hold_the_whole_forecast_every_interim_target_and_the_corridor() -> None:
    everything, corridor = (target_path.draw(make(), False, "de") for make in (a_path_with_everything, a_corridor))
    assert everything.layout.xaxis.range[1] > date(2031, 7, 2)
    band = everything.data[0].y
    assert everything.layout.yaxis.range[0] < min(band)
    assert corridor.layout.yaxis.range[1] > 60
    target = target_path.TargetLine(
        "value_by_date", "x", 5.0, whole(2040), interim=(target_path.InterimTarget(90.0, whole(2045)),)
    )
    figure = target_path.draw(replace(a_direction_only_path(), target=target), False, "de")
    assert figure.layout.yaxis.range[1] > 90
    assert figure.layout.xaxis.range[1] > date(2045, 7, 2)


def test_an_invented_forecast_wears_its_badge_in_the_legend_and_in_the_table() -> None:
    figure = target_path.draw(a_corridor(), False, "de")
    names = [trace.name for trace in figure.data if trace.name and ("Trend" in trace.name or "Band" in trace.name)]
    assert len(names) == 2
    assert all(name.endswith("· Beispielwert") for name in names)
    assert all("Beispielwert" in str(row["Hinweis"]) for row in target_path.table(a_corridor()) if row["obere Grenze"])


def test_a_corridor_is_an_area_between_two_lines_over_the_whole_width() -> None:
    figure = target_path.draw(a_corridor(), False, "de")
    lines = [shape for shape in figure.layout.shapes if shape.type == "line"]
    (area,) = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert [(shape.x0, shape.x1, shape.y0) for shape in lines] == [(0, 1, 50), (0, 1, 60)]
    assert (area.xref, area.x0, area.x1, area.y0, area.y1) == ("paper", 0, 1, 50, 60)
    assert traces(figure, name="Zielwert") == []


def test_a_corridor_by_a_date_is_a_bar_on_that_date_too() -> None:
    figure = target_path.draw(a_corridor(whole(2030)), False, "de")
    (bar,) = traces(figure, name="Zielwert")
    assert (list(bar.x), list(bar.y)) == ([date(2030, 7, 2)] * 2, [50, 60])
    assert [shape.type for shape in figure.layout.shapes] == ["line", "line", "rect"]


@pytest.mark.parametrize(("values", "below"), [((9, 8, 7.2, 7.3, 7.1), True), ((5, 6, 6.8, 6.7, 6.9), False)])
def test_a_targets_label_stands_where_fewer_lines_run(values: tuple[float, ...], below: bool) -> None:
    own = segments([year(2021 + at, value) for at, value in enumerate(values)])
    target = target_path.TargetLine("keep_every_year", "7,0 %", 7.0)
    payload = target_path.TargetPath(WORDS, "%", "Quote", own, target=target)
    (note,) = target_path.draw(payload, False, "de").layout.annotations
    assert note.yanchor == ("top" if below else "bottom")


def test_a_targets_label_never_leaves_the_plot_and_spares_the_path() -> None:
    near_zero = segments([year(2021 + at, value) for at, value in enumerate((9, 8, 0.3, 0.2, 0.4))])
    lowest = target_path.TargetLine("keep_every_year", "0 %", 0.0)
    (note,) = target_path.draw(
        target_path.TargetPath(WORDS, "%", "x", near_zero, target=lowest), False, "de"
    ).layout.annotations
    assert note.yanchor == "bottom"
    far = segments([year(2021, 9), year(2022, 5)])
    falling = target_path.TargetLine("value_by_date", "5 %", 5.0, whole(2040), 5.2, whole(2021))
    (note,) = target_path.draw(
        target_path.TargetPath(WORDS, "%", "x", far, target=falling), False, "de"
    ).layout.annotations
    assert note.yanchor == "top"


def test_every_kind_of_certainty_has_a_mark_of_its_own() -> None:
    kinds = ("exact", "approximate", "estimated", "more_than", "less_than")
    own = [year(2010 + at, at, qualifier=kind) for at, kind in enumerate(kinds)]
    own += [year(2020, 9, provisional=True), year(2021, 9, illustrative=True)]
    figure = target_path.draw(target_path.TargetPath(WORDS, "%", "Quote", segments(own)), False, "de")
    marks = {trace.name: trace.marker.symbol for trace in traces(figure, mode="markers")}
    assert set(marks) == {"Istwert", "rund", "geschätzt", "mehr als", "weniger als", "vorläufig", "Beispielwert"}
    assert len(set(marks.values())) == len(marks)


def test_the_target_paths_table_has_readings_old_vintages_baseline_target_and_events() -> None:
    rows = target_path.table(a_target_path())
    assert [row["Wert"] for row in rows[:18]] == [value for _, _, value in UNEMPLOYMENT]
    assert [(row["Wert"], row["Hinweis"]) for row in rows[18:21]] == [
        (7.2, "überholter Stand"),
        (6.5, "Ausgangswert"),
        (7.0, "Ziel 2028: 7,0 %, Beispielwert"),
    ]
    assert [row["Hinweis"] for row in rows[21:]] == [event.title for event in EVENTS]
    assert "obere Grenze" not in rows[0]


def test_the_target_paths_table_has_interim_targets_forecast_and_bounds() -> None:
    rows = target_path.table(a_path_with_everything())
    assert [(row["Wert"], row["Hinweis"]) for row in rows if row["Reihe"] == "Zwischenziel"] == [
        (8.0, "2020: 8,0 %"),
        (7.2, "2026: 7,2 %"),
    ]
    payload = a_path_with_everything()
    assert payload.forecast is not None
    ahead = [row for row in rows if str(row["Hinweis"]).startswith("bei gleichbleibendem Trend")]
    assert [(row["Bis"], row["Wert"], row["untere Grenze"], row["obere Grenze"]) for row in ahead] == [
        (point.end, *(round(one, 4) for one in (point.value, point.lower, point.upper)))
        for point in payload.forecast.points
    ]
    told = replace(payload, forecast=replace(payload.forecast, decimals=1))
    at = rows.index(ahead[0])
    assert [row["Wert"] for row in target_path.table(told)[at : at + len(ahead)]] == [
        round(point.value, 1) for point in payload.forecast.points
    ]
    assert "80-%-Band (im Rückvergleich 70–75 % Treffer)" in str(ahead[0]["Hinweis"])
    assert {row["obere Grenze"] for row in rows if row not in ahead} == {None}
    (corridor,) = [row for row in target_path.table(a_corridor(whole(2030))) if row["Reihe"] == "Zielwert"]
    assert (corridor["Wert"], corridor["untere Grenze"], corridor["obere Grenze"]) == (None, 50, 60)
    alone = target_path.table(replace(a_corridor(), forecast=None))
    assert [row["obere Grenze"] for row in alone] == [None] * 8 + [60]
    assert corridor["Hinweis"] == "Ziel 2030: 50 bis 60 %, Beispielwert"


def test_the_target_paths_table_says_what_the_markers_say() -> None:
    rows = target_path.table(a_path_with_comparisons())
    assert [row["Hinweis"] for row in rows[:7]] == ["", "", "", "Bruch der Zeitreihe", "", "vorläufig", "rund"]
    assert [row["Wert"] for row in rows if row["Reihe"] == "Ruhrgebiet"] == [9.4, 10.2, 9.6, 10.1]


# --- small multiples and sparkline ------------------------------------------------------------------------------------


def test_every_panel_has_its_own_scale_and_its_last_value_with_the_course() -> None:
    figure = small_multiples.draw(some_small_multiples(), False, "de")
    axes = [figure.layout["yaxis" + suffix].range for suffix in ("", "2", "3", "4", "5", "6", "7")]
    assert axes[6] == (0, 1)
    assert len({tuple(axis) for axis in axes}) >= 3
    texts = notes(figure)
    assert "▲</span> <b>7,9 % · 12/2023</b>" in texts[0]
    assert "○</span> <b>noch kein Wert</b>" in texts[6]


def test_at_most_twelve_panels_are_drawn_and_the_height_follows_the_rows() -> None:
    panels = some_small_multiples().panels[:1] * 20
    figures = {
        columns: small_multiples.draw(small_multiples.SmallMultiples(WORDS, panels, columns), False, "de")
        for columns in (1, 2, 3, 4)
    }
    assert {len(notes(figure)) for figure in figures.values()} == {12}
    heights = [figures[columns].layout.height for columns in (1, 2, 3, 4)]
    assert [(height - 34) // 200 for height in heights] == [12, 6, 4, 3]


def test_a_sparkline_marks_the_last_point_with_the_course() -> None:
    figure = sparkline.draw(a_sparkline(), False, "de")
    last = figure.data[-1]
    assert (list(last.y), last.marker.symbol) == ([7.9], "triangle-up")
    assert figure.layout.height == 60
    assert [row["Wert"] for row in sparkline.table(a_sparkline())] == [value for _, _, value in UNEMPLOYMENT]


# --- goal rings -------------------------------------------------------------------------------------------------------


def test_a_node_takes_its_part_of_the_parent_by_weight() -> None:
    nodes = (
        goal_rings.GoalNode("a", "", "A", None),
        goal_rings.GoalNode("b", "a", "B", 0.5, weight=3),
        goal_rings.GoalNode("c", "a", "C", 0.5, weight=1),
        goal_rings.GoalNode("d", "c", "D", 0.5, weight=7),
    )
    ring = goal_rings.draw(goal_rings.GoalRings(WORDS, nodes), False, "de").data[0]
    assert dict(zip(ring.customdata, ring["values"], strict=True)) == {"a": 1000, "b": 750, "c": 250, "d": 250}


def test_several_top_goals_get_a_common_centre_and_lost_or_circular_nodes_do_no_harm() -> None:
    nodes = (
        goal_rings.GoalNode("a", "", "A", 0.1),
        goal_rings.GoalNode("b", "missing", "B", 0.2),
        goal_rings.GoalNode("c", "c", "C", 0.3),
        goal_rings.GoalNode("d", "e", "D", 0.4),
        goal_rings.GoalNode("e", "d", "E", 0.5),
        goal_rings.GoalNode("a", "b", "twice", 0.6),
    )
    ring = goal_rings.draw(goal_rings.GoalRings(WORDS, nodes), False, "de").data[0]
    assert list(ring.labels) == ["Zukunftsplan", "A", "B", "C"]
    assert len(goal_rings.table(goal_rings.GoalRings(WORDS, nodes))) == 6


def test_what_cannot_be_judged_is_hatched_and_says_so() -> None:
    ring = goal_rings.draw(some_goal_rings(), False, "de").data[0]
    hatched = {node for node, shape in zip(ring.ids, ring.marker.pattern.shape, strict=True) if shape}
    assert hatched == {"Z-R", "Z-R1", "Z-GOV1"}
    assert "○ nicht bewertbar" in dict(zip(ring.ids, ring.text, strict=True))["Z-R1"]


@pytest.mark.parametrize(("kind", "level"), [("sunburst", "Z-A"), ("icicle", "Z-N"), ("sunburst", "unknown")])
def test_a_subtree_can_be_opened_by_its_id(kind: str, level: str) -> None:
    ring = goal_rings.draw(some_goal_rings(kind, level=level), False, "de").data[0]
    assert ring.type == kind
    assert ring.level == (None if level == "unknown" else level)


def test_attainment_is_shown_in_five_steps_and_the_table_keeps_the_shares() -> None:
    figure = goal_rings.draw(some_goal_rings(colour_by="attainment"), False, "de")
    entries = [trace.name for trace in figure.data[1:]]
    assert entries == [WORDS[key] for key in goal_rings.STEP_WORDS]
    shares = [row["Zielerreichung"] for row in goal_rings.table(some_goal_rings())]
    assert {type(share) for share in shares} == {Share, type(None)}
    assert shares == [0.44, 0.62, None, 0.82, 0.21, -0.12, 1.0, 0.31, None, 0.55, None]


# --- attainment bars --------------------------------------------------------------------------------------------------


def test_a_bar_is_capped_and_the_number_is_not() -> None:
    rows = (
        attainment_bars.AttainmentRow("low", "Tief", -0.5, "−50 %", "thunderstorm"),
        attainment_bars.AttainmentRow("high", "Hoch", 2.0, "200 %", "sun"),
    )
    payload = attainment_bars.AttainmentBars(WORDS, rows)
    figure = attainment_bars.draw(payload, False, "de")
    (bars,) = [trace for trace in traces(figure, type="bar") if trace.customdata is not None]
    assert list(bars.x) == [-0.1, 1.1]
    shown = [text for trace in traces(figure, mode="text") for text in trace.text]
    assert [text.split("<b>")[1] for text in shown if "<b>" in text] == ["−50 %</b>", "200 %</b>"]
    assert [row["Zielerreichung"] for row in attainment_bars.table(payload)] == [-0.5, 2.0]


def test_a_row_that_cannot_be_computed_shows_its_reason_and_no_bar() -> None:
    figure = attainment_bars.draw(some_attainment_bars(), False, "de")
    bars = next(trace for trace in traces(figure, type="bar") if trace.customdata is not None)
    assert {"Z-R", "Z-R1", "Z-GOV1"}.isdisjoint(bars.customdata)
    reasons = [text for trace in traces(figure, mode="text") for text in trace.text if "3 von 6" in text]
    assert reasons == ["Nicht berechenbar: 3 von 6 Werten liegen vor."] * 3


def test_example_values_carry_their_badge() -> None:
    figure = attainment_bars.draw(some_attainment_bars(), False, "de")
    names = [text for trace in traces(figure, mode="text") for text in trace.text]
    assert "Glasfaseranschlüsse · <i>Beispielwert</i>" in names
    assert attainment_bars.table(some_attainment_bars())[-1]["Hinweis"] == "Beispielwert"


def test_rows_beyond_the_limit_are_announced() -> None:
    rows = some_attainment_bars().rows[:1] * 65
    figure = attainment_bars.draw(attainment_bars.AttainmentBars(WORDS, rows), False, "de")
    assert notes(figure) == ["5 weitere Zeilen stehen in der Tabelle."]


# --- impact–effort matrix ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("impact", "effort", "word"),
    [
        (5, 4.9, "quadrant_quick"),
        (5, 5, "quadrant_big"),
        (4.9, 4.9, "quadrant_aside"),
        (4.9, 5, "quadrant_drop"),
    ],
)
def test_a_value_on_the_cut_belongs_to_the_higher_class(impact: float, effort: float, word: str) -> None:
    point = impact_effort.MeasurePoint("m", "m", "m", impact, effort)
    assert impact_effort.quadrant(point, impact_effort.ImpactEffort(WORDS, ()).cut) == word


def test_the_axes_reach_from_zero_to_ten_and_the_cut_lies_in_the_middle_above_the_grid() -> None:
    figure = impact_effort.draw(an_impact_effort_matrix(), False, "de")
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        assert list(axis.tickvals) == list(range(11))
        assert tuple(axis.range) == (-1.3, 11.3)
    cuts = [shape for shape in figure.layout.shapes if shape.layer == "between"]
    assert [(cut.x0, cut.x1, cut.y0, cut.y1) for cut in cuts] == [(5, 5, -1.3, 11.3), (-1.3, 11.3, 5, 5)]


def bubbles_of(figure: go.Figure) -> dict[str, tuple[float, float]]:
    """(effort, impact) at which each measure is drawn."""
    return {
        measure: (x, y)
        for trace in figure.data
        if trace.customdata is not None
        for measure, x, y in zip(trace.customdata, trace.x, trace.y, strict=True)
    }


def test_ties_are_fanned_out_without_leaving_their_quadrant_and_the_table_keeps_the_truth() -> None:
    points = tuple(impact_effort.MeasurePoint(f"m{at}", "m", "m", 5.0, 4.95, 100.0) for at in range(9))
    payload = impact_effort.ImpactEffort(WORDS, points)
    places = bubbles_of(impact_effort.draw(payload, False, "de"))
    assert len(set(places.values())) == 9
    assert all(x < 5 and y >= 5 for x, y in places.values())
    assert {(row["Wirkung"], row["Aufwand"]) for row in impact_effort.table(payload)} == {(5.0, 4.95)}
    shuffled = impact_effort.draw(replace(payload, points=points[::-1]), False, "de")
    assert bubbles_of(shuffled) == places


@pytest.mark.parametrize("effort", [0.0, 4.99, 5.0, 10.0])
@pytest.mark.parametrize("impact", [0.0, 4.99, 5.0, 10.0])
def test_a_thousand_ties_stay_within_half_a_score_of_their_place_and_on_their_side(
    impact: float, effort: float
) -> None:
    points = tuple(impact_effort.MeasurePoint(f"m{at}", "m", "m", impact, effort) for at in range(1000))
    places = bubbles_of(impact_effort.draw(impact_effort.ImpactEffort(WORDS, points), False, "de"))
    assert len(set(places.values())) > 990
    assert max(abs(x - effort) for x, _ in places.values()) < 0.5
    assert max(abs(y - impact) for _, y in places.values()) < 0.5
    assert {x >= 5 for x, _ in places.values()} == {effort >= 5}
    assert {y >= 5 for _, y in places.values()} == {impact >= 5}


def test_few_ties_lie_wide_apart_and_inside_the_plot() -> None:
    points = tuple(impact_effort.MeasurePoint(f"m{at}", "m", "m", 10, 10) for at in range(20))
    figure = impact_effort.draw(impact_effort.ImpactEffort(WORDS, points), False, "de")
    places = bubbles_of(figure).values()
    assert max(max(place) for place in places) < figure.layout.xaxis.range[1]
    nearest = min(abs(x - u) + abs(y - v) for x, y in places for u, v in places if (x, y) != (u, v))
    assert nearest > 0.2


def test_nearly_equal_values_on_both_sides_of_the_cut_are_no_tie() -> None:
    points = (
        impact_effort.MeasurePoint("a", "a", "a", 7, 4.996),
        impact_effort.MeasurePoint("b", "b", "b", 7, 5.0),
    )
    places = bubbles_of(impact_effort.draw(impact_effort.ImpactEffort(WORDS, points), False, "de"))
    assert places == {"a": (4.996, 7), "b": (5.0, 7)}


def many_points(count: int) -> tuple[impact_effort.MeasurePoint, ...]:
    chance = random.Random(7)
    hover = (
        "M-0815 Leerstandsmanagement in der Innenstadt und in den Stadtteilzentren\nWirkung 6,5 · Aufwand 4\nMittel: "
    )
    return tuple(
        impact_effort.MeasurePoint(
            f"m{at}", f"M-{at}", "Leerstandsmanagement", chance.randint(0, 20) / 2, chance.randint(0, 20) / 2,
            chance.choice([None, 1e3, 5e4, 2e6]), "", chance.choice(list(RESPONSIBILITIES)), at % 3 == 0,
            hover + "50.000 €\nBeispielwert", 1.0, 9.0, 2.0, 8.0,
        )
        for at in range(count)
    )  # fmt: skip


def test_a_thousand_measures_make_a_small_figure_with_small_bubbles_and_faint_whiskers() -> None:
    payload = impact_effort.ImpactEffort(WORDS, many_points(1000), whiskers=True)
    figure = impact_effort.draw(payload, False, "de")
    assert len(figure.to_json().encode()) < 600_000
    sizes = [size for trace in figure.data if trace.customdata is not None for size in trace.marker.size]
    assert (len(sizes), min(sizes), max(sizes)) == (1000, 6, 18)
    lines = traces(figure, mode="lines")
    assert [line.opacity for line in lines] == [0.16] * 3
    few = impact_effort.draw(replace(payload, points=payload.points[:9]), False, "de")
    assert {line.opacity for line in traces(few, mode="lines")} == {0.8}
    assert max(size for trace in few.data if trace.customdata is not None for size in trace.marker.size) == 46


def test_small_bubbles_lie_on_top_of_large_ones() -> None:
    figure = impact_effort.draw(impact_effort.ImpactEffort(WORDS, many_points(60)), False, "de")
    for trace in figure.data:
        if trace.customdata is not None:
            assert list(trace.marker.size) == sorted(trace.marker.size, reverse=True)


def test_whiskers_are_lines_over_the_range_behind_all_bubbles_and_in_their_colour() -> None:
    points = (
        impact_effort.MeasurePoint("a", "a", "a", 6, 3, impact_low=5, impact_high=7, effort_low=2, effort_high=4.5),
        impact_effort.MeasurePoint("b", "b", "b", 8, 7, responsibility="business", effort_low=6),
        impact_effort.MeasurePoint("c", "c", "c", 2, 2, responsibility="cooperation"),
    )
    payload = impact_effort.ImpactEffort(WORDS, points, whiskers=True)
    for dark in (False, True):
        figure = impact_effort.draw(payload, dark, "de")
        office, business = traces(figure, mode="lines")
        assert (list(office.x), list(office.y)) == ([2, 4.5, None, 3, 3, None], [6, 6, None, 5, 7, None])
        assert (list(business.x), list(business.y)) == ([6, 7, None], [8, 8, None])
        assert [office.line.color, business.line.color] == [
            RESPONSIBILITIES[key].colour(dark) for key in ("office", "business")
        ]
        assert [trace.mode for trace in figure.data[:3]] == ["lines", "lines", "markers"]
    assert traces(impact_effort.draw(replace(payload, whiskers=False), False, "de"), mode="lines") == []


def test_a_fanned_out_bubble_stays_on_its_whisker_whose_ends_are_true() -> None:
    points = tuple(
        impact_effort.MeasurePoint(at, at, at, 6, 3, effort_low=2.95, effort_high=3.05) for at in ("a", "b", "c")
    )
    figure = impact_effort.draw(impact_effort.ImpactEffort(WORDS, points, whiskers=True), False, "de")
    (line,) = traces(figure, mode="lines")
    for at, (x, y) in enumerate(bubbles_of(figure).values()):
        assert set(line.y[3 * at : 3 * at + 2]) == {y}
        assert line.x[3 * at] == min(2.95, x)
        assert line.x[3 * at + 1] == max(3.05, x)


def test_the_ranges_stand_in_the_table_where_they_are_shown_and_only_there() -> None:
    points = (
        impact_effort.MeasurePoint("a", "a", "a", 6, 3, impact_low=5, impact_high=7, effort_low=2.0),
        impact_effort.MeasurePoint("b", "b", "b", 6, 3, impact_low=5.5, impact_high=7, impact_range="5,5–7"),
        impact_effort.MeasurePoint("c", "c", "c", 6, 3, effort_low=3, effort_high=3),
    )
    payload = impact_effort.ImpactEffort(WORDS, points, whiskers=True)
    rows = impact_effort.table(payload)
    assert [row["Spanne der Wirkung"] for row in rows] == ["5–7", "5,5–7", ""]
    assert [row["Spanne des Aufwands"] for row in rows] == ["2–3", "", ""]
    assert list(rows[0])[:5] == ["Maßnahme", "Wirkung", "Spanne der Wirkung", "Aufwand", "Spanne des Aufwands"]
    bare = impact_effort.table(replace(payload, whiskers=False))[0]
    assert list(bare)[:3] == ["Maßnahme", "Wirkung", "Aufwand"]
    assert "Spanne der Wirkung" not in bare


def test_a_label_gives_way_to_the_whiskers_of_its_bubble_and_to_the_edge_of_the_plot() -> None:
    point = impact_effort.MeasurePoint("M-01", "M-01", "m", 6, 3, None, "", "office", False, "", 5, 7, 1, 6)
    payload = impact_effort.ImpactEffort(WORDS, (point,))
    label = impact_effort.draw(payload, False, "de").layout.annotations[-1]
    assert (label.text, label.xanchor, label.yshift) == ("M-01", "left", 0)
    label = impact_effort.draw(replace(payload, whiskers=True), False, "de").layout.annotations[-1]
    assert abs(label.yshift) > 7
    edge = replace(payload, points=(replace(point, effort=10.0),))
    assert impact_effort.draw(edge, False, "de").layout.annotations[-1].xanchor == "right"


def test_a_single_point_stands_where_it_is() -> None:
    point = impact_effort.MeasurePoint("m", "m", "m", 8.2, 1.3)
    figure = impact_effort.draw(impact_effort.ImpactEffort(WORDS, (point,)), False, "de")
    assert (list(figure.data[0].x), list(figure.data[0].y)) == ([1.3], [8.2])


def test_the_area_of_a_bubble_is_its_budget_and_a_missing_budget_is_hollow() -> None:
    points = tuple(
        impact_effort.MeasurePoint(str(at), "m", "m", 1 + at, 4, budget)
        for at, budget in enumerate((400_000.0, 100_000.0, None))
    )
    marker = impact_effort.draw(impact_effort.ImpactEffort(WORDS, points), False, "de").data[0].marker
    assert marker.size[0] == pytest.approx(2 * marker.size[1])
    assert list(marker.symbol) == ["circle", "circle", "circle-open"]
    assert marker.size[2] == min(marker.size)


def test_example_ratings_wear_a_dot_that_the_legend_explains() -> None:
    figure = impact_effort.draw(an_impact_effort_matrix(), False, "de")
    dotted = {
        measure
        for trace in figure.data
        if trace.customdata is not None
        for measure, symbol in zip(trace.customdata, trace.marker.symbol, strict=True)
        if symbol.endswith("-dot")
    }
    assert dotted == {"M-08", "M-12", "M-13", "M-15", "M-16"}
    assert traces(figure, name="Beispielwert")[0].marker.symbol == "circle-open-dot"
    assert figure.layout.clickmode == "event+select"


def test_up_to_twenty_points_are_labelled_directly() -> None:
    points = an_impact_effort_matrix().points
    few = impact_effort.draw(an_impact_effort_matrix(), False, "de")
    many = impact_effort.draw(impact_effort.ImpactEffort(WORDS, (points + points)[:21]), False, "de")
    assert sum(text.startswith("M-") for text in notes(few)) == 11
    assert sum(text.startswith("M-") for text in notes(many)) == 0


# --- contribution bars ------------------------------------------------------------------------------------------------


def segments_of(figure: go.Figure) -> list[Any]:
    return [trace for trace in traces(figure, type="bar") if trace.customdata is not None]


def test_the_segments_of_a_row_follow_each_other_and_add_up_to_its_nutzwert() -> None:
    payload = some_contribution_bars()
    figure = contribution_bars.draw(payload, False, "de")
    layers = segments_of(figure)
    assert len(layers) == len(CRITERIA)
    for row in payload.rows:
        end = 0.0
        for criterion, layer in zip(payload.criteria, layers, strict=True):
            part = row.contributions.get(criterion.id, 0.0)
            at = list(layer.customdata).index(row.id) if row.id in layer.customdata else None
            assert (at is None) == (part == 0)
            if at is not None:
                assert (layer.base[at], layer.x[at]) == (pytest.approx(end), pytest.approx(part))
                end += part
        assert end == pytest.approx(row.total)


def test_the_nutzwert_stands_at_the_end_of_the_bar() -> None:
    payload = some_contribution_bars()
    totals = traces(contribution_bars.draw(payload, False, "de"), mode="text")[-1]
    assert list(totals.x) == [pytest.approx(row.total) for row in payload.rows]
    assert list(totals.text) == [f"\u00a0<b>{row.total_text}</b>" for row in payload.rows]
    assert totals.textposition == "middle right"


@pytest.mark.parametrize("dark", [False, True])
def test_a_criterion_is_told_by_letter_and_pattern_and_not_by_colour_alone(dark: bool) -> None:
    payload = some_contribution_bars()
    criteria = tuple(contribution_bars.ContributionCriterion(f"c{at}", f"Kriterium {at}", "12 %") for at in range(8))
    rows = tuple(replace(row, contributions={f"c{at}": 0.3 + 0.1 * at for at in range(8)}) for row in payload.rows)
    figure = contribution_bars.draw(replace(payload, criteria=criteria, rows=rows), dark, "de")
    layers = segments_of(figure)
    assert len({layer.marker.pattern.shape for layer in layers}) == 8
    assert {layer.marker.pattern.fillmode for layer in layers} == {"overlay"}
    entries = [trace for trace in figure.data if trace.showlegend]
    assert [entry.name for entry in entries] == [
        f"<b>{letter}</b> Kriterium {at} (12 %)" for at, letter in enumerate("ABCDEFGH")
    ]
    for entry, layer in zip(entries, layers, strict=True):
        assert entry.marker.to_plotly_json() == layer.marker.to_plotly_json()
        assert contrast(layer.textfont.color, layer.marker.color) >= 4.5
    written = ["".join(set(layer.text)) for layer in layers]
    assert written == ["", "", "", "<b>D</b>", "<b>E</b>", "<b>F</b>", "<b>G</b>", "<b>H</b>"]


def test_a_line_parts_two_ranks_and_never_measures_of_the_same_rank() -> None:
    payload = some_contribution_bars()
    assert [row.band for row in payload.rows] == ["1–2", "1–2", "3", "4", "5", "6", "7"]
    lines = contribution_bars.draw(payload, False, "de").layout.shapes
    assert [round(line.y0 + 0.54, 6) for line in lines] == [2, 3, 4, 5, 6]
    together = replace(payload, rows=tuple(replace(row, band="1–7") for row in payload.rows))
    assert len(contribution_bars.draw(together, False, "de").layout.shapes) == 0


def test_the_contribution_bars_draw_the_first_rows_and_announce_the_rest() -> None:
    figures = {count: contribution_bars.draw(some_contribution_bars(count), False, "de") for count in (7, 40, 41, 100)}
    assert [notes(figure) for figure in figures.values()] == [
        [],
        [],
        ["1 weitere Zeilen stehen in der Tabelle."],
        ["60 weitere Zeilen stehen in der Tabelle."],
    ]
    assert figures[40].layout.height - figures[7].layout.height == 33 * 46
    assert figures[100].layout.height == figures[41].layout.height
    assert len(figures[100].to_json().encode()) < 100_000
    short = contribution_bars.draw(replace(some_contribution_bars(9), most=5), False, "de")
    assert notes(short) == ["4 weitere Zeilen stehen in der Tabelle."]


def test_the_contribution_table_has_every_measure_and_tells_not_rated_from_no_points() -> None:
    rows = contribution_bars.table(some_contribution_bars(50))
    assert len(rows) == 50
    titles = [title for _, title, _ in CRITERIA]
    assert list(rows[0]) == ["Rang", "Maßnahme", *titles, "Nutzwert", "Hinweis"]
    assert rows[0]["Rang"] == "1–2"
    assert [row[titles[-1]] for row in rows[-2:]] == [None, 0.0]
    assert [rows[0][title] for title in titles] == [3.0, 2.25, 1.2, 1.5, 1.35]
    assert rows[0]["Nutzwert"] == 9.3
    assert [row["Hinweis"] for row in rows[8:11]] == ["", "Beispielwert", ""]


def test_two_criteria_of_the_same_name_keep_a_column_each() -> None:
    criteria = tuple(contribution_bars.ContributionCriterion(key, "Kosten") for key in ("a", "b"))
    row = contribution_bars.ContributionRow("m", "m", {"a": 1.0, "b": 2.0}, 3.0, "3")
    (told,) = contribution_bars.table(contribution_bars.ContributionBars(WORDS, criteria, (row,)))
    assert (told["Kosten (a)"], told["Kosten (b)"]) == (1.0, 2.0)


def test_example_measures_carry_their_badge_at_the_contribution_bars() -> None:
    names = traces(contribution_bars.draw(some_contribution_bars(10), False, "de"), mode="text")[0].text
    assert [name for name in names if "Beispielwert" in name] == [
        "10 · M-15 Leerstandsmanagement… · <i>Beispielwert</i>"
    ]


# --- rank heat map ----------------------------------------------------------------------------------------------------


def ranked(*probabilities: tuple[float, ...]) -> rank_heatmap.RankHeatmap:
    return rank_heatmap.RankHeatmap(
        WORDS, tuple(rank_heatmap.RankRow(f"m{at}", f"Maßnahme {at}", row) for at, row in enumerate(probabilities))
    )


def numbers_of(figure: go.Figure) -> list[tuple[float, int, str]]:
    """(x, row, number) of every cell that is written on."""
    (cells,) = traces(figure, textposition="middle center")
    return [(x, round(y), text) for x, y, text in zip(cells.x, cells.y, cells.text, strict=True)]


def test_a_cell_shows_whole_per_cent_and_nothing_below_a_half() -> None:
    figure = rank_heatmap.draw(ranked((0.866, 0.1291, 0.0049), (0.005, 0.4951, 0.4999)), False, "de")
    assert numbers_of(figure) == [(1, 0, "87"), (2, 0, "13"), (1, 1, "1"), (2, 1, "50"), (3, 1, "50")]
    (cells,) = traces(figure, type="heatmap")
    assert list(cells.z[1]) == [3, 1, None]
    assert list(cells.z[3]) == [0, 2, 2]
    assert all(value is None for stripe in (0, 2) for value in cells.z[stripe])


@pytest.mark.parametrize("dark", [False, True])
def test_the_cells_are_four_steps_of_one_scale_on_which_the_numbers_read(dark: bool) -> None:
    figure = rank_heatmap.draw(ranked((0.09, 0.1, 0.25, 0.56)), dark, "de")
    (cells,) = traces(figure, type="heatmap")
    (numbers,) = traces(figure, textposition="middle center")
    assert list(cells.z[1]) == [0, 1, 2, 3]
    fills = [colour for _, colour in cells.colorscale[::2]]
    assert fills == list(palette(dark).steps[1:])
    assert (cells.zmin, cells.zmax) == (-0.5, 3.5)
    assert [contrast(ink, fill) >= 4.5 for ink, fill in zip(numbers.textfont.color, fills, strict=True)] == [True] * 4


def test_what_lies_beyond_the_columns_is_added_up_in_a_last_one_that_stands_apart() -> None:
    tail = (0.0,) * 19
    figure = rank_heatmap.draw(ranked((0.7, *tail, 0.2, 0.1), (0.4, *tail, 0.0, 0.0)), False, "de")
    assert list(figure.layout.xaxis.ticktext) == [*map(str, range(1, 21)), "später"]
    last = figure.layout.xaxis.tickvals[-1]
    assert last > 21
    assert numbers_of(figure) == [(1, 0, "70"), (last, 0, "30"), (1, 1, "40"), (last, 1, "60")]
    (cells,) = traces(figure, type="heatmap")
    assert list(cells.z[1]) == [3, *[None] * 20, 2]
    assert (len(cells.x), cells.x[-2] < last < cells.x[-1]) == (23, True)


def test_without_any_later_rank_there_is_no_last_column() -> None:
    figure = rank_heatmap.draw(ranked((0.7, 0.3), (0.3, 0.697)), False, "de")
    assert list(figure.layout.xaxis.ticktext) == ["1", "2"]
    assert "später" not in rank_heatmap.table(ranked((0.7, 0.3), (0.3, 0.697)))[0]


def test_the_most_probable_rank_is_outlined_the_better_one_of_two_and_the_last_column_too() -> None:
    figure = rank_heatmap.draw(ranked((0.3, 0.5, 0.2), (0.4, 0.2, 0.4), (0.1, 0.1, 0.1)), True, "de")
    boxes = figure.layout.shapes
    later = figure.layout.xaxis.tickvals[-1]
    assert [(box.x0 + box.x1) / 2 for box in boxes] == [2, 1, pytest.approx(later)]
    assert [round((box.y0 + box.y1) / 2) for box in boxes] == [0, 1, 2]
    assert {box.line.color for box in boxes} == {palette(True).text}


def test_a_cell_tells_measure_rank_and_the_sentence_of_its_row() -> None:
    (cells,) = traces(rank_heatmap.draw(a_rank_heatmap(), False, "de"), type="heatmap")
    assert cells.hovertext[1][0].split("<br>") == [
        "M-01 Titel Fairtrade-Town erlangen und halten",
        "Rang 1: 80\u00a0%",
        "In 9 von 10 Durchläufen auf Rang 1 bis 2.",
    ]
    assert [text == "" for text in cells.hovertext[1]] == [False, False, *[True] * 6]


def test_the_rank_heat_map_draws_the_first_rows_repeats_the_ranks_below_and_announces_the_rest() -> None:
    figure = rank_heatmap.draw(a_rank_heatmap(100), False, "de")
    assert len(figure.layout.shapes) == 40
    assert notes(figure) == ["60 weitere Zeilen stehen in der Tabelle."]
    (feet,) = traces(figure, textposition="bottom center")
    assert list(feet.text) == list(figure.layout.xaxis.ticktext)
    assert len(figure.to_json().encode()) < 100_000
    short = rank_heatmap.draw(a_rank_heatmap(12), False, "de")
    assert (traces(short, textposition="bottom center"), notes(short)) == ([], [])


def test_the_table_of_ranks_has_every_measure_and_each_row_adds_up_to_certainty() -> None:
    rows = rank_heatmap.table(a_rank_heatmap(30))
    assert len(rows) == 30
    assert list(rows[0]) == ["Maßnahme", *(f"Rang {rank}" for rank in range(1, 21)), "später", "Hinweis"]
    for row in rows:
        shares = [value for value in row.values() if isinstance(value, Share)]
        assert len(shares) == 21
        assert sum(shares) == pytest.approx(1)
    assert (rows[0]["Rang 1"], rows[0]["später"], rows[29]["später"]) == (0.8, 0, 1)
    assert rows[10]["Hinweis"] == "Beispielwert"


# --- group dots -------------------------------------------------------------------------------------------------------


def dots_of(figure: go.Figure) -> list[Any]:
    return [trace for trace in traces(figure, mode="markers") if trace.customdata is not None]


@pytest.mark.parametrize("dark", [False, True])
def test_every_group_has_a_shape_and_a_colour_of_its_own_that_the_legend_shows(dark: bool) -> None:
    figure = group_dots.draw(some_group_dots(), dark, "de")
    dots = dots_of(figure)
    assert len({trace.marker.symbol for trace in dots}) == len({trace.marker.color for trace in dots}) == len(GROUPS)
    entries = [trace for trace in figure.data if trace.showlegend]
    assert [entry.name for entry in entries] == [*(title for _, title in GROUPS), "alle zusammen"]
    for entry, trace in zip(entries, dots, strict=False):
        assert entry.marker.to_plotly_json() == trace.marker.to_plotly_json()


def test_beyond_six_groups_the_shapes_are_hollow() -> None:
    groups = tuple(group_dots.RaterGroup(str(at), f"Gruppe {at}") for at in range(12))
    row = group_dots.DotRow("m", "m", {str(at): at / 2 for at in range(12)})
    symbols = [
        trace.marker.symbol
        for trace in dots_of(group_dots.draw(group_dots.GroupDots(WORDS, groups, (row,)), False, "de"))
    ]
    assert len(set(symbols)) == 12
    assert [symbol.endswith("-open") for symbol in symbols] == [False] * 6 + [True] * 6


def test_a_thin_line_runs_from_the_lowest_group_to_the_highest() -> None:
    payload = some_group_dots()
    figure = group_dots.draw(payload, False, "de")
    spans = figure.data[0]
    found = list(zip(spans.x[::3], spans.x[1::3], spans.x[2::3], strict=True))
    values = [[value for value in row.values.values() if value is not None] for row in payload.rows]
    assert found == [(min(known), max(known), None) for known in values if known]
    assert (spans.mode, len(found)) == ("lines", 6)


def test_a_dot_stands_at_its_value_however_many_groups_agree_and_hides_no_other() -> None:
    payload = some_group_dots()
    drawn: dict[str, list[tuple[float, float]]] = {row.id: [] for row in payload.rows}
    dots = dots_of(group_dots.draw(payload, False, "de"))
    for group, trace in zip(payload.groups, dots, strict=True):
        known = [row for row in payload.rows if row.values.get(group.key) is not None]
        assert list(trace.customdata) == [row.id for row in known]
        assert list(trace.x) == [row.values[group.key] for row in known]
        for row, x, y in zip(known, trace.x, trace.y, strict=True):
            drawn[row.id].append((x, y))
    assert len({y for _, y in drawn[payload.rows[1].id]}) == 6
    for places in drawn.values():
        for at, (x, y) in enumerate(places):
            assert [other for other in places[at + 1 :] if abs(other[0] - x) < 0.3 and abs(other[1] - y) < 12] == []


def test_no_row_reaches_into_the_next_and_the_height_holds_them_all() -> None:
    payload = some_group_dots()
    figure = group_dots.draw(payload, False, "de")
    names = traces(figure, textposition="top right")[0].y
    for trace in dots_of(figure):
        for measure, y in zip(trace.customdata, trace.y, strict=True):
            at = [row.id for row in payload.rows].index(measure)
            assert y > names[at]
            assert at == len(names) - 1 or y < names[at + 1] - 13
    assert figure.layout.height > figure.layout.yaxis.range[0] > max(names)


def test_the_value_of_all_groups_is_an_upright_stroke_that_reaches_beyond_the_dots_upon_it() -> None:
    payload = some_group_dots()
    figure = group_dots.draw(payload, False, "de")
    (stroke,) = [trace for trace in traces(figure, mode="lines") if trace.hovertext is not None]
    assert list(stroke.x[::4]) == [row.overall for row in payload.rows if row.overall is not None]
    agreed = [y for trace in dots_of(figure) for y in trace.y[1:2]]
    assert stroke.y[4] < min(agreed)
    assert stroke.y[6] > max(agreed)
    assert stroke.hovertext[4].split("<br>")[-1] == "alle zusammen: 6,0"
    without = replace(payload, rows=tuple(replace(row, overall=None) for row in payload.rows))
    assert traces(group_dots.draw(without, False, "de"), name="alle zusammen") == []


def test_a_measure_that_no_group_has_rated_says_so() -> None:
    figure = group_dots.draw(some_group_dots(), False, "de")
    (told,) = traces(figure, textposition="middle right")
    assert list(told.text) == ["noch kein Wert"]
    last = some_group_dots().rows[-1].id
    assert all(last not in trace.customdata for trace in dots_of(figure))


def test_the_group_dots_draw_the_first_rows_repeat_the_scale_above_and_announce_the_rest() -> None:
    figure = group_dots.draw(some_group_dots(100), False, "de")
    assert notes(figure) == ["60 weitere Zeilen stehen in der Tabelle."]
    assert len(traces(figure, textposition="top right")[0].text) == 40
    (scale,) = traces(figure, textposition="middle center")
    assert (list(scale.x), list(scale.text)) == (list(range(11)), [str(tick) for tick in range(11)])
    assert len(figure.to_json().encode()) < 100_000
    assert traces(group_dots.draw(some_group_dots(12), False, "de"), textposition="middle center") == []


def test_the_table_of_groups_has_every_value_and_the_spread() -> None:
    rows = group_dots.table(some_group_dots(60))
    assert len(rows) == 60
    titles = [title for _, title in GROUPS]
    assert list(rows[0]) == ["Maßnahme", *titles, "Alle zusammen", "Spanne", "Hinweis"]
    assert [rows[0][title] for title in titles] == [0.0, 5.5, 1.5, 7.0, 3.0, 8.5]
    assert (rows[0]["Alle zusammen"], rows[0]["Spanne"]) == (4.25, 8.5)
    assert (rows[1]["Spanne"], rows[2]["Ratsfraktionen"]) == (0, None)
    assert [rows[-1][title] for title in (*titles, "Alle zusammen", "Spanne")] == [None] * 8
    assert (rows[0]["Hinweis"], rows[1]["Hinweis"]) == ("Beispielwert", "")


# --- resources --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "band"),
    [
        (0.85, "calm"),
        (0.8501, "tight"),
        (1.0, "tight"),
        (1.0001, "over"),
        (0.0, "calm"),
        (None, "no_value"),
        (inf, "over"),
    ],
)
def test_the_limits_belong_to_the_lower_band(share: float | None, band: str) -> None:
    assert load_heatmap.band(share, 0.85, 1.0) == band


def test_a_cell_tells_its_band_without_colour_and_never_rounds_an_overload_away() -> None:
    figure = load_heatmap.draw(a_load_heatmap(), False, "de")
    texts = [text for trace in traces(figure, type="heatmap") for row in trace.text for text in row if text]
    assert texts.count("–") == 3
    assert "▲<br>136\u00a0%" in texts
    assert "▲<br>&gt;100\u00a0%" in texts
    assert "●<br>100\u00a0%" in texts
    assert len(texts) == 24


def test_a_demand_without_any_time_is_an_overload_in_cell_legend_hover_and_table() -> None:
    row = load_heatmap.LoadRow("g", "Gruppe", (inf, None, 0.5))
    payload = load_heatmap.LoadHeatmap(WORDS, ("Q1", "Q2", "Q3"), (row,))
    figure = load_heatmap.draw(payload, False, "de")
    over = next(trace for trace in traces(figure, type="heatmap") if trace.colorscale[0][1] == LIGHT.off_course)
    assert list(over.text[1]) == ["▲ keine<br>Zeit", "", ""]
    assert list(over.z[1]) == [1, None, None]
    assert over.hovertext[1][0] == "Gruppe<br>Q1: keine Zeit"
    names = {trace.name for trace in figure.data if trace.showlegend}
    assert f"▲ {WORDS['over']}, keine Zeit" in names
    assert load_heatmap.table(payload) == [{"Gruppe": "Gruppe", "Q1": "keine Zeit", "Q2": None, "Q3": 0.5}]
    many = load_heatmap.LoadHeatmap(WORDS, tuple(map(str, range(9))), (load_heatmap.LoadRow("g", "x", (inf,) * 9),))
    assert set(load_heatmap.draw(many, False, "de").data[0].text[1]) == {"▲"}


def test_load_of_many_months_is_written_without_per_cent_and_every_third_is_named() -> None:
    months = tuple(f"{at}. 2027" for at in range(1, 19))
    row = load_heatmap.LoadRow("g", "Gruppe", (0.8, 1.19, *(0.5,) * 16))
    figure = load_heatmap.draw(load_heatmap.LoadHeatmap(WORDS, months, (row,)), False, "de")
    cells = {text for trace in figure.data if trace.type == "heatmap" for line in trace.text for text in line if text}
    assert cells == {"80", "▲<br>119", "50"}
    assert list(figure.layout.xaxis.tickvals) == [0, 3, 6, 9, 12, 15]
    assert load_heatmap.named_columns(8) == list(range(8))


def test_demand_of_many_months_shows_the_sign_alone_where_it_is_too_much() -> None:
    months = tuple(f"{at}. 2027" for at in range(1, 10))
    measure = demand_columns.MeasureDemand("m", "Maßnahme", (12.0, *(5.0,) * 8))
    payload = demand_columns.DemandColumns(words=WORDS, quarters=months, measures=(measure,), capacity=(10.0,) * 9)
    (note,) = demand_columns.draw(payload, False, "de").layout.annotations
    assert note.text.endswith("▲</span>")


def test_the_heat_maps_table_has_one_column_per_quarter() -> None:
    rows = load_heatmap.table(a_load_heatmap())
    assert rows[0] == {
        "Gruppe": "Bestandspflege",
        **dict(zip(a_load_heatmap().quarters, (0.73, 0.8, 0.85, 0.851, 1.0, 1.001, 1.36, None), strict=True)),
    }


def test_columns_stack_to_the_total_and_the_overload_is_what_exceeds_the_capacity() -> None:
    payload = some_demand_columns()
    figure = demand_columns.draw(payload, False, "de")
    layers = [trace for trace in traces(figure, type="bar") if trace.customdata is not None]
    totals = [sum(measure.person_days[at] for measure in payload.measures) for at in range(8)]
    assert [base + more for base, more in zip(layers[-1].base, layers[-1].y, strict=True)] == totals
    assert (len(layers), layers[-1].name) == (7, "Übrige Maßnahmen")
    (over,) = traces(figure, name="Überlast")
    expected = [total - limit for total, limit in zip(totals, payload.capacity, strict=True) if total > (limit or 0)]
    assert list(over.y) == expected
    assert over.marker.pattern.shape == "/"
    assert [note.text.split("<b>")[1] for note in figure.layout.annotations] == [
        f"+{more:.0f}</b>" for more in expected
    ]


def test_the_demand_table_has_every_measure_and_the_capacity() -> None:
    rows = demand_columns.table(some_demand_columns())
    assert len(rows) == 12
    assert [rows[-1][quarter] for quarter in some_demand_columns().quarters] == list(some_demand_columns().capacity)
    assert rows[9]["Hinweis"] == "Beispielwert"


# --- timeline ---------------------------------------------------------------------------------------------------------


def pieces(row: timeline.TimelineRow) -> list[tuple[date, int, bool]]:
    """(first day, days, certain) of every piece of the only row's bar."""
    payload = timeline.Timeline(WORDS, (row,), date(2026, 11, 24))
    figure = timeline.draw(payload, False, "de")
    found = [
        (first, length // 86_400_000, trace.showlegend)
        for trace in traces(figure, type="bar", orientation="h")
        for first, length in zip(trace.base, trace.x, strict=True)
        if first is not None
    ]
    return sorted(found)


def test_an_imprecise_year_is_hatched_over_the_whole_year() -> None:
    assert pieces(timeline.TimelineRow("m", "m", "running", whole(2022), whole(2025))) == [
        (date(2022, 1, 1), 364, False),
        (date(2022, 12, 31), 732, True),
        (date(2025, 1, 1), 364, False),
    ]


def test_exact_dates_make_one_certain_bar() -> None:
    row = timeline.TimelineRow("m", "m", "implemented", exact(date(2019, 6, 1)), exact(date(2019, 7, 1)))
    assert pieces(row) == [(date(2019, 6, 1), 30, True)]


def test_a_running_measure_without_end_is_certain_until_today_and_an_ended_one_not_at_all() -> None:
    running = pieces(timeline.TimelineRow("m", "m", "running", exact(date(2026, 1, 1)), None))
    assert [(first, sure) for first, _, sure in running] == [(date(2026, 1, 1), True), (date(2026, 11, 24), False)]
    ended = pieces(timeline.TimelineRow("m", "m", "discontinued", exact(date(2026, 1, 1)), None))
    assert ended == [(date(2026, 1, 1), 327, False)]


def test_a_measure_without_dates_has_no_bar_and_says_so() -> None:
    row = timeline.TimelineRow("m", "Netzwerk", "idea", None, None)
    assert pieces(row) == []
    figure = timeline.draw(timeline.Timeline(WORDS, (row,), date(2026, 11, 24)), False, "de")
    assert [text for trace in traces(figure, mode="text") for text in trace.text] == ["Netzwerk · ohne Termine"]


def test_every_state_group_has_its_own_colour_and_pattern() -> None:
    figure = timeline.draw(a_timeline(), False, "de")
    looks = {
        trace.name: (trace.marker.color, trace.marker.pattern.shape)
        for trace in traces(figure, type="bar", orientation="h", showlegend=True)
    }
    assert set(looks) == {WORDS[key] for key in timeline.GROUP_WORDS}
    assert len(set(looks.values())) == 5
    plain_fill = {name for name, (_, shape) in looks.items() if not shape}
    assert plain_fill == {"geplant", "laufend"}


def test_today_stands_where_it_was_told_and_milestones_are_diamonds() -> None:
    figure = timeline.draw(a_timeline(), False, "de")
    assert figure.layout.shapes[0].x0 == date(2026, 11, 24)
    assert "Heute" in notes(figure)
    (done,) = traces(figure, name="Meilenstein erreicht")
    assert (done.marker.symbol, list(done.x)) == ("diamond", [date(2020, 3, 2)])


def test_the_timelines_table_has_the_bounds_of_every_date_and_the_milestones() -> None:
    rows = timeline.table(a_timeline())
    louise = [tuple(row.values()) for row in rows if row["Maßnahme"] == "City-Logistik LOUISE"]
    assert louise == [
        (
            "City-Logistik LOUISE",
            "discontinued",
            date(2018, 10, 1),
            date(2018, 10, 31),
            date(2021, 12, 31),
            date(2021, 12, 31),
            "",
        ),
        ("City-Logistik LOUISE", "Meilenstein erreicht", *(date(2020, 3, 2),) * 4, "Praxisphase beginnt"),
    ]


# --- story ------------------------------------------------------------------------------------------------------------


def test_the_story_tells_louise_with_its_numbers_over_its_events() -> None:
    figure = story.draw(the_story_of_louise(), False, "de")
    values = [list(trace.y) for trace in traces(figure, mode="lines") if trace.yaxis in ("y2", "y3")]
    assert values == [[250, 350, 500, 750], [6, 21, 30]]
    band = [text for trace in figure.data if trace.yaxis is None and trace.text is not None for text in trace.text]
    assert [text.replace("<br>", " ") for text in band] == [
        "Praxisphase City-Logistik beginnt",
        "Erste Schließung des Einzelhandels",
        "Auszeichnung als Fairtrade-Town",
        "City-Logistik eingestellt",
    ]


def test_a_certainty_is_explained_once_for_all_panels() -> None:
    figure = story.draw(the_story_of_louise(), False, "de")
    named = [trace.name for trace in figure.data if trace.showlegend]
    assert sorted(named) == ["Istwert", "rund"]


def test_the_storys_table_has_values_and_events() -> None:
    payload = the_story_of_louise()
    rows = story.table(payload)
    units = [panel.unit for panel in payload.panels]
    assert [getattr(row["Wert"], "unit", None) for row in rows] == [units[0]] * 4 + [units[1]] * 3 + [None] * 4
    assert [row["Wert"] for row in rows] == [250, 350, 500, 750, 6, 21, 30, None, None, None, None]
    assert rows[-1]["Hinweis"] == "City-Logistik eingestellt"


def test_a_story_of_events_alone_needs_no_indicator() -> None:
    payload = story.Story(WORDS, (story.StoryPanel("leer", "", ()),), (Event(date(2020, 1, 1), "Beginn"),))
    assert len(story.draw(payload, False, "de").data) == 2


def test_a_single_value_is_a_chart_too() -> None:
    one = ((Point(date(2024, 1, 1), date(2024, 12, 31), 0.0),),)
    for module, payload in (
        (target_path, target_path.TargetPath(WORDS, "%", "x", one)),
        (sparkline, sparkline.Sparkline(WORDS, one)),
        (story, story.Story(WORDS, (story.StoryPanel("x", "%", one),))),
        (small_multiples, small_multiples.SmallMultiples(WORDS, (small_multiples.Panel("i", "x", one, "0"),))),
    ):
        assert module.draw(payload, False, "de").data
