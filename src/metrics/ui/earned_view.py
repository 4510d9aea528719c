"""Progress and money together (CPI, SPI, EAC): what was achieved for the money spent, measure by measure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from metrics.domain.measures import Measure
from metrics.domain.resources import MoneyLine
from metrics.domain.scheduling.against_time import earned_share, planned_share
from metrics.domain.scheduling.drain import Money, drain
from metrics.domain.scheduling.earned import EarnedValue, EarningRule, EstimateBasis
from metrics.domain.scheduling.why_not import WhyNot
from metrics.locale.formats import number
from metrics.locale.words import choice
from metrics.ui import money_view, plan, schedule_view
from metrics.ui.session import _, language, today

Rows = list[dict[str, object]]


@plan.remember(*money_view.KINDS)
def earned_values(rule: EarningRule, examples: bool) -> dict[str, EarnedValue | WhyNot]:
    """The earned value of every measure that has money, by id, or why it is unknown."""
    own: dict[str, list[MoneyLine]] = defaultdict(list)
    for line in money_view.counted(examples)[1]:
        own[line.measure_id].append(line)
    measures = plan.records(Measure)
    return {key: _earned(measures[key], lines, rule) for key, lines in own.items() if key in measures}


def _earned(measure: Measure, lines: list[MoneyLine], rule: EarningRule) -> EarnedValue | WhyNot:
    money = drain([Money(line.year, line.planned, line.committed, line.spent) for line in lines], today())
    earned, planned = earned_share(measure.milestones, today(), rule), planned_share(measure.milestones, today(), rule)
    for part in (money.planned, money.spent, earned, planned):
        if isinstance(part, WhyNot):
            return part
    budget, spent, done, due = (float(part) for part in (money.planned, money.spent, earned, planned))
    if budget <= 0:
        return WhyNot.nothing_planned
    return EarnedValue(budget, planned=due * budget, earned=done * budget, spent=spent)


@plan.remember(*money_view.KINDS)
def rows(rule: EarningRule, basis: EstimateBasis, examples: bool) -> Rows:
    """A row per measure with money: the sums, the indices and the estimate, or the reason in their place."""
    found = earned_values(rule, examples)
    known = {key: one for key, one in found.items() if isinstance(one, EarnedValue)}
    told: Rows = [_row(key, one, basis) for key, one in known.items()]
    for key, reason in found.items():
        if isinstance(reason, WhyNot):
            empty = dict.fromkeys(_columns(), "")
            words = _("nicht berechenbar: {grund}", grund=choice(reason, language()))
            told.append({**empty, _("Maßnahme"): schedule_view.title(key, 45), _("Hinweis"): words})
    return told


def _columns() -> tuple[str, ...]:
    return (
        _("Maßnahme"),
        _("Hinweis"),
        _("Budget (BAC)"),
        _("Bis heute geplant (PV)"),
        _("Erreicht (EV)"),
        _("Ausgegeben (AC)"),
        _("Kosten (CPI)"),
        _("Fortschritt (SPI)"),
        _("Erwartete Kosten (EAC)"),
    )


def _row(measure_id: str, one: EarnedValue, basis: EstimateBasis) -> dict[str, object]:
    values = (
        schedule_view.title(measure_id, 45),
        _("Beispielwert") if plan.records(Measure)[measure_id].illustrative else "",
        money_view.amount(one.budget),
        money_view.amount(one.planned),
        money_view.amount(one.earned),
        money_view.amount(one.spent),
        _told(one.cost_index, _index),
        _told(one.schedule_index, _index),
        _told(one.estimate_at_completion(basis), money_view.amount),
    )
    return dict(zip(_columns(), values, strict=True))


def _told(value: float | WhyNot, words: Callable[[float], str]) -> str:
    return choice(value, language()) if isinstance(value, WhyNot) else words(value)


def _index(value: float) -> str:
    return number(value, language(), 2)
