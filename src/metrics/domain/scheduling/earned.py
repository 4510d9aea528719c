"""Earned value and earned schedule: what has been achieved, against what should have been, and what it has cost.

Earned value (EVM) compares three sums in one unit (euros or person-days): planned (PV), earned (EV), spent (AC).
Its schedule index returns to 1 at the end of every project, however late; so time is judged by Lipke's earned schedule
(2003, Schedule is different): the moment at which as much as is earned now was planned to be.

What is earned must not be a matter of opinion, so there is no free per cent. A milestone is earned when it is done and
not before (0/100), with its weight; or the whole is earned when all of it is done. The 50/50 rule, half at the start
and half at the end, is not possible, because milestones carry no start.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from metrics.domain.scheduling.why_not import WhyNot, ratio


class EarningRule(StrEnum):
    """When something counts as earned: each milestone with its weight, or all with the last one (0/100)."""

    milestone_weights = "milestone_weights"
    all_or_nothing = "all_or_nothing"


class EstimateBasis(StrEnum):
    """How what is left will cost: as dear as what is done, as planned, or as dear and late as what is done."""

    same_cost = "same_cost"
    as_planned = "as_planned"
    same_cost_and_pace = "same_cost_and_pace"


@dataclass(frozen=True, slots=True)
class EarnedValue:
    """Budget at completion (BAC), planned (PV), earned (EV) and spent (AC) by now, all in one unit."""

    budget: float
    planned: float
    earned: float
    spent: float

    @property
    def cost_variance(self) -> float:
        """CV = EV − AC; below 0 is too dear."""
        return self.earned - self.spent

    @property
    def schedule_variance(self) -> float:
        """SV = EV − PV, in the unit of the budget and not in time; below 0 is behind."""
        return self.earned - self.planned

    @property
    def cost_index(self) -> float | WhyNot:
        """CPI = EV / AC."""
        return ratio(self.earned, self.spent, WhyNot.nothing_spent)

    @property
    def schedule_index(self) -> float | WhyNot:
        """SPI = EV / PV; 1 at the end of every project, however late."""
        return ratio(self.earned, self.planned, WhyNot.nothing_planned)

    def estimate_at_completion(self, basis: EstimateBasis = EstimateBasis.same_cost) -> float | WhyNot:
        """EAC: BAC / CPI, AC + BAC − EV, or AC + (BAC − EV) / (CPI · SPI)."""
        if basis is EstimateBasis.as_planned:
            return self.spent + self.budget - self.earned
        cost, schedule = self.cost_index, self.schedule_index
        if isinstance(cost, WhyNot):
            return cost
        if self.earned <= 0:
            return WhyNot.nothing_earned
        if basis is EstimateBasis.same_cost:
            return self.budget / cost
        if isinstance(schedule, WhyNot):
            return schedule
        return self.spent + (self.budget - self.earned) / (cost * schedule)

    def variance_at_completion(self, basis: EstimateBasis = EstimateBasis.same_cost) -> float | WhyNot:
        """VAC = BAC − EAC; below 0 the budget will not do."""
        estimate = self.estimate_at_completion(basis)
        return estimate if isinstance(estimate, WhyNot) else self.budget - estimate

    @property
    def index_to_complete(self) -> float | WhyNot:
        """TCPI = (BAC − EV) / (BAC − AC): the CPI that what is left needs to stay within the budget."""
        return ratio(self.budget - self.earned, self.budget - self.spent, WhyNot.budget_used_up)


@dataclass(frozen=True, slots=True)
class EarnedSchedule:
    """Earned schedule (ES), time passed (AT) and planned duration (PD), all in periods of the plan."""

    earned: float
    passed: float
    planned_duration: float

    @property
    def variance(self) -> float:
        """SV(t) = ES − AT in periods; below 0 is behind."""
        return self.earned - self.passed

    @property
    def index(self) -> float | WhyNot:
        """SPI(t) = ES / AT."""
        return ratio(self.earned, self.passed, WhyNot.no_time_passed)

    @property
    def estimated_duration(self) -> float | WhyNot:
        """IEAC(t) = PD / SPI(t): how long the whole takes at the pace so far."""
        index = self.index
        return index if isinstance(index, WhyNot) else ratio(self.planned_duration, index, WhyNot.nothing_earned)


def earned_schedule(planned: Sequence[float], earned: float, passed: float) -> EarnedSchedule | WhyNot:
    """Earned schedule of a plan: `planned[n]` is what was to be earned in all by the end of period n, `planned[0]` = 0.

    ES = C + (EV − PV_C) / (PV_{C+1} − PV_C), C being the last period of which everything is earned; never beyond the
    period by which all was planned. Raises ValueError if the plan takes back what it planned.
    """
    if any(after < before for before, after in pairwise(planned)):
        raise ValueError("the planned value falls")
    if not planned or planned[-1] <= 0:
        return WhyNot.nothing_planned
    duration = planned.index(planned[-1])
    if earned >= planned[-1]:
        return EarnedSchedule(float(duration), passed, float(duration))
    whole = bisect_right(planned, earned) - 1
    if whole < 0:
        return EarnedSchedule(0.0, passed, float(duration))
    part = (earned - planned[whole]) / (planned[whole + 1] - planned[whole])
    return EarnedSchedule(whole + part, passed, float(duration))


def share_by_rule(weights_and_done: Iterable[tuple[float, bool]], rule: EarningRule) -> float | WhyNot:
    """Share 0–1 that is earned by (weight, done); the planned share alike, by (weight, due)."""
    steps = list(weights_and_done)
    total = sum(weight for weight, _ in steps)
    if total <= 0:
        return WhyNot.no_milestone
    if rule is EarningRule.all_or_nothing:
        return float(all(done for _, done in steps))
    return sum(weight for weight, done in steps if done) / total
