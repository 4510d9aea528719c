"""Kontaktpersonen: whom to reach at an organisation, what for, and until when that is kept."""

from __future__ import annotations

from typing import Any

import streamlit as st

from metrics.domain.context import Organisation
from metrics.domain.people import CONTACT_YEARS, MOST_CONTACT_YEARS, Contact, years_ahead
from metrics.locale.formats import day
from metrics.ui import card_form, cards, navigation, people_view, plan, value_table
from metrics.ui.card_form import CardForm
from metrics.ui.card_page import NEW, CardPage
from metrics.ui.record_titles import title_of
from metrics.ui.runtime import store
from metrics.ui.session import _, language, person, today
from metrics.usecases.access import Right, require
from metrics.usecases.people import add_contact, change_contact, new_contact_id

PAGE = CardPage("kontakt")
FIELDS = ("name", "organisation_id", "position", "purpose", "email", "phone", "delete_on", "note")


def page() -> None:
    """`?id=KP-…` opens a contact person; without an id a new one."""
    require(person(), Right.keep_contacts)
    cards.stand()
    contacts = {one.id: one for one in store().register.all(Contact)}
    _list(list(contacts.values()))
    if not plan.records(Organisation):
        cards.nothing_here(_("Zuerst braucht der Plan eine Organisation; dort gehört eine Kontaktperson dazu."))
        navigation.link("plan_editing", _("Organisation anlegen"), identifier="organisation", icon=":material/add:")
        return
    names = {one.id: f"{one.name}, {title_of(Organisation.kind, one.organisation_id)}" for one in contacts.values()}
    identifier = PAGE.choose(_("Welche Kontaktperson bearbeiten?"), _("Neue Kontaktperson"), names)
    PAGE.say_done()
    contact = contacts.get(identifier)
    if identifier and contact is None:
        cards.nothing_here(_("Diese Kontaktperson gibt es nicht oder nicht mehr: {kennung}", kennung=identifier))
        return
    _form(contact)
    if contact:
        PAGE.offer_erasure(_("Kontaktperson löschen"), contact)


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
    PAGE.forget()
    if contact is None:
        new = Contact.model_validate(values | {"id": new_contact_id()})
        return _("Angelegt: {name}", name=add_contact(store(), new, by=person(), today=today()).name)
    changed = change_contact(store(), contact.id, version, values, by=person(), today=today())
    return _("Gespeichert: {name}", name=changed.name)
