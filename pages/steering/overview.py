"""Übersicht: in five seconds what moved, what is off course, what waits, what is decided next; then the goals."""

from __future__ import annotations

import streamlit as st

from metrics.domain.base import partial_date_bounds
from metrics.domain.goals import Goal
from metrics.locale.formats import MISSING, day, moment, number, partial_date
from metrics.locale.words import freshness_word, target_course_reason
from metrics.ui import cards, goal_total, goal_view, navigation, overview_view, plan, task_view
from metrics.ui.judged import last_text, name_of
from metrics.ui.session import _, _n, language, today, with_examples
from metrics.ui.text import literal, one_line

SHOWN = 5
"""Lines of each list; the rest is one link away."""


def page() -> None:
    """The overview."""
    cards.stand()
    if not plan.records(Goal) and not plan.indicators_judged():
        cards.nothing_here(_("Der Plan ist noch leer. Legen Sie Ziele an oder spielen Sie einen Plan ein."))
        navigation.link("plan_editing", _("Ziele anlegen"), icon=":material/edit:")
        navigation.link("exchange", _("Plan einspielen"), icon=":material/upload:")
        return
    _own_tasks()
    seen = overview_view.look()
    _numbers(seen)
    with st.grid(2, min_column_width=340, gap="medium"):
        _moved(seen)
        _behind()
        _waiting()
        _ahead()
    st.header(_("Strategische Ziele am {tag}", tag=day(today(), language())), anchor=False)
    with st.grid(3, min_column_width=300, gap="medium"):
        for goal in overview_view.strategic_goals():
            _goal(goal)


def _own_tasks() -> None:
    """One link with the number; the list has a page of its own."""
    waiting = len(task_view.own())
    if waiting:
        words = _n("{number} Aufgabe wartet auf Sie", "{number} Aufgaben warten auf Sie", waiting)
        navigation.link("my_tasks", words, icon=":material/checklist:")


def _numbers(seen: int) -> None:
    judged, off = overview_view.judged_and_behind(with_examples())
    waiting, indicators = len(overview_view.waiting()), len(plan.indicators_judged())
    decisions = overview_view.decisions()
    moved = len(overview_view.written_since(seen)) if seen else 0
    many = number(moved, language()) + ("+" if moved == overview_view.MOST_MOVED else "")
    of_today = day(today(), language())
    with st.grid(5, min_column_width=150):
        if seen:
            _number(_("Geändert"), many, _("Einträge seit Ihrem letzten Blick"), "update")
        else:
            _number(_("Geändert"), MISSING, _("Das ist Ihr erster Blick."), "update")
        if judged:
            of_all = _of(off, judged)
            _number(_("Hinter Kurs"), of_all, _("Indikatoren mit Kurs, {tag}", tag=of_today), "thunderstorm")
        else:
            _number(_("Hinter Kurs"), MISSING, _("noch kein Kurs, der zählt"), "thunderstorm")
        of_all = _of(waiting, indicators)
        _number(_("Überfällig"), of_all, _("Indikatoren, {tag}", tag=of_today), "schedule")
        first_due = partial_date(decisions[0].decision_due, language()) if decisions else MISSING
        below = _("Maßnahmen, zuerst {tag}", tag=first_due) if decisions else _("keine Maßnahme wartet")
        _number(_("Zu entscheiden"), number(len(decisions), language()), below, "gavel")
        _load()


def _of(part: int, whole: int) -> str:
    return _("{zahl} von {alle}", zahl=number(part, language()), alle=number(whole, language()))


def _load() -> None:
    found = overview_view.worst_load(with_examples())
    if found is None:
        _number(_("Auslastung"), MISSING, _("kein Bedarf geplant"), "groups")
    else:
        told = f"{found.below} · {_('Beispielwert')}" if found.illustrative else found.below
        _number(_("Auslastung"), found.share, told, "groups")


def _number(label: str, value: str, below: str, icon: str) -> None:
    with st.container(border=True, gap="xxsmall", height="stretch"):
        st.metric(label, value, icon=f":material/{icon}:")
        st.caption(literal(below))


def _moved(seen: int) -> None:
    moved = overview_view.written_since(seen) if seen else []
    with cards.card(_("Seit Ihrem letzten Blick"), stretch=True):
        if not seen:
            st.caption(_("Das ist Ihr erster Blick auf diesen Plan. Die neuesten Änderungen:"))
        elif not moved:
            st.caption(_("Seit Ihrem letzten Blick hat sich nichts geändert. Davor zuletzt:"))
        for step in overview_view.steps(moved or overview_view.written_last(), SHOWN):
            with st.container(gap="xxsmall"):
                title = one_line(step.titles, 80)
                if step.kind and step.id:
                    navigation.link_to(step.kind, step.id, title)
                else:
                    st.markdown(literal(title))
                st.caption(literal(f"{step.words} · {moment(step.at, language())} · {step.by}"))
        navigation.link("history", _("Zum Verlauf"), icon=":material/history:")


def _behind() -> None:
    behind = overview_view.behind(with_examples())
    left_out, long_ago = len(overview_view.behind(True)) - len(behind), overview_view.behind_long_ago()
    with cards.card(_("Hinter Kurs"), stretch=True):
        if not behind:
            st.caption(_("Kein Indikator mit Zielwert ist hinter Kurs."))
        if left_out:
            st.caption(_("Nur nach Beispielwerten: {zahl}; der Schalter oben rechnet sie ein.", zahl=left_out))
        if long_ago:
            st.caption(_("Nach zu alten Werten, die nicht mehr zählen: {zahl}", zahl=long_ago))
        for found, verdict in behind[:SHOWN]:
            with st.container(gap="xxsmall"):
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    navigation.link("indicators", one_line(name_of(found.indicator), 60), identifier=found.indicator.id)
                    cards.example_badge(verdict.illustrative)
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    cards.course_badge(getattr(verdict.course, "course", None))
                    st.caption(literal(last_text(found)), width="content")
                st.caption(literal(_without_symbol(target_course_reason(found.indicator, verdict, language()))))
        if len(behind) > SHOWN:
            more = _n("{number} weiterer Indikator", "{number} weitere Indikatoren", len(behind) - SHOWN)
            navigation.link("indicators", more, icon=":material/monitoring:")


def _without_symbol(sentence: str) -> str:
    """The reason without the symbol's word at its start, which stands in the badge above it."""
    return sentence.partition(": ")[2] or sentence


def _waiting() -> None:
    waiting, nobody = overview_view.waiting(), overview_view.ownerless()
    with cards.card(_("Veraltet oder ohne Zuständige"), stretch=True):
        st.caption(
            _n("{number} Indikator wartet auf einen Wert.", "{number} Indikatoren warten auf einen Wert.", len(waiting))
        )
        for found in waiting[:SHOWN]:
            with st.container(gap="xxsmall"):
                navigation.link("indicators", one_line(name_of(found.indicator), 60), identifier=found.indicator.id)
                due = _("fällig seit {tag}", tag=day(found.due, language())) if found.due else ""
                words = (freshness_word(found.freshness, language()), due, last_text(found))
                st.caption(literal(" · ".join(word for word in words if word)))
        navigation.link("readings", _("Fällige Istwerte eingeben"), icon=":material/edit_note:")
        with st.container(horizontal=True, gap="medium"):
            st.caption(_("Ohne Zuständige:"), width="content")
            for kind, name in (("goal", _("Ziele")), ("measure", _("Maßnahmen")), ("indicator", _("Indikatoren"))):
                navigation.link(navigation.PAGE_OF_KIND[kind], f"{number(nobody[kind], language())} {name}")
        navigation.link("ownership", _("Zu den Zuständigkeiten"), icon=":material/person_search:")


def _ahead() -> None:
    decisions, load = overview_view.decisions(), overview_view.worst_load(with_examples())
    with cards.card(_("Als Nächstes zu entscheiden"), stretch=True):
        if not decisions:
            st.caption(_("Keine Maßnahme wartet auf eine Entscheidung."))
        for measure in decisions[:SHOWN]:
            with st.container(gap="xxsmall"):
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    navigation.link("measures", one_line(name_of(measure), 60), identifier=measure.id)
                    cards.example_badge(measure.illustrative)
                due = measure.decision_due or ""
                late = due and partial_date_bounds(due)[1] < today()
                when = partial_date(due, language())
                words = _("Termin verstrichen: {tag}", tag=when) if late else _("Entscheidung {tag}", tag=when)
                st.caption(literal(words))
        st.subheader(_("Auslastung"), anchor=False)
        if load:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(literal(load.words), width="content")
                cards.example_badge(load.illustrative)
        else:
            st.caption(_("Für die kommenden Quartale ist noch kein Bedarf geplant."))
        navigation.link("resources", _("Zu den Ressourcen"), icon=":material/groups:")


def _goal(goal: Goal) -> None:
    total = plan.goal_totals()[goal.id]
    with st.container(border=True, height="stretch", gap="small"):
        st.subheader(literal(one_line(name_of(goal), 120)), anchor=False)
        cards.example_badge(goal.illustrative or goal_view.counts_examples(goal.id))
        goal_total.statements(total, large=True)
        found = overview_view.leading(total)
        if found:
            figure, alt = overview_view.spark(found.indicator.id, with_examples())
            st.plotly_chart(
                figure, key="uebersicht_verlauf_" + goal.id, alt=alt, theme=None, config={"displayModeBar": False}
            )
            navigation.link("indicators", one_line(name_of(found.indicator), 60), identifier=found.indicator.id)
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.caption(literal(last_text(found)), width="content")
                cards.example_badge(found.illustrative)
        else:
            st.caption(_("Unter diesem Ziel gibt es noch keinen Istwert."))
        navigation.link("goals", _("Ziel öffnen"), identifier=goal.id, icon=":material/arrow_forward:")
