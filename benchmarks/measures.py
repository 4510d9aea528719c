"""The measurements, each a function that returns rows of (what, figure, limit)."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median

from benchmarks.chromium import page_switches
from benchmarks.entry import entry
from benchmarks.figure import Figure
from benchmarks.generate import MOMENT, OFFICE, TODAY, make_plan
from benchmarks.judging import after_a_reading, judging
from benchmarks.papers import papers
from benchmarks.portfolio_choice import portfolio_choice
from benchmarks.portfolio_limits import portfolio_limits
from benchmarks.ranking import ranking
from benchmarks.rating import rating
from benchmarks.server import ROOT, running_server
from benchmarks.visitors import Visitor, percentile
from benchmarks.writer import write_until_killed
from benchmarks.writers import at_work, differences
from metrics.domain.goals import Goal, GoalLevel
from metrics.domain.refusals import SomebodyElseWasFaster
from metrics.store.ledger import Store
from metrics.usecases.assessing import assess_plan
from metrics.usecases.founding import found_store
from metrics.usecases.planning import add_record, revise_record
from tests.charts.chart_samples import SAMPLES

DEMO = ROOT / "data" / "demo" / "plan.json"


def _demo(folder: Path) -> Path:
    path = folder / "demo.duckdb"
    found_store(path, DEMO, MOMENT).close()
    return path


def reruns(folder: Path) -> list[Figure]:
    """How long a page takes on the server, one visitor, demo plan and 1,000 measures; how much it sends."""
    large = folder / "large.duckdb"
    make_plan(1_000, 5_000, 250_000, large)
    many = "1,000 measures, 250,000 readings"
    return _reruns(_demo(folder), "demo plan", 100, megabytes=400) + _reruns(large, many, 250, megabytes=500)


def _reruns(database: Path, name: str, limit: float, megabytes: float) -> list[Figure]:
    async def walk(port: int) -> Visitor:
        visitor = Visitor(port)
        await visitor.open()
        for turn in range(11):
            for page in sorted(visitor.pages):
                await visitor.rerun(page, None if turn else f"cold {page or 'uebersicht'}")
        await visitor.close()
        return visitor

    with running_server(database) as server:
        found = [Figure(f"{name}: start to a served page", server.seconds_to_answer, "s", 3)]
        visitor = asyncio.run(walk(server.port))
        memory = server.megabytes
    if visitor.faults:
        raise RuntimeError(visitor.faults[0])
    warm = {page: times for page, times in visitor.seconds.items() if not page.startswith(("cold", "first"))}
    everything = [seconds for times in warm.values() for seconds in times]
    found.append(Figure(f"{name}: rerun p50, all pages", 1000 * median(everything), "ms"))
    found.append(Figure(f"{name}: rerun p95, all pages", 1000 * percentile(everything, 0.95), "ms", limit))
    for page, times in sorted(warm.items()):
        cold = 1000 * visitor.seconds[f"cold {page}"][0]
        found.append(Figure(f"{name}: /{page} first time", cold, "ms"))
        found.append(Figure(f"{name}: /{page} p95", 1000 * percentile(times, 0.95), "ms", limit))
    heaviest = max(max(sizes) for sizes in visitor.received.values()) / 1000
    found.append(Figure(f"{name}: largest page over the websocket", heaviest, "kB", 150))
    found.append(Figure(f"{name}: memory of the server", memory, "MB", megabytes))
    return found


def crowd(folder: Path, visitors: int = 100, steps: int = 6, think: float = 3.0) -> list[Figure]:
    """Many visitors of the demo plan at once, each clicking every few seconds."""

    async def all_at_once(port: int) -> list[Visitor]:
        people = [Visitor(port, number) for number in range(visitors)]

        async def arrive(visitor: Visitor) -> None:
            await asyncio.sleep(10 * visitor.number / visitors)
            await visitor.stroll(steps, think)

        await asyncio.gather(*(arrive(visitor) for visitor in people))
        return people

    with running_server(_demo(folder)) as server:
        before = server.cpu_seconds
        people = asyncio.run(all_at_once(server.port))
        memory, cpu = server.megabytes, server.cpu_seconds - before
    switches = [seconds for visitor in people for seconds in visitor.seconds.get("switch", [])]
    runs = len(switches) + visitors
    return [
        Figure(f"{visitors} visitors: page switch p50", 1000 * median(switches), "ms"),
        Figure(f"{visitors} visitors: page switch p95", 1000 * percentile(switches, 0.95), "ms", 500),
        Figure(f"{visitors} visitors: processor time for one rerun", 1000 * cpu / runs, "ms"),
        Figure(f"{visitors} visitors: errors", sum(len(visitor.faults) for visitor in people), "", 0),
        Figure(f"{visitors} visitors: memory of the server", memory, "MB", 400),
    ]


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def writers(folder: Path, people: int = 50, edits: int = 20, think: float = 20.0) -> list[Figure]:
    """Many who edit the same plan at once, two on each record, each saving every few seconds."""
    database = _demo(folder)
    with closing(Store.open(database, MOMENT)) as store:
        records = [f"goal:{goal.id}" for goal in store.records(Goal)][: people // 2]
    with running_server(database) as server:
        found = asyncio.run(at_work(server.port, records, writers=people, edits=edits, think=think))
    saves = [seconds for writer in found for seconds in writer.saves]
    told = f"{people} writers, {people * edits:,} edits"
    return [
        Figure(f"{told}: save p50", 1000 * median(saves), "ms"),
        Figure(f"{told}: save p95", 1000 * percentile(saves, 0.95), "ms", 300),
        Figure(f"{told}: conflicts shown", sum(writer.conflicts for writer in found), ""),
        Figure(f"{told}: edits not stored", people * edits - sum(len(writer.stored) for writer in found), "", 0),
        Figure(f"{told}: edits lost or doubled", differences(database, found, MOMENT).total(), "", 0),
        Figure(f"{told}: errors", sum(len(writer.faults) for writer in found), "", 0),
    ]


def same_row(folder: Path, threads: int = 20, edits: int = 10) -> list[Figure]:
    """Twenty threads that edit the same goal: every edit must become a version of its own."""
    with closing(Store.open(folder / "same.duckdb", MOMENT, create=True)) as store:
        add_record(store, Goal(id="Z", title="Ziel", level=GoalLevel.strategic), by=OFFICE, at=MOMENT)
        conflicts = [0] * threads

        def edit(number: int) -> None:
            done = 0
            while done < edits:
                seen = store.newest("goal", "Z")
                changed = seen.record.model_copy(update={"note": f"{number}/{done}"})
                try:
                    revise_record(store, changed, seen.version, by=OFFICE, at=MOMENT, reason="Messung")
                    done += 1
                except SomebodyElseWasFaster:
                    conflicts[number] += 1

        workers = [threading.Thread(target=edit, args=(number,)) for number in range(threads)]
        seconds = _seconds(lambda: ([worker.start() for worker in workers], [worker.join() for worker in workers]))
        notes = [entry.record.note for entry in store.versions("goal", "Z")[1:]]
    lost = threads * edits - len(set(notes))
    return [
        Figure(f"{threads} threads on one row: lost updates of {threads * edits}", lost, "", 0),
        Figure(f"{threads} threads on one row: conflicts shown and tried again", sum(conflicts), ""),
        Figure(f"{threads} threads on one row: edits stored per second", threads * edits / seconds, "/s"),
    ]


def killed(folder: Path, times: int = 200) -> list[Figure]:
    """kill −9 at random moments of writing: what was acknowledged must be there, and the file must open."""
    lost = corrupt = acknowledged = 0
    path = folder / "killed.duckdb"
    Store.open(path, MOMENT, create=True).close()
    for turn in range(times):
        told = _told_until_killed(path, turn)
        acknowledged += len(told)
        try:
            with closing(Store.open(path, MOMENT)) as store:
                kept = {event["id"] for event in store.connection.rows("current_records", {"table": "z.event"})}
        except Exception as error:
            print("corrupt:", error, file=sys.stderr)
            corrupt += 1
            path = folder / f"killed-{turn}.duckdb"
            Store.open(path, MOMENT, create=True).close()
            continue
        lost += len(set(told) - kept)
    return [
        Figure(f"kill -9, {times} times: acknowledged writes", acknowledged, ""),
        Figure(f"kill -9, {times} times: acknowledged writes lost", lost, "", 0),
        Figure(f"kill -9, {times} times: files that do not open", corrupt, "", 0),
    ]


def _told_until_killed(path: Path, turn: int) -> list[str]:
    """Let a forked writer store events, kill it after 2–100 ms, and return the ids that it had told as stored."""
    read_end, write_end = os.pipe()
    writer = os.fork()
    if writer == 0:
        os.close(read_end)
        write_until_killed(path, str(turn), write_end)
    os.close(write_end)
    with os.fdopen(read_end) as acknowledgements:
        acknowledgements.readline()
        time.sleep(0.002 + (turn * 37 % 100) / 1000)
        os.kill(writer, signal.SIGKILL)
        told = [line.strip() for line in acknowledgements if line.endswith("\n")]
    os.waitpid(writer, 0)
    return told


def charts(_folder: Path) -> list[Figure]:
    """What it costs to build each chart from its sample."""
    found = []
    for name, (module, make) in sorted(SAMPLES.items()):
        payload = make()
        times = [_seconds(lambda m=module, p=payload: m.draw(p, False, "de")) for _ in range(9)]  # type: ignore[misc]
        found.append(Figure(f"chart {name}: built in", 1000 * median(times), "ms", 30))
    return found


def browser(folder: Path) -> list[Figure]:
    """In Chromium, warm cache: from the click in the menu to painted charts, demo plan and 1,000 measures."""
    large = folder / "large.duckdb"
    make_plan(1_000, 5_000, 250_000, large)
    return page_switches(_demo(folder), "demo plan") + page_switches(large, "1,000 measures")


def growth(folder: Path) -> list[Figure]:
    """How the cost of judging grows with the plan."""
    found = []
    for measures, indicators, readings in ((100, 500, 25_000), (1_000, 5_000, 250_000), (10_000, 50_000, 2_500_000)):
        path, name = folder / f"growth-{measures}.duckdb", f"{measures:,} measures, {readings:,} readings"
        begun = time.perf_counter()
        make_plan(measures, indicators, readings, path)
        found.append(Figure(f"{name}: made in", time.perf_counter() - begun, "s"))
        with closing(Store.open(path, MOMENT)) as store:
            begun = time.perf_counter()
            assess_plan(store, TODAY)
            found.append(Figure(f"{name}: judged whole in", time.perf_counter() - begun, "s"))
            found.append(Figure(f"{name}: right again after one new reading", 1000 * after_a_reading(store), "ms"))
    return found


MEASUREMENTS: dict[str, Callable[[Path], list[Figure]]] = {
    "reruns": reruns,
    "crowd": crowd,
    "writers": writers,
    "judging": judging,
    "ranking": ranking,
    "rating": rating,
    "portfolio_limits": portfolio_limits,
    "portfolio_choice": portfolio_choice,
    "same_row": same_row,
    "killed": killed,
    "charts": charts,
    "browser": browser,
    "entry": entry,
    "papers": papers,
    "growth": growth,
}


def run(names: list[str]) -> bool:
    """Run measurements by name (all of them if none is named), print their figures, tell whether all limits held."""
    kept = True
    for name in names or list(MEASUREMENTS):
        print(f"\n{name}: {MEASUREMENTS[name].__doc__}")
        with tempfile.TemporaryDirectory() as folder:
            for figure in MEASUREMENTS[name](Path(folder)):
                print(" ", figure, flush=True)
                kept = kept and figure.kept
    return kept
