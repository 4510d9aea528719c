"""Sittings: listed, drafted beside the printed pages, frozen by those who may; what came back from them is kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from metrics.domain.committee import FollowUp, FollowUpState, GoalText, Sitting
from metrics.domain.plan import Plan
from metrics.papers.model import Paper
from metrics.papers.modes import Mode
from metrics.store.ledger import Store
from metrics.ui import runtime
from metrics.ui.text import one_line
from metrics.usecases import packaging
from metrics.usecases.packaging import blocks_to_copy
from metrics.usecases.planning import add_record, revise_record
from metrics.usecases.sittings import freeze
from tests.drafts import drafted
from tests.pages.conftest import App, words
from tests.pages.hostile import OFFICE
from tests.plan import a_follow_up, a_measure, a_money_line, a_sitting

AT = datetime(2026, 11, 24, 9, 0)


def read(page: AppTest) -> str:
    return words(page).replace("\\", "")


def links(page: AppTest) -> list[str]:
    return [one.proto.label for one in page.get("page_link")]


def errors(page: AppTest) -> list[str]:
    return [one.value.replace("\\", "") for one in page.error]


def field(page: AppTest, path: str) -> Any:
    kinds = ("text_input", "text_area", "selectbox")
    (found,) = [one for kind in kinds for one in getattr(page, kind) if one.key and one.key.split(".", 2)[-1] == path]
    return found


def press(page: AppTest, label: str) -> AppTest:
    (button,) = [one for one in page.button if one.label == label]
    return button.click().run()


def downloads(page: AppTest) -> list[str]:
    return [one.proto.label for one in page.get("download_button")]


def opened(page: AppTest, key: str) -> AppTest:
    """The page after a fold was opened."""
    page.session_state[key] = True
    return page.run()


def kept(store: Store, *records: Any) -> None:
    for record in records:
        add_record(store, record, by=OFFICE, at=AT)


def test_coming_sittings_stand_in_their_order_and_past_ones_are_folded(app: App, store: Store) -> None:
    kept(
        store,
        a_sitting(id="SI-2", title="Im März", held_on=date(2027, 3, 4), public=False),
        a_sitting(id="SI-1", title="Im Dezember"),
        a_sitting(id="SI-0", title="Im September", held_on=date(2026, 9, 3)),
    )
    page = app("sitzungen")
    assert not page.exception
    own = [label for label in links(page) if label.startswith("Im ")]
    assert own == ["Im Dezember", "Im März", "Im September"]
    assert "Ausschuss für Wirtschaft · 10.12.2026 · Beschlussvorlage" in read(page)


def test_a_sitting_is_written_and_its_paper_stands_beside_it(app: App, store: Store) -> None:
    page = app("sitzungen", id="neu")
    assert "Die Vorschau erscheint, sobald diese Angaben passen: Titel" in read(page)
    field(page, "title").set_value("Stand der Umsetzung")
    page = field(page, "committee").set_value("Ausschuss für Wirtschaft").run()
    assert not page.exception
    (before,) = page.get("image")
    (after,) = field(page, "summary").set_value("Ganz kurz.").run().get("image")
    assert after.proto != before.proto, "the preview follows what is typed"
    page = press(page, "Speichern")
    assert not page.exception
    (stored,) = store.records(Sitting)
    assert "Eingefrorene Stände" in [each.value for each in page.header], "the sitting is open, where it is frozen"
    assert "Gespeichert" in read(page)
    assert (stored.title, stored.committee, stored.public) == ("Stand der Umsetzung", "Ausschuss für Wirtschaft", True)


def test_freezing_tells_the_checksum_and_does_it_once(app: App, store: Store) -> None:
    kept(store, a_sitting())
    page = press(app("sitzungen", id="SI-1"), "Jetzt einfrieren")
    assert not page.exception
    (snapshot,) = store.snapshots.all("SI-1")
    assert "Eingefroren als SI-1.1." in [one.value.replace("\\", "") for one in page.success]
    assert f"Prüfsumme (SHA-256): {snapshot.sha256}" in read(page)
    assert downloads(page) == ["Paket herunterladen", "Öffentliche Webseiten herunterladen"]
    press(page, "Jetzt einfrieren")
    assert store.snapshots.all("SI-1") == [snapshot]


def frozen(store: Store, *sittings: Any) -> None:
    kept(store, *sittings)
    for one in sittings:
        freeze(store, one.id, by=OFFICE, at=AT, today=AT.date())


def test_each_register_stands_with_its_text_to_be_copied(app: App, store: Store) -> None:
    frozen(store, a_sitting(facts="Der Arbeitsmarkt trägt."))
    page = app("sitzungen", id="SI-1")
    assert list(page.code) == [], "made only when somebody looks"
    page = opened(page, "bausteine.SI-1.1")
    assert not page.exception
    blocks = blocks_to_copy(store, "SI-1.1", by=OFFICE)
    assert [one.value for one in page.code] == list(blocks.values())
    assert {one.language for one in page.code} == {"plaintext"}
    said = read(page)
    assert [register for register in blocks if f"**{register}**" not in said] == []
    page = page.selectbox(key="umfang.SI-1.1").set_value(Mode.report).run()
    assert [one.value for one in page.code] == list(
        blocks_to_copy(store, "SI-1.1", by=OFFICE, mode=Mode.report).values()
    )


def test_a_sitting_behind_closed_doors_has_no_public_pages(app: App, store: Store) -> None:
    frozen(store, a_sitting(public=False))
    page = app("sitzungen", id="SI-1")
    assert downloads(page) == ["Paket herunterladen"]
    assert [one.label for one in page.selectbox if one.label == "Lizenz der Daten"] == []


def test_a_snapshot_without_goals_offers_no_goal(empty_app: App) -> None:
    store = runtime.store()
    frozen(store, a_sitting())
    page = empty_app("sitzungen", id="SI-1")
    page = page.selectbox(key="umfang.SI-1.1").set_value(Mode.one_goal).run()
    assert not page.exception
    assert "Dieser Stand hat kein Ziel." in read(page)
    assert downloads(page) == []


def test_a_long_paper_is_looked_at_in_parts(app: App, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(store, a_sitting())
    short = app("sitzungen", id="SI-1")
    assert "Teil der Vorschau" not in [one.label for one in short.selectbox]
    monkeypatch.setattr(packaging, "MOST_LINES_AT_ONCE", 1)
    st.cache_data.clear()
    page = app("sitzungen", id="SI-1")
    (part,) = [one for one in page.selectbox if one.label == "Teil der Vorschau"]
    paper = drafted(store, a_sitting(), by=OFFICE, at=AT, today=AT.date())
    assert part.options == ["Alles außer den Zielen", *(one_line(goal.title, 110) for goal in paper.goals)]
    (first,) = page.get("image")
    page = part.set_value(1).run()
    assert not page.exception
    (second,) = page.get("image")
    assert first.proto != second.proto
    st.cache_data.clear()


def test_for_a_sitting_that_was_the_refusal_names_both_days(app: App, store: Store) -> None:
    kept(store, a_sitting(held_on=date(2026, 9, 3)))
    page = press(app("sitzungen", id="SI-1"), "Jetzt einfrieren")
    (told,) = errors(page)
    assert "03.09.2026" in told
    assert "24.11.2026" in told
    assert store.snapshots.all() == []


def test_a_day_that_is_over_is_said_while_one_types(app: App, store: Store) -> None:
    kept(store, a_sitting())
    page = app("sitzungen", id="SI-1")
    said = "Der Sitzungstag liegt vor heute: Eingefroren wird dafür nichts mehr."
    assert said not in read(page)
    assert said in read(field(page, "held_on").set_value("23.11.2026").run())


def test_what_is_far_from_its_plan_is_asked_for_until_its_goal_is_assessed(app: App, store: Store) -> None:
    (plan,) = store.records(Plan)
    revise_record(store, plan.model_copy(update={"comment_amount": 0.0}), 1, by=OFFICE, at=AT, reason="vereinbart")
    measure = a_measure(id="M-TEUER", title="Teurer Umbau", goal_ids=("Z-R",))
    money = a_money_line(measure_id="M-TEUER", pot_id=None, year=2026, planned=10_000, spent=10_001, committed=None)
    goal_text = GoalText(goal_id="Z-R", assessment="Das Holz ist teurer geworden.")
    kept(store, measure, money, a_sitting(), a_sitting(id="SI-2", goal_texts=(goal_text,)))
    assert "noch nicht erläutert: Teurer Umbau" in read(app("sitzungen", id="SI-1"))
    assert "noch nicht erläutert" not in read(app("sitzungen", id="SI-2"))


def test_the_preview_of_a_public_sitting_is_its_public_variant(
    app: App, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_record(store, a_measure(id="M-X", title="Nordstern AG", goal_ids=("Z-R",), confidential=True), by=OFFICE, at=AT)
    kept(store, a_sitting(), a_sitting(id="SI-2", public=False))
    drawn, pages_of = [], packaging.pages_of

    def remembered(paper: Paper, part: int | None = None) -> list[bytes]:
        drawn.append(paper.model_dump_json())
        return pages_of(paper, part)

    monkeypatch.setattr(packaging, "pages_of", remembered)
    for identifier in ("SI-1", "SI-2"):
        assert not app("sitzungen", id=identifier).exception
    assert ["Nordstern" in paper for paper in drawn] == [False, True]


def test_what_became_of_a_point_stands_in_the_list(app: App, store: Store) -> None:
    kept(store, a_sitting(), a_follow_up(result="Vertagt."))
    assert "Vertagt." in read(app("beschluesse"))


def test_what_came_back_is_listed_by_its_day_and_settled_with_a_result(app: App, store: Store) -> None:
    kept(store, a_sitting(), a_follow_up(id="FU-2", title="Später", due=date(2027, 1, 31)))
    kept(store, a_follow_up(id="FU-1", title="Überfällig", due=date(2026, 11, 1)))
    page = app("beschluesse")
    assert [label for label in links(page) if label in ("Überfällig", "Später")] == ["Überfällig", "Später"]
    assert "überfällig" in read(page)
    assert "niemand zuständig" in read(page)
    page = app("beschluesse", id="FU-1")
    page = field(page, "state").set_value(FollowUpState.done.value).run()
    page = field(page, "reason").set_value("Sitzung").run()
    page = press(page, "Speichern")
    assert errors(page) == ["1 Angabe passt noch nicht: Erledigt am"]
    assert next(one for one in store.records(FollowUp) if one.id == "FU-1").state is FollowUpState.open
