"""Measures that touch the same, and which two touch most of it together."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.measures import Measure
from metrics.domain.scheduling.overlap import (
    LARGEST_GROUP,
    MOST_PAIRS,
    Overlaps,
    Pair,
    Shared,
    SharedBy,
    SharedKind,
    overlaps,
    same_time,
)
from tests.plan import a_measure


def touching(identifier: str, **over: Any) -> Measure:
    return a_measure(**{"id": identifier, "goal_ids": (), "milestones": ()} | over)


IHK, GOAL, LAB = (
    Shared(SharedKind.partner, "IHK"),
    Shared(SharedKind.goal, "Z-R"),
    Shared(SharedKind.living_lab, "RL-1"),
)


def test_measures_are_grouped_by_what_they_share_the_most_shared_first() -> None:
    found = overlaps(
        [
            touching("M-1", goal_ids=("Z-R",), partners=("IHK",), living_lab_id="RL-1"),
            touching("M-2", goal_ids=("Z-R", "Z-S"), living_lab_id="RL-1"),
            touching("M-3", partners=("IHK", "Sparkasse"), target_groups=("Gründende",)),
            touching("M-4", partners=("IHK",), target_groups=("Gründende",)),
        ]
    )
    assert found.groups == (
        SharedBy(IHK, ("M-1", "M-3", "M-4")),
        SharedBy(GOAL, ("M-1", "M-2")),
        SharedBy(Shared(SharedKind.target_group, "Gründende"), ("M-3", "M-4")),
        SharedBy(LAB, ("M-1", "M-2")),
    )
    assert [(pair.one, pair.other, len(pair.shared)) for pair in found.pairs] == [
        ("M-1", "M-2", 2),
        ("M-3", "M-4", 2),
        ("M-1", "M-3", 1),
        ("M-1", "M-4", 1),
    ]
    assert found.pairs[0] == Pair("M-1", "M-2", (GOAL, LAB), same_time=True)
    assert found.pairs_left_out == 0


def test_partners_are_the_same_whatever_their_case_and_spaces_and_are_shown_as_first_written() -> None:
    found = overlaps([touching("M-1", partners=("IHK  Köln",)), touching("M-2", partners=("ihk köln", "IHK Köln"))])
    assert found.groups == (SharedBy(Shared(SharedKind.partner, "IHK  Köln"), ("M-1", "M-2")),)


def test_a_partner_and_a_target_group_of_the_same_name_are_two_things() -> None:
    found = overlaps([touching("M-1", partners=("Handel",)), touching("M-2", target_groups=("Handel",))])
    assert found == Overlaps((), (), 0)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("2026-01-01", "2026-06-30"), ("2026-06-30", "2026-12-31"), True),
        (("2026-01-01", "2026-06-30"), ("2026-07-01", "2026-12-31"), False),
        (("2026", "2027"), ("2027", "2028"), None),
        (("2027", "2027"), ("2026", "2028"), True),
        (("2026-01", "2026-06"), ("2026-06", "2026-09"), None),
        ((None, "2026"), ("2027", None), False),
        (("2026", None), ("2026", None), None),
        ((None, None), ("2026", "2027"), None),
    ],
)
def test_dates_tell_whether_two_measures_run_at_the_same_time_or_do_not_tell(
    one: tuple[str | None, str | None], other: tuple[str | None, str | None], expected: bool | None
) -> None:
    first, second = (touching(name, starts=span[0], ends=span[1]) for name, span in (("M-1", one), ("M-2", other)))
    assert same_time(first, second) is expected
    assert same_time(second, first) is expected


def test_what_too_many_share_makes_no_pairs_but_counts_in_pairs_that_share_something_else() -> None:
    many = [touching(f"M-{number:03}", goal_ids=("Z-R",)) for number in range(LARGEST_GROUP + 1)]
    assert len(overlaps(many).pairs) == 0
    assert len(overlaps(many[1:]).pairs) == MOST_PAIRS
    found = overlaps([*many[:-2], *(one.model_copy(update={"partners": ("IHK",)}) for one in many[-2:])])
    assert len(found.groups[0].measure_ids) == LARGEST_GROUP + 1
    assert [pair.shared for pair in found.pairs] == [(GOAL, IHK)]
    assert found.pairs_left_out == (LARGEST_GROUP + 1) * LARGEST_GROUP // 2 - 1


def test_no_more_pairs_are_listed_than_wanted_and_the_rest_is_counted() -> None:
    ten = [touching(f"M-{number}", goal_ids=("Z-R",), partners=("IHK",) * (number < 3)) for number in range(10)]
    found = overlaps(ten, most_pairs=4)
    assert [len(pair.shared) for pair in found.pairs] == [2, 2, 2, 1]
    assert found.pairs_left_out == 45 - 4


def test_a_thousand_measures_with_the_same_goal_make_no_half_million_pairs() -> None:
    thousand = [
        touching(f"M-{number:04}", goal_ids=("Z-R", f"Z-{number % 25}"), partners=(f"Betrieb {number // 2}",))
        for number in range(1000)
    ]
    found = overlaps(thousand)
    assert len(found.pairs) == 500
    assert {len(pair.shared) for pair in found.pairs} == {2}
    assert found.pairs_left_out == 499_500 - 500


MEASURES = st.lists(
    st.builds(
        lambda goals, partners, groups, lab: touching(
            "M", goal_ids=goals, partners=partners, target_groups=groups
        ).model_copy(update={"living_lab_id": lab}),
        st.lists(st.sampled_from(["Z-1", "Z-2"]), unique=True).map(tuple),
        st.lists(st.sampled_from(["IHK", "ihk", "HWK"])).map(tuple),
        st.lists(st.sampled_from(["IHK", "Handel"])).map(tuple),
        st.sampled_from([None, "RL-1"]),
    ),
    max_size=6,
).map(lambda found: [one.model_copy(update={"id": f"M-{place}"}) for place, one in enumerate(found)])


def things(measure: Measure) -> set[tuple[str, str]]:
    return {
        *(("goal", goal) for goal in measure.goal_ids),
        *(("partner", partner.lower()) for partner in measure.partners),
        *(("target_group", group.lower()) for group in measure.target_groups),
        *([("living_lab", measure.living_lab_id)] if measure.living_lab_id else []),
    }


@given(MEASURES)
def test_pairs_are_those_that_a_comparison_of_all_with_all_finds(measures: list[Measure]) -> None:
    expected = {
        (one.id, other.id): len(things(one) & things(other))
        for one, other in combinations(measures, 2)
        if things(one) & things(other)
    }
    found = overlaps(measures)
    assert {(pair.one, pair.other): len(pair.shared) for pair in found.pairs} == expected
    assert [len(pair.shared) for pair in found.pairs] == sorted(expected.values(), reverse=True)
    assert found.pairs_left_out == 0


@given(MEASURES)
def test_every_group_has_exactly_the_measures_that_touch_it(measures: list[Measure]) -> None:
    for group in overlaps(measures).groups:
        key = (group.shared.kind.value, group.shared.name)
        folded = key if group.shared.kind in (SharedKind.goal, SharedKind.living_lab) else (key[0], key[1].lower())
        assert list(group.measure_ids) == [one.id for one in measures if folded in things(one)]
        assert len(group.measure_ids) > 1
