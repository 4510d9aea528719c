"""The calendar to subscribe to: what stands in it, whose it is, and that the same plan gives the same bytes."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import anyio
import httpx
import pytest
from icalendar import Calendar
from starlette.applications import Starlette

from metrics.domain.measures import MeasureState
from metrics.domain.people import Account, Role
from metrics.domain.priorities import RoundState
from metrics.domain.refusals import CalendarNotFound
from metrics.domain.upkeep import LockKind, LockState, Meeting, MeetingKind, PeriodLock
from metrics.store.ledger import Store
from metrics.ui.calendar_route import calendar_routes
from metrics.usecases.calendar_feed import CalendarContent, calendar_text
from metrics.usecases.calendar_serving import calendar_of
from tests.plan import a_follow_up, a_measure, a_round, a_sitting
from tests.reminders import MONDAY, a_task, an_account, with_people

BERLIN = ZoneInfo("Europe/Berlin")
SECRET = "geheim-und-lang"
DIGEST = hashlib.sha256(SECRET.encode()).hexdigest()
STAMP = datetime(2026, 11, 24, 9, 30)
MEETING = Meeting(
    id="T-1",
    title="Jour fixe; Runde, Büro",
    meeting_kind=MeetingKind.jour_fixe,
    held_on=date(2026, 7, 1),
    begins="09:00",
    ends="10:30",
    place="Rathaus, Raum 1",
    agenda=("Sachstand", "BEGIN:VEVENT"),
)
LOCK = PeriodLock(
    id="A-1",
    title="3. Quartal",
    lock_kind=LockKind.quarter,
    first_day=date(2026, 7, 1),
    last_day=date(2026, 9, 30),
)
CONTENT = CalendarContent(
    tasks=(a_task(), a_task("I-OHNE", due=None), a_task("M-1", detail="Schritt 1"), a_task("M-1", detail="Schritt 2")),
    measures=(
        a_measure(decision_due="2027-02-03"),
        a_measure(id="M-MONAT", decision_due="2027-02"),
        a_measure(id="M-ENDE", decision_due="2027-02-03", state=MeasureState.implemented),
    ),
    rounds=(a_round(id="PR-O", state=RoundState.open, deadline=date(2027, 1, 31)), a_round(id="PR-ZU")),
    meetings=(MEETING, MEETING.model_copy(update={"id": "T-2", "begins": None, "ends": None})),
    locks=(LOCK, LOCK.model_copy(update={"id": "A-2", "state": LockState.reopened})),
)


def events(text: bytes) -> dict[str, dict[str, object]]:
    """Each event's fields by its id."""
    found = Calendar.from_ical(text)
    return {
        str(event["uid"]).partition("@")[0]: {
            "summary": str(event["summary"]),
            "start": event.decoded("dtstart"),
            "end": event.decoded("dtend"),
            "stamp": event.decoded("dtstamp"),
            "url": str(event.get("url", "")),
        }
        for event in found.walk("VEVENT")
    }


def test_the_calendar_holds_what_is_due_decided_met_about_and_closed() -> None:
    found = events(calendar_text(CONTENT, STAMP, "de", "https://plan.example"))
    assert set(found) == {
        "task-enter_reading-I-ALQ-20261120",
        "task-enter_reading-M-1-20261120",
        "task-enter_reading-M-1-20261120-1",
        "decision-M-15",
        "round-PR-O",
        "meeting-T-1",
        "meeting-T-2",
        "lock-A-1",
    }
    value = found["task-enter_reading-I-ALQ-20261120"]
    assert value["summary"] == "Wert eintragen: Arbeitslosenquote"
    assert (value["start"], value["end"]) == (date(2026, 11, 20), date(2026, 11, 21))
    assert value["url"] == "https://plan.example/eingabe?id=I-ALQ"
    assert found["decision-M-15"]["start"] == date(2027, 2, 3)
    assert found["round-PR-O"]["start"] == date(2027, 1, 31)
    assert found["lock-A-1"]["start"] == date(2026, 9, 30)
    assert found["meeting-T-2"]["start"] == date(2026, 7, 1)


def test_a_meeting_in_summer_begins_by_the_office_clock() -> None:
    text = calendar_text(CONTENT, STAMP, "de", None)
    meeting = events(text)["meeting-T-1"]
    assert meeting["start"] == datetime(2026, 7, 1, 9, 0, tzinfo=BERLIN)
    assert meeting["end"] == datetime(2026, 7, 1, 10, 30, tzinfo=BERLIN)
    assert b"DTSTART;TZID=Europe/Berlin:20260701T090000" in text
    assert b"BEGIN:VTIMEZONE" in text


def test_the_same_plan_gives_the_same_bytes_and_the_ledgers_time() -> None:
    text = calendar_text(CONTENT, STAMP, "de", "https://plan.example")
    assert text == calendar_text(CONTENT, STAMP, "de", "https://plan.example")
    assert {one["stamp"] for one in events(text).values()} == {STAMP.replace(tzinfo=ZoneInfo("UTC"))}


def test_titles_are_data_and_open_no_event_of_their_own() -> None:
    hostile = a_task(title="Titel\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:fremd")
    found = events(calendar_text(CalendarContent(tasks=(hostile,)), STAMP, "de", None))
    (event,) = found.values()
    assert event["summary"] == "Wert eintragen: Titel END:VEVENT BEGIN:VEVENT SUMMARY:fremd"
    assert len(events(calendar_text(CONTENT, STAMP, "en", None))) == 8


def owner(**over: object) -> Account:
    return an_account(**({"calendar_sha256": DIGEST, "name": "Sofie Spät"} | over))  # type: ignore[arg-type]


def test_a_secret_opens_its_owners_calendar_without_naming_anybody(store: Store) -> None:
    with_people(store, owner(), an_account("P-2", functions=("Presse",)))
    text = calendar_of(store, SECRET, {"ZUKUNFTSPLAN_URL": "https://plan.example/"}, MONDAY)
    assert set(events(text)) == {"task-enter_reading-I-ALQ-20261130"}
    assert b"Sofie" not in text and b"bottrop.example" not in text and SECRET.encode() not in text


def test_what_a_committee_decided_stands_on_its_day_in_its_owners_calendar(store: Store) -> None:
    with_people(store, owner(), an_account("P-2", functions=("Presse",)))
    function = owner().functions[0]
    with store.change(by="Amt", at=STAMP, action="add") as writing:
        writing.add(
            [a_sitting(), a_follow_up(owner=function, due=date(2027, 3, 1)), a_follow_up(id="FU-2", owner="Presse")]
        )
    found = events(calendar_of(store, SECRET, {"ZUKUNFTSPLAN_URL": "https://plan.example/"}, MONDAY))
    told = found.pop("task-follow_up-FU-1-20270301")
    assert (told["summary"], told["start"]) == ("Beschluss ausführen: Zielwert anpassen", date(2027, 3, 1))
    assert told["url"] == "https://plan.example/beschluesse?id=FU-1"
    assert set(found) == {"task-enter_reading-I-ALQ-20261130"}


@pytest.mark.parametrize(
    "over",
    [
        {"blocked": True},
        {"left_on": MONDAY - timedelta(days=1)},
        {"role": None},
        {"calendar_sha256": None},
        {"calendar_sha256": hashlib.sha256(b"anderes").hexdigest()},
    ],
)
def test_a_secret_of_who_has_gone_opens_nothing(store: Store, over: dict[str, object]) -> None:
    with_people(store, owner(**over), an_account("P-2"))
    with pytest.raises(CalendarNotFound):
        calendar_of(store, SECRET, {}, MONDAY)
    for guess in ("", DIGEST, "\udc80"):
        with pytest.raises(CalendarNotFound):
            calendar_of(store, guess, {}, MONDAY)


def test_who_may_not_read_the_plan_gets_an_empty_calendar(store: Store) -> None:
    with_people(store, owner(role=Role.committee))
    assert events(calendar_of(store, SECRET, {}, MONDAY)) == {}


def test_the_route_answers_with_a_tag_and_nobody_else_may_keep_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZUKUNFTSPLAN_TODAY", MONDAY.isoformat())
    with_people(store, owner())
    app = Starlette(routes=calendar_routes(lambda: store))

    async def ask() -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://plan.example") as client:
            first = await client.get(f"/kalender/{SECRET}.ics")
            same = await client.get(f"/kalender/{SECRET}.ics", headers={"If-None-Match": first.headers["etag"]})
            return [first, same, await client.get("/kalender/geraten.ics")]

    first, same, unknown = anyio.run(ask)
    assert (first.status_code, same.status_code, unknown.status_code) == (200, 304, 404)
    assert first.headers["content-type"].startswith("text/calendar")
    assert first.headers["cache-control"].startswith("private")
    assert len(events(first.content)) == 1
    assert (same.content, unknown.text) == (b"", "Not found")
