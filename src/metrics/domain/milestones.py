"""Milestones: which are done, which are late, and how much of a measure's way that is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from metrics.domain.base import partial_date_bounds
from metrics.domain.measures import Milestone


class MilestoneState(StrEnum):
    """Done, late, ahead, or without a date."""

    done = "done"
    late = "late"
    ahead = "ahead"
    undated = "undated"


def judge_milestone(milestone: Milestone, today: date) -> MilestoneState:
    """Where a milestone stands on a day; a month or year is late once it is over."""
    if milestone.done_on:
        return MilestoneState.done
    if not milestone.due:
        return MilestoneState.undated
    return MilestoneState.late if partial_date_bounds(milestone.due)[1] < today else MilestoneState.ahead


def share_done(milestones: Sequence[Milestone]) -> float | None:
    """Done milestones as a share 0–1 of all, by their weights; None without milestones."""
    total = sum(milestone.weight for milestone in milestones)
    return sum(milestone.weight for milestone in milestones if milestone.done_on) / total if total else None
