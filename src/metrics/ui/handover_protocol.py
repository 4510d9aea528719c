"""The protocol of a handover: from whom to whom, when and why; as a table, as CSV and as text."""

from __future__ import annotations

import re

import streamlit as st

from metrics.domain.history import Change
from metrics.exchange.tables import markdown_table
from metrics.locale.formats import moment
from metrics.ui import cards, navigation, ownership_view, plan
from metrics.ui.runtime import store
from metrics.ui.session import _, _n, language, person
from metrics.ui.text import literal
from metrics.usecases.handing_over import handovers, protocol

PREFIX = "change:"


def asked_number(asked: str) -> int | None:
    """The number of the change whose protocol an address asks for."""
    return int(asked.removeprefix(PREFIX)) if re.fullmatch(PREFIX + "[0-9]{1,9}", asked) else None


def list_all() -> None:
    """The handovers there were, each with the link to its protocol."""
    found = handovers(store(), by=person())
    if not found:
        return
    with cards.card(_("Bisherige Übergaben")):
        for change, records in found[:10]:
            told = {"nummer": change.number, "zeit": moment(change.recorded_at, language())}
            label = _n(
                "Nr. {nummer} am {zeit}: {number} Eintrag", "Nr. {nummer} am {zeit}: {number} Einträge", records, **told
            )
            navigation.link("handover", label, identifier=f"{PREFIX}{change.number}", icon=":material/description:")
            st.caption(literal(_("Grund: {grund}", grund=change.reason or "–")))


def show(number: int) -> None:
    """The protocol of one handover."""
    navigation.link("handover", _("Alle Übergaben"), icon=":material/arrow_back:")
    change = next((entry.change for entry in plan.history(before=number + 1)[:1]), None)
    lines = protocol(store(), number, by=person())
    if change is None or change.number != number or change.action != "hand_over" or not lines:
        cards.nothing_here(_("Eine Übergabe mit dieser Nummer gibt es nicht: {nummer}", nummer=number))
        return
    rows = ownership_view.protocol_rows(lines)
    with cards.card(_("Protokoll der Übergabe, Änderung {nummer}", nummer=number)):
        st.markdown(literal(_when(change)))
        st.markdown(_("Grund: {grund}", grund=literal(change.reason or "–")))
        name = f"uebergabe-{number}"
        cards.values(rows, alt=_("Was von wem an wen übergeben wurde"), key="uebergabe_protokoll", file_name=name)
        st.download_button(
            _("Als Text herunterladen"),
            data=_text(change, rows),
            file_name=name + ".md",
            mime="text/markdown",
            icon=":material/download:",
            on_click="ignore",
            key="uebergabe_text",
        )


def _when(change: Change) -> str:
    return _("Übergeben am {zeit}", zeit=moment(change.recorded_at, language()))


def _text(change: Change, rows: list[dict[str, object]]) -> str:
    title = _("Protokoll der Übergabe, Änderung {nummer}", nummer=change.number)
    reason = _("Grund: {grund}", grund=" ".join((change.reason or "–").split()))
    return f"# {title}\n\n{_when(change)}\n\n{reason}\n\n{markdown_table(rows, language())}"
