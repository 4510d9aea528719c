"""Status notes as pages show them: by measure, with the standing as sign and word, and which is due next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import streamlit as st

from metrics.domain.measures import Measure
from metrics.domain.tasks import Task, TaskKind
from metrics.domain.upkeep import Standing, StatusNote
from metrics.locale.formats import day
from metrics.locale.words import choice, field_label
from metrics.ui import navigation, plan, task_view
from metrics.ui.session import _, language
from metrics.ui.text import literal

STANDING_ICONS: Mapping[Standing, str] = {
    Standing.going_well: ":material/trending_up:",
    Standing.slow: ":material/trending_flat:",
    Standing.stuck: ":material/block:",
    Standing.paused: ":material/pause_circle:",
}
STANDING_COLOURS: Mapping[Standing, Any] = {
    Standing.going_well: "green",
    Standing.slow: "orange",
    Standing.stuck: "red",
    Standing.paused: "gray",
}


@plan.remember(StatusNote.kind)
def notes_by_measure() -> dict[str, tuple[StatusNote, ...]]:
    """The status notes of each measure that has any, the newest first; of one day the one that was written last."""
    found: dict[str, list[tuple[Any, StatusNote]]] = defaultdict(list)
    for entry in plan.entries(StatusNote).values():
        note = entry.record
        found[note.measure_id].append(((note.as_of, entry.change_number, note.id), note))
    newest_first = {measure: sorted(notes, reverse=True) for measure, notes in found.items()}
    return {measure: tuple(note for _place, note in notes) for measure, notes in newest_first.items()}


def last_note(measure: Measure) -> StatusNote | None:
    """The newest status note of a measure."""
    return next(iter(notes_by_measure().get(measure.id, ())), None)


def standing_badge(standing: Standing) -> None:
    """The standing as sign, word and colour."""
    st.badge(choice(standing, language()), icon=STANDING_ICONS[standing], color=STANDING_COLOURS[standing])


def standing_words(standing: Standing) -> str:
    """The standing as sign and word, to choose from."""
    return f"{STANDING_ICONS[standing]} {choice(standing, language())}"


def show_note(note: StatusNote) -> None:
    """A note with its day, its standing and all that it says."""
    with st.container(gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            standing_badge(note.standing)
            st.caption(literal(day(note.as_of, language())), width="content")
        st.markdown(literal(note.text))
        for name in ("next_step", "needs"):
            value = getattr(note, name)
            if value:
                st.markdown(f"**{literal(field_label(StatusNote.kind, name, language()))}** {literal(value)}")


def due_notes(besides: str = "") -> list[Task]:
    """The status notes that the person who looks owes, what hurts most first, without the one of a measure."""
    tasks = (one.task for one in task_view.own())
    return [task for task in tasks if task.kind is TaskKind.status_note and task.subject_id != besides]


def write_link(measure: Measure) -> None:
    """The way to the form of a measure's next note."""
    navigation.link("status_note", _("Sachstand schreiben"), identifier=measure.id, icon=":material/chat:")
