"""Schnittstellen: measures that touch the same goal, partner, target group or living lab, and whether at the same time.

Where measures meet they may help each other or stand in each other's way; who reads it decides which. Partners and
target groups are free text and are the same if they differ in case and spaces alone. Who calls chooses which measures
count: invented ones are not to be mixed with real ones, and ended ones seldom matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from metrics.domain.base import partial_date_bounds
from metrics.domain.measures import Measure

LARGEST_GROUP = 50
"""What more measures share than this says nothing about any two of them, and makes no pair by itself."""
MOST_PAIRS = 500
"""More pairs than this nobody reads."""


class SharedKind(StrEnum):
    """What measures may have in common."""

    goal = "goal"
    partner = "partner"
    target_group = "target_group"
    living_lab = "living_lab"


@dataclass(frozen=True, slots=True)
class Shared:
    """A goal or living lab by its id, a partner or target group as it was written first."""

    kind: SharedKind
    name: str


@dataclass(frozen=True, slots=True)
class SharedBy:
    """The measures that touch the same, at least two, in the order given."""

    shared: Shared
    measure_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two measures and all that both touch; `same_time` is None if their dates do not tell."""

    one: str
    other: str
    shared: tuple[Shared, ...]
    same_time: bool | None


@dataclass(frozen=True, slots=True)
class Overlaps:
    """`groups` with most measures first; `pairs` with most in common first, `pairs_left_out` more exist."""

    groups: tuple[SharedBy, ...]
    pairs: tuple[Pair, ...]
    pairs_left_out: int


def overlaps(measures: Iterable[Measure], most_pairs: int = MOST_PAIRS) -> Overlaps:
    """What several measures share, and which two share most.

    A pair is listed if it shares something that at most `LARGEST_GROUP` measures touch, and then with all it shares.
    """
    by_id = {measure.id: measure for measure in measures}
    groups = _groups(by_id.values())
    members_of = {group.shared: group.measure_ids for group in groups}
    touched: dict[str, dict[Shared, None]] = defaultdict(dict)
    for shared, members in members_of.items():
        for member in members:
            touched[member][shared] = None
    together = {
        pair
        for members in members_of.values()
        if len(members) <= LARGEST_GROUP
        for pair in combinations(members, 2)  # both always in the order given, so a pair comes one way round
    }
    count = {(one, other): len(touched[one].keys() & touched[other].keys()) for one, other in together}
    best = sorted(together, key=lambda pair: (-count[pair], pair))[:most_pairs]
    pairs = tuple(
        Pair(
            one,
            other,
            tuple(shared for shared in touched[one] if shared in touched[other]),
            same_time(by_id[one], by_id[other]),
        )
        for one, other in best
    )
    return Overlaps(groups, pairs, _number_of_pairs(members_of) - len(pairs))


def same_time(one: Measure, other: Measure) -> bool | None:
    """Whether two measures run at the same time on at least one day; None if their dates do not tell."""
    if _surely_over(one, other) or _surely_over(other, one):
        return False
    starts, ends = _latest_start(one), _earliest_end(one)
    starts_other, ends_other = _latest_start(other), _earliest_end(other)
    if starts is None or ends is None or starts_other is None or ends_other is None:
        return None
    return True if starts <= ends_other and starts_other <= ends else None


def _groups(measures: Iterable[Measure]) -> tuple[SharedBy, ...]:
    written: dict[tuple[SharedKind, str], str] = {}
    members: dict[tuple[SharedKind, str], dict[str, None]] = defaultdict(dict)
    for measure in measures:
        for kind, name in _touched(measure):
            key = (kind, name if kind in (SharedKind.goal, SharedKind.living_lab) else _folded(name))
            written.setdefault(key, name)
            members[key][measure.id] = None
    order = {kind: place for place, kind in enumerate(SharedKind)}
    found = [
        SharedBy(Shared(key[0], written[key]), tuple(measure_ids))
        for key, measure_ids in members.items()
        if len(measure_ids) > 1
    ]
    return tuple(
        sorted(found, key=lambda group: (-len(group.measure_ids), order[group.shared.kind], group.shared.name))
    )


def _touched(measure: Measure) -> Iterator[tuple[SharedKind, str]]:
    yield from ((SharedKind.goal, goal_id) for goal_id in measure.goal_ids)
    yield from ((SharedKind.partner, partner) for partner in measure.partners)
    yield from ((SharedKind.target_group, group) for group in measure.target_groups)
    if measure.living_lab_id:
        yield SharedKind.living_lab, measure.living_lab_id


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _number_of_pairs(members_of: Mapping[Shared, Sequence[str]]) -> int:
    """How many pairs share anything: for each measure one bit for each other one, so that none is counted twice."""
    bits = {
        member: 1 << place for place, member in enumerate({m: None for group in members_of.values() for m in group})
    }
    meets: dict[str, int] = defaultdict(int)
    for members in members_of.values():
        all_of_them = sum(bits[member] for member in members)
        for member in members:
            meets[member] |= all_of_them
    return sum(mask.bit_count() - 1 for mask in meets.values()) // 2


def _surely_over(one: Measure, other: Measure) -> bool:
    """Whether one ends before the other starts, whichever days their dates mean."""
    return bool(one.ends and other.starts and partial_date_bounds(one.ends)[1] < partial_date_bounds(other.starts)[0])


def _latest_start(measure: Measure) -> date | None:
    return partial_date_bounds(measure.starts)[1] if measure.starts else None


def _earliest_end(measure: Measure) -> date | None:
    return partial_date_bounds(measure.ends)[0] if measure.ends else None
