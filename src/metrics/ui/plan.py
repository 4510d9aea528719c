"""Cached reads: right for every session because the key is the store's change number, not the time.

Nothing here is mutated after it was made; records are frozen, figures are shared.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager, suppress
from functools import wraps
from threading import Lock, RLock
from typing import ParamSpec, TypeVar, cast

from metrics.domain.base import Record
from metrics.domain.context import Source
from metrics.domain.goals import Goal
from metrics.domain.history import Entry, Recorded
from metrics.domain.indicators import Comparison, Indicator, Reading
from metrics.domain.progress.assessment import IndicatorAssessment
from metrics.domain.progress.rollup import GoalTotal, total_goals
from metrics.domain.refusals import Refusal
from metrics.domain.release import Pending
from metrics.domain.targets import Target
from metrics.ui import runtime
from metrics.ui.runtime import store
from metrics.ui.session import dark, language, today, with_examples
from metrics.usecases.assessing import ASSESSED_KINDS, JUDGED_KINDS, Judged, judge_indicators
from metrics.usecases.looking import Moved, moved_since
from metrics.usecases.recording import comparisons_of, readings_of
from metrics.usecases.waiting import pending_readings

P = ParamSpec("P")
R = TypeVar("R")
RecordT = TypeVar("RecordT", bound=Record)

MOST_REMEMBERED = 512
_remembered: OrderedDict[Hashable, object] = OrderedDict()
_touching, _making, _making_slowly = Lock(), RLock(), RLock()
_last_judged: dict[int, Judged] = {}
"""The newest judgement of each store, from which the next one is worked out."""


def start() -> None:
    """Open the store and judge the plan before the first visitor comes; what stands in the way is told on the page."""
    runtime.start()
    with suppress(Refusal):
        indicators_judged()


def remember(*kinds: str, slow: bool = False) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep a function's results until a record of one of these kinds changes (any kind if none is named).

    Results are shared between sessions of the same language, theme and day; arguments must be hashable. `slow`: takes
    seconds, so nobody who asks for anything else waits for it; no remembered function may call one that is slow.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def remembering(*args: P.args, **kwargs: P.kwargs) -> R:
            view = (language(), dark(), today())
            name = (function.__module__, function.__qualname__)
            key = (name, store().serial, store().change_number(*kinds), view, args, tuple(sorted(kwargs.items())))
            return _kept(key, lambda: function(*args, **kwargs), _making_slowly if slow else _making)

        return remembering

    return decorate


def entries(record_type: type[RecordT]) -> dict[str, Recorded[RecordT]]:
    """The current records of a type by id, in order of id, with their versions."""
    kind = record_type.kind
    key = ("entries", store().serial, kind, store().change_number(kind))
    return _kept(key, lambda: {entry.record.id: entry for entry in store().current(kind)})  # type: ignore[misc]


def records(record_type: type[RecordT]) -> dict[str, RecordT]:
    """The current records of a type by id, in order of id."""
    kind = record_type.kind
    key = ("records", store().serial, kind, store().change_number(kind))
    return _kept(key, lambda: {identifier: entry.record for identifier, entry in entries(record_type).items()})


def indicators_judged() -> dict[str, IndicatorAssessment]:
    """Every indicator judged today, by id; after a change only what it touched is judged anew."""
    key = ("judged", store().serial, store().change_number(*JUDGED_KINDS), today())
    return _kept(key, _judge).indicators


def _judge() -> Judged:
    earlier, number = _last_judged.get(store().serial), store().change_number(*JUDGED_KINDS)
    indicators, targets = records(Indicator).values(), records(Target).values()
    found = judge_indicators(store(), indicators, targets, today(), earlier=earlier, as_of=number)
    _last_judged[store().serial] = found
    return found


def goal_totals() -> dict[str, GoalTotal]:
    """Every goal's total by id; illustrative values count only if the session asked for them."""
    examples = with_examples()
    key = ("totals", store().serial, store().change_number(*ASSESSED_KINDS), today(), examples)
    goals = records(Goal).values()
    judged = indicators_judged().values()
    return _kept(key, lambda: total_goals(list(goals), judged, include_illustrative=examples))


def readings(indicator_id: str) -> list[Recorded[Reading]]:
    """All released readings of an indicator, every vintage, oldest period first."""
    key = ("readings", store().serial, store().change_number("reading"), indicator_id)
    return _kept(key, lambda: readings_of(store(), indicator_id))


def pending() -> tuple[Pending, ...]:
    """The values that wait for their release, the longest waiting first."""
    key = ("pending", store().serial, store().change_number("reading"))
    return _kept(key, lambda: tuple(pending_readings(store())))


def comparisons(indicator_id: str) -> list[Recorded[Comparison]]:
    """All comparison values of an indicator, by territory and period."""
    key = ("comparisons", store().serial, store().change_number("comparison"), indicator_id)
    return _kept(key, lambda: comparisons_of(store(), indicator_id))


def moved(since: int, most: int = 50) -> list[Moved]:
    """What was written after a change number, the newest first."""
    key = ("moved", store().serial, store().change_number(), since, most)
    return _kept(key, lambda: moved_since(store(), since, most))


def history(kind: str | None = None, identifier: str | None = None, before: int | None = None) -> list[Entry]:
    """Who changed what, when and why, the newest first, 200 entries at a time."""
    key = ("history", store().serial, store().change_number(), kind, identifier, before)
    return _kept(key, lambda: store().history(kind=kind, identifier=identifier, before=before))


def source_of(record: Record) -> Source | None:
    """Where a record was seen."""
    return records(Source).get(record.source_id) if record.source_id else None


def _kept(key: Hashable, make: Callable[[], R], making: AbstractContextManager[object] = _making) -> R:
    """The remembered result of a key; made once, however many sessions ask for it at the same time."""
    with _touching:
        if key in _remembered:
            _remembered.move_to_end(key)
            return cast(R, _remembered[key])
    with making:
        with _touching:
            if key in _remembered:
                return cast(R, _remembered[key])
        result = make()
        with _touching:
            _remembered[key] = result
            while len(_remembered) > MOST_REMEMBERED:
                _remembered.popitem(last=False)
        return result
