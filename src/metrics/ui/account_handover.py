"""Somebody leaves and the functions stay: they move to another account, and the plan does not change."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from metrics.domain.ownership import is_over
from metrics.domain.people import Account, holds
from metrics.domain.refusals import Refusal
from metrics.locale.formats import day
from metrics.locale.words import refusal_sentence
from metrics.ui import cards, navigation, ownership_view
from metrics.ui.runtime import store
from metrics.ui.session import _, _n, language, person, today
from metrics.ui.text import literal
from metrics.usecases.handing_over import move_functions

TARGET_KEY, RESULT_KEY = "uebergabe_ziel", "uebergabe_person_ergebnis"


def show(account: Account, accounts: Sequence[Account]) -> None:
    """The functions of an account, what each is in charge of, and to whom they can move."""
    _result()
    with cards.card(_heading(account)):
        if not account.functions:
            st.caption(_("Diese Person hat keine Funktion mehr inne; es ist nichts zu übergeben."))
            return
        others = [one for one in accounts if one.id != account.id and one.active(today())]
        for function in account.functions:
            _function(function, others)
        _form(account, others)


def _heading(account: Account) -> str:
    if account.left_on is None:
        return _("Funktionen von {name}", name=account.name)
    return _("Funktionen von {name}, tätig bis {tag}", name=account.name, tag=day(account.left_on, language()))


def _function(function: str, others: Sequence[Account]) -> None:
    at_work = sum(not is_over(one.record) for one in ownership_view.held_by(function))
    shared = sum(holds(one.functions, function) for one in others)
    words = [_n("{number} laufender Eintrag", "{number} laufende Einträge", at_work)]
    words.append(
        _n("{number} weitere Person hat sie inne", "{number} weitere Personen haben sie inne", shared)
        if shared
        else _("sonst hat sie niemand inne")
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        navigation.link("handover", function, identifier=function, icon=":material/badge:")
        st.caption(literal(" · ".join(words)), width="content")


def _form(account: Account, others: Sequence[Account]) -> None:
    if not others:
        st.caption(_("Es gibt keine andere Person, die hier arbeitet. Legen Sie zuerst einen Zugang an."))
        return
    names = {"": _("Bitte wählen")} | {one.id: f"{one.name} ({one.id})" for one in others}
    chosen = st.selectbox(
        _("Wer übernimmt die Funktionen?"), list(names), format_func=names.__getitem__, key=TARGET_KEY
    )
    st.caption(_("Am Plan ändert sich dadurch nichts: Er nennt Funktionen, keine Personen."))
    st.button(
        _("Alle Funktionen übergeben"),
        key=f"uebergabe_person_{account.id}_{account.version}",
        type="primary",
        icon=":material/move_up:",
        disabled=not chosen,
        on_click=_carry_out,
        args=(account.id, chosen),
    )


def _carry_out(from_account: str, to_account: str) -> None:
    try:
        moved = move_functions(store(), from_account, to_account, by=person())
    except Refusal as refusal:
        st.session_state[RESULT_KEY] = {"refused": refusal_sentence(refusal, language())}
        return
    st.session_state[RESULT_KEY] = {"moved": list(moved)}


def _result() -> None:
    result = st.session_state.pop(RESULT_KEY, None)
    if not result:
        return
    if "refused" in result:
        st.error(literal(result["refused"]), icon=":material/error:")
        return
    words = _("Übergeben: {funktionen}", funktionen=", ".join(result["moved"]))
    st.success(literal(words), icon=":material/check_circle:")
    for function in ownership_view.unheld(result["moved"]):
        told = _("Noch offen: Die Funktion „{funktion}“ hat zurzeit niemand inne.", funktion=function)
        st.warning(literal(told), icon=":material/person_off:")
