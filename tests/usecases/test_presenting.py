"""On the wall: of a public sitting the public variant alone, whoever presents it; the same bytes as in its package."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from metrics.domain.indicators import ReleaseRule
from metrics.domain.refusals import RecordNotFound
from metrics.papers.public import for_public
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.packaging import make_package
from metrics.usecases.planning import add_record
from metrics.usecases.presenting import on_the_wall, presentation
from metrics.usecases.recording import record_reading
from metrics.usecases.sittings import freeze, frozen_paper
from tests.papers.samples import a_head, a_paper
from tests.papers.web_hostile import Elements
from tests.plan import a_follow_up, a_goal, a_measure, a_reading, a_sitting, an_indicator

COUNCILLOR = Person("P-9", Role.committee)
SECRET, NAME, UNCHECKED = "Nur für den Beirat.", "Erika Beispiel", 77.7
Freeze = Callable[[str], str]


@pytest.fixture
def frozen(store: Store, me: Person, now: datetime, today: date) -> Freeze:
    """Freeze a sitting of a plan with a person's name as owner, a value nobody checked, and a confidential order."""
    measure = a_measure(owner=NAME, deputy="Amtsleitung")
    records = [a_goal(owner=NAME), an_indicator(goal_ids=("Z-R",), release_rule=ReleaseRule.four_eyes), measure]
    records += [a_sitting(), a_sitting(id="SI-2", public=False)]
    records += [a_follow_up(owner=NAME), a_follow_up(id="FU-2", text=SECRET, confidential=True)]
    for record in records:
        add_record(store, record, by=me, at=now)
    record_reading(store, a_reading(2024, UNCHECKED), by=me, at=now, today=today)
    return lambda sitting: freeze(store, sitting, by=me, at=now, today=today).id


def text_of(page: bytes) -> str:
    return Elements(page).text


def test_a_public_sitting_is_presented_without_names_drafts_and_what_is_confidential(
    frozen: Freeze, store: Store, me: Person
) -> None:
    snapshot = frozen("SI-1")
    for by in (me, COUNCILLOR):
        shown = presentation(store, snapshot, by=by).decode()
        assert "Der Zielwert wird angepasst." in shown
        assert [hidden for hidden in (SECRET, NAME, "77,7") if hidden in shown] == []
        assert "nichtöffentlich" not in shown


def test_a_sitting_behind_closed_doors_is_presented_whole_and_says_so_on_every_slide(
    frozen: Freeze, store: Store, me: Person
) -> None:
    page = Elements(presentation(store, frozen("SI-2"), by=me))
    assert SECRET in page.text
    assert NAME in page.text
    assert "77,7" not in page.text
    slides = page.names.count("section")
    assert page.text.count(" · nichtöffentlich") == slides + 1, "the head line says it as well"


def test_who_may_not_see_it_gets_nothing(frozen: Freeze, store: Store) -> None:
    with pytest.raises(RecordNotFound):
        presentation(store, frozen("SI-2"), by=COUNCILLOR)
    with pytest.raises(RecordNotFound):
        presentation(store, "SI-1.9", by=COUNCILLOR)


def test_the_file_in_the_package_is_the_presentation(frozen: Freeze, store: Store, me: Person) -> None:
    for sitting in ("SI-1", "SI-2"):
        snapshot = frozen(sitting)
        assert make_package(store, snapshot, by=me).files[f"{snapshot}.html"] == presentation(store, snapshot, by=me)


def test_the_presentation_of_a_snapshot_does_not_follow_the_plan(
    frozen: Freeze, store: Store, me: Person, now: datetime
) -> None:
    snapshot = frozen("SI-1")
    before = presentation(store, snapshot, by=me)
    add_record(store, a_goal(id="Z-N", title="Ein neues Ziel"), by=me, at=now)
    assert presentation(store, snapshot, by=me) == before
    assert "Ein neues Ziel" not in text_of(before)
    assert frozen_paper(store, snapshot, by=me)[1].goals


def test_on_the_wall_is_a_smaller_model_and_not_a_layout() -> None:
    closed, public = a_paper(), a_paper(head=a_head(public=True))
    assert on_the_wall(closed) is closed
    assert on_the_wall(public) == for_public(public)
