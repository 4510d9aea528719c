"""Measures: found in a list, on a board by state or on a timeline; one measure with all that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from metrics.domain.goals import Goal
from metrics.domain.measures import Measure, MeasureState, Responsibility
from metrics.locale.words import choice
from metrics.ui import cards, measure_sheet, measure_view, navigation, note_view, plan
from metrics.ui.measure_view import MeasureFilter
from metrics.ui.record_titles import titles
from metrics.ui.session import _, _n, language
from metrics.ui.text import literal

ROWS, CARDS, BARS = 20, 5, 40
"""Rows of a page of the list, cards of a column of the board, bars of a page of the timeline."""
VIEW_KEY, TEXT_KEY, STATE_KEY = "massnahmen_ansicht", "massnahmen_suche", "massnahmen_stand"
GOAL_KEY, RESPONSIBILITY_KEY, OWNER_KEY = "massnahmen_ziel", "massnahmen_bereich", "massnahmen_zustaendig"


def page() -> None:
    """The measures of the plan, or the one that the address asks for."""
    cards.stand()
    asked = navigation.asked_id()
    measures = plan.records(Measure)
    if asked and asked in measures:
        measure_sheet.show(measures[asked])
        return
    if asked:
        cards.nothing_here(_("Eine Maßnahme mit der Kennung „{kennung}“ gibt es nicht (mehr).", kennung=asked))
    if not measures:
        cards.nothing_here(
            _("Der Plan hat noch keine Maßnahme. Legen Sie die erste an oder spielen Sie einen Plan ein.")
        )
        navigation.link("plan_editing", _("Plan bearbeiten"), icon=":material/edit:")
        return
    view = _choose_view()
    wanted = _ask()
    found = measure_view.found_measures(wanted)
    st.markdown(_how_many(len(found), len(measures), wanted))
    if not found:
        cards.nothing_here(_("Keine Maßnahme passt zu dieser Suche."), icon=":material/search_off:")
    elif view == "board":
        _board(found)
    elif view == "zeit":
        _timeline(found)
    else:
        _list(found)


def _choose_view() -> str:
    names = {"liste": _("Liste"), "board": _("Board"), "zeit": _("Zeitstrahl")}
    chosen = st.radio(
        _("Ansicht"),
        list(names),
        horizontal=True,
        format_func=names.__getitem__,
        key=VIEW_KEY,
        bind="query-params",
        persist_state="session",
        label_visibility="collapsed",
    )
    return chosen or "liste"


def _ask() -> MeasureFilter:
    goals = titles(Goal.kind)
    with st.grid(5, min_column_width=190):
        text = st.text_input(
            _("Suche"), key=TEXT_KEY, icon=":material/search:", placeholder=_("Titel, Kennung, Partner")
        )
        states = st.multiselect(_("Stand"), list(MeasureState), format_func=_word, key=STATE_KEY, placeholder=_("alle"))
        goal = st.selectbox(_("Ziel"), list(goals), None, goals.__getitem__, key=GOAL_KEY, placeholder=_("alle"))
        responsibilities = st.multiselect(
            _("Verantwortungsbereich"),
            list(Responsibility),
            format_func=_word,
            key=RESPONSIBILITY_KEY,
            placeholder=_("alle"),
        )
        owner = st.selectbox(
            _("Zuständig"), measure_view.owners(), None, _owner_word, key=OWNER_KEY, placeholder=_("alle")
        )
    return MeasureFilter(text or "", tuple(states), goal, tuple(responsibilities), owner)


def _word(member: MeasureState | Responsibility) -> str:
    return choice(member, language())


def _owner_word(owner: str) -> str:
    return _("ohne Zuständige") if owner == measure_view.NOBODY else owner


def _how_many(found: int, of_all: int, wanted: MeasureFilter) -> str:
    if not wanted.asks:
        return _n("**{number} Maßnahme**", "**{number} Maßnahmen**", found)
    return _n(
        "**{number} Maßnahme** von {anzahl}, gefiltert",
        "**{number} Maßnahmen** von {anzahl}, gefiltert",
        found,
        anzahl=of_all,
    )


def _list(found: Sequence[Measure]) -> None:
    for measure in _page_of(found, ROWS, "massnahmen_liste"):
        with st.container(border=True, gap="xsmall"):
            with st.container(horizontal=True, vertical_alignment="center"):
                measure_sheet.titled_link(measure)
                measure_sheet.state_badge(measure.state)
                note = note_view.last_note(measure)
                if note and measure.state is MeasureState.running:
                    note_view.standing_badge(note.standing)
                cards.example_badge(measure.illustrative)
            st.caption(literal(measure_view.facts_line(measure)))


def _board(found: Sequence[Measure]) -> None:
    columns = measure_view.by_state(found)
    with st.grid(min(len(columns), 5), min_column_width=230):
        for state, measures in columns.items():
            with cards.card(f"{_word(state)} ({len(measures)})", key=f"massnahmen_board_{state.value}"):
                for measure in measures[:CARDS]:
                    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                        measure_sheet.titled_link(measure)
                        cards.example_badge(measure.illustrative)
                if len(measures) > CARDS:
                    more = _n("{number} weitere …", "{number} weitere …", len(measures) - CARDS)
                    st.button(more, key=f"massnahmen_mehr_{state.value}", on_click=_list_state, args=(state.value,))
    empty = [_word(state) for state in MeasureState if state not in columns]
    if empty:
        st.caption(_("Ohne Maßnahme: {staende}", staende=literal(", ".join(empty))))


def _list_state(state: str) -> None:
    st.session_state[STATE_KEY], st.session_state[VIEW_KEY] = [MeasureState(state)], "liste"


def _timeline(found: Sequence[Measure]) -> None:
    known, unknown = measure_view.dated(found)
    finding = _("{bekannt} von {alle} Maßnahmen haben einen Termin", bekannt=len(known), alle=len(found))
    with cards.card(finding):
        shown = _page_of(known, BARS, "massnahmen_zeit")
        if shown:
            figure, table = measure_view.timeline_chart(tuple(measure.id for measure in shown))
            cards.chart(
                figure, alt=finding, table=table, key="massnahmen_zeitstrahl", file_name="massnahmen-zeitstrahl"
            )
            st.caption(_("Schraffiert ist, was die Quelle nicht genauer sagt. Ein fehlender Tag wird nicht erfunden."))
    if unknown:
        heading = _n("{number} Maßnahme ohne Termin", "{number} Maßnahmen ohne Termin", len(unknown))
        with cards.card(heading), st.grid(3, min_column_width=260):
            for measure in _page_of(unknown, 2 * ROWS, "massnahmen_undatiert"):
                with st.container(horizontal=True, vertical_alignment="center"):
                    measure_sheet.titled_link(measure)


def _page_of(found: Sequence[Measure], size: int, key: str) -> Sequence[Measure]:
    """The part of a long list that is shown, with the buttons to turn pages."""
    pages = -(-len(found) // size)
    if pages <= 1:
        return found
    # The number of pages is part of the key: another search starts at its own first page.
    chosen = st.pagination(pages, key=f"{key}_{pages}")
    return found[(chosen - 1) * size : chosen * size]
