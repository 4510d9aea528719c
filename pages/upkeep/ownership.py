"""Responsibilities: what nobody sees to, what sleeps, which measures cannot be followed. Records, never persons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TypeVar

import streamlit as st

from metrics.domain.ownership import OWNED_TYPES, Leaving
from metrics.locale.formats import day
from metrics.locale.words import choice, kind_name
from metrics.ui import cards, measure_sheet, navigation, owned_row, ownership_view, quality_card
from metrics.ui.ownership_view import Wanted
from metrics.ui.session import _, _n, language, person
from metrics.ui.text import literal
from metrics.ui.views import chosen_view
from metrics.usecases.access import Right
from metrics.usecases.overseeing import Followed, Orphan, Oversight, Sleeper

RowT = TypeVar("RowT", Orphan, Sleeper)
AnyT = TypeVar("AnyT")

ROWS = 15
VIEW_KEY, KIND_KEY, TEXT_KEY = "zustaendig_ansicht", "zustaendig_art", "zustaendig_suche"


def page() -> None:
    """What nobody sees to today, the worst first."""
    cards.stand()
    found = ownership_view.oversight()
    if not any(found.active.values()):
        cards.nothing_here(
            _("Noch ist nichts im Plan aktiv: kein Ziel, keine Maßnahme, kein Indikator, kein Reallabor.")
        )
        navigation.link("plan_editing", _("Plan bearbeiten"), icon=":material/edit:")
        return
    _tiles(found)
    _leaving(found.leaving)
    view = _choose_view(found)
    if view == "qualitaet":
        asked = _wanted(with_kind=False)
        _followed([one for one in found.followed if asked.fits(one.measure)])
        return
    wanted = _wanted(with_kind=True)
    if view == "schlaf":
        _grouped(found, [one for one in found.sleepers if wanted.fits(one.record)], _sleeper, _nobody_sleeps())
    else:
        _grouped(found, [one for one in found.orphans if wanted.fits(one.record)], _orphan, _all_cared_for())


def _tiles(found: Oversight) -> None:
    with st.grid(4, min_column_width=220):
        for sentence in ownership_view.tiles(found):
            with cards.card(stretch=True):
                st.markdown(sentence)


def _leaving(going: Sequence[Leaving]) -> None:
    if not going:
        return
    title = _n(
        "{number} Funktion hat bald niemand mehr inne",
        "{number} Funktionen hat bald niemand mehr inne",
        len(going),
    )
    with cards.card(title):
        for one in going:
            told = {"funktion": one.function, "tag": day(one.left_on, language())}
            words = _n(
                "{funktion}: ab {tag} ohne Nachfolge, {number} laufender Eintrag",
                "{funktion}: ab {tag} ohne Nachfolge, {number} laufende Einträge",
                one.records,
                **told,
            )
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(literal(words), width="content")
                if person().may(Right.edit_plan):
                    asked = one.account_id if person().may(Right.manage_people) else one.function
                    label = _("Übergeben: {funktion}", funktion=one.function)
                    navigation.link("handover", label, identifier=asked, icon=":material/move_up:")


def _choose_view(found: Oversight) -> str:
    names = {
        "waisen": _("Ohne Zuständige oder Vertretung ({zahl})", zahl=len(found.orphans)),
        "schlaf": _("Ohne Bewegung ({zahl})", zahl=len(found.sleepers)),
        "qualitaet": _("Wie gut Maßnahmen verfolgt werden ({zahl})", zahl=len(found.followed)),
    }
    return chosen_view(names, VIEW_KEY)


def _wanted(*, with_kind: bool) -> Wanted:
    kinds = {kind.kind: kind_name(kind.kind, language(), plural=True) for kind in OWNED_TYPES}
    with st.container(horizontal=True):
        text = st.text_input(
            _("Suche"), key=TEXT_KEY, icon=":material/search:", placeholder=_("Titel, Kennung, Funktion"), width=320
        )
        kind = None
        if with_kind:
            kind = st.selectbox(
                _("Art"), list(kinds), None, kinds.__getitem__, key=KIND_KEY, placeholder=_("alle"), width=220
            )
    return Wanted(kind, text or "")


def _grouped(found: Oversight, rows: Sequence[RowT], show: Callable[[RowT], None], well: str) -> None:
    """Rows by kind, the worst of each kind first."""
    if not rows:
        cards.nothing_here(well, icon=":material/task_alt:")
        return
    st.caption(literal(" · ".join(ownership_view.by_kind(found, [one.record for one in rows]))))
    order = ownership_view.KIND_ORDER
    ordered = sorted(rows, key=lambda one: order.index(one.record.kind))
    shown = _page_of(ordered, f"zustaendig_{show.__name__}")
    for kind, group in groupby(shown, key=lambda one: one.record.kind):
        with cards.card(kind_name(kind, language(), plural=True)):
            for one in group:
                show(one)


def _orphan(one: Orphan) -> None:
    with owned_row.row(one.record):
        for reason in one.reasons:
            st.badge(choice(reason, language()), icon=":material/person_off:", color="orange")


def _sleeper(one: Sleeper) -> None:
    with owned_row.row(one.record):
        st.badge(literal(ownership_view.sleeper_line(one)), icon=":material/bedtime:", color="orange")


def _followed(rows: Sequence[Followed]) -> None:
    if not rows:
        cards.nothing_here(_("Keine aktive Maßnahme passt dazu."), icon=":material/search_off:")
        return
    st.caption(
        _("Punkte je Maßnahme, die wenigsten zuerst. Sie sagen, was zum Verfolgen fehlt, nicht wie jemand arbeitet.")
    )
    for one in _page_of(rows, "zustaendig_qualitaet"):
        with st.container(border=True, gap="xsmall"):
            with st.container(horizontal=True, vertical_alignment="center"):
                measure_sheet.titled_link(one.measure)
                cards.example_badge(one.measure.illustrative)
                st.badge(ownership_view.quality_words(one), icon=":material/checklist:", color="gray")
            quality_card.missing_line(one)
    with st.expander(_("Alle Maßnahmen als Tabelle"), key="zustaendig_tabelle", on_change="rerun") as fold:
        if fold.open:
            alt = _("Punkte je aktiver Maßnahme")
            rows_told = ownership_view.quality_rows(rows)
            cards.values(rows_told, alt=alt, key="zustaendig_werte", file_name="monitoring-qualitaet")


def _page_of(found: Sequence[AnyT], key: str) -> Sequence[AnyT]:
    pages = -(-len(found) // ROWS)
    if pages <= 1:
        return found
    chosen = st.pagination(pages, key=f"{key}_{pages}")
    return found[(chosen - 1) * ROWS : chosen * ROWS]


def _all_cared_for() -> str:
    return _("Hier fehlt niemand: Jeder passende Eintrag hat eine zuständige Funktion und eine Vertretung.")


def _nobody_sleeps() -> str:
    return _("Hier schläft nichts: In jedem passenden Eintrag hat sich innerhalb von zwei Turnussen etwas bewegt.")
