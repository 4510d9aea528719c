"""Accounts and contact persons in rows and sentences, for the pages that name persons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import streamlit as st

from metrics.domain.audit import AuditEntry
from metrics.domain.goals import Goal
from metrics.domain.indicators import Indicator
from metrics.domain.living_labs import LivingLab
from metrics.domain.measures import Measure
from metrics.domain.people import Account, Card, Contact
from metrics.locale.formats import day, moment
from metrics.locale.words import choice, kind_name
from metrics.ui import plan
from metrics.ui.session import _, language, today
from metrics.ui.text import literal
from metrics.usecases.personal import Erasure


def functions_in_plan() -> list[str]:
    """The functions that the plan names as owners or deputies, each once, in order of the alphabet."""
    named: set[str] = set()
    for kind in (Goal, Measure, Indicator, LivingLab):
        for record in plan.records(kind).values():
            named |= {one for one in (getattr(record, "owner", None), getattr(record, "deputy", None)) if one}
    return sorted(named, key=str.casefold)


def matches(account: Account, text: str) -> bool:
    """Whether every word of a search stands in name, address, id or functions."""
    where = " ".join([account.name, account.email or "", account.id, *account.functions]).casefold()
    return all(word in where for word in text.casefold().split())


def role_words(account: Account) -> str:
    """The role that counts, and where it comes from."""
    if account.role:
        return _("{rolle} (von dieser Seite)", rolle=choice(account.role, language()))
    if account.claimed_role:
        return _("{rolle} (aus der Anmeldung)", rolle=choice(account.claimed_role, language()))
    return _("keine")


def state_words(account: Account) -> str:
    """Active, absent, blocked or gone, in a word."""
    if account.blocked:
        return _("gesperrt")
    if not account.active(today()):
        return _("ausgeschieden")
    return _("aktiv") if account.present(today()) else _("abwesend")


def absence_words(account: Account) -> str:
    """From when until when somebody is away; nothing once it is over."""
    begins, ends = account.absent_from, account.absent_until
    if begins is None or (ends is not None and ends < today()):
        return ""
    if ends is None:
        return _("ab {tag}", tag=day(begins, language()))
    return _("{von} bis {bis}", von=day(begins, language()), bis=day(ends, language()))


def account_rows(accounts: Iterable[Account]) -> list[dict[str, object]]:
    """The list of accounts."""
    return [
        {
            _("Name"): one.name,
            _("Funktionen"): ", ".join(one.functions),
            _("Rolle"): role_words(one),
            _("Zustand"): state_words(one),
            _("Abwesend"): absence_words(one),
            _("Letzter Tag"): one.left_on,
            _("Wird gelöscht am"): one.delete_on,
            _("Kennung"): one.id,
        }
        for one in accounts
    ]


def by_deletion(cards: Iterable[Card]) -> list[Card]:
    """What has a day of deletion, the next first."""
    return sorted((one for one in cards if one.delete_on), key=lambda one: (one.delete_on or date.max, one.id))


def say_next_deletions(cards: Iterable[Account], most: int = 3) -> None:
    """Which accounts are erased next, and when."""
    named = [
        _("{name} am {tag}", name=one.name, tag=day(one.delete_on, language()))
        for one in by_deletion(cards)[:most]
        if isinstance(one, Account)
    ]
    if named:
        st.caption(literal(_("Als Nächstes gelöscht: {namen}.", namen="; ".join(named))))


def audit_rows(entries: Iterable[AuditEntry]) -> list[dict[str, object]]:
    """Sign-ins, refused attempts and acts on accounts, by the id of the account."""
    return [
        {
            _("Zeit"): moment(one.noted_at, language()),
            _("Was"): choice(one.event, language()),
            _("Kennung"): one.account_id or "",
            _("Näheres"): one.detail or "",
        }
        for one in entries
    ]


def say_erasure(erasure: Erasure) -> None:
    """What is erased, what stays, and which backups still hold the person."""
    tables = {
        "draft": _("Entwürfe"),
        "audit": _("Anmeldungen und Versuche (nur die Zuordnung zur Person)"),
        "look": _("wann der Plan angesehen wurde"),
    }
    named = [card for card in erasure.found.cards if isinstance(card, Account | Contact)]
    gone = [f"{kind_name(card.kind, language())}: {card.name}" for card in named]
    gone += [f"{tables.get(table, table)}: {number}" for table, number in erasure.rows.items()]
    st.markdown(f"**{literal(_('Gelöscht wird'))}**\n\n" + _list(gone))
    stays = []
    if erasure.found.account:
        told = {"zahl": erasure.changes, "kennung": erasure.found.account.id}
        stays.append(_("Änderungen im Verlauf unter der Kennung {kennung}, die dann nichts mehr sagt: {zahl}", **told))
    stays += [_("Sicherung {datei}: Sie enthält die Angaben noch. Bitte löschen Sie die Datei.", datei=path.name)
              for path in erasure.backups]  # fmt: skip
    st.markdown(f"**{literal(_('Es bleibt'))}**\n\n" + _list(stays or [_("nichts in dieser Datenbank")]))


def erased_sentence(rewritten: bool | None, backups: Sequence[Path]) -> str:
    """What became of an erasure."""
    words = _("Gelöscht. Die Datenbankdatei wurde neu geschrieben, die Angaben stehen nicht mehr darin.")
    if not rewritten:
        words = _(
            "Gelöscht. Die Datei ließ sich aber nicht neu schreiben; Reste können darin stehen, bis "
            "„zukunftsplan tidy“ gelaufen ist."
        )
    if backups:
        named = ", ".join(path.name for path in backups)
        words += " " + _("Diese Sicherungen enthalten die Angaben noch: {dateien}.", dateien=named)
    return words


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"- {literal(line)}" for line in lines)
