"""What is doubtful about a form that may be stored all the same, told before it is."""

from __future__ import annotations

from metrics.domain.base import Record
from metrics.domain.indicators import Indicator
from metrics.domain.plausibility import doubts_about
from metrics.domain.targets import Target
from metrics.locale.words import doubt_sentence
from metrics.ui import plan
from metrics.ui.session import language, today


def doubts_told(record: Record | None) -> list[str]:
    """Why a target may not be judged as it was meant; nothing about a form that is not understood yet."""
    if not isinstance(record, Target):
        return []
    found = plan.entries(Indicator).get(record.indicator_id)
    if found is None:
        return []
    entries = (*plan.readings(record.indicator_id), *plan.comparisons(record.indicator_id))
    doubts = doubts_about(record, found.record, [entry.record for entry in entries], today())
    return [doubt_sentence(doubt, language()) for doubt in doubts]
