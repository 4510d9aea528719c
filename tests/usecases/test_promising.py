"""Slippage from the ledger: what was promised first, whatever was said since."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from metrics.domain.base import Evidence
from metrics.domain.measures import Measure, MeasureState, Milestone
from metrics.domain.scheduling.slippage import Slip, Slippage
from metrics.domain.scheduling.why_not import WhyNot
from metrics.store.ledger import Store
from metrics.usecases.planning import add_record, revise_record, withdraw_record
from metrics.usecases.promising import NO_PROMISE, first_promises, slipped
from tests.conftest import NOW
from tests.plan import a_measure
from tests.usecases.test_rounds import ME

TODAY = date(2027, 1, 4)


@pytest.fixture
def told(store: Store) -> Any:
    """Write the versions of a measure one after the other, and give the newest back."""

    def tell(*versions: dict[str, Any], identifier: str = "M-1") -> Measure:
        plain = {"goal_ids": (), "living_lab_id": None, "milestones": (), "starts": None, "ends": None}
        records = [a_measure(id=identifier, **{**plain, **version}) for version in versions]
        add_record(store, records[0], by=ME, at=NOW)
        for number, record in enumerate(records[1:], 1):
            revise_record(store, record, number, by=ME, at=NOW, reason="verschoben")
        return records[-1]

    return tell


def test_the_first_end_is_the_promise_however_often_it_moved_since(store: Store, told: Any) -> None:
    measure = told({}, {"ends": "2027-03-31"}, {"ends": "2027-06-30"}, {"ends": "2027-09-30"})
    promise = first_promises(store)["M-1"]
    assert promise.ends == "2027-03-31"
    assert slipped(measure, promise, TODAY).end == Slippage(Slip(183, 183), Slip(183, 183), done=False, overdue=False)


def test_a_milestone_is_known_by_its_title(store: Store, told: Any) -> None:
    early, late = (Milestone(title="Vertrag", due=due) for due in ("2027-02-01", "2027-03-01"))
    new = Milestone(title="Abnahme", due="2027-05-01")
    measure = told({"milestones": (early,)}, {"milestones": (late, new)})
    promise = first_promises(store)["M-1"]
    assert promise.due == {"Vertrag": "2027-02-01", "Abnahme": "2027-05-01"}
    found = slipped(measure, promise, TODAY).milestones
    assert found["Vertrag"] == Slippage(Slip(28, 28), Slip(28, 28), done=False, overdue=False)
    assert found["Abnahme"] == Slippage(Slip(0, 0), Slip(0, 0), done=False, overdue=False)


def test_milestones_of_one_title_cannot_be_told_apart_and_are_not_judged(store: Store, told: Any) -> None:
    twice = tuple(Milestone(title="Beirat", due=due) for due in ("2027-02-01", "2027-09-01"))
    measure = told({"milestones": twice})
    assert slipped(measure, first_promises(store)["M-1"], TODAY).milestones == {}


def test_what_never_had_a_date_was_never_promised(store: Store, told: Any) -> None:
    measure = told({})
    assert first_promises(store)["M-1"] == NO_PROMISE
    assert slipped(measure, NO_PROMISE, TODAY).end is WhyNot.never_promised


def test_an_ended_measure_is_not_judged_for_nobody_noted_when_it_ended(store: Store, told: Any) -> None:
    measure = told({"ends": "2026-01-31", "state": MeasureState.implemented})
    assert slipped(measure, first_promises(store)["M-1"], TODAY).end is WhyNot.no_date


def test_an_invented_date_is_no_promise_of_a_real_measure(store: Store, told: Any) -> None:
    told({"ends": "2026-12", "evidence": Evidence.illustrative}, {"ends": "2027-05", "evidence": Evidence.own})
    assert first_promises(store)["M-1"].ends == "2027-05"


def test_all_measures_are_read_at_once_and_none_is_mixed_up_with_another(store: Store, told: Any) -> None:
    told({"ends": "2027-03"}, {"ends": "2027-04"}, identifier="M-1")
    told({"ends": "2028-03"}, identifier="M-2")
    assert {key: promise.ends for key, promise in first_promises(store).items()} == {"M-1": "2027-03", "M-2": "2028-03"}


def test_a_withdrawn_version_promises_nothing_new(store: Store, told: Any) -> None:
    told({"ends": "2027-03"})
    withdraw_record(store, "measure", "M-1", 1, by=ME, at=NOW, reason="Irrtum")
    assert first_promises(store)["M-1"].ends == "2027-03"


def test_without_a_measure_nothing_was_promised(store: Store) -> None:
    assert first_promises(store) == {}
