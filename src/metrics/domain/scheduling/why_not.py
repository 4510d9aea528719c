"""Why a figure about time, progress or money cannot be worked out; it stands where the number would."""

from __future__ import annotations

from enum import StrEnum


class WhyNot(StrEnum):
    """A legal result instead of a number: nothing is divided by zero, and what is missing does not count as zero."""

    nothing_planned = "nothing_planned"
    nothing_earned = "nothing_earned"
    nothing_spent = "nothing_spent"
    planned_unknown = "planned_unknown"
    committed_unknown = "committed_unknown"
    spent_unknown = "spent_unknown"
    budget_used_up = "budget_used_up"
    no_time_passed = "no_time_passed"
    no_milestone = "no_milestone"
    no_date = "no_date"
    never_promised = "never_promised"
    working_time_unknown = "working_time_unknown"


def ratio(part: float, whole: float, why_not: WhyNot) -> float | WhyNot:
    """`part / whole`, or the reason if the whole is not above 0."""
    return part / whole if whole > 0 else why_not
