"""Milestones on a day."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.domain.measures import Milestone
from metrics.domain.milestones import MilestoneState, judge_milestone, share_done

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("due", "done_on", "state"),
    [
        ("2026-11-23", None, MilestoneState.late),
        ("2026-11-24", None, MilestoneState.ahead),
        ("2026-11", None, MilestoneState.ahead),
        ("2026-10", None, MilestoneState.late),
        ("2026", None, MilestoneState.ahead),
        ("2026-09-30", "2026-10-12", MilestoneState.done),
        (None, None, MilestoneState.undated),
        (None, "2026-10-12", MilestoneState.done),
    ],
)
def test_a_milestone_is_late_only_once_its_whole_period_is_over(due, done_on, state):
    assert judge_milestone(Milestone(title="Leerstände erfasst", due=due, done_on=done_on), TODAY) is state


def test_the_share_goes_by_weight_and_not_by_number():
    steps = [Milestone(title="klein", done_on="2026"), Milestone(title="groß", weight=3)]
    assert share_done(steps) == 0.25


def test_without_milestones_there_is_no_share():
    assert share_done([]) is None
