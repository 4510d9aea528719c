"""How a judgement was worked out, line by line: (label, text) with every number that went into it."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.domain.indicators import Indicator
from metrics.domain.progress.outcome import Attainment, CourseVerdict, Formula, Point, Scale
from metrics.domain.targets import Target
from metrics.locale.catalogue import Language, translate
from metrics.locale.demands import amount, demand_subject, demand_text
from metrics.locale.explanations import figure_text, rule_name, telling_decimals, when
from metrics.locale.formats import MISSING, calendar_span, percent
from metrics.locale.names import choice

Line = tuple[str, str]
FINER = 2
"""How many decimals a rate has more than the values it comes from."""


def attainment_lines(indicator: Indicator, target: Target, found: Attainment, language: Language) -> list[Line]:
    """The numbers behind a Zielerreichung, its formula and its result."""
    decimals = telling_decimals(found.value, found.target, indicator.decimals)

    def line(name: str, value: float, note: str = "") -> Line:
        words = amount(value, found.scale, indicator, language, decimals)
        return translate(f"line.{name}", language), f"{words} ({note})" if note else words

    lines = [(translate("line.demand", language), demand_text(indicator, target.demand, language, decimals))]
    if found.baseline is not None:
        origin = translate(f"line.baseline.{'stated' if found.baseline_stated else 'first'}", language)
        since = [when(found.baseline_end, language)] if found.baseline_end else []
        lines.append(line("baseline", found.baseline, ", ".join([origin, *since])))
    if found.formula in (Formula.stage, Formula.criteria):
        lines.append((translate("line.value", language), f"{found.value:.0f} / {found.target:.0f}"))
    else:
        as_of = when(found.end, language) if found.end else ""
        lines += [line("value", found.value, as_of), line("bound", found.target)]
    lines.append((translate("line.formula", language), translate(f"formula.{found.formula.value}", language)))
    return [*lines, (translate("line.attainment", language), percent(found.share, language, 1))]


def course_lines(indicator: Indicator, target: Target, verdict: CourseVerdict, language: Language) -> list[Line]:
    """The numbers behind a symbol: what was looked at, the points, every figure, the rule with its version."""
    decimals = indicator.decimals + FINER
    lines = [
        (translate("line.demand", language), demand_text(indicator, target.demand, language)),
        (translate("line.case", language), choice(verdict.case, language)),
    ]
    if verdict.scale is not Scale.own:
        lines.append((translate("line.subject", language), demand_subject(indicator, target.demand, language)))
    lines.append((translate("line.points", language), _points(indicator, verdict.scale, verdict.window, language)))
    if verdict.bound is not None:
        bound = amount(verdict.bound, verdict.scale, indicator, language, indicator.decimals)
        lines.append((translate("line.bound", language), bound))
    if verdict.due is not None:
        lines.append((translate("line.due", language), when(verdict.due, language)))
    lines += [
        (translate(f"figure.{name}", language), figure_text(name, figure, verdict, indicator, language, decimals))
        for name, figure in verdict.figures.items()
    ]
    if verdict.reached is not None:
        reached = translate(f"line.reached.{'yes' if verdict.reached else 'no'}", language)
        lines.append((translate("line.reached", language), reached))
    lines.append((translate("line.vintages", language), "; ".join(verdict.vintages) or MISSING))
    rule = translate(
        "line.rule.version",
        language,
        rule=rule_name(verdict.rule, language),
        id=verdict.rule,
        version=verdict.rule_version,
    )
    return [*lines, (translate("line.rule", language), rule)]


def _points(indicator: Indicator, scale: Scale, points: Sequence[Point], language: Language) -> str:
    return "; ".join(
        f"{calendar_span(point.start, point.end, language)}: "
        f"{amount(point.value, scale, indicator, language, telling_decimals(point.value, 0.0, indicator.decimals))}"
        for point in points
    )
