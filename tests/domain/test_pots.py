"""Pots against the plan: what they lack in a year, what their end leaves behind, and how their money flows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from metrics.domain.resources import FundingPot, MoneyLine
from metrics.domain.scheduling.pots import PotBalance, drain_of_pots, funding_ends, in_all, pot_balances, pot_drain
from metrics.domain.scheduling.why_not import WhyNot
from tests.plan import a_funding_pot, a_money_line

TODAY = date(2027, 7, 1)


def pot(identifier: str, ends: str | None = None, starts: str | None = None, **years: float) -> FundingPot:
    held = tuple({"year": int(year[1:]), "amount": amount} for year, amount in years.items())
    return a_funding_pot(id=identifier, title=identifier, starts=starts, ends=ends, years=held)


def line(number: int, pot_id: str | None, year: int, planned: float | None, **over: Any) -> MoneyLine:
    fields = {"measure_id": f"M-{number}", "committed": None, "spent": None}
    return a_money_line(**{**fields, "id": f"G-{number}", "pot_id": pot_id, "year": year, "planned": planned, **over})


def test_a_pot_lacks_what_is_planned_beyond_what_it_holds() -> None:
    lines = [line(1, "P", 2027, 70), line(2, "P", 2027, 50), line(3, "P", 2028, 10), line(4, None, 2027, 999)]
    assert pot_balances([pot("P", y2027=100, y2029=5)], lines) == [
        PotBalance("P", 2027, 100, 120, 0),
        PotBalance("P", 2028, 0, 10, 0),
        PotBalance("P", 2029, 5, 0, 0),
    ]


@pytest.mark.parametrize(("held", "lacking"), [(100.0, 20.0), (120.0, 0.0), (500.0, 0.0), (None, None)])
def test_only_a_pot_that_says_what_it_holds_can_lack(held: float | None, lacking: float | None) -> None:
    assert PotBalance("P", 2027, held, 120, 0).lacking == lacking


def test_a_line_that_does_not_say_its_plan_is_counted_as_unknown_and_not_as_nothing() -> None:
    lines = [line(1, "P", 2027, None, spent=5), line(2, "P", 2027, 50)]
    assert pot_balances([pot("P", y2027=100)], lines) == [PotBalance("P", 2027, 100, 50, 1)]


def test_funding_that_ends_names_who_hangs_on_it_and_who_goes_on_without_it() -> None:
    lines = [
        line(1, "P", 2027, 70, committed=20),
        line(2, "P", 2027, 30, committed=30),
        line(3, "P", 2026, 30, committed=30),
    ]
    (found,) = funding_ends([pot("P", "2027-12"), pot("Q")], lines, {"M-1": "2028-06", "M-2": "2027-12"}, TODAY)
    assert (found.last_day, found.measure_ids, found.outlasting) == (date(2027, 12, 31), ("M-1", "M-2"), ("M-1",))
    assert found.uncommitted == 50


def test_funding_that_is_over_ends_no_more_and_the_earliest_end_comes_first() -> None:
    found = funding_ends([pot("C", "2029"), pot("A", "2027-06"), pot("B", "2027-07")], [], {}, TODAY)
    assert [one.pot_id for one in found] == ["B", "C"]
    assert found[0].uncommitted is WhyNot.nothing_planned


def test_money_is_planned_over_the_days_of_the_funding_that_lie_in_the_year() -> None:
    own = [line(1, "P", 2027, 184, spent=100)]
    found = pot_drain(pot("P", "2027-12", "2027-07"), own, TODAY, 2027)
    assert (found.starts, found.ends) == (date(2027, 7, 1), date(2027, 12, 31))
    assert found.planned_by_now == pytest.approx(1)
    assert found.spent_share == pytest.approx(100 / 184)


def test_money_outside_of_the_pots_time_is_planned_over_its_own_year() -> None:
    assert pot_drain(pot("P", "2026-12"), [line(1, "P", 2028, 10)], TODAY).starts == date(2028, 1, 1)
    assert pot_drain(pot("P", None, "2029"), [line(1, "P", 2027, 10)], TODAY, 2027).ends == date(2027, 12, 31)


def test_a_year_without_a_line_has_no_drain() -> None:
    assert drain_of_pots({}, [line(1, None, 2027, 10)], TODAY, 2030) == {}


def test_all_pots_together_are_unknown_as_soon_as_one_is() -> None:
    drains = drain_of_pots({}, [line(1, None, 2027, 10, committed=4), line(2, "P", 2027, 10)], TODAY)
    whole = in_all(drains.values(), TODAY)
    assert (whole.planned, whole.committed) == (20, WhyNot.committed_unknown)


def test_nothing_is_not_a_whole() -> None:
    with pytest.raises(ValueError, match="no drain"):
        in_all([], TODAY)


AMOUNTS = some.lists(some.tuples(some.sampled_from(["P", "Q", None]), some.integers(0, 10**6)), min_size=1, max_size=9)


@given(AMOUNTS)
def test_the_pots_together_are_all_lines_together(amounts: list[tuple[str | None, int]]) -> None:
    lines = [line(at, pot_id, 2027, planned, spent=planned / 2) for at, (pot_id, planned) in enumerate(amounts)]
    whole = in_all(drain_of_pots({"P": pot("P"), "Q": pot("Q")}, lines, TODAY).values(), TODAY)
    assert whole.planned == sum(planned for _, planned in amounts)
    assert whole.spent == pytest.approx(sum(planned for _, planned in amounts) / 2)
