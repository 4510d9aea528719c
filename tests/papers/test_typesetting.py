"""The process that sets papers: kept for the next one, replaced when it has grown, missed by nobody when it ends."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from metrics.papers import typesetting
from metrics.papers.data_files import canonical_json, data_json
from metrics.papers.modes import Mode
from metrics.papers.sheet import sheet
from metrics.papers.typesetting import Order, TypesettingFailed, set_here, set_in_type
from tests.papers.samples import a_head, a_paper


def order(title: str = "Zukunftsplan") -> Order:
    """A paper to set."""
    paper = a_paper(head=a_head(title=title))
    words = canonical_json(sheet(paper, Mode.full, None, ""))
    options = {"pdf_standards": ["a-3a", "ua-1"], "timestamp": datetime(2026, 11, 24, tzinfo=UTC)}
    return Order({"sheet": words, "data": data_json(paper), "csv": b"a;b\r\n"}, "pdf", options)


@pytest.fixture(autouse=True)
def nobody_waits() -> Iterator[None]:
    """Each test begins and ends without a process."""
    typesetting._kept.dismiss()
    yield
    typesetting._kept.dismiss()


def waiting() -> int | None:
    """The number of the process that waits for the next order."""
    typesetter = typesetting._kept._waiting
    return typesetter._process.pid if typesetter else None


def runs(process: int) -> bool:
    """Whether a process is there, dead ones that nobody has waited for included."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_one_process_sets_papers_one_after_the_other_and_each_as_if_it_were_the_first() -> None:
    first, second = order("Erste Vorlage"), order("Zweite Vorlage")
    made = [set_in_type(first), set_in_type(second), set_in_type(first)]
    process = waiting()
    assert process is not None and set_in_type(second) == made[1] and waiting() == process
    assert made[0] == made[2] != made[1]
    typesetting._kept.dismiss()
    assert not runs(process)
    assert [set_in_type(second), set_here(second)] == [made[1], made[1]]


def test_a_process_that_has_grown_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "MOST_SET", 1.5 * len(order().inputs["sheet"]))
    set_in_type(order())
    process = waiting()
    assert process is not None
    set_in_type(order())
    assert waiting() is None and not runs(process)


def test_a_process_that_nobody_asks_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "IDLE_SECONDS", 0.2)
    set_in_type(order())
    process = waiting()
    deadline = time.monotonic() + 60
    while process is not None and runs(process) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert waiting() is None and (process is None or not runs(process))


def test_what_cannot_be_set_says_why_and_the_next_paper_is_set() -> None:
    good = set_in_type(order())
    with pytest.raises(TypesettingFailed, match="TypstError"):
        set_in_type(Order({"sheet": b"{}", "data": b"", "csv": b""}, "pdf"))
    assert waiting() is None
    assert set_in_type(order()) == good


def test_whoever_kills_the_process_costs_one_paper_and_no_more() -> None:
    good, process = set_in_type(order()), waiting()
    assert process is not None
    os.kill(process, 9)
    with pytest.raises(TypesettingFailed, match="ended"):
        set_in_type(order())
    assert set_in_type(order()) == good


def test_an_order_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "MOST_SECONDS", 0.0)
    with pytest.raises(TypesettingFailed, match="ended"):
        set_in_type(order())


def test_papers_that_are_ordered_at_once_are_set_beside_each_other() -> None:
    titles = ["Eins", "Zwei", "Drei"]
    with ThreadPoolExecutor(3) as pool:
        made = list(pool.map(set_in_type, map(order, titles)))
    assert made == [set_here(order(title)) for title in titles]
    assert waiting() is not None
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    if children.exists():
        assert children.read_text().split().count(str(waiting())) <= 1
