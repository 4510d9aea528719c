"""Deep links: every page by its name, every record by the page that shows it and its id.

The main script registers the pages at each run; a page asks for another by name and never imports it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

import streamlit as st

from metrics.ui.session import EXAMPLES_KEY, LANGUAGE_KEY, language, with_examples
from metrics.ui.text import literal

ID_KEY, CODE_KEY = "id", "code"
MOST_IDS = 50
"""Ids that one address carries; longer ones are cut by some proxies."""
_BETWEEN = ","
"""No id contains it."""
PAGE_OF_KIND: Mapping[str, str] = {
    "goal": "goals",
    "measure": "measures",
    "indicator": "indicators",
    "living_lab": "living_labs",
    "criteria_set": "criteria",
    "priority_round": "priorities",
    "scenario": "scenarios",
    "contribution": "dialogue",
    "meeting": "meetings",
    "sitting": "sittings",
    "follow_up": "follow_ups",
}
_OPEN = "offene_seiten"
_pages: dict[tuple[str, str], st.Page] = {}


def register(name: str, page: st.Page) -> None:
    """Make a page known under its name in the session's language."""
    _pages[language(), name] = page


def open_for_this_run(names: Iterable[str]) -> None:
    """Say which pages this person may open."""
    st.session_state[_OPEN] = tuple(names)


def may_open(name: str) -> bool:
    """Whether this person may open the page of this name."""
    return name in st.session_state.get(_OPEN, ())


def asked_id() -> str | None:
    """The record id that the address asks for."""
    return st.query_params.get(ID_KEY)


def several(identifiers: Iterable[str]) -> str:
    """Several ids for one address; `asked_ids` takes them apart."""
    return _BETWEEN.join(islice(identifiers, MOST_IDS))


def asked_ids() -> tuple[str, ...]:
    """The record ids that the address asks for."""
    return tuple(part for part in (asked_id() or "").split(_BETWEEN) if part)


def keep_address() -> None:
    """Tell the browser which question this run answers; call it once per run.

    A link to the page that is shown already reaches the script with its id but not the browser's address line, and the
    next rerun would read the old one: the record that was just opened would close at the first click in it.
    """
    st.query_params.update({})


def link(name: str, label: str, *, identifier: str | None = None, icon: str | None = None) -> None:
    """A link to a page, or to a record on it; `label` is data and shown as it is. Text where the page is not open."""
    if not may_open(name):
        st.markdown(literal(label))
        return
    st.page_link(_pages[language(), name], label=literal(label), icon=icon, query_params=_parameters(identifier))


def link_to(kind: str, identifier: str, label: str) -> None:
    """A link to the page of a record; kinds without a page of their own are shown as text."""
    if kind in PAGE_OF_KIND:
        link(PAGE_OF_KIND[kind], label, identifier=identifier)
    else:
        st.markdown(literal(label))


def go(name: str, *, identifier: str | None = None, code: str | None = None) -> None:
    """Leave for another page; for one that needs no sign-in with the code that opens it."""
    parameters = _parameters(identifier) | ({CODE_KEY: code} if code else {})
    st.switch_page(_pages[language(), name], query_params=parameters)


def _parameters(identifier: str | None) -> dict[str, str]:
    said = {
        LANGUAGE_KEY: language() if language() != "de" else None,
        EXAMPLES_KEY: "true" if with_examples() else None,
        ID_KEY: identifier,
    }
    return {key: value for key, value in said.items() if value}
