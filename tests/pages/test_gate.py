"""The gate in front of every page: who is let in is worked out anew in each run."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from metrics.domain.audit import AuditEvent
from metrics.domain.people import Account, Role
from metrics.domain.refusals import NotAllowed
from metrics.domain.sign_in import read_claims
from metrics.store import audit
from metrics.store.drafts import drafts_of
from metrics.store.ledger import Store
from metrics.ui import gate
from metrics.ui.session import now, today
from metrics.usecases.access import RIGHTS, Right
from metrics.usecases.people import end_all_sign_ins
from metrics.usecases.planning import add_record
from metrics.usecases.signing_in import sign_out
from pages.frame import table
from tests.pages.conftest import ROOT, TIMEOUT, words
from tests.plan import a_goal

SETTINGS = {
    "ZUKUNFTSPLAN_OIDC_METADATA_URL": "http://127.0.0.1:9/.well-known/openid-configuration",
    "ZUKUNFTSPLAN_OIDC_CLIENT_ID": "zukunftsplan",
    "ZUKUNFTSPLAN_OIDC_CLIENT_SECRET": "geheim",
    "ZUKUNFTSPLAN_OIDC_COOKIE_SECRET": "0123456789" * 4,
    "ZUKUNFTSPLAN_URL": "http://127.0.0.1:8501",
    "ZUKUNFTSPLAN_ROLES": ",".join(f"{role}={role}" for role in Role),
}
Open = Callable[..., AppTest]


@pytest.fixture
def protected(database: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a page as somebody of these groups who signed in so many minutes ago; without groups nobody has."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)

    def opened(address: str = "", *groups: str, minutes: float = 1, **told: Any) -> AppTest:
        page = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=TIMEOUT)
        page.user = {"is_logged_in": bool(groups)} | told
        if groups:
            page.user |= {"iss": "https://a.example", "sub": groups[0], "iat": time.time() - 60 * minutes}
            page.user |= {"name": "Erika Beispiel", "groups": list(groups)}
        if address:
            page._page_hash = calc_hash(address)
        return page.run()

    return opened


def account(store: Store) -> Account:
    (found,) = store.register.all(Account)
    return found


def noted(store: Store) -> list[tuple[AuditEvent, str | None]]:
    return [(entry.event, entry.detail) for entry in audit.entries(store)]


def closed(page: AppTest) -> bool:
    """Whether the page shows the door alone: nothing of the plan, no switch, no chart."""
    assert not page.exception
    titles = _titles_of_the_plan()
    assert [title for title in titles if title in words(page).replace("\\", "")] == []
    assert not page.get("plotly_chart")
    assert not page.toggle
    return page.title[0].value in ("Zukunftsplan", "Kein Zugang")


def _titles_of_the_plan() -> list[str]:
    records = json.loads((ROOT / "data" / "demo" / "plan.json").read_text(encoding="utf-8"))["records"]
    return [one["title"] for kind in ("goal", "measure", "indicator", "living_lab") for one in records[kind]]


PAGES = [(entry.address, entry.right) for entry in table() if entry.right is not None]


@pytest.mark.parametrize("address", [address for address, _ in PAGES])
def test_without_sign_in_no_page_shows_anything_of_the_plan(protected: Open, address: str) -> None:
    page = protected(address)
    assert closed(page)
    assert [button.label for button in page.button] == ["Anmelden"]


def test_raters_come_in_by_their_code_without_sign_in_and_see_no_link_elsewhere(protected: Open) -> None:
    page = protected("bewerten")
    assert page.title[0].value == "Bewerten"
    assert not page.get("page_link")
    assert not page.toggle


@pytest.mark.parametrize(("address", "right"), [one for one in PAGES if one[0] != "uebersicht"])
def test_a_page_is_refused_to_a_role_without_its_right_and_the_attempt_is_noted_once(
    protected: Open, store: Store, address: str, right: Right
) -> None:
    role = Role.committee if right in RIGHTS[Role.business] else Role.business
    assert right not in RIGHTS[role]
    page = protected(address, role.value)
    assert not page.exception
    assert "Diese Seite ist Ihrer Rolle nicht zugänglich" in words(page)
    assert [title for title in _titles_of_the_plan() if title in words(page).replace("\\", "")] == []
    page.run()
    assert noted(store).count((AuditEvent.page_refused, address)) == 1


@pytest.mark.parametrize(
    ("address", "role"),
    [
        ("verlauf", "research_partner"),
        ("eingabe", "data_steward"),
        ("plan", "staff"),
        ("daten", "leadership"),
        ("praesentation", "committee"),
    ],
)
def test_a_page_is_shown_to_a_role_with_its_right(protected: Open, store: Store, address: str, role: str) -> None:
    page = protected(address, role)
    assert not page.exception
    assert "nicht zugänglich" not in words(page)
    assert AuditEvent.page_refused not in {event for event, _ in noted(store)}


@pytest.mark.parametrize(("role", "right"), [("committee", Right.read_published), ("business", Right.comment)])
@pytest.mark.parametrize("address", ["", "uebersicht"])
def test_whoever_may_not_see_the_start_page_begins_with_the_first_that_is_open(
    protected: Open, address: str, role: str, right: Right
) -> None:
    page = protected(address, role)
    assert "nicht zugänglich" not in words(page)
    assert page.session_state[gate.PAGE_RIGHT] == right


def test_the_committee_comes_out_of_the_presentation_to_where_it_can_sign_out(protected: Open) -> None:
    page = protected("praesentation", "committee")
    assert "Abmelden" not in [button.label for button in page.button]
    page.button(key="folie_ende").click().run()
    assert page.title[0].value == "Mein Konto"
    assert "Abmelden" in [button.label for button in page.button]


def test_a_changed_role_acts_at_the_next_run(protected: Open, store: Store) -> None:
    page = protected("plan", "staff")
    assert "nicht zugänglich" not in words(page)
    kept = account(store)
    store.register.put(kept.model_copy(update={"role": Role.research_partner}), kept.version)
    assert "Diese Seite ist Ihrer Rolle nicht zugänglich" in words(page.run())


@pytest.mark.parametrize("change", [{"blocked": True}, {"left_on": "2026-11-01"}])
def test_a_blocked_or_departed_account_is_out_at_the_next_run(
    protected: Open, store: Store, change: dict[str, Any]
) -> None:
    page = protected("ziele", "staff")
    assert not closed_or_open(page)
    kept = account(store)
    store.register.put(Account(**kept.model_dump() | change), kept.version)
    assert closed(page.run())
    assert page.title[0].value == "Kein Zugang"
    assert AuditEvent.sign_in_refused in {event for event, _ in noted(store)}


def test_signing_out_ends_the_second_tab_and_every_copy_of_the_cookie(protected: Open, store: Store) -> None:
    tab = protected("ziele", "staff")
    copy = dict(tab.user)
    sign_out(store, account(store).id, read_claims(copy, "groups").fingerprint, at=now())
    assert closed(tab.run())
    again = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=TIMEOUT)
    again.user = copy
    assert closed(again.run())


def test_signing_out_everywhere_ends_older_sign_ins_and_lets_a_new_one_in(protected: Open, store: Store) -> None:
    tab = protected("ziele", "staff")
    mine = gate.person_of(account(store))
    end_all_sign_ins(store, mine.name, by=mine, at=now() - timedelta(seconds=30))
    assert closed(tab.run())
    assert not closed_or_open(protected("ziele", "staff", minutes=0))


def test_an_erased_account_does_not_come_back_by_its_old_cookie(protected: Open, store: Store) -> None:
    tab = protected("ziele", "staff")
    store.register.erase(Account, account(store).id)
    assert closed(tab.run())
    assert store.register.all(Account) == []


def test_a_sign_in_past_its_age_is_out(protected: Open, store: Store) -> None:
    assert not closed_or_open(protected("ziele", "staff", minutes=599))
    assert closed(protected("ziele", "staff", minutes=601))
    assert (AuditEvent.sign_in_expired, "too_old") in noted(store)


@pytest.mark.parametrize(
    ("address", "identifier", "field", "typed"),
    [("eingabe", "I-ALQ-J", "value", "7,8"), ("plan", "goal", "title", "Ein neues Ziel")],
)
def test_what_was_typed_when_the_sign_in_ends_is_kept_however_often_the_closed_page_runs(
    protected: Open, store: Store, address: str, identifier: str, field: str, typed: str
) -> None:
    page = protected("ziele", "staff")
    page.query_params["id"] = identifier
    page._page_hash = calc_hash(address)
    page.run()
    _field(page, field).set_value("zuerst").run()
    _field(page, field).set_value(typed)  # on its way when the sign-in is over
    page.user["iat"] -= 60 * 601
    for _run in range(4):
        assert closed(page.run())
        (draft,) = drafts_of(store, account(store).id, today())
        assert json.loads(draft.content)["typed"][field] == typed
    again = protected("ziele", "staff", minutes=0)
    again.query_params["id"] = identifier
    again._page_hash = calc_hash(address)
    again.run()
    assert _field(again, field).value == typed
    assert "Wiederhergestellt" in words(again)


def _field(page: AppTest, name: str) -> Any:
    """A form's field, by how its key ends."""
    return next(one for one in [*page.text_input, *page.text_area] if str(one.key).endswith("." + name))


def test_whoever_does_nothing_for_an_hour_signs_in_again(
    protected: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = protected("ziele", "staff")
    assert not closed_or_open(page.run())
    later = now() + timedelta(minutes=61)
    monkeypatch.setattr(gate, "now", lambda: later)
    assert closed(page.run())
    monkeypatch.undo()
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    assert (AuditEvent.sign_in_expired, "idle") in noted(store)


def test_without_role_there_is_no_access_and_no_account(protected: Open, store: Store) -> None:
    page = protected("ziele", "gast")
    assert closed(page)
    assert page.title[0].value == "Kein Zugang"
    assert store.register.all(Account) == []
    assert noted(store) == [(AuditEvent.sign_in_refused, "no_role")]


def test_a_refused_use_case_is_noted_whichever_way_it_was_called(protected: Open, store: Store) -> None:
    page = protected("ziele", "research_partner")
    found = account(store)
    by = gate.person_of(found)
    assert (by.name, by.role) == (found.id, Role.research_partner)
    with pytest.raises(NotAllowed):
        add_record(store, a_goal(id="Z-NEU"), by=by, at=now())
    assert (AuditEvent.use_case_refused, Right.edit_plan.value) in noted(store)
    assert not page.exception


def test_a_refusal_in_a_page_is_a_sentence_and_no_crash(protected: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    from pages.steering import goals

    def refusing() -> None:
        raise NotAllowed(right=Right.edit_plan.value, role=Role.staff.value)

    monkeypatch.setattr(goals, "page", refusing)
    page = protected("ziele", "staff")
    assert not page.exception
    assert len(page.error) == 1


def test_a_faulty_configuration_shows_one_sentence_and_nothing_else(
    protected: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZUKUNFTSPLAN_ROLES", "zk-amt=chef")
    page = protected("bewerten", "staff")
    assert closed(page)
    assert "zk-amt=chef" in page.error[0].value.replace("\\", "")


def test_the_local_mode_says_so(app: Callable[..., AppTest]) -> None:
    assert "Lokaler Betrieb ohne Anmeldung" in words(app("ziele"))


def closed_or_open(page: AppTest) -> bool:
    """Whether the door is shown; an open page shows the switch of the header."""
    assert not page.exception
    return not page.toggle
