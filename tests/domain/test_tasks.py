"""Whose a task is and in which order tasks stand: laws that hold for any office, whoever is away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.people import Account, responsible
from metrics.domain.tasks import Addressee, Claim, Task, TaskKind, by_pain, mine, tasks_for

TODAY = date(2026, 11, 24)
FUNCTIONS = ("Statistikstelle", "Sachgebiet Innenstadt", "Amtsleitung")
RIGHTS = ("check_readings", "close_periods")
ALL = st.sampled_from(FUNCTIONS)


def a_task(**over: Any) -> Task:
    """The unemployment rate, a month late."""
    told: dict[str, Any] = {
        "kind": TaskKind.enter_reading,
        "subject_kind": "indicator",
        "subject_id": "I-ALQ",
        "title": "Arbeitslosenquote",
        "due": TODAY - timedelta(days=31),
        "rhythm_days": 366,
        "owner": "Statistikstelle",
        "deputy": "Sachgebiet Innenstadt",
        "page": "readings",
        "identifier": "I-ALQ",
    }
    return Task(**told | over)


def an_account(identifier: str, *functions: str, **over: Any) -> Account:
    """Somebody with functions, here unless told otherwise."""
    told: dict[str, Any] = {"name": f"Person {identifier}", "purpose": "Anmeldung", "functions": functions}
    return Account(id=identifier, **told | over)


@st.composite
def accounts(draw: st.DrawFn) -> tuple[Account, ...]:
    """An office of up to six people: some here, some on leave, gone or blocked."""
    here = [{}, {"absent_from": TODAY}, {"left_on": TODAY - timedelta(days=1)}, {"blocked": True}]
    return tuple(
        an_account(
            f"P-{number}",
            *draw(st.lists(ALL, max_size=2, unique=True)),
            group_ids=tuple(draw(st.lists(st.sampled_from(["BG-AMT", "BG-POL"]), max_size=2, unique=True))),
            **draw(st.sampled_from(here)),
        )
        for number in range(draw(st.integers(0, 6)))
    )


def tasks(**fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[Task]:
    """Tasks of any kind, day, rhythm and function."""
    days = st.none() | st.integers(-800, 60).map(lambda days: TODAY + timedelta(days=days))
    told: dict[str, st.SearchStrategy[Any]] = {
        "kind": st.sampled_from(TaskKind),
        "subject_id": st.sampled_from(["A", "B", "C"]),
        "due": days,
        "rhythm_days": st.sampled_from([7, 28, 31, 92, 366]),
        "owner": st.none() | ALL,
        "deputy": st.none() | ALL,
        "identifier": st.none() | st.sampled_from(["A", "B"]),
        "detail": st.none() | st.sampled_from(["Erster Schritt", "Zweiter Schritt"]),
    }
    return st.builds(a_task, **told | fixed)


def claims(task: Task, office: tuple[Account, ...], rights: tuple[str, ...] = ()) -> dict[str, Claim]:
    """Who of the office gets a task, and why."""
    found = {}
    for one in office:
        addressee = Addressee(functions=one.functions, rights=rights, account_id=one.id, accounts=office, today=TODAY)
        claim = addressee.claim(task)
        if claim:
            found[one.id] = claim
    return found


@given(tasks(owner=ALL), accounts())
def test_a_task_reaches_somebody_who_is_here_wherever_anybody_holds_one_of_its_functions(
    task: Task, office: tuple[Account, ...]
) -> None:
    holders = {one.id for one in office if one.present(TODAY) and {task.owner, task.deputy} & set(one.functions)}
    reached = set(claims(task, office))
    assert bool(reached) == bool(holders)
    assert reached <= holders


@given(tasks(), accounts())
def test_owner_and_deputy_never_get_the_same_task_on_the_same_day(task: Task, office: tuple[Account, ...]) -> None:
    found = claims(task, office)
    assert len(set(found.values())) <= 1
    if Claim.deputy in found.values():
        assert not [one for one in office if one.present(TODAY) and task.owner in one.functions]


@given(tasks(), accounts())
def test_whoever_is_away_has_left_or_is_blocked_gets_nothing(task: Task, office: tuple[Account, ...]) -> None:
    by_right = replace(task, right="check_readings")
    for one in (task, by_right):
        assert not {each.id for each in office if not each.present(TODAY)} & set(claims(one, office, RIGHTS))


@given(accounts(), st.sampled_from(RIGHTS))
def test_a_task_by_right_goes_to_everybody_who_has_it_but_those_who_wrote_it(
    office: tuple[Account, ...], right: str
) -> None:
    task = a_task(kind=TaskKind.check_reading, right=right, not_for=("P-1", "P-3"))
    here = {one.id for one in office if one.present(TODAY)}
    assert claims(task, office, RIGHTS) == dict.fromkeys(here - {"P-1", "P-3"}, Claim.right)
    assert claims(task, office, ("edit_plan",)) == {}


@given(accounts())
def test_a_round_is_for_the_members_of_its_groups(office: tuple[Account, ...]) -> None:
    task = a_task(kind=TaskKind.rate, owner=None, deputy=None, group_ids=("BG-AMT",))
    members = {one.id for one in office if one.present(TODAY) and "BG-AMT" in one.group_ids}
    assert claims(task, office) == dict.fromkeys(members, Claim.group)


@given(st.lists(tasks(), max_size=8))
def test_without_accounts_everything_falls_to_the_one_person(found: list[Task]) -> None:
    ordered = tasks_for(found, functions=(), rights=(), account_id="Amt (lokal)", accounts=(), today=TODAY)
    assert ordered == by_pain(found, TODAY)


def test_somebody_without_an_account_gets_what_the_functions_say() -> None:
    office = (an_account("P-1", "Statistikstelle", absent_from=TODAY),)
    told: dict[str, Any] = {"rights": (), "account_id": "Amt (lokal)", "accounts": office, "today": TODAY}
    found = mine([a_task()], Addressee(functions=("Sachgebiet Innenstadt",), **told), TODAY)
    assert [one.claim for one in found] == [Claim.deputy]
    assert mine([a_task()], Addressee(functions=("Amtsleitung",), **told), TODAY) == []


def test_the_account_that_is_asked_for_counts_and_not_functions_of_the_same_name_elsewhere() -> None:
    office = (an_account("P-1", "statistikstelle "), an_account("P-2", "Amtsleitung"))
    assert claims(a_task(), office) == {"P-1": Claim.function}
    assert responsible(office, "Statistikstelle", None, TODAY).accounts == office[:1]


@given(st.lists(tasks(), max_size=8), st.randoms())
def test_the_order_is_the_same_however_the_tasks_come(found: list[Task], chance: Any) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert by_pain(shuffled, TODAY) == by_pain(found, TODAY)


@given(st.lists(tasks(), min_size=1, max_size=8), st.integers(1, 400), st.data())
def test_being_later_never_moves_a_task_down(found: list[Task], days: int, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(found) - 1))
    one = replace(found[place], title="Diese", due=found[place].due or TODAY)
    later = replace(one, due=(one.due or TODAY) - timedelta(days=days))
    rest = [task for index, task in enumerate(found) if index != place]
    before, after = by_pain([*rest, one], TODAY), by_pain([*rest, later], TODAY)
    assert after.index(later) <= before.index(one)


def test_missed_turns_hurt_and_not_days_alone() -> None:
    yearly = a_task(subject_id="I-JAHR", due=TODAY - timedelta(days=60), rhythm_days=366)
    monthly = a_task(subject_id="I-MONAT", due=TODAY - timedelta(days=31), rhythm_days=31)
    ahead = a_task(subject_id="I-BALD", due=TODAY + timedelta(days=1), rhythm_days=31)
    undated = a_task(kind=TaskKind.take_over, subject_id="A", due=None, rhythm_days=30)
    assert by_pain([undated, ahead, yearly, monthly], TODAY) == [monthly, yearly, ahead, undated]
