"""Kontaktpersonen: whom to reach at an organisation, what for, and until when that is kept."""

from __future__ import annotations

from typing import Any

import streamlit as st

from metrics.domain.context import Organisation
from metrics.domain.people import CONTACT_YEARS, MOST_CONTACT_YEARS, Contact, years_ahead
from metrics.domain.refusals import NotAllowed, Refusal
from metrics.locale.formats import day
from metrics.locale.words import refusal_sentence
from metrics.ui import card_form, cards, navigation, people_view, plan, value_table
from metrics.ui.card_form import CardForm
from metrics.ui.record_titles import title_of
from metrics.ui.runtime import store
from metrics.ui.session import _, language, now, person, today
from metrics.ui.text import literal
from metrics.usecases.access import Right, require
from metrics.usecases.people import add_contact, change_contact, new_contact_id
from metrics.usecases.personal import erase_person, preview_erasure

CHOICE, NEW = "kontakt_wahl", ""
DONE, REFUSED = "kontakt_getan", "kontakt_abgelehnt"
FIELDS = ("name", "organisation_id", "position", "purpose", "email", "phone", "delete_on", "note")


def page() -> None:
    """`?id=KP-…` opens a contact person; without an id a new one."""
    try:
        require(person(), Right.keep_contacts)
    except NotAllowed as refusal:
        st.error(literal(refusal_sentence(refusal, language())), icon=":material/lock:")
        return
    cards.stand()
    contacts = {one.id: one for one in store().register.all(Contact)}
    _list(list(contacts.values()))
    if not plan.records(Organisation):
        cards.nothing_here(_("Zuerst braucht der Plan eine Organisation; dort gehört eine Kontaktperson dazu."))
        navigation.link("plan_editing", _("Organisation anlegen"), identifier="organisation", icon=":material/add:")
        return
    identifier = navigation.asked_id() or NEW
    _choose(contacts, identifier)
    _say_done()
    contact = contacts.get(identifier)
    if identifier and contact is None:
        cards.nothing_here(_("Diese Kontaktperson gibt es nicht oder nicht mehr: {kennung}", kennung=identifier))
        return
    _form(contact)
    if contact:
        _erasure(contact)


def _list(contacts: list[Contact]) -> None:
    with cards.card(_("Wen das Amt wo erreicht")):
        st.caption(
            _(
                "Kontaktpersonen stehen nicht im Plan und werden nie mit ihm ausgegeben. Oben steht, wer als Nächstes "
                "gelöscht wird."
            )
        )
        if not contacts:
            cards.nothing_here(_("Noch ist niemand eingetragen."))
            return
        rows = [_row(one) for one in people_view.by_deletion(contacts) if isinstance(one, Contact)]
        value_table.show(rows, alt=_("Kontaktpersonen, die zuerst zu löschenden oben"), key="kontakte")


def _row(contact: Contact) -> dict[str, object]:
    return {
        _("Wird gelöscht am"): contact.delete_on,
        _("Name"): contact.name,
        _("Organisation"): title_of(Organisation.kind, contact.organisation_id),
        _("Stellung"): contact.position or "",
        _("Zweck"): contact.purpose,
        _("E-Mail"): contact.email or "",
        _("Telefon"): contact.phone or "",
    }


def _choose(contacts: dict[str, Contact], identifier: str) -> None:
    known = {NEW: _("Neue Kontaktperson")}
    known |= {one.id: f"{one.name}, {title_of(Organisation.kind, one.organisation_id)}" for one in contacts.values()}
    st.session_state[CHOICE] = identifier if identifier in known else NEW
    st.selectbox(
        _("Welche Kontaktperson bearbeiten?"),
        list(known),
        format_func=known.__getitem__,
        key=CHOICE,
        on_change=_chosen,
        width=520,
    )


def _chosen() -> None:
    st.query_params[navigation.ID_KEY] = st.session_state[CHOICE]
    _forget_notices()


def _say_done() -> None:
    if DONE in st.session_state:
        st.success(literal(st.session_state[DONE]), icon=":material/check_circle:")
    if REFUSED in st.session_state:
        st.error(literal(st.session_state[REFUSED]), icon=":material/error:")


def _forget_notices() -> None:
    st.session_state.pop(DONE, None)
    st.session_state.pop(REFUSED, None)


def _form(contact: Contact | None) -> None:
    name = f"kontakt:{contact.id if contact else NEW}"
    organisations = {one.id: one.title for one in plan.records(Organisation).values()}
    start = {"delete_on": years_ahead(today(), CONTACT_YEARS), "organisation_id": next(iter(organisations))}
    form = CardForm(name, Contact, contact, FIELDS, options={"organisation_id": organisations}, start=start)
    with cards.card(contact.name if contact else _("Neue Kontaktperson")):
        card_form.notice(name)
        st.caption(
            _(
                "Halten Sie nur fest, was Sie für den genannten Zweck brauchen. Spätester Löschtag ist der {tag}.",
                tag=day(years_ahead(today(), MOST_CONTACT_YEARS), language()),
            )
        )
        form.draw(lambda values, version: _save(contact, values, version))


def _save(contact: Contact | None, values: dict[str, Any], version: int) -> str:
    _forget_notices()
    if contact is None:
        new = Contact.model_validate(values | {"id": new_contact_id()})
        return _("Angelegt: {name}", name=add_contact(store(), new, by=person(), today=today()).name)
    changed = change_contact(store(), contact.id, version, values, by=person(), today=today())
    return _("Gespeichert: {name}", name=changed.name)


def _erasure(contact: Contact) -> None:
    key = f"kontakt_loeschen_auf:{contact.id}"
    with st.expander(_("Kontaktperson löschen"), icon=":material/delete_forever:", key=key, on_change="rerun") as fold:
        if not fold.open:
            return
        people_view.say_erasure(preview_erasure(store(), contact.id, by=person(), at=now()))
        sure = st.checkbox(_("Ich habe gelesen, was gelöscht wird und was bleibt."), key=f"sicher:{contact.id}")
        st.button(
            _("Endgültig löschen"),
            key=f"loeschen:{contact.id}",
            icon=":material/delete_forever:",
            disabled=not sure,
            on_click=_erase,
            args=(contact.id,),
        )


def _erase(contact_id: str) -> None:
    _forget_notices()
    try:
        done = erase_person(store(), contact_id, by=person(), at=now())
    except Refusal as refusal:
        st.session_state[REFUSED] = refusal_sentence(refusal, language())
        return
    for key in [key for key in st.session_state if contact_id in str(key)]:
        del st.session_state[key]
    st.session_state[DONE] = people_view.erased_sentence(done.rewritten, done.backups)
    st.query_params[navigation.ID_KEY] = NEW
