"""A store of the first schema, which did not know how many points an indicator needs: opened, saved, restored."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from metrics.domain.committee import FollowUp
from metrics.domain.indicators import Indicator
from metrics.domain.measures import Measure
from metrics.domain.priorities import CriteriaSet, MatrixAxis, PriorityRound, Rating, RoundState, Voice
from metrics.domain.prioritisation.nutzwert import judge_round
from metrics.domain.refusals import BackupNotUsable
from metrics.domain.resources import CapacityGroup, ResourceDemand
from metrics.domain.scenarios import Scenario
from metrics.store.ledger import Store
from metrics.store.migrate import known_migrations, migrate
from metrics.store.rows import to_row
from metrics.usecases.access import Person
from metrics.usecases.assessing import assess_plan
from metrics.usecases.keeping import Fault, back_up, check_backup, restore, verify
from metrics.usecases.recording import record_reading
from tests.conftest import NOW
from tests.plan import (
    a_capacity_group,
    a_follow_up,
    a_goal,
    a_measure,
    a_rater_group,
    a_reading,
    a_scenario,
    a_sitting,
    a_target,
    an_indicator,
)

FIRST_SCHEMA = known_migrations()[:1]
LATER_COLUMNS = {
    "indicator": ["points_needed", "release_rule", "total_id", "counts_units", "confidential"],
    "plan": ["most_at_once", "comment_share", "comment_amount"],
    "measure": ["earliest_start", "latest_end", "mandatory", "depends_on", "status_rhythm", "confidential"],
    "reading": ["state", "largest_share"],
    "capacity_group": ["posts", "weekly_hours", "deviations"],
    "scenario": ["changes", "discussion", "reason", "decided_by", "decided_on"],
}
PLAN = [
    a_goal(),
    a_measure(),
    a_rater_group(),
    a_rater_group(id="BG-POL", title="Politik"),
    a_capacity_group(),
    a_scenario(changes=()),
    an_indicator(),
    a_target(),
    *(a_reading(year, 8.0 - (year - 2018) / 10) for year in range(2018, 2026)),
]


def old_criterion(identifier: str, weight: float, direction: str, axis: str) -> dict[str, Any]:
    return SHARED | {
        "id": identifier,
        "title": axis,
        "weight": weight,
        "direction": direction,
        "axis": axis,
        "question": "Wie\nviel?",
    }


def old_rating(group: str, score: float) -> dict[str, Any]:
    scores = [{"criterion_id": "KR-1", "score": score}, {"criterion_id": "KR-4", "score": 1.0}]
    return SHARED | {"id": f"BW-{group}", "measure_id": "M-15", "group_id": group, "scores": json.dumps(scores)}


SHARED = {"source_id": None, "evidence": "own", "note": None}
OLD_ROWS = [
    ("criterion", old_criterion("KR-1", 0.6, "higher", "impact")),
    ("criterion", old_criterion("KR-4", 0.2, "lower", "effort")),
    ("rating", old_rating("BG-AMT", 5.0)),
    ("rating", old_rating("BG-POL", 3.0)),
    (
        "resource_demand",
        SHARED
        | {"id": "RB-1", "measure_id": "M-15", "quarter": "2027-Q1", "group_id": "KG-PROJEKTE"}
        | {"person_days": 20.0, "budget": 500.0},
    ),
]
"""As the first schema kept them: single criteria, groups that rate 1–5, demands of a quarter."""


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A closed store as a program wrote it that knew the first migration alone: with criteria and ratings 1–5."""
    path = tmp_path / "older.duckdb"
    with duckdb.connect(":memory:") as engine:
        engine.execute(f"ATTACH '{path}' AS z")
        migrate(engine, str(path), NOW, before=lambda: None, migrations=FIRST_SCHEMA)
        engine.execute("USE z")
        engine.execute("INSERT INTO change VALUES (1, ?, 'Amt', 'add_goal', NULL)", [NOW])
        rows = [*((record.kind, to_row(record)) for record in PLAN), *OLD_ROWS]
        for kind, row in rows:
            whole = row | {"version": 1, "change_no": 1, "withdrawn": False}
            frame = pd.DataFrame([whole], dtype=object).drop(columns=LATER_COLUMNS.get(kind, []))
            engine.append(kind, frame, by_name=True)
    return path


def schema_of(path: Path) -> int:
    """The number of the newest migration that ran on a file, seen past the program."""
    with duckdb.connect(str(path), read_only=True) as engine:
        (found,) = engine.execute("SELECT max(no) FROM schema_migration").fetchall()
    return int(found[0])


def needed(store: Store) -> list[int]:
    """How many points each indicator needs."""
    return [indicator.points_needed for indicator in store.records(Indicator)]


def test_the_store_of_the_first_schema_is_what_it_says(older: Path) -> None:
    assert schema_of(older) == 1 < len(known_migrations())
    with duckdb.connect(str(older), read_only=True) as engine:
        columns = {row[0] for row in engine.execute("DESCRIBE indicator").fetchall()}
    assert "points_needed" not in columns and "judge_across_breaks" in columns


def test_it_is_backed_up_as_it_was_then_migrated_and_goes_on_working(older: Path, me: Person, now: datetime) -> None:
    store = Store.open(older, now)
    assert needed(store) == [6]
    assert verify(store) == []
    assert assess_plan(store, now.date()).indicators["I-ALQ"].last is not None
    record_reading(store, a_reading(2017, 8.1), by=me, at=now, today=now.date())
    store.close()
    assert schema_of(older) == len(known_migrations())
    (backup,) = (older.parent / "backups").glob("*before-migration*")
    assert schema_of(backup) == 1


def test_a_backup_of_the_first_schema_is_checked_without_being_changed(older: Path, now: datetime) -> None:
    before = older.read_bytes()
    assert check_backup(older, now) == 1
    assert older.read_bytes() == before
    assert list((older.parent / "backups").glob("*")) == []


def test_a_backup_of_the_first_schema_is_put_back_and_migrated_when_it_is_opened(
    older: Path, demo_path: Path, now: datetime
) -> None:
    former = restore(older, demo_path, now)
    assert former is not None and schema_of(demo_path) == 1
    store = Store.open(demo_path, now)
    assert (store.change_number(), needed(store), verify(store)) == (1, [6], [])
    assert [rating.by_code["KR-1"].value for rating in store.records(Rating)] == [10.0, 5.0]
    found = assess_plan(store, now.date()).indicators["I-ALQ"]
    assert [point.value for point in found.points][-1] == pytest.approx(7.3)
    store.close()
    assert schema_of(demo_path) == len(known_migrations())


def test_a_backup_made_after_the_migration_is_of_the_new_schema(
    older: Path, tmp_path: Path, me: Person, now: datetime
) -> None:
    store = Store.open(older, now)
    backup = back_up(store, by=me, at=now)
    store.close()
    assert (schema_of(backup), check_backup(backup, now)) == (len(known_migrations()), 1)
    assert restore(backup, tmp_path / "new.duckdb", now) is None


def test_a_fault_of_an_older_file_is_found_there_too(older: Path, now: datetime) -> None:
    with duckdb.connect(str(older)) as engine:
        engine.execute("UPDATE indicator SET direction = 'sideways'")
    backup = Store.open(older, now, read_only=True)
    faults = verify(backup)
    backup.close()
    assert [(fault.check, fault.kind, fault.id) for fault in faults] == [("row_breaks_model", "indicator", "I-ALQ")]
    assert isinstance(faults[0], Fault) and "direction" in faults[0].detail


def test_a_column_that_no_later_migration_brings_is_missed(older: Path, now: datetime) -> None:
    with duckdb.connect(str(older)) as engine:
        engine.execute("ALTER TABLE indicator DROP COLUMN decimals")
    backup = Store.open(older, now, read_only=True)
    faults = verify(backup)
    backup.close()
    assert [(fault.check, fault.kind, fault.id) for fault in faults] == [("missing_column", "indicator", "decimals")]
    with pytest.raises(BackupNotUsable, match="missing_column: indicator decimals"):
        check_backup(older, now)


def test_a_demand_of_a_quarter_becomes_one_of_a_period_and_new_columns_hold_what_was_meant_before(
    older: Path, now: datetime
) -> None:
    store = Store.open(older, now)
    (demand,), (group,) = store.records(ResourceDemand), store.records(CapacityGroup)
    assert (demand.period, demand.until, demand.profile, demand.contributed_by) == ("2027-Q1", None, (), None)
    assert demand.in_period("2027-Q1") == 20.0
    assert group == a_capacity_group()
    assert store.records(Measure) == [a_measure()]
    assert store.records(Scenario) == [a_scenario(changes=())]
    assert verify(store) == []
    store.close()


def test_a_backup_with_a_renamed_column_is_read_as_of_now(older: Path, now: datetime) -> None:
    backup = Store.open(older, now, read_only=True)
    assert [demand.period for demand in backup.records(ResourceDemand)] == ["2027-Q1"]
    backup.close()
    assert schema_of(older) == 1


def test_criteria_become_a_set_and_ratings_a_closed_round_on_the_new_scale(older: Path, now: datetime) -> None:
    store = Store.open(older, now)
    (chosen,), (round_,) = store.records(CriteriaSet), store.records(PriorityRound)
    assert chosen.weights == pytest.approx({"KR-1": 0.75, "KR-4": 0.25})
    assert (chosen.criteria[0].question, chosen.criteria[0].axis) == ("Wie viel?", MatrixAxis.impact)
    assert (round_.state, round_.voice, round_.groups) == (RoundState.closed, Voice.group, ("BG-AMT", "BG-POL"))
    found = judge_round(round_, store.records(Rating)).by_id["M-15"]
    assert (found.impact, found.effort) == ((7.5, 7.5, 7.5), (0.0, 0.0, 0.0))
    assert verify(store) == []
    store.close()


def test_a_decision_that_was_kept_before_it_could_name_a_point_is_read_without_one(tmp_path: Path) -> None:
    path = tmp_path / "older.duckdb"
    known = known_migrations()
    before = [step for step in known if step.number < next(one.number for one in known if "follow_up" in one.name)]
    with duckdb.connect(":memory:") as engine:
        engine.execute(f"ATTACH '{path}' AS z")
        migrate(engine, str(path), NOW, before=lambda: None, migrations=before)
        engine.execute("USE z")
        engine.execute("INSERT INTO change VALUES (1, ?, 'Amt', 'add_follow_up', NULL)", [NOW])
        for record in (a_sitting(), a_follow_up(owner="Presse")):
            whole = to_row(record) | {"version": 1, "change_no": 1, "withdrawn": False}
            frame = pd.DataFrame([whole], dtype=object).drop(columns=["point", "deputy"], errors="ignore")
            engine.append(record.kind, frame, by_name=True)
    store = Store.open(path, NOW)
    assert store.records(FollowUp) == [a_follow_up(owner="Presse")]
    assert verify(store) == []
    store.close()
