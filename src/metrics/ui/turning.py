"""Long lists are turned page by page, so that no list costs more than one page of it."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TypeVar

import streamlit as st

ItemT = TypeVar("ItemT")


def turned(items: Sequence[ItemT], per_page: int, *, key: str) -> Sequence[ItemT]:
    """The items of the page that was turned to; the control shows only if there is more than one page.

    A list that has become shorter shows its last page.
    """
    pages = ceil(len(items) / per_page)
    if pages <= 1:
        return items
    chosen = min(st.pagination(pages, key=f"{key}_{pages}"), pages)
    return items[(chosen - 1) * per_page : chosen * per_page]
