"""Totals up the goal tree: what counts, how often, and when there is no total."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.base import Evidence
from metrics.domain.demands import AgainstBenchmark, DirectionOnly, KeepEveryYear, Relation, ValueByDate
from metrics.domain.goals import Goal, GoalState
from metrics.domain.indicators import IndicatorState
from metrics.domain.progress.assessment import IndicatorAssessment, assess_indicator
from metrics.domain.progress.outcome import Course, CourseVerdict, NotComputable, Obstacle
from metrics.domain.progress.rollup import Child, GoalTotal, part_of, total_goals
from metrics.domain.progress.series import Series
from tests.plan import a_goal, a_point, a_series, a_target, an_indicator

TODAY = date(2024, 6, 30)


def an_assessment(
    identifier: str, share: float | None, *goal_ids: str, measured: int = 2023, **over: Any
) -> IndicatorAssessment:
    """An indicator that has travelled this share of its way; None if it has no reading."""
    target = a_target(ValueByDate(value=1, due="2030", baseline=0), id=f"T-{identifier}", indicator_id=identifier)
    points = () if share is None else (a_point(measured, share),)
    indicator = an_indicator(id=identifier, direction="higher", goal_ids=goal_ids or ("Z",), **over)
    return assess_indicator(indicator, [target], Series.of(indicator, points), TODAY)


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
    indicator = an_indicator(id="I-0", goal_ids=("Z",))
    untargeted = assess_indicator(indicator, [], Series.of(indicator, a_series([1, 2])), TODAY)
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
    series = Series.of(indicator, a_series([5, 5, 5, 5, 5, 6]))
    assessment = assess_indicator(indicator, [real, invented], series, TODAY)
    found = total(assessment)
    assert (found.attainment, found.asked, found.left_out, found.worst) == (1.0, 1, 0, Course.sun)
    everything = total(assessment, include_illustrative=True)
    assert (everything.attainment, everything.worst) == (0.0, Course.cloud)


def test_the_symbols_are_counted_and_the_worst_stands_for_all_never_their_mean() -> None:
    def seen(identifier: str, values: list[float]) -> IndicatorAssessment:
        indicator = an_indicator(id=identifier, direction="higher", goal_ids=("Z",))
        target = a_target(DirectionOnly(), id=f"T-{identifier}", indicator_id=identifier)
        return assess_indicator(indicator, [target], Series.of(indicator, a_series(values)), TODAY)

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


def test_a_goal_weighs_what_stands_directly_beneath_it_and_not_what_lies_further_down() -> None:
    """Z has I-2 (weight 1) and Z-1 (weight 3), which has 0.2 and 0.6 in equal parts: (0.8 + 3 · 0.4) / 4."""
    goals = [a_goal(id="Z"), a_goal(id="Z-1", parent_ids=("Z",), weight=3)]
    found = [
        an_assessment("I-1", 0.2, "Z-1", weight=500),
        an_assessment("I-3", 0.6, "Z-1", weight=500),
        an_assessment("I-2", 0.8, "Z"),
    ]
    totals = total_goals(goals, found, include_illustrative=False)
    assert totals["Z-1"].attainment == pytest.approx(0.4)
    assert totals["Z"].attainment == pytest.approx(0.5)
    assert (totals["Z"].judged, totals["Z"].asked, totals["Z"].coverage) == (3, 3, 1.0)


def test_every_part_of_a_total_stands_with_its_weight_the_least_attained_first_and_the_missing_last() -> None:
    goals = [a_goal(id="Z"), a_goal(id="Z-1", parent_ids=("Z",), weight=3), a_goal(id="Z-leer", parent_ids=("Z",))]
    found = [
        an_assessment("I-1", 1.5, "Z-1"),
        an_assessment("I-2", 0.3, "Z", weight=2),
        an_assessment("I-3", None, "Z", weight=0.5),
    ]
    children = total_goals(goals, found, include_illustrative=False)["Z"].children
    assert children == (
        Child("indicator", "I-2", 2, 0.3, 1.0, None, 0.3),
        Child("goal", "Z-1", 3, 1.0, 1.0),
        Child("indicator", "I-3", 0.5, NotComputable(Obstacle.no_reading), 0.0),
    )


def test_the_weakest_part_is_named_if_any_could_be_judged() -> None:
    found = total(an_assessment("I-1", 0.9), an_assessment("I-2", -0.4), an_assessment("I-3", None))
    assert found.weakest is not None
    assert (found.weakest.id, found.weakest.share, found.weakest.uncapped) == ("I-2", 0.0, -0.4)
    assert total(an_assessment("I-3", None)).weakest is None
    assert total().weakest is None


def test_a_part_is_what_its_indicator_brings_in() -> None:
    assert part_of(an_assessment("I-1", 1.4, weight=2), include_illustrative=False) == Child(
        "indicator", "I-1", 2, 1.0, 1.0, None, 1.4
    )
    invented = an_assessment("I-1", 0.4, evidence=Evidence.illustrative)
    assert part_of(invented, include_illustrative=False) is None
    assert part_of(invented, include_illustrative=True) is not None


def test_the_coverage_of_a_goal_beneath_counts_by_its_weight() -> None:
    """Z-1 (weight 3) can judge 2 of 3, Z-2 (weight 1) all: (3 · 2/3 + 1) / 4 = 75 %."""
    goals = [a_goal(id="Z"), a_goal(id="Z-1", parent_ids=("Z",), weight=3), a_goal(id="Z-2", parent_ids=("Z",))]
    found = [an_assessment(f"I-{number}", share, "Z-1") for number, share in enumerate([0.5, 0.5, None])]
    total_of = total_goals(goals, [*found, an_assessment("I-9", 0.9, "Z-2")], include_illustrative=False)
    assert total_of["Z"].coverage == 0.75
    assert total_of["Z"].attainment == pytest.approx((3 * 0.5 + 0.9) / 4)


def test_a_goal_beneath_that_has_no_total_gives_none_to_the_goal_above() -> None:
    """Z-1 can judge 2 of 4 and has no total; of Z's weight a half is left."""
    goals = [a_goal(id="Z"), a_goal(id="Z-1", parent_ids=("Z",)), a_goal(id="Z-2", parent_ids=("Z",))]
    found = [an_assessment(f"I-{number}", share, "Z-1") for number, share in enumerate([1.0, 1.0, None, None])]
    totals = total_goals(goals, [*found, an_assessment("I-9", 0.2, "Z-2")], include_illustrative=False)
    assert totals["Z-1"].attainment == NotComputable(Obstacle.low_coverage, have=2, need=4)
    assert (totals["Z"].coverage, totals["Z"].attainment) == (
        0.5,
        NotComputable(Obstacle.low_coverage, have=3, need=5),
    )
    assert [(child.id, child.coverage) for child in totals["Z"].children] == [("Z-2", 1.0), ("Z-1", 0.5)]


def test_an_indicator_reached_by_two_paths_counts_once_but_weighs_in_each_goal_that_it_measures() -> None:
    goals = [
        a_goal(id="Z"),
        a_goal(id="Z-1", parent_ids=("Z",)),
        a_goal(id="Z-2", parent_ids=("Z",)),
        a_goal(id="Z-12", parent_ids=("Z-1", "Z-2")),
    ]
    twice = an_assessment("I-1", 1.0, "Z-12", "Z-1")
    totals = total_goals(goals, [twice, an_assessment("I-2", 0.0, "Z")], include_illustrative=False)
    assert (totals["Z"].asked, totals["Z"].judged, totals["Z"].indicator_ids) == (2, 2, ("I-1", "I-2"))
    assert totals["Z-1"].asked == totals["Z-2"].asked == 1
    assert totals["Z"].attainment == pytest.approx(2 / 3)  # Z-1 and Z-2 with 1, I-2 with 0


def test_a_goal_or_parent_that_is_named_twice_counts_once() -> None:
    goals = [a_goal(id="Z"), a_goal(id="Z-1", parent_ids=("Z", "Z"))]
    found = [an_assessment("I-1", 1.0, "Z-1", "Z-1"), an_assessment("I-2", 0.0, "Z", "Z")]
    totals = total_goals(goals, found, include_illustrative=False)
    assert [child.id for child in totals["Z"].children] == ["I-2", "Z-1"]
    assert totals["Z"].attainment == 0.5


def test_a_circle_of_goals_is_cut_where_it_closes_and_unknown_goals_are_passed_over() -> None:
    goals = [a_goal(id="Z-1", parent_ids=("Z-2", "Z-unbekannt")), a_goal(id="Z-2", parent_ids=("Z-1",))]
    found = [an_assessment("I-1", 0.2, "Z-1"), an_assessment("I-2", 0.4, "Z-2", "Z-unbekannt")]
    totals = total_goals(goals, found, include_illustrative=False)
    assert set(totals) == {"Z-1", "Z-2"}
    assert totals["Z-1"].indicator_ids == totals["Z-2"].indicator_ids == ("I-1", "I-2")
    assert [child.id for child in totals["Z-1"].children] == ["I-1", "Z-2"]
    assert [child.id for child in totals["Z-2"].children] == ["I-2"]
    assert totals["Z-1"].attainment == pytest.approx(0.3)
    assert total_goals([a_goal(id="Z", parent_ids=("Z",))], found, include_illustrative=False)["Z"].asked == 0


def test_goals_beneath_each_other_two_thousand_deep_have_their_totals() -> None:
    deepest = 2000
    goals = [a_goal(id=f"Z-{depth}", parent_ids=(f"Z-{depth - 1}",) if depth else ()) for depth in range(deepest)]
    leaf = an_assessment("I-1", 0.25, f"Z-{deepest - 1}")
    totals = total_goals(goals, [leaf], include_illustrative=False)
    assert {found.attainment for found in totals.values()} == {0.25}
    assert {(found.asked, found.coverage) for found in totals.values()} == {(1, 1.0)}


# --- age


def test_what_is_too_old_is_asked_and_not_judged_and_its_symbol_does_not_count() -> None:
    def seen(identifier: str, values: list[float], until: int) -> IndicatorAssessment:
        indicator = an_indicator(id=identifier, direction="higher", goal_ids=("Z",))
        target = a_target(KeepEveryYear(value=5), id=f"T-{identifier}", indicator_id=identifier)
        return assess_indicator(indicator, [target], Series.of(indicator, a_series(values, until=until)), TODAY)

    old, young = seen("I-1", [9, 8, 7, 6, 5, 4], 2020), seen("I-2", [1, 2, 3, 4, 5, 6], 2023)
    assert old.too_old and isinstance(old.course, CourseVerdict) and old.course.course is Course.thunderstorm
    found = total(old, young, an_assessment("I-3", 1.0))
    assert (found.too_old, found.judged, found.asked) == (1, 2, 3)
    assert (found.courses, found.worst) == ({Course.sun: 1}, Course.sun)
    assert found.attainment == 1.0
    assert found.coverage == pytest.approx(2 / 3)
    assert found.children[-1] == Child("indicator", "I-1", 1.0, NotComputable(Obstacle.too_old), 0.0)


def test_old_data_lead_to_no_total_rather_than_to_an_old_one() -> None:
    found = total(an_assessment("I-1", 1.0, measured=2020), an_assessment("I-2", 1.0))
    assert found.attainment == NotComputable(Obstacle.low_coverage, have=1, need=2)
    assert total(an_assessment("I-1", 1.0, measured=2021), an_assessment("I-2", 1.0)).too_old == 0


def test_an_outdated_comparison_pushes_no_target_on_fresh_values_out_of_the_total() -> None:
    indicator = an_indicator(direction="higher", goal_ids=("Z",))
    benchmark = a_target(AgainstBenchmark(relation=Relation.above, territory="NRW"), id="T-nrw")
    own = a_target(KeepEveryYear(value=5), id="T-selbst")
    series = Series.of(indicator, a_series([5, 5, 5, 5, 5, 5]), {"NRW": a_series([9, 9], until=2019)})
    both = total(assess_indicator(indicator, [benchmark, own], series, TODAY))
    assert (both.attainment, both.worst, both.too_old) == (1.0, Course.sun, 0)
    alone = total(assess_indicator(indicator, [benchmark], series, TODAY))
    assert (alone.too_old, alone.judged, alone.worst) == (1, 0, None)
    assert alone.attainment == NotComputable(Obstacle.low_coverage, have=0, need=1)


# --- what was given up


@pytest.mark.parametrize(
    ("state", "counts"), [(state, state.value not in ("deferred", "abandoned")) for state in GoalState]
)
def test_a_goal_that_was_put_off_or_given_up_no_longer_counts_above_it(state: GoalState, counts: bool) -> None:
    goals = [a_goal(id="Z"), a_goal(id="Z-1", parent_ids=("Z",), state=state), a_goal(id="Z-2", parent_ids=("Z-1",))]
    found = [an_assessment("I-0", 1.0, "Z"), an_assessment("I-1", 0.0, "Z-1"), an_assessment("I-2", 0.0, "Z-2")]
    totals = total_goals(goals, found, include_illustrative=False)
    assert (totals["Z"].attainment, totals["Z"].asked) == ((0.5, 3) if counts else (1.0, 1))
    assert totals["Z-1"].attainment == 0.0


def test_a_replaced_indicator_counts_nowhere_and_a_dormant_one_until_its_value_is_too_old() -> None:
    found = total(an_assessment("I-1", 1.0), an_assessment("I-2", 0.0, state=IndicatorState.replaced))
    assert (found.attainment, found.asked, found.indicator_ids) == (1.0, 1, ("I-1",))
    dormant = [an_assessment(f"I-{year}", 0.0, measured=year, state=IndicatorState.dormant) for year in (2023, 2015)]
    assert [total(one).judged for one in dormant] == [1, 0]


# --- the geometric mean beside it


@pytest.mark.parametrize(
    ("shares", "arithmetic", "geometric"),
    [
        ([0.21, 0.01, 0.01, 0.01], 0.06, 0.0214),  # 21, 1, 1, 1 and four sixes: the handbook's example
        ([0.06, 0.06, 0.06, 0.06], 0.06, 0.06),
        ([1.0, 0.25], 0.625, 0.5),
        ([1.0, 0.0], 0.5, 0.1),  # nothing counts as one per cent
        ([0.0, 0.0], 0.0, 0.0),
    ],
)
def test_the_geometric_mean_shows_how_much_strong_parts_make_up_for_weak_ones(
    shares: list[float], arithmetic: float, geometric: float
) -> None:
    found = total(*(an_assessment(f"I-{number}", share) for number, share in enumerate(shares)))
    assert found.attainment == pytest.approx(arithmetic)
    assert found.geometric == pytest.approx(geometric, abs=1e-4)


def test_without_a_total_there_is_no_geometric_mean() -> None:
    assert total(an_assessment("I-1", 1.0), an_assessment("I-2", None)).geometric is None
    assert total().geometric is None


# --- laws on any plan

NAMES = [f"Z-{number}" for number in range(6)]


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[Goal], list[IndicatorAssessment]]:
    """Goals whose parents may form circles, and indicators of any share and weight, some without a reading."""
    parents = st.lists(st.sampled_from(NAMES), max_size=3, unique=True)
    weights = st.floats(0.01, 1000)
    goals = [a_goal(id=name, parent_ids=tuple(draw(parents)), weight=draw(weights)) for name in NAMES]
    shares = st.one_of(st.none(), st.floats(-2, 3, allow_subnormal=False))
    found = [
        an_assessment(
            f"I-{number}",
            draw(shares),
            *draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)),
            weight=draw(weights),
            measured=draw(st.sampled_from([2023, 2020])),
            evidence=draw(st.sampled_from([Evidence.quoted, Evidence.illustrative])),
        )
        for number in range(draw(st.integers(0, 6)))
    ]
    return goals, found


@given(plans(), st.booleans())
def test_a_total_lies_between_its_least_and_its_most_attained_part(
    plan: tuple[list[Goal], list[IndicatorAssessment]], include_illustrative: bool
) -> None:
    for found in total_goals(*plan, include_illustrative=include_illustrative).values():
        shares = [child.share for child in found.children if not isinstance(child.share, NotComputable)]
        assert 0 <= found.coverage <= 1
        if isinstance(found.attainment, NotComputable):
            assert found.coverage < 0.6
            assert found.geometric is None
        else:
            assert found.coverage >= 0.6
            assert min(shares) - 1e-12 <= found.attainment <= max(shares) + 1e-12
            assert found.geometric is not None and found.geometric <= found.attainment
            assert found.weakest is not None and found.weakest.share == min(shares)


@given(plans(), st.booleans())
def test_a_total_is_the_weighted_mean_of_its_parts_and_nothing_else(
    plan: tuple[list[Goal], list[IndicatorAssessment]], include_illustrative: bool
) -> None:
    goals, found = plan
    weights = {goal.id: goal.weight for goal in goals} | {one.indicator.id: one.indicator.weight for one in found}
    totals = total_goals(goals, found, include_illustrative=include_illustrative)
    for goal_total in totals.values():
        parts = [child for child in goal_total.children if not isinstance(child.share, NotComputable)]
        assert all(child.weight == weights[child.id] for child in goal_total.children)
        assert all(child.share == totals[child.id].attainment for child in parts if child.kind == "goal")
        if not isinstance(goal_total.attainment, NotComputable):
            weight = sum(child.weight for child in parts)
            expected = sum(child.weight * child.share for child in parts if isinstance(child.share, float))
            assert goal_total.attainment * weight == pytest.approx(expected)


@given(plans(), st.booleans())
def test_a_total_lies_between_the_least_and_the_most_attained_indicator_beneath_it(
    plan: tuple[list[Goal], list[IndicatorAssessment]], include_illustrative: bool
) -> None:
    goals, found = plan
    by_id = {assessment.indicator.id: assessment for assessment in found}
    for goal_total in total_goals(goals, found, include_illustrative=include_illustrative).values():
        counted = [by_id[identifier] for identifier in goal_total.indicator_ids]
        asked = [one for one in counted if include_illustrative or not one.indicator.illustrative]
        shares = [
            one.attainment.capped for one in asked if not one.too_old and not isinstance(one.attainment, NotComputable)
        ]
        assert (goal_total.asked, goal_total.judged) == (len(asked), len(shares))
        assert goal_total.left_out == len(counted) - len(asked)
        assert goal_total.too_old == sum(one.too_old for one in asked)
        if not isinstance(goal_total.attainment, NotComputable):
            assert min(shares) - 1e-12 <= goal_total.attainment <= max(shares) + 1e-12


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0.1, 100)), min_size=1, max_size=6),
    st.integers(0, 5),
    st.floats(1, 100),
    st.booleans(),
)
def test_more_weight_on_a_weak_part_never_raises_a_total_however_deep_it_lies(
    parts: list[tuple[float, float]], place: int, factor: float, deep: bool
) -> None:
    goals = [a_goal(id="Z"), a_goal(id="Z-1", parent_ids=("Z",)), a_goal(id="Z-2", parent_ids=("Z",))]
    beside = an_assessment("I-X", 0.5, "Z-2")

    def totals(weights: list[float]) -> dict[str, GoalTotal]:
        found = [
            an_assessment(f"I-{number}", share, "Z-1" if deep else "Z", weight=min(1000.0, weight))
            for number, ((share, _), weight) in enumerate(zip(parts, weights, strict=True))
        ]
        return total_goals(goals, [*found, beside], include_illustrative=False)

    place %= len(parts)
    weights = [weight for _, weight in parts]
    before = totals(weights)
    parent = before["Z-1" if deep else "Z"].attainment
    assert isinstance(parent, float)
    after = totals([weight * factor if number == place else weight for number, weight in enumerate(weights)])
    higher, lower = after["Z"].attainment, before["Z"].attainment
    assert isinstance(higher, float) and isinstance(lower, float)
    if parts[place][0] <= parent:
        assert higher <= lower + 1e-9
    else:
        assert higher >= lower - 1e-9


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


@given(plans(), st.sampled_from([0.001, 0.5, 7]))
def test_only_the_ratio_of_weights_matters(plan: tuple[list[Goal], list[IndicatorAssessment]], factor: float) -> None:
    goals, found = plan
    scaled = [goal.model_copy(update={"weight": goal.weight * factor}) for goal in goals]
    other = [
        replace(one, indicator=one.indicator.model_copy(update={"weight": one.indicator.weight * factor}))
        for one in found
    ]
    before = total_goals(goals, found, include_illustrative=True)
    for goal_id, after in total_goals(scaled, other, include_illustrative=True).items():
        assert after.coverage == pytest.approx(before[goal_id].coverage)
        if isinstance(after.attainment, float) and isinstance(before[goal_id].attainment, float):
            assert after.attainment == pytest.approx(before[goal_id].attainment)
