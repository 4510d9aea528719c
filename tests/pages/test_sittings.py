"""Sittings: listed, drafted beside the printed pages, frozen by those who may; what came back from them is kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from streamlit.testing.v1 import AppTest

from metrics.domain.committee import FollowUp, FollowUpState, Sitting
from metrics.store.ledger import Store
from metrics.usecases.planning import add_record
from tests.pages.conftest import App, words
from tests.pages.hostile import OFFICE
from tests.plan import a_follow_up, a_sitting

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
    assert "Die Vorschau erscheint, sobald die Pflichtfelder ausgefüllt sind." in read(page)
    field(page, "title").set_value("Stand der Umsetzung")
    page = field(page, "committee").set_value("Ausschuss für Wirtschaft").run()
    assert not page.exception
    (before,) = page.get("image")
    (after,) = field(page, "summary").set_value("Ganz kurz.").run().get("image")
    assert after.proto != before.proto, "the preview follows what is typed"
    page = press(page, "Speichern")
    (stored,) = store.records(Sitting)
    assert (stored.title, stored.committee, stored.public) == ("Stand der Umsetzung", "Ausschuss für Wirtschaft", True)


def test_freezing_tells_the_checksum_and_does_it_once(app: App, store: Store) -> None:
    kept(store, a_sitting())
    page = press(app("sitzungen", id="SI-1"), "Jetzt einfrieren")
    assert not page.exception
    (snapshot,) = store.snapshots.all("SI-1")
    assert "Eingefroren als SI-1.1." in [one.value.replace("\\", "") for one in page.success]
    assert f"Prüfsumme (SHA-256): {snapshot.sha256}" in read(page)
    assert len(page.get("download_button")) == 1
    press(page, "Jetzt einfrieren")
    assert store.snapshots.all("SI-1") == [snapshot]


def test_for_a_sitting_that_was_the_refusal_names_both_days(app: App, store: Store) -> None:
    kept(store, a_sitting(held_on=date(2026, 9, 3)))
    page = press(app("sitzungen", id="SI-1"), "Jetzt einfrieren")
    (told,) = errors(page)
    assert "03.09.2026" in told
    assert "24.11.2026" in told
    assert store.snapshots.all() == []


def test_what_came_back_is_listed_by_its_day_and_settled_with_a_result(app: App, store: Store) -> None:
    kept(store, a_sitting(), a_follow_up(id="FU-2", title="Später", due=date(2027, 1, 31)))
    kept(store, a_follow_up(id="FU-1", title="Überfällig", due=date(2026, 11, 1)))
    page = app("beschluesse")
    assert [label for label in links(page) if label in ("Überfällig", "Später")] == ["Überfällig", "Später"]
    assert "überfällig" in read(page)
    page = app("beschluesse", id="FU-1")
    page = field(page, "state").set_value(FollowUpState.done.value).run()
    page = field(page, "reason").set_value("Sitzung").run()
    page = press(page, "Speichern")
    assert errors(page) == ["1 Angabe passt noch nicht: Erledigt am"]
    assert next(one for one in store.records(FollowUp) if one.id == "FU-1").state is FollowUpState.open
