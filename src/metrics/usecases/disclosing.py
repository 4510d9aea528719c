"""Which indicators have a value that must not leave the office, and what has to be known of values to tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from metrics.domain.progress.assessment import IndicatorAssessment
from metrics.locale.catalogue import Language
from metrics.papers.disclosure import withheld_cells
from metrics.papers.model import IndicatorLine, PointLine
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Right, require

LargestShares = Mapping[tuple[str, date, date], float]
"""How much of a value its largest contributor stands for, 0–1, by indicator and first and last day of the period."""


def largest_shares(store: Store) -> LargestShares:
    """What the office knows of large contributors."""
    return {(of, start, end): share for of, start, end, share in store.connection.tuples("largest_shares")}


def points_of(found: IndicatorAssessment, shares: LargestShares) -> tuple[PointLine, ...]:
    """The series of an indicator as papers keep it."""
    return tuple(
        PointLine(
            start=point.start,
            end=point.end,
            value=point.value,
            provisional=point.provisional,
            largest_share=shares.get((found.indicator.id, point.start, point.end)),
        )
        for point in found.points
    )


def not_for_the_public(
    store: Store, judged: Iterable[IndicatorAssessment], *, by: Person, language: Language
) -> frozenset[str]:
    """The ids of indicators that are confidential or have a value that gives single firms or persons away.

    The rules are those by which papers are made public (`papers/disclosure.py`). Raises NotAllowed.
    """
    require(by, Right.read_published)
    shares = largest_shares(store)
    known = {found.indicator.id: found for found in judged}
    totals = {found.indicator.total_id for found in known.values()}
    touched = {of for of, _, _ in shares} | totals
    lines = [
        IndicatorLine(
            id=identifier,
            title=found.indicator.title,
            unit=found.indicator.unit,
            territory=found.indicator.territory,
            rising_is_better=None,
            decimals=found.indicator.decimals,
            confidential=found.indicator.confidential,
            counts_units=found.indicator.counts_units,
            part_of=found.indicator.total_id,
            points=points_of(found, shares),
        )
        for identifier, found in known.items()
        if identifier in touched
        or found.indicator.total_id
        or found.indicator.confidential
        or found.indicator.counts_units
    ]
    without_values = {line.id for line in lines if line.confidential}
    return frozenset(without_values | {cell.indicator_id for cell in withheld_cells(lines, language)})
