"""Meetings: lines in a list, the form of one, and what could stand on its agenda."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from metrics.domain.agenda import AgendaItem, AgendaReason, suggested_agenda
from metrics.domain.base import Record
from metrics.domain.history import Recorded
from metrics.domain.measures import Measure
from metrics.domain.upkeep import Contribution, Meeting, MeetingKind
from metrics.locale.formats import day
from metrics.locale.words import choice
from metrics.ui import cards, day_input, form_conflict, navigation, plan, withdrawal
from metrics.ui.form_values import date_as_typed
from metrics.ui.forms import Form
from metrics.ui.record_titles import title_of
from metrics.ui.session import _, _n, language, today
from metrics.ui.text import literal, one_line
from metrics.ui.turning import turned

FORMS, AGENDA = "termin:", "agenda"
PER_PAGE, MOST_IN_TITLE = 8, 200
KIND_ICONS = {
    MeetingKind.jour_fixe: ":material/event_repeat:",
    MeetingKind.workshop: ":material/groups:",
    MeetingKind.committee: ":material/account_balance:",
    MeetingKind.other: ":material/event:",
}
REASON_ICONS = {
    AgendaReason.reading: ":material/edit_note:",
    AgendaReason.contribution: ":material/forum:",
    AgendaReason.decision: ":material/gavel:",
}


def when(meeting: Meeting) -> str:
    """Day, time and place on one line."""
    times = "–".join(time for time in (meeting.begins, meeting.ends) if time)
    return " · ".join(filter(None, [day(meeting.held_on, language()), times, meeting.place]))


def coming(meetings: Sequence[Meeting]) -> tuple[list[Meeting], list[Meeting]]:
    """The meetings from today on, the next one first, and those that are over, the last one first."""

    def order(meeting: Meeting) -> tuple[date, str, str]:
        return meeting.held_on, meeting.begins or "", meeting.id

    ordered = sorted(meetings, key=order)
    ahead = [meeting for meeting in ordered if meeting.held_on >= today()]
    return ahead, [meeting for meeting in reversed(ordered) if meeting.held_on < today()]


def line(meeting: Meeting) -> None:
    """A meeting in a list."""
    with st.container(gap="xxsmall"):
        navigation.link("meetings", one_line(meeting.title, 110), identifier=meeting.id)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            kind = meeting.meeting_kind
            st.badge(choice(kind, language()), icon=KIND_ICONS[kind], color="gray")
            st.caption(literal(when(meeting)), width="content")
            points = len(meeting.agenda)
            st.caption(_n("{number} Punkt", "{number} Punkte", points) if points else _("noch ohne Tagesordnung"))
            cards.example_badge(meeting.illustrative)


def read(meeting: Meeting) -> None:
    """A meeting as those see it who may not change it."""
    with cards.card(meeting.title):
        st.caption(literal(when(meeting)))
        for number, point in enumerate(meeting.agenda, 1):
            st.markdown(f"{number}. {literal(point)}")
        if not meeting.agenda:
            st.caption(_("noch ohne Tagesordnung"))
        if meeting.note:
            st.markdown(literal(meeting.note))


def edit(entry: Recorded[Meeting] | None) -> None:
    """The form of a meeting, and beside it what could stand on its agenda."""
    start = {"held_on": date_as_typed(today().isoformat(), language()), "meeting_kind": MeetingKind.jour_fixe.value}
    form = Form(FORMS + (entry.record.id if entry else ""), Meeting.kind, entry, start)
    left, right = st.columns([3, 2])
    with left:
        with cards.card(entry.record.title if entry else _("Neuer Termin")):
            settled = form_conflict.draw(form)
        if entry and settled:
            withdrawal.offer(form, entry, _withdrawn)
            target = f"{Meeting.kind}:{entry.record.id}"
            navigation.link("history", _("Alle Änderungen"), identifier=target, icon=":material/history:")
    with right:
        _suggestions(form)


def _withdrawn(_record: Record) -> None:
    st.query_params.pop(navigation.ID_KEY, None)


def _suggestions(form: Form) -> None:
    held_on = day_input.day_of(str(form.typed["held_on"]))[0] or today()
    judged, contributions = plan.indicators_judged().values(), plan.records(Contribution).values()
    found = suggested_agenda(judged, contributions, plan.records(Measure).values(), held_on)
    taken = str(form.typed[AGENDA]).split("\n")
    with cards.card(_("Vorschläge für die Tagesordnung")):
        st.caption(_("Überfällige Werte, Beiträge ohne Antwort und Entscheidungen bis vier Wochen nach dem Termin."))
        if not found:
            st.caption(_("Nichts ist überfällig, und keine Entscheidung steht an."))
            return
        missing = [words for words in map(_words, found) if words not in taken]
        if missing:
            label = _n("{number} Punkt übernehmen", "Alle {number} Punkte übernehmen", len(missing))
            icon = ":material/playlist_add:"
            st.button(label, key=form.key("alle"), icon=icon, on_click=_take, args=(form, missing))
        for reason in AgendaReason:
            _group(form, reason, [item for item in found if item.reason is reason], taken)


def _group(form: Form, reason: AgendaReason, items: Sequence[AgendaItem], taken: Sequence[str]) -> None:
    if not items:
        return
    st.subheader(f"{choice(reason, language())} ({len(items)})", anchor=False)
    for item in turned(items, PER_PAGE, key=form.key(reason.value)):
        words = _words(item)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            navigation.link_to(item.kind, item.id, one_line(title_of(item.kind, item.id), 70))
            st.caption(literal(_due(item)), width="content")
            if words in taken:
                st.badge(_("steht darauf"), icon=":material/check:", color="green")
            else:
                key, label = form.key(f"nimm.{item.kind}.{item.id}"), _("Übernehmen")
                told = {"type": "tertiary", "icon": ":material/playlist_add:"}
                st.button(label, key=key, on_click=_take, args=(form, [words]), **told)  # type: ignore[arg-type]


def _take(form: Form, lines: Sequence[str]) -> None:
    """Put lines into the form's agenda; they are stored when the form is saved."""
    before = [line for line in str(form.typed[AGENDA]).split("\n") if line.strip()]
    form.put({AGENDA: "\n".join([*before, *(line for line in lines if line not in before)])})


def _words(item: AgendaItem) -> str:
    title = one_line(title_of(item.kind, item.id), MOST_IN_TITLE)
    return " ".join(filter(None, [f"{choice(item.reason, language())}: {title}", f"({_due(item)})"]))


def _due(item: AgendaItem) -> str:
    if item.due is None:
        return _("noch nie eingetragen")
    told = {"tag": day(item.due, language())}
    return _("bis {tag}", **told) if item.reason is AgendaReason.decision else _("fällig {tag}", **told)
