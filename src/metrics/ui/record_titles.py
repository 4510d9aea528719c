"""What a record is called where people choose it or read about it; data, never markup."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from metrics.domain.base import Record
from metrics.domain.context import ChangeActivity, Finding, OrganisationRating
from metrics.domain.indicators import Indicator, Observation
from metrics.domain.kinds import KINDS
from metrics.domain.living_labs import LabEvaluation
from metrics.domain.priorities import PriorityDecision, Rating
from metrics.domain.resources import MoneyLine, ResourceDemand, Staffing
from metrics.domain.targets import Target
from metrics.locale.formats import partial_date, period, periods_told
from metrics.locale.words import demand_text
from metrics.ui import plan
from metrics.ui.judged import name_of
from metrics.ui.session import language
from metrics.ui.text import one_line
from metrics.usecases.rating import seat_name

MOST_CHARACTERS = 90


def record_title(record: Record, most: int = MOST_CHARACTERS) -> str:
    """The record's title, or what stands for one, on one line of at most so many characters."""
    named = next((name for type_, name in _NAMES if isinstance(record, type_)), name_of)
    return one_line(named(record), most)


def title_of(kind: str, identifier: str) -> str:
    """The title of the current record with this id; the id itself if there is none."""
    record = plan.records(KINDS[kind]).get(identifier)
    return record_title(record) if record else identifier


@plan.remember()
def titles(kind: str) -> Mapping[str, str]:
    """Id → "title (id)" of all current records of a kind, in the order of the titles."""
    named = sorted((record_title(record), identifier) for identifier, record in plan.records(KINDS[kind]).items())
    return {identifier: title if title == identifier else f"{title} ({identifier})" for title, identifier in named}


def _target_title(target: Any) -> str:
    indicator = plan.records(Indicator).get(target.indicator_id)
    name = title_of("indicator", target.indicator_id)
    return f"{name}: {demand_text(indicator, target.demand, language())}" if indicator else name


def _observation_title(found: Any) -> str:
    when = period(found.period_start, found.period_end, found.period_kind, language())
    return f"{title_of('indicator', found.indicator_id)} · {when}"


_NAMES: tuple[tuple[type[Record], Callable[[Any], str]], ...] = (
    (Finding, lambda finding: finding.text),
    (ChangeActivity, lambda activity: activity.method),
    (LabEvaluation, lambda evaluation: evaluation.form),
    (Target, _target_title),
    (Observation, _observation_title),
    (OrganisationRating, lambda rating: title_of("organisation", rating.organisation_id)),
    (Rating, lambda rating: f"{title_of('measure', rating.measure_id)} · {seat_name(rating.round_id, rating.seat)}"),
    (PriorityDecision, lambda decision: title_of("priority_round", decision.round_id)),
    (
        ResourceDemand,
        lambda demand: (
            f"{title_of('measure', demand.measure_id)} · {periods_told(demand.period, demand.until, language())}"
        ),
    ),
    (MoneyLine, lambda line: f"{title_of('measure', line.measure_id)} · {line.year}"),
    (Staffing, lambda staffing: partial_date(staffing.as_of, language())),
)
