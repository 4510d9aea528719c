"""CSV that a spreadsheet opens rightly, in which text stays text."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.exchange.tables import csv_table
from metrics.locale.catalogue import Language


def read(data: bytes, language: Language) -> list[list[str]]:
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    return list(csv.reader(text, delimiter=";" if language == "de" else ","))


def cell(value: object, language: Language = "de") -> str:
    return read(csv_table([{"a": value, "b": "x"}], language), language)[1][0]


def test_a_german_table_has_semicolons_decimal_commas_and_a_byte_order_mark() -> None:
    rows = [{"Jahr": 2024, "Wert": 1234.5, "Größe": "Äpfel; Öl"}, {"Jahr": 2025, "Wert": None}]
    assert csv_table(rows, "de") == '\ufeffJahr;Wert;Größe\r\n2024;1234,5;"Äpfel; Öl"\r\n2025;;\r\n'.encode()


def test_an_english_table_has_commas_and_points() -> None:
    assert csv_table([{"Year": 2024, "Value": 1234.5}], "en") == "\ufeffYear,Value\r\n2024,1234.5\r\n".encode()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_text_that_looks_like_a_formula_stays_text_in_cells_and_headings(start: str) -> None:
    assert cell(start + "1+1") == "'" + start + "1+1"
    assert read(csv_table([{start + "A1": 1}], "de"), "de")[0] == ["'" + start + "A1"]


@pytest.mark.parametrize(
    ("value", "german"),
    [
        (-5, "-5"),
        (-5.25, "-5,25"),
        (4887.0, "4887"),
        (-13 / 118, "-0,110169491525"),
        (12345678901234.25, "12345678901234,2"),
        (0.1 + 0.2, "0,3"),
        (np.float64(7.5), "7,5"),
        (np.int64(-3), "-3"),
        (float("nan"), ""),
        (float("inf"), ""),
        (None, ""),
        (True, "ja"),
        (date(2026, 11, 24), "2026-11-24"),
        ("–", "–"),
        ("a=b", "a=b"),
    ],
)
def test_numbers_stay_numbers_and_the_missing_is_empty(value: object, german: str) -> None:
    assert cell(value) == german


def test_columns_are_gathered_in_the_order_in_which_they_come() -> None:
    assert read(csv_table([{"b": 1}, {"a": 2, "b": 3}], "de"), "de") == [["b", "a"], ["1", ""], ["3", "2"]]
    assert csv_table([], "de") == "\ufeff\r\n".encode()


@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5))
def test_whatever_the_text_the_table_keeps_its_shape_and_no_cell_starts_a_formula(texts: list[Any]) -> None:
    rows = read(csv_table([{"a": "x", "b": text} for text in texts], "de"), "de")
    assert [len(row) for row in rows] == [2] * (len(texts) + 1)
    for row, text in zip(rows[1:], texts, strict=True):
        assert row[1].removeprefix("'") == text.removeprefix("'")
        assert not row[1].startswith(("=", "+", "-", "@", "\t", "\r"))
