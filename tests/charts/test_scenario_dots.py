"""What the scenario dots show of their payload."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import pytest

from metrics.charts import scenario_dots
from metrics.charts.scenario_dots import ScenarioDots, ScenarioHead, ScenarioIndicator, verdict
from metrics.charts.theme import LIGHT, Quantity
from tests.charts.chart_samples import WORDS
from tests.charts.planning_samples import some_scenario_dots


def drawn(payload: ScenarioDots) -> go.Figure:
    return scenario_dots.draw(payload, False, "de")


def one(row: ScenarioIndicator, language: str = "de") -> go.Figure:
    heads = tuple(ScenarioHead(str(at), f"Szenario {at}") for at in range(len(row.values)))
    return scenario_dots.draw(ScenarioDots(WORDS, heads, (row,)), False, language)


def dots(figure: go.Figure) -> list[Any]:
    """The plan's markers first, then those of each scenario."""
    return [trace for trace in figure.data if trace.mode == "markers" and trace.x != (None,)]


def columns(figure: go.Figure) -> tuple[list[str], list[str], list[str]]:
    """Names of indicators, keys of lines, numbers."""
    names, keys, numbers = [list(trace.text) for trace in figure.data if trace.mode == "text"]
    return names, keys, numbers


@pytest.mark.parametrize(
    ("plan", "value", "higher", "decimals", "found"),
    [
        (10, 12, True, 0, "better"),
        (10, 12, False, 0, "worse"),
        (10, 8, True, 0, "worse"),
        (10, 8, False, 0, "better"),
        (10, 10, True, 0, "same"),
        (10, 10, None, 0, "same"),
        (10.01, 10.04, True, 1, "same"),
        (10.01, 10.06, True, 1, "better"),
        (10, 12, None, 0, ""),
        (None, 12, True, 0, ""),
        (10, None, True, 0, ""),
        (0, 0, False, 0, "same"),
    ],
)
def test_the_verdict_follows_from_the_numbers_as_they_are_read(
    plan: float | None, value: float | None, higher: bool | None, decimals: int, found: str
) -> None:
    row = ScenarioIndicator("i", "x", "%", plan, (value,), higher, decimals)
    assert verdict(row, value) == found


def test_every_number_stands_with_its_verdict_as_sign_and_word() -> None:
    _, _, numbers = columns(one(ScenarioIndicator("i", "Auslastung", "%", 136, (98, 136, 171, None), False)))
    assert numbers == [
        "136\u00a0%",
        f'98\u00a0% · <span style="color:{LIGHT.on_course}">✓</span> besser',
        f'136\u00a0% · <span style="color:{LIGHT.muted}">=</span> gleich',
        f'171\u00a0% · <span style="color:{LIGHT.off_course}">✗</span> schlechter',
        "– nicht berechenbar",
    ]


def test_a_difference_that_is_neither_good_nor_bad_gets_no_verdict() -> None:
    _, _, numbers = columns(one(ScenarioIndicator("i", "Ausgaben", "€", 710_000, (842_000,))))
    assert numbers == ["710.000\u00a0€", "842.000\u00a0€"]


def test_a_long_unit_stands_once_beside_the_name() -> None:
    names, _, numbers = columns(one(ScenarioIndicator("i", "Überlast", "Personentage", 84.5, (0,), False, 1)))
    assert names == ["<b>Überlast</b> (Personentage)"]
    assert numbers[0] == "84,5"
    names, _, _ = columns(one(ScenarioIndicator("i", "Anzahl", "", 1, (2,), illustrative=True)))
    assert names == ["<b>Anzahl</b> · <i>Beispielwert</i>"]


def test_a_long_name_leaves_room_for_unit_and_badge_on_a_telephone() -> None:
    row = ScenarioIndicator("i", "Maßnahmen " * 9, "Personentage", 1, (2,), illustrative=True)
    ((name,), _, _) = columns(one(row))
    assert name.endswith("…</b> (Personentage) · <i>Beispielwert</i>")
    label = name.removeprefix("<b>").split("</b>")[0]
    assert 12 <= len(label) <= 48 - 15 - 14
    ((alone,), _, _) = columns(one(replace(row, unit="%", illustrative=False)))
    assert 40 <= len(alone.removeprefix("<b>").removesuffix("</b>")) <= 48


def test_every_indicator_has_a_scale_of_its_own_that_holds_nought() -> None:
    rows = (
        ScenarioIndicator("a", "a", "%", 50, (100, 0)),
        ScenarioIndicator("b", "b", "€", 500_000, (1_000_000, 250_000)),
        ScenarioIndicator("c", "c", "%", -10, (10, 0)),
    )
    heads = (ScenarioHead("1", "eins"), ScenarioHead("2", "zwei"))
    plan, first, second = dots(drawn(ScenarioDots(WORDS, heads, rows)))
    left, right = second.x[0], first.x[0]
    middle = (left + right) / 2
    assert first.x == (right, right, right)
    assert plan.x == pytest.approx((middle, middle, left))
    assert second.x == pytest.approx((left, left + (right - left) / 4, middle))


def test_indicators_that_are_all_nought_stand_at_the_begin_of_the_scale() -> None:
    plan, first = dots(one(ScenarioIndicator("i", "x", "", 0, (0,))))
    assert plan.x == first.x == (0.15,)


def test_a_line_joins_each_scenario_with_the_plan_and_none_where_a_value_is_missing() -> None:
    figure = one(ScenarioIndicator("i", "x", "%", 50, (100, None, 0)))
    connectors, plan_line = [trace for trace in figure.data if trace.mode == "lines"]
    plan, first, _, third = dots(figure) if len(dots(figure)) == 4 else (*dots(figure)[:2], None, dots(figure)[-1])
    assert list(connectors.x) == [plan.x[0], first.x[0], None, plan.x[0], third.x[0], None]
    assert list(connectors.y) == [first.y[0], first.y[0], None, third.y[0], third.y[0], None]
    assert plan_line.x == (plan.x[0], plan.x[0], None)
    assert plan_line.y[0] == plan.y[0] < third.y[0] < plan_line.y[1]


def test_without_a_plans_value_the_scenarios_stand_alone() -> None:
    figure = one(ScenarioIndicator("i", "x", "%", None, (100,), True))
    connectors, plan_line = [trace for trace in figure.data if trace.mode == "lines"]
    assert (connectors.x, plan_line.x) == ((), ())
    assert columns(figure)[2] == ["– nicht berechenbar", "100\u00a0%"]


def test_a_scenario_is_told_by_letter_and_shape_which_the_legend_explains() -> None:
    figure = drawn(some_scenario_dots(WORDS))
    legend = {trace.name.replace("<br>", " "): trace.marker.symbol for trace in figure.data if trace.showlegend}
    assert list(legend) == [
        "Plan",
        "A · Zwei Stellen mehr",
        "B · Förderung endet 2026",
        "C · 20 % mehr Grundlast",
        "D · Ohne M-16",
        "E · Ruhebetrieb nach einem Schock ab April 2027",
    ]
    assert [trace.marker.symbol for trace in dots(figure)[1:]] == list(legend.values())[1:]
    assert len(set(list(legend.values())[1:])) == 5
    _, keys, _ = columns(figure)
    assert [key[-5:-4] for key in keys[1:6]] == list("ABCDE")
    assert len(keys) == 5 * 6


def test_lines_and_indicators_never_overlap_and_the_height_holds_them_all() -> None:
    figure = drawn(some_scenario_dots(WORDS))
    names, keys, _ = [list(trace.y) for trace in figure.data if trace.mode == "text"]
    for at, name in enumerate(names):
        own = keys[at * 6 : at * 6 + 6]
        assert name < own[0] and [two - one for one, two in itertools.pairwise(own)] == [23] * 5
        if at + 1 < len(names):
            assert names[at + 1] - own[-1] > 23
    assert figure.layout.height > figure.layout.yaxis.range[0] > keys[-1]
    assert len(figure.layout.shapes) == len(names) - 1


def test_a_hover_tells_indicator_scenario_value_and_what_falls_out() -> None:
    (_, _, second, *_) = dots(drawn(some_scenario_dots(WORDS)))
    assert second.hovertext[-1] == ("Maßnahmen, die herausfallen<br>B · Förderung endet 2026: 3<br>M-12, M-16, M-17")


def test_the_table_has_every_scenario_and_keeps_missing_missing() -> None:
    rows = scenario_dots.table(some_scenario_dots(WORDS))
    effect = rows[3]
    assert list(effect.values()) == ["Wirkung auf die Ziele", 62.4, 62.4, 55.1, 62.4, 58.0, None, ""]
    value = effect["Förderung endet 2026"]
    assert isinstance(value, Quantity) and value.unit == "Punkte"
    assert rows[4]["Hinweis"] == "Beispielwert"


def test_a_sixth_scenario_stands_in_the_table_only_and_equal_names_keep_a_column_each() -> None:
    heads = tuple(ScenarioHead(f"S{at}", "gleich") for at in range(6))
    row = ScenarioIndicator("i", "x", "%", 1, (1, 2, 3, 4, 5, 6))
    payload = replace(some_scenario_dots(WORDS), scenarios=heads, rows=(row,))
    assert len(dots(drawn(payload))) == 1 + 5
    (told,) = scenario_dots.table(payload)
    assert told["gleich (S5)"] == 6
    assert max(dots(drawn(payload))[-1].x) == max(dots(drawn(payload))[5].x)
