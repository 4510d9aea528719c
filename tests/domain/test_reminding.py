"""The laws of the planner: one mail a day at most, never on a day off, never to who is away, never too late."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.people import Account, Cadence, Role
from metrics.domain.reminding import Digest, escalate, is_turn, key, plan_digests
from metrics.domain.tasks import Task
from metrics.usecases.calendar import is_working_day
from tests.reminders import MONDAY, a_task, an_account

START = date(2026, 12, 1)
DAYS = 92
"""Advent, Christmas, New Year, and carnival, which is no holiday."""
TASKS = (a_task(), a_task("I-B", due=date(2026, 1, 1)))


def tasks_of(account: Account) -> list[Task]:
    return list(TASKS) if account.functions else []


@st.composite
def accounts(draw: st.DrawFn) -> list[Account]:
    """An office of up to five."""
    found = []
    for number in range(draw(st.integers(1, 5))):
        begins = draw(st.none() | st.integers(-20, DAYS).map(lambda days: START + timedelta(days=days)))
        lasts = draw(st.none() | st.integers(0, 40))
        absent = {"absent_from": begins}
        if begins is not None and lasts is not None:
            absent["absent_until"] = begins + timedelta(days=lasts)
        found.append(
            an_account(
                f"P-{number}",
                cadence=draw(st.sampled_from(Cadence)),
                role=draw(st.sampled_from([Role.staff, Role.leadership])),
                functions=draw(st.sampled_from([(), ("Statistikstelle",)])),
                email=draw(st.sampled_from([None, f"p{number}@bottrop.example"])),
                blocked=draw(st.booleans()) and draw(st.booleans()),
                **absent,
            )
        )
    return found


@st.composite
def run_days(draw: st.DrawFn) -> list[date]:
    """The days on which somebody asked, some of them more than once."""
    days = [START + timedelta(days=number) for number in range(DAYS)]
    return sorted(draw(st.lists(st.sampled_from(days), min_size=1, max_size=DAYS)))


def told(office: list[Account], days: list[date]) -> list[tuple[date, Digest]]:
    """All that goes out, as the outbox lets it: a person's second mail of a day is not written."""
    out: list[tuple[date, Digest]] = []
    last: date | None = None
    for day in days:
        late = escalate(TASKS, {}, day)
        if not is_working_day(day):
            continue
        for digest in plan_digests(office, tasks_of, late, day, is_working_day, last):
            if not any(known == day and other.account.id == digest.account.id for known, other in out):
                out.append((day, digest))
        last = day
    return out


@given(accounts(), run_days())
def test_nobody_is_told_twice_a_day_on_a_day_off_or_while_away(office: list[Account], days: list[date]) -> None:
    out = told(office, days)
    assert all(count == 1 for count in Counter((day, one.account.id) for day, one in out).values())
    for day, digest in out:
        assert is_working_day(day)
        assert digest.account.present(day)
        assert digest.account.email and digest.account.cadence is not Cadence.off
        assert digest.tasks or (digest.escalated and digest.account.role is Role.leadership)


@given(accounts(), run_days())
def test_nobody_gets_more_mails_than_they_asked_for(office: list[Account], days: list[date]) -> None:
    weeks: Counter[tuple[str, tuple[int, int]]] = Counter()
    months: Counter[tuple[str, int]] = Counter()
    escalations: Counter[tuple[str, tuple[int, int]]] = Counter()
    for day, digest in told(office, days):
        week = (digest.account.id, day.isocalendar()[:2])
        escalations[week] += bool(digest.escalated)
        if digest.tasks and digest.account.cadence is Cadence.weekly:
            weeks[week] += 1
        if digest.tasks and digest.account.cadence is Cadence.monthly:
            months[digest.account.id, day.month] += 1
    assert all(count <= 1 for counter in (weeks, months, escalations) for count in counter.values())


@given(accounts(), run_days())
def test_who_is_here_and_has_something_to_do_hears_of_it_within_their_cadence(
    office: list[Account], days: list[date]
) -> None:
    heard = {(day, digest.account.id) for day, digest in told(office, days) if digest.tasks}
    for account in office:
        if account.email is None or not account.functions or account.cadence is Cadence.off:
            continue
        asked = [day for day in sorted(set(days)) if is_working_day(day) and account.present(day)]
        if account.cadence is Cadence.daily:
            assert all((day, account.id) in heard for day in asked)
            continue
        for period in {_period(account.cadence, day) for day in asked}:
            within = [day for day in asked if _period(account.cadence, day) == period]
            assert any((day, account.id) in heard for day in within)
            assert (within[0], account.id) in heard or within[0] == asked[0]


def _period(cadence: Cadence, day: date) -> tuple[int, int]:
    return (day.year, day.month) if cadence is Cadence.monthly else day.isocalendar()[:2]


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 12, 24), True),
        (date(2026, 12, 25), False),
        (date(2026, 12, 26), False),
        (date(2027, 1, 1), False),
        (date(2026, 11, 1), False),  # Allerheiligen: North Rhine-Westphalia's, not Berlin's
        (date(2026, 6, 4), False),  # Fronleichnam, likewise
        (date(2026, 10, 31), False),  # a Saturday
        (date(2025, 10, 31), True),  # Reformationstag is none here
        (date(2026, 11, 30), True),
    ],
)
def test_the_holidays_are_those_of_north_rhine_westphalia(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_the_first_working_day_of_the_week_counts_and_a_missed_one_is_made_up_for() -> None:
    weekly = an_account(cadence=Cadence.weekly)
    tuesday, friday = MONDAY + timedelta(days=1), MONDAY - timedelta(days=3)
    assert is_turn(weekly, weekly.cadence, MONDAY, is_working_day, friday)
    assert not is_turn(weekly, weekly.cadence, tuesday, is_working_day, MONDAY)
    assert is_turn(weekly, weekly.cadence, tuesday, is_working_day, friday)
    easter_monday, after = date(2027, 3, 29), date(2027, 3, 30)
    assert not is_turn(weekly, weekly.cadence, easter_monday, is_working_day, None)
    assert is_turn(weekly, weekly.cadence, after, is_working_day, date(2027, 3, 25))


def test_who_comes_back_in_the_middle_of_the_week_is_told_on_that_day() -> None:
    back = an_account(cadence=Cadence.weekly, absent_from=MONDAY, absent_until=MONDAY + timedelta(days=1))
    wednesday = MONDAY + timedelta(days=2)
    assert is_turn(back, back.cadence, wednesday, is_working_day, MONDAY + timedelta(days=1))
    assert not is_turn(back, back.cadence, wednesday + timedelta(days=1), is_working_day, wednesday)


def test_a_person_who_leads_gets_one_mail_with_both() -> None:
    leads = an_account(role=Role.leadership, cadence=Cadence.weekly)
    (digest,) = plan_digests([leads], tasks_of, TASKS, MONDAY, is_working_day, None)
    assert (len(digest.tasks), len(digest.escalated)) == (2, 2)


def test_late_by_a_whole_turn_or_reminded_of_twice_is_told_to_those_who_lead() -> None:
    turn = a_task("I-TURN", due=MONDAY - timedelta(days=30))
    almost = a_task("I-FAST", due=MONDAY - timedelta(days=29))
    future = a_task("I-ZUKUNFT", due=MONDAY + timedelta(days=1))
    undated = a_task("I-OHNE", due=None)
    tasks = (turn, almost, future, undated)
    assert escalate(tasks, {}, MONDAY) == [turn]
    assert escalate(tasks, {key(one): 1 for one in tasks}, MONDAY) == [turn]
    assert escalate(tasks, {key(one): 2 for one in tasks}, MONDAY) == [turn, almost]


def test_the_next_turn_of_a_task_is_another_task() -> None:
    assert key(a_task()) != key(a_task(due=MONDAY))
    assert key(a_task()) == key(a_task(title="Umbenannt"))
