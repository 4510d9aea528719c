"""Präsentation: the walk for the committee, one message for each slide, nothing internal."""

from __future__ import annotations

from datetime import datetime

import pytest

from metrics.domain.goals import Goal
from metrics.domain.indicators import Indicator
from metrics.domain.living_labs import LivingLab
from metrics.store.ledger import Store
from metrics.ui import slides
from metrics.ui.text import literal
from metrics.usecases.access import Person
from metrics.usecases.planning import revise_record
from tests.pages.conftest import App

ADDRESS = "praesentation"


def test_the_walk_opens_with_the_plan_and_its_strategic_goals(app: App) -> None:
    page = app(ADDRESS)
    assert not page.exception
    assert page.title[0].value == "Zukunftsplan Wirtschaftsstandort Bottrop"
    shown = " ".join(line.value for line in page.markdown)
    assert "5 strategische Ziele" in shown
    assert "Resilienter Standort" in shown


def test_every_slide_of_the_demo_plan_is_drawn_with_its_number_and_its_stand(app: App) -> None:
    count = len(slides.all_slides())
    assert count > 8
    for number in range(1, count + 1):
        page = app(ADDRESS, folie=str(number))
        captions = [caption.value for caption in page.caption]
        assert not page.exception
        assert len(page.title) == 1
        assert f"Folie {number} von {count}" in captions
        assert any("Stand" in caption for caption in captions)
        assert all(chart.proto.alt for chart in page.get("plotly_chart"))


def test_on_and_back_turn_one_slide_and_stop_at_the_ends(app: App) -> None:
    page = app(ADDRESS)
    assert page.button(key="folie_zurueck").disabled
    page.button(key="folie_weiter").click().run()
    assert page.query_params["folie"] in ("2", ["2"])
    last = app(ADDRESS, folie=str(len(slides.all_slides())))
    assert last.button(key="folie_weiter").disabled


@pytest.mark.parametrize("nonsense", ["0", "-3", "99999", "abc", "1e9", "²", ""])
def test_a_nonsensical_slide_number_shows_a_slide_all_the_same(app: App, nonsense: str) -> None:
    page = app(ADDRESS, folie=nonsense)
    assert not page.exception
    assert len(page.title) == 1


def test_slides_follow_the_plan_and_not_a_list_of_their_own(app: App, store: Store) -> None:
    app(ADDRESS)
    shown = {(slide.kind, slide.id) for slide in slides.all_slides()}
    strategic = {("goal", goal.id) for goal in store.records(Goal) if goal.level == "strategic" and not goal.ended}
    told = {("living_lab", lab.id) for lab in store.records(LivingLab) if lab.lessons or lab.parts}
    assert {slide for slide in shown if slide[0] == "goal"} == strategic
    assert {slide for slide in shown if slide[0] == "living_lab"} == told


def test_an_empty_plan_still_has_an_opening(empty_app: App) -> None:
    page = empty_app(ADDRESS)
    assert not page.exception
    assert page.title[0].value == "Zukunftsplan"


def test_the_address_asks_for_illustrative_values_on_a_page_without_the_switch(app: App) -> None:
    def told(**asked: str) -> str:
        slides_shown = (app(ADDRESS, folie=str(number), **asked) for number in range(1, len(slides.all_slides()) + 1))
        return " ".join(line.value for page in slides_shown for line in [*page.header, *page.markdown])

    assert told(beispiele="true") != told() == told(beispiele="false")


def test_an_empty_plan_says_how_it_begins(empty_app: App) -> None:
    page = empty_app(ADDRESS)
    assert not page.exception
    assert any("Plan bearbeiten" in line.value for line in page.markdown)


def test_a_confidential_indicator_stays_off_the_wall(app: App, store: Store, me: Person, now: datetime) -> None:
    def shown() -> dict[str, str]:
        found = {}
        for number, slide in enumerate(slides.all_slides(), 1):
            if slide.kind == "goal":
                found[slide.id] = " ".join(line.value for line in app(ADDRESS, folie=str(number)).header)
        return found

    app(ADDRESS)
    before = shown()
    led = {entry.record.title: entry for entry in store.all_newest(Indicator.kind)}
    goal, title = next((goal, title) for goal, text in before.items() for title in led if literal(title) in text)
    secret = led[title].record.model_copy(update={"confidential": True})
    revise_record(store, secret, led[title].version, by=me, at=now, reason="Vertraulich")
    assert literal(title) not in shown()[goal]
