"""What happens once per rerun: page settings, language, the table of pages, and the page that was chosen."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import NamedTuple

import streamlit as st

from metrics.domain.refusals import NotAllowed, NotSignedIn, Refusal
from metrics.locale.words import refusal_sentence
from metrics.ui import configured, doorstep, drafts, gate, inviting_view, navigation, round_view, runtime
from metrics.ui.header import header
from metrics.ui.session import _, language, now, person
from metrics.usecases import signing_in
from metrics.usecases.access import Right
from pages.administration import criteria, operation, people
from pages.committee import follow_ups, presentation, sittings, workshop
from pages.steering import (
    goals,
    history,
    indicators,
    living_labs,
    measures,
    methods,
    overview,
    priorities,
    resources,
    scenarios,
)
from pages.upkeep import (
    bulk_entry,
    contacts,
    dialogue,
    exchange,
    handover,
    invitation,
    meetings,
    my_account,
    my_tasks,
    ownership,
    periods,
    plan_editing,
    rating,
    readings,
    releases,
    rounds,
    status_note,
)

START, REFUSED = "overview", "abgewiesene_seite"
PRESENTATION, WORKSHOP = "praesentation", "werkstatt"
BY_CODE = frozenset({round_view.RATING_PAGE, inviting_view.INVITATION_PAGE})
"""The addresses of the pages that a code opens, without sign-in: for raters and for those who were invited."""
FILLS_THE_SCREEN = frozenset({PRESENTATION, WORKSHOP}) | BY_CODE
"""The addresses of the pages without menu and switches: on the wall, and for those who come for one thing."""


class Entry(NamedTuple):
    """A line of the navigation table. `right`: who may see the page; None for everybody who is in."""

    name: str
    show: Callable[[], None]
    title: str
    address: str
    icon: str
    group: str
    right: Right | None


def table() -> list[Entry]:
    """Every page of the app, in the order of the menu; so few stand outside a group that 1,440 px show all of it."""
    always, steering, upkeep = "", _("Steuerung"), _("Pflege")
    around, committee, administration = _("Dialog"), _("Gremium"), _("Verwaltung")
    read, published = Right.read_plan, Right.read_published
    return [
        Entry("overview", overview.page, _("Übersicht"), "uebersicht", "dashboard", always, read),
        Entry("goals", goals.page, _("Ziele"), "ziele", "flag", always, read),
        Entry("indicators", indicators.page, _("Indikatoren"), "indikatoren", "monitoring", always, read),
        Entry("measures", measures.page, _("Maßnahmen"), "massnahmen", "task_alt", always, read),
        Entry("living_labs", living_labs.page, _("Reallabore"), "reallabore", "science", always, read),
        Entry("priorities", priorities.page, _("Priorisierung"), "priorisierung", "grid_view", steering, read),
        Entry("resources", resources.page, _("Ressourcen"), "ressourcen", "groups", steering, read),
        Entry("scenarios", scenarios.page, _("Szenarien"), "szenarien", "alt_route", steering, read),
        Entry("methods", methods.page, _("Methoden"), "methoden", "calculate", steering, read),
        Entry("my_tasks", my_tasks.page, _("Meine Aufgaben"), "aufgaben", "checklist", upkeep, Right.record_readings),
        Entry("readings", readings.page, _("Eingabe"), "eingabe", "edit_note", upkeep, Right.record_readings),
        Entry(
            "bulk_entry",
            bulk_entry.page,
            _("Sammeleingabe"),
            "sammeleingabe",
            "table_edit",
            upkeep,
            Right.record_readings,
        ),
        Entry("status_note", status_note.page, _("Sachstand"), "sachstand", "chat", upkeep, Right.edit_plan),
        Entry("releases", releases.page, _("Freigaben"), "freigaben", "verified", upkeep, Right.check_readings),
        Entry("periods", periods.page, _("Zeiträume abschließen"), "zeitraeume", "lock", upkeep, Right.close_periods),
        Entry("plan_editing", plan_editing.page, _("Plan bearbeiten"), "plan", "edit", upkeep, Right.edit_plan),
        Entry("ownership", ownership.page, _("Zuständigkeiten"), "zustaendigkeiten", "person_search", upkeep, read),
        Entry("handover", handover.page, _("Übergabe"), "uebergabe", "move_up", upkeep, Right.edit_plan),
        Entry("rounds", rounds.page, _("Bewertungsrunden"), "runden", "how_to_vote", upkeep, Right.moderate_rounds),
        Entry("rating", rating.page, _("Bewerten"), round_view.RATING_PAGE, "star_rate", upkeep, None),
        Entry("history", history.page, _("Verlauf"), "verlauf", "history", upkeep, read),
        Entry("dialogue", dialogue.page, _("Dialog"), "dialog", "forum", around, Right.comment),
        Entry("meetings", meetings.page, _("Termine"), "termine", "event", around, read),
        Entry(
            "contacts", contacts.page, _("Kontaktpersonen"), "kontaktpersonen", "contacts", around, Right.keep_contacts
        ),
        Entry("invitation", invitation.page, _("Einladung"), inviting_view.INVITATION_PAGE, "mail", around, None),
        Entry("sittings", sittings.page, _("Sitzungen und Vorlagen"), "sitzungen", "description", committee, published),
        Entry("follow_ups", follow_ups.page, _("Beschlusskontrolle"), "beschluesse", "gavel", committee, read),
        Entry("presentation", presentation.page, _("Präsentation"), PRESENTATION, "slideshow", committee, published),
        Entry("workshop", workshop.page, _("Werkstatt"), WORKSHOP, "present_to_all", committee, read),
        Entry("my_account", my_account.page, _("Mein Konto"), "konto", "account_circle", administration, None),
        Entry("people", people.page, _("Zugänge"), "zugaenge", "badge", administration, Right.manage_people),
        Entry("criteria", criteria.page, _("Kriterien"), "kriterien", "tune", administration, Right.moderate_rounds),
        Entry("exchange", exchange.page, _("Daten"), "daten", "database", administration, Right.exchange_plan),
        Entry("operation", operation.page, _("Betrieb"), "betrieb", "dns", administration, Right.operate),
    ]


def main() -> None:
    """Show the page that the address asks for, to those who may see it."""
    # Before the pages are known: else the tab takes a page's icon, and the browser asks a foreign host for it.
    st.set_page_config(page_title="Zukunftsplan", page_icon="pages/static/favicon.png", layout="wide")
    fault = configured.fault()
    if fault is not None:
        _alone(table(), lambda: doorstep.closed(fault))
        return
    try:
        standing = None if configured.local() else gate.look()
        runtime.store()
    except Refusal as refusal:
        told = refusal
        _alone(table(), lambda: _not_open(told))
        return
    if isinstance(standing, gate.Outside):
        why = standing.why
        _alone(table(), lambda: doorstep.sign_in(why))
        return
    if standing is not None:
        gate.touch(standing)
    _inside(table())


def _inside(entries: list[Entry]) -> None:
    """The pages of the role; whatever else is asked for by its address is refused there."""
    drafts.keep()  # before anything is shown: whoever leaves the page stops the run at the next thing that is
    by = person()
    groups: dict[str, list[st.Page]] = {}
    allowed = [entry for entry in entries if entry.right is None or by.may(entry.right)]
    for entry in entries:
        page = _page(entry, entry.show if entry in allowed else partial(_refused, entry), entry in allowed)
        navigation.register(entry.name, page)
        groups.setdefault(entry.group, []).append(page)
    navigation.open_for_this_run(entry.name for entry in allowed)
    chosen = st.navigation(groups, position="top")
    entry = next(one for one in entries if _address(one) == chosen.url_path)
    _lead_to_an_open_page(entry, allowed)
    st.session_state[gate.PAGE_RIGHT] = entry.right
    st.set_page_config(page_title=f"{chosen.title} – Zukunftsplan")
    navigation.keep_address()
    if chosen.url_path in FILLS_THE_SCREEN and entry in allowed:
        st.navigation(groups, position="hidden")
    else:
        header(chosen.title)
    _run(chosen)
    drafts.keep()


def _run(chosen: st.Page) -> None:
    """The page; what its role does not allow is a sentence."""
    try:
        chosen.run()
    except (NotAllowed, NotSignedIn) as refusal:
        st.error(refusal_sentence(refusal, language()), icon=":material/lock:")


def _alone(entries: list[Entry], show: Callable[[], None]) -> None:
    """The same under every address, without menu and without anything of the plan; only raters come in by their code.

    The addresses are known all the same: else the framework would say that there is no such page.
    """
    pages = [_page(entry, partial(_at_the_door, entry, show), True, _("Anmeldung")) for entry in entries]
    for entry, page in zip(entries, pages, strict=True):
        navigation.register(entry.name, page)
    navigation.open_for_this_run(())
    chosen = st.navigation(pages, position="hidden")
    st.set_page_config(page_title="Zukunftsplan")
    chosen.run()


def _at_the_door(entry: Entry, show: Callable[[], None]) -> None:
    if entry.address in BY_CODE and configured.fault() is None:
        with suppress(Refusal):
            runtime.store()
            entry.show()
            return
    show()


def _page(entry: Entry, show: Callable[[], None], in_menu: bool, title: str | None = None) -> st.Page:
    return st.Page(
        show,
        title=title or entry.title,
        url_path=entry.address,
        icon=f":material/{entry.icon}:",
        default=entry.name == START,
        visibility="visible" if in_menu else "hidden",
    )


def _address(entry: Entry) -> str:
    """As the framework knows it: the start page has none."""
    return "" if entry.name == START else entry.address


def _lead_to_an_open_page(entry: Entry, allowed: list[Entry]) -> None:
    """Whoever may not see the start page begins with the first page that their role opens."""
    if entry.name == START and entry not in allowed:
        first = next((one for one in allowed if one.right is not None), None)
        if first is not None:
            navigation.go(first.name)


def _refused(entry: Entry) -> None:
    """The page is there, but not for this role. Noted once per visit, not at every rerun."""
    st.warning(_("Diese Seite ist Ihrer Rolle nicht zugänglich."), icon=":material/lock:")
    st.markdown(_("Die Verwaltung des Zukunftsplans kann Ihnen eine andere Rolle geben."))
    if st.session_state.get(REFUSED) != entry.address:
        st.session_state[REFUSED] = entry.address
        signing_in.note_refused_page(runtime.store(), person().name, entry.address, now())


def _not_open(refusal: Refusal) -> None:
    st.title(_("Der Plan lässt sich nicht öffnen"), anchor=False)
    st.error(refusal_sentence(refusal, language()), icon=":material/error:")
    st.button(_("Erneut versuchen"), icon=":material/refresh:")


if __name__ == "__main__":  # the framework runs this file under that name; tests read the table without running it
    main()
