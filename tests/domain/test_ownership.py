"""Nothing is active without owner and deputy: what lacks whom, what sleeps, and what a handover moves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.goals import Goal, GoalState
from metrics.domain.indicators import Indicator, IndicatorState, Rhythm
from metrics.domain.kinds import KINDS
from metrics.domain.living_labs import LabPhase
from metrics.domain.measures import Measure, MeasureState
from metrics.domain.ownership import (
    CHARGE_TYPES,
    OWNED_TYPES,
    Orphaned,
    asleep,
    charges_of,
    doubts_about_owners,
    handed_over,
    is_active,
    is_held,
    is_over,
    lacks,
    leaving,
    orphaned,
    rhythm_days,
    same_function,
    would_lack,
)
from tests.plan import a_goal, a_living_lab, a_measure, a_reading, an_account, an_indicator
from tests.strategies import records

DAY = date(2026, 11, 24)
OFFICE, DEPUTY = "Sachgebiet Innenstadt", "Sachgebiet Handel"
owned = st.sampled_from(OWNED_TYPES).flatmap(lambda model: records(model.kind))
charge = st.sampled_from(CHARGE_TYPES).flatmap(lambda model: records(model.kind))


@pytest.mark.parametrize(
    ("record", "active", "over"),
    [
        *((a_goal(state=state), state is GoalState.active, state in {"reached", "missed", "deferred", "abandoned"})
          for state in GoalState),
        *((a_measure(state=state), state in {"running", "paused"}, state in {"implemented", "consolidated",
          "discontinued"}) for state in MeasureState),
        *((an_indicator(state=state), state is IndicatorState.active, state is IndicatorState.replaced)
          for state in IndicatorState),
        *((a_living_lab(phase=phase), phase not in {"ended", "continued"}, phase in {"ended", "continued"})
          for phase in LabPhase),
        (a_reading(), False, False),
    ],
    ids=lambda value: f"{value.kind}-{getattr(value, 'state', getattr(value, 'phase', ''))}"
    if hasattr(value, "kind") else "",
)  # fmt: skip
def test_what_is_active_and_what_is_over_follows_from_the_state(record: Any, active: bool, over: bool) -> None:
    assert (is_active(record), is_over(record)) == (active, over)


@pytest.mark.parametrize(
    ("owner", "deputy", "lacking"),
    [
        (OFFICE, DEPUTY, ()),
        (None, DEPUTY, (Orphaned.no_owner,)),
        (OFFICE, None, (Orphaned.no_deputy,)),
        (None, None, (Orphaned.no_owner, Orphaned.no_deputy)),
        (OFFICE, OFFICE, (Orphaned.deputy_is_owner,)),
        (OFFICE, "  sachgebiet   INNENSTADT ", (Orphaned.deputy_is_owner,)),
        (OFFICE, "Sachgebiet Innenstadt Nord", ()),
    ],
)
def test_a_function_is_no_deputy_of_itself(
    owner: str | None, deputy: str | None, lacking: tuple[Orphaned, ...]
) -> None:
    assert lacks(a_measure(owner=owner, deputy=deputy)) == lacking


@pytest.mark.parametrize(
    ("before", "after", "refused"),
    [
        (None, {"owner": None}, (Orphaned.no_owner,)),
        (None, {"state": "planned", "owner": None, "deputy": None}, ()),
        ({"state": "planned", "owner": None}, {"owner": None}, (Orphaned.no_owner,)),
        ({"state": "planned", "owner": None}, {"state": "planned", "owner": None, "title": "Anders"}, ()),
        ({}, {"deputy": None}, (Orphaned.no_deputy,)),
        ({}, {"deputy": OFFICE}, (Orphaned.deputy_is_owner,)),
        ({"deputy": None}, {"deputy": None, "title": "Tippfehler berichtigt"}, ()),
        ({"deputy": None}, {"deputy": None, "owner": None}, (Orphaned.no_owner,)),
        ({"deputy": None}, {"deputy": OFFICE}, ()),
        ({"state": "paused", "deputy": None}, {"deputy": None}, ()),
        ({}, {"state": "discontinued", "owner": None, "deputy": None}, ()),
    ],
)
def test_what_becomes_active_needs_both_and_what_is_active_keeps_what_it_had(
    before: dict[str, Any] | None, after: dict[str, Any], refused: tuple[Orphaned, ...]
) -> None:
    stored = None if before is None else a_measure(**before)
    assert would_lack(a_measure(**after), stored) == refused


@given(before=st.none() | owned, after=owned)
def test_an_accepted_change_never_makes_a_complete_active_record_incomplete(before: Any, after: Any) -> None:
    if before is not None and type(before) is not type(after):
        before = None
    if would_lack(after, before) or not is_active(after):
        return
    was_complete = before is None or not is_active(before) or not lacks(before)
    assert not (was_complete and lacks(after))


@given(record=owned)
def test_nothing_is_refused_where_nothing_changes_about_an_active_record(record: Any) -> None:
    if is_active(record):
        assert would_lack(record, record) == ()


@pytest.mark.parametrize(
    ("over", "codes"),
    [
        ({}, []),
        ({"owner": None}, ["no_owner"]),
        ({"deputy": None}, ["no_deputy"]),
        ({"owner": None, "deputy": None}, ["no_owner_and_deputy"]),
        ({"deputy": OFFICE}, ["deputy_is_owner"]),
        ({"owner": None, "deputy": None, "state": "idea"}, []),
    ],
)
def test_a_plan_file_is_told_what_is_lacking(over: dict[str, Any], codes: list[str]) -> None:
    assert [doubt.code for doubt in doubts_about_owners(a_measure(**over))] == codes


HOLDER, STAND_IN = an_account(functions=(OFFICE,)), an_account(id="P-2", functions=(DEPUTY,))
AWAY = {"absent_from": date(2026, 11, 20), "absent_until": date(2026, 12, 1)}
LEFT = {"left_on": date(2026, 11, 23)}


@pytest.mark.parametrize(
    ("accounts", "reasons"),
    [
        ([], ()),
        ([HOLDER, STAND_IN], ()),
        ([HOLDER.model_copy(update=AWAY), STAND_IN], ()),
        ([HOLDER.model_copy(update=AWAY), STAND_IN.model_copy(update=AWAY)], (Orphaned.everybody_away,)),
        ([HOLDER], (Orphaned.deputy_unheld,)),
        ([HOLDER.model_copy(update=AWAY)], (Orphaned.everybody_away, Orphaned.deputy_unheld)),
        ([HOLDER.model_copy(update=LEFT), STAND_IN], (Orphaned.owner_unheld,)),
        ([HOLDER.model_copy(update={"left_on": DAY}), STAND_IN], ()),
        ([HOLDER.model_copy(update={"blocked": True}), STAND_IN], (Orphaned.owner_unheld,)),
        ([an_account()], (Orphaned.owner_unheld, Orphaned.deputy_unheld)),
    ],
)
def test_a_function_that_nobody_holds_leaves_its_records_orphaned(
    accounts: list[Any], reasons: tuple[Orphaned, ...]
) -> None:
    assert orphaned(a_measure(), accounts, DAY) == reasons


def test_without_a_function_nobody_is_asked_who_holds_it() -> None:
    nobody = a_measure(owner=None, deputy=None)
    assert orphaned(nobody, [HOLDER], DAY) == (Orphaned.no_owner, Orphaned.no_deputy)
    assert not is_held([], None, DAY)
    assert is_held([], OFFICE, DAY)
    assert not is_held([STAND_IN], OFFICE, DAY)


@pytest.mark.parametrize(
    ("record", "rhythm"),
    [
        (a_goal(), 366),
        (a_living_lab(), 184),
        (a_measure(), 92),
        (a_measure(status_rhythm=Rhythm.monthly), 31),
        (an_indicator(), 366),
        (an_indicator(rhythm=Rhythm.quarterly), 92),
        (an_indicator(rhythm=Rhythm.irregular), None),
    ],
)
def test_a_record_sleeps_after_twice_its_rhythm(record: Any, rhythm: int | None) -> None:
    assert rhythm_days(record) == rhythm
    if rhythm is None:
        assert asleep(record, date(1990, 1, 1), DAY) is None
        return
    assert asleep(record, DAY - timedelta(days=2 * rhythm), DAY) is None
    assert asleep(record, DAY - timedelta(days=2 * rhythm + 1), DAY) == 2 * rhythm + 1


@given(record=charge, function=st.sampled_from(["A", "B", "C"]), new=st.sampled_from(["A", "B", "C", "D"]),
       owner=st.sampled_from(["A", "a ", "B", None]), deputy=st.sampled_from(["A", "C", None]),
       new_deputy=st.sampled_from([None, "E"]))  # fmt: skip
def test_a_handover_touches_owner_and_deputy_alone_and_only_where_the_function_stood(
    record: Any, function: str, new: str, owner: str | None, deputy: str | None, new_deputy: str | None
) -> None:
    before = record.model_copy(update={"owner": owner, "deputy": deputy})
    after = handed_over(before, function, new, new_deputy)
    assert after.model_copy(update={"owner": owner, "deputy": deputy}) == before
    if not same_function(owner, function):
        assert after.owner == owner
        if not same_function(deputy, function):
            assert after == before
    else:
        assert after.owner == new
        assert after.deputy == (new_deputy or (new if same_function(deputy, function) else deputy))
    if not same_function(function, new) and function != new_deputy:
        assert charges_of(function, [after]) == []


def test_what_a_function_is_in_charge_of_comes_as_owner_first_and_what_is_over_last() -> None:
    own, over = a_measure(), a_measure(id="M-1", state="implemented")
    standing_in, other = a_measure(id="M-2", owner=DEPUTY, deputy=OFFICE), a_measure(id="M-3", owner="X", deputy="Y")
    assert charges_of("sachgebiet innenstadt", [other, standing_in, over, own]) == [own, standing_in, over]


def test_who_leaves_within_sixty_days_is_told_with_what_nobody_else_holds() -> None:
    soon, late = DAY + timedelta(days=60), DAY + timedelta(days=61)
    going = an_account(functions=(OFFICE, DEPUTY, "Statistikstelle"), left_on=soon)
    staying = an_account(id="P-2", functions=(DEPUTY,))
    gone = an_account(id="P-3", functions=("Amtsleitung",), left_on=date(2026, 1, 31))
    blocked = an_account(id="P-4", functions=("Statistikstelle",), blocked=True)
    later = an_account(id="P-5", functions=("Presse",), left_on=late)
    plan = [a_measure(), a_measure(id="M-1", state="implemented"), a_goal(deputy=OFFICE), an_indicator()]
    found = leaving([going, staying, gone, blocked, later], plan, DAY)
    assert [(one.account_id, one.function, one.records) for one in found] == [
        ("P-3", "Amtsleitung", 2),
        ("P-1", OFFICE, 2),
        ("P-1", "Statistikstelle", 1),
    ]


def test_every_kind_that_has_owner_and_deputy_can_be_handed_over() -> None:
    named = {kind for kind, model in KINDS.items() if {"owner", "deputy"} <= set(model.model_fields)}
    assert named == {kind.kind for kind in CHARGE_TYPES}
    assert {Goal, Measure, Indicator} < set(OWNED_TYPES)
