"""Who may come in, as what and for how long."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.people import Account, Role
from metrics.domain.refusals import ClaimsIncomplete, RolesNotReadable
from metrics.domain.sign_in import (
    CLOCKS_APART,
    RANK,
    Claims,
    Closed,
    SignInRules,
    account_for,
    closed_by_account,
    highest_role,
    read_claims,
    read_roles,
    too_old,
)

ROLES = {"zk-leitung": Role.leadership, "zk-amt": Role.staff, "zk-daten": Role.data_steward}
ISSUED = 1_795_000_000
MOMENT = datetime.fromtimestamp(ISSUED, UTC).replace(tzinfo=None)
TOKEN: dict[str, Any] = {"iss": "https://anmeldung.example", "sub": "42", "iat": ISSUED, "groups": ["zk-amt"]}
TODAY = date(2026, 11, 24)


def claims(**told: Any) -> Claims:
    return read_claims(TOKEN | told, "groups")


def account(**told: Any) -> Account:
    return Account(**{"id": "P-1", "purpose": "Anmeldung", "name": "Anton", "role": "staff"} | told)


def test_the_setting_of_roles_is_read_and_a_group_s_name_may_contain_an_equals_sign() -> None:
    assert read_roles("zk-leitung=leadership, zk-amt = staff") == {"zk-leitung": Role.leadership, "zk-amt": Role.staff}
    assert read_roles("CN=zk=staff") == {"CN=zk": Role.staff}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("zk-amt=staf", "zk-amt=staf"),
        ("zk-amt", "zk-amt"),
        ("=staff", "=staff"),
        ("a=staff,,b=staff", ""),
        ("a=staff,a=leadership", "a=leadership"),
        ("a=Staff", "a=Staff"),
    ],
)
def test_a_wrong_part_of_the_setting_is_refused_and_named(text: str, part: str) -> None:
    with pytest.raises(RolesNotReadable) as refused:
        read_roles(text)
    assert refused.value.data["part"] == part


def test_every_role_has_its_place_in_the_order_once() -> None:
    assert sorted(RANK) == sorted(Role)


@given(st.lists(st.sampled_from([*ROLES, "alle", "zk-"])))
def test_whoever_is_in_several_groups_gets_the_highest_role_and_other_groups_give_none(groups: list[str]) -> None:
    found = highest_role(groups, ROLES)
    given_roles = [ROLES[group] for group in groups if group in ROLES]
    assert (found is None) == (not given_roles)
    assert all(RANK.index(found) <= RANK.index(role) for role in given_roles if found)
    assert found is None or found in given_roles


@pytest.mark.parametrize(
    ("told", "claim", "found"),
    [
        ({"groups": ["a", "b"]}, "groups", ("a", "b")),
        ({"groups": "a"}, "groups", ("a",)),
        ({"groups": ["a", 7, None, {"b": 1}]}, "groups", ("a",)),
        ({"groups": {"a": 1}}, "groups", ()),
        ({"realm_access": {"roles": ["a"]}}, "realm_access.roles", ("a",)),
        ({"realm_access": ["roles"]}, "realm_access.roles", ()),
        ({"https://stadt.example/rollen": ["a"]}, "https://stadt.example/rollen", ("a",)),
        ({}, "rollen", ()),
    ],
)
def test_groups_are_texts_flat_or_nested_and_nothing_else(told: dict[str, Any], claim: str, found: tuple[str]) -> None:
    assert read_claims({**TOKEN, "groups": None, **told}, claim).groups == found


@pytest.mark.parametrize(
    "wrong", [{"iss": ""}, {"sub": None}, {"sub": "4\n2"}, {"iat": None}, {"iat": "1"}, {"iat": True}]
)
def test_a_token_that_does_not_tell_who_signed_in_when_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ClaimsIncomplete):
        claims(**wrong)


def test_two_sign_ins_of_one_person_have_two_fingerprints_and_one_identity() -> None:
    one, other = claims(at_hash="x"), claims(at_hash="y")
    assert one.fingerprint != other.fingerprint
    assert one.fingerprint == claims(at_hash="x", name="Neuer Name").fingerprint
    assert one.identity == other.identity == "https://anmeldung.example|42"


def test_names_lose_hidden_characters_and_line_breaks() -> None:
    assert claims(name="Anton\n\u202e Amt ").name == "Anton Amt"
    assert claims(name=7, preferred_username="anton").name == "anton"


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (timedelta(0), False),
        (timedelta(hours=10) - timedelta(seconds=1), False),
        (timedelta(hours=10), True),
        (timedelta(days=29), True),
        (-CLOCKS_APART, False),
        (-CLOCKS_APART - timedelta(seconds=1), True),
    ],
)
def test_a_sign_in_is_too_old_from_its_age_on_and_when_it_comes_from_the_future(
    after: timedelta, expected: bool
) -> None:
    assert too_old(claims(), SignInRules(ROLES), MOMENT + after) is expected


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({}, None),
        ({"blocked": True}, Closed.blocked),
        ({"left_on": date(2026, 11, 23)}, Closed.left),
        ({"left_on": TODAY}, None),
        ({"signed_out_at": MOMENT - timedelta(seconds=1)}, None),
        ({"signed_out_at": MOMENT}, Closed.ended_everywhere),
        ({"signed_out_at": MOMENT + timedelta(hours=1)}, Closed.ended_everywhere),
        ({"role": None}, Closed.no_role),
        ({"role": None, "claimed_role": "committee"}, None),
    ],
)
def test_an_account_closes_the_door_when_blocked_gone_signed_out_or_without_role(
    told: dict[str, Any], why: Closed | None
) -> None:
    assert closed_by_account(account(**told), claims(), TODAY) is why


def test_the_role_of_the_people_page_goes_before_the_one_of_the_sign_in() -> None:
    assert account(role="committee", claimed_role="administration").acts_as is Role.committee


def test_an_account_is_found_by_identity_and_else_by_its_only_unbound_address() -> None:
    bound = account(id="P-2", subject="https://anmeldung.example|42", email="andere@stadt.example")
    waiting = account(id="P-3", email="Anton@Stadt.example")
    taken = account(id="P-4", email="anton@stadt.example", subject="https://anmeldung.example|43")
    told = claims(email="anton@stadt.example")
    assert account_for(told, [waiting, bound]) is bound
    assert account_for(told, [taken, waiting]) is waiting
    assert account_for(told, [taken]) is None
    assert account_for(told, [waiting, account(id="P-5", email="anton@stadt.example")]) is None
    assert account_for(claims(), [account(id="P-6")]) is None


@pytest.mark.parametrize(
    ("verified", "found"), [(True, True), ("true", True), (None, True), (False, False), ("no", False)]
)
def test_an_address_that_the_provider_calls_unverified_binds_no_account(verified: Any, found: bool) -> None:
    waiting = account(email="anton@stadt.example")
    told = claims(email="anton@stadt.example", email_verified=verified)
    assert (account_for(told, [waiting]) is waiting) is found
