"""What is kept about one person: handed out whole, erased from every table and from the file, and the ledger stays."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings

from metrics.domain.audit import AuditEvent
from metrics.domain.people import Account, Contact, Role
from metrics.domain.refusals import DiskFull, LastAdministrator, PersonNotFound
from metrics.exchange.plan_file import write_plan
from metrics.store.audit import entries, note
from metrics.store.ledger import Store
from metrics.store.personal import PERSONAL, erase_about
from metrics.usecases.access import Person
from metrics.usecases.exchanging import export_plan
from metrics.usecases.keeping import back_up, verify
from metrics.usecases.people import WHAT_FOR
from metrics.usecases.personal import delete_expired, erase_person, export_person, find_person, preview_erasure
from tests.conftest import NOW
from tests.plan import a_contact, a_goal, an_account, an_organisation
from tests.strategies import one_line_texts

TODAY = NOW.date()
ME = Person("Amtsleitung", Role.administration)
NAME, EMAIL = "Erika Mustermannsdottir", "e.mustermannsdottir@bottrop.example"
COUNT_BYTES = (
    "import sys; data = open(sys.argv[1], 'rb').read(); print(*(data.count(w.encode()) for w in sys.argv[2:]))"
)


def bytes_of(path: Path, *texts: str) -> list[int]:
    """How often texts stand in a store's file and log, by a process of its own: see the guard on why."""
    found = [0] * len(texts)
    for file in (path, path.with_name(path.name + ".wal")):
        if file.exists():
            done = subprocess.run(
                [sys.executable, "-c", COUNT_BYTES, str(file), *texts], capture_output=True, check=True
            )
            found = [one + int(more) for one, more in zip(found, done.stdout.split(), strict=True)]
    return found


def tables_that_hold(store: Store, text: str) -> list[str]:
    """Every column of text in which a text stands, in whichever table."""
    with store.connection.transaction() as cursor:
        columns = cursor.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'z' AND data_type = 'VARCHAR'"
        ).fetchall()
        return [f"{table}.{column}" for table, column in columns if _holds(cursor, table, column, text)]


def _holds(cursor: duckdb.DuckDBPyConnection, table: str, column: str, text: str) -> bool:
    question = f"SELECT count(*) FROM z.{table} WHERE contains({column}, $text)"  # noqa: S608 - names of the catalogue
    return bool(cursor.execute(question, {"text": text}).fetchall()[0][0])


def fill(store: Store, account_id: str = "P-1", name: str = NAME, email: str = EMAIL) -> None:
    """A person with everything that can be kept about them."""
    store.register.put(an_account(id=account_id, name=name, email=email, functions=("Statistikstelle",)), 0)
    store.register.put(a_contact(id="KP-" + account_id, name=name, email=email.upper(), note=name), 0)
    note(store, AuditEvent.signed_in, account_id, None, at=NOW)
    store.note_look(account_id, store.change_number(), NOW)
    with store.beside_the_ledger() as cursor:
        draft = {"account_id": account_id, "content": f'{{"name": "{name}"}}', "at": NOW, "day": TODAY + timedelta(7)}
        cursor.execute("INSERT INTO z.draft VALUES ($account_id, 'reading', $content, $at, $day)", draft)
    with store.change(by=account_id, at=NOW, action="add_goal") as writing:
        writing.add([a_goal(id="Z-" + account_id)])


@pytest.fixture
def office(store: Store) -> Store:
    """One who stays, with an organisation, and one who is to be erased."""
    store.register.put(an_account(id="P-BOSS", name="Chefin", role=Role.administration), 0)
    with store.change(by="P-BOSS", at=NOW, action="add_organisation") as writing:
        writing.add([an_organisation()])
    note(store, AuditEvent.signed_in, "P-BOSS", None, at=NOW)
    fill(store)
    return store


@pytest.mark.parametrize("who", ["P-1", EMAIL, EMAIL.title()])
def test_what_is_handed_out_is_everything_of_the_person_and_nothing_of_others(office: Store, who: str) -> None:
    found = export_person(office, who, by=ME, at=NOW)
    assert found["account"]["name"] == NAME
    assert [contact["id"] for contact in found["contacts"]] == ["KP-P-1"]
    assert found["draft"] == [
        {"form": "reading", "content": f'{{"name": "{NAME}"}}', "saved_at": NOW.isoformat(), "delete_on": "2026-12-01"}
    ]
    assert [row["event"] for row in found["audit"]] == ["signed_in"]
    assert [row["change_no"] for row in found["look"]] == [1]
    assert [(row["kind"], row["id"], row["recorded_at"]) for row in found["changes"]] == [
        ("goal", "Z-P-1", NOW.isoformat())
    ]
    assert AuditEvent.account_exported in {one.event for one in entries(office, 10) if one.account_id == "P-1"}


def test_every_table_about_persons_is_handed_out(office: Store) -> None:
    assert {line.table for line in PERSONAL} < set(export_person(office, "P-1", by=ME, at=NOW))


def test_one_may_ask_for_ones_own_data_in_any_role(office: Store) -> None:
    assert export_person(office, "P-1", by=Person("P-1", Role.business), at=NOW)["account"]["id"] == "P-1"


def test_the_preview_says_what_goes_and_what_stays_and_erases_nothing(office: Store) -> None:
    backup = back_up(office, by=ME, at=NOW)
    before = office.register.all(Account)
    seen = preview_erasure(office, "P-1", by=ME, at=NOW)
    assert [card.id for card in seen.found.cards] == ["P-1", "KP-P-1"]
    assert (seen.rows, seen.changes, seen.rewritten) == ({"draft": 1, "audit": 1, "look": 1}, 1, None)
    assert seen.backups == (backup,)
    assert office.register.all(Account) == before


def test_a_backup_from_before_the_person_is_none_that_holds_them(office: Store) -> None:
    backup = back_up(office, by=ME, at=NOW)
    fill(office, "P-2", "Neu Hier", "neu@bottrop.example")
    assert preview_erasure(office, "P-2", by=ME, at=NOW).backups == ()
    assert preview_erasure(office, "P-1", by=ME, at=NOW).backups == (backup,)


def test_an_erased_person_is_in_no_table_and_the_ledger_is_unchanged(office: Store) -> None:
    before = (office.history(), office.change_number(), office.connection.rows("counts"))
    done = erase_person(office, EMAIL, by=ME, at=NOW)
    assert done.rewritten is True
    assert [tables_that_hold(office, text) for text in (NAME, EMAIL, EMAIL.upper())] == [[], [], []]
    assert (office.history(), office.change_number(), office.connection.rows("counts")) == before
    assert tables_that_hold(office, "P-1") == ["audit.detail", "change.recorded_by", "goal.id"]
    assert [one.id for one in office.register.all(Account)] == ["P-BOSS"]
    assert office.register.all(Contact) == []
    noted = {(one.event, one.account_id, one.detail) for one in entries(office, 10)}
    assert noted == {
        (AuditEvent.signed_in, "P-BOSS", None),
        (AuditEvent.signed_in, None, None),
        (AuditEvent.account_erased, None, "P-1; Amtsleitung"),
    }
    assert verify(office) == []


def test_an_erased_person_is_gone_from_the_bytes_of_the_file_too(office: Store) -> None:
    path = office.path
    office.close()
    assert min(bytes_of(path, NAME, EMAIL)) > 0, "the test would find nothing in any case"
    office = Store.open(path, NOW)
    try:
        found = find_person(office, "P-1")
        erase_about(office, found.cards, found.emails)
        assert tables_that_hold(office, NAME) == []
        with office.connection.cursor() as cursor:
            cursor.execute("FORCE CHECKPOINT z")
        assert min(bytes_of(path, EMAIL)) > 0, "the engine removes the bytes by itself now; rewriting can go"
        fill(office, "P-7")
        erase_person(office, "P-7", by=ME, at=NOW)
        assert bytes_of(path, NAME, EMAIL, EMAIL.upper()) == [0, 0, 0]
        assert office.change_number() == 3
    finally:
        office.close()
    assert bytes_of(path, NAME, EMAIL, EMAIL.upper()) == [0, 0, 0]
    assert not path.with_name(path.name + ".arriving").exists()


def test_others_read_and_write_while_the_file_is_written_anew(office: Store) -> None:
    failures: list[BaseException] = []
    stop = threading.Event()

    def work(number: int) -> None:
        try:
            while not stop.is_set():
                office.register.all(Account)
                office.note_look(f"P-{number}", office.change_number(), NOW)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(3):
        office.rewrite()
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert office.change_number() == 2
    assert verify(office) == []


def test_where_the_file_cannot_be_written_anew_the_erasure_holds_and_says_so(
    office: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path) -> None:
        raise DiskFull(path=str(path))

    monkeypatch.setattr("metrics.store.connection._rewrite_file", full)
    assert erase_person(office, "P-1", by=ME, at=NOW).rewritten is False
    assert [one.id for one in office.register.all(Account)] == ["P-BOSS"]


def test_the_last_administrator_is_not_erased_and_nobody_unknown_is(office: Store) -> None:
    with pytest.raises(LastAdministrator):
        erase_person(office, "P-BOSS", by=ME, at=NOW)
    with pytest.raises(PersonNotFound):
        erase_person(office, "niemand@bottrop.example", by=ME, at=NOW)
    assert [one.id for one in office.register.all(Account)] == ["P-1", "P-BOSS"]


def test_a_contact_person_by_id_goes_alone(office: Store) -> None:
    erase_person(office, "KP-P-1", by=Person("Fachamt", Role.staff), at=NOW)
    assert office.register.all(Contact) == []
    assert office.register.find(Account, "P-1") is not None


def test_what_has_reached_its_day_is_erased_and_what_has_a_day_left_is_not(office: Store, now: datetime) -> None:
    today = date(2027, 3, 1)
    for identifier, day in (("P-HEUTE", today), ("P-MORGEN", today + timedelta(1))):
        office.register.put(an_account(id=identifier, left_on=date(2026, 12, 1), delete_on=day), 0)
        office.register.put(a_contact(id="K" + identifier, delete_on=day), 0)
    done = delete_expired(office, by=ME, at=now, today=today)
    rows = 4  # a draft, two sign-ins, and of the same moment the note that an account was erased
    assert (done.accounts, done.contacts, done.rows, done.rewritten) == (1, 1, rows, True)
    assert [one.id for one in office.register.all(Account)] == ["P-1", "P-BOSS", "P-MORGEN"]
    assert [one.id for one in office.register.all(Contact)] == ["KP-MORGEN", "KP-P-1"]
    again = delete_expired(office, by=ME, at=now, today=today)
    assert (again.accounts, again.contacts, again.rows, again.rewritten) == (0, 0, 0, None)


def test_no_plan_file_names_an_account_or_a_contact_person(office: Store) -> None:
    text = write_plan(export_plan(office, by=ME))
    assert "Z-P-1" in text
    assert [one for one in (NAME, EMAIL, EMAIL.upper(), "KP-P-1", "Statistikstelle") if one in text] == []


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store for many examples."""
    opened = Store.open(tmp_path_factory.mktemp("kept") / "plan.duckdb", NOW, create=True)
    with opened.change(by="Amt", at=NOW, action="add_organisation") as writing:
        writing.add([an_organisation()])
    yield opened
    opened.close()


@settings(max_examples=12)
@given(one_line_texts(200), one_line_texts(200))
def test_whatever_was_typed_none_of_it_is_left_after_erasure(kept: Store, name: str, note_: str) -> None:
    name, note_ = f"{name} Mustermannsdottir", f"{note_} Mustermannsdottir"
    before = (kept.history(), kept.connection.rows("counts"))
    kept.register.put(an_account(name=name, email=EMAIL, functions=(note_,), purpose=WHAT_FOR), 0)
    kept.register.put(a_contact(name=name, email=EMAIL, note=note_, position=note_, phone=note_), 0)
    with kept.beside_the_ledger() as cursor:
        draft = {"content": note_, "at": NOW, "day": TODAY}
        cursor.execute("INSERT INTO z.draft VALUES ('P-1', 'reading', $content, $at, $day)", draft)
    assert len(tables_that_hold(kept, "Mustermannsdottir")) >= 7
    erase_person(kept, "P-1", by=ME, at=NOW)
    assert [tables_that_hold(kept, text) for text in ("Mustermannsdottir", EMAIL)] == [[], []]
    assert (kept.history(), kept.connection.rows("counts")) == before
