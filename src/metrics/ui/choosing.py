"""Choosing one of many records: a box lists them all, until there are too many to send; then a search comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from itertools import islice

import streamlit as st

from metrics.locale.formats import number
from metrics.ui.record_titles import titles
from metrics.ui.session import _, language

MOST_LISTED, MOST_FOUND = 400, 100


def told_apart(titles: Mapping[str, str]) -> dict[str, str]:
    """The titles with their id where two are alike: a box tells its entries apart by what they are called."""
    count = Counter(titles.values())
    return {name: title if count[title] == 1 else f"{title} ({name})" for name, title in titles.items()}


def forget_unknown(key: str, known: Container[str]) -> None:
    """Take from what was chosen in a box what is not on offer any more: somebody may have withdrawn it meanwhile."""
    chosen = st.session_state.get(key) or []
    kept = [one for one in chosen if one in known]
    if len(kept) < len(chosen):
        st.session_state[key] = kept


def choices(kind: str, key: str, chosen: Iterable[str] = ()) -> dict[str, str]:
    """Id → title of the records that a box offers; draws a search above the box where a kind has more than 400.

    What is `chosen` already stays on offer; if it was withdrawn meanwhile, under its id.
    """
    known = titles(kind)
    kept = {identifier: known.get(identifier, identifier) for identifier in chosen if identifier}
    if len(known) <= MOST_LISTED:
        return {**known, **kept}
    asked = st.text_input(
        _("In {anzahl} Einträgen suchen", anzahl=number(len(known), language(), 0)),
        key=key + "_suche",
        icon=":material/search:",
        placeholder=_("Teil des Titels oder der Kennung"),
    ).casefold()
    found = ((identifier, title) for identifier, title in known.items() if asked in title.casefold())
    return {**dict(islice(found, MOST_FOUND)), **kept}
