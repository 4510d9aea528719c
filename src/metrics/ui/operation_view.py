"""What the page on operation shows of the outbox and the mail settings, in words."""

from __future__ import annotations

import os
from collections.abc import Iterable

from metrics.charts.theme import Row
from metrics.domain.mail import Mail, MailState
from metrics.domain.people import Account
from metrics.domain.refusals import Refusal
from metrics.locale.formats import day, moment
from metrics.locale.words import choice, refusal_sentence
from metrics.ui import runtime
from metrics.ui.session import _, _n, language, person
from metrics.ui.text import one_line
from metrics.usecases.mailing import MailSettings, read_settings
from metrics.usecases.reminding import OutboxView

LONGEST = 90


def settings() -> MailSettings | Refusal:
    """The settings, or what is wrong with them."""
    try:
        return read_settings(os.environ)
    except Refusal as refusal:
        return refusal


def settings_rows(found: MailSettings) -> list[Row]:
    """The settings as they are; of the password only whether there is one."""
    rows = {
        _("Mailserver"): f"{found.host}:{found.port}",
        _("Schutz der Verbindung"): choice(found.security, language()),
        _("Absender"): found.sender,
        _("Anmeldung"): found.user or _("ohne"),
        _("Passwort"): _("gesetzt") if found.password else _("keines"),
        _("Adresse für Verweise"): found.url,
    }
    return [{_("Einstellung"): name, _("Wert"): value} for name, value in rows.items()]


def trouble_sentence(refusal: Refusal) -> str:
    """Why mail cannot be sent."""
    return refusal_sentence(refusal, language())


def count_rows(found: OutboxView) -> list[Row]:
    """How many mails stand how."""
    return [
        {
            _("Stand"): choice(state, language()),
            _("E-Mails"): found.counts.get(state, (0, 0))[0],
            _("davon mit unbekanntem Ausgang"): found.counts.get(state, (0, 0))[1],
        }
        for state in MailState
    ]


def last_run_sentence(found: OutboxView) -> str:
    """When the reminders ran last and what came of it."""
    run = found.last_run
    if run is None:
        return _("Die Erinnerungen sind noch nie gelaufen.")
    told = {"written": run.written, "sent": run.sent, "failed": run.failed}
    when = moment(run.ran_at, language())
    return _(
        "Letzter Lauf: {when}. An dem Tag geschrieben: {written}, versandt: {sent}; zuletzt nicht versandt: {failed}.",
        when=when,
        **told,
    )


def mail_rows(mails: Iterable[Mail], addresses: dict[str, str]) -> list[Row]:
    """One row for each mail: to whom, for which day, how it stands and why."""
    return [
        {
            _("An"): addresses.get(mail.account_id, mail.account_id),
            _("Für den"): mail.due_day,
            _("Inhalt"): choice(mail.kind, language()),
            _("Stand"): choice(mail.state, language()),
            _("Grund"): choice(mail.trouble, language()) if mail.trouble else None,
            _("Antwort des Mailservers"): one_line(mail.detail, LONGEST) if mail.detail else None,
            _("Versuche ohne Erfolg"): mail.tries,
            _("Nächster Versuch"): moment(mail.next_try_at, language())
            if mail.state in (MailState.waiting, MailState.handing_over)
            else None,
            _("Gelöscht am"): mail.delete_on,
        }
        for mail in mails
    ]


def deletion_rows(found: OutboxView) -> list[Row]:
    """What is deleted when."""
    return [
        {_("Von"): first, _("Bis"): last, _("E-Mails, deren Zeilen gelöscht werden"): number}
        for first, last, number in found.deletions
    ]


def open_mails(mails: Iterable[Mail]) -> list[Mail]:
    """What somebody can still do something about."""
    return [mail for mail in mails if mail.state is not MailState.sent and mail.body is not None]


def mail_label(mail: Mail, addresses: dict[str, str]) -> str:
    """One line that tells a mail from others."""
    to = addresses.get(mail.account_id, mail.account_id)
    return f"{to} · {day(mail.due_day, language())} · {choice(mail.state, language())}"


def own_address() -> str | None:
    """The e-mail address of the account that looks; None where there is none."""
    account = runtime.store().register.find(Account, person().name)
    return account.email if account else None


def sent_sentence(sent: int, failed: int, waiting: int) -> str:
    """What came of sending."""
    told = _("nicht versandt: {failed}, noch wartend: {waiting}", failed=failed, waiting=waiting)
    return _n("{number} E-Mail versandt", "{number} E-Mails versandt", sent) + ", " + told + "."
