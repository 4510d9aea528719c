"""Präsentation: the walk for the committee, one message for each slide, nothing internal."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from metrics.domain.goals import Goal
from metrics.domain.indicators import Indicator
from metrics.domain.living_labs import LivingLab
from metrics.store.ledger import Store
from metrics.ui import gate, slides
from metrics.ui.text import literal
from metrics.usecases.access import Person, Role
from metrics.usecases.planning import add_record, revise_record
from metrics.usecases.presenting import presentation
from metrics.usecases.sittings import freeze
from tests.pages.conftest import App, words
from tests.pages.hostile import OFFICE
from tests.plan import a_follow_up, a_sitting

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


# --- what was frozen ---

AT = datetime(2026, 11, 24, 9, 0)
SECRET = "Nur für den Beirat."


@pytest.fixture
def frozen(store: Store) -> Store:
    """A public sitting, one behind closed doors, and what is confidential in both."""
    records = [a_sitting(), a_sitting(id="SI-2", title="Grundstücke", public=False, held_on=date(2027, 1, 14))]
    for record in (*records, a_follow_up(), a_follow_up(id="FU-2", text=SECRET, confidential=True)):
        add_record(store, record, by=OFFICE, at=AT)
    for sitting in records:
        freeze(store, sitting.id, by=OFFICE, at=AT, today=AT.date())
    return store


def as_committee(monkeypatch: pytest.MonkeyPatch) -> Person:
    """From now on a member of a committee looks."""
    member = Person("P-9", Role.committee)
    monkeypatch.setattr(gate, "person", lambda: member)
    return member


def shown(page: AppTest) -> str:
    """The presentation within the page."""
    (frame,) = page.get("iframe")
    return str(frame.proto.srcdoc)


def offered(page: AppTest) -> list[str]:
    return [link.proto.label.replace("\\", "") for link in page.get("page_link") if link.proto.page.endswith(ADDRESS)]


def test_the_address_of_a_snapshot_presents_it_and_nothing_else(app: App, frozen: Store) -> None:
    page = app(ADDRESS, id="SI-1.1")
    assert not page.exception
    assert shown(page) == presentation(frozen, "SI-1.1", by=OFFICE).decode()
    assert SECRET not in shown(page)
    assert [button.label for button in page.button] == ["Beenden"]
    (frame,) = page.get("iframe")
    assert frame.proto.alt == "Zukunftsplan: Stand der Umsetzung – Ausschuss für Wirtschaft, 10.12.2026"
    assert SECRET in shown(app(ADDRESS, id="SI-2.1"))


def test_a_committee_is_offered_and_shown_public_sittings_only(
    app: App, frozen: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    public, closed = "Zukunftsplan: Stand der Umsetzung", "Grundstücke"
    assert [label.split(" – ")[0] for label in offered(app(ADDRESS))] == [closed, public]
    member = as_committee(monkeypatch)
    assert [label.split(" – ")[0] for label in offered(app(ADDRESS))] == [public]
    assert shown(app(ADDRESS, id="SI-1.1")) == presentation(frozen, "SI-1.1", by=member).decode()
    refused = app(ADDRESS, id="SI-2.1")
    assert not refused.exception
    assert not refused.get("iframe")
    assert "Diesen Stand gibt es nicht" in words(refused).replace("\\", "")
    assert closed not in words(refused)


@pytest.mark.parametrize("unknown", ["SI-1.2", "SI-1", "../x", "<b>"])
def test_an_unknown_snapshot_is_told(app: App, frozen: Store, unknown: str) -> None:
    page = app(ADDRESS, id=unknown)
    assert not page.exception
    assert not page.get("iframe")
    assert f"oder er ist nicht für Sie bestimmt: {unknown}" in words(page).replace("\\", "")
    assert offered(page) == ["Zur Präsentation"]


def test_a_damaged_snapshot_is_told(app: App, frozen: Store) -> None:
    with frozen.beside_the_ledger() as cursor:
        cursor.execute("UPDATE z.snapshot SET content = replace(content, 'Standort', 'Ort') WHERE id = 'SI-1.1'")
    page = app(ADDRESS, id="SI-1.1")
    assert not page.exception
    assert not page.get("iframe")
    assert "SI-1.1" in words(page).replace("\\", "")


def test_without_anything_frozen_nothing_is_offered(app: App) -> None:
    assert offered(app(ADDRESS)) == []


def test_a_frozen_state_links_to_its_presentation(app: App, frozen: Store) -> None:
    assert "Vorführen" in offered(app("sitzungen", id="SI-1"))
