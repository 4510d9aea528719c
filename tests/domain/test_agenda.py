"""What a meeting should speak of."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from metrics.domain.agenda import AgendaReason, suggested_agenda
from metrics.domain.measures import MeasureState
from metrics.domain.progress.outcome import Freshness
from metrics.domain.upkeep import ContributionState
from tests.plan import a_contribution, a_measure

DAY = date(2026, 11, 30)


def judged(identifier: str, freshness: Freshness, due: date | None) -> Any:
    """Of an assessment the agenda asks for no more than this."""
    return SimpleNamespace(indicator=SimpleNamespace(id=identifier), freshness=freshness, due=due)


def test_what_is_late_or_ahead_stands_on_it_and_nothing_else() -> None:
    values = [
        judged("I-frisch", Freshness.fresh, date(2026, 1, 1)),
        judged("I-spaet", Freshness.overdue, date(2026, 11, 1)),
        judged("I-alt", Freshness.stale, date(2026, 3, 1)),
        judged("I-nie", Freshness.never, None),
        judged("I-ruht", Freshness.not_due, None),
    ]
    contributions = [
        a_contribution(id="B-faellig", answer_due=DAY),
        a_contribution(id="B-spaeter", answer_due=date(2026, 12, 1)),
        a_contribution(id="B-fertig", state=ContributionState.adopted, answer="Kommt.", answered_on=DAY),
    ]
    measures = [
        a_measure(id="M-nah", decision_due="2026-12-28"),
        a_measure(id="M-fern", decision_due="2026-12-29"),
        a_measure(id="M-monat", decision_due="2026-12"),
        a_measure(id="M-vorbei", decision_due="2026-11", state=MeasureState.discontinued, state_reason="entfällt"),
        a_measure(id="M-ohne"),
    ]
    found = suggested_agenda(values, contributions, measures, DAY)
    assert [(one.reason, one.kind, one.id) for one in found] == [
        (AgendaReason.reading, "indicator", "I-nie"),
        (AgendaReason.reading, "indicator", "I-alt"),
        (AgendaReason.reading, "indicator", "I-spaet"),
        (AgendaReason.contribution, "contribution", "B-faellig"),
        (AgendaReason.decision, "measure", "M-nah"),
        (AgendaReason.decision, "measure", "M-monat"),
    ]
    assert found[-1].due == date(2026, 12, 31)
    assert suggested_agenda([], [], [], DAY) == []
