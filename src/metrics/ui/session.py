"""Who looks, in which language, on which day: read from the session once and passed inward."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from metrics.domain.people import Account
from metrics.locale.catalogue import Language, translate, translate_plural
from metrics.usecases.access import Person

OFFICE_TIME = ZoneInfo("Europe/Berlin")
LANGUAGE_KEY, EXAMPLES_KEY = "lang", "beispiele"


def language() -> Language:
    """The session's language: what was chosen; before there was a switch to choose with, what the address asks for."""
    chosen = st.session_state.get(LANGUAGE_KEY) or st.query_params.get(LANGUAGE_KEY)
    return "en" if chosen == "en" else "de"


def _(text: str, **values: object) -> str:
    """The text in the session's language, its placeholders filled in."""
    return translate(text, language(), **values)


def _n(one: str, many: str, number: int, **values: object) -> str:
    """The singular or plural form in the session's language; `{number}` is filled in."""
    return translate_plural(one, many, number, language(), **values)


def now() -> datetime:
    """The present moment as the ledger keeps it: UTC, naive."""
    return datetime.now(UTC).replace(tzinfo=None)


def today() -> date:
    """The office's calendar day; ZUKUNFTSPLAN_TODAY fixes it for pictures and rehearsals."""
    fixed = os.environ.get("ZUKUNFTSPLAN_TODAY")
    return date.fromisoformat(fixed) if fixed else datetime.now(OFFICE_TIME).date()


def person() -> Person:
    """Who acts: the pseudonym, the role, the functions, and a way to report what is refused. Raises NotSignedIn."""
    from metrics.ui import gate  # it reads the store, which needs this module's clock

    return gate.person()


def account() -> Account | None:
    """The account of whoever is signed in; None in local mode, where nobody signs in. Raises NotSignedIn."""
    from metrics.ui import gate

    return gate.account()


def dark() -> bool:
    """Whether the browser shows the dark theme."""
    return st.context.theme.type == "dark"


def with_examples() -> bool:
    """Whether illustrative values were asked for in totals: by the switch, or by the address of a page without it."""
    if EXAMPLES_KEY in st.session_state:
        return bool(st.session_state[EXAMPLES_KEY])
    return str(st.query_params.get(EXAMPLES_KEY)).lower() == "true"
