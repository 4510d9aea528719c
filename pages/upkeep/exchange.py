"""Data: take the plan away, bring a plan in, keep it safe, and see that the store is sound."""

from __future__ import annotations

from typing import Any

import streamlit as st

from metrics.domain.refusals import Refusal
from metrics.exchange.plan_file import plan_schema, write_plan
from metrics.locale.formats import number
from metrics.locale.words import refusal_sentence
from metrics.ui import cards, exchange_view, plan_import
from metrics.ui.runtime import store
from metrics.ui.session import _, _n, language, now, person, today
from metrics.ui.text import literal
from metrics.usecases.exchanging import export_plan
from metrics.usecases.keeping import back_up

BACKUP, FAULTS = "daten_sicherung", "daten_pruefung"


def page() -> None:
    """Export and import on the left, the state of the store on the right."""
    cards.stand()
    left, right = st.columns(2)
    with left:
        with cards.card(_("Plan mitnehmen")):
            _export()
        with cards.card(_("Plan einspielen")):
            plan_import.ask_for_file()
    with right:
        with cards.card(_("Zustand der Datenbank")):
            _state()
        with cards.card(_("Sicherungen")):
            _backups()


def _export() -> None:
    st.markdown(_("Der ganze Plan in seiner heutigen Fassung, lesbar für Menschen und Programme (JSON)."))
    st.caption(_("Bewertungen einer Runde, die noch läuft, bleiben verborgen und fehlen darin."))
    st.caption(_("Enthält auch vertrauliche Einträge der Change-Arbeit. Geben Sie die Datei nur im Amt weiter."))
    with st.container(horizontal=True):
        st.download_button(
            _("Plan herunterladen"),
            data=_plan_text,
            file_name=f"zukunftsplan-{today().isoformat()}.json",
            mime="application/json",
            icon=":material/download:",
            type="primary",
            on_click="ignore",
            key="daten_export",
        )
        st.download_button(
            _("Beschreibung des Formats (JSON Schema)"),
            data=plan_schema,
            file_name="zukunftsplan.schema.json",
            mime="application/schema+json",
            icon=":material/schema:",
            on_click="ignore",
            key="daten_schema",
        )


def _plan_text() -> str:
    return write_plan(export_plan(store(), by=person()))


def _state() -> None:
    rows = exchange_view.store_rows()
    told = {"nummer": number(store().change_number(), language()), "groesse": exchange_view.size_words(_size())}
    st.markdown(literal(_("Änderung Nr. {nummer} · {groesse}", **told)))
    st.caption(literal(str(store().path)))
    if rows:
        st.dataframe(rows, hide_index=True, alt=_("Inhalt der Datenbank nach Art"), key="daten_inhalt", height=260)
    else:
        cards.nothing_here(
            _("Die Datenbank ist leer. Spielen Sie einen Plan ein oder legen Sie den ersten Eintrag an.")
        )
    if st.button(_("Datenbank prüfen"), icon=":material/fact_check:", key="daten_pruefen"):
        with st.spinner(_("Alle Fassungen, Verweise und Regeln werden geprüft …")):
            st.session_state[FAULTS] = {"number": store().change_number(), "rows": exchange_view.faults()}
    checked: dict[str, Any] | None = st.session_state.get(FAULTS)
    if checked and not checked["rows"]:
        st.success(_("Geprüft bis Änderung Nr. {nummer}: kein Fehler.", nummer=number(checked["number"], language())))
    elif checked:
        st.error(_n("{number} Fehler gefunden", "{number} Fehler gefunden", len(checked["rows"])))
        st.dataframe(checked["rows"], hide_index=True, alt=_("Fehler der Datenbank"), key="daten_befunde")


def _size() -> int:
    return store().path.stat().st_size


def _backups() -> None:
    st.caption(_("Eine Sicherung entsteht im laufenden Betrieb neben der Datenbank und wird sofort geprüft."))
    if st.button(_("Jetzt sichern"), icon=":material/backup:", key="daten_sichern", type="primary"):
        with st.spinner(_("Sicherung wird geschrieben und geprüft …")):
            _back_up()
    made: dict[str, Any] | None = st.session_state.get(BACKUP)
    if made:
        (st.success if made["done"] else st.error)(literal(made["sentence"]))
    rows = exchange_view.backup_rows()
    if rows:
        st.dataframe(rows, hide_index=True, alt=_("Sicherungen, die neueste zuerst"), key="daten_sicherungen")
    else:
        cards.nothing_here(_("Es gibt noch keine Sicherung."))


def _back_up() -> None:
    try:
        path = back_up(store(), by=person(), at=now())
    except Refusal as refusal:
        st.session_state[BACKUP] = {"sentence": refusal_sentence(refusal, language()), "done": False}
        return
    told = {"pfad": str(path), "groesse": exchange_view.size_words(path.stat().st_size)}
    st.session_state[BACKUP] = {"sentence": _("Gesichert: {pfad} ({groesse})", **told), "done": True}
