"""What pages have read once is kept; what takes long keeps nobody waiting who asks for something else."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event, Thread

import pytest

from metrics.ui import plan


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    plan._remembered.clear()
    yield
    plan._remembered.clear()


def test_what_is_asked_for_twice_is_made_once() -> None:
    made: list[int] = []

    def make() -> str:
        made.append(1)
        return "result"

    assert [plan._kept(("once",), make) for _ in range(3)] == ["result"] * 3
    assert made == [1]


def test_nobody_who_asks_for_something_else_waits_for_a_slow_result() -> None:
    begun, may_end = Event(), Event()
    answers: list[str] = []

    def slowly() -> str:
        begun.set()
        assert may_end.wait(60)
        return "slow"

    waiting = Thread(target=lambda: answers.append(plan._kept(("slow",), slowly, plan._making_slowly)))
    waiting.start()
    assert begun.wait(60)
    quick = plan._kept(("quick",), lambda: "quick")
    told_before = list(answers)
    may_end.set()
    waiting.join(60)
    assert (quick, told_before, answers) == ("quick", [], ["slow"])


def test_a_slow_result_that_two_ask_for_at_once_is_made_once() -> None:
    begun, may_end, made = Event(), Event(), []
    answers: list[str] = []

    def slowly() -> str:
        made.append(1)
        begun.set()
        assert may_end.wait(60)
        return "slow"

    asking = [
        Thread(target=lambda: answers.append(plan._kept(("slow",), slowly, plan._making_slowly))) for _ in range(2)
    ]
    asking[0].start()
    assert begun.wait(60)
    asking[1].start()
    may_end.set()
    for one in asking:
        one.join(60)
    assert (made, answers) == ([1], ["slow", "slow"])
