"""One indicator against its targets: which are in force, which one decides, and what rests on invented values."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.domain.base import Evidence
from metrics.domain.indicators import Direction
from metrics.domain.progress.assessment import assess_indicator, in_force
from metrics.domain.progress.outcome import Attainment, Course, CourseVerdict, Freshness, NotComputable, Obstacle
from metrics.domain.targets import DirectionOnly, KeepEveryYear, ValueByDate
from tests.plan import a_copy_of, a_series, a_target, an_indicator

TODAY = date(2024, 6, 30)
FALLING = a_series([10, 9.5, 9, 8.8, 8.6, 8.4, 8.2, 8])
INVENTED = Evidence.illustrative


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
    assert in_force(a_target(valid_from=valid_from, valid_until=valid_until), day) is expected


def test_a_superseded_target_is_not_judged() -> None:
    old = a_target(id="T-alt", valid_until="2023")
    new = a_target(ValueByDate(value=6, due="2030", baseline=10), id="T-neu", valid_from="2024")
    assessment = assess_indicator(an_indicator(), [old, new], FALLING, TODAY)
    assert [verdict.target.id for verdict in assessment.targets] == ["T-neu"]
    assert assessment.attainment == Attainment(0.5, 8, 6, 10, None, True)
    assert isinstance(assessment.course, CourseVerdict)


def test_the_worst_of_several_targets_decides_how_an_indicator_is_shown() -> None:
    kept = a_target(KeepEveryYear(value=9), id="T-gehalten")
    missed = a_target(KeepEveryYear(value=5), id="T-verfehlt")
    direction = a_target(DirectionOnly(), id="T-richtung")
    assessment = assess_indicator(an_indicator(), [kept, missed, direction], FALLING, TODAY)
    assert assessment.headline is not None and assessment.headline.target.id == "T-verfehlt"
    assert assessment.course.course is Course.cloud  # type: ignore[union-attr]
    assert assessment.attainment == Attainment(0.0, 8, 5)


def test_of_two_targets_with_one_symbol_the_less_attained_decides() -> None:
    near = a_target(KeepEveryYear(value=7, tolerance=2), id="T-nah")
    far = a_target(KeepEveryYear(value=6.5, tolerance=2), id="T-fern")
    for order in ([near, far], [far, near]):
        assessment = assess_indicator(an_indicator(), order, FALLING, TODAY)
        assert [verdict.target.id for verdict in assessment.targets] == ["T-fern", "T-nah"]


def test_an_indicator_without_a_target_says_so_and_a_neutral_one_says_why() -> None:
    plain = assess_indicator(an_indicator(), [], FALLING, TODAY)
    assert plain.headline is None
    assert plain.course == plain.attainment == NotComputable(Obstacle.no_target)
    neutral = assess_indicator(an_indicator(direction=Direction.neutral), [], FALLING, TODAY)
    assert neutral.course == neutral.attainment == NotComputable(Obstacle.neutral_direction)


def test_an_assessment_knows_the_last_point_its_age_and_when_the_next_is_due() -> None:
    assessment = assess_indicator(an_indicator(), [], FALLING, TODAY)
    assert assessment.last == FALLING[-1]
    assert (assessment.freshness, assessment.due) == (Freshness.fresh, date(2025, 3, 31))
    empty = assess_indicator(an_indicator(), [a_target()], (), TODAY)
    assert (empty.last, empty.freshness, empty.due) == (None, Freshness.never, None)
    assert empty.course == empty.attainment == NotComputable(Obstacle.no_reading)


def test_the_office_may_judge_an_indicator_across_a_break() -> None:
    broken = (*FALLING[:-1], a_copy_of(FALLING[-1], break_before=True))
    target = a_target(DirectionOnly())
    strict = assess_indicator(an_indicator(), [target], broken, TODAY)
    assert strict.course == NotComputable(Obstacle.break_in_series, have=1, need=6)
    tolerant = assess_indicator(an_indicator(judge_across_breaks=True), [target], broken, TODAY)
    assert isinstance(tolerant.course, CourseVerdict)


# --- illustrative values


def judged_illustrative(points: tuple, target_over: dict | None = None, indicator_over: dict | None = None) -> bool:
    target = a_target(ValueByDate(value=6, due="2030"), **(target_over or {}))
    assessment = assess_indicator(an_indicator(**(indicator_over or {})), [target], points, TODAY)
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
    assessment = assess_indicator(an_indicator(), [target], invented_at(0), TODAY)
    assert assessment.headline is not None and assessment.headline.illustrative is False


def test_an_indicator_is_shown_as_illustrative_if_it_or_its_last_value_is() -> None:
    assert assess_indicator(an_indicator(), [], FALLING, TODAY).illustrative is False
    assert assess_indicator(an_indicator(), [], invented_at(7), TODAY).illustrative is True
    assert assess_indicator(an_indicator(), [], invented_at(6), TODAY).illustrative is False
    assert assess_indicator(an_indicator(evidence=INVENTED), [], FALLING, TODAY).illustrative is True
