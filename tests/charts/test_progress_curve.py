"""What the progress curve shows of its payload."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from metrics.charts import progress_curve
from metrics.charts.progress_curve import ProgressCurve, ScheduleGap, ValueStep, direction
from metrics.charts.theme import LIGHT, Share
from tests.charts.chart_samples import WORDS
from tests.charts.planning_samples import TODAY, a_progress_curve


def named(figure: go.Figure, name: str) -> Any:
    (trace,) = [trace for trace in figure.data if trace.name == name]
    return trace


def drawn(payload: ProgressCurve) -> go.Figure:
    return progress_curve.draw(payload, False, "de")


def texts(figure: go.Figure) -> dict[str, Any]:
    return {note.text: note for note in figure.layout.annotations}


def bracket(figure: go.Figure) -> list[tuple[date, date, float, float]]:
    """The bracket's strokes: (from, to, lower, upper)."""
    return [(shape.x0, shape.x1, shape.y0, shape.y1) for shape in figure.layout.shapes if shape.line.width == 2]


def test_both_lines_are_steps_that_hold_until_the_next_milestone() -> None:
    figure = drawn(a_progress_curve(WORDS))
    planned, earned = named(figure, "geplanter Fortschritt"), named(figure, "erreichter Fortschritt")
    assert (planned.line.shape, earned.line.shape) == ("hv", "hv")
    assert list(planned.y) == [0.0, 0.15, 0.35, 0.5, 0.6, 0.8, 1.0]
    assert planned.x[-1] == date(2027, 12, 31)
    axis = figure.layout.yaxis
    assert dict(zip(axis.tickvals, axis.ticktext, strict=True)) == {
        share / 100: f"{share}\u00a0%" for share in (0, 25, 50, 75, 100)
    }
    assert figure.layout.xaxis.ticktext == ("01/2026", "07/2026", "01/2027", "07/2027", "01/2028")


def test_what_is_earned_lasts_until_today_and_no_longer() -> None:
    earned = named(drawn(a_progress_curve(WORDS)), "erreichter Fortschritt")
    assert (list(earned.x)[-2:], list(earned.y)[-2:]) == ([date(2026, 8, 15), TODAY], [0.35, 0.35])


def test_a_plan_that_has_run_out_is_still_drawn_until_today() -> None:
    short = replace(a_progress_curve(WORDS), planned=(ValueStep(date(2026, 1, 1), 0), ValueStep(date(2026, 5, 1), 1)))
    planned = named(drawn(short), "geplanter Fortschritt")
    assert (planned.x[-1], planned.y[-1]) == (TODAY, 1)


def test_the_lines_differ_by_dash_and_sign_and_not_by_colour_alone() -> None:
    figure = drawn(a_progress_curve(WORDS))
    planned, earned = named(figure, "geplanter Fortschritt"), named(figure, "erreichter Fortschritt")
    assert (planned.line.dash, planned.marker.symbol) == ("dash", "diamond")
    assert (earned.line.dash, earned.marker.symbol) == (None, "circle")
    assert earned.line.width > planned.line.width


def test_todays_shares_stand_beside_the_line_of_today_with_the_sign_of_their_line() -> None:
    found = texts(drawn(a_progress_curve(WORDS)))
    planned, earned = found["◇ <b>60\u00a0%</b>"], found["● <b>35\u00a0%</b>"]
    assert (planned.x, planned.y, planned.yshift) == (TODAY, 0.6, 0)
    assert (earned.x, earned.y, earned.yshift) == (TODAY, 0.35, 0)
    assert found["Heute"].x == TODAY


def test_shares_that_are_close_are_written_apart() -> None:
    payload = a_progress_curve(WORDS)
    found = texts(drawn(replace(payload, earned=(ValueStep(date(2026, 2, 1), 0.55),))))
    assert (found["◇ <b>60\u00a0%</b>"].yshift, found["● <b>55\u00a0%</b>"].yshift) == (10, -10)


@pytest.mark.parametrize(
    ("day", "found"),
    [(date(2026, 11, 23), "behind"), (date(2026, 11, 24), "on_time"), (date(2026, 11, 25), "ahead")],
)
def test_the_direction_follows_from_the_days_alone(day: date, found: str) -> None:
    assert direction(ScheduleGap(day, "x"), TODAY) == found


def test_the_gap_is_a_bracket_from_the_planned_day_to_today_below_the_curves() -> None:
    figure = drawn(a_progress_curve(WORDS))
    across, left, right = bracket(figure)
    assert across[:2] == (date(2026, 6, 30), TODAY)
    assert across[2] == across[3] < 0
    assert (left[0], right[0]) == (date(2026, 6, 30), TODAY)
    assert left[2] < across[2] < left[3] < 0
    (down,) = [shape for shape in figure.layout.shapes if shape.line.width == 1 and shape.line.color == LIGHT.muted]
    assert (down.x0, down.x1, down.y0, down.y1) == (date(2026, 6, 30), date(2026, 6, 30), across[2], 0.35)
    (note,) = [note for text, note in texts(figure).items() if "21 Wochen zurück" in text]
    assert f"color:{LIGHT.off_course}" in note.text and "◆" in note.text
    assert figure.layout.yaxis.range[0] < note.y < across[2]


def test_being_ahead_is_told_by_another_sign_and_the_bracket_begins_today() -> None:
    figure = drawn(a_progress_curve(WORDS, behind=False))
    assert bracket(figure)[0][:2] == (TODAY, date(2027, 6, 30))
    (text,) = [text for text in texts(figure) if "31 Wochen voraus" in text]
    assert f"color:{LIGHT.on_course}" in text and "●" in text


def test_without_a_gap_there_is_neither_bracket_nor_its_explanation() -> None:
    figure = drawn(replace(a_progress_curve(WORDS), gap=None))
    assert bracket(figure) == []
    assert "Abstand zum Plan" not in {trace.name for trace in figure.data}
    assert figure.layout.yaxis.range[0] > -0.1


def test_a_plan_without_anything_earned_shows_only_the_plan() -> None:
    figure = drawn(replace(a_progress_curve(WORDS), earned=(), gap=None))
    assert [trace.name for trace in figure.data] == ["geplanter Fortschritt"]
    assert set(texts(figure)) == {"◇ <b>60\u00a0%</b>", "Heute"}


def test_example_plans_carry_their_badge_at_the_axis() -> None:
    figure = drawn(replace(a_progress_curve(WORDS), illustrative=True))
    assert figure.layout.yaxis.title.text == "Anteil am Gewicht der Meilensteine · <i>Beispielwert</i>"


def test_the_table_has_every_step_of_both_lines_and_the_gap() -> None:
    rows = progress_curve.table(a_progress_curve(WORDS))
    assert [row["Reihe"] for row in rows] == (
        ["geplanter Fortschritt"] * 7 + ["erreichter Fortschritt"] * 3 + ["Abstand zum Plan"]
    )
    assert tuple(rows[2].values()) == ("geplanter Fortschritt", date(2026, 6, 30), 0.35, "Handreichung")
    assert isinstance(rows[2]["Anteil"], Share)
    assert tuple(rows[-1].values()) == ("Abstand zum Plan", date(2026, 6, 30), None, "21 Wochen zurück")
