"""Values as a table: the same text for the eye and for a screen reader."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.charts.theme import Quantity, Share
from metrics.ui.value_table import cell_text, filled


@pytest.mark.parametrize(
    ("value", "german", "english"),
    [
        (Share(0.25), "25\u202f%", "25%"),
        (Share(-13 / 118), "−11\u202f%", "−11%"),
        (Share(0.996), "99,6\u202f%", "99.6%"),
        (Quantity(6.5, "%"), "6,5\u202f%", "6.5%"),
        (Quantity(1879, "Personen"), "1.879\u00a0Personen", "1,879\u00a0Personen"),
        (Quantity(8.3083, "Index"), "8,3083", "8.3083"),
        (0.1 + 0.2, "0,3", "0.3"),
        (2 / 3, "0,6667", "0.6667"),
        (0.00001, "0,00001", "0.00001"),
        (0, "0", "0"),
        (date(2018, 12, 31), "31.12.2018", "31 Dec 2018"),
        ("–", "–", "–"),
        (None, "", ""),
    ],
)
def test_a_cell_is_read_in_the_readers_language(value: object, german: str, english: str) -> None:
    assert (cell_text(value, "de"), cell_text(value, "en")) == (german, english)


def test_a_column_that_is_empty_in_every_row_is_left_out_and_the_others_keep_their_order() -> None:
    rows = [{"a": "", "b": None, "c": 1, "d": ""}, {"a": "x", "b": None, "c": 0.0, "d": ""}]
    assert filled(rows) == [{"a": "", "c": 1}, {"a": "x", "c": 0.0}]
    assert filled([{"zero": 0.0}]) == [{"zero": 0.0}]
    assert filled([]) == []
