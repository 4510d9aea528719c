"""A plan that was made for measuring: judged without an exception, as pandas judges it, and right again after a change.

The same plan, larger, is what `make bench` measures.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copy

import pytest

from benchmarks.generate import COMMON, MOMENT, OFFICE, RARE, TODAY, make_plan, new_reading
from benchmarks.pandas_rule import Symbols, judge_at_once, judge_one_by_one
from metrics.domain.indicators import Indicator
from metrics.domain.progress.outcome import CourseVerdict
from metrics.domain.targets import Target
from metrics.store.ledger import Store
from metrics.usecases.assessing import JUDGED_KINDS, assess_plan, judge_indicators
from metrics.usecases.recording import record_reading

INDICATORS, READINGS_EACH = 240, 40


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "plan.duckdb"
    make_plan(20, INDICATORS, INDICATORS * READINGS_EACH, path)
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(copy(made, tmp_path / "plan.duckdb"), MOMENT)) as opened:
        yield opened


def symbols(store: Store) -> Symbols:
    verdicts = [verdict for found in assess_plan(store, TODAY).indicators.values() for verdict in found.targets]
    return {
        verdict.target.id: verdict.course.course.value if isinstance(verdict.course, CourseVerdict) else None
        for verdict in verdicts
    }


def test_a_generated_plan_has_every_demand_and_exactly_the_readings_asked_for(store: Store) -> None:
    demands = [target.demand for target in store.records(Target)]
    assert all(demand in demands for demand in (*COMMON, *RARE))
    count = {row["kind"]: row["records"] for row in store.connection.rows("counts")}
    assert count["reading"] == INDICATORS * READINGS_EACH


def test_every_target_of_a_generated_plan_is_judged(store: Store) -> None:
    found = assess_plan(store, TODAY)
    assert {verdict.target.id for one in found.indicators.values() for verdict in one.targets} == {
        target.id for target in store.records(Target)
    }
    assert len(set(symbols(store).values())) == 5, "all four symbols, and none where a break left too few points"


@pytest.mark.parametrize("judge", [judge_one_by_one, judge_at_once])
def test_pandas_gives_every_target_of_a_generated_plan_the_same_symbol(made: Path, judge: object) -> None:
    with closing(Store.open(made, MOMENT)) as store:
        ours = symbols(store)
    assert judge(made, TODAY) == ours  # type: ignore[operator]


def test_after_a_new_reading_only_its_indicator_is_judged_anew_and_all_are_right(store: Store) -> None:
    indicators, targets = store.records(Indicator), store.records(Target)
    before = judge_indicators(store, indicators, targets, TODAY)
    record_reading(store, new_reading(0), by=OFFICE, at=MOMENT, today=TODAY)
    after = judge_indicators(store, indicators, targets, TODAY, earlier=before)
    anew = {name for name, found in after.indicators.items() if found is not before.indicators[name]}
    assert anew == {new_reading(0).indicator_id}
    assert after.indicators == judge_indicators(store, indicators, targets, TODAY).indicators
    assert after.indicators != before.indicators


def test_what_is_written_while_the_records_are_read_is_judged_the_next_time(store: Store) -> None:
    number = store.change_number(*JUDGED_KINDS)
    indicators, targets = store.records(Indicator), store.records(Target)
    target = next(one for one in targets if one.demand == COMMON[1])
    revised = target.model_copy(update={"demand": COMMON[2]})
    with store.change(by="Amt", at=MOMENT, action="revise") as writing:
        writing.revise(revised, store.newest("target", target.id).version)
    late = judge_indicators(store, indicators, targets, TODAY, as_of=number)
    new = judge_indicators(store, indicators, store.records(Target), TODAY, earlier=late)
    headline = new.indicators[target.indicator_id].headline
    assert headline and headline.target == revised
