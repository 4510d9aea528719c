"""How many weeks the milestones are ahead or behind, and nothing that is not sure."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from metrics.domain.measures import Milestone
from metrics.domain.scheduling.against_time import (
    Progress,
    earned_curve,
    earned_share,
    planned_curve,
    planned_share,
    progress_in_weeks,
)
from metrics.domain.scheduling.earned import EarningRule
from metrics.domain.scheduling.why_not import WhyNot

TODAY = date(2026, 11, 23)


def step(due: str | None, done_on: str | None = None, weight: float = 1) -> Milestone:
    return Milestone(title="Schritt", due=due, done_on=done_on, weight=weight)


def progress(*steps: Milestone, today: date = TODAY) -> Progress:
    found = progress_in_weeks(steps, today)
    assert isinstance(found, Progress)
    return found


FIRST_DONE = (step("2026-09-01", "2026-09-01"), step("2026-12-21"), step("2027-03-01"))


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 9, 1), 0),
        (date(2026, 10, 15), 0),
        (date(2026, 12, 21), 0),
        (date(2026, 12, 22), -1),
        (date(2027, 1, 4), -14),
        (date(2027, 3, 2), -71),
    ],
)
def test_who_keeps_up_is_on_time_until_the_next_milestone_is_overdue(today: date, days: int) -> None:
    found = progress(*FIRST_DONE, today=today)
    assert found.days == days
    assert found.weeks == days / 7


def test_who_is_early_is_ahead_by_the_time_until_it_was_due() -> None:
    steps = (step("2026-09-01", "2026-09-01"), step("2026-12-21", "2026-11-20"), step("2027-03-01"))
    found = progress(*steps)
    assert found.weeks == 4
    assert [found.earned, found.planned] == pytest.approx([2 / 3, 1 / 3])
    assert progress(*steps, today=date(2026, 12, 21)).days == 0


def test_weights_decide_how_much_of_the_plan_a_milestone_is() -> None:
    """A heavy milestone that is done early makes up for a light one that is late, and is still told as overdue."""
    found = progress(step("2026-11-02", weight=1), step("2027-02-01", "2026-10-01", weight=9))
    assert found.days == (date(2027, 2, 1) - TODAY).days
    assert found.overdue == 1
    behind = progress(step("2026-11-02", weight=9), step("2027-02-01", "2026-10-01", weight=1))
    assert (behind.days, behind.overdue) == (-21, 1)


def test_all_done_is_judged_by_the_day_of_the_last_one_for_good() -> None:
    late = (step("2026-06-01", "2026-06-01"), step("2026-08-03", "2026-08-24"))
    early = (step("2026-06-01", "2026-06-01"), step("2026-08-24", "2026-08-03"))
    assert {progress(*late, today=day).weeks for day in (date(2026, 8, 24), TODAY, date(2030, 1, 1))} == {-3}
    assert {progress(*early, today=day).weeks for day in (date(2026, 8, 3), TODAY, date(2030, 1, 1))} == {3}
    assert progress(*late).finished and not progress(*FIRST_DONE).finished


@pytest.mark.parametrize(
    ("due", "done_on", "days"),
    [
        ("2026", None, 0),
        ("2026-10", None, -23),
        ("2026-11", None, 0),
        ("2027-01", "2026-11-01", 61),
        ("2026-12", "2026", 0),
        ("2025", "2026", -1),
        ("2026-12-01", "2026-10", 31),
    ],
)
def test_of_a_month_or_a_year_only_sure_days_count(due: str, done_on: str | None, days: int) -> None:
    assert progress(step(due, done_on)).days == days


def test_an_open_measure_is_ahead_from_the_first_day_that_a_month_may_mean() -> None:
    steps = (step("2027-01", "2026-11-01"), step("2027-06"))
    assert progress(*steps).days == (date(2027, 1, 1) - TODAY).days
    assert progress(*steps, today=date(2027, 1, 2)).days == 0


def test_a_milestone_whose_day_of_being_done_has_not_come_is_open() -> None:
    assert progress(step("2026-11-02", "2026-12-01")).days == -21
    assert progress(step("2026-11-02", "2026-12-01"), today=date(2027, 6, 1)).days == -29


def test_milestones_without_a_date_count_in_nothing_but_are_told() -> None:
    found = progress(*FIRST_DONE, step(None, "2026-01-01", weight=100))
    assert [found.counted, found.undated, found.earned] == pytest.approx([3, 1, 1 / 3])


def test_without_milestones_or_without_dates_there_is_a_reason() -> None:
    assert progress_in_weeks([], TODAY) is WhyNot.no_milestone
    assert progress_in_weeks([step(None)], TODAY) is WhyNot.no_date


DAYS = st.integers(-200, 200).map(lambda days: TODAY + timedelta(days))
STEPS = st.lists(
    st.builds(
        lambda due, done, weight: step(due.isoformat(), done and done.isoformat(), weight),
        DAYS,
        st.none() | DAYS,
        st.integers(1, 5),
    ),
    min_size=1,
    max_size=6,
)


@given(STEPS)
def test_who_has_earned_less_than_planned_is_behind_and_who_has_earned_more_is_not(steps: list[Milestone]) -> None:
    found = progress(*steps)
    assume(not found.finished)
    behind = found.earned < found.planned - 1e-9
    assert (found.days < 0) == behind
    due_today = sum(one.weight for one in steps if one.due and one.due <= TODAY.isoformat())
    assert (found.days > 0) == (found.earned > due_today / sum(one.weight for one in steps) + 1e-9)


@given(STEPS, st.data())
def test_to_do_one_more_milestone_never_puts_the_measure_further_behind(
    steps: list[Milestone], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(steps) - 1))
    done = steps[place].model_copy(update={"done_on": TODAY.isoformat()})
    before, after = progress(*steps), progress(*steps[:place], done, *steps[place + 1 :])
    assume(not before.finished and not after.finished)
    assert after.days >= before.days
    assert after.earned >= before.earned


@given(STEPS, st.integers(1, 100))
def test_an_open_measure_is_never_less_behind_on_a_later_day(steps: list[Milestone], later: int) -> None:
    open_steps = [one.model_copy(update={"done_on": None}) for one in steps]
    assert progress(*open_steps, today=TODAY + timedelta(later)).days <= progress(*open_steps).days <= 0


# --- curves and shares


def test_curves_rise_in_steps_with_the_weights() -> None:
    steps = (
        step("2026-12", weight=2),
        step("2026-06-01", "2026-07", weight=1),
        step("2026-06-01", "2026-11", weight=1),
    )
    assert planned_curve(steps) == ((date(2026, 6, 1), 0.5), (date(2026, 12, 31), 1))
    assert earned_curve(steps, TODAY) == ((date(2026, 7, 31), 0.25), (TODAY, 0.5))
    assert planned_curve([step(None)]) == earned_curve([], TODAY) == ()


@pytest.mark.parametrize(
    ("rule", "earned", "planned"), [(EarningRule.milestone_weights, 1 / 3, 1 / 3), (EarningRule.all_or_nothing, 0, 0)]
)
def test_shares_of_the_budget_follow_the_rule(rule: EarningRule, earned: float, planned: float) -> None:
    assert earned_share(FIRST_DONE, TODAY, rule) == pytest.approx(earned)
    assert planned_share(FIRST_DONE, TODAY, rule) == pytest.approx(planned)
    assert planned_share(FIRST_DONE, date(2028, 1, 1), rule) == pytest.approx(1)
    assert earned_share([step(None, "2026-01-01")], TODAY, rule) is WhyNot.no_milestone
