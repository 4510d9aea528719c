"""Laws of every rule of the course, whatever the kind of target.

What a law says of growth holds for values above zero: a growth rate knows no other, and the two growth rules refuse.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from math import isfinite
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from metrics.domain.demands import (
    DEMANDS,
    AgainstBenchmark,
    AverageOverYears,
    Band,
    Counting,
    CumulativeShare,
    Demand,
    DirectionOnly,
    GapClosed,
    InterimTarget,
    InWords,
    KeepEveryYear,
    Relation,
    RelativeToBaseYear,
    ShareOfWhole,
    SpreadBelow,
    Stage,
    Stages,
    ValueByDate,
    YesNo,
)
from metrics.domain.indicators import Direction
from metrics.domain.progress.assessment import course_by
from metrics.domain.progress.outcome import (
    Attainment,
    Course,
    CourseCase,
    CourseVerdict,
    NotComputable,
    Obstacle,
    Point,
    Scale,
)
from metrics.domain.progress.rules import DEFAULT, RULES, Rule
from metrics.domain.progress.series import Question, Series, Waypoint
from tests.domain.progress.rules.asking import HIGHER, LOWER, judged
from tests.plan import a_copy_of, a_point, a_series, a_target

STATE = "NRW"
EVERY_RULE = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
LINEAR = pytest.mark.parametrize("rule", [RULES["destatis_weather"], RULES["target_path"]], ids=lambda rule: rule.id)
OF_GROWTH = pytest.mark.parametrize("rule", [RULES["growth_ratio"], RULES["un_progress"]], ids=lambda rule: rule.id)

# --- whatever may be asked of whatever series

above_zero = st.integers(1, 600).map(lambda tenths: tenths / 10)
anything = st.one_of(above_zero, st.integers(-600, 600).map(lambda tenths: tenths / 10))
directions = st.sampled_from([HIGHER, LOWER])
dates = st.integers(2016, 2045).map(str)
maybe_dates = st.none() | dates
tolerances = st.none() | above_zero


@st.composite
def values_by_date(draw: st.DrawFn, values: st.SearchStrategy[float] = anything) -> ValueByDate:
    """With a baseline, its period, both or neither, and up to two interim targets."""
    years = sorted(draw(st.lists(st.integers(2016, 2045), min_size=1, max_size=3, unique=True)))
    interim = tuple(InterimTarget(due=str(year), value=draw(values)) for year in years[:-1])
    period = draw(st.none() | st.integers(2000, 2014).map(str))
    return ValueByDate(
        value=draw(values),
        due=str(years[-1]),
        baseline=draw(st.none() | values),
        baseline_period=period,
        interim=interim,
    )


def kinds(values: st.SearchStrategy[float] = anything) -> dict[str, st.SearchStrategy[Demand]]:
    """Every kind of target that a rule may have something to say about."""
    return {
        "value_by_date": values_by_date(values),
        "keep_every_year": st.builds(KeepEveryYear, value=values, tolerance=tolerances),
        "direction_only": st.just(DirectionOnly()),
        "band": st.builds(
            lambda lower, width, tolerance, due: Band(lower=lower, upper=lower + width, tolerance=tolerance, due=due),
            values,
            st.integers(1, 200),
            tolerances,
            maybe_dates,
        ),
        "against_benchmark": st.builds(
            AgainstBenchmark,
            relation=st.sampled_from(Relation),
            territory=st.just(STATE),
            tolerance=tolerances,
            due=maybe_dates,
        ),
        "gap_closed": st.builds(
            GapClosed, territory=st.just(STATE), share=st.sampled_from([0.25, 0.5, 0.9, 1.0]), due=dates
        ),
        "spread_below": st.builds(SpreadBelow, value=above_zero, tolerance=tolerances, due=maybe_dates),
        "share_of_whole": st.builds(
            ShareOfWhole, whole=above_zero, percent=st.integers(1, 100).map(float), due=maybe_dates
        ),
        "cumulative_share": st.builds(CumulativeShare, value=above_zero, due=dates, counting=st.sampled_from(Counting)),
        "relative_to_base_year": st.builds(
            RelativeToBaseYear,
            percent=st.integers(1, 300).map(float),
            base_period=st.sampled_from(["2010", "2012"]),
            base_value=st.none() | above_zero,
            due=dates,
        ),
        "average_over_years": st.builds(
            AverageOverYears, value=values, years=st.integers(2, 4), tolerance=tolerances, due=maybe_dates
        ),
    }


WITH_A_PATH = ("value_by_date", "gap_closed", "relative_to_base_year")
OF_ITS_OWN = ("value_by_date", "keep_every_year", "direction_only", "share_of_whole", "cumulative_share")
SILENT = {"yes_no", "stages", "in_words"}


def computable_demands(values: st.SearchStrategy[float] = anything) -> st.SearchStrategy[Demand]:
    """A demand of any kind but stages and words."""
    return st.one_of(*kinds(values).values())


@st.composite
def answered(draw: st.DrawFn, rule: Rule, fewest: int = 6, without: tuple[str, ...] = ()) -> tuple[Series, Demand]:
    """A series and a demand to which a rule mostly has an answer: no gaps or breaks, a path where it asks for one."""
    growing = rule.id in ("growth_ratio", "un_progress")
    values = above_zero if growing else anything
    first = draw(st.integers(2005, 2010))
    points = tuple(a_point(first + year, draw(values)) for year in range(draw(st.integers(fewest, 11))))
    others = {STATE: tuple(a_copy_of(point, value=draw(above_zero)) for point in points)}
    series = Series(points, draw(directions), others, points_needed=draw(st.integers(4, 6)))
    offered = kinds(values)
    names = WITH_A_PATH if rule.id == "target_path" else tuple(offered)
    return series, draw(st.one_of(*(offered[name] for name in names if name not in without)))


@st.composite
def known(draw: st.DrawFn, values: st.SearchStrategy[float] = anything, fewest: int = 0) -> Series:
    """What is known of an indicator: yearly points with or without gaps and breaks, another territory, and bounds."""
    if draw(st.booleans()):
        first = draw(st.integers(2005, 2014))
        years = list(range(first, first + draw(st.integers(fewest, 11))))
    else:
        years = sorted(draw(st.lists(st.integers(2005, 2024), min_size=fewest, max_size=11, unique=True)))
    broken = draw(st.none() | st.sampled_from(years)) if years else None
    points = tuple(a_point(year, draw(values), break_before=year == broken) for year in years)
    others = tuple(a_point(year, draw(above_zero)) for year in years if draw(st.integers(0, 9)))
    low, high = draw(st.sampled_from([(None, None), (0.0, 60.0), (None, 45.5), (10.0, None)]))
    return Series(
        points,
        draw(directions),
        {STATE: others},
        across_breaks=draw(st.booleans()),
        points_needed=draw(st.integers(4, 6)),
        minimum=low,
        maximum=high,
    )


def ask(rule: Rule, demand: Demand, series: Series) -> CourseVerdict | NotComputable:
    return course_by(rule, a_target(demand), series)


def question_of(demand: Demand, series: Series) -> Question:
    asked = demand.question(series)
    assume(isinstance(asked, Question))
    assert isinstance(asked, Question)
    return asked


def with_last(points: tuple[Point, ...], value: float) -> tuple[Point, ...]:
    return (*points[:-1], a_copy_of(points[-1], value=value))


def test_the_laws_are_asked_of_every_kind_of_target() -> None:
    assert set(kinds()) | SILENT == set(DEMANDS)


# --- an answer is a whole verdict or a reason


@EVERY_RULE
@given(known(), computable_demands())
def test_every_answer_is_a_finite_verdict_or_a_reason(rule: Rule, series: Series, demand: Demand) -> None:
    answer = ask(rule, demand, series)
    if isinstance(answer, NotComputable):
        assert answer.reason in Obstacle
        return
    asked = demand.question(series)
    assert isinstance(asked, Question)
    assert (answer.rule, answer.rule_version) == (rule.id, rule.version)
    assert (answer.sign, answer.bound, answer.due, answer.scale) == (asked.sign, asked.value, asked.due, asked.scale)
    assert answer.reached is asked.reached
    assert answer.category and (answer.figures or answer.category in ("reached", "close_to_limit"))
    assert all(isfinite(figure) for figure in answer.figures.values())
    assert set(answer.window) <= set(asked.points[-6:]) and answer.window[-1] == asked.points[-1]
    assert (answer.case is CourseCase.direction_only) is (asked.value is None)


@EVERY_RULE
@pytest.mark.parametrize(
    "demand",
    [
        YesNo(due="2030"),
        Stages(
            stages=(
                Stage(title="Konzept", criterion="beschlossen", share=0.5),
                Stage(title="Betrieb", criterion="eröffnet", share=1),
            )
        ),
        InWords(text="nicht schlechter als der Durchschnitt"),
    ],
    ids=lambda demand: demand.demand,
)
def test_no_rule_reads_a_pace_into_stages_or_words(rule: Rule, demand: Demand) -> None:
    answer = judged(rule, demand, a_series([0, 0, 0, 0, 1, 1]))
    assert isinstance(answer, NotComputable)
    assert answer.reason in (Obstacle.no_interpolation, Obstacle.target_in_words)


@EVERY_RULE
@given(computable_demands(), directions)
def test_without_a_reading_there_is_no_symbol(rule: Rule, demand: Demand, direction: Direction) -> None:
    others = {STATE: a_series([1, 2, 3])}
    answer = judged(rule, demand, (), direction, others=others)
    assert isinstance(answer, NotComputable)
    expected = Obstacle.rule_needs_a_date if answer.reason is Obstacle.rule_needs_a_date else Obstacle.no_reading
    assert answer.reason is expected


@EVERY_RULE
@given(known(fewest=1), st.one_of(*(kinds()[name] for name in OF_ITS_OWN)))
def test_a_neutral_indicator_has_no_symbol_against_a_value_of_its_own(
    rule: Rule, series: Series, demand: Demand
) -> None:
    assert isinstance(ask(rule, demand, replace(series, direction=Direction.neutral)), NotComputable)


# --- a change of unit changes nothing

IN_UNITS = ("value", "baseline", "lower", "upper", "tolerance", "whole", "base_value")
VALUES = frozenset({"mean_change", "last_change", "projected", "baseline", "expected", "behind"})
"""Figures in the verdict's scale; all others are shares."""


def times(number: float, factor: Decimal) -> float:
    """A number in another unit, exactly as one would write it."""
    return float(Decimal(str(number)) * factor)


def demand_in_unit(demand: Demand, factor: Decimal) -> Demand:
    changed: dict[str, Any] = {
        name: times(getattr(demand, name), factor) for name in IN_UNITS if getattr(demand, name, None) is not None
    }
    if isinstance(demand, AgainstBenchmark) and demand.relation is Relation.parity:
        changed = {}  # its tolerance is in per cent
    if isinstance(demand, ValueByDate):
        changed["interim"] = tuple(
            InterimTarget(due=step.due, value=times(step.value, factor)) for step in demand.interim
        )
    return demand.model_copy(update=changed)


def series_in_unit(series: Series, factor: Decimal) -> Series:
    def changed(points: tuple[Point, ...]) -> tuple[Point, ...]:
        return tuple(a_copy_of(point, value=times(point.value, factor)) for point in points)

    bounds = [None if bound is None else times(bound, factor) for bound in (series.minimum, series.maximum)]
    others = {name: changed(points) for name, points in series.others.items()}
    return replace(series, points=changed(series.points), others=others, minimum=bounds[0], maximum=bounds[1])


@EVERY_RULE
@given(known(), computable_demands(), st.sampled_from(["1000", "100", "0.1", "0.001", "3", "1000000"]))
def test_a_change_of_unit_changes_no_symbol_and_no_share(
    rule: Rule, series: Series, demand: Demand, factor: str
) -> None:
    by = Decimal(factor)
    here, there = ask(rule, demand, series), ask(rule, demand_in_unit(demand, by), series_in_unit(series, by))
    if isinstance(here, NotComputable) or isinstance(there, NotComputable):
        assert here == there
        return
    assert (here.course, here.category, here.case, here.reached) == (
        there.course,
        there.category,
        there.case,
        there.reached,
    )
    stretched = float(by) if here.scale is not Scale.percent else 1.0
    expected = {name: figure * (stretched if name in VALUES else 1.0) for name, figure in here.figures.items()}
    assert there.figures == pytest.approx(expected, rel=1e-9, abs=1e-9 * max(1.0, stretched))


@given(known(), computable_demands(), st.sampled_from(["1000", "100", "0.1", "0.001", "3"]))
def test_a_change_of_unit_changes_no_attainment(series: Series, demand: Demand, factor: str) -> None:
    by = Decimal(factor)
    here = demand.attainment(series)
    there = demand_in_unit(demand, by).attainment(series_in_unit(series, by))
    if isinstance(here, NotComputable) or isinstance(there, NotComputable):
        assert here == there
        return
    assert (here.share, here.kept) == (pytest.approx(there.share, rel=1e-9, abs=1e-9), there.kept)


# --- mirroring the direction mirrors the verdict


def mirrored(asked: Question) -> Question:
    """The same question with everything turned round zero."""
    return replace(
        asked,
        points=tuple(point._replace(value=-point.value) for point in asked.points),
        sign=-asked.sign,
        value=None if asked.value is None else -asked.value,
        path=tuple(Waypoint(step.day, -step.value) for step in asked.path),
        minimum=None if asked.maximum is None else -asked.maximum,
        maximum=None if asked.minimum is None else -asked.minimum,
    )


@LINEAR
@given(st.data())
def test_turned_round_zero_a_linear_rule_says_the_same(rule: Rule, data: st.DataObject) -> None:
    series, demand = data.draw(answered(rule))
    asked = question_of(demand, series)
    here, there = rule.judge(asked), rule.judge(mirrored(asked))
    if isinstance(here, NotComputable) or isinstance(there, NotComputable):
        assert here == there
        return
    assert (here.course, here.category, here.case, here.reached) == (
        there.course,
        there.category,
        there.case,
        there.reached,
    )
    turned = {name: -figure if name in VALUES else figure for name, figure in here.figures.items()}
    assert there.figures == turned


@OF_GROWTH
@given(st.data())
def test_turned_round_zero_a_growth_rule_refuses_or_sees_that_the_target_is_reached(
    rule: Rule, data: st.DataObject
) -> None:
    series, demand = data.draw(answered(rule))
    asked = question_of(demand, series)
    here = rule.judge(asked)
    assume(isinstance(here, CourseVerdict) and "growth" in here.figures)
    there = rule.judge(mirrored(asked))
    if isinstance(there, NotComputable):
        assert there.reason is Obstacle.zero_or_change_of_sign
    else:
        assert "growth" not in there.figures
        assert there.category in {"achieved", "reached", "not_achieved"}


MIRRORED_RELATION = {Relation.above: Relation.below, Relation.below: Relation.above, Relation.equal: Relation.equal}


def demand_mirrored(demand: Demand) -> Demand | None:
    """The demand for negated values; None for a kind that speaks of values above zero only."""
    if isinstance(demand, ValueByDate):
        steps = tuple(InterimTarget(due=step.due, value=-step.value) for step in demand.interim)
        baseline = None if demand.baseline is None else -demand.baseline
        return demand.model_copy(update={"value": -demand.value, "baseline": baseline, "interim": steps})
    if isinstance(demand, KeepEveryYear | AverageOverYears):
        return demand.model_copy(update={"value": -demand.value})
    if isinstance(demand, Band):
        return demand.model_copy(update={"lower": -demand.upper, "upper": -demand.lower})
    if isinstance(demand, AgainstBenchmark):
        relation = MIRRORED_RELATION.get(demand.relation)
        return demand.model_copy(update={"relation": relation}) if relation else None
    return demand if isinstance(demand, DirectionOnly | GapClosed | SpreadBelow) else None


@LINEAR
@given(known(), computable_demands())
def test_mirroring_values_targets_and_direction_mirrors_symbol_and_share(
    rule: Rule, series: Series, demand: Demand
) -> None:
    other = demand_mirrored(demand)
    assume(other is not None)
    assert other is not None
    turned = replace(series_in_unit(series, Decimal(-1)), direction=LOWER if series.direction is HIGHER else HIGHER)
    turned = replace(turned, minimum=turned.maximum, maximum=turned.minimum)
    here, there = ask(rule, demand, series), ask(rule, other, turned)
    if isinstance(here, NotComputable) or isinstance(there, NotComputable):
        assert here == there
    else:
        assert (here.course, here.case, here.reached) == (there.course, there.case, there.reached)
        assert here.figures.get("shortfall") == there.figures.get("shortfall")
    share, back = demand.attainment(series), other.attainment(turned)
    if isinstance(share, Attainment) and isinstance(back, Attainment):
        assert (share.share, share.kept) == (back.share, back.kept)
    else:
        assert share == back


# --- nothing at the baseline, all at the target


@EVERY_RULE
@given(above_zero, st.integers(1, 300), directions, st.lists(above_zero, min_size=5, max_size=5))
def test_at_the_target_the_share_is_one_and_no_rule_calls_it_missed(
    rule: Rule, target: float, way: int, direction: Direction, before: list[float]
) -> None:
    baseline = round(target - direction.sign * way / 10, 1)
    demand = ValueByDate(value=target, due="2030", baseline=baseline, baseline_period="2010")
    series = Series(a_series([*before, target]), direction)
    share, answer = demand.attainment(series), ask(rule, demand, series)
    assert isinstance(share, Attainment) and share.share == 1
    assert isinstance(answer, CourseVerdict) and answer.reached and answer.course.severity <= 1


@EVERY_RULE
@given(above_zero, st.integers(1, 300), directions, st.lists(above_zero, min_size=5, max_size=5))
def test_at_the_baseline_the_share_is_nothing_and_only_the_last_six_points_may_be_on_course(
    rule: Rule, baseline: float, way: int, direction: Direction, before: list[float]
) -> None:
    target = round(baseline + direction.sign * way / 10, 1)
    demand = ValueByDate(value=target, due="2030", baseline=baseline, baseline_period="2010")
    series = Series(a_series([*before, baseline]), direction)
    share, answer = demand.attainment(series), ask(rule, demand, series)
    assert isinstance(share, Attainment) and share.share == 0
    if isinstance(answer, NotComputable):
        assert rule.id == "growth_ratio" and answer.reason is Obstacle.zero_or_change_of_sign and target <= 0
    elif rule is not DEFAULT:
        assert answer.course is (Course.cloud if rule.id == "growth_ratio" else Course.thunderstorm)


# --- a worse value never gives a better status


@EVERY_RULE
@given(st.data(), st.integers(1, 5000))
def test_a_worse_last_value_never_gives_a_better_course(rule: Rule, data: st.DataObject, step: int) -> None:
    """A theorem of every rule, for every target that itself stays as it is, whichever part of the rule then answers.

    For the Destatis rule: the mean change and the last change fall with the last value, and the way to go grows. A
    dated target that is no longer reached moves from "to be kept" back to "dated"; it does so with "reached" lost, and
    as a cloudy sun only if the mean change was wrong, which it then is all the more: a thunderstorm. What the text does
    break over time (the target year comes, the oldest point drops out) is shown in test_destatis_weather.py.
    """
    series, demand = data.draw(answered(rule))
    asked = question_of(demand, series)
    better = rule.judge(asked)
    worse = rule.judge(replace(asked, points=with_last(asked.points, asked.points[-1].value - asked.sign * step / 10)))
    if isinstance(better, CourseVerdict) and isinstance(worse, CourseVerdict):
        assert worse.course.severity >= better.course.severity


@EVERY_RULE
@given(st.data(), st.integers(1, 2000))
def test_a_worse_last_reading_never_gives_a_better_course_where_no_base_is_read_from_it(
    rule: Rule, data: st.DataObject, step: int
) -> None:
    """The same with the reading itself. A corridor and a distance to other territories have no worse side."""
    series, demand = data.draw(answered(rule))
    two_sided = isinstance(demand, Band | SpreadBelow) or (
        isinstance(demand, AgainstBenchmark) and demand.relation in (Relation.equal, Relation.parity)
    )
    assume(not two_sided)
    if isinstance(demand, AgainstBenchmark):
        sign = 1 if demand.relation is Relation.above else -1
    else:
        sign = series.direction.sign
    last = series.points[-1]
    worse_series = replace(series, points=with_last(series.points, round(last.value - sign * step / 10, 1)))
    here, there = demand.question(series), demand.question(worse_series)
    if not isinstance(here, Question) or not isinstance(there, Question):
        return
    assume((here.value, here.path) == (there.value, there.path))
    better, worse = rule.judge(here), rule.judge(there)
    if isinstance(better, CourseVerdict) and isinstance(worse, CourseVerdict):
        assert worse.course.severity >= better.course.severity


@given(answered(DEFAULT), st.integers(1, 300))
def test_worse_values_all_along_never_give_a_better_symbol(case: tuple[Series, Demand], step: int) -> None:
    """The Destatis rule alone: the mean change stays as it is, and the way to go grows."""
    asked = question_of(case[1], case[0])
    worse = tuple(a_copy_of(point, value=round(point.value - asked.sign * step / 10, 6)) for point in asked.points)
    here, there = DEFAULT.judge(asked), DEFAULT.judge(replace(asked, points=worse))
    if isinstance(here, CourseVerdict):
        assert isinstance(there, CourseVerdict) and there.course.severity >= here.course.severity
    else:
        assert here == there


# --- a regression is never hidden


@EVERY_RULE
@given(above_zero, st.integers(1, 300), st.integers(1, 200), directions, st.integers(2016, 2030))
def test_below_the_baseline_the_share_is_negative_and_every_rule_since_then_sees_a_thunderstorm(
    rule: Rule, baseline: float, way: int, back: int, direction: Direction, year: int
) -> None:
    target = round(baseline + direction.sign * way / 10, 1)
    value = round(baseline - direction.sign * back / 10, 1)
    demand = ValueByDate(value=target, due="2030", baseline=baseline, baseline_period="2010")
    series = Series((a_point(year, value),), direction)
    share, answer = demand.attainment(series), ask(rule, demand, series)
    assert isinstance(share, Attainment)
    assert share.share == pytest.approx(-back / way) and share.share < 0 and share.capped == 0
    if isinstance(answer, CourseVerdict):
        assert answer.course is Course.thunderstorm
        assert answer.reached is False
    else:
        reasons = {Obstacle.too_few_points} if rule is DEFAULT else {Obstacle.zero_or_change_of_sign}
        assert answer.reason in reasons and rule.id != "target_path"


@given(answered(DEFAULT))
def test_a_mean_change_for_the_worse_is_shown_as_it_is_and_never_a_sun(case: tuple[Series, Demand]) -> None:
    series, demand = case
    answer = ask(DEFAULT, demand, series)
    assume(isinstance(answer, CourseVerdict))
    assert isinstance(answer, CourseVerdict)
    first, last = answer.window[0].value, answer.window[-1].value
    better = answer.sign * answer.figures["mean_change"]
    assert (better > 0, better < 0) == (answer.sign * (last - first) > 0, answer.sign * (last - first) < 0)
    if better < 0:
        allowed = {
            CourseCase.dated_target: {Course.thunderstorm},
            CourseCase.every_year: {Course.sun_cloud if answer.reached else Course.thunderstorm},
            CourseCase.direction_only: {Course.cloud, Course.thunderstorm},
        }
        assert answer.course in allowed[answer.case]


# --- what lies before the window, before a break, or nowhere

READ_FURTHER_BACK = ("cumulative_share", "relative_to_base_year", "gap_closed")


@EVERY_RULE
@given(st.data(), anything)
def test_an_observation_before_the_window_changes_nothing(rule: Rule, data: st.DataObject, value: float) -> None:
    """For every demand that does not itself ask for a sum, a base year or the first reading."""
    series, demand = data.draw(answered(rule, fewest=9, without=READ_FURTHER_BACK))
    if isinstance(demand, ValueByDate) and demand.baseline is None and rule is not DEFAULT:
        demand = demand.model_copy(update={"baseline": 20.0})
    assert len(question_of(demand, series).points) >= 6
    earlier = replace(
        series,
        points=(a_point(1990, value), *series.points),
        others={STATE: (a_point(1990, 7.7), *series.others[STATE])},
    )
    assert ask(rule, demand, earlier) == ask(rule, demand, series)


def test_without_a_stated_baseline_an_older_first_reading_is_another_baseline() -> None:
    """The exception to the law above, for the rules that look since the baseline."""
    demand, points = ValueByDate(value=100, due="2030"), a_series([10, 20, 30, 40, 50, 60, 70])
    for rule in RULES.values():
        before, after = (judged(rule, demand, found) for found in (points, (a_point(2000, 69), *points)))
        assert (before == after) is (rule is DEFAULT)


@EVERY_RULE
@given(known(fewest=3), computable_demands(), st.data())
def test_points_before_a_break_are_not_used(rule: Rule, series: Series, demand: Demand, data: st.DataObject) -> None:
    """Whatever stood there: with other values before the break the answer is the same, or again a refusal."""
    index = data.draw(st.integers(1, len(series.points) - 1))
    broken = tuple(a_copy_of(point, break_before=at == index) for at, point in enumerate(series.points))
    others = tuple(a_copy_of(point, value=data.draw(anything)) for point in broken[:index])
    here = replace(series, points=broken, across_breaks=False)
    there = replace(here, points=(*others, *broken[index:]))
    one, other = ask(rule, demand, here), ask(rule, demand, there)
    assert one == other or (isinstance(one, NotComputable) and isinstance(other, NotComputable))


@EVERY_RULE
@given(known(fewest=1), computable_demands())
def test_across_breaks_a_series_is_judged_as_if_there_were_none(rule: Rule, series: Series, demand: Demand) -> None:
    across = replace(series, across_breaks=True)
    whole = replace(across, points=tuple(a_copy_of(point, break_before=False) for point in series.points))

    def told(found: Series) -> Any:
        answer = ask(rule, demand, found)
        return answer if isinstance(answer, NotComputable) else (answer.course, answer.figures, answer.category)

    assert told(across) == told(whole)


@EVERY_RULE
@given(known(fewest=7), computable_demands(), st.data())
def test_a_missing_year_is_never_taken_for_zero(
    rule: Rule, series: Series, demand: Demand, data: st.DataObject
) -> None:
    """Without a year no point stands in its place, and without the last one the rule speaks of the one before."""
    gone = data.draw(st.integers(0, len(series.points) - 1))
    left = (*series.points[:gone], *series.points[gone + 1 :])
    answer = ask(rule, demand, replace(series, points=left))
    if isinstance(answer, CourseVerdict):
        assert {point.end for point in answer.window} <= {point.end for point in left}


@EVERY_RULE
@given(known(fewest=1), computable_demands(), anything)
def test_two_newest_values_of_one_period_give_no_symbol(
    rule: Rule, series: Series, demand: Demand, value: float
) -> None:
    points = (*series.points, a_copy_of(series.points[-1], value=value, break_before=False))
    doubled = replace(series, points=points, others={STATE: tuple(a_copy_of(point, value=7.7) for point in points)})
    assert isinstance(ask(rule, demand, doubled), NotComputable)


NEEDED: dict[str, Callable[[Series], int]] = {
    "destatis_weather": lambda series: series.points_needed,
    "target_path": lambda series: 1,
    "growth_ratio": lambda series: 1,
    "un_progress": lambda series: 1,
}


@EVERY_RULE
@given(known(above_zero, fewest=1), above_zero, above_zero)
def test_a_rule_says_how_many_points_there_are_and_how_many_it_needs(
    rule: Rule, series: Series, baseline: float, target: float
) -> None:
    """Six (four, five) points for the official rule; one and a dated baseline for those that look since then."""
    demand = ValueByDate(value=target, due="2030", baseline=baseline, baseline_period="2000")
    have, need = len(series.usable), NEEDED[rule.id](series)
    answer = ask(rule, demand, series)
    if have < need:
        reason = Obstacle.break_in_series if len(series.points) >= need else Obstacle.too_few_points
        assert answer == NotComputable(reason, have=have, need=need)
    else:
        assert isinstance(answer, CourseVerdict) or answer.reason not in (
            Obstacle.too_few_points,
            Obstacle.break_in_series,
        )


@pytest.mark.parametrize(
    ("rule_id", "demand", "expected"),
    [
        ("destatis_weather", DirectionOnly(), NotComputable(Obstacle.too_few_points, have=1, need=6)),
        ("target_path", DirectionOnly(), NotComputable(Obstacle.rule_needs_a_date)),
        ("growth_ratio", DirectionOnly(), NotComputable(Obstacle.too_few_points, have=1, need=2)),
        ("un_progress", DirectionOnly(), NotComputable(Obstacle.too_few_points, have=1, need=2)),
        ("target_path", ValueByDate(value=9, due="2030"), NotComputable(Obstacle.no_dated_baseline)),
        ("growth_ratio", ValueByDate(value=9, due="2030"), NotComputable(Obstacle.too_few_points, have=1, need=2)),
        ("un_progress", KeepEveryYear(value=9), NotComputable(Obstacle.too_few_points, have=1, need=2)),
    ],
)
def test_one_point_has_no_pace(rule_id: str, demand: Demand, expected: NotComputable) -> None:
    assert judged(RULES[rule_id], demand, (a_point(2023, 5),)) == expected


# --- growth is for values above zero


@OF_GROWTH
@given(known(), computable_demands())
def test_no_growth_rate_comes_of_zero_or_negative_values(rule: Rule, series: Series, demand: Demand) -> None:
    answer = ask(rule, demand, series)
    if isinstance(answer, CourseVerdict) and "growth" in answer.figures:
        assert answer.figures["baseline"] > 0
        assert answer.window[-1].value > 0
        assert answer.figures["growth"] > -1


@OF_GROWTH
@pytest.mark.parametrize("points", [(a_point(2025, 6.9),), (a_point(2024, 9), a_point(2025, 6.9))], ids=len)
def test_reached_comes_before_every_question_of_pace(rule: Rule, points: tuple[Point, ...]) -> None:
    """A baseline of the same period leaves no time for a pace, and none is needed."""
    demand = ValueByDate(value=7.0, due="2030", baseline=8.5, baseline_period="2025")
    seen = judged(rule, demand, points, LOWER)
    assert isinstance(seen, CourseVerdict)
    assert (seen.course, seen.category) == (Course.sun, {"growth_ratio": "achieved", "un_progress": "reached"}[rule.id])
    assert isinstance(judged(rule, demand, (a_point(2025, 7.1),), LOWER), NotComputable)


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule is not DEFAULT], ids=lambda rule: rule.id)
def test_no_rule_puts_another_baseline_in_the_place_of_one_without_a_day(rule: Rule) -> None:
    points = a_series([6.8, 7, 7.2, 7.6, 7.8, 8.0, 8.1])
    undated = ValueByDate(value=7.0, due="2030", baseline=8.1)
    assert judged(rule, undated, points, LOWER) == NotComputable(Obstacle.no_dated_baseline)
