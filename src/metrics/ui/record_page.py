"""What the pages that list records and open one of them share: which is asked for, what was saved, the lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic

import streamlit as st

from metrics.domain.history import Recorded
from metrics.store.rows import RecordT
from metrics.ui import cards, forms, navigation, plan
from metrics.ui.session import _, person
from metrics.ui.text import literal
from metrics.ui.turning import turned
from metrics.usecases.access import Right

NEW = "neu"
"""The id by which an address asks for a new record; behind a colon may stand what it begins with."""


def asks_for_new(asked: str) -> bool:
    """Whether an address asks for a new record."""
    return asked == NEW or asked.startswith(NEW + ":")


@dataclass(frozen=True, slots=True)
class Opened(Generic[RecordT]):
    """The record that is asked for; None for a new one."""

    entry: Recorded[RecordT] | None


@dataclass(frozen=True, slots=True)
class RecordPage(Generic[RecordT]):
    """A page by its name in the navigation table, the kind that it shows, and how the names of its forms begin."""

    name: str
    record_type: type[RecordT]
    forms: str

    def opened(self, *, back: str, to_it: str, icon: str) -> Opened[RecordT] | None:
        """What the address asks for, after the way back and what was saved last; None where the list is to be shown."""
        asked = navigation.asked_id() or ""
        entry = plan.entries(self.record_type).get(asked)
        if entry or (asks_for_new(asked) and may_edit()):
            navigation.link(self.name, back, icon=":material/arrow_back:")
            self._say_saved("" if asked == NEW else asked, to_it, icon)
            return Opened(entry)
        if asked and not asks_for_new(asked):
            cards.nothing_here(_("Diesen Eintrag gibt es nicht oder nicht mehr: {kennung}", kennung=asked))
        return None

    def offer_new(self, label: str) -> None:
        """The link to a new one, for those who may write it."""
        if may_edit():
            navigation.link(self.name, label, identifier=NEW, icon=":material/add:")

    def _say_saved(self, identifier: str, to_it: str, icon: str) -> None:
        saved = forms.saved_notice(self.forms + identifier)
        if saved:
            st.success(literal(_("Gespeichert: {titel}", titel=saved["title"])), icon=":material/check_circle:")
            if saved["new"]:
                navigation.link(self.name, to_it, identifier=saved["id"], icon=icon)


def may_edit() -> bool:
    """Whether the person may write the plan's records."""
    return person().may(Right.edit_plan)


def lines(records: Sequence[RecordT], line: Callable[[RecordT], None], per_page: int, key: str) -> None:
    """The records, a line each, page by page."""
    for record in turned(records, per_page, key=key):
        line(record)
