"""What the Gantt chart shows of its payload."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.charts import gantt
from metrics.charts.gantt import Gantt, GanttLink, GanttMilestone, GanttRow, slipped_days
from metrics.charts.series import month_ticks
from metrics.charts.theme import DARK, LIGHT
from tests.charts.chart_samples import WORDS
from tests.charts.planning_samples import TODAY, a_gantt, an_optimised_gantt, exactly, many_gantt_rows

DAY = 86_400_000


def traces(figure: go.Figure, **wanted: Any) -> list[Any]:
    return [trace for trace in figure.data if all(getattr(trace, key, None) == value for key, value in wanted.items())]


def named(figure: go.Figure, name: str) -> Any:
    (trace,) = [trace for trace in figure.data if (trace.name or "").replace("<br>", " ") == name and trace.showlegend]
    return trace


def drawn(*rows: GanttRow, links: tuple[GanttLink, ...] = ()) -> go.Figure:
    return gantt.draw(Gantt(WORDS, rows, TODAY, links), False, "de")


def notes(figure: go.Figure) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


def outlines(figure: go.Figure) -> list[tuple[date, date, float, float]]:
    return [(shape.x0, shape.x1, shape.y0, shape.y1) for shape in figure.layout.shapes if shape.type == "rect"]


def corners(figure: go.Figure, colour: str) -> list[tuple[date, float]]:
    """The corners of the only arrow in this colour."""
    (line,) = [trace for trace in traces(figure, mode="lines") if trace.line.color == colour]
    assert line.x[-1] is None and None not in line.x[:-1]
    return list(zip(line.x[:-1], line.y[:-1], strict=True))


PLANNED = GanttRow("m", "Maßnahme", "planned", *exactly(date(2027, 1, 1), date(2027, 6, 30)))


def test_a_bar_runs_from_start_to_end_and_carries_the_measures_id() -> None:
    figure = drawn(PLANNED)
    (bar,) = traces(figure, type="bar")
    assert (list(bar.base), list(bar.x), list(bar.customdata)) == ([date(2027, 1, 1)], [180 * DAY], ["m"])
    assert "Maßnahme" in notes(figure)


def test_uncertain_dates_are_hatched_on_a_light_ground_and_explained() -> None:
    figure = gantt.draw(a_gantt(WORDS), False, "de")
    hatched = [trace for trace in traces(figure, type="bar", showlegend=False) if trace.customdata]
    assert {trace.marker.pattern.shape for trace in hatched} == {"/"}
    assert {trace.marker.color for trace in hatched} == {LIGHT.surface}
    assert named(figure, "Zeitpunkt ungenau oder offen").x == (None,)


def test_an_open_end_fades_in_steps_that_join_and_wears_a_sign_at_the_edge() -> None:
    row = GanttRow("m", "Frühstück", "running", (date(2020, 1, 1),) * 2, None)
    figure = drawn(row)
    (open_end,) = [trace for trace in traces(figure, type="bar", showlegend=False) if trace.customdata]
    opacities = list(open_end.marker.opacity)
    assert opacities == sorted(opacities, reverse=True)
    assert opacities[0] < 1 and len(set(opacities)) == 4
    for first, length, following in zip(open_end.base, open_end.x, open_end.base[1:], strict=False):
        assert abs((first + timedelta(milliseconds=length)) - following) <= timedelta(days=1)
    assert open_end.base[0] == TODAY
    sign = named(figure, "Ende offen")
    assert sign.marker.symbol == "triangle-right-open"
    assert open_end.base[-1] < sign.x[0] <= figure.layout.xaxis.range[1]


@pytest.mark.parametrize("state", ["implemented", "discontinued"])
def test_what_has_ended_is_not_open_even_if_the_day_is_not_known(state: str) -> None:
    figure = drawn(GanttRow("m", "x", state, (date(2026, 1, 1),) * 2, None))
    assert "Ende offen" not in {trace.name for trace in figure.data}


def test_milestones_are_told_apart_by_their_shape_and_named() -> None:
    steps = (
        GanttMilestone(date(2027, 2, 1), "a", done=True),
        GanttMilestone(date(2027, 3, 1), "b", late=True),
        GanttMilestone(date(2027, 4, 1), "c"),
        GanttMilestone(date(2027, 5, 1), "d", done=True, late=True),
    )
    figure = drawn(replace(PLANNED, milestones=steps))
    found = {
        name: (named(figure, name).marker.symbol, named(figure, name).marker.color, list(named(figure, name).x))
        for name in ("Meilenstein erreicht", "Meilenstein überfällig", "Meilenstein")
    }
    assert found == {
        "Meilenstein erreicht": ("diamond", LIGHT.text, [date(2027, 2, 1), date(2027, 5, 1)]),
        "Meilenstein überfällig": ("triangle-up", LIGHT.off_course, [date(2027, 3, 1)]),
        "Meilenstein": ("diamond", LIGHT.surface, [date(2027, 4, 1)]),
    }
    assert named(figure, "Meilenstein überfällig").hovertext == ("b<br>Meilenstein überfällig",)


def test_today_is_a_dotted_line_over_the_whole_height_with_its_word() -> None:
    figure = drawn(PLANNED)
    line = figure.layout.shapes[0]
    assert (line.x0, line.x1, line.y0, line.y1, line.yref, line.line.dash) == (TODAY, TODAY, 0, 1, "paper", "dot")
    (word,) = [note for note in figure.layout.annotations if note.text == "Heute"]
    assert word.x == TODAY


# --- slippage ---------------------------------------------------------------------------------------------------------


def test_slippage_counts_days_from_the_first_promise_to_the_last_day_the_end_may_mean() -> None:
    late = replace(PLANNED, promised_end=date(2027, 5, 31))
    assert slipped_days(late) == 30
    assert slipped_days(replace(late, end=(date(2027, 1, 1), date(2027, 12, 31)))) == 214
    assert slipped_days(replace(late, promised_end=date(2027, 7, 10))) == -10
    assert slipped_days(PLANNED) is None
    assert slipped_days(replace(late, end=None)) is None


def test_what_was_promised_is_a_thin_bar_below_from_its_begin_to_its_end() -> None:
    figure = drawn(replace(PLANNED, promised_end=date(2027, 5, 31), slip="30 Tage später als zugesagt"))
    (bar,) = traces(figure, type="bar")
    (ghost,) = traces(figure, mode="lines")
    assert list(ghost.x) == [date(2027, 1, 1), date(2027, 5, 31), None]
    assert ghost.y[0] == ghost.y[1] > bar.y[0] + bar.width / 2
    assert list(named(figure, "zuerst zugesagt").x) == [date(2027, 5, 31)]
    assert "30 Tage später als zugesagt" in notes(figure)


def test_a_row_is_as_high_as_its_name_bar_promise_and_remark() -> None:
    late = replace(PLANNED, promised_end=date(2027, 5, 31), slip="30 Tage später")
    figure = drawn(PLANNED, late, replace(PLANNED, title="Die letzte"))
    first, second, third = [note.y for note in figure.layout.annotations if note.yanchor == "top"]
    (remark,) = [note.y for note in figure.layout.annotations if note.text == "30 Tage später"]
    assert second - first == 17 + 3 + 14 + 3 + 12
    assert third - second == (17 + 3 + 14 + 3) + 7 + 17 + 12
    assert remark == third - 12


def test_a_promise_that_was_kept_needs_no_second_bar() -> None:
    kept = replace(PLANNED, promised_start=date(2027, 1, 1), promised_end=date(2027, 6, 30))
    assert traces(drawn(kept), mode="lines") == []
    moved = replace(kept, promised_start=date(2026, 12, 1))
    (ghost,) = traces(drawn(moved), mode="lines")
    assert list(ghost.x) == [date(2026, 12, 1), date(2027, 6, 30), None]


def test_the_axis_reaches_to_what_was_promised() -> None:
    figure = drawn(replace(PLANNED, promised_start=date(2020, 1, 1), promised_end=date(2031, 1, 1)))
    assert figure.layout.xaxis.range[0] < date(2020, 1, 1)
    assert figure.layout.xaxis.range[1] > date(2031, 1, 1)


# --- critical path and dependencies -----------------------------------------------------------------------------------


def test_the_critical_path_is_an_outline_and_a_word() -> None:
    figure = drawn(replace(PLANNED, critical=True), replace(PLANNED, id="n"))
    middle = bar_levels(figure)["m"]
    assert outlines(figure) == [(date(2027, 1, 1), date(2027, 6, 30), middle - 8, middle + 8)]
    assert [text for text in notes(figure) if "kritisch" in text] == ["<b>kritisch</b>"]
    assert named(figure, "auf dem kritischen Pfad").marker.symbol == "square-open"
    assert outlines(drawn(PLANNED)) == []


AFTER = GanttRow("n", "Danach", "planned", *exactly(date(2027, 9, 1), date(2027, 12, 31)))


def bar_levels(figure: go.Figure) -> dict[str, float]:
    return {name: y for trace in traces(figure, type="bar") for name, y in zip(trace.customdata, trace.y, strict=True)}


def test_an_arrow_runs_from_the_end_of_the_first_to_the_begin_of_the_second() -> None:
    figure = drawn(PLANNED, AFTER, links=(GanttLink("m", "n"),))
    path = corners(figure, LIGHT.path)
    levels = bar_levels(figure)
    assert path[0] == (date(2027, 6, 30), levels["m"])
    assert path[-1][1] == levels["n"]
    assert timedelta(0) < date(2027, 9, 1) - path[-1][0] < timedelta(days=7)
    assert len(path) == 4
    head = named(figure, "erst danach möglich")
    assert (head.marker.symbol, list(head.x), list(head.y)) == ("triangle-right", [path[-1][0]], [path[-1][1]])


@pytest.mark.parametrize("order", ["downwards", "upwards"])
def test_an_arrow_to_something_that_begins_too_early_runs_back_between_two_rows(order: str) -> None:
    early = replace(AFTER, start=(date(2027, 3, 1),) * 2)
    rows = (PLANNED, early) if order == "downwards" else (early, PLANNED)
    figure = drawn(*rows, links=(GanttLink("m", "n"),))
    path = corners(figure, LIGHT.path)
    levels = bar_levels(figure)
    assert len(path) == 6
    assert path[0] == (date(2027, 6, 30), levels["m"])
    between = path[2][1]
    assert path[3][1] == between
    assert min(levels.values()) + 7 < between < max(levels.values()) - 7
    lower_name = max(note.y for note in figure.layout.annotations if note.yanchor == "top")
    assert between == lower_name - 6
    assert timedelta(0) < path[1][0] - path[0][0] < timedelta(days=7)
    assert path[1][0] > date(2027, 6, 30) and path[4][0] < path[5][0] < date(2027, 3, 1)


def test_every_arrow_consists_of_level_and_upright_pieces() -> None:
    figure = gantt.draw(a_gantt(WORDS), False, "de")
    lines = [trace for trace in traces(figure, mode="lines") if trace.line.width != 4]
    assert len(lines) == 2
    for line in lines:
        points = list(zip(line.x, line.y, strict=True))
        for one, two in pairwise(points):
            if one[0] is not None and two[0] is not None:
                assert (one[0] == two[0]) != (one[1] == two[1])


def test_a_critical_arrow_is_thicker_than_another() -> None:
    figure = drawn(PLANNED, AFTER, replace(AFTER, id="o"), links=(GanttLink("m", "n", True), GanttLink("m", "o")))
    widths = {trace.line.color: trace.line.width for trace in traces(figure, mode="lines")}
    assert widths[LIGHT.text] >= 2 * widths[LIGHT.path]


def test_a_link_to_a_row_that_is_not_there_or_has_no_bar_is_not_drawn_but_told_in_the_table() -> None:
    undated = GanttRow("u", "Ohne", "idea", None, None)
    payload = Gantt(WORDS, (PLANNED, undated), TODAY, (GanttLink("gone", "m"), GanttLink("m", "u")))
    assert traces(gantt.draw(payload, False, "de"), mode="lines") == []
    after = [row["Beginnt nach"] for row in gantt.table(payload)]
    assert after == ["gone", "Maßnahme"]


# --- rows -------------------------------------------------------------------------------------------------------------


def test_rows_never_overlap_and_the_height_holds_them_all() -> None:
    figure = gantt.draw(a_gantt(WORDS), False, "de")
    tops = [note.y for note in figure.layout.annotations if note.yanchor == "top"]
    feet = [note.y for note in figure.layout.annotations if note.yanchor == "bottom" and note.yref != "paper"]
    assert len(tops) == 9
    assert tops == sorted(tops)
    assert min(later - earlier for earlier, later in pairwise(tops)) >= 40
    assert figure.layout.yaxis.range[0] > max(*tops, *feet)
    assert figure.layout.height > figure.layout.yaxis.range[0]


def test_a_name_stands_on_the_side_with_room_and_is_broken_rather_than_cut() -> None:
    title = "Fachkräfteallianz mit Hochschule, Kammern und Handwerk gründen"
    late = GanttRow("z", title, "planned", *exactly(date(2030, 10, 1), date(2030, 12, 31)))
    figure = drawn(replace(PLANNED, start=(date(2026, 1, 1),) * 2), late)
    (note,) = [note for note in figure.layout.annotations if "Fachkräfteallianz" in note.text]
    assert note.text.replace("<br>", " ") == title
    assert (note.xanchor, note.x) == ("right", date(2030, 12, 31))
    (first,) = [note for note in figure.layout.annotations if note.text == "Maßnahme"]
    assert (first.xanchor, first.x) == ("left", date(2026, 1, 1))


def test_a_name_over_a_short_bar_in_the_middle_takes_three_lines_rather_than_losing_its_end() -> None:
    title = "Jährliches Veranstaltungsformat der Wirtschaftsallianz"
    short = GanttRow("z", title, "planned", *exactly(date(2028, 8, 1), date(2028, 10, 1)))
    figure = drawn(replace(PLANNED, end=(date(2030, 6, 1),) * 2), short, AFTER)
    (note,) = [note for note in figure.layout.annotations if "Jährliches" in note.text]
    assert note.text == "Jährliches<br>Veranstaltungsformat der<br>Wirtschaftsallianz"
    bar = bar_levels(figure)["z"]
    assert bar - 7 - note.y == 3 * 17 + 3


def test_a_measure_without_dates_says_so_and_has_no_bar() -> None:
    figure = drawn(GanttRow("u", "Netzwerk", "idea", None, None, illustrative=True))
    assert traces(figure, type="bar") == []
    assert notes(figure) == ["Heute", "Netzwerk", "ohne Termine · <i>Beispielwert</i>"]


def test_forty_rows_are_drawn_and_the_rest_announced() -> None:
    figure = gantt.draw(many_gantt_rows(WORDS, 43), False, "de")
    (bars,) = [trace for trace in traces(figure, type="bar") if trace.customdata]
    assert len(bars.customdata) == gantt.MOST_ROWS == 40
    assert "3 weitere Zeilen stehen in der Tabelle." in notes(figure)
    assert not [text for text in notes(gantt.draw(many_gantt_rows(WORDS, 40), False, "de")) if "weitere" in text]


def test_an_optimisers_result_has_quarters_and_the_plans_own_times() -> None:
    figure = gantt.draw(an_optimised_gantt(WORDS), True, "de")
    assert figure.layout.xaxis.ticktext[:2] == ("Q1<br>2027", "Q2<br>2027")
    assert figure.layout.xaxis.tickvals[0] == date(2027, 1, 1)
    ghost = named(figure, "bisher geplant")
    assert list(ghost.x) == [date(2027, 10, 1), date(2028, 4, 1)]
    assert ghost.marker.color == DARK.path


def test_more_quarters_than_a_telephone_holds_are_thinned_out_evenly() -> None:
    days = [date(2027 + at // 4, at % 4 * 3 + 1, 1) for at in range(20)]
    payload = replace(an_optimised_gantt(WORDS), ticks=tuple((day, f"Q{at}") for at, day in enumerate(days)))
    assert list(gantt.draw(payload, False, "de").layout.xaxis.tickvals) == days[::3]


def test_the_table_has_dates_slippage_critical_path_and_predecessors_and_the_milestones() -> None:
    rows = gantt.table(a_gantt(WORDS))
    assert len(rows) == 9 + 5
    assert tuple(rows[0].values()) == (
        "Leerstandsmanagement Innenstadt", "laufend", date(2026, 1, 1), date(2026, 1, 1), date(2027, 3, 31),
        date(2027, 3, 31), date(2026, 12, 29), 92, "kritisch", "", "",
    )  # fmt: skip
    assert [row["Status"] for row in rows[1:3]] == ["Meilenstein erreicht", "Meilenstein überfällig"]
    assert rows[1]["Hinweis"] == "Kataster der Leerstände"
    (check,) = [row for row in rows if row["Ende bis"] == date(2027, 12, 31) and row["Kritischer Pfad"]]
    assert (check["Beginnt nach"], check["Hinweis"]) == ("Leerstandsmanagement Innenstadt", "Beispielwert")
    (early,) = [row for row in rows if row["Zugesagtes Ende"] == date(2026, 7, 31)]
    assert early["Verzug in Tagen"] == -31


# --- ticks ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "texts"),
    [
        (date(2026, 1, 15), date(2026, 4, 20), ["02/2026", "03/2026", "04/2026"]),
        (date(2025, 12, 20), date(2027, 1, 10), ["01/2026", "04/2026", "07/2026", "10/2026", "01/2027"]),
        (date(2025, 12, 20), date(2028, 1, 10), ["01/2026", "07/2026", "01/2027", "07/2027", "01/2028"]),
        (date(2024, 6, 1), date(2029, 6, 1), ["2025", "2026", "2027", "2028", "2029"]),
        (date(2019, 6, 1), date(2030, 6, 1), ["2020", "2022", "2024", "2026", "2028", "2030"]),
    ],
)
def test_ticks_are_begins_of_months_quarters_half_years_or_years(first: date, last: date, texts: list[str]) -> None:
    assert [text for _, text in month_ticks([first, last])] == texts


@given(first=st.dates(date(1990, 1, 1), date(2060, 1, 1)), days=st.integers(40, 20_000), most=st.integers(3, 8))
def test_ticks_lie_inside_the_axis_and_never_become_too_many(first: date, days: int, most: int) -> None:
    last = first + timedelta(days=days)
    found = [day for day, _ in month_ticks([first, last], most)]
    assert 1 <= len(found) <= most or (last.year - first.year) > 10 * most
    assert all(first < day <= last and day.day == 1 for day in found)
