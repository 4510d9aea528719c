"""Zugänge: who signs in, with which functions and role, until when; absence, departure, erasure, refused attempts."""

from __future__ import annotations

from typing import Any

import streamlit as st

from metrics.domain.people import Account, Cadence, Role
from metrics.domain.priorities import RaterGroup
from metrics.domain.refusals import Refusal
from metrics.locale.words import choice
from metrics.ui import card_form, cards, navigation, people_view, plan, value_table
from metrics.ui.card_form import CardForm
from metrics.ui.card_page import NEW, CardPage
from metrics.ui.runtime import store
from metrics.ui.session import _, language, now, person, today
from metrics.ui.text import literal
from metrics.usecases.access import Right, require
from metrics.usecases.people import WHAT_FOR, add_account, change_account, end_all_sign_ins, new_account_id
from metrics.usecases.personal import noted_events

SEARCH, FUNCTION = "zugang_suche", "funktion"
PAGE = CardPage("zugang")
FIELDS = (
    *("name", "email", "role", "functions", "group_ids", "cadence", "absent_from", "absent_until"),
    *("left_on", "delete_on", "blocked", "language", "purpose"),
)
MOST_EVENTS = 500


def page() -> None:
    """`?id=P-…` opens an account; without an id a new one."""
    require(person(), Right.manage_people)
    cards.stand()
    accounts = {one.id: one for one in store().register.all(Account)}
    _list(list(accounts.values()))
    names = {one.id: f"{one.name} ({one.id})" for one in accounts.values()}
    identifier = PAGE.choose(_("Welchen Zugang bearbeiten?"), _("Neuer Zugang"), names)
    PAGE.say_done()
    account = accounts.get(identifier)
    if identifier and account is None:
        cards.nothing_here(_("Diesen Zugang gibt es nicht oder nicht mehr: {kennung}", kennung=identifier))
        return
    _form(account)
    if account:
        _sign_ins(account)
        PAGE.offer_erasure(_("Zugang löschen"), account)
    _events()


def _list(accounts: list[Account]) -> None:
    with cards.card(_("Wer Zugang hat")):
        if not accounts:
            cards.nothing_here(_("Noch hat niemand einen Zugang. Legen Sie unten den ersten an."))
            return
        text = st.text_input(_("Suchen"), key=SEARCH, placeholder=_("Name, Funktion oder Kennung"), width=380)
        found = [one for one in accounts if people_view.matches(one, text or "")]
        if found:
            rows = people_view.account_rows(sorted(found, key=lambda one: (one.name.casefold(), one.id)))
            value_table.show(rows, alt=_("Zugänge mit Funktion, Rolle und Zustand"), key="zugaenge")
        else:
            cards.nothing_here(_("Zu dieser Suche gibt es keinen Zugang."))
        people_view.say_next_deletions(accounts)


def _form(account: Account | None) -> None:
    name = f"zugang:{account.id if account else NEW}"
    options = {
        "role": {"": _("keine")} | {role.value: choice(role, language()) for role in Role},
        "cadence": {one.value: choice(one, language()) for one in Cadence},
        "language": {"de": "Deutsch", "en": "English"},
        "group_ids": {one.id: one.title for one in plan.records(RaterGroup).values()},
    }
    form = CardForm(name, Account, account, FIELDS, options=options, start={"purpose": WHAT_FOR})
    with cards.card(account.name if account else _("Neuer Zugang")):
        card_form.notice(name)
        if account and account.left_on:
            told = _("Übergabe: Was an den Funktionen dieses Zugangs hängt")
            navigation.link("handover", told, identifier=account.id, icon=":material/move_up:")
        if account and account.claimed_role and not account.role:
            st.caption(literal(_("Die Rolle kommt zurzeit aus der Anmeldung: {rolle}", rolle=_claimed(account))))
        form.draw(lambda values, version: _save(account, values, version), {"functions": lambda: _suggest(form)})


def _claimed(account: Account) -> str:
    return choice(account.claimed_role, language()) if account.claimed_role else ""


def _suggest(form: CardForm) -> None:
    """Functions of the plan that are not typed yet; the chosen one becomes a line."""
    typed = str(st.session_state[form.key("functions")]).split("\n")
    open_ones = [one for one in people_view.functions_in_plan() if one not in typed]
    if open_ones:
        st.selectbox(
            _("Funktion aus dem Plan übernehmen"),
            open_ones,
            index=None,
            placeholder=_("im Plan als zuständig genannt"),
            key=form.key(FUNCTION),
            on_change=_take_function,
            args=(form,),
        )


def _take_function(form: CardForm) -> None:
    chosen = st.session_state.get(form.key(FUNCTION))
    if chosen:
        typed = str(st.session_state[form.key("functions")]).strip()
        form.put("functions", f"{typed}\n{chosen}".strip())
        st.session_state[form.key(FUNCTION)] = None


def _save(account: Account | None, values: dict[str, Any], version: int) -> str:
    PAGE.forget()
    if account is None:
        new = Account.model_validate(values | {"id": new_account_id()})
        added = add_account(store(), new, by=person(), at=now(), today=today())
        return _("Angelegt: {name} ({kennung})", name=added.name, kennung=added.id)
    changed = change_account(store(), account.id, version, values, by=person(), at=now(), today=today())
    return _("Gespeichert: {name}", name=changed.name)


def _sign_ins(account: Account) -> None:
    with st.expander(_("Überall abmelden"), icon=":material/logout:"):
        st.caption(_("Jede Anmeldung dieser Person endet. Wer nicht gesperrt ist, kann sich wieder anmelden."))
        st.button(_("Überall abmelden"), key=f"abmelden:{account.id}", on_click=_sign_out, args=(account.id,))


def _sign_out(account_id: str) -> None:
    PAGE.forget()
    try:
        end_all_sign_ins(store(), account_id, by=person(), at=now())
    except Refusal as refusal:
        PAGE.refused(refusal)
    else:
        PAGE.done(_("Alle Anmeldungen dieser Person sind beendet."))


def _events() -> None:
    with st.expander(_("Anmeldungen und abgelehnte Versuche der letzten 90 Tage"), icon=":material/policy:"):
        events = noted_events(store(), by=person(), most=MOST_EVENTS)
        if not events:
            cards.nothing_here(_("Es ist nichts vermerkt."))
            return
        alt = _("Anmeldungen, abgelehnte Versuche und Änderungen an Zugängen")
        value_table.show(people_view.audit_rows(events), alt=alt, key="vermerke")
