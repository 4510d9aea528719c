"""What happens once per rerun: page settings, language, the table of pages, and the page that was chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from metrics.domain.refusals import Refusal
from metrics.locale.words import refusal_sentence
from metrics.ui import drafts, navigation, round_view, runtime
from metrics.ui.header import header
from metrics.ui.session import _, language
from pages.administration import criteria
from pages.committee import presentation, workshop
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
from pages.upkeep import bulk_entry, exchange, plan_editing, rating, readings, rounds

PRESENTATION, WORKSHOP = "praesentation", "werkstatt"
FILLS_THE_SCREEN = frozenset({PRESENTATION, WORKSHOP, round_view.RATING_PAGE})
"""The addresses of the pages without menu and switches: on the wall, and for raters who come for one thing."""


class Entry(NamedTuple):
    """A line of the navigation table."""

    name: str
    show: Callable[[], None]
    title: str
    address: str
    icon: str
    group: str


def table() -> list[Entry]:
    """Every page of the app, in the order of the menu."""
    steering, upkeep, committee = "", _("Pflege"), _("Gremium")
    return [
        Entry("overview", overview.page, _("Übersicht"), "uebersicht", "dashboard", steering),
        Entry("goals", goals.page, _("Ziele"), "ziele", "flag", steering),
        Entry("indicators", indicators.page, _("Indikatoren"), "indikatoren", "monitoring", steering),
        Entry("measures", measures.page, _("Maßnahmen"), "massnahmen", "task_alt", steering),
        Entry("priorities", priorities.page, _("Priorisierung"), "priorisierung", "grid_view", steering),
        Entry("resources", resources.page, _("Ressourcen"), "ressourcen", "groups", steering),
        Entry("scenarios", scenarios.page, _("Szenarien"), "szenarien", "alt_route", steering),
        Entry("living_labs", living_labs.page, _("Reallabore"), "reallabore", "science", steering),
        Entry("methods", methods.page, _("Methoden"), "methoden", "calculate", steering),
        Entry("readings", readings.page, _("Eingabe"), "eingabe", "edit_note", upkeep),
        Entry("bulk_entry", bulk_entry.page, _("Sammeleingabe"), "sammeleingabe", "table_edit", upkeep),
        Entry("plan_editing", plan_editing.page, _("Plan bearbeiten"), "plan", "edit", upkeep),
        Entry("criteria", criteria.page, _("Kriterien"), "kriterien", "tune", upkeep),
        Entry("rounds", rounds.page, _("Bewertungsrunden"), "runden", "how_to_vote", upkeep),
        Entry("rating", rating.page, _("Bewerten"), round_view.RATING_PAGE, "star_rate", upkeep),
        Entry("history", history.page, _("Verlauf"), "verlauf", "history", upkeep),
        Entry("exchange", exchange.page, _("Daten"), "daten", "database", upkeep),
        Entry("presentation", presentation.page, _("Präsentation"), PRESENTATION, "slideshow", committee),
        Entry("workshop", workshop.page, _("Werkstatt"), WORKSHOP, "present_to_all", committee),
    ]


def main() -> None:
    """Show the page that the address asks for."""
    drafts.keep()  # before anything is shown: whoever leaves the page stops the run at the next thing that is
    # Before the pages are known: else the tab takes a page's icon, and the browser asks a foreign host for it.
    st.set_page_config(page_title="Zukunftsplan", page_icon="pages/static/favicon.png", layout="wide")
    groups: dict[str, list[st.Page]] = {}
    for entry in table():
        page = st.Page(
            entry.show,
            title=entry.title,
            url_path=entry.address,
            icon=f":material/{entry.icon}:",
            default=entry.name == "overview",
        )
        navigation.register(entry.name, page)
        groups.setdefault(entry.group, []).append(page)
    chosen = st.navigation(groups, position="top")
    st.set_page_config(page_title=f"{chosen.title} – Zukunftsplan")
    navigation.keep_address()
    try:
        runtime.store()
    except Refusal as refusal:
        st.title(_("Der Plan lässt sich nicht öffnen"), anchor=False)
        st.error(refusal_sentence(refusal, language()), icon=":material/error:")
        st.button(_("Erneut versuchen"), icon=":material/refresh:")
        return
    if chosen.url_path in FILLS_THE_SCREEN:
        st.navigation(groups, position="hidden")
    else:
        header(chosen.title)
    chosen.run()
    drafts.keep()


if __name__ == "__main__":  # the framework runs this file under that name; tests read the table without running it
    main()
