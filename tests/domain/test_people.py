"""Who is here, who sees to something, and when an account or a contact person is erased."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.people import (
    KEPT_AFTER_LEAVING,
    Role,
    deletion_day,
    lasting_administrator,
    same_address,
    years_ahead,
)
from tests.plan import an_account

DAY, LATER, TYPED = date(2026, 12, 31), date(2027, 3, 31), date(2028, 1, 1)


def test_an_account_is_erased_ninety_days_after_the_last_day_unless_somebody_says_otherwise() -> None:
    assert deletion_day(an_account()) is None
    assert deletion_day(an_account(left_on=DAY)) == date(2027, 3, 31)
    assert deletion_day(an_account(left_on=DAY, delete_on=TYPED)) == TYPED
    assert deletion_day(an_account(delete_on=TYPED)) == TYPED


def test_a_day_that_followed_from_the_last_day_moves_with_it_and_goes_with_it() -> None:
    before = an_account(left_on=DAY, delete_on=DAY + KEPT_AFTER_LEAVING)
    assert deletion_day(before.model_copy(update={"left_on": LATER}), before) == LATER + KEPT_AFTER_LEAVING
    assert deletion_day(before.model_copy(update={"left_on": None}), before) is None
    assert deletion_day(before, before) == before.delete_on


def test_a_day_that_was_typed_stays_where_the_last_day_moves() -> None:
    before = an_account(left_on=DAY, delete_on=TYPED)
    assert deletion_day(before.model_copy(update={"left_on": LATER}), before) == TYPED
    assert deletion_day(before.model_copy(update={"left_on": None}), before) == TYPED


@given(st.dates(date(2020, 1, 1), date(2060, 12, 31)))
def test_nobody_who_has_left_stays_for_ever(left_on: date) -> None:
    assert deletion_day(an_account(left_on=left_on)) == left_on + timedelta(days=90)


@pytest.mark.parametrize(
    ("over", "lasting"),
    [
        ({"role": Role.administration}, True),
        ({"role": None, "claimed_role": Role.administration}, True),
        ({"role": Role.staff, "claimed_role": Role.administration}, False),
        ({"role": Role.leadership}, False),
        ({"role": Role.administration, "blocked": True}, False),
        ({"role": Role.administration, "left_on": TYPED}, False),
        ({"role": Role.administration, "delete_on": TYPED}, False),
    ],
)
def test_who_manages_the_accounts_with_no_end_in_sight(over: dict[str, object], lasting: bool) -> None:
    assert lasting_administrator(an_account(**over)) is lasting


def test_the_29th_of_february_has_a_day_in_other_years() -> None:
    assert years_ahead(date(2028, 2, 29), 1) == date(2029, 2, 28)
    assert years_ahead(date(2028, 2, 29), 4) == date(2032, 2, 29)
    assert years_ahead(date(2026, 11, 24), 3) == date(2029, 11, 24)


def test_capitals_do_not_make_another_address_and_no_address_is_not_one() -> None:
    assert same_address("Erika@Bottrop.example", "erika@bottrop.example")
    assert not same_address("erika@bottrop.example", "erik@bottrop.example")
    assert not same_address(None, None)
