"""Sachstand: how a measure stands, told in a minute; then the next one that is due."""

from __future__ import annotations

import streamlit as st

from metrics.domain.measures import Measure
from metrics.domain.tasks import Task
from metrics.locale.formats import day
from metrics.ui import cards, navigation, note_form, note_view, plan, task_view
from metrics.ui.choosing import choices
from metrics.ui.judged import name_of
from metrics.ui.note_form import FORMS, NoteForm
from metrics.ui.record_titles import title_of
from metrics.ui.session import _, _n, language
from metrics.ui.text import literal, one_line
from metrics.ui.turning import turned

MEASURE_KEY, DUE_ROWS = "sachstand_massnahme", 8


def page() -> None:
    """`?id=M-15` opens the form of a measure; without it one is chosen, or one that is due."""
    cards.stand()
    measures, asked = plan.records(Measure), navigation.asked_id() or ""
    if not measures:
        cards.nothing_here(_("Der Plan hat noch keine Maßnahme. Legen Sie zuerst eine an."))
        navigation.link("plan_editing", _("Maßnahme anlegen"), identifier="measure", icon=":material/add:")
        return
    _choose(asked if asked in measures else "")
    for measure_id in note_form.leave_untouched(FORMS + asked):
        words = _("Noch nicht gespeichert: {titel}", titel=one_line(title_of(Measure.kind, measure_id), 60))
        navigation.link("status_note", words, identifier=measure_id, icon=":material/edit_note:")
    _notice()
    if asked in measures:
        _write(NoteForm(measures[asked]))
    elif asked:
        cards.nothing_here(_("Eine Maßnahme mit der Kennung „{kennung}“ gibt es nicht (mehr).", kennung=asked))
    _due(note_view.due_notes(besides=asked), folded=asked in measures)


def _choose(measure_id: str) -> None:
    known = {"": _("Bitte wählen"), **choices(Measure.kind, MEASURE_KEY, [measure_id])}
    st.session_state[MEASURE_KEY] = measure_id
    st.selectbox(
        _("Für welche Maßnahme?"),
        list(known),
        format_func=known.__getitem__,
        key=MEASURE_KEY,
        on_change=_chosen,
    )


def _chosen() -> None:
    if st.session_state[MEASURE_KEY]:
        st.query_params[navigation.ID_KEY] = st.session_state[MEASURE_KEY]


def _notice() -> None:
    saved = note_form.saved()
    if saved:
        measure_id = saved["measure_id"]
        title = title_of(Measure.kind, measure_id)
        st.success(literal(_("Sachstand gespeichert: {titel}", titel=title)), icon=":material/check_circle:")
        navigation.link_to(Measure.kind, measure_id, _("Zur Maßnahme: {titel}", titel=one_line(title, 60)))


def _write(form: NoteForm) -> None:
    measure, last = form.measure, note_view.last_note(form.measure)
    left, right = st.columns([3, 2])
    with left, cards.card(_("Sachstand: {titel}", titel=name_of(measure))):
        cards.example_badge(measure.illustrative)
        form.draw()
        form.buttons()
    with right:
        told = _("Zuletzt: {tag}", tag=day(last.as_of, language())) if last else _("Noch kein Sachstand")
        with cards.card(told):
            if last:
                note_view.show_note(last)
            else:
                st.caption(_("Ihrer wird der erste."))
            navigation.link_to(Measure.kind, measure.id, _("Zur Maßnahme"))


def _due(waiting: list[Task], *, folded: bool) -> None:
    if not waiting:
        st.caption(_("Kein weiterer Sachstand ist fällig.") if folded else _("Zurzeit ist kein Sachstand fällig."))
        return
    if folded:
        title = _n("{number} weiterer Sachstand ist fällig", "{number} weitere Sachstände sind fällig", len(waiting))
    else:
        title = _n("{number} Sachstand ist fällig", "{number} Sachstände sind fällig", len(waiting))
    with st.expander(title, icon=":material/schedule:") if folded else cards.card(title):
        for task in turned(waiting, DUE_ROWS, key="sachstand_faellig"):
            with st.container(horizontal=True, vertical_alignment="center"):
                name = title_of(Measure.kind, task.subject_id)
                navigation.link("status_note", name, identifier=task.subject_id, icon=":material/chat:")
                st.caption(literal(task_view.late_words(task)), width="content")
