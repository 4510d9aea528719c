"""Totals up the goal tree: what counts, how often, and when there is no total."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.base import Evidence
from metrics.domain.goals import Goal
from metrics.domain.progress.assessment import IndicatorAssessment, assess_indicator
from metrics.domain.progress.outcome import Course, NotComputable, Obstacle
from metrics.domain.progress.rollup import GoalTotal, total_goals
from metrics.domain.targets import DirectionOnly, KeepEveryYear, ValueByDate
from tests.plan import a_goal, a_point, a_series, a_target, an_indicator

TODAY = date(2024, 6, 30)


def an_assessment(identifier: str, share: float | None, *goal_ids: str, **over: Any) -> IndicatorAssessment:
    """An indicator that has travelled this share of its way; None if it has no reading."""
    target = a_target(ValueByDate(value=1, due="2030", baseline=0), id=f"T-{identifier}", indicator_id=identifier)
    points = () if share is None else (a_point(2023, share),)
    indicator = an_indicator(id=identifier, direction="higher", goal_ids=goal_ids or ("Z",), **over)
    return assess_indicator(indicator, [target], points, TODAY)


def total(*assessments: IndicatorAssessment, include_illustrative: bool = False) -> GoalTotal:
    return total_goals([a_goal(id="Z")], assessments, include_illustrative=include_illustrative)["Z"]


def test_a_total_is_the_mean_of_the_shares_by_weight() -> None:
    found = total(an_assessment("I-1", 0.5, weight=3), an_assessment("I-2", 0.9, weight=1))
    assert found.attainment == pytest.approx(0.6)
    assert (found.judged, found.asked, found.coverage) == (2, 2, 1.0)
    assert found.indicator_ids == ("I-1", "I-2")


def test_more_than_all_and_less_than_nothing_count_as_all_and_nothing() -> None:
    assert total(an_assessment("I-1", 5.0), an_assessment("I-2", 0.0)).attainment == 0.5
    assert total(an_assessment("I-1", -5.0), an_assessment("I-2", 1.0)).attainment == 0.5


def test_a_missing_value_lowers_the_coverage_and_not_the_total() -> None:
    found = total(an_assessment("I-1", 0.8), an_assessment("I-2", 0.8), an_assessment("I-3", None))
    assert found.attainment == pytest.approx(0.8)
    assert (found.judged, found.asked) == (2, 3)
    assert found.coverage == pytest.approx(2 / 3)
    with_zero = total(an_assessment("I-1", 0.8), an_assessment("I-2", 0.8), an_assessment("I-3", 0.0))
    assert with_zero.attainment == pytest.approx(1.6 / 3)


def test_less_than_sixty_per_cent_of_the_weight_give_no_total() -> None:
    found = total(an_assessment("I-1", 1.0, weight=59), an_assessment("I-2", None, weight=41))
    assert found.attainment == NotComputable(Obstacle.low_coverage, have=1, need=2)
    assert found.coverage == 0.59


@pytest.mark.parametrize(
    ("judged", "missing"), [([60], [40]), ([0.7, 1.4], [0.1, 1.3]), ([0.6], [0.4]), ([1, 1, 1], [1, 1])]
)
def test_exactly_sixty_per_cent_are_enough_in_binary_arithmetic_too(judged: list[float], missing: list[float]) -> None:
    found = total(
        *(an_assessment(f"I-{number}", 0.5, weight=weight) for number, weight in enumerate(judged)),
        *(an_assessment(f"I-X{number}", None, weight=weight) for number, weight in enumerate(missing)),
    )
    assert found.coverage == 0.6
    assert found.attainment == pytest.approx(0.5)


def test_a_goal_without_targets_has_nothing_to_judge_but_counts_its_indicators() -> None:
    untargeted = assess_indicator(an_indicator(id="I-0", goal_ids=("Z",)), [], a_series([1, 2]), TODAY)
    found = total(untargeted)
    assert found.attainment == NotComputable(Obstacle.nothing_to_judge)
    assert (found.without_target, found.asked, found.coverage, found.worst) == (1, 0, 0.0, None)
    assert total().attainment == NotComputable(Obstacle.nothing_to_judge)


def test_illustrative_values_are_left_out_unless_they_are_asked_for() -> None:
    pair = an_assessment("I-1", 1.0), an_assessment("I-2", 0.0, evidence=Evidence.illustrative)
    without = total(*pair)
    assert (without.attainment, without.asked, without.left_out) == (1.0, 1, 1)
    everything = total(*pair, include_illustrative=True)
    assert (everything.attainment, everything.asked, everything.left_out) == (0.5, 2, 0)


def test_an_illustrative_target_does_not_push_a_real_one_out_of_the_total() -> None:
    real = a_target(KeepEveryYear(value=5), id="T-echt")
    invented = a_target(KeepEveryYear(value=100), id="T-beispiel", evidence=Evidence.illustrative)
    indicator = an_indicator(direction="higher", goal_ids=("Z",))
    assessment = assess_indicator(indicator, [real, invented], a_series([5, 5, 5, 5, 5, 6]), TODAY)
    found = total(assessment)
    assert (found.attainment, found.asked, found.left_out, found.worst) == (1.0, 1, 0, Course.sun)
    everything = total(assessment, include_illustrative=True)
    assert (everything.attainment, everything.worst) == (0.0, Course.cloud)


def test_the_symbols_are_counted_and_the_worst_stands_for_all_never_their_mean() -> None:
    def seen(identifier: str, values: list[float]) -> IndicatorAssessment:
        indicator = an_indicator(id=identifier, direction="higher", goal_ids=("Z",))
        target = a_target(DirectionOnly(), id=f"T-{identifier}", indicator_id=identifier)
        return assess_indicator(indicator, [target], a_series(values), TODAY)

    rising, falling = [1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1]
    found = total(seen("I-1", rising), seen("I-2", falling), seen("I-3", rising), seen("I-4", [1, 2]))
    assert found.courses == {Course.sun: 2, Course.thunderstorm: 1}
    assert (found.worst, found.worst_indicator_id) == (Course.thunderstorm, "I-2")
    assert found.attainment == NotComputable(Obstacle.low_coverage, have=0, need=4)


def test_a_goal_gathers_what_all_goals_beneath_it_hold_and_no_more() -> None:
    goals = [
        a_goal(id="Z"),
        a_goal(id="Z-1", parent_ids=("Z",)),
        a_goal(id="Z-11", parent_ids=("Z-1",)),
        a_goal(id="X"),
    ]
    totals = total_goals(
        goals, [an_assessment("I-1", 0.2, "Z-11"), an_assessment("I-2", 0.4, "Z")], include_illustrative=False
    )
    assert {goal: found.indicator_ids for goal, found in totals.items()} == {
        "Z": ("I-1", "I-2"),
        "Z-1": ("I-1",),
        "Z-11": ("I-1",),
        "X": (),
    }


def test_an_indicator_reached_by_two_paths_counts_once() -> None:
    goals = [
        a_goal(id="Z"),
        a_goal(id="Z-1", parent_ids=("Z",)),
        a_goal(id="Z-2", parent_ids=("Z",)),
        a_goal(id="Z-12", parent_ids=("Z-1", "Z-2")),
    ]
    twice = an_assessment("I-1", 1.0, "Z-12", "Z-1")
    totals = total_goals(goals, [twice, an_assessment("I-2", 0.0, "Z")], include_illustrative=False)
    assert (totals["Z"].asked, totals["Z"].attainment) == (2, 0.5)


def test_goals_in_a_circle_share_their_total_and_unknown_goals_are_passed_over() -> None:
    goals = [a_goal(id="Z-1", parent_ids=("Z-2", "Z-unbekannt")), a_goal(id="Z-2", parent_ids=("Z-1",))]
    found = [an_assessment("I-1", 0.2, "Z-1"), an_assessment("I-2", 0.4, "Z-2", "Z-unbekannt")]
    totals = total_goals(goals, found, include_illustrative=False)
    assert set(totals) == {"Z-1", "Z-2"}
    assert totals["Z-1"].indicator_ids == totals["Z-2"].indicator_ids == ("I-1", "I-2")
    assert total_goals([a_goal(id="Z", parent_ids=("Z",))], found, include_illustrative=False)["Z"].asked == 0


# --- laws on any plan

NAMES = [f"Z-{number}" for number in range(6)]


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[Goal], list[IndicatorAssessment]]:
    """Goals whose parents may form circles, and indicators of any share and weight, some without a reading."""
    parents = st.lists(st.sampled_from(NAMES), max_size=3, unique=True)
    goals = [a_goal(id=name, parent_ids=tuple(draw(parents))) for name in NAMES]
    shares = st.one_of(st.none(), st.floats(-2, 3, allow_subnormal=False))
    found = [
        an_assessment(
            f"I-{number}",
            draw(shares),
            *draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)),
            weight=draw(st.floats(0.01, 1000)),
            evidence=draw(st.sampled_from([Evidence.quoted, Evidence.illustrative])),
        )
        for number in range(draw(st.integers(0, 6)))
    ]
    return goals, found


@given(plans(), st.booleans())
def test_a_total_lies_between_the_least_and_the_most_attained_of_what_it_counts(
    plan: tuple[list[Goal], list[IndicatorAssessment]], include_illustrative: bool
) -> None:
    goals, found = plan
    by_id = {assessment.indicator.id: assessment for assessment in found}
    for goal_total in total_goals(goals, found, include_illustrative=include_illustrative).values():
        counted = [by_id[identifier] for identifier in goal_total.indicator_ids]
        asked = [one for one in counted if include_illustrative or not one.indicator.illustrative]
        shares = [one.attainment.capped for one in asked if not isinstance(one.attainment, NotComputable)]
        assert (goal_total.asked, goal_total.judged) == (len(asked), len(shares))
        assert goal_total.left_out == len(counted) - len(asked)
        assert 0 <= goal_total.coverage <= 1
        if isinstance(goal_total.attainment, NotComputable):
            assert goal_total.coverage < 0.6
        else:
            assert goal_total.coverage >= 0.6
            assert min(shares) - 1e-12 <= goal_total.attainment <= max(shares) + 1e-12


@given(plans())
def test_a_goal_counts_exactly_the_indicators_from_which_a_chain_of_parents_leads_to_it(
    plan: tuple[list[Goal], list[IndicatorAssessment]],
) -> None:
    goals, found = plan
    parents = {goal.id: set(goal.parent_ids) for goal in goals}
    for _ in goals:
        parents = {name: above.union(*(parents[other] for other in above)) for name, above in parents.items()}
    totals = total_goals(goals, found, include_illustrative=True)
    for name in NAMES:
        expected = {
            assessment.indicator.id
            for assessment in found
            if any(goal_id == name or name in parents[goal_id] for goal_id in assessment.indicator.goal_ids)
        }
        assert set(totals[name].indicator_ids) == expected


@given(plans(), st.data())
def test_neither_the_order_of_goals_nor_of_indicators_matters(
    plan: tuple[list[Goal], list[IndicatorAssessment]], data: st.DataObject
) -> None:
    goals, found = plan
    other = total_goals(
        data.draw(st.permutations(goals)), data.draw(st.permutations(found)), include_illustrative=False
    )
    assert total_goals(goals, found, include_illustrative=False) == other


@given(plans())
def test_adding_illustrative_indicators_changes_no_total_that_did_not_ask_for_them(
    plan: tuple[list[Goal], list[IndicatorAssessment]],
) -> None:
    goals, found = plan
    real = [assessment for assessment in found if not assessment.indicator.illustrative]
    everything = total_goals(goals, found, include_illustrative=False)
    for goal_id, alone in total_goals(goals, real, include_illustrative=False).items():
        assert everything[goal_id].attainment == alone.attainment
        assert everything[goal_id].coverage == alone.coverage
