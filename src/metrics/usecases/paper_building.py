"""What a committee paper says of the plan as it stands: what is shown, in which order, in which words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from metrics.domain.committee import FollowUp, Sitting
from metrics.domain.context import Source
from metrics.domain.goals import Goal, GoalLevel
from metrics.domain.indicators import Direction, Qualifier
from metrics.domain.living_labs import LivingLab
from metrics.domain.measures import Measure
from metrics.domain.plan import Plan
from metrics.domain.priorities import PriorityDecision, PriorityRound, RoundState
from metrics.domain.prioritisation.nutzwert import METHOD
from metrics.domain.progress.assessment import IndicatorAssessment, TargetAssessment
from metrics.domain.progress.outcome import Attainment, Course, CourseVerdict, Freshness, NotComputable
from metrics.domain.progress.rollup import GoalTotal
from metrics.domain.progress.rules.destatis_weather import LARGE_SHORTFALL, SMALL_SHORTFALL
from metrics.domain.progress.rules.target_path import way_asked
from metrics.domain.progress.series import Question
from metrics.domain.resources import FundingPot, MoneyLine
from metrics.domain.upkeep import StatusNote
from metrics.locale import totals
from metrics.locale.catalogue import Language, translate, translate_plural
from metrics.locale.formats import calendar_span, day, euros, partial_date, percent, quarter
from metrics.locale.limits import headline
from metrics.locale.words import (
    choice,
    course_word,
    demand_text,
    obstacle_sentence,
    record_title,
    rule_name,
    target_course_reason,
)
from metrics.papers import model
from metrics.papers.modes import TEMPLATE
from metrics.papers.sentences import running_well_of, stuck_of
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Right, require
from metrics.usecases.assessing import PlanAssessment, assess_plan
from metrics.usecases.disclosing import LargestShares, largest_shares, points_of
from metrics.usecases.limits import find_limits
from metrics.usecases.limits_data import loads_of
from metrics.usecases.naming import plan_names
from metrics.usecases.ranking import RankedRound, rank_round

QUARTERS = 8
"""Quarters from the present one on that a paper shows."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a paper is built from, read once."""

    store: Store
    office: Plan | None
    assessment: PlanAssessment
    today: date
    language: Language


@dataclass(frozen=True, slots=True)
class PlanPart:
    """What a paper says of the plan whatever is typed for a sitting: read and judged once for many drafts.

    `beneath`: for each goal with a page the titles of all goals under it, by id.
    """

    language: Language
    city: str
    office: str
    basis: model.Basis
    goals: tuple[model.GoalPage, ...]
    beneath: Mapping[str, Mapping[str, str]]
    running_well: str
    stuck: str
    labs: tuple[model.LabPage, ...]
    ranking: model.Ranking | None
    resources: model.Resources | None
    follow_ups: tuple[model.FollowUp, ...]
    aside: model.Aside


def build_plan_part(
    store: Store,
    *,
    by: Person,
    today: date,
    at: datetime,
    language: Language = "de",
    include_illustrative: bool = False,
) -> PlanPart:
    """What any paper of a day says of the plan; raises NotAllowed."""
    require(by, Right.read_plan)
    number_of_change = store.change_number()
    assessment = assess_plan(store, today, include_illustrative=include_illustrative)
    office = next(iter(store.records(Plan)), None)
    plan = _Plan(store, office, assessment, today, language)
    known, lines_of = _known(plan), _measures(plan)
    under = _under(assessment.goals.values())
    goals = _goals(plan, known, lines_of, under)
    rule = assessment.judged.rule
    return PlanPart(
        language=language,
        city=(office.territory if office else None) or "",
        office=(office.owner if office else None) or "",
        basis=model.Basis(
            as_of=today,
            frozen_at=at.date(),
            change_number=number_of_change,
            rule=rule.id,
            rule_version=rule.version,
            rule_told=rule_name(rule.id, language),
            thresholds=_thresholds(plan),
            comment_rule=_comment_rule(plan),
            illustrative_included=include_illustrative,
            template=TEMPLATE,
        ),
        goals=goals,
        beneath=_beneath(plan, goals, under),
        running_well=running_well_of(goals, language),
        stuck=stuck_of(goals, language),
        labs=tuple(_labs(plan)),
        ranking=_ranking(plan, by),
        resources=_resources(plan, by, include_illustrative, goals),
        follow_ups=tuple(_follow_ups(plan)),
        aside=_aside(plan, goals, known, lines_of),
    )


# --- goals, indicators, measures ---


def _goals(
    plan: _Plan, known: _Known, lines_of: Mapping[str, model.MeasureLine], under: Mapping[str, set[str]]
) -> tuple[model.GoalPage, ...]:
    goals = [goal for goal in plan.assessment.goals.values() if goal.level is GoalLevel.strategic and not goal.ended]
    by_goal = _by_goal(plan, lines_of)
    pages = []
    for goal in sorted(goals, key=lambda one: (one.position, one.id)):
        total = plan.assessment.totals[goal.id]
        lines = [_indicator(plan, plan.assessment.indicators[of], known) for of in total.indicator_ids]
        measures = {line.id: line for below in sorted(under[goal.id]) for line in by_goal.get(below, ())}
        pages.append(
            model.GoalPage(
                id=goal.id,
                title=record_title(goal, plan.language),
                text=goal.description or "",
                owner=goal.owner,
                course=total.worst,
                coverage=total.coverage if total.asked else None,
                generated=_of_goal(plan, total),
                indicators=tuple(sorted(lines, key=_worst_first)),
                measures=tuple(measures.values()),
            )
        )
    return tuple(pages)


def _beneath(plan: _Plan, pages: Sequence[model.GoalPage], under: Mapping[str, set[str]]) -> dict[str, dict[str, str]]:
    known = plan.assessment.goals
    return {
        page.id: {one: record_title(known[one], plan.language) for one in sorted(under[page.id] - {page.id})}
        for page in pages
    }


def _under(goals: Iterable[Goal]) -> dict[str, set[str]]:
    """Every goal with itself and all goals beneath it."""
    children: dict[str, list[str]] = defaultdict(list)
    known = list(goals)
    for goal in known:
        for parent in goal.parent_ids:
            children[parent].append(goal.id)
    found = {}
    for goal in known:
        seen, waiting = {goal.id}, [goal.id]
        while waiting:
            fresh = [child for child in children[waiting.pop()] if child not in seen]
            seen.update(fresh)
            waiting += fresh
        found[goal.id] = seen
    return found


def _of_goal(plan: _Plan, total: GoalTotal) -> str:
    said = [totals.total_obstacle(total, plan.language)]
    said += [totals.coverage_text(total, plan.language)] if total.asked else []
    said += [totals.left_out_text(total, plan.language), totals.too_old_text(total, plan.language)]
    return " ".join(sentence[:1].upper() + sentence[1:].rstrip(".") + "." for sentence in said if sentence)


def _worst_first(line: model.IndicatorLine) -> tuple[int, str]:
    return (-line.course.severity if line.course else 1, line.id)


def _indicator(plan: _Plan, found: IndicatorAssessment, known: _Known) -> model.IndicatorLine:
    indicator, standing, last = found.indicator, _standing(plan, found), found.last
    verdict = standing if standing and not standing.too_old else None
    attainment = standing.attainment if standing else None
    course = verdict.course if verdict else found.course
    told = attainment if isinstance(attainment, Attainment) else None
    asked = _question(found, standing)
    expected, expected_share = _expected(plan, asked, told) if verdict else (None, None)
    own = told if asked and asked.points[-1:] == found.points[-1:] else None  # else it is told on another scale
    return model.IndicatorLine(
        id=indicator.id,
        title=record_title(indicator, plan.language),
        unit=indicator.unit,
        territory=indicator.territory,
        rising_is_better=None if indicator.direction is Direction.neutral else indicator.direction is Direction.higher,
        decimals=indicator.decimals,
        baseline=own.baseline if own else None,
        baseline_period=day(own.baseline_end, plan.language) if own and own.baseline_end else None,
        expected=expected if own else None,
        actual=last.value if last else None,
        actual_period=calendar_span(last.start, last.end, plan.language) if last else None,
        target=own.target if own else None,
        target_told=demand_text(indicator, standing.target.demand, plan.language) if standing else None,
        share=told.share if told and verdict else None,
        expected_share=expected_share,
        course=course.course if verdict and isinstance(course, CourseVerdict) else None,
        reason=_reason(plan, found, standing, course),
        stale=found.freshness is Freshness.stale or found.too_old,
        due=asked.due if asked else None,
        quality=_quality(plan, found),
        source=known.sources.get(indicator.id, ""),
        vintage=(last.vintage or "") if last else "",
        illustrative=found.illustrative or bool(standing and standing.illustrative),
        example_target=bool(standing and standing.target.illustrative)
        and not (indicator.illustrative or any(point.illustrative for point in found.points)),
        to_comment=bool(plan.office and last and own and plan.office.asks_about(last.value, expected)),
        confidential=indicator.confidential,
        counts_units=indicator.counts_units,
        part_of=indicator.total_id,
        points=points_of(found, known.largest_shares),
        path=_path(asked, own),
    )


def _standing(plan: _Plan, found: IndicatorAssessment) -> TargetAssessment | None:
    """The target that is told: that of the worst verdict that counts, else one whose last value is too old to count.

    One that rests on invented values only if these were asked for.
    """
    allowed = plan.assessment.include_illustrative
    told = [one for one in found.targets if allowed or not one.illustrative]
    return min(told, key=lambda one: one.too_old, default=None)


def _reason(
    plan: _Plan, found: IndicatorAssessment, standing: TargetAssessment | None, course: CourseVerdict | NotComputable
) -> str:
    if standing and standing.too_old:
        return translate("Der letzte Wert ist zu alt, um ihn am Zielwert zu messen.", plan.language)
    if standing:
        return target_course_reason(found.indicator, standing, plan.language)
    if found.targets:
        return translate("Der Zielwert zählt nicht mit: Er ruht auf Beispielwerten.", plan.language)
    return obstacle_sentence(course, plan.language) if isinstance(course, NotComputable) else ""


def _question(found: IndicatorAssessment, standing: TargetAssessment | None) -> Question | None:
    """What the target asks of the series; None where there is none or it cannot be asked."""
    asked = standing.target.demand.question(found.series) if standing else None
    return asked if isinstance(asked, Question) else None


def _expected(plan: _Plan, asked: Question | None, told: Attainment | None) -> tuple[float | None, float | None]:
    """Where the target path stands today, as a value and as a share of the way; None where there is no path."""
    if asked is None or told is None or told.baseline is None or told.target == told.baseline or not asked.path:
        return None, None
    way = way_asked(asked.path, plan.today)
    return told.baseline + way, way / (told.target - told.baseline)


def _path(asked: Question | None, own: Attainment | None) -> tuple[model.PathPoint, ...]:
    """The target path, where it is one of the indicator's `own` values: a path of an index lies on another scale."""
    if asked is None or own is None or not asked.path:
        return ()
    if (asked.path[0].value, asked.path[-1].value) != (own.baseline, own.target):
        return ()
    return tuple(model.PathPoint(day=one.day, value=one.value) for one in asked.path)


class _Known(NamedTuple):
    """What is known of values beside their judgement; `sources`: by indicator, the title of its newest value's."""

    sources: Mapping[str, str]
    largest_shares: LargestShares


def _known(plan: _Plan) -> _Known:
    titles = {source.id: source.title for source in plan.store.records(Source)}
    newest = plan.store.connection.tuples("newest_sources", {"today": plan.today})
    sources = {indicator_id: titles.get(source_id, "") for indicator_id, source_id in newest}
    return _Known(sources, largest_shares(plan.store))


def _quality(plan: _Plan, found: IndicatorAssessment) -> str:
    if found.last is None:
        return translate("ausstehend", plan.language)
    said = [] if found.last.qualifier == Qualifier.exact else [choice(Qualifier(found.last.qualifier), plan.language)]
    said += [translate("vorläufig", plan.language)] if found.last.provisional else []
    said += [translate("Beispielwert", plan.language)] if found.last.illustrative else []
    return ", ".join(said) or translate("wie berichtet", plan.language)


def _aside(
    plan: _Plan, goals: Sequence[model.GoalPage], known: _Known, lines_of: Mapping[str, model.MeasureLine]
) -> model.Aside:
    """What is confidential or part of a sum, and stands on none of the pages."""
    lines: list[model.IndicatorLine | model.MeasureLine] = []
    for goal in goals:
        lines += [*goal.indicators, *goal.measures]
    shown = {line.id for line in lines}
    records = [found.indicator for found in plan.assessment.indicators.values()]
    totals_ = {indicator.total_id for indicator in records}
    wanted = [
        one.id
        for one in records
        if one.id not in shown and (one.confidential or one.total_id is not None or one.id in totals_)
    ]
    return model.Aside(
        indicators=tuple(_indicator(plan, plan.assessment.indicators[one], known) for one in wanted),
        measures=tuple(line for line in lines_of.values() if line.confidential and line.id not in shown),
    )


def _by_goal(plan: _Plan, lines_of: Mapping[str, model.MeasureLine]) -> dict[str, list[model.MeasureLine]]:
    """The lines of measures by goal, invented measures only where asked for."""
    allowed = plan.assessment.include_illustrative
    found: dict[str, list[model.MeasureLine]] = defaultdict(list)
    for measure in plan.store.records(Measure):
        if allowed or not measure.illustrative:
            for goal_id in measure.goal_ids:
                found[goal_id].append(lines_of[measure.id])
    return found


def _measures(plan: _Plan) -> dict[str, model.MeasureLine]:
    """The line of every measure by its id; money in the year of the paper, invented amounts only where asked for."""
    notes: dict[str, StatusNote] = {}
    for note in sorted(plan.store.records(StatusNote), key=lambda one: one.as_of):
        notes[note.measure_id] = note
    money = _money_of(plan)
    found = {}
    for measure in plan.store.records(Measure):
        planned, spent, funded = money.get(measure.id, (None, None, None))
        said = notes.get(measure.id)
        found[measure.id] = model.MeasureLine(
            id=measure.id,
            title=record_title(measure, plan.language),
            state=choice(measure.state, plan.language),
            owner=measure.owner,
            runs=_runs(measure, plan.language),
            planned=planned,
            spent=spent,
            funded=funded,
            status=f"{choice(said.standing, plan.language)}: {said.text}" if said else "",
            illustrative=measure.illustrative,
            to_comment=bool(plan.office and plan.office.asks_about_money(spent, planned)),
            confidential=measure.confidential,
        )
    return found


def _runs(measure: Measure, language: Language) -> str:
    begin, end = (partial_date(text, language) if text else "" for text in (measure.starts, measure.ends))
    return f"{begin} – {end}" if begin and end else begin or end


def _money_of(plan: _Plan) -> dict[str, tuple[float | None, float | None, float | None]]:
    """Planned and spent euros of the paper's year by measure, and the share of the plan that others pay."""
    allowed = plan.assessment.include_illustrative
    own = {pot.id: pot.own_share for pot in plan.store.records(FundingPot)}
    lines: dict[str, list[MoneyLine]] = defaultdict(list)
    for line in plan.store.records(MoneyLine):
        if line.year == plan.today.year and (allowed or not line.illustrative):
            lines[line.measure_id].append(line)
    found = {}
    for measure_id, of_year in lines.items():
        planned, spent = (_sum(getattr(line, name) for line in of_year) for name in ("planned", "spent"))
        shares = [(line.planned or 0.0, own.get(line.pot_id or "")) for line in of_year if line.pot_id]
        paid = sum(amount * (1 - share) for amount, share in shares if share is not None)
        known = bool(shares) and all(share is not None for _, share in shares)
        found[measure_id] = (planned, spent, paid / planned if known and planned else None)
    return found


def _sum(amounts: Iterable[float | None]) -> float | None:
    """The sum of what is known; None if nothing is: missing is not zero."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


# --- living labs, ranking, resources, what was decided before ---


def _labs(plan: _Plan) -> Iterator[model.LabPage]:
    for lab in plan.store.records(LivingLab):
        told = bool(lab.lessons or lab.parts or lab.hypothesis)
        if told and (plan.assessment.include_illustrative or not lab.illustrative):
            results = tuple(line for part in lab.parts for line in part.results)
            yield model.LabPage(
                id=lab.id,
                title=record_title(lab, plan.language),
                state=choice(lab.result or lab.phase, plan.language),
                aim=lab.hypothesis or lab.question or lab.background or "",
                learned=lab.lessons or results,
                outlook=lab.outlook or "",
                illustrative=lab.illustrative,
            )


def _ranking(plan: _Plan, by: Person) -> model.Ranking | None:
    """The newest round that is closed and counts."""
    allowed = plan.assessment.include_illustrative
    rounds = [one for one in plan.store.records(PriorityRound) if one.state is not RoundState.open]
    for round_ in sorted(rounds, key=lambda one: (one.deadline, one.id), reverse=True):
        if not round_.illustrative or allowed:
            return _ranked(plan, rank_round(plan.store, round_.id, by=by))
    return None


def _ranked(plan: _Plan, found: RankedRound) -> model.Ranking:
    decisions = [one for one in plan.store.records(PriorityDecision) if one.round_id == found.round.id]
    chosen = {one.measure_id: one.within for one in decisions[-1].measures} if decisions else {}
    titles = {measure.id: record_title(measure, plan.language) for measure in plan.store.records(Measure)}
    placed = [one for one in found.result.measures if one.utility is not None and one.places]
    decided = decisions[-1] if decisions else None
    return model.Ranking(
        round_id=found.round.id,
        title=found.round.title,
        method=translate("Nutzwert aus gewichteten Kriterien ({methode})", plan.language, methode=METHOD),
        raters=translate_plural(
            "{number} Person hat bewertet, {ganz} vollständig; Frist war der {tag}.",
            "{number} Personen haben bewertet, {ganz} vollständig; Frist war der {tag}.",
            found.result.raters,
            plan.language,
            ganz=found.result.complete,
            tag=day(found.round.deadline, plan.language),
        ),
        decided=translate(
            "Entschieden am {tag} von {wem}.",
            plan.language,
            tag=day(decided.decided_on, plan.language),
            wem=decided.decided_by,
        )
        if decided
        else "",
        illustrative=found.round.illustrative or found.ratings_invented,
        rows=tuple(
            model.RankedMeasure(
                rank=position,
                measure_id=one.measure_id,
                title=titles.get(one.measure_id, one.measure_id),
                utility=(one.utility or 0.0) * 10,
                effort=one.effort[1] if one.effort else None,
                impact=one.impact[1] if one.impact else None,
                best_rank=one.places[0] if one.places else None,
                worst_rank=one.places[1] if one.places else None,
                chosen=chosen.get(one.measure_id),
            )
            for position, one in enumerate(placed, start=1)
        ),
    )


def _resources(
    plan: _Plan, by: Person, include_illustrative: bool, goals: Sequence[model.GoalPage]
) -> model.Resources | None:
    limits = find_limits(plan.store, by=by, today=plan.today, include_illustrative=include_illustrative)
    if not limits.inputs.groups:
        return None
    names = plan_names(plan.store, limits.plan.periods, plan.language)
    sentence = headline(limits.plan, limits.worst, limits.overloads, limits.broken, bool(limits.parallel.broken), names)
    posts = {group.id: group for group in limits.inputs.groups}
    demand: dict[str, float] = defaultdict(float)
    capacity: dict[str, float] = defaultdict(float)
    short: dict[str, float] = defaultdict(float)
    asked: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for load in loads_of(limits):
        days = posts[load.group_id].days_of_a_post(load.period)
        if days > 0:
            demand[load.period] += load.demand / days
            capacity[load.period] += load.capacity / days
            short[load.period] += max(0.0, load.demand - load.capacity) / days
            for measure_id, of_measure in load.demand_of.items():
                asked[measure_id][load.period] += of_measure / days
    illustrative = any(group.illustrative for group in limits.inputs.groups)
    marked = f" ({translate('Beispielwert', plan.language)})" if illustrative else ""
    shown = list(limits.plan.periods)[:QUARTERS]
    return model.Resources(
        sentence=sentence.removesuffix(".") + marked + ".",
        quarters=tuple(
            model.QuarterLoad(
                label=quarter(period, plan.language),
                demand=round(demand[period], 6),
                capacity=round(capacity[period], 6),
                short=round(short[period], 6),
            )
            for period in shown
        ),
        measures=tuple(_loads(plan, asked, shown)),
        money=(
            *_money_by_goal(goals, plan.today.year),
            *_pots(limits.inputs.pots, limits.inputs.money_lines, plan.language),
        ),
        illustrative=illustrative,
    )


def _loads(
    plan: _Plan, asked: Mapping[str, Mapping[str, float]], periods: Sequence[str]
) -> Iterator[model.MeasureLoad]:
    """What each measure asks for in the periods, in full-time equivalents; who asks most first."""
    measures = {measure.id: measure for measure in plan.store.records(Measure)}
    found = {
        measure_id: tuple(round(of_measure.get(period, 0.0), 6) for period in periods)
        for measure_id, of_measure in asked.items()
        if measure_id in measures
    }
    for measure_id, demand in sorted(found.items(), key=lambda one: (-sum(one[1]), one[0])):
        if any(demand):
            measure = measures[measure_id]
            yield model.MeasureLoad(
                measure_id=measure_id,
                title=record_title(measure, plan.language),
                demand=demand,
                illustrative=measure.illustrative,
            )


def _money_by_goal(goals: Sequence[model.GoalPage], year: int) -> Iterator[model.PotLine]:
    """What the measures on a goal's page plan and spend in the year of the paper."""
    for goal in goals:
        planned = _sum(measure.planned for measure in goal.measures)
        if planned is not None:
            spent = _sum(measure.spent for measure in goal.measures)
            yield model.PotLine(goal_id=goal.id, title=goal.title, year=year, planned=planned, spent=spent)


def _pots(pots: Sequence[FundingPot], lines: Sequence[MoneyLine], language: Language) -> Iterator[model.PotLine]:
    """What is planned and spent from each pot and year, and from none."""
    titles = {pot.id: pot.title for pot in pots}
    found: dict[tuple[bool, str, int], list[MoneyLine]] = defaultdict(list)
    for line in lines:
        title = titles.get(line.pot_id or "")
        found[title is None, title or translate("keiner", language), line.year].append(line)
    for (_, title, year), of_year in sorted(found.items()):
        planned = _sum(line.planned for line in of_year)
        if planned is not None:
            yield model.PotLine(title=title, year=year, planned=planned, spent=_sum(line.spent for line in of_year))


def _follow_ups(plan: _Plan) -> Iterator[model.FollowUp]:
    sittings = {sitting.id: sitting for sitting in plan.store.records(Sitting)}
    known = plan.store.records(FollowUp)
    for one in sorted(known, key=lambda each: (each.settled, each.due or date.max, each.id)):
        sitting = sittings.get(one.sitting_id)
        where = f"{sitting.committee}, {day(sitting.held_on, plan.language)}" if sitting else one.sitting_id
        yield model.FollowUp(
            id=one.id,
            kind=choice(one.follow_up_kind, plan.language),
            text=one.text,
            from_sitting=where,
            owner=one.owner,
            due=one.due,
            state=choice(one.state, plan.language),
            result=one.result or "",
            overdue=one.overdue(plan.today),
            confidential=one.confidential,
        )


# --- sentences to start from ---


def _thresholds(plan: _Plan) -> tuple[str, ...]:
    """Where the rule draws its borders, where it draws them at shares of the way."""
    if plan.assessment.judged.rule.id not in ("destatis_weather", "target_path"):
        return ()
    little, much = percent(SMALL_SHORTFALL, plan.language), percent(LARGE_SHORTFALL, plan.language)
    names = {course: course_word(course, plan.language) for course in Course}
    return (
        f"{names[Course.sun]}: " + translate("Es fehlen weniger als {little}.", plan.language, little=little),
        f"{names[Course.sun_cloud]}: "
        + translate("Es fehlen {little} bis {much}.", plan.language, little=little, much=much),
        f"{names[Course.cloud]}: "
        + translate("Es fehlen mehr als {much}, aber der Wert bewegt sich zum Ziel hin.", plan.language, much=much),
        f"{names[Course.thunderstorm]}: "
        + translate("Der Wert bewegt sich im Mittel nicht zum Ziel hin.", plan.language),
    )


def _comment_rule(plan: _Plan) -> str:
    """From which deviation on the office has to comment; empty where nothing is agreed."""
    office, language = plan.office, plan.language
    said = []
    if office and office.comment_share is not None:
        share = percent(office.comment_share, language)
        told = translate(
            "Zu erläutern ist jeder Wert, der um mehr als {anteil} vom Plan abweicht.", language, anteil=share
        )
        said.append(told)
    if office and office.comment_amount is not None:
        amount = euros(office.comment_amount, language)
        told = translate(
            "Zu erläutern ist jede Maßnahme, die um mehr als {betrag} teurer ist als geplant.", language, betrag=amount
        )
        said.append(told)
    return " ".join(said)
