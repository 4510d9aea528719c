"""Important by its Nutzwert, urgent by its dates."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from metrics.domain.measures import Milestone
from metrics.domain.prioritisation.urgency import DEFAULT_WEEKS, Urgency, next_date, urgency
from tests.plan import a_measure

TODAY = date(2026, 11, 24)
IN_EIGHT_WEEKS, A_DAY_LATER = date(2027, 1, 19), date(2027, 1, 20)
NO_DATES: dict[str, Any] = {"starts": None, "ends": None, "milestones": ()}


def due(*steps: str | tuple[str, str], **over: Any) -> date | None:
    """The next date of a measure with these milestones: a due date, or (due, done)."""
    given = [step if isinstance(step, tuple) else (step, None) for step in steps]
    milestones = tuple(Milestone(title="Schritt", due=when, done_on=done) for when, done in given)
    return next_date(a_measure(**NO_DATES | {"milestones": milestones} | over))


def test_the_earliest_of_decision_end_and_open_milestones_is_next() -> None:
    dates = {"decision_due": "2027-03-01", "ends": "2027-12-31"}
    assert due("2027-02-01", "2027-05-01", **dates) == date(2027, 2, 1)
    assert due("2027-05-01", **dates) == date(2027, 3, 1)
    assert due("2028-05-01", ends="2027-12-31") == date(2027, 12, 31)


def test_a_milestone_that_is_done_is_not_due_any_more() -> None:
    assert due(("2026-06-01", "2026-05-28"), "2027-02-01") == date(2027, 2, 1)
    assert due(("2026-06-01", "2026-05-28")) is None


def test_a_start_makes_nothing_due_and_neither_does_a_step_without_a_date() -> None:
    assert due(starts="2026-12-01") is None
    assert next_date(a_measure(**NO_DATES | {"milestones": (Milestone(title="irgendwann"),)})) is None


@pytest.mark.parametrize(
    ("when", "last"),
    [("2027", date(2027, 12, 31)), ("2027-02", date(2027, 2, 28)), ("2028-02", date(2028, 2, 29))],
)
def test_a_month_or_a_year_stands_for_its_last_day(when: str, last: date) -> None:
    assert due(when) == last
    assert due("2027-02-15", "2027-02") == date(2027, 2, 15)


def test_a_date_that_has_passed_is_due_all_the_same() -> None:
    assert due("2020-01-01", "2027-02-01") == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("utility", "ends", "field"),
    [
        (5.0, IN_EIGHT_WEEKS, Urgency.now),
        (5.0, A_DAY_LATER, Urgency.schedule),
        (4.99, IN_EIGHT_WEEKS, Urgency.delegate),
        (4.99, A_DAY_LATER, Urgency.drop),
        (10.0, TODAY, Urgency.now),
        (10.0, date(2020, 1, 1), Urgency.now),
        (10.0, None, Urgency.schedule),
        (0.0, None, Urgency.drop),
    ],
)
def test_a_measure_lies_in_the_field_of_its_nutzwert_and_its_next_date(
    utility: float, ends: date | None, field: Urgency
) -> None:
    measure = a_measure(**NO_DATES | {"ends": ends and ends.isoformat()})
    assert DEFAULT_WEEKS == 8
    assert urgency(measure, utility, TODAY) is field


def test_how_many_weeks_are_near_can_be_chosen() -> None:
    measure = a_measure(**NO_DATES | {"decision_due": IN_EIGHT_WEEKS.isoformat()})
    assert [urgency(measure, 7, TODAY, weeks) for weeks in (0, 7, 8, 26)] == [
        Urgency.schedule,
        Urgency.schedule,
        Urgency.now,
        Urgency.now,
    ]
