"""The titles of everything that sentences on limits, choices and scenarios name."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.domain.goals import Goal
from metrics.domain.measures import Measure
from metrics.domain.resources import CapacityGroup, FundingPot
from metrics.locale.catalogue import Language
from metrics.locale.limits import Names
from metrics.locale.words import record_title
from metrics.store.ledger import Store


def plan_names(store: Store, periods: Sequence[str], language: Language) -> Names:
    """Every title of the plan, also of examples that do not count in what is told."""
    return Names(
        measures={one.id: record_title(one, language) for one in store.records(Measure)},
        groups={one.id: one.title for one in store.records(CapacityGroup)},
        pots={one.id: one.title for one in store.records(FundingPot)},
        goals={one.id: record_title(one, language) for one in store.records(Goal)},
        periods=periods,
        language=language,
    )
