"""Hand over what a function is in charge of, or the functions of somebody who leaves; and the protocols of before."""

from __future__ import annotations

import streamlit as st

from metrics.domain.people import Account
from metrics.ui import account_handover, cards, function_handover, handover_protocol, navigation, ownership_view
from metrics.ui.runtime import store
from metrics.ui.session import _, person
from metrics.usecases.access import Right

CHOICE_KEY = "uebergabe_wahl"


def page() -> None:
    """`?id=Statistikstelle` or an account's id hands over; `?id=change:17` shows the protocol of a handover."""
    cards.stand()
    if not person().may(Right.edit_plan):
        cards.nothing_here(_("Übergeben darf, wer den Plan bearbeiten darf."), icon=":material/lock:")
        return
    asked = navigation.asked_id() or ""
    number = handover_protocol.asked_number(asked)
    if number is not None:
        handover_protocol.show(number)
        return
    accounts = {one.id: one for one in store().register.all(Account)} if person().may(Right.manage_people) else {}
    _choose(asked, accounts)
    if asked in accounts:
        account_handover.show(accounts[asked], list(accounts.values()))
    elif asked:
        function_handover.show(asked)
    handover_protocol.list_all()


def _choose(asked: str, accounts: dict[str, Account]) -> None:
    known = {"": _("Bitte wählen")}
    known |= {one.id: _("Person: {name}", name=one.name) for one in accounts.values() if one.functions or one.left_on}
    known |= {function: function for function in ownership_view.known_functions()}
    known |= {} if asked in known else {asked: accounts[asked].name if asked in accounts else asked}
    if len(known) == 1:
        cards.nothing_here(_("Der Plan nennt noch keine Funktion, die etwas übergeben könnte."))
        navigation.link("ownership", _("Zu den Zuständigkeiten"), icon=":material/person_search:")
        return
    st.session_state[CHOICE_KEY] = asked
    st.selectbox(
        _("Welche Funktion übergibt, oder wer geht?"),
        list(known),
        format_func=known.__getitem__,
        key=CHOICE_KEY,
        on_change=_open_chosen,
    )


def _open_chosen() -> None:
    st.query_params[navigation.ID_KEY] = st.session_state[CHOICE_KEY]
