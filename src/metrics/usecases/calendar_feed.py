"""A calendar that other programs subscribe to (iCalendar, RFC 5545): what is due, decided, met about and closed when.

Pure: the same plan gives the same bytes. No person is named in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from metrics.domain.base import partial_date_bounds
from metrics.domain.measures import Measure
from metrics.domain.priorities import PriorityRound, RoundState
from metrics.domain.tasks import Task
from metrics.domain.upkeep import LockState, Meeting, PeriodLock
from metrics.locale.catalogue import Language, translate
from metrics.locale.formats import LOCAL_TIME
from metrics.locale.words import choice
from metrics.usecases.reminder_text import address_of_page

DOMAIN = "zukunftsplan.invalid"
"""What stands behind the @ of an event's id: a name that nobody has, so that no address leaks into calendars."""
_DAY = 10
"""Characters of a partial date that names a day; a year or a month is no appointment."""


@dataclass(frozen=True, slots=True)
class CalendarContent:
    """What one calendar shows: the tasks of one account, and what the whole office knows."""

    tasks: tuple[Task, ...] = ()
    measures: tuple[Measure, ...] = ()
    rounds: tuple[PriorityRound, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    locks: tuple[PeriodLock, ...] = ()


def calendar_text(content: CalendarContent, stamp: datetime, language: Language, url: str | None) -> bytes:
    """The calendar. `stamp`: when the plan was last changed (naive UTC); `url`: what links begin with, if known."""
    calendar = Calendar()
    calendar.add("prodid", "-//Zukunftsplan//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Zukunftsplan")
    calendar.add("x-wr-timezone", LOCAL_TIME.key)
    for event in sorted(_events(content, language, url), key=lambda event: str(event["uid"])):
        event.add("dtstamp", stamp.replace(tzinfo=UTC))
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _events(content: CalendarContent, language: Language, url: str | None) -> Iterator[Event]:
    yield from _tasks(content.tasks, language, url)
    for measure in content.measures:
        if measure.decision_due and len(measure.decision_due) == _DAY and not measure.ended:
            words = translate("Entscheidung: {title}", language, title=_flat(measure.title))
            yield _whole_day(f"decision-{measure.id}", words, partial_date_bounds(measure.decision_due)[0])
    for asked in content.rounds:
        if asked.state is RoundState.open:
            words = translate("Bewertungsrunde endet: {title}", language, title=_flat(asked.title))
            yield _whole_day(f"round-{asked.id}", words, asked.deadline)
    for meeting in content.meetings:
        yield _meeting(meeting)
    for lock in content.locks:
        if lock.state is LockState.closed:
            words = translate("Abgeschlossener Zeitraum endet: {title}", language, title=_flat(lock.title))
            yield _whole_day(f"lock-{lock.id}", words, lock.last_day)


def _tasks(tasks: Iterable[Task], language: Language, url: str | None) -> Iterator[Event]:
    seen: set[str] = set()
    for task in tasks:
        if task.due is None:
            continue
        # Not by its title: a milestone that is renamed stays the same appointment only by its day and subject.
        named = f"task-{task.kind}-{task.identifier or task.subject_id}-{task.due:%Y%m%d}"
        number = sum(known.startswith(named) for known in seen)
        uid = f"{named}-{number}" if number else named
        seen.add(uid)
        title = _flat(task.title if task.detail is None else f"{task.title} – {task.detail}")
        event = _whole_day(uid, f"{choice(task.kind, language)}: {title}", task.due)
        if url:
            event.add("url", address_of_page(url, task.page, task.identifier))
        yield event


def _meeting(meeting: Meeting) -> Event:
    if meeting.begins is None:
        event = _whole_day(f"meeting-{meeting.id}", _flat(meeting.title), meeting.held_on)
    else:
        event = _event(f"meeting-{meeting.id}", _flat(meeting.title))
        begins = _moment(meeting.held_on, meeting.begins)
        ends = _moment(meeting.held_on, meeting.ends) if meeting.ends else begins
        event.add("dtstart", begins)
        event.add("dtend", max(begins, ends))
    if meeting.place:
        event.add("location", _flat(meeting.place))
    if meeting.agenda:
        event.add("description", "\n".join(f"- {_flat(point)}" for point in meeting.agenda))
    return event


def _whole_day(uid: str, summary: str, day: date) -> Event:
    event = _event(uid, summary)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")  # a due date keeps nobody from a meeting
    return event


def _event(uid: str, summary: str) -> Event:
    event = Event()
    event.add("uid", f"{uid}@{DOMAIN}")
    event.add("summary", summary)
    return event


def _moment(day: date, text: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(text), tzinfo=ZoneInfo(LOCAL_TIME.key))


def _flat(text: str) -> str:
    return " ".join(text.split())
