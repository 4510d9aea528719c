"""The way back from the committee: what a sitting came to is kept by its points, a decided target is changed by it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from metrics.domain.committee import ConsultationStep, FollowUp, FollowUpKind, FollowUpState, ProposedDecision, Sitting
from metrics.domain.demands import ValueByDate
from metrics.domain.targets import Target
from metrics.store.ledger import Store
from metrics.usecases.council import ORIGINS
from metrics.usecases.planning import add_record, revise_record, withdraw_record
from tests.council import council_system, with_body, with_paper
from tests.pages.conftest import App, words
from tests.pages.hostile import HOSTILE, OFFICE, unescaped
from tests.pages.test_sittings import AT, errors, field, kept, links, press, read
from tests.plan import a_follow_up, a_sitting, a_target, an_indicator

HELD = date(2026, 11, 19)
SAID = ["wie vorgeschlagen beschlossen", "geändert beschlossen", "abgelehnt", "vertagt"]
POINTS = (
    ProposedDecision(text="Der Zielwert wird auf 7,5 % angehoben.", indicator_id="I-NEU"),
    ProposedDecision(text="Die Mittel werden verlängert."),
)
WAY = "neu:adopted:SI-1:1"


def held(store: Store, **over: Any) -> None:
    """A sitting of last week with two points, about an indicator with a target."""
    kept(store, an_indicator(id="I-NEU", title="Quote", goal_ids=("Z-R",)))
    kept(store, a_target(ValueByDate(value=7.0, due="2028"), id="T-NEU", indicator_id="I-NEU"))
    kept(store, a_sitting(held_on=HELD, decisions=POINTS, **over))


def one(store: Store, identifier: str) -> FollowUp:
    return next(each for each in store.records(FollowUp) if each.id == identifier)


def target(store: Store) -> Target:
    return next(each for each in store.records(Target) if each.id == "T-NEU")


# --- what the sitting came to ---


def test_each_point_offers_how_it_came_out_from_the_day_of_the_sitting_on(app: App, store: Store) -> None:
    held(store)
    page = app("sitzungen", id="SI-1")
    assert not page.exception
    assert "Was die Sitzung ergab" in read(page)
    assert [label for label in links(page) if label in SAID] == SAID * 2
    assert {"Prüfauftrag eintragen", "Frage eintragen"} <= set(links(page))
    kept(store, a_sitting(id="SI-2", decisions=POINTS))
    page = app("sitzungen", id="SI-2")
    assert "Ab dem Sitzungstag, 10.12.2026, halten Sie es hier fest." in read(page)
    assert not set(links(page)) & {*SAID, "Frage eintragen"}


@pytest.mark.parametrize(
    ("said", "kind", "state", "result"),
    [
        ("adopted", FollowUpKind.decision, FollowUpState.open, None),
        ("amended", FollowUpKind.changed_decision, FollowUpState.open, None),
        ("rejected", FollowUpKind.decision, FollowUpState.dropped, "Abgelehnt."),
        ("postponed", FollowUpKind.decision, FollowUpState.open, "Vertagt."),
    ],
)
def test_one_click_fills_the_form_and_nothing_is_kept_before_it_is_saved(
    app: App, store: Store, said: str, kind: FollowUpKind, state: FollowUpState, result: str | None
) -> None:
    held(store)
    page = app("beschluesse", id=f"neu:{said}:SI-1:1")
    assert not page.exception
    assert field(page, "text").value == POINTS[0].text
    assert store.records(FollowUp) == []
    page = field(page, "owner").set_value("Statistikstelle").run()
    page = press(page, "Speichern")
    assert not page.exception
    (stored,) = store.records(FollowUp)
    assert (stored.sitting_id, stored.point, stored.title) == ("SI-1", 1, POINTS[0].text)
    assert (stored.follow_up_kind, stored.state, stored.result, stored.owner) == (
        kind,
        state,
        result,
        "Statistikstelle",
    )
    assert stored.done_on == (HELD if state is FollowUpState.dropped else None)
    assert stored.goal_ids == ("Z-R",)
    assert "Gespeichert: Der Zielwert wird auf 7,5 % angehoben." in [
        each.value.replace("\\", "") for each in page.success
    ]


def test_what_is_kept_of_a_point_stands_there_and_is_not_offered_again(app: App, store: Store) -> None:
    held(store)
    kept(store, a_follow_up(id="FU-9", title="Angehoben", point=1, state=FollowUpState.in_progress, result="Läuft."))
    page = app("sitzungen", id="SI-1")
    assert [label for label in links(page) if label in SAID] == SAID
    assert "Angehoben" in links(page)
    assert "in Arbeit]" in read(page)
    assert "Läuft." in read(page).split("\n")
    page = app("beschluesse", id=WAY)
    assert "Angehoben" in links(page)
    assert not page.text_area, "no second form for the same point"


def test_a_form_that_somebody_was_filling_stays_when_a_colleague_kept_the_point(app: App, store: Store) -> None:
    held(store)
    page = app("beschluesse", id=WAY)
    page = field(page, "owner").set_value("Statistikstelle").run()
    kept(store, a_follow_up(point=1))
    assert field(page.run(), "owner").value == "Statistikstelle"


@pytest.mark.parametrize("kind", [FollowUpKind.review_order, FollowUpKind.question])
def test_orders_and_questions_begin_with_their_sitting(app: App, store: Store, kind: FollowUpKind) -> None:
    held(store)
    page = app("beschluesse", id=f"neu:{kind.value}:SI-1")
    assert field(page, "title").value == ""
    field(page, "title").set_value("Wie geht es weiter?")
    page = field(page, "text").set_value("Bis zum Sommer prüfen.").run()
    page = press(page, "Speichern")
    (stored,) = store.records(FollowUp)
    assert (stored.follow_up_kind, stored.sitting_id, stored.point) == (kind, "SI-1", None)
    assert field(page, "title").value == "", "the next one may be typed"
    assert "Wie geht es weiter?" in links(app("sitzungen", id="SI-1"))


@pytest.mark.parametrize(
    "asked", ["neu:adopted:SI-1:3", "neu:adopted:SI-1:0", "neu:x:SI-1:1", "neu:adopted:SI-NIE:1", "neu:", "neu:a:b:c:d"]
)
def test_an_address_that_nobody_made_opens_an_empty_form(app: App, store: Store, asked: str) -> None:
    held(store)
    page = app("beschluesse", id=asked)
    assert not page.exception
    assert (field(page, "title").value, field(page, "text").value) == ("", "")


def test_what_was_typed_into_the_paper_is_shown_as_it_is(app: App, store: Store) -> None:
    kept(store, a_sitting(title=HOSTILE, held_on=HELD, decisions=(ProposedDecision(text=HOSTILE),)))
    kept(store, a_follow_up(title=HOSTILE, text=HOSTILE, result=HOSTILE, point=1))
    for page in (app("sitzungen", id="SI-1"), app("beschluesse", id=WAY), app("beschluesse", id="FU-1")):
        assert not page.exception
        assert unescaped(page) == []


# --- a target that is changed ---


def the_change(page: AppTest) -> list[Any]:
    """The fields of the target's form, which stands below the item's own."""
    return [each for each in page.text_input if str(each.key).startswith("zielwert:")]


def new_value(page: AppTest, value: str) -> AppTest:
    (found,) = [each for each in the_change(page) if str(each.key).endswith(".demand.value")]
    return found.set_value(value).run()


def test_a_decided_target_is_changed_with_the_decision_as_its_reason(app: App, store: Store) -> None:
    held(store)
    kept(store, a_follow_up(target_id="T-NEU", point=1, result="Vertagt."))
    page = app("beschluesse", id="FU-1")
    reason = "Beschluss „Zielwert anpassen“, Ausschuss für Wirtschaft am 19.11.2026"
    assert reason in read(page)
    assert not [each for each in the_change(page) if str(each.key).endswith(".reason")], "the reason is known"
    page = press(new_value(page, "7,5"), "Zielwert ändern")
    assert not page.exception
    assert errors(page) == []
    changed = target(store).demand
    assert isinstance(changed, ValueByDate)
    assert changed.value == 7.5
    settled = one(store, "FU-1")
    assert settled.state is FollowUpState.done
    assert str(settled.result).startswith("Vertagt. Der Zielwert ist geändert: ")
    assert "Der Zielwert ist geändert" in [each.value for each in page.header]
    (table,) = page.get("table")
    ((_name, before, after),) = [[str(cell).replace("\\", "") for cell in row] for row in table.value.to_numpy()]
    assert (before, after) == ("Zielwert: 7 · Fällig am: 2028", "Zielwert: 7,5 · Fällig am: 2028")
    assert {"Zum Indikator", "Zum Verlauf"} <= set(links(page))
    assert the_change(page) == []
    assert reason in read(app("indikatoren", id="I-NEU"))
    assert reason in read(app("verlauf", id="target:T-NEU"))


def test_a_target_that_is_saved_as_it_is_settles_nothing(app: App, store: Store) -> None:
    held(store)
    kept(store, a_follow_up(target_id="T-NEU"))
    page = press(app("beschluesse", id="FU-1"), "Zielwert ändern")
    assert len(errors(page)) == 1
    assert one(store, "FU-1").state is FollowUpState.open


def test_without_a_target_those_of_its_goals_are_offered_first(app: App, store: Store) -> None:
    held(store)
    kept(store, a_follow_up(goal_ids=("Z-R",), point=1))
    page = app("beschluesse", id="FU-1")
    (box,) = [each for each in page.selectbox if each.label == "Welcher Zielwert wurde geändert oder gesetzt?"]
    assert the_change(page) == []
    assert box.options[1].startswith("Quote"), "the indicator that the proposed decision named"
    assert len([each for each in box.options if "erster Zielwert" not in each]) == len(store.records(Target)) + 1
    page = press(new_value(box.set_value("T-NEU").run(), "6,5"), "Zielwert ändern")
    assert not page.exception
    assert one(store, "FU-1").target_id == "T-NEU"


def test_an_indicator_gets_its_first_target_by_a_decision(app: App, store: Store) -> None:
    held(store)
    add_record(store, an_indicator(id="I-ERST", title="Leerstand", goal_ids=("Z-R",)), by=OFFICE, at=AT)
    kept(store, a_follow_up(goal_ids=("Z-R",)))
    page = app("beschluesse", id="FU-1")
    (box,) = [each for each in page.selectbox if each.label == "Welcher Zielwert wurde geändert oder gesetzt?"]
    assert "Leerstand: erster Zielwert" in box.options
    page = box.set_value("neu:I-ERST").run()
    assert len(errors(press(page, "Zielwert setzen"))) >= 1, "a target needs a value"
    assert one(store, "FU-1").state is FollowUpState.open
    (due,) = [each for each in the_change(page) if str(each.key).endswith(".demand.due")]
    page = press(new_value(due.set_value("2028").run(), "4"), "Zielwert setzen")
    assert not page.exception and errors(page) == []
    (first,) = [each for each in store.records(Target) if each.indicator_id == "I-ERST"]
    assert isinstance(first.demand, ValueByDate) and first.demand.value == 4
    settled = one(store, "FU-1")
    assert (settled.state, settled.target_id) == (FollowUpState.done, first.id)
    assert str(settled.result).startswith("Der Zielwert ist gesetzt: ")
    (entry,) = store.history(kind=Target.kind, identifier=first.id)
    assert entry.change.reason == "Beschluss „Zielwert anpassen“, Ausschuss für Wirtschaft am 19.11.2026"
    assert "Der Zielwert ist gesetzt" in [each.value for each in page.header]


def test_a_question_changes_no_target(app: App, store: Store) -> None:
    held(store)
    kept(store, a_follow_up(follow_up_kind=FollowUpKind.question))
    assert "Zielwert wie beschlossen ändern" not in words(app("beschluesse", id="FU-1"))


def test_who_was_slower_loses_nothing_and_may_go_on(app: App, store: Store) -> None:
    held(store)
    kept(store, a_follow_up(target_id="T-NEU"))
    page = new_value(app("beschluesse", id="FU-1"), "7,5")
    theirs = target(store).model_copy(update={"decided_by": "Rat"})
    revise_record(store, theirs, 1, by=OFFICE, at=AT, reason="nachgetragen")
    page = press(page, "Zielwert ändern")
    assert "inzwischen gibt es Fassung 2" in read(page)
    assert one(store, "FU-1").state is FollowUpState.open
    page = press(page, "Meine Angaben auf die neue Fassung übernehmen")
    page = press(page, "Zielwert ändern")
    changed = target(store)
    assert isinstance(changed.demand, ValueByDate)
    assert (changed.demand.value, changed.decided_by) == (7.5, "Rat")


def test_an_item_that_a_colleague_settled_is_refused_where_the_target_is_typed(app: App, store: Store) -> None:
    held(store)
    kept(store, a_follow_up(target_id="T-NEU"))
    page = new_value(app("beschluesse", id="FU-1"), "7,5")
    settled = a_follow_up(target_id="T-NEU", state=FollowUpState.done, result="Erledigt.", done_on=date(2026, 11, 20))
    revise_record(store, settled, 1, by=OFFICE, at=AT, reason="erledigt")
    page = press(page, "Zielwert ändern")
    assert not page.exception
    assert any("ist schon erledigt" in told for told in errors(page))
    assert [each.value for each in the_change(page) if str(each.key).endswith(".demand.value")] == ["7,5"]


def test_a_target_that_was_withdrawn_is_said_to_be_gone(app: App, store: Store) -> None:
    held(store)
    kept(store, a_follow_up(target_id="T-NEU"))
    before = a_follow_up()
    revise_record(store, before, 1, by=OFFICE, at=AT, reason="ohne")
    withdraw_record(store, "target", "T-NEU", 1, by=OFFICE, at=AT, reason="entfällt")
    page = app("beschluesse", id="FU-1")
    assert not page.exception
    assert the_change(page) == []


# --- the council information system ---


def test_the_paper_is_read_and_taken_into_the_form_without_being_saved(
    app: App, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = ConsultationStep(committee="Ausschuss für Wirtschaft", held_on=date(2026, 11, 19), role="preliminary")
    with council_system() as system:
        monkeypatch.setenv(ORIGINS, system.origin)
        kept(store, a_sitting(paper_url=system.address, consultations=(here,)))
        page = press(app("sitzungen", id="SI-1"), "Aus dem Ratsinformationssystem lesen")
        assert not page.exception
        assert "Zukunftsplan: Stand der Umsetzung 2026" in read(page)
        assert "Beschlussvorlage · 2026/0815 · 12.11.2026" in read(page)
        assert "1 Station nennt ihr Gremium nur als weitere Adresse" in read(page)
        page = press(page, "Drucksachennummer und Beratungsfolge übernehmen")
    assert not page.exception
    assert field(page, "paper_number").value == "2026/0815"
    assert field(page, "consultations.0.result").value == "einstimmig empfohlen"
    assert field(page, "consultations.1.committee").value == "Rat der Stadt"
    assert "Gespeichert wird erst mit „Speichern“." in read(page)
    (stored,) = store.records(Sitting)
    assert (stored.paper_number, stored.consultations) == (None, (here,))
    page = field(page, "reason").set_value("aus dem RIS").run()
    page = press(page, "Speichern")
    (stored,) = store.records(Sitting)
    assert stored.paper_number == "2026/0815"
    assert [(step.committee, step.role, step.result) for step in stored.consultations] == [
        ("Ausschuss für Wirtschaft", "preliminary", "einstimmig empfohlen"),
        ("Rat der Stadt", "decision", None),
    ]


def test_without_the_setting_the_page_says_so_and_asks_nobody(app: App, store: Store) -> None:
    with council_system() as system:
        kept(store, a_sitting(paper_url=system.address))
        page = press(app("sitzungen", id="SI-1"), "Aus dem Ratsinformationssystem lesen")
        assert any("nicht eingerichtet" in told and ORIGINS in told for told in errors(page))
        assert system.asked == []


def test_what_the_council_system_says_is_shown_as_it_is(
    app: App, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = {"organization": [{"name": HOSTILE}], "role": HOSTILE}
    with council_system(with_paper(name=HOSTILE, reference=HOSTILE, consultation=[step])) as system:
        monkeypatch.setenv(ORIGINS, system.origin)
        kept(store, a_sitting(paper_url=system.address))
        page = press(app("sitzungen", id="SI-1"), "Aus dem Ratsinformationssystem lesen")
    assert "2026" in read(page)
    assert not page.exception
    assert unescaped(page) == []


def test_an_answer_that_is_no_paper_is_told_in_words(app: App, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with council_system(with_body(b"<html>")) as system:
        monkeypatch.setenv(ORIGINS, system.origin)
        kept(store, a_sitting(paper_url=system.address))
        page = press(app("sitzungen", id="SI-1"), "Aus dem Ratsinformationssystem lesen")
    assert any("keine Vorlage nach OParl" in told for told in errors(page))


def test_without_an_address_there_is_nothing_to_read(app: App, store: Store) -> None:
    kept(store, a_sitting())
    assert "Ratsinformationssystem lesen" not in words(app("sitzungen", id="SI-1"))


# --- a task ---


def test_what_is_to_be_carried_out_stands_among_the_tasks_and_leads_to_its_page(app: App, store: Store) -> None:
    held(store)
    add_record(store, a_follow_up(owner="Statistikstelle", due=date(2024, 11, 24)), by=OFFICE, at=AT)
    page = app("aufgaben")
    assert "Beschluss ausführen: Zielwert anpassen" in [label.replace("\\", "") for label in links(page)]
    assert "seit 730 Tagen überfällig" in read(page)
