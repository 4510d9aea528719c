"""What the money bars show of their payload."""

from __future__ import annotations

import itertools
from typing import Any

import plotly.graph_objects as go
import pytest

from metrics.charts import money_bars
from metrics.charts.money_bars import MoneyBars, MoneyRow, above_plan
from metrics.charts.theme import LIGHT, Quantity
from tests.charts.chart_samples import WORDS
from tests.charts.planning_samples import money_by_year, some_money_bars


def bars(figure: go.Figure) -> dict[str, Any]:
    return {trace.name: trace for trace in figure.data if trace.type == "bar"}


def texts(figure: go.Figure) -> list[str]:
    return [text for trace in figure.data if trace.type == "scatter" and trace.mode == "text" for text in trace.text]


def drawn(*rows: MoneyRow, by_year: bool = False, language: str = "de") -> go.Figure:
    return money_bars.draw(MoneyBars(WORDS, rows, by_year), False, language)


def test_every_amount_is_a_bar_with_its_euros_at_the_end() -> None:
    found = bars(drawn(MoneyRow("p", "Topf", 1_250_000, 840_000, 310_000.4)))
    assert {name: (list(bar.x), list(bar.text), list(bar.customdata)) for name, bar in found.items()} == {
        "geplant": ([1_250_000], ["1.250.000 €"], ["p"]),
        "beauftragt": ([840_000], ["840.000 €"], ["p"]),
        "ausgegeben": ([310_000.4], ["310.000 €"], ["p"]),
    }
    assert list(bars(drawn(MoneyRow("p", "Topf", 1_250), language="en"))["geplant"].text) == ["€1,250"]


def test_the_three_kinds_are_told_apart_without_colour() -> None:
    found = bars(drawn(MoneyRow("p", "Topf", 3, 2, 1)))
    looks = {name: (bar.marker.color, bar.marker.pattern.shape) for name, bar in found.items()}
    assert looks == {
        "geplant": (LIGHT.surface, None),
        "beauftragt": (LIGHT.surface, "/"),
        "ausgegeben": (LIGHT.on_course, None),
    }


def test_nothing_spent_is_nought_and_nothing_known_is_not() -> None:
    figure = drawn(MoneyRow("nought", "a", 5, 3, 0), MoneyRow("unknown", "b", 5, 3, None))
    spent = bars(figure)["ausgegeben"]
    assert (list(spent.customdata), list(spent.text)) == (["nought"], ["0 €"])
    assert [text for text in texts(figure) if "Angabe" in text] == ["– <i>keine Angabe (ausgegeben)</i>"]
    (words,) = [trace for trace in figure.data if trace.type == "scatter" and "Angabe" in trace.text[0]]
    assert words.y[0] > bars(figure)["beauftragt"].y[1]


def test_a_row_of_which_nothing_is_known_says_so_three_times() -> None:
    figure = drawn(MoneyRow("p", "Stiftungsmittel"))
    assert sum("keine Angabe" in text for text in texts(figure)) == 3
    assert [list(bar.x) for bar in bars(figure).values()] == [[None]] * 3


@pytest.mark.parametrize(
    ("row", "committed", "spent"),
    [
        (MoneyRow("p", "x", 100, 100, 100), False, False),
        (MoneyRow("p", "x", 100, 100.01, 99), True, False),
        (MoneyRow("p", "x", 100, 99, 101), False, True),
        (MoneyRow("p", "x", 0, 1, 0), True, False),
        (MoneyRow("p", "x", None, 900, 900), False, False),
        (MoneyRow("p", "x", 100, None, None), False, False),
    ],
)
def test_only_what_exceeds_a_known_plan_wears_the_sign(row: MoneyRow, committed: bool, spent: bool) -> None:
    assert (above_plan(row, "committed"), above_plan(row, "spent")) == (committed, spent)
    assert above_plan(row, "planned") is False
    figure = drawn(row)
    signed = {name for name, bar in bars(figure).items() for text in bar.text or () if "▲" in text}
    assert signed == ({"beauftragt"} if committed else set()) | ({"ausgegeben"} if spent else set())
    legend = {trace.name for trace in figure.data if trace.showlegend}
    assert ("mehr als geplant" in legend) is (committed or spent)


def test_the_end_of_funding_stands_below_its_row_and_between_years_as_a_line() -> None:
    figure = money_bars.draw(money_by_year(WORDS), False, "de")
    assert [text.split("</span> ")[-1] for text in texts(figure) if "▬" in text] == [
        "Städtebauförderung endet 31.12.2027"
    ]
    (line,) = figure.layout.shapes
    spent, planned = bars(figure)["ausgegeben"], bars(figure)["geplant"]
    assert planned.y[2] < line.y0 == line.y1 < planned.y[3]
    assert spent.y[1] < planned.y[2]
    assert (line.x0, line.x1, line.xref, line.line.dash) == (0, 1, "paper", "dash")
    assert money_bars.draw(some_money_bars(WORDS), False, "de").layout.shapes == ()


def test_rows_follow_each_other_and_the_axis_leaves_room_for_the_longest_amount() -> None:
    figure = money_bars.draw(some_money_bars(WORDS), False, "de")
    found = bars(figure)
    levels = [(found["geplant"].y[at], found["beauftragt"].y[at], found["ausgegeben"].y[at]) for at in range(3)]
    flat = [level for row in levels for level in row]
    assert flat == sorted(flat)
    assert min(b - a for a, b in itertools.pairwise(flat)) > found["geplant"].width
    assert figure.layout.xaxis.range[1] >= 1.4 * 1_250_000
    assert figure.layout.height >= figure.layout.yaxis.range[0] + 3 * 19
    assert figure.layout.yaxis.range[0] > flat[-1]
    names, ends = [trace for trace in figure.data if trace.type == "scatter" and "<b>" in (trace.text or [""])[0]]
    assert found["ausgegeben"].y[0] + 13 < ends.y[0] < names.y[1] - 17
    assert found["ausgegeben"].y[1] + 13 < names.y[2] - 17


def test_an_example_carries_its_badge_and_a_long_name_is_broken() -> None:
    names = [text for text in texts(money_bars.draw(some_money_bars(WORDS), False, "de")) if "Zirkuläre" in text]
    assert names == ["<b>Zirkuläre Wertschöpfung:<br>Landesmittel und Eigenanteil</b> · <i>Beispielwert</i>"]


def test_a_name_of_two_lines_moves_its_bars_down_by_a_line() -> None:
    short, long = drawn(MoneyRow("p", "Topf", 1)), drawn(MoneyRow("p", "Landesmittel und Eigenanteil " * 2, 1))
    assert bars(short)["geplant"].y[0] == 17 + 4 + 6.5
    assert bars(long)["geplant"].y[0] - bars(short)["geplant"].y[0] == 17


def test_forty_rows_are_drawn_and_the_rest_announced() -> None:
    figure = drawn(*(MoneyRow(str(at), "x", 1.0) for at in range(42)))
    assert len(bars(figure)["geplant"].x) == 40
    assert [note.text for note in figure.layout.annotations] == ["2 weitere Zeilen stehen in der Tabelle."]


def test_the_table_keeps_missing_apart_from_nought_and_knows_its_unit() -> None:
    rows = money_bars.table(some_money_bars(WORDS))
    assert [tuple(row.values()) for row in rows[2:]] == [
        ("Zirkuläre Wertschöpfung: Landesmittel und Eigenanteil", 420_000, 60_000, 0, "Förderung endet 30.06.2028",
         "Beispielwert"),
        ("Sponsoring der Wirtschaftsallianz", None, 24_000, 18_200, "", ""),
        ("Stiftungsmittel", None, None, None, "", ""),
    ]  # fmt: skip
    amount = rows[0]["Geplant"]
    assert isinstance(amount, Quantity) and amount.unit == "€"
