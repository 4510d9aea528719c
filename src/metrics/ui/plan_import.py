"""Bring a plan in: read the file, show what it would change, and do it in one change or not at all."""

from __future__ import annotations

from typing import Any

import streamlit as st

from metrics.domain.refusals import PlanFileBroken, Refusal
from metrics.locale.formats import number
from metrics.locale.words import refusal_sentence
from metrics.ui import exchange_view, navigation
from metrics.ui.runtime import store
from metrics.ui.session import _, _n, language, now, person, today
from metrics.ui.text import literal
from metrics.usecases.exchanging import ImportPreview, import_plan

UPLOADS, REASON, RESULT = "daten_uploads", "daten_grund", "daten_ergebnis"


def ask_for_file() -> None:
    """The file, its preview or its faults, and the button that stores it."""
    result: dict[str, Any] | None = st.session_state.get(RESULT)
    if result:
        draw = st.success if result["done"] else st.error
        draw(literal(result["sentence"]), icon=":material/check_circle:" if result["done"] else ":material/error:")
        if result["done"]:
            navigation.link("history", _("Im Verlauf ansehen"), icon=":material/history:")
    uploads = st.session_state.get(UPLOADS, 0)
    st.caption(_("Zuerst sehen Sie, was sich ändern würde. Eingespielt wird alles oder nichts."))
    file = st.file_uploader(_("Plandatei (JSON)"), type="json", key=f"daten_datei_{uploads}")
    if file is None:
        return
    data = file.getvalue()
    try:
        document = exchange_view.document_of(data)
        preview = exchange_view.compared(data)
    except PlanFileBroken as refusal:
        _broken(refusal)
        return
    rows = exchange_view.count_rows(document, preview)
    alt = _("Was die Datei ändern würde, nach Art")
    st.dataframe(rows, hide_index=True, alt=alt, key="daten_vorschau", height="auto")
    if not preview.new and not preview.changed:
        st.info(_("Die Datei enthält nichts Neues: Alles steht schon so im Plan."), icon=":material/check:")
        return
    _differences(preview)
    if preview.doubts:
        st.warning(_("Einspielen geht. Sehen Sie sich vorher diese Stellen an:"), icon=":material/help:")
        rows = exchange_view.doubt_rows(preview)
        st.dataframe(
            rows, hide_index=True, alt=_("Hinweise zu einzelnen Einträgen"), key="daten_hinweise", height="auto"
        )
    st.text_input(_("Grund (steht im Verlauf)") + " *", key=REASON)
    st.button(
        _n("{number} Eintrag einspielen", "{number} Einträge einspielen", len(preview.new) + len(preview.changed)),
        key="daten_einlesen",
        type="primary",
        icon=":material/upload:",
        on_click=_carry_out,
        args=(data, store().change_number()),
    )


def _broken(refusal: PlanFileBroken) -> None:
    rows = exchange_view.problem_rows(refusal)
    words = _n(
        "Die Datei bricht eine Regel. Es wurde nichts gespeichert.",
        "Die Datei bricht {number} Regeln. Es wurde nichts gespeichert.",
        len(rows),
    )
    st.error(words, icon=":material/error:")
    st.dataframe(rows, hide_index=True, alt=_("Fehler der Plandatei"), key="daten_fehler", height="auto")


def _differences(preview: ImportPreview) -> None:
    with st.expander(_("Unterschiede im Einzelnen"), key="daten_unterschiede", on_change="rerun") as fold:
        if fold.open:
            rows = exchange_view.difference_rows(preview)
            st.dataframe(rows, hide_index=True, alt=_("Unterschiede im Einzelnen"), key="daten_felder")
            if len(rows) == exchange_view.MOST_ROWS:
                most = number(exchange_view.MOST_ROWS, language())
                st.caption(_("Gezeigt werden die ersten {zahl} Zeilen.", zahl=most))


def _carry_out(data: bytes, seen: int) -> None:
    """Import what was previewed; if the plan has changed since, the preview is shown again first."""
    reason = str(st.session_state.get(REASON, "")).strip()
    if not reason:
        _tell(_("Bitte nennen Sie einen Grund; er steht im Verlauf."), done=False)
        return
    if store().change_number() != seen:
        _tell(_("Der Plan hat sich seit der Vorschau geändert. Bitte sehen Sie sie noch einmal an."), done=False)
        return
    try:
        document = exchange_view.document_of(data)
        done = import_plan(store(), document, by=person(), at=now(), today=today(), reason=reason)
    except Refusal as refusal:
        _tell(refusal_sentence(refusal, language()), done=False)
        return
    told = {"neu": len(done.new), "geaendert": len(done.changed), "gleich": done.unchanged}
    _tell(_("Eingespielt: {neu} neu, {geaendert} geändert, {gleich} unverändert.", **told), done=True)
    st.session_state[UPLOADS] = st.session_state.get(UPLOADS, 0) + 1


def _tell(sentence: str, *, done: bool) -> None:
    st.session_state[RESULT] = {"sentence": sentence, "done": done}
