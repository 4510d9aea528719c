"""One indicator against its targets: which are in force, which one decides, and what rests on invented values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from metrics.domain.base import Evidence
from metrics.domain.demands import (
    AgainstBenchmark,
    DirectionOnly,
    InWords,
    KeepEveryYear,
    Relation,
    RelativeToBaseYear,
    StateCriterion,
    ValueByDate,
    YesNo,
)
from metrics.domain.indicators import Direction, Indicator, Rhythm
from metrics.domain.progress.assessment import (
    IndicatorAssessment,
    assess_indicator,
    course_by,
    courses_side_by_side,
    earlier_courses,
    rules_disagree,
)
from metrics.domain.progress.outcome import (
    Attainment,
    Course,
    CourseVerdict,
    Formula,
    Freshness,
    NotComputable,
    Obstacle,
    Point,
)
from metrics.domain.progress.rules import DEFAULT, RULES, Rule
from metrics.domain.progress.series import Series
from metrics.domain.targets import Target
from tests.plan import a_copy_of, a_point, a_series, a_target, an_indicator, known

TODAY = date(2024, 6, 30)
FALLING = a_series([10, 9.5, 9, 8.8, 8.6, 8.4, 8.2, 8])
INVENTED = Evidence.illustrative
SUN, SUN_CLOUD, CLOUD, STORM = Course


def assess(
    indicator: Indicator, targets: Sequence[Target], points: tuple[Point, ...], today: date = TODAY, **over: Any
) -> IndicatorAssessment:
    others = over.pop("others", None)
    return assess_indicator(indicator, targets, Series.of(indicator, points, others), today, **over)


def symbol(outcome: CourseVerdict | NotComputable) -> Course | Obstacle:
    return outcome.course if isinstance(outcome, CourseVerdict) else outcome.reason


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "day", "expected"),
    [
        (None, None, date(1990, 1, 1), True),
        ("2024-06", None, date(2024, 5, 31), False),
        ("2024-06", None, date(2024, 6, 1), True),
        ("2024", None, date(2024, 1, 1), True),
        (None, "2024", date(2024, 12, 31), True),
        (None, "2024", date(2025, 1, 1), False),
        (None, "2024-02", date(2024, 2, 29), True),
        ("2024-06-30", "2024-06-30", date(2024, 6, 30), True),
        ("2024-06-30", "2024-06-30", date(2024, 7, 1), False),
    ],
)
def test_a_target_is_in_force_from_the_first_to_the_last_day_it_names(
    valid_from: str | None, valid_until: str | None, day: date, expected: bool
) -> None:
    assert a_target(valid_from=valid_from, valid_until=valid_until).in_force(day) is expected


def test_a_superseded_target_is_not_judged() -> None:
    old = a_target(id="T-alt", valid_until="2023")
    new = a_target(ValueByDate(value=6, due="2030", baseline=10), id="T-neu", valid_from="2024")
    assessment = assess(an_indicator(), [old, new], FALLING, TODAY)
    assert [verdict.target.id for verdict in assessment.targets] == ["T-neu"]
    assert assessment.attainment == Attainment(
        0.5, 8, 6, Formula.way, baseline=10, baseline_stated=True, end=FALLING[-1].end
    )
    assert isinstance(assessment.course, CourseVerdict)


def test_the_worst_of_several_targets_decides_how_an_indicator_is_shown() -> None:
    kept = a_target(KeepEveryYear(value=9), id="T-gehalten")
    missed = a_target(KeepEveryYear(value=5), id="T-verfehlt")
    direction = a_target(DirectionOnly(), id="T-richtung")
    assessment = assess(an_indicator(), [kept, missed, direction], FALLING, TODAY)
    assert assessment.headline is not None and assessment.headline.target.id == "T-verfehlt"
    assert assessment.course.course is Course.cloud  # type: ignore[union-attr]
    assert assessment.attainment == Attainment(0.0, 8, 5, Formula.kept, kept=False, end=FALLING[-1].end)


def test_of_two_targets_with_one_symbol_the_less_attained_decides() -> None:
    near = a_target(KeepEveryYear(value=7, tolerance=2), id="T-nah")
    far = a_target(KeepEveryYear(value=6.5, tolerance=2), id="T-fern")
    for order in ([near, far], [far, near]):
        assessment = assess(an_indicator(), order, FALLING, TODAY)
        assert [verdict.target.id for verdict in assessment.targets] == ["T-fern", "T-nah"]


def test_an_indicator_without_a_target_says_so_and_a_neutral_one_says_why() -> None:
    plain = assess(an_indicator(), [], FALLING, TODAY)
    assert plain.headline is None
    assert plain.course == plain.attainment == NotComputable(Obstacle.no_target)
    neutral = assess(an_indicator(direction=Direction.neutral), [], FALLING, TODAY)
    assert neutral.course == neutral.attainment == NotComputable(Obstacle.neutral_direction)


def test_an_assessment_knows_the_last_point_its_age_and_when_the_next_is_due() -> None:
    assessment = assess(an_indicator(), [], FALLING, TODAY)
    assert assessment.last == FALLING[-1]
    assert (assessment.freshness, assessment.due) == (Freshness.fresh, date(2025, 3, 31))
    empty = assess(an_indicator(), [a_target()], (), TODAY)
    assert (empty.last, empty.freshness, empty.due) == (None, Freshness.never, None)
    assert empty.course == empty.attainment == NotComputable(Obstacle.no_reading)


def test_the_office_may_judge_an_indicator_across_a_break() -> None:
    broken = (*FALLING[:-1], a_copy_of(FALLING[-1], break_before=True))
    target = a_target(DirectionOnly())
    strict = assess(an_indicator(), [target], broken, TODAY)
    assert strict.course == NotComputable(Obstacle.break_in_series, have=1, need=6)
    tolerant = assess(an_indicator(judge_across_breaks=True), [target], broken, TODAY)
    assert isinstance(tolerant.course, CourseVerdict)


# --- illustrative values


def judged_illustrative(points: tuple, target_over: dict | None = None, indicator_over: dict | None = None) -> bool:
    target = a_target(ValueByDate(value=6, due="2030"), **(target_over or {}))
    assessment = assess(an_indicator(**(indicator_over or {})), [target], points, TODAY)
    assert assessment.headline is not None and isinstance(assessment.headline.attainment, Attainment)
    return assessment.headline.illustrative


def invented_at(place: int) -> tuple:
    return tuple(a_copy_of(point, illustrative=place == number) for number, point in enumerate(FALLING))


def test_a_verdict_on_real_values_against_a_real_target_is_real() -> None:
    assert judged_illustrative(FALLING) is False


def test_a_verdict_is_illustrative_if_its_target_or_its_indicator_is() -> None:
    assert judged_illustrative(FALLING, target_over={"evidence": INVENTED}) is True
    assert judged_illustrative(FALLING, indicator_over={"evidence": INVENTED}) is True


@pytest.mark.parametrize(("place", "expected"), [(7, True), (2, True), (1, False), (0, True)])
def test_a_verdict_is_illustrative_if_a_point_it_used_is_be_it_only_as_baseline(place: int, expected: bool) -> None:
    assert judged_illustrative(invented_at(place)) is expected


def test_an_invented_first_reading_taints_nothing_if_the_target_states_its_baseline() -> None:
    target = a_target(ValueByDate(value=6, due="2030", baseline=10))
    assessment = assess(an_indicator(), [target], invented_at(0), TODAY)
    assert assessment.headline is not None and assessment.headline.illustrative is False


def test_an_indicator_is_shown_as_illustrative_if_it_or_its_last_value_is() -> None:
    assert assess(an_indicator(), [], FALLING, TODAY).illustrative is False
    assert assess(an_indicator(), [], invented_at(7), TODAY).illustrative is True
    assert assess(an_indicator(), [], invented_at(6), TODAY).illustrative is False
    assert assess(an_indicator(evidence=INVENTED), [], FALLING, TODAY).illustrative is True


def test_an_invented_value_of_another_territory_makes_a_verdict_illustrative_even_without_a_course() -> None:
    target = a_target(AgainstBenchmark(relation=Relation.above, territory="NRW"))
    for invented in (False, True):
        others = {"NRW": (a_point(2023, 9, illustrative=invented),)}
        found = assess(an_indicator(), [target], FALLING, others=others)
        assert found.headline is not None and isinstance(found.headline.course, NotComputable)
        assert found.headline.illustrative is invented


def test_an_invented_base_year_makes_a_verdict_illustrative() -> None:
    demand = RelativeToBaseYear(percent=50, base_period="2016", due="2030")
    assert assess(an_indicator(), [a_target(demand)], invented_at(0)).targets[0].illustrative
    assert not assess(an_indicator(), [a_target(demand)], invented_at(1)).targets[0].illustrative
    stated = demand.model_copy(update={"base_value": 10.0})
    assert not assess(an_indicator(), [a_target(stated)], invented_at(0)).targets[0].illustrative


# --- several targets at once

MISSED, KEPT, DIRECTION = KeepEveryYear(value=5), KeepEveryYear(value=9), DirectionOnly()


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_worst_symbol_decides_in_whatever_order_the_targets_were_written(order: tuple[int, ...]) -> None:
    targets = [
        a_target(MISSED, id="T-verfehlt"),  # cloud
        a_target(ValueByDate(value=6.4, due="2028", baseline=10), id="T-datum"),  # 7.0 expected: cloud too
        a_target(KEPT, id="T-gehalten"),  # sun
        a_target(InWords(text="wie NRW"), id="T-worte"),  # none
    ]
    found = assess(an_indicator(), [targets[place] for place in order], FALLING)
    assert [verdict.target.id for verdict in found.targets] == ["T-verfehlt", "T-datum", "T-gehalten", "T-worte"]
    assert [symbol(verdict.course) for verdict in found.targets] == [CLOUD, CLOUD, SUN, Obstacle.target_in_words]


def test_a_target_that_cannot_be_judged_hides_no_target_that_can() -> None:
    found = assess(an_indicator(), [a_target(YesNo(), id="T-1"), a_target(KEPT, id="T-2")], FALLING)
    assert symbol(found.course) is SUN
    assert isinstance(found.attainment, Attainment) and found.attainment.share == 1.0


def test_each_target_is_judged_in_the_time_it_is_in_force_and_kept_when_it_was_superseded() -> None:
    old = a_target(MISSED, id="T-alt", valid_from="2015", valid_until="2023")
    new = a_target(KEPT, id="T-neu", valid_from="2024")
    both = [old, new]
    assert [one.target.id for one in assess(an_indicator(), both, FALLING, date(2023, 12, 31)).targets] == ["T-alt"]
    assert [one.target.id for one in assess(an_indicator(), both, FALLING, date(2024, 1, 1)).targets] == ["T-neu"]
    before = assess(an_indicator(), both, FALLING, date(2014, 12, 31))
    assert before.targets == ()
    assert before.course == before.attainment == NotComputable(Obstacle.no_target)


# --- age


def test_a_verdict_is_as_old_as_the_last_period_that_both_territories_have() -> None:
    """Yearly values are due after 456 days; a comparison of 2020 is too old in mid-2024, the own value is not."""
    above = a_target(AgainstBenchmark(relation=Relation.above, territory="NRW"), id="T-nrw")
    others = {"NRW": a_series([9, 9, 9, 9, 9, 9], until=2020)}
    found = assess(an_indicator(), [above, a_target(KEPT, id="T-selbst")], FALLING, others=others)
    assert (found.too_old, {one.target.id: one.too_old for one in found.targets}) == (
        False,
        {"T-nrw": True, "T-selbst": False},
    )


def test_a_verdict_on_an_old_value_is_kept_and_marked() -> None:
    found = assess(an_indicator(publication_lag=90), [a_target(KEPT)], FALLING, date(2026, 7, 2))
    assert (found.freshness, found.too_old, found.targets[0].too_old) == (Freshness.stale, True, True)
    assert symbol(found.course) is SUN
    assert not assess(an_indicator(rhythm=Rhythm.irregular), [a_target(KEPT)], FALLING, date(2099, 1, 1)).too_old


def test_a_state_in_words_rests_on_its_criteria_and_not_on_the_readings() -> None:
    words = a_target(InWords(text="wie NRW", criteria=(StateCriterion(title="a", state="met", proof="Ratsbeschluss"),)))
    old = (a_point(2010, 5, illustrative=True),)
    for points in ((), old):
        (found,) = assess(an_indicator(), [words], points).targets
        assert isinstance(found.attainment, Attainment) and found.attainment.share == 1.0
        assert (found.too_old, found.illustrative) == (False, False)


# --- rules side by side

AHEAD_OF_PATH = ValueByDate(value=100, due="2030", baseline=10, baseline_period="2010")


def test_another_rule_may_be_asked_for_and_says_its_name_and_version() -> None:
    target, series = a_target(AHEAD_OF_PATH), known([90, 88, 86, 84, 82, 80])
    for rule in RULES.values():
        found = assess_indicator(an_indicator(direction="higher"), [target], series, TODAY, rule).course
        assert isinstance(found, CourseVerdict)
        assert (found.rule, found.rule_version) == (rule.id, rule.version)
        assert found == course_by(rule, target, series)


def test_rules_may_disagree_on_what_is_far_ahead_and_falling_back() -> None:
    """80 of 100 in 2023 is ahead of the path of 68.5, but it was 90 in 2018."""
    target, series = a_target(AHEAD_OF_PATH), known([90, 88, 86, 84, 82, 80])
    found = courses_side_by_side(target, series)
    assert list(found) == list(RULES) and next(iter(found)) == DEFAULT.id == "destatis_weather"
    assert symbol(found["destatis_weather"]) is STORM
    assert symbol(found["target_path"]) is SUN
    assert rules_disagree(found)


def test_rules_agree_where_none_sees_it_otherwise_or_has_anything_to_say() -> None:
    target, steady = a_target(AHEAD_OF_PATH), known([60, 64, 68, 72, 76, 80])
    found = courses_side_by_side(target, steady)
    assert {symbol(one) for one in found.values()} == {SUN}
    assert not rules_disagree(found)
    nothing = courses_side_by_side(a_target(YesNo()), known([0, 1]))
    assert {symbol(one) for one in nothing.values()} == {Obstacle.no_interpolation}
    assert not rules_disagree(nothing) and not rules_disagree({})


def verdict_of(course: Course) -> CourseVerdict:
    found = course_by(DEFAULT, a_target(KEPT), known(FALLING, "lower"))
    assert isinstance(found, CourseVerdict)
    return replace(found, course=course)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(SUN, SUN_CLOUD, False), (CLOUD, STORM, False), (SUN_CLOUD, CLOUD, True), (SUN, STORM, True)],
)
def test_rules_disagree_if_one_sees_the_target_on_course_and_another_one_does_not(
    one: Course, other: Course, expected: bool
) -> None:
    missing = NotComputable(Obstacle.no_baseline)
    assert rules_disagree({"a": verdict_of(one), "b": missing, "c": verdict_of(other)}) is expected


# --- the symbols before this one


def test_the_last_five_symbols_are_those_each_year_would_have_had() -> None:
    values = {
        2011: 0,
        2012: 1,
        2013: 2,
        2014: 3,
        2015: 4,
        2016: 5,
        2017: 4,
        2018: 3,
        2019: 2,
        2020: 1,
        2021: 0,
        2022: 9,
    }
    found = earlier_courses(a_target(DirectionOnly()), known(values))
    assert [(end.year, symbol(one)) for end, one in found] == [
        (2017, SUN_CLOUD),  # 1 → 4, but one less than the year before
        (2018, SUN_CLOUD),  # 2 → 3
        (2019, STORM),  # 3 → 2
        (2020, STORM),
        (2021, STORM),
    ]
    assert symbol(course_by(DEFAULT, a_target(DirectionOnly()), known(values))) is SUN


def test_a_young_series_has_no_earlier_symbols_but_reasons() -> None:
    found = earlier_courses(a_target(DirectionOnly()), known([1, 2, 3, 4, 5, 6, 7]))
    assert [symbol(one) for _, one in found] == [Obstacle.too_few_points] * 4 + [SUN]
    assert earlier_courses(a_target(DirectionOnly()), known([1])) == []
    assert earlier_courses(a_target(DirectionOnly()), known([])) == []


def test_an_earlier_symbol_knows_only_what_the_other_territory_had_by_then() -> None:
    own, other = [5] * 7, [4, 4, 4, 4, 4, 4, 9]
    target = a_target(AgainstBenchmark(relation=Relation.above, territory="NRW"))
    series = known(own, others={"NRW": other})
    assert [symbol(one) for _, one in earlier_courses(target, series, most=1)] == [SUN]
    assert symbol(course_by(DEFAULT, target, series)) is STORM


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_earlier_symbols_follow_the_rule_and_the_number_that_is_asked_for(rule: Rule) -> None:
    target, series = a_target(AHEAD_OF_PATH), known([60, 64, 68, 72, 76, 80, 84, 88])
    found = earlier_courses(target, series, rule, most=2)
    assert [end.year for end, _ in found] == [2021, 2022]
    assert [one for _, one in found] == [course_by(rule, target, series.until(end)) for end, _ in found]
    assert all(isinstance(one, CourseVerdict) and one.rule == rule.id for _, one in found)
