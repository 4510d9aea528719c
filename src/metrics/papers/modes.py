"""How much of a paper is printed. The model is made smaller before anything is drawn."""

from __future__ import annotations

from enum import StrEnum

from metrics.domain.committee import PaperKind, SittingRole
from metrics.papers.model import Paper, Ranking
from metrics.papers.sentences import OFF_COURSE, deviates, finances_of

TEMPLATE = "2"
"""Version of the PDF's template: the same frozen data and the same version give the same file."""


class Mode(StrEnum):
    """The whole paper, only what deviates, one goal, or a report without points to decide."""

    full = "full"
    deviations = "deviations"
    one_goal = "one_goal"
    report = "report"


def in_mode(paper: Paper, mode: Mode, goal_id: str | None = None) -> Paper:
    """The paper with what the mode shows and nothing else. `goal_id` is needed for one goal.

    Raises ValueError where one goal is asked for and the paper has no goal of that id.
    """
    if mode is Mode.deviations:
        return _only_deviations(paper)
    if mode is Mode.one_goal:
        return _only_goal(paper, goal_id)
    if mode is Mode.report:
        return _report(paper)
    return paper


def _only_deviations(paper: Paper) -> Paper:
    reduced = (
        goal.model_copy(update={"indicators": tuple(line for line in goal.indicators if deviates(line))})
        for goal in paper.goals
    )
    asked = tuple(any(measure.to_comment for measure in goal.measures) for goal in paper.goals)
    kept = zip(reduced, asked, strict=True)
    goals = tuple(goal for goal, money in kept if goal.course in OFF_COURSE or goal.indicators or money)
    return paper.model_copy(update={"goals": goals, "running_well": ""})


def _report(paper: Paper) -> Paper:
    """Without points to decide, and without what they would cost; the committee takes note of it."""
    head = paper.head.model_copy(update={"kind": PaperKind.report, "role": SittingRole.noting})
    own = "" if paper.finances == finances_of(paper.decisions, paper.language) else paper.finances
    return paper.model_copy(update={"decisions": (), "head": head, "finances": own})


def _only_goal(paper: Paper, goal_id: str | None) -> Paper:
    goal = next((goal for goal in paper.goals if goal.id == goal_id), None)
    if goal is None:
        raise ValueError(f"the paper has no goal {goal_id!r}")
    indicator_ids = {line.id for line in goal.indicators}
    decisions = tuple(one for one in paper.decisions if one.indicator_id in indicator_ids)
    return paper.model_copy(
        update={
            "goals": (goal,),
            "decisions": decisions,
            "ranking": _ranking_of(paper.ranking, {measure.id for measure in goal.measures}),
            "summary": goal.generated,
            "facts": "",
            "finances": finances_of(decisions, paper.language),
            "climate": "",
            "running_well": "",
            "stuck": "",
            "changes": (),
            "labs": (),
            "resources": None,
            "follow_ups": (),
        }
    )


def _ranking_of(ranking: Ranking | None, measure_ids: set[str]) -> Ranking | None:
    rows = tuple(row for row in ranking.rows if row.measure_id in measure_ids) if ranking else ()
    return ranking.model_copy(update={"rows": rows}) if ranking and rows else None
