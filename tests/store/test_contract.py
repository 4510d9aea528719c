"""Models, tables, views and queries say the same."""

from __future__ import annotations

import re
from datetime import date, datetime
from importlib.resources import files
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from pydantic import BaseModel

from metrics.domain.base import Record
from metrics.domain.kinds import KINDS, reference_fields
from metrics.domain.people import CARDS
from metrics.store.ledger import Store

LEDGER_COLUMNS = {
    "version": ("INTEGER", False),
    "change_no": ("BIGINT", False),
    "withdrawn": ("BOOLEAN", False),
}
PARAMETERS: dict[str, dict[str, Any]] = {
    "add_audit": {
        "id": "signed_in:1",
        "noted_at": datetime(2026, 11, 24),
        "account_id": "P-1",
        "event": "signed_in",
        "detail": None,
        "delete_on": date(2027, 2, 22),
    },
    "add_snapshot": {
        "id": "SI-1.1",
        "sitting_id": "SI-1",
        "sitting_version": 1,
        "taken_at": datetime(2026, 11, 24),
        "taken_by": "P-1",
        "change_no": 1,
        "template": "1",
        "sha256": "0",
        "content": "{}",
    },
    "snapshot": {"id": "SI-1.1"},
    "newest_sources": {"today": date(2026, 11, 24)},
    "audit_entries": {"account_id": None, "most": 10},
    "end_sign_in": {"fingerprint": "0", "ended_at": datetime(2026, 11, 24), "delete_on": date(2027, 1, 3)},
    "ended_sign_in": {"fingerprint": "0"},
    "noted_audit": {"id": "signed_in:1"},
    "tidy_audit": {"today": date(2026, 11, 24)},
    "tidy_ended_sign_in": {"today": date(2026, 11, 24)},
    "add_change": {
        "change_no": 1,
        "recorded_at": datetime(2026, 11, 24),
        "recorded_by": "Amt",
        "action": "add",
        "reason": None,
    },
    "add_mail": {
        "id": "P-1.20261130",
        "account_id": "P-1",
        "kind": "digest",
        "due_day": date(2026, 11, 30),
        "message_id": "<a@b.example>",
        "subject": "Betreff",
        "body": "Text",
        "about": "[]",
        "written_at": datetime(2026, 11, 30),
        "delete_on": date(2027, 2, 28),
    },
    "begin_hand_over": {"id": "P-1.20261130", "at": datetime(2026, 11, 30), "most": 2},
    "delete_old_mails": {"today": date(2027, 2, 28)},
    "delete_old_runs": {"today": date(2027, 2, 28)},
    "erase_mails_of_account": {"account_id": "P-1"},
    "last_asked_day": {"day": date(2026, 11, 30)},
    "last_run": {"day": date(2026, 11, 30)},
    "mail": {"id": "P-1.20261130"},
    "mail_accounts_of_day": {"due_day": date(2026, 11, 30)},
    "mails": {"most": 10},
    "mails_of_account": {"account_id": "P-1"},
    "note_run": {
        "day": date(2026, 11, 30),
        "ran_at": datetime(2026, 11, 30),
        "asked": True,
        "written": 1,
        "sent": 1,
        "failed": 0,
        "delete_on": date(2027, 2, 28),
    },
    "replace_older_mails": {"account_id": "P-1", "due_day": date(2026, 11, 30), "at": datetime(2026, 11, 30)},
    "settle_mail": {
        "id": "P-1.20261130",
        "state": "sent",
        "tries": 0,
        "unknown": 0,
        "trouble": None,
        "detail": None,
        "next_try_at": datetime(2026, 11, 30),
        "at": datetime(2026, 11, 30),
    },
    "add_look": {"person": "Amt", "change_no": 1, "looked_at": datetime(2026, 11, 24)},
    "cards": {"table": "z.account"},
    "carried_out": {"id": "SZ-4"},
    "changes": {"since": None, "most": 10},
    "comparison_series": {"today": date(2026, 11, 24), "only": ["I-ALQ"]},
    "comparisons_of_indicator": {"indicator_id": "I-ALQ"},
    "contributions_by": {"person": "Einladung E-1"},
    "current_records": {"table": "z.goal"},
    "drafts_of_account": {"account_id": "P-1", "today": date(2026, 11, 24)},
    "drop_draft": {"account_id": "P-1", "form": "plan:goal:", "saved_at": datetime(2026, 11, 24)},
    "erase_account": {"id": "P-1"},
    "erase_contact": {"id": "KP-1"},
    "handovers": {"most": 10},
    "erase_invitation": {"id": "E-1"},
    "history": {"kind": None, "id": None, "before": None, "most": 10},
    "keep_draft": {
        "account_id": "P-1",
        "form": "plan:goal:",
        "content": "{}",
        "saved_at": datetime(2026, 11, 24),
        "delete_on": date(2026, 12, 24),
    },
    "last_look": {"person": "Amt", "before": datetime(2026, 11, 24)},
    "moved_since": {"since": 0, "most": 10},
    "indicators_touched": {"since": 0},
    "newest_records": {"table": "z.goal"},
    "newest_version": {"table": "z.goal", "id": "Z-R"},
    "reading_ends": {"first_day": date(2026, 1, 1), "last_day": date(2026, 12, 31)},
    "reading_window": {
        "today": date(2026, 11, 24),
        "window": 12,
        "few": 8,
        "years": 4,
        "only": ["I-ALQ"],
        "whole": ["I-ALQ"],
    },
    "owners_of_change": {"change_no": 1},
    "ratings_of_round": {"round_id": "PR-1", "votes": 1, "seat": None},
    "round_progress": {"round_id": "PR-1", "vote": 1, "measures": ["M-15"], "criteria": 3},
    "pending_readings": {"indicator_id": None},
    "readings_of_indicator": {"indicator_id": "I-ALQ"},
    "record_versions": {"table": "z.goal", "id": "Z-R"},
    "referrers": {"kind": "goal", "id": "Z-R"},
    "unknown_ids": {"table": "z.goal", "ids": ["Z-R"]},
    "drafts_of": {"account_id": "P-1"},
    "audit_of": {"account_id": "P-1"},
    "looks_of": {"account_id": "P-1"},
    "changes_by": {"account_id": "P-1"},
    "erase_drafts_of": {"account_id": "P-1"},
    "forget_in_audit": {"account_id": "P-1"},
    "erase_looks_of": {"account_id": "P-1"},
    "tidy_draft": {"today": date(2026, 11, 24)},
}
BESIDE_THE_LEDGER = {
    "change",
    "look",
    "schema_migration",
    "audit",
    "ended_sign_in",
    "draft",
    "mail",
    "reminder_run",
    "snapshot",
}
QUERIES = sorted(file.name[:-4] for file in files("metrics.store").joinpath("queries").iterdir())


def query_text(name: str) -> str:
    return files("metrics.store").joinpath("queries", name + ".sql").read_text(encoding="utf-8")


WRITES = {name for name in QUERIES if re.search(r"^(INSERT|UPDATE|DELETE)", query_text(name), re.MULTILINE)}


def asked(store: Store, statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with store.connection.transaction() as cursor:
        return cursor.execute(statement, parameters).fetchall()


def column_of(hint: Any) -> tuple[str, bool]:
    """Type and nullability that a field wants of its column, told from the annotation alone."""
    if get_origin(hint) is Annotated:
        return column_of(get_args(hint)[0])
    if get_origin(hint) in (Union, UnionType):
        parts = [part for part in get_args(hint) if part is not NoneType]
        if len(parts) == 1:
            return column_of(parts[0])[0], NoneType in get_args(hint)
        return "VARCHAR", NoneType in get_args(hint)
    if get_origin(hint) in (tuple, Literal) or issubclass(hint, str | BaseModel):
        return "VARCHAR", False
    return {bool: "BOOLEAN", int: "INTEGER", float: "DOUBLE", date: "DATE", datetime: "TIMESTAMP"}[hint], False


@pytest.mark.parametrize("kind", [*KINDS, *CARDS])
def test_every_field_has_its_column_and_no_column_is_left_over(store: Store, kind: str) -> None:
    columns = asked(
        store,
        "SELECT column_name, data_type, is_nullable FROM duckdb_columns() "
        "WHERE database_name = 'z' AND table_name = $kind",
        kind=kind,
    )
    model = (KINDS | CARDS)[kind]
    hints = get_type_hints(model, include_extras=True)
    wanted = {name: column_of(hints[name]) for name in model.model_fields} | (LEDGER_COLUMNS if kind in KINDS else {})
    assert {name: (data_type, nullable) for name, data_type, nullable in columns} == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_every_table_is_keyed_by_id_and_version(store: Store, kind: str) -> None:
    keys = asked(
        store,
        "SELECT constraint_column_names FROM duckdb_constraints() WHERE database_name = 'z' "
        "AND table_name = $kind AND constraint_type = 'PRIMARY KEY'",
        kind=kind,
    )
    assert keys == [(["id", "version"],)]


def test_there_is_no_table_without_a_model(store: Store) -> None:
    tables = {name for (name,) in asked(store, "SELECT table_name FROM duckdb_tables() WHERE database_name = 'z'")}
    assert tables == set(KINDS) | set(CARDS) | BESIDE_THE_LEDGER


def test_the_ledger_names_every_kind() -> None:
    view = files("metrics.store").joinpath("views", "0_ledger_entry.sql").read_text(encoding="utf-8")
    named = re.findall(r"'(\w+)' AS kind,.*?FROM z\.(\w+)", view, re.DOTALL)
    assert named == [(kind, kind) for kind in KINDS]


def nested_models(record_type: type[BaseModel]) -> dict[str, type[BaseModel]]:
    def inside(hint: Any) -> list[type[BaseModel]]:
        if isinstance(hint, type) and issubclass(hint, BaseModel):
            return [hint]
        return [model for part in get_args(hint) for model in inside(part)]

    hints = get_type_hints(record_type, include_extras=True)
    return {name: model for name in record_type.model_fields for model in inside(hints[name])}


def fields_that_refer(record_type: type[Record]) -> set[tuple[str, str, str]]:
    own = {(record_type.kind, field, kind) for field, kind in reference_fields(record_type).items()}
    nested = {
        (record_type.kind, f"{name}.{field}", kind)
        for name, model in nested_models(record_type).items()
        for field, kind in reference_fields(model).items()
    }
    return own | nested


def test_the_view_of_references_names_exactly_the_fields_that_refer() -> None:
    view = files("metrics.store").joinpath("views", "2_reference.sql").read_text(encoding="utf-8")
    branches = re.findall(
        r"'(\w+)' AS kind,\s+id,\s+version,\s+'([\w.]+)' AS field,\s+'(\w+)' AS referred_kind,.*?FROM z\.(\w+)",
        view,
        re.DOTALL,
    )
    assert len(branches) == view.count("UNION ALL") + 1
    assert [(kind, table) for kind, _, _, table in branches] == [(kind, kind) for kind, _, _, _ in branches]
    wanted = set().union(*(fields_that_refer(record_type) for record_type in KINDS.values()))
    assert sorted((kind, field, referred) for kind, field, referred, _ in branches) == sorted(wanted)


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_fits_the_schema(store: Store, name: str) -> None:
    wanted = set(re.findall(r"\$(\w+)", query_text(name)))
    assert set(PARAMETERS.get(name, {})) == wanted
    assert store.connection.explain(name, PARAMETERS.get(name, {}))


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_says_what_it_asks_at_which_grain_with_which_parameters(name: str) -> None:
    text = query_text(name)
    lines = text.splitlines()
    header = "\n".join(lines[: next(number for number, line in enumerate(lines) if not line.startswith("--"))])
    if name not in WRITES:
        assert re.match(r"-- \w.*\?", header), "the first line is the question"
        assert re.search(r"^-- Grain: one row", header, re.MULTILINE)
    parameters = set(re.findall(r"\$(\w+)", text))
    described = re.search(r"^-- Parameters: (.+)\Z", header, re.MULTILINE | re.DOTALL)
    assert bool(parameters) == bool(described)
    assert [name for name in parameters if described and not re.search(rf"\b{name}\b", described.group(1))] == []


def test_the_table_of_parameters_holds_no_query_that_is_gone() -> None:
    assert set(PARAMETERS) <= set(QUERIES)
