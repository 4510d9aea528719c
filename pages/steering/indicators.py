"""Indikatoren: a list to search, small multiples, and the page of one indicator."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit as st

from metrics.domain.goals import Goal
from metrics.domain.indicators import Facet, Indicator
from metrics.domain.progress.assessment import IndicatorAssessment
from metrics.domain.progress.outcome import Course, Freshness
from metrics.locale.words import choice, course_word, freshness_word
from metrics.ui import cards, indicator_view, navigation, plan
from metrics.ui.badges import badges
from metrics.ui.indicator_page import one_indicator
from metrics.ui.indicator_view import NOT_ASSESSABLE, Wanted
from metrics.ui.judged import attainment_text, course_of, greyed, last_period, name_of, target_text
from metrics.ui.session import _, _n, language
from metrics.ui.text import literal, one_line
from metrics.ui.turning import turned

PER_PAGE, CHARTS_PER_PAGE = 20, 12


def page() -> None:
    """The list, or the indicator that the address asks for."""
    cards.stand()
    asked, judged = navigation.asked_id(), plan.indicators_judged()
    if asked in judged:
        one_indicator(judged[asked])
        return
    if asked:
        cards.nothing_here(
            _("Einen Indikator mit der Kennung {id} gibt es nicht.", id=asked), icon=":material/search_off:"
        )
    if not judged:
        cards.nothing_here(_("Der Plan hat noch keinen Indikator."))
        navigation.link("plan_editing", _("Indikator anlegen"), icon=":material/edit:")
        return
    found = indicator_view.matching(_wanted())
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.header(_n("{number} Indikator", "{number} Indikatoren", len(found)), anchor=False, width="content")
        small = st.radio(
            _("Ansicht"),
            ["list", "charts"],
            horizontal=True,
            format_func={"list": _("Liste"), "charts": _("Verläufe")}.__getitem__,
            key="indikatoren_ansicht",
            bind="query-params",
            persist_state="session",
            label_visibility="collapsed",
        )
    if not found:
        cards.nothing_here(_("Kein Indikator passt zu dieser Auswahl."), icon=":material/filter_alt_off:")
    elif small == "charts":
        _charts(found)
    else:
        for identifier in turned(found, PER_PAGE, key="indikatoren_seite"):
            _row(judged[identifier])


def _wanted() -> Wanted:
    """What is asked for, from the filters above the list."""
    goals = plan.records(Goal)
    with st.grid(3, min_column_width=150):
        words = st.text_input(
            _("Suche"),
            key="indikatoren_suche",
            bind="query-params",
            persist_state="session",
            max_chars=200,
            type="search",
            placeholder=_("Titel, Kennung oder Datenhalter"),
        )
        goal = _choice(_("Ziel"), "ziel", goals, lambda identifier: one_line(name_of(goals[identifier]), 80))
        course = _choice(_("Kurs"), "kurs", [*Course, NOT_ASSESSABLE], _course_word)
        facet = _choice(_("Facette"), "facette", Facet, lambda one: choice(Facet(one), language()))
        age = _choice(_("Alter der Daten"), "alter", Freshness, lambda one: freshness_word(Freshness(one), language()))
        owner = _choice(_("Zuständig"), "zustaendig", indicator_view.owners(), lambda one: one_line(one, 80))
    return Wanted(words or "", facet, goal, course, age, owner)


def _course_word(course: str) -> str:
    return course_word(None if course == NOT_ASSESSABLE else Course(course), language())


def _choice(label: str, key: str, options: Iterable[str], word: Callable[[str], str]) -> str:
    """A filter with "alle" first; the empty text asks for nothing."""
    return (
        st.selectbox(
            label,
            ["", *(str(option) for option in options)],
            format_func=lambda option: word(option) if option else _("alle"),
            key="indikatoren_" + key,
            persist_state="session",
        )
        or ""
    )


def _row(found: IndicatorAssessment) -> None:
    """One line of the list in few elements, because a page shows twenty of them."""
    indicator, verdict = found.indicator, found.headline
    title, value, judgement = st.container(border=True).columns([5, 3, 4], vertical_alignment="center")
    with title:
        navigation.link("indicators", one_line(name_of(indicator), 90), identifier=indicator.id)
        st.caption(literal(f"{indicator.territory} · {indicator.owner or _('ohne Zuständige')}"))
    value.markdown(f"**{greyed(found)}**  \n:small[{literal(last_period(found))}]")
    invented = found.illustrative or bool(verdict and verdict.illustrative)
    judgement.markdown(
        f"{badges(course_of(found.course), found.freshness, invented)}  \n:small[{literal(_aim(indicator, found))}]"
    )


def _aim(indicator: Indicator, found: IndicatorAssessment) -> str:
    """The target and how much of it is reached."""
    if not found.headline:
        return _("kein Zielwert")
    aim = _("Ziel: {ziel}", ziel=one_line(target_text(indicator, found.headline.target.demand), 100))
    share = getattr(found.attainment, "share", None)
    return aim if share is None else f"{aim} · " + _("erreicht: {anteil}", anteil=attainment_text(share))


def _charts(found: tuple[str, ...]) -> None:
    shown = turned(found, CHARTS_PER_PAGE, key="indikatoren_bilder")
    with cards.card():
        columns = st.radio(
            _("Spalten"), [1, 2, 3], index=2, horizontal=True, key="indikatoren_spalten", persist_state="session"
        )
        figure, table, alt = indicator_view.many_charts(tuple(shown), columns or 3)
        cards.chart(figure, alt=alt, table=table, key="indikatoren_verlaeufe", file_name="indikatoren")
