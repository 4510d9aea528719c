"""Mein Konto: absence, reminders, language, calendar, what is stored about me, sign out everywhere."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from metrics.domain.people import Account, Cadence
from metrics.domain.refusals import Refusal
from metrics.locale.formats import day, moment
from metrics.locale.words import choice, field_label, refusal_sentence
from metrics.ui import card_form, cards, people_view
from metrics.ui.card_form import CardForm
from metrics.ui.runtime import store
from metrics.ui.session import _, _n, account, language, now, person
from metrics.ui.text import literal
from metrics.usecases.people import change_own, end_all_sign_ins, renew_calendar, revoke_calendar
from metrics.usecases.personal import export_person

FIELDS = ("absent_from", "absent_until", "cadence", "language")
SHOWN = ("name", "email", "functions", "role", "left_on", "delete_on", "purpose")
SECRET, REFUSED, READY = "kalender_einmal", "konto_abgelehnt", "konto_auskunft"


def page() -> None:
    """The account of whoever is signed in; without accounts it says so."""
    cards.stand()
    mine = account()
    if mine is None:
        cards.nothing_here(
            _(
                "Hier läuft der Zukunftsplan für ein Amt an einem Rechner, ohne Anmeldung und ohne Konten. Wer davor "
                "sitzt, darf alles. Konten gibt es, sobald die Anmeldung eingerichtet ist."
            ),
            icon=":material/person_off:",
        )
        return
    if REFUSED in st.session_state:
        st.error(literal(st.session_state.pop(REFUSED)), icon=":material/error:")
    _settings(mine)
    _calendar(mine)
    _stored(mine)
    _sign_out(mine)


def _settings(mine: Account) -> None:
    name = f"konto:{mine.id}"
    options = {
        "cadence": {one.value: choice(one, language()) for one in Cadence},
        "language": {"de": "Deutsch", "en": "English"},
    }
    form = CardForm(name, Account, mine, FIELDS, options=options)
    with cards.card(_("Abwesenheit und Erinnerungen")):
        card_form.notice(name)
        st.caption(_("Solange Sie abwesend sind, sieht die Vertretung nach dem, wofür Sie zuständig sind."))
        form.draw(lambda values, _version: _save(mine.id, values))


def _save(account_id: str, values: dict[str, Any]) -> str:
    change_own(store(), account_id, values, by=person())
    return _("Gespeichert.")


def _calendar(mine: Account) -> None:
    with cards.card(_("Kalender")):
        st.caption(
            _(
                "Mit dieser Adresse zeigt Ihr Kalenderprogramm, was Sie zu tun haben. Wer sie kennt, sieht es auch; "
                "geben Sie sie nicht weiter."
            )
        )
        secret = st.session_state.pop(SECRET, None)
        if secret:
            st.success(_("Ihre neue Adresse. Sie wird nur jetzt gezeigt; kopieren Sie sie in Ihr Kalenderprogramm."))
            st.code(f"{_base()}/kalender/{secret}.ics", language=None, wrap_lines=True)
        elif mine.calendar_sha256:
            st.markdown(literal(_("Eine Adresse ist eingerichtet. Gezeigt wird sie nicht noch einmal.")))
        with st.container(horizontal=True):
            label = _("Adresse erneuern") if mine.calendar_sha256 else _("Adresse anlegen")
            st.button(label, key="kalender_neu", icon=":material/link:", on_click=_renew, args=(mine.id,))
            if mine.calendar_sha256:
                st.button(
                    _("Adresse ungültig machen"),
                    key="kalender_weg",
                    icon=":material/link_off:",
                    on_click=_revoke,
                    args=(mine.id,),
                )


def _base() -> str:
    """Where the app answers, without the page's own address."""
    return str(st.context.url or "").split("?")[0].rstrip("/").rpartition("/")[0]


def _renew(account_id: str) -> None:
    try:
        st.session_state[SECRET] = renew_calendar(store(), account_id, by=person())
    except Refusal as refusal:
        st.session_state[REFUSED] = refusal_sentence(refusal, language())


def _revoke(account_id: str) -> None:
    try:
        revoke_calendar(store(), account_id, by=person())
    except Refusal as refusal:
        st.session_state[REFUSED] = refusal_sentence(refusal, language())


def _stored(mine: Account) -> None:
    with cards.card(_("Was über Sie gespeichert ist")):
        for field in SHOWN:
            label = field_label(Account.kind, field, language())
            st.markdown(f"**{literal(label)}:** {literal(_value(mine, field) or '–')}")
        st.caption(
            literal(
                _(
                    "Im Verlauf stehen Ihre Änderungen unter der Kennung {kennung}; gezeigt wird dort Ihre Funktion. "
                    "Wird Ihr Konto gelöscht, sagt die Kennung nichts mehr.",
                    kennung=mine.id,
                )
            )
        )
        key = f"{READY}:{mine.id}"
        if key in st.session_state:
            data = st.session_state[key]
            told = _n("{number} Vermerk zu Anmeldungen", "{number} Vermerke zu Anmeldungen", len(data["audit"]))
            st.caption(literal(told))
            st.download_button(
                _("Alles als Datei herunterladen (JSON)"),
                data=json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True),
                file_name=f"auskunft-{mine.id}.json",
                mime="application/json",
                icon=":material/download:",
                on_click="ignore",
                key="auskunft_datei",
            )
        else:
            label = _("Alles über mich zusammenstellen")
            st.button(label, key="auskunft", icon=":material/folder_shared:", on_click=_collect, args=(mine.id,))


def _value(mine: Account, field: str) -> str:
    value = getattr(mine, field)
    if field == "role":
        return people_view.role_words(mine)
    if field == "functions":
        return ", ".join(value)
    return day(value, language()) if field in ("left_on", "delete_on") and value else str(value or "")


def _collect(account_id: str) -> None:
    """On demand only: that the data was handed out is noted each time."""
    try:
        st.session_state[f"{READY}:{account_id}"] = export_person(store(), account_id, by=person(), at=now())
    except Refusal as refusal:
        st.session_state[REFUSED] = refusal_sentence(refusal, language())


def _sign_out(mine: Account) -> None:
    with cards.card(_("Abmelden")):
        if mine.signed_out_at:
            st.caption(literal(_("Zuletzt überall abgemeldet: {zeit}", zeit=moment(mine.signed_out_at, language()))))
        st.caption(_("Beendet Ihre Anmeldungen an allen Geräten, auch an diesem."))
        st.button(
            _("Überall abmelden"), key="ueberall_abmelden", icon=":material/logout:", on_click=_end, args=(mine.id,)
        )


def _end(account_id: str) -> None:
    try:
        end_all_sign_ins(store(), account_id, by=person(), at=now())
    except Refusal as refusal:
        st.session_state[REFUSED] = refusal_sentence(refusal, language())
