"""What a committee paper says, and nothing that it does not say: the one thing that every generator reads.

Built by a use case from a frozen state of the plan, stored with the snapshot, and made smaller for the public by
`public.py` before anything is drawn. Numbers are numbers, days are days; sentences are in the paper's language.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from metrics.domain.base import Value
from metrics.domain.committee import PaperKind, SittingRole
from metrics.domain.progress.outcome import Course
from metrics.locale.catalogue import Language

Share = float
"""0 at the start, 1 at the target; below and above are shown as they are."""


class PointLine(Value):
    """One value of a series. `withheld`: it is there, but not told to the public.

    `largest_share`: how much of the value its largest contributor stands for, 0–1; never part of the public variant.
    """

    start: date
    end: date
    value: float | None
    provisional: bool = False
    withheld: bool = False
    largest_share: float | None = None


class PathPoint(Value):
    """Where the target path of an indicator stands on a day."""

    day: date
    value: float


class IndicatorLine(Value):
    """One indicator with its headline target, which is due on `due` (None: it has no day).

    `path`: from the baseline through interim targets to the target; empty where the target has none. `baseline`,
    `expected` (where the target path stands on the day of the paper), `actual` and `target` in `unit`; each None where
    there is none, and then `reason` says why. `share` and `expected_share`: how much of the way.
    `quality` tells how the last value came about (measured, estimated, provisional …); `stale`: too old to count.
    `illustrative`: something of it is invented; `example_target`: its target alone is, the values are not.
    `to_comment`: so far from its plan that the office has to say why. `counts_units`: the values count firms or
    people, so very small ones could be recognised. `part_of`: the id of the indicator that is the total of this one
    and of the others that name it.
    """

    id: str
    title: str
    unit: str
    territory: str
    rising_is_better: bool | None
    decimals: int = 1
    baseline: float | None = None
    baseline_period: str | None = None
    expected: float | None = None
    actual: float | None = None
    actual_period: str | None = None
    target: float | None = None
    target_told: str | None = None
    share: Share | None = None
    expected_share: Share | None = None
    course: Course | None = None
    reason: str = ""
    stale: bool = False
    due: date | None = None
    quality: str = ""
    source: str = ""
    vintage: str = ""
    illustrative: bool = False
    example_target: bool = False
    to_comment: bool = False
    confidential: bool = False
    counts_units: bool = False
    part_of: str | None = None
    points: tuple[PointLine, ...] = ()
    path: tuple[PathPoint, ...] = ()


class MeasureLine(Value):
    """One measure of a goal. Money in euros of the year of the paper; `funded` is the share paid by others.

    `to_comment`: it costs so much more than planned that the office has to say why.
    """

    id: str
    title: str
    state: str
    owner: str | None
    runs: str = ""
    planned: float | None = None
    spent: float | None = None
    funded: Share | None = None
    status: str = ""
    illustrative: bool = False
    to_comment: bool = False
    confidential: bool = False


class GoalPage(Value):
    """One goal: what it says, how it stands, what the office makes of it, and what follows.

    `assessment` and `consequence` are the office's own words (`commented`: whether it wrote any assessment);
    `generated` is the sentence that the data gave. `coverage`: the share of the weight that could be judged.
    """

    id: str
    title: str
    text: str = ""
    owner: str | None = None
    course: Course | None = None
    course_before: Course | None = None
    coverage: Share | None = None
    generated: str = ""
    assessment: str = ""
    consequence: str = ""
    commented: bool = False
    indicators: tuple[IndicatorLine, ...] = ()
    measures: tuple[MeasureLine, ...] = ()

    @property
    def uncommented(self) -> tuple[str, ...]:
        """The titles of what has to be commented on while nobody has."""
        if self.commented:
            return ()
        return tuple(line.title for lines in (self.indicators, self.measures) for line in lines if line.to_comment)


class LabPage(Value):
    """A living lab: what it asked, what was learned, and how it goes on."""

    id: str
    title: str
    state: str
    aim: str = ""
    learned: tuple[str, ...] = ()
    outlook: str = ""
    illustrative: bool = False


class RankedMeasure(Value):
    """A place in the ranking of a round; `utility` in points of 100, from and to the rank that is not excluded."""

    rank: int
    measure_id: str
    title: str
    utility: float
    effort: float | None = None
    impact: float | None = None
    best_rank: int | None = None
    worst_rank: int | None = None
    chosen: bool | None = None


class Ranking(Value):
    """The result of a prioritisation round, with its method and who rated when."""

    round_id: str
    title: str
    method: str
    raters: str
    decided: str = ""
    illustrative: bool = False
    rows: tuple[RankedMeasure, ...] = ()


class QuarterLoad(Value):
    """Work that is planned in a quarter and what there is, in full-time equivalents.

    `short`: what single groups lack, whatever others have to spare: nobody can do everybody's work.
    """

    label: str
    demand: float
    capacity: float
    short: float = 0.0

    @property
    def missing(self) -> float:
        """What is planned beyond what the groups can do."""
        return min(self.demand, max(self.short, self.demand - self.capacity, 0.0))


class MeasureLoad(Value):
    """What a measure asks for in each of the quarters of `Resources`, in their order, in full-time equivalents."""

    measure_id: str
    title: str
    demand: tuple[float, ...]
    illustrative: bool = False


class PotLine(Value):
    """Money of a goal (`goal_id`) or of a funding pot (None) in a year, in euros.

    A measure that serves several goals counts with each of them.
    """

    goal_id: str | None = None
    title: str
    year: int
    planned: float
    spent: float | None = None


class Resources(Value):
    """Work and money, and one plain sentence on whether they suffice; `measures`: who asks most comes first."""

    sentence: str
    quarters: tuple[QuarterLoad, ...] = ()
    measures: tuple[MeasureLoad, ...] = ()
    money: tuple[PotLine, ...] = ()
    illustrative: bool = False


class Decision(Value):
    """A point to decide with what follows from yes and from no; `amount` in euros."""

    number: int
    text: str
    if_yes: str = ""
    if_no: str = ""
    amount: float | None = None
    product: str | None = None
    indicator_id: str | None = None


class Consultation(Value):
    """A committee that deals with the paper, when, as what, and with which result."""

    committee: str
    held_on: date
    role: SittingRole
    result: str = ""


class FollowUp(Value):
    """What an earlier sitting decided or asked, and what has become of it."""

    id: str
    kind: str
    text: str
    from_sitting: str
    owner: str | None
    due: date | None
    state: str
    result: str = ""
    overdue: bool = False
    confidential: bool = False


class Head(Value):
    """Who brings what before whom."""

    city: str
    office: str
    title: str
    kind: PaperKind
    public: bool
    committee: str
    held_on: date
    role: SittingRole
    agenda_item: str = ""
    paper_number: str = ""
    file_reference: str = ""
    lead: str = ""
    involved: tuple[str, ...] = ()
    consultations: tuple[Consultation, ...] = ()


class Basis(Value):
    """What the paper rests on. `frozen_at` and `as_of` are days, so that the same state gives the same paper.

    `comment_rule`: from which deviation on the office comments. `compared_with`: the day of the sitting whose paper
    says how the goals stood before.
    """

    as_of: date
    frozen_at: date
    change_number: int
    rule: str
    rule_version: str
    rule_told: str
    thresholds: tuple[str, ...] = ()
    comment_rule: str = ""
    illustrative_included: bool = False
    compared_with: date | None = None
    template: Annotated[str, StringConstraints(min_length=1)]


class Aside(Value):
    """What stands on no goal's page, and has to be known to tell what the public may not see.

    Confidential indicators and measures, and indicators that are part of a sum or its total. No file shows it.
    """

    indicators: tuple[IndicatorLine, ...] = ()
    measures: tuple[MeasureLine, ...] = ()


class Paper(Value):
    """A committee paper. `withheld`: how many items the public variant leaves out; said on its last page."""

    language: Language
    head: Head
    basis: Basis
    summary: str = ""
    facts: str = ""
    finances: str = ""
    climate: str = ""
    decisions: tuple[Decision, ...] = ()
    running_well: str = ""
    stuck: str = ""
    changes: tuple[str, ...] = ()
    goals: tuple[GoalPage, ...] = ()
    labs: tuple[LabPage, ...] = ()
    ranking: Ranking | None = None
    resources: Resources | None = None
    follow_ups: tuple[FollowUp, ...] = ()
    aside: Aside = Aside()
    withheld: Annotated[int, Field(ge=0)] = 0

    @property
    def indicators(self) -> tuple[IndicatorLine, ...]:
        """Every indicator once, in the order of the goals."""
        found = {line.id: line for goal in self.goals for line in goal.indicators}
        return tuple(found.values())
