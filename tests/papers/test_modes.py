"""A mode makes the model smaller; what is not shown is not there."""

from __future__ import annotations

import pytest

from metrics.domain.committee import PaperKind
from metrics.domain.progress.outcome import Course
from metrics.papers.model import Decision, Paper
from metrics.papers.modes import Mode, in_mode
from metrics.papers.sentences import deviates
from tests.papers.samples import a_paper


def test_the_full_paper_is_the_paper() -> None:
    assert in_mode(a_paper(), Mode.full) == a_paper()


def test_deviations_hold_only_what_lags() -> None:
    shown = in_mode(a_paper(), Mode.deviations)
    assert [line.course for line in shown.indicators] == [Course.cloud, Course.thunderstorm]


def test_what_has_to_be_commented_on_is_a_deviation_whatever_its_course() -> None:
    goal = a_paper().goals[0]
    on_course = tuple(line for line in goal.indicators if not deviates(line))
    asked = on_course[0].model_copy(update={"to_comment": True})
    fine = goal.model_copy(update={"course": Course.sun, "indicators": (asked, *on_course[1:])})
    assert [line.id for line in in_mode(a_paper(goals=(fine,)), Mode.deviations).indicators] == [asked.id]
    costly = goal.measures[0].model_copy(update={"to_comment": True})
    dear = goal.model_copy(update={"course": Course.sun, "indicators": on_course, "measures": (costly,)})
    assert [one.indicators for one in in_mode(a_paper(goals=(dear,)), Mode.deviations).goals] == [()]


def test_a_goal_that_lags_stays_among_the_deviations_without_indicators() -> None:
    goal = a_paper().goals[0].model_copy(update={"course": Course.cloud, "indicators": ()})
    assert in_mode(a_paper(goals=(goal,)), Mode.deviations).goals == (goal,)


def test_goals_on_course_with_all_their_indicators_are_no_deviation() -> None:
    goal = a_paper().goals[0]
    on_course = tuple(line for line in goal.indicators if not deviates(line))
    fine = goal.model_copy(update={"course": Course.sun, "indicators": on_course})
    assert in_mode(a_paper(goals=(fine,)), Mode.deviations).goals == ()


def test_deviations_say_nothing_on_what_runs_well() -> None:
    shown = in_mode(a_paper(running_well="Alles läuft.", stuck="Eines klemmt."), Mode.deviations)
    assert (shown.running_well, shown.stuck) == ("", "Eines klemmt.")


def test_one_goal_is_that_goal_with_the_decisions_on_its_indicators() -> None:
    wanted, other = a_paper().goals[1], a_paper().goals[0]
    decisions = (
        Decision(number=1, text="zu diesem Ziel", indicator_id=wanted.indicators[0].id),
        Decision(number=2, text="zum anderen", indicator_id=other.indicators[0].id),
        Decision(number=3, text="zu keinem"),
    )
    shown = in_mode(a_paper(decisions=decisions), Mode.one_goal, wanted.id)
    assert shown.goals == (wanted,)
    assert [one.text for one in shown.decisions] == ["zu diesem Ziel"]


def test_one_goal_holds_nothing_of_the_rest_of_the_plan() -> None:
    shown = in_mode(a_paper(), Mode.one_goal, a_paper().goals[0].id)
    told = shown.model_dump_json()
    assert a_paper().goals[1].title not in told
    assert a_paper().labs[0].title not in told
    assert (shown.follow_ups, shown.resources, shown.changes) == ((), None, ())


def test_one_goal_keeps_the_places_of_its_measures_in_the_ranking() -> None:
    paper = _with_ranked_measures_of_both_goals()
    shown = in_mode(paper, Mode.one_goal, paper.goals[0].id)
    assert shown.ranking is not None
    assert [row.measure_id for row in shown.ranking.rows] == [paper.goals[0].measures[0].id]


def test_a_goal_that_the_paper_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="no goal 'nirgends'"):
        in_mode(a_paper(), Mode.one_goal, "nirgends")


def test_a_report_decides_nothing() -> None:
    shown = in_mode(a_paper(), Mode.report)
    assert shown.decisions == ()
    assert shown.head.kind is PaperKind.report


@pytest.mark.parametrize("mode", Mode)
def test_a_mode_applied_twice_is_applied_once(mode: Mode) -> None:
    goal_id = a_paper().goals[0].id
    once = in_mode(a_paper(), mode, goal_id)
    assert in_mode(once, mode, goal_id) == once


def _with_ranked_measures_of_both_goals() -> Paper:
    paper = a_paper()
    assert paper.ranking is not None
    ids = [paper.goals[0].measures[0].id, paper.goals[1].measures[0].id]
    rows = tuple(
        row.model_copy(update={"measure_id": measure_id})
        for row, measure_id in zip(paper.ranking.rows[:2], ids, strict=True)
    )
    return paper.model_copy(update={"ranking": paper.ranking.model_copy(update={"rows": rows})})
