"""Betrieb: how the outbox stands, how mail is set up, and what is deleted when."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from pydantic import TypeAdapter, ValidationError

from metrics.domain.mail import Delivery, MailState
from metrics.domain.people import MailAddress
from metrics.domain.refusals import Refusal
from metrics.locale.words import choice, refusal_sentence
from metrics.ui import cards, operation_view, runtime
from metrics.ui.session import _, language, now, person, today
from metrics.ui.text import literal
from metrics.usecases.mailing import MailSettings
from metrics.usecases.reminding import OutboxView, give_up, outbox_view, send_again, send_trial, send_waiting

TRIAL_KEY, CHOSEN_KEY, SAID_KEY = "betrieb_probe", "betrieb_mail", "betrieb_gesagt"


def page() -> None:
    """The outbox, the settings, the deletions; refused to whoever does not operate the program."""
    cards.stand()
    try:
        found = outbox_view(runtime.store(), by=person(), today=today())
    except Refusal as refusal:
        st.error(literal(refusal_sentence(refusal, language())), icon=":material/lock:")
        return
    settings = operation_view.settings()
    _say()
    _outbox(found, settings)
    _settings(settings)
    with cards.card(_("Was wann gelöscht wird")):
        st.markdown(_("Der Text einer E-Mail wird gelöscht, sobald sie versandt ist; ihre Zeile nach 90 Tagen."))
        rows = operation_view.deletion_rows(found)
        if rows:
            cards.values(rows, alt=_("E-Mails nach dem Tag ihrer Löschung"), key="betrieb_fristen", file_name="fristen")


def _outbox(found: OutboxView, settings: MailSettings | Refusal) -> None:
    with cards.card(_("Postausgang")):
        st.markdown(literal(operation_view.last_run_sentence(found)))
        counts = operation_view.count_rows(found)
        cards.values(counts, alt=_("E-Mails nach ihrem Stand"), key="betrieb_stand", file_name="postausgang-stand")
        if not found.mails:
            cards.nothing_here(_("Noch keine E-Mail. Erinnerungen schreibt der Befehl „zukunftsplan remind“."))
            return
        if isinstance(settings, MailSettings) and st.button(_("Wartende jetzt versenden"), icon=":material/send:"):
            _do(lambda: _send(settings))
        rows = operation_view.mail_rows(found.mails, found.addresses)
        cards.values(rows, alt=_("E-Mails, die neueste zuerst"), key="betrieb_mails", file_name="postausgang")
        _by_hand(found)


def _by_hand(found: OutboxView) -> None:
    """Send again, or give up, one mail that is not sent."""
    mails = {mail.id: mail for mail in operation_view.open_mails(found.mails)}
    if not mails:
        return
    chosen = st.selectbox(
        _("E-Mail, die noch nicht versandt ist"),
        list(mails),
        format_func=lambda identifier: operation_view.mail_label(mails[identifier], found.addresses),
        key=CHOSEN_KEY,
        width=520,
    )
    mail = mails[chosen]
    if mail.unknown:
        st.warning(_("Vielleicht ist sie schon angekommen: Der Mailserver hat nicht geantwortet."))
    with st.container(horizontal=True):
        if st.button(_("Erneut senden"), icon=":material/replay:"):
            _do(lambda: _wait_again(mail.id))
        if mail.state is not MailState.given_up and st.button(_("Aufgeben"), icon=":material/cancel:"):
            _do(lambda: _drop(mail.id))


def _settings(settings: MailSettings | Refusal) -> None:
    with cards.card(_("Einstellungen für E-Mails")):
        if isinstance(settings, Refusal):
            st.warning(literal(operation_view.trouble_sentence(settings)), icon=":material/settings:")
            return
        rows = operation_view.settings_rows(settings)
        cards.values(rows, alt=_("Einstellungen für E-Mails"), key="betrieb_einstellungen", file_name="einstellungen")
        address = operation_view.own_address()
        if address is None:
            address = st.text_input(_("E-Mail-Adresse für die Probemail"), key=TRIAL_KEY, width=420)
        if st.button(_("Probemail an mich"), icon=":material/outgoing_mail:"):
            _try(settings, address)


def _try(settings: MailSettings, typed: str) -> None:
    try:
        address = TypeAdapter(MailAddress).validate_python(typed)
    except ValidationError:
        st.error(_("„E-Mail-Adresse für die Probemail“: Bitte tragen Sie eine Adresse wie amt@stadt.example ein."))
        return
    answer = send_trial(settings, address, by=person(), at=now(), language=language())
    words = choice(answer.delivery, language()) + (f" ({answer.detail})" if answer.detail else "")
    if answer.delivery is Delivery.accepted:
        st.success(_("Die Probemail ist {outcome}.", outcome=literal(words)), icon=":material/check:")
    else:
        st.error(_("Die Probemail ging nicht hinaus: {outcome}.", outcome=literal(words)), icon=":material/error:")


def _send(settings: MailSettings) -> str:
    done = send_waiting(runtime.store(), settings, by=person(), at=now(), today=today())
    return operation_view.sent_sentence(done.sent, done.failed, done.waiting)


def _wait_again(identifier: str) -> str:
    send_again(runtime.store(), identifier, by=person(), at=now())
    return _("Die E-Mail wartet und geht mit dem nächsten Lauf hinaus.")


def _drop(identifier: str) -> str:
    give_up(runtime.store(), identifier, by=person(), at=now())
    return _("Die E-Mail wird nicht mehr versandt.")


def _do(work: Callable[[], str]) -> None:
    """Carry something out, and show the page anew with what came of it."""
    try:
        st.session_state[SAID_KEY] = work()
    except Refusal as refusal:
        st.error(literal(refusal_sentence(refusal, language())), icon=":material/error:")
        return
    st.rerun()


def _say() -> None:
    said = st.session_state.pop(SAID_KEY, None)
    if said:
        st.success(literal(said), icon=":material/check:")
