"""What each chart shows of its payload."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from metrics.charts import (
    attainment_bars,
    demand_columns,
    goal_rings,
    impact_effort,
    load_heatmap,
    small_multiples,
    sparkline,
    story,
    target_path,
    timeline,
)
from metrics.charts.series import Event, Point, segments
from metrics.charts.theme import Share
from tests.charts.chart_samples import (
    EVENTS,
    UNEMPLOYMENT,
    WORDS,
    a_corridor,
    a_direction_only_path,
    a_load_heatmap,
    a_path_with_comparisons,
    a_path_with_everything,
    a_sparkline,
    a_target_path,
    a_timeline,
    an_impact_effort_matrix,
    exact,
    some_attainment_bars,
    some_demand_columns,
    some_goal_rings,
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
        (3, 2.9, "quadrant_quick"),
        (3, 3, "quadrant_big"),
        (2.9, 2.9, "quadrant_aside"),
        (2.9, 3, "quadrant_drop"),
    ],
)
def test_a_value_on_the_cut_belongs_to_the_higher_class(impact: float, effort: float, word: str) -> None:
    point = impact_effort.MeasurePoint("m", "m", "m", impact, effort)
    assert impact_effort.quadrant(point, 3.0) == word


def test_ties_are_fanned_out_without_leaving_their_quadrant_and_the_table_keeps_the_truth() -> None:
    points = tuple(impact_effort.MeasurePoint(f"m{at}", "m", "m", 3.0, 2.95, 100.0) for at in range(9))
    payload = impact_effort.ImpactEffort(WORDS, points)
    (bubbles,) = [trace for trace in impact_effort.draw(payload, False, "de").data if trace.customdata is not None]
    places = list(zip(bubbles.x, bubbles.y, strict=True))
    assert len(set(places)) == 9
    assert all(x < 3 and y >= 3 for x, y in places)
    assert {(row["Wirkung"], row["Aufwand"]) for row in impact_effort.table(payload)} == {(3.0, 2.95)}
    shuffled = impact_effort.draw(replace(payload, points=points[::-1]), False, "de")
    (again,) = [trace for trace in shuffled.data if trace.customdata is not None]
    first, second = dict(zip(bubbles.customdata, places, strict=True)), zip(again.x, again.y, strict=True)
    assert dict(zip(again.customdata, second, strict=True)) == first


def test_a_single_point_stands_where_it_is() -> None:
    point = impact_effort.MeasurePoint("m", "m", "m", 4.2, 1.3)
    figure = impact_effort.draw(impact_effort.ImpactEffort(WORDS, (point,)), False, "de")
    assert (list(figure.data[0].x), list(figure.data[0].y)) == ([1.3], [4.2])


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


# --- resources --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "band"),
    [(0.85, "calm"), (0.8501, "tight"), (1.0, "tight"), (1.0001, "over"), (0.0, "calm"), (None, "no_value")],
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
