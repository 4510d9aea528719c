"""Dialog: contributions that are owed an answer, what became of them, and who is invited to say something."""

from __future__ import annotations

import streamlit as st

from metrics.domain.base import Record
from metrics.domain.dialogue import open_first
from metrics.domain.goals import Goal
from metrics.domain.measures import Measure
from metrics.domain.upkeep import Contribution, ContributionOrigin
from metrics.ui import cards, contribution_form, contribution_sheet, dialogue_view, inviting_view, navigation, plan
from metrics.ui.dialogue_view import DialogueFilter
from metrics.ui.runtime import store
from metrics.ui.session import _, _n, person, today
from metrics.ui.turning import turned
from metrics.usecases.access import Person, Right
from metrics.usecases.contributing import contributions_to_see
from metrics.usecases.inviting import invited_to

PER_PAGE = 12
KNOWN: dict[str, type[Record]] = {"measure": Measure, "goal": Goal}


def page() -> None:
    """All contributions, `?id=` one of them, or a new one: `?id=measure:M-15` about a measure, `?id=neu` about any."""
    by = person()
    if not by.may(Right.read_plan):
        _from_outside(by)
        return
    cards.stand()
    asked = navigation.asked_id() or ""
    kind, colon, identifier = asked.partition(":")
    entry = plan.entries(Contribution).get(asked)
    if entry:
        contribution_sheet.show(entry, by)
    elif asked == "neu" or (colon and kind in KNOWN and identifier in plan.records(KNOWN[kind])):
        navigation.link("dialogue", _("Alle Beiträge"), icon=":material/arrow_back:")
        with cards.card(_("Neuer Beitrag")):
            contribution_form.for_readers(kind if colon else "", identifier, by)
    else:
        if asked:
            cards.nothing_here(_("Diesen Eintrag gibt es nicht oder nicht mehr: {kennung}", kennung=asked))
        _all(by)


def _all(by: Person) -> None:
    contribution_sheet.notice()
    navigation.link("dialogue", _("Beitrag schreiben"), identifier="neu", icon=":material/add_comment:")
    if by.may(Right.invite):
        inviting_view.draw()
    _list(by)
    dialogue_view.balance()


def _list(by: Person) -> None:
    known = contributions_to_see(store(), by=by)
    if not known:
        cards.nothing_here(_("Noch hat niemand einen Beitrag geschrieben."))
        return
    wanted = _ask()
    found = [one for one in open_first(known, today()) if wanted.fits(one)]
    with cards.card(_n("{number} Beitrag", "{number} Beiträge", len(found))):
        if not found:
            st.caption(_("Kein Beitrag passt zu dieser Auswahl."))
        for one in turned(found, PER_PAGE, key="beitraege"):
            dialogue_view.line(one)


def _ask() -> DialogueFilter:
    states = {"": _("alle"), "offen": _("ohne Antwort"), "beantwortet": _("beantwortet")}
    with st.grid(4, min_column_width=190):
        text = st.text_input(
            _("Suche"), key="dialog_suche", icon=":material/search:", placeholder=_("Wort aus dem Beitrag")
        )
        state = st.selectbox(_("Stand"), list(states), format_func=states.__getitem__, key="dialog_stand")
        origins = st.multiselect(
            _("Woher"),
            list(ContributionOrigin),
            format_func=dialogue_view.origin_word,
            key="dialog_woher",
            placeholder=_("alle"),
        )
        owner = st.selectbox(
            _("Zuständig"), dialogue_view.owners(), None, key="dialog_zustaendig", placeholder=_("alle")
        )
    answered = {"": None, "offen": False, "beantwortet": True}[state or ""]
    return DialogueFilter(text or "", answered, tuple(origins), owner)


def _from_outside(by: Person) -> None:
    """Somebody who may only comment: what they were invited to, by title alone, and what they wrote themselves."""
    invited = invited_to(store(), by, today())
    offered = dialogue_view.titled(tuple(sorted(invited.measure_ids)), tuple(sorted(invited.goal_ids)))
    contribution_sheet.notice()
    with cards.card(_("Ihre Meinung")):
        if offered:
            contribution_form.for_guests("konto", offered, by)
        else:
            st.caption(_("Sie sind gerade zu nichts eingeladen. Das Amt kann Sie zu Maßnahmen und Zielen einladen."))
    contribution_sheet.own(by)
