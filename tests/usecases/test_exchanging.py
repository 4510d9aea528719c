"""A whole plan in and out: lossless, all or nothing."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from metrics.domain.document import plan_document
from metrics.domain.refusals import (
    GoalsInACircle,
    IndicatorPartOfItself,
    PlanFileBroken,
    ReasonMissing,
    UnknownReference,
)
from metrics.exchange.plan_file import read_plan, write_plan
from metrics.store.ledger import Store
from metrics.usecases.access import Person
from metrics.usecases.exchanging import export_plan, import_plan, kinds_in, preview_import
from metrics.usecases.keeping import verify
from metrics.usecases.planning import withdraw_record
from tests.conftest import DEMO_PLAN
from tests.plan import a_goal, a_measure, an_indicator


def test_what_is_exported_imported_and_exported_again_is_the_same_to_the_byte(
    demo_store: Store, tmp_path: Path, me: Person, now: datetime
) -> None:
    text = write_plan(export_plan(demo_store, by=me))
    other = Store.open(tmp_path / "other.duckdb", now, create=True)
    import_plan(other, read_plan(text), by=me, at=now, today=now.date())
    assert write_plan(export_plan(other, by=me)) == text
    assert verify(other) == []
    other.close()


def test_the_demo_plan_loses_nothing_on_its_way(demo_store: Store, me: Person) -> None:
    def facts(plan: dict[str, list[dict[str, object]]]) -> dict[tuple[str, object], dict[str, object]]:
        return {(kind, record["id"]): record for kind, found in plan.items() for record in found}

    before = facts(json.loads(DEMO_PLAN.read_text(encoding="utf-8"))["records"])
    after = facts(json.loads(write_plan(export_plan(demo_store, by=me)))["records"])
    assert after.keys() == before.keys()
    assert [key for key in before if not holds(after[key], before[key])] == []


def holds(whole: object, part: object) -> bool:
    """Whether everything that a part states stands in the whole, which may state defaults besides."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(name in whole and holds(whole[name], value) for name, value in part.items())
    return whole == part


def test_importing_the_same_plan_again_writes_nothing(demo_store: Store, me: Person, now: datetime) -> None:
    done = import_plan(demo_store, export_plan(demo_store, by=me), by=me, at=now, today=now.date())
    assert (done.new, done.changed) == ((), ())
    assert done.unchanged == sum(row["records"] for row in demo_store.connection.rows("counts"))
    assert demo_store.change_number() == 1


def test_the_preview_says_what_the_import_then_does(store: Store, me: Person, now: datetime) -> None:
    import_plan(store, plan_document([a_goal(), a_goal(id="Z-S")]), by=me, at=now, today=now.date())
    document = plan_document([a_goal(), a_goal(id="Z-S", title="Neu"), a_goal(id="Z-T"), a_measure()])
    preview = preview_import(store, document, today=now.date())
    assert (kinds_in(preview), preview.unchanged) == ({"goal": (1, 1), "measure": (1, 0)}, 1)
    assert store.change_number() == 1
    assert import_plan(store, document, by=me, at=now, today=now.date(), reason="Fortschreibung") == preview
    assert store.change_number() == 2
    assert store.newest("goal", "Z-S").version == 2


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_what_exists_is_changed_only_with_a_reason(store: Store, me: Person, now: datetime, reason: str | None) -> None:
    import_plan(store, plan_document([a_goal()]), by=me, at=now, today=now.date())
    document = plan_document([a_goal(title="Neu"), a_goal(id="Z-T")])
    with pytest.raises(ReasonMissing) as refused:
        import_plan(store, document, by=me, at=now, today=now.date(), reason=reason)
    assert refused.value.data == {"changed": 1}
    assert (store.change_number(), len(store.current("goal"))) == (1, 1)


@pytest.mark.parametrize(
    ("records", "refusal"),
    [
        ([a_goal(id="Z-NEU"), a_measure(goal_ids=("Z-FEHLT",))], UnknownReference),
        ([a_goal(id="Z-NEU"), a_goal(id="A", parent_ids=("B",)), a_goal(id="B", parent_ids=("A",))], GoalsInACircle),
        (
            [
                a_goal(id="Z-NEU"),
                *(an_indicator(id=one, total_id=other, goal_ids=()) for one, other in (("A", "B"), ("B", "A"))),
            ],
            IndicatorPartOfItself,
        ),
    ],
)
def test_an_import_that_breaks_one_rule_stores_nothing(
    store: Store, me: Person, now: datetime, records: list[object], refusal: type[Exception]
) -> None:
    import_plan(store, plan_document([a_goal()]), by=me, at=now, today=now.date())
    with pytest.raises(refusal):
        import_plan(store, plan_document(records), by=me, at=now, today=now.date(), reason="Versuch")  # type: ignore[arg-type]
    assert [entry.record.id for entry in store.current("goal")] == ["Z-R"]
    assert store.change_number() == 1


def test_an_import_brings_a_withdrawn_record_back(store: Store, me: Person, now: datetime) -> None:
    import_plan(store, plan_document([a_goal()]), by=me, at=now, today=now.date())
    withdraw_record(store, "goal", "Z-R", 1, by=me, at=now, reason="Versehen")
    import_plan(store, plan_document([a_goal()]), by=me, at=now, today=now.date(), reason="Doch noch")
    assert [(entry.record.id, entry.version) for entry in store.current("goal")] == [("Z-R", 3)]


def test_a_broken_file_never_reaches_the_store(store: Store, me: Person, now: datetime) -> None:
    with pytest.raises(PlanFileBroken):
        import_plan(store, read_plan('{"records": {"goal": [{"id": "Z-R"}]}}'), by=me, at=now, today=now.date())
    assert store.connection.rows("counts") == []
