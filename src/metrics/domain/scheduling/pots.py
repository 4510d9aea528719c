"""Funding pots against the money that measures plan to take from them: year by year, and up to their end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from metrics.domain.base import partial_date_bounds
from metrics.domain.resources import FundingPot, MoneyLine
from metrics.domain.scheduling.drain import Drain, Money, drain, passed_share
from metrics.domain.scheduling.why_not import WhyNot


@dataclass(frozen=True, slots=True)
class PotBalance:
    """A pot's year in euros: `held` is None if nobody knows what the pot holds; `planned` what is known of the plan.

    `unknown` lines of the year do not say what they plan, so that more may be asked for.
    """

    pot_id: str
    year: int
    held: float | None
    planned: float
    unknown: int

    @property
    def lacking(self) -> float | None:
        """Euros that the pot surely lacks, never below 0; None if it does not say what it holds."""
        return None if self.held is None else max(0.0, self.planned - self.held)


@dataclass(frozen=True, slots=True)
class FundingEnd:
    """A pot that ends: `last_day` as its date may mean at the latest, `measure_ids` that draw on it in the last years.

    `uncommitted`: euros of the plan that nothing binds yet, or why that is unknown. `outlasting`: measures that surely
    go on after it.
    """

    pot_id: str
    last_day: date
    measure_ids: tuple[str, ...]
    outlasting: tuple[str, ...]
    uncommitted: float | WhyNot


def pot_balances(pots: Iterable[FundingPot], lines: Iterable[MoneyLine]) -> list[PotBalance]:
    """Every year of every pot in which it holds something or something is planned, by pot and year."""
    planned: dict[tuple[str, int], list[float | None]] = defaultdict(list)
    for line in lines:
        if line.pot_id:
            planned[line.pot_id, line.year].append(line.planned)
    found = []
    for pot in pots:
        years = {one.year for one in pot.years} | {year for pot_id, year in planned if pot_id == pot.id}
        for year in sorted(years):
            amounts = planned.get((pot.id, year), [])
            known = [amount for amount in amounts if amount is not None]
            found.append(PotBalance(pot.id, year, pot.held(year), sum(known), len(amounts) - len(known)))
    return found


def funding_ends(
    pots: Iterable[FundingPot], lines: Sequence[MoneyLine], ends: Mapping[str, str | None], today: date
) -> list[FundingEnd]:
    """The pots that end and are not surely over, the earliest first; `ends` of the measures by id."""
    found = []
    for pot in pots:
        if pot.ends is None or pot.ended(today):
            continue
        last = partial_date_bounds(pot.ends)[1]
        own = [line for line in lines if line.pot_id == pot.id]
        hanging = tuple(dict.fromkeys(line.measure_id for line in own if line.year >= today.year))
        outlasting = tuple(one for one in hanging if _goes_on_after(ends.get(one), last))
        left = pot_drain(pot, own, today).uncommitted if own else WhyNot.nothing_planned
        found.append(FundingEnd(pot.id, last, hanging, outlasting, left))
    return sorted(found, key=lambda one: (one.last_day, one.pot_id))


def pot_drain(pot: FundingPot | None, lines: Sequence[MoneyLine], today: date, year: int | None = None) -> Drain:
    """The drain of a pot's lines (or of those without a pot) over its time, or the part of it that lies in a year.

    Where lines lie outside the pot's dates, its time is taken to reach as far. Raises ValueError without a line.
    """
    starts = partial_date_bounds(pot.starts)[0] if pot and pot.starts else None
    ends = partial_date_bounds(pot.ends)[1] if pot and pot.ends else None
    years = [line.year for line in lines] or [today.year]
    first, last = starts or date(min(years), 1, 1), ends or date(max(years), 12, 31)
    if year is not None:
        first, last = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
        lines = [line for line in lines if line.year == year]
    if last < first:  # nothing of the pot's time lies there, yet the money does
        first, last = date(year or min(years), 1, 1), date(year or max(years), 12, 31)
    amounts = [Money(line.year, line.planned, line.committed, line.spent) for line in lines]
    return drain(amounts, today, first, last)


def drain_of_pots(
    pots: Mapping[str, FundingPot], lines: Iterable[MoneyLine], today: date, year: int | None = None
) -> dict[str | None, Drain]:
    """The drain by pot id (None: lines without a pot) of all years, or of one; pots without a line are left out."""
    by_pot: dict[str | None, list[MoneyLine]] = defaultdict(list)
    for line in lines:
        by_pot[line.pot_id].append(line)
    return {
        pot_id: pot_drain(pots.get(pot_id) if pot_id else None, own, today, year)
        for pot_id, own in by_pot.items()
        if year is None or any(line.year == year for line in own)
    }


def in_all(drains: Iterable[Drain], today: date) -> Drain:
    """Several pots as one: sums, each unknown if a part is; from the first start to the last end.

    Raises ValueError without one.
    """
    parts = list(drains)
    if not parts:
        raise ValueError("no drain")
    first, last = min(one.starts for one in parts), max(one.ends for one in parts)
    return Drain(
        _sum(one.planned for one in parts),
        _sum(one.committed for one in parts),
        _sum(one.bound for one in parts),
        _sum(one.spent for one in parts),
        _sum(one.planned_by_now for one in parts),
        passed_share(first, last, today),
        first,
        last,
    )


def _sum(parts: Iterable[float | WhyNot]) -> float | WhyNot:
    total = 0.0
    for part in parts:
        if isinstance(part, WhyNot):
            return part
        total += part
    return total


def _goes_on_after(ends: str | None, last: date) -> bool:
    return ends is not None and partial_date_bounds(ends)[0] > last
