"""What a record still lacks before somebody else could take it over."""

from __future__ import annotations

from typing import Any

from metrics.domain.living_labs import LabPhase, LivingLab
from metrics.domain.measures import Measure, MeasureState, Responsibility

_MEASURE = ("goal_ids", "owner", "deputy", "starts", "budget", "funding", "background", "activities", "target_groups")
_LAB = ("goal_ids", "starts", "owner", "deputy", "background", "question", "success_criteria", "partners")
_STATES_WITH_REASON = frozenset({MeasureState.deferred, MeasureState.paused, MeasureState.discontinued})
_PHASES_AT_THE_END = frozenset({LabPhase.consolidation, LabPhase.ended})


def missing_fields(record: Measure | LivingLab) -> list[str]:
    """Names of the fields that ought to be filled and are not, in the order of the Steckbrief."""
    wanted = _wanted_of_measure(record) if isinstance(record, Measure) else _wanted_of_lab(record)
    return [name for name in wanted if _is_empty(getattr(record, name))]


def _wanted_of_measure(measure: Measure) -> list[str]:
    wanted = list(_MEASURE)
    if measure.responsibility is Responsibility.cooperation:
        wanted.append("partners")
    if measure.state in _STATES_WITH_REASON:
        wanted.append("state_reason")
    return [*wanted, *(("ends", "results") if measure.ended else ("milestones",))]


def _wanted_of_lab(lab: LivingLab) -> list[str]:
    return [*_LAB, *(("ends", "result", "lessons") if lab.phase in _PHASES_AT_THE_END else ())]


def _is_empty(value: Any) -> bool:
    return value is None or value == ()
