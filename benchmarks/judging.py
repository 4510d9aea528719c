"""What judging costs: the whole plan beside pandas, and one new reading."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median

from benchmarks.figure import Figure
from benchmarks.generate import MOMENT, OFFICE, TODAY, make_plan, new_reading
from benchmarks.pandas_rule import Symbols, judge_at_once, judge_one_by_one
from benchmarks.server import Running, running_server
from benchmarks.visitors import Visitor
from metrics.domain.goals import Goal
from metrics.domain.indicators import Indicator
from metrics.domain.progress.forecast import LEAST_YEARS, MOST_POINTS
from metrics.domain.progress.outcome import CourseVerdict
from metrics.domain.progress.rollup import total_goals
from metrics.domain.targets import Target
from metrics.store.connection import sql
from metrics.store.ledger import Store
from metrics.usecases.assessing import WINDOW, PlanAssessment, assess_plan, judge_indicators
from metrics.usecases.recording import record_reading

TURNS = 5


def judging(folder: Path) -> list[Figure]:
    """5,000 indicators with 250,000 readings: beside pandas in the same run, and right again after one new reading."""
    path = folder / "judged.duckdb"
    make_plan(1_000, 5_000, 250_000, path)
    works = (lambda: _assess(path), lambda: judge_one_by_one(path, TODAY), lambda: judge_at_once(path, TODAY))
    ours, one_by_one, at_once = in_turn(*works)
    _refuse_difference(path)
    with closing(Store.open(path, MOMENT)) as store:
        again, (bare,) = after_a_reading(store), in_turn(lambda: _gather_bare(store))
    name = "250,000 readings"
    return [
        Figure(f"{name}: opened, records read, judged, totals", ours, "s", 2),
        Figure(f"{name}: the rule alone in pandas, target by target", one_by_one, "s"),
        Figure(f"{name}: the rule alone in pandas, all targets at once", at_once, "s"),
        Figure(f"{name}: pandas, target by target / ours", one_by_one / ours, "×", least=5),
        Figure(f"{name}: pandas, all targets at once / ours", at_once / ours, "×"),
        Figure(f"{name}: judged, totals after one new reading", 1000 * again, "ms", 150),
        Figure(f"{name}: the same / the bare query for all facts", again / bare, "×", 3),
        Figure(f"{name}: overview on the server after one new reading", 1000 * _overview(path), "ms", 150),
    ]


def after_a_reading(store: Store) -> float:
    """Seconds until indicators and totals are right again: the median over new readings of several indicators."""
    goals, indicators, targets = store.records(Goal), store.records(Indicator), store.records(Target)
    judged, seconds = judge_indicators(store, indicators, targets, TODAY), []
    for turn in range(TURNS):
        record_reading(store, new_reading(turn), by=OFFICE, at=MOMENT, today=TODAY)
        begun = time.perf_counter()
        judged = judge_indicators(store, indicators, targets, TODAY, earlier=judged)
        total_goals(goals, judged.indicators.values(), include_illustrative=False)
        seconds.append(time.perf_counter() - begun)
    if judged.indicators != judge_indicators(store, indicators, targets, TODAY).indicators:
        raise RuntimeError("what was judged anew is not what judging everything gives")
    return median(seconds)


def _overview(path: Path) -> float:
    """Seconds that the running app takes for its overview after somebody has stored a new reading."""

    async def look(server: Running) -> list[float]:
        visitor = Visitor(server.port)
        await visitor.open()
        seconds = []
        for turn in range(TURNS, 3 * TURNS):
            await asyncio.to_thread(server.record, turn)
            seconds.append(await visitor.rerun(""))
        await visitor.close()
        if visitor.faults:
            raise RuntimeError(visitor.faults[0])
        return seconds

    with running_server(path, with_writer=True) as server:
        return median(asyncio.run(look(server)))


def _assess(path: Path) -> PlanAssessment:
    with closing(Store.open(path, MOMENT)) as store:
        return assess_plan(store, TODAY)


def _gather_bare(store: Store) -> None:
    asked = {"today": TODAY, "window": WINDOW, "few": MOST_POINTS, "years": LEAST_YEARS, "only": None, "whole": []}
    with store.connection.cursor() as cursor:
        cursor.execute(sql("queries", "reading_window"), asked)


def _refuse_difference(path: Path) -> None:
    """Raise RuntimeError unless pandas gives the same symbol for every target."""
    ours: Symbols = {
        verdict.target.id: verdict.course.course.value if isinstance(verdict.course, CourseVerdict) else None
        for found in _assess(path).indicators.values()
        for verdict in found.targets
    }
    for judge in (judge_one_by_one, judge_at_once):
        theirs = judge(path, TODAY)
        different = [name for name in ours.keys() | theirs.keys() if ours.get(name, "") != theirs.get(name, "")]
        if different:
            raise RuntimeError(f"{judge.__name__} differs for {len(different)} targets, such as {min(different)}")


def in_turn(*works: Callable[[], object]) -> list[float]:
    """The median seconds of each work; they take turns, so that a busy machine burdens all of them alike."""
    rounds = []
    for _ in range(TURNS + 1):
        seconds = []
        for work in works:
            begun = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - begun)
        rounds.append(seconds)
    return [median(times) for times in zip(*rounds[1:], strict=True)]
