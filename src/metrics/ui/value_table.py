"""Rows of values as a table that reads the same to the eye and to a screen reader, in the session's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from metrics.charts.theme import Quantity, Row, Share
from metrics.locale.catalogue import Language
from metrics.locale.explanations import share_text
from metrics.locale.formats import day, number, quantity
from metrics.ui.session import language

DECIMALS = 4
"""Nothing is read with more, except what would read as zero."""


def filled(table: Sequence[Mapping[str, object]]) -> list[Row]:
    """The rows without the columns that are empty in all of them."""
    columns = dict.fromkeys(name for row in table for name in row)
    told = [name for name in columns if any(row.get(name) not in (None, "") for row in table)]
    return [{name: row.get(name) for name in told} for row in table]


def show(rows: Sequence[Row], *, alt: str, key: str) -> None:
    """The table as text: whatever else a cell holds, the framework reads aloud as a program writes it.

    A column of ranks or other small whole numbers is written alike everywhere: it stays one and is sorted as such.
    """
    numbers = {name for row in rows for name, value in row.items() if isinstance(value, int | float)}
    names = rows[0] if rows else ()
    ranks = {name for name in names if all(_is_small_whole(row.get(name)) for row in rows)}
    st.dataframe(
        [{name: one if name in ranks else cell_text(one, language()) for name, one in row.items()} for row in rows],
        hide_index=True,
        column_config={name: st.column_config.Column(alignment="right") for name in numbers},
        height="auto" if len(rows) < 15 else 480,
        alt=alt,
        key=key,
    )


def cell_text(value: object, language: Language) -> str:
    """A cell as it is read: "25 %", "7,9 %", "1.234,5", "31.12.2018"; nothing if it is empty."""
    if value is None:
        return ""
    if isinstance(value, Share):
        return share_text(value, language)
    if isinstance(value, Quantity):
        return quantity(_rounded(value), value.unit, language)
    if isinstance(value, int | float):
        return number(_rounded(value), language)
    return day(value, language) if isinstance(value, date) else str(value)


def _is_small_whole(value: object) -> bool:
    return type(value) is int and 0 <= value < 1000


def _rounded(value: float) -> float:
    return round(float(value), DECIMALS) or float(value)
