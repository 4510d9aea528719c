"""Rights are checked in the use case itself, whatever the menu shows."""

from __future__ import annotations

import inspect
import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest

from metrics import usecases
from metrics.domain.document import plan_document
from metrics.domain.indicators import PeriodKind, ReadingState, ReleaseRule
from metrics.domain.mail import MailTrouble
from metrics.domain.people import Account, Cadence
from metrics.domain.priorities import Outcome, RoundState
from metrics.domain.refusals import MailSettled, NotAllowed, NotYourAccount
from metrics.domain.scenarios import ScenarioState
from metrics.domain.upkeep import ContributionState, Standing, StatusNote
from metrics.store.ledger import Store
from metrics.usecases.access import REQUIRED, Person, Right, Role, require
from metrics.usecases.bulk_recording import BulkEntry, record_many
from metrics.usecases.closing import close_period, reopen_period
from metrics.usecases.contributing import answer, contribute, contributions_to_see, withdraw_contribution
from metrics.usecases.council import ORIGINS, read_council_paper
from metrics.usecases.deciding import Capacity, Resolution, Verdict, decide
from metrics.usecases.demanding import CellChange, demand_grid, save_demands
from metrics.usecases.disclosing import not_for_the_public
from metrics.usecases.exchanging import export_plan, import_plan
from metrics.usecases.handing_over import charges_with_versions, hand_over, handovers, move_functions, protocol
from metrics.usecases.inviting import Asked, invitations, invite, revoke
from metrics.usecases.keeping import back_up
from metrics.usecases.limits import find_limits, values_of_measures
from metrics.usecases.overseeing import follow, oversee
from metrics.usecases.packaging import blocks_to_copy, make_package, make_site
from metrics.usecases.paper_building import PlanPart, build_plan_part
from metrics.usecases.people import (
    add_account,
    add_contact,
    change_account,
    change_contact,
    change_own,
    end_all_sign_ins,
    renew_calendar,
    revoke_calendar,
)
from metrics.usecases.personal import delete_expired, erase_person, export_person, noted_events, preview_erasure
from metrics.usecases.planning import add_record, revise_record, withdraw_record
from metrics.usecases.presenting import presentation
from metrics.usecases.ranking import rank_round
from metrics.usecases.rating import ratings_to_see
from metrics.usecases.recording import correct_reading, record_reading
from metrics.usecases.releasing import check_reading, give_up_reading, release_reading, return_reading
from metrics.usecases.reminding import (
    give_up,
    outbox_view,
    preview_reminders,
    remind,
    send_again,
    send_trial,
    send_waiting,
)
from metrics.usecases.rounds import (
    Call,
    add_seats,
    close_round,
    drop_round,
    extend_round,
    open_round,
    remove_measure,
    renew_code,
    vote_again,
)
from metrics.usecases.scenarios import Verdict as ScenarioVerdict
from metrics.usecases.scenarios import (
    carry_out_scenario,
    compare_scenarios,
    decide_scenario,
    discuss,
    examine_scenarios,
    proposals_of,
)
from metrics.usecases.sittings import (
    apply_decision,
    draft_paper,
    freeze,
    frozen_paper,
    newest_snapshot,
    plan_to_draft_from,
    snapshots_to_see,
)
from metrics.usecases.tasking import own_tasks, write_note
from tests.conftest import NOW, in_small_blocks
from tests.council import council_system
from tests.plan import (
    a_capacity_group,
    a_contact,
    a_contribution,
    a_criteria_set,
    a_follow_up,
    a_goal,
    a_lock,
    a_measure,
    a_rater_group,
    a_rating,
    a_reading,
    a_round,
    a_scenario,
    a_sitting,
    a_target,
    an_account,
    an_indicator,
    an_invitation,
    an_organisation,
)
from tests.reminders import a_mail, settings_for

DAY, LATER = date(2026, 11, 24), date(2027, 1, 31)
CALL = Call("PR-2", "Runde", LATER, ("M-15",), "KS-1", {"BG-AMT": 1})
TAKEN = {"M-15": Verdict(Outcome.planned), "M-16": Verdict(Outcome.planned)}
RESOLUTION = Resolution("Amtsleitung", DAY, Capacity(number=2), TAKEN)
POSTS = ({"effect": "posts", "group_id": "KG-1", "amount": 1},)
CHOSEN = {"state": ScenarioState.chosen, "reason": "nötig", "decided_by": "Ausschuss", "decided_on": DAY}
SCENARIOS = [
    a_capacity_group(id="KG-1"),
    a_scenario(id="SZ-1", changes=POSTS),
    a_scenario(id="SZ-2", changes=POSTS, **CHOSEN),
]
WAITING = [
    an_indicator(id="I-VIER", release_rule=ReleaseRule.four_eyes),
    an_indicator(id="I-SECHS", release_rule=ReleaseRule.checked_and_released),
    a_reading(2024, id="R-VIER", indicator_id="I-VIER", state=ReadingState.draft),
    a_reading(2024, id="R-SECHS", indicator_id="I-SECHS", state=ReadingState.draft),
    a_lock(id="ZA-2001", title="Jahr 2001", first_day=date(2001, 1, 1), last_day=date(2001, 12, 31)),
]
ASKED = Asked("chef@betrieb.example", (), ("M-15",), date(2026, 12, 22), "Stellungnahme")
NOTE = StatusNote(id="SN-1", measure_id="M-15", as_of=DAY, standing=Standing.slow, text="Die Stelle ist unbesetzt.")
VERDICT = ScenarioVerdict(ScenarioState.rejected, "zu teuer", "Ausschuss", DAY)
ROUNDS = [
    a_criteria_set(),
    a_rater_group(),
    a_rater_group(id="BG-POL", title="Politik"),
    a_measure(),
    a_measure(id="M-16"),
    a_round(),
    a_round(id="PR-O", state=RoundState.open),
    a_rating(1, "M-15", {"WIRKUNG": 7, "DRINGLICH": 5, "AUFWAND": 3}),
    a_rating(1, "M-16", {"WIRKUNG": 4, "DRINGLICH": 5, "AUFWAND": 3}),
]
NO_SERVER = settings_for(9)
"""Nobody listens there."""


def waiting_mail(store: Store) -> str:
    """The id of a mail that waits."""
    mail = a_mail()
    store.outbox.write([mail], mail.due_day, NOW)
    return mail.id


def given_up_mail(store: Store) -> str:
    """The id of a mail that was given up."""
    identifier = waiting_mail(store)
    with suppress(MailSettled):  # it was given up when somebody else tried
        store.outbox.give_up(identifier, MailTrouble.by_hand, NOW)
    return identifier


def read_from_a_council_system(by: Person) -> None:
    with council_system() as system:
        read_council_paper(system.address, {ORIGINS: system.origin}, by=by)


def nobodys_part(store: Store) -> PlanPart:
    """What a draft says of the plan, so that only the draft itself asks for a right."""
    return build_plan_part(store, by=Person("Amt", Role.administration), at=NOW, today=DAY)


USE_CASES: dict[str, tuple[Right, Callable[[Store, Person], Any]]] = {
    "add_record": (Right.edit_plan, lambda store, by: add_record(store, a_measure(id="M-NEU"), by=by, at=NOW)),
    "revise_record": (
        Right.edit_plan,
        lambda store, by: revise_record(store, a_goal(title="Neu"), 1, by=by, at=NOW, reason="Beschluss"),
    ),
    "withdraw_record": (
        Right.edit_plan,
        lambda store, by: withdraw_record(store, "goal", "Z-FREI", 1, by=by, at=NOW, reason="doppelt"),
    ),
    "record_many": (
        Right.record_readings,
        lambda store, by: record_many(
            store,
            [BulkEntry("R-NEU", "I-ALQ", date(2025, 1, 1), date(2025, 12, 31), PeriodKind.year, 7.9)],
            by=by,
            at=NOW,
            today=DAY,
        ),
    ),
    "record_reading": (
        Right.record_readings,
        lambda store, by: record_reading(store, a_reading(2025), by=by, at=NOW, today=DAY),
    ),
    "correct_reading": (
        Right.record_readings,
        lambda store, by: correct_reading(
            store, a_reading(2024, 8.2), 1, by=by, at=NOW, today=DAY, reason="Tippfehler"
        ),
    ),
    "check_reading": (Right.check_readings, lambda store, by: check_reading(store, "R-SECHS", 1, by=by, at=NOW)),
    "release_reading": (Right.check_readings, lambda store, by: release_reading(store, "R-VIER", 1, by=by, at=NOW)),
    "return_reading": (
        Right.check_readings,
        lambda store, by: return_reading(store, "R-VIER", 1, by=by, at=NOW, reason="Komma"),
    ),
    "give_up_reading": (
        Right.record_readings,
        lambda store, by: give_up_reading(store, "R-VIER", 1, by=Person("Amt", by.role), at=NOW, reason="doppelt"),
    ),
    "close_period": (
        Right.close_periods,
        lambda store, by: close_period(store, a_lock(), by=by, at=NOW, today=DAY, reason="Gremium"),
    ),
    "reopen_period": (
        Right.close_periods,
        lambda store, by: reopen_period(store, "ZA-2001", 1, by=by, at=NOW, reason="Revision"),
    ),
    "export_plan": (Right.read_confidential, lambda store, by: export_plan(store, by=by)),
    "import_plan": (
        Right.exchange_plan,
        lambda store, by: import_plan(store, plan_document([a_goal(id="Z-NEU")]), by=by, at=NOW, today=DAY),
    ),
    "back_up": (Right.operate, lambda store, by: back_up(store, by=by, at=NOW)),
    "open_round": (Right.moderate_rounds, lambda store, by: open_round(store, CALL, by=by, at=NOW, today=DAY)),
    "add_seats": (
        Right.moderate_rounds,
        lambda store, by: add_seats(store, "PR-O", 1, {"BG-AMT": 1}, by=by, at=NOW),
    ),
    "renew_code": (Right.moderate_rounds, lambda store, by: renew_code(store, "PR-O", 1, 1, by=by, at=NOW)),
    "extend_round": (
        Right.moderate_rounds,
        lambda store, by: extend_round(store, "PR-O", 1, LATER, by=by, at=NOW, today=DAY),
    ),
    "remove_measure": (
        Right.moderate_rounds,
        lambda store, by: remove_measure(store, "PR-O", 1, "M-16", "entfällt", by=by, at=NOW),
    ),
    "close_round": (Right.moderate_rounds, lambda store, by: close_round(store, "PR-O", 1, by=by, at=NOW)),
    "vote_again": (
        Right.moderate_rounds,
        lambda store, by: vote_again(store, "PR-1", 1, ["M-15"], LATER, by=by, at=NOW, today=DAY),
    ),
    "drop_round": (
        Right.moderate_rounds,
        lambda store, by: drop_round(store, "PR-O", 1, "aus Versehen", by=by, at=NOW),
    ),
    "ratings_to_see": (Right.read_plan, lambda store, by: ratings_to_see(store, a_round(), by=by)),
    "rank_round": (Right.read_plan, lambda store, by: rank_round(store, "PR-1", by=by)),
    "decide": (
        Right.decide_priorities,
        lambda store, by: decide(store, "PR-1", 1, RESOLUTION, by=by, at=NOW, today=DAY),
    ),
    "find_limits": (Right.read_plan, lambda store, by: find_limits(store, by=by, today=DAY)),
    "values_of_measures": (Right.read_plan, lambda store, by: values_of_measures(store, by=by)),
    "demand_grid": (
        Right.read_plan,
        lambda store, by: demand_grid(store, "M-15", ["KG-1"], ["2027-Q1"], by=by),
    ),
    "save_demands": (
        Right.edit_plan,
        lambda store, by: save_demands(store, "M-15", [CellChange("KG-1", "2026-Q3", 5)], by=by, at=NOW),
    ),
    "oversee": (Right.read_plan, lambda store, by: oversee(store, (), by=by, today=DAY)),
    "follow": (Right.read_plan, lambda store, by: follow(store, a_measure(), (), by=by, today=DAY)),
    "charges_with_versions": (
        Right.read_plan,
        lambda store, by: charges_with_versions(store, "Statistikstelle", by=by),
    ),
    "hand_over": (
        Right.edit_plan,
        lambda store, by: hand_over(
            store, {("measure", "M-15"): 1}, "Sachgebiet Innenstadt", "Amt 80", by=by, at=NOW, reason="Zuschnitt"
        ),
    ),
    "handovers": (Right.read_plan, lambda store, by: handovers(store, by=by)),
    "protocol": (Right.read_plan, lambda store, by: protocol(store, 1, by=by)),
    "move_functions": (Right.manage_people, lambda store, by: move_functions(store, "P-1", "P-2", by=by)),
    "compare_scenarios": (Right.read_plan, lambda store, by: compare_scenarios(store, (), by=by, today=DAY)),
    "examine_scenarios": (Right.read_plan, lambda store, by: examine_scenarios(store, by=by, today=DAY)),
    "proposals_of": (Right.read_plan, lambda store, by: proposals_of(store, "SZ-1", by=by, today=DAY)),
    "discuss": (Right.edit_plan, lambda store, by: discuss(store, "SZ-1", 1, "Zu teuer.", by=by, at=NOW)),
    "decide_scenario": (
        Right.decide_priorities,
        lambda store, by: decide_scenario(store, "SZ-1", 1, VERDICT, by=by, at=NOW, today=DAY),
    ),
    "own_tasks": (Right.read_plan, lambda store, by: own_tasks((), by=by, accounts=(), today=DAY)),
    "write_note": (Right.edit_plan, lambda store, by: write_note(store, NOTE, by=by, at=NOW, today=DAY)),
    "carry_out_scenario": (
        Right.edit_plan,
        lambda store, by: carry_out_scenario(store, "SZ-2", {("capacity_group", "KG-1"): 1}, by=by, at=NOW, today=DAY),
    ),
    "contribute": (
        Right.comment,
        lambda store, by: contribute(store, a_contribution(id="B-NEU"), by=by, at=NOW, today=DAY),
    ),
    "contributions_to_see": (Right.comment, lambda store, by: contributions_to_see(store, by=by)),
    "answer": (
        Right.answer,
        lambda store, by: answer(store, "B-1", 1, ContributionState.adopted, "Kommt.", by=by, at=NOW, today=DAY),
    ),
    "withdraw_contribution": (
        Right.comment,
        lambda store, by: withdraw_contribution(store, "B-1", 1, by=by, at=NOW),
    ),
    "invite": (Right.invite, lambda store, by: invite(store, ASKED, by=by, at=NOW, today=DAY)),
    "invitations": (Right.invite, lambda store, by: invitations(store, by=by)),
    "revoke": (Right.invite, lambda store, by: revoke(store, "E-1", 1, by=by, at=NOW)),
}
USE_CASES |= {
    "remind": (Right.operate, lambda store, by: remind(store, NO_SERVER, by=by, at=NOW, today=DAY)),
    "preview_reminders": (Right.operate, lambda store, by: preview_reminders(store, by=by, today=DAY)),
    "send_waiting": (Right.operate, lambda store, by: send_waiting(store, NO_SERVER, by=by, at=NOW, today=DAY)),
    "send_again": (Right.operate, lambda store, by: send_again(store, given_up_mail(store), by=by, at=NOW)),
    "give_up": (Right.operate, lambda store, by: give_up(store, waiting_mail(store), by=by, at=NOW)),
    "send_trial": (
        Right.operate,
        lambda store, by: send_trial(NO_SERVER, "amt@bottrop.example", by=by, at=NOW, language="de"),
    ),
    "outbox_view": (Right.operate, lambda store, by: outbox_view(store, by=by, today=DAY)),
}
USE_CASES |= {
    "add_account": (
        Right.manage_people,
        lambda store, by: add_account(store, an_account(id="P-NEU"), by=by, at=NOW, today=DAY),
    ),
    "change_account": (
        Right.manage_people,
        lambda store, by: change_account(store, "P-1", 1, {"blocked": True}, by=by, at=NOW, today=DAY),
    ),
    "end_all_sign_ins": (Right.manage_people, lambda store, by: end_all_sign_ins(store, "P-1", by=by, at=NOW)),
    "noted_events": (Right.manage_people, lambda store, by: noted_events(store, by=by, most=10)),
    "export_person": (Right.manage_people, lambda store, by: export_person(store, "P-1", by=by, at=NOW)),
    "add_contact": (
        Right.keep_contacts,
        lambda store, by: add_contact(store, a_contact(id="KP-NEU"), by=by, today=DAY),
    ),
    "change_contact": (
        Right.keep_contacts,
        lambda store, by: change_contact(store, "KP-1", 1, {"phone": "0204"}, by=by, today=DAY),
    ),
    "preview_erasure": (Right.keep_contacts, lambda store, by: preview_erasure(store, "KP-1", by=by, at=NOW)),
    "erase_person": (Right.keep_contacts, lambda store, by: erase_person(store, "KP-1", by=by, at=NOW)),
    "delete_expired": (Right.operate, lambda store, by: delete_expired(store, by=by, at=NOW, today=DAY)),
    "plan_to_draft_from": (
        Right.edit_plan,
        lambda store, by: plan_to_draft_from(store, by=by, at=NOW, today=DAY),
    ),
    "draft_paper": (
        Right.edit_plan,
        lambda store, by: draft_paper(store, a_sitting(), nobodys_part(store), by=by),
    ),
    "build_plan_part": (Right.read_plan, lambda store, by: build_plan_part(store, by=by, at=NOW, today=DAY)),
    "freeze": (Right.freeze_papers, lambda store, by: freeze(store, "SI-1", by=by, at=NOW, today=DAY)),
    "snapshots_to_see": (Right.read_published, lambda store, by: snapshots_to_see(store, by=by)),
    "newest_snapshot": (Right.read_published, lambda store, by: newest_snapshot(store, "SI-1", by=by)),
    "frozen_paper": (Right.read_published, lambda store, by: frozen_paper(store, "SI-1.1", by=by)),
    "not_for_the_public": (
        Right.read_published,
        lambda store, by: not_for_the_public(store, (), by=by, language="de"),
    ),
    "make_package": (Right.read_published, lambda store, by: make_package(store, "SI-1.1", by=by)),
    "make_site": (Right.read_published, lambda store, by: make_site(store, "SI-1.1", by=by)),
    "blocks_to_copy": (Right.read_published, lambda store, by: blocks_to_copy(store, "SI-1.1", by=by)),
    "presentation": (Right.read_published, lambda store, by: presentation(store, "SI-1.1", by=by)),
    "apply_decision": (
        Right.edit_plan,
        lambda store, by: apply_decision(store, "FU-1", a_target(valid_from="2026"), 1, by=by, at=NOW, today=DAY),
    ),
    "read_council_paper": (Right.edit_plan, lambda _store, by: read_from_a_council_system(by)),
}
OWN: dict[str, Callable[[Store, Person], Any]] = {
    "change_own": lambda store, by: change_own(store, "P-1", {"cadence": Cadence.off}, by=by),
    "renew_calendar": lambda store, by: renew_calendar(store, "P-1", by=by),
    "revoke_calendar": lambda store, by: revoke_calendar(store, "P-1", by=by),
}
"""What only the person may whose account it is, in whichever role."""
ALLOWED: dict[Role, set[Right]] = {
    Role.leadership: set(Right) - {Right.operate, Right.manage_people},
    Role.staff: {
        Right.read_published,
        Right.read_plan,
        Right.read_confidential,
        Right.comment,
        Right.answer,
        Right.record_readings,
        Right.check_readings,
        Right.edit_plan,
        Right.moderate_rounds,
        Right.keep_contacts,
        Right.invite,
    },
    Role.data_steward: {
        Right.read_published,
        Right.read_plan,
        Right.comment,
        Right.record_readings,
        Right.check_readings,
        Right.release_readings,
        Right.close_periods,
        Right.exchange_plan,
    },
    Role.research_partner: {Right.read_published, Right.read_plan, Right.comment},
    Role.committee: {Right.read_published},
    Role.business: {Right.comment},
    Role.administration: set(Right),
}


@pytest.fixture(scope="module")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "plan.duckdb"
    store = Store.open(path, NOW, create=True)
    account = Account(id="Jemand", purpose="Anmeldung", name="Jemand", email="werk@betrieb.example")
    for card in (account, an_account(), an_account(id="P-2", functions=()), an_invitation(), a_contact()):
        store.register.put(card, 0)
    with store.change(by="Amt", at=NOW, action="add") as writing:
        writing.add([a_goal(), a_goal(id="Z-FREI"), an_indicator(), a_reading(2024), *WAITING, *ROUNDS, *SCENARIOS])
        writing.add([an_organisation(), a_target(), a_sitting(), a_follow_up()])
    with store.change(by="Jemand", at=NOW, action="add") as writing:
        writing.add([a_contribution()])
    freeze(store, "SI-1", by=Person("Jemand", Role.administration), at=NOW, today=DAY)
    store.close()
    return in_small_blocks(path)


def _serves(name: str, role: Role) -> bool:
    return USE_CASES[name][0] in ALLOWED[role]


@pytest.fixture
def small_plan(tmp_path: Path, _filled: Path) -> Iterator[Store]:
    """Something for every use case to work on: made once, copied for every test."""
    path = tmp_path / "plan.duckdb"
    shutil.copy(_filled, path)
    store = Store.open(path, NOW)
    yield store
    store.close()


@pytest.mark.parametrize(
    ("name", "role"), [(name, role) for name, role in itertools.product(USE_CASES, Role) if _serves(name, role)]
)
def test_a_use_case_serves_each_role_with_its_right(small_plan: Store, name: str, role: Role) -> None:
    USE_CASES[name][1](small_plan, Person("Jemand", role))


@pytest.mark.parametrize("name", USE_CASES)
def test_a_use_case_refuses_every_other_role_and_changes_nothing(small_plan: Store, name: str) -> None:
    right, use = USE_CASES[name]
    before = small_plan.connection.rows("counts"), small_plan.change_number()
    for role in (role for role in Role if not _serves(name, role)):
        with pytest.raises(NotAllowed) as refused:
            use(small_plan, Person("Jemand", role))
        assert refused.value.data == {"right": right.value, "role": role.value}
        assert (small_plan.connection.rows("counts"), small_plan.change_number()) == before


def test_the_table_of_rights_says_what_each_use_case_asks_for() -> None:
    assert {name: right for name, (right, _) in USE_CASES.items()} == dict(REQUIRED)


def test_every_use_case_that_takes_a_person_is_in_the_table() -> None:
    found = set()
    for module in iter_modules(usecases.__path__, "metrics.usecases."):
        for name, function in inspect.getmembers(import_module(module.name), inspect.isfunction):
            if not name.startswith("_") and "by" in inspect.signature(function).parameters:
                found.add(name)
    assert found == set(USE_CASES) | set(OWN)


@pytest.mark.parametrize(("name", "role"), list(itertools.product(OWN, Role)))
def test_whatever_the_role_ones_own_account_is_for_oneself_alone(small_plan: Store, name: str, role: Role) -> None:
    before = small_plan.register.all(Account)
    with pytest.raises(NotYourAccount):
        OWN[name](small_plan, Person("P-2", role))
    assert small_plan.register.all(Account) == before
    OWN[name](small_plan, Person("P-1", role))
    assert small_plan.register.all(Account) != before


@pytest.mark.parametrize("role", [Role.staff, Role.leadership])
def test_who_keeps_contact_persons_cannot_erase_an_account_by_that_door(small_plan: Store, role: Role) -> None:
    for use in (preview_erasure, erase_person):
        with pytest.raises(NotAllowed) as refused:
            use(small_plan, "P-1", by=Person("Jemand", role), at=NOW)
        assert refused.value.data["right"] == Right.manage_people.value
    assert small_plan.register.find(Account, "P-1") is not None


def test_a_refused_attempt_is_reported_and_an_allowed_one_is_not() -> None:
    told: list[Right] = []
    partner = Person("P-1", Role.research_partner, report=told.append)
    require(partner, Right.read_plan)
    with pytest.raises(NotAllowed):
        require(partner, Right.edit_plan)
    assert told == [Right.edit_plan]


def test_those_who_only_keep_readings_cannot_edit_the_plan_by_another_door(small_plan: Store) -> None:
    steward = Person("Datenpflege", Role.data_steward)
    add_record(small_plan, a_reading(2023), by=steward, at=NOW)
    withdraw_record(small_plan, "reading", "R-I-ALQ-2023", 1, by=steward, at=NOW, reason="doppelt")
    with pytest.raises(NotAllowed):
        withdraw_record(small_plan, "goal", "Z-FREI", 1, by=steward, at=NOW, reason="doppelt")
    with pytest.raises(NotAllowed):
        withdraw_record(small_plan, "goal", "Z-UNBEKANNT", 1, by=steward, at=NOW, reason="doppelt")
