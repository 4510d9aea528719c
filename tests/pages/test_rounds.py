"""Leading a round: open it, hand out seats, see how far the groups are, close it, vote again. Nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from metrics.domain.measures import MeasureState
from metrics.domain.priorities import Outcome, PriorityRound, RoundState, Voice
from metrics.store.ledger import Store
from metrics.ui import runtime
from metrics.usecases.access import Person, Role
from metrics.usecases.deciding import Capacity, Resolution, Verdict, decide
from metrics.usecases.planning import add_record
from metrics.usecases.ranking import rank_round
from metrics.usecases.rating import code_digest, enter
from metrics.usecases.rounds import extend_round, remove_measure
from tests.pages.conftest import App, charts_without_text, words
from tests.pages.hostile import HOSTILE, HOSTILE_LONG, OFFICE, unescaped
from tests.pages.rounds import AT, DEMO, NOW, fill, opened
from tests.plan import a_criteria_set, a_criterion, a_measure, a_rater_group

COLLEAGUE = Person("Kollegin", Role.administration)
FASTER = "Jemand anderes hat die Runde gerade geändert. Sie sehen jetzt den neuen Stand; bitte prüfen Sie ihn."


def read(page: AppTest) -> str:
    """What the page says, without the escapes that keep data from being markup."""
    return words(page).replace("\\", "")


def widget(page: AppTest, name: str) -> Any:
    """A field or button by the last part of its key, whatever the form's token is."""
    kinds = (page.text_input, page.text_area, page.selectbox, page.multiselect, page.button)
    found = [one for kind in kinds for one in kind if one.key and one.key.startswith("runde.")]
    return next(one for one in found if one.key == f"runde.{name}" or one.key.split(".", 2)[2:] == [name])


def press(page: AppTest, name: str) -> AppTest:
    """Click a button of the page."""
    return widget(page, name).click().run()


def told(page: AppTest) -> list[str]:
    """The sentences in red."""
    found = [element.value for element in page.markdown if element.value.startswith(":red[")]
    return [_plain(sentence) for sentence in found]


def told_at(page: AppTest, name: str) -> str:
    """The sentence in red that follows a field."""
    elements = list(page)
    place = next(place for place, one in enumerate(elements) if getattr(one, "key", None) == widget(page, name).key)
    following = elements[place + 1]
    assert following.type == "markdown" and following.value.startswith(":red["), name
    return _plain(following.value)


def _plain(sentence: str) -> str:
    return sentence.replace("\\", "").removeprefix(":red[:material/error: ").removesuffix("]")


def done(page: AppTest) -> str:
    """What the page says was done by the last click."""
    return page.success[0].value.replace("\\", "") if page.success else ""


def table(page: AppTest, alt: str) -> Any:
    """The table of this text alternative; None if there is none."""
    return next((found.value for found in page.dataframe if found.proto.alt == alt), None)


def codes(page: AppTest) -> Any:
    """The codes that were just given out."""
    return table(page, "Zugänge je Platz und Gruppe")


def stored(store: Store, round_id: str = "PR-X") -> PriorityRound:
    """A round as it stands."""
    record = store.newest("priority_round", round_id).record
    assert isinstance(record, PriorityRound)
    return record


def filled(app: App, **over: Any) -> AppTest:
    """The form of a new round with everything that it needs."""
    page = app("runden")
    fields = {
        "title": "Was gehen wir 2027 zuerst an?",
        "deadline": "15.12.2026",
        "measure_ids": ["M-16", "M-15"],
        "seats.BG-AMT": 2,
        "seats.BG-POL": 1,
    }
    for name, value in (fields | over).items():
        widget(page, name).set_value(value)
    return page.run()


# --- a new round ---


def test_every_empty_field_of_a_new_round_is_told_at_once_and_at_its_field(app: App, store: Store) -> None:
    before = store.change_number()
    page = press(app("runden"), "open")
    assert not page.exception
    assert told_at(page, "title") == "Bitte geben Sie der Runde einen Titel."
    assert told_at(page, "deadline") == "Hier fehlt eine Angabe. Bitte füllen Sie das Feld aus."
    assert told_at(page, "measure_ids") == "Bitte wählen Sie mindestens eine Maßnahme."
    assert told_at(page, "seats.BG-WIS") == "Bitte geben Sie mindestens einer Gruppe einen Platz."
    assert len(told(page)) == 4
    assert store.change_number() == before


def test_what_was_told_is_forgotten_once_it_was_read_and_what_was_typed_stays(app: App) -> None:
    page = press(filled(app, title="  "), "open")
    assert told(page) == ["Bitte geben Sie der Runde einen Titel."]
    assert widget(page, "deadline").value == "15.12.2026"
    assert widget(page, "measure_ids").value == ["M-16", "M-15"]
    assert widget(page, "seats.BG-AMT").value == 2
    assert told(page.run()) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("23.11.2026", "Die Frist 23.11.2026 liegt vor dem heutigen Tag (24.11.2026)."),
        ("2027", "Bitte nennen Sie einen Tag, zum Beispiel 31.12.2026."),
        ("12/2026", "Bitte nennen Sie einen Tag, zum Beispiel 31.12.2026."),
        ("morgen", "„morgen“"),
        ("31.02.2027", "„31.02.2027“"),
        ("1.1.99999", "„1.1.99999“"),
    ],
)
def test_a_deadline_that_is_no_day_to_come_is_refused_at_its_field(
    app: App, store: Store, typed: str, expected: str
) -> None:
    page = press(filled(app, deadline=typed), "open")
    assert expected in told_at(page, "deadline")
    assert len(told(page)) == 1
    assert [one.id for one in store.records(PriorityRound)] == [DEMO]


def test_today_is_early_enough_for_a_deadline(app: App, store: Store) -> None:
    page = press(filled(app, deadline="24.11.2026"), "open")
    assert told(page) == []
    assert stored(store, page.query_params["id"]).deadline == NOW


def test_criteria_without_anchors_are_doubted_before_and_refused_at_their_field(app: App, store: Store) -> None:
    bare = a_criteria_set(a_criterion(title="Bauchgefühl", anchor_middle=None), id="KS-X", title="Ohne Anker")
    add_record(store, bare, by=OFFICE, at=AT)
    page = filled(app, criteria_set_id="KS-X")
    assert "„Bauchgefühl“ sagt noch nicht, was 0, 5 und 10 bedeuten." in page.warning[0].value.replace("\\", "")
    page = press(page, "open")
    assert "Das Kriterium „Bauchgefühl“ (WIRKUNG) sagt nicht" in told_at(page, "criteria_set_id")
    assert [one.id for one in store.records(PriorityRound)] == [DEMO]


def test_an_opened_round_is_stored_as_it_was_asked_for_on_a_copy_of_the_criteria(app: App, store: Store) -> None:
    page = press(filled(app, purpose="Klausur", voice="group"), "open")
    assert not page.exception
    found, criteria = stored(store, page.query_params["id"]), store.newest("criteria_set", "KS-1")
    assert (found.title, found.purpose) == ("Was gehen wir 2027 zuerst an?", "Klausur")
    assert (found.state, found.vote, found.voice) == (RoundState.open, 1, Voice.group)
    assert (found.deadline, found.measure_ids) == (date(2026, 12, 15), ("M-16", "M-15"))
    assert [(seat.number, seat.group_id) for seat in found.seats] == [(1, "BG-AMT"), (2, "BG-AMT"), (3, "BG-POL")]
    assert found.criteria == criteria.record.criteria  # type: ignore[attr-defined]
    assert (found.criteria_set_id, found.criteria_set_version) == ("KS-1", criteria.version)
    assert found.id.startswith("was-gehen-wir-2027")
    assert "Frist 15.12.2026 · 2 Maßnahmen · Abstimmung Nr. 1" in read(page)


def test_the_codes_are_shown_once_open_their_seats_and_are_kept_nowhere(app: App, store: Store) -> None:
    page = press(filled(app), "open")
    round_id, given = page.query_params["id"], codes(page)
    assert list(given["Platz"]) == [1, 2, 3]
    assert list(given["Gruppe"]) == ["Mitarbeitende des Amtes"] * 2 + ["Politik"]
    assert [enter(store, code).seat.number for code in given["Zugang"]] == [1, 2, 3]
    assert [address.rsplit("/", 1)[-1] for address in given["Adresse"]] == [
        f"bewerten?code={code}" for code in given["Zugang"]
    ]
    kept = stored(store, round_id).model_dump_json()
    assert not [code for code in given["Zugang"] if code in kept or code.replace("-", "") in kept]
    assert charts_without_text(page) == []
    assert codes(app("runden", id=round_id)) is None
    assert codes(page.button(key="runde_zugaenge_weg").click().run()) is None


def test_the_form_begins_anew_once_a_round_was_opened(app: App, store: Store) -> None:
    page = press(filled(app), "open")
    page = page.selectbox(key="runde_wahl").set_value("").run()
    assert widget(page, "title").value == ""
    assert widget(page, "measure_ids").value == []
    assert len(store.records(PriorityRound)) == 2


def test_a_title_beyond_all_length_is_told_at_its_field(app: App, store: Store) -> None:
    page = press(filled(app, title="x" * 10_000), "open")
    assert not page.exception
    assert told_at(page, "title").startswith("Titel: Der Text ist zu lang")
    assert [one.id for one in store.records(PriorityRound)] == [DEMO]


def test_an_occasion_beyond_all_length_is_told_above_the_button(app: App, store: Store) -> None:
    page = press(filled(app, purpose="x" * 30_000), "open")
    assert any(sentence.startswith("Anlass: Der Text ist zu lang") for sentence in told(page))
    assert [one.id for one in store.records(PriorityRound)] == [DEMO]


def test_what_is_typed_outlives_another_language(app: App) -> None:
    page = filled(app)
    page.session_state["lang"] = "en"
    page.run()
    assert not page.exception
    assert widget(page, "title").value == "Was gehen wir 2027 zuerst an?"
    assert widget(page, "measure_ids").value == ["M-16", "M-15"]
    assert widget(page, "seats.BG-AMT").value == 2


def test_the_form_says_which_weights_a_round_would_have(app: App) -> None:
    said = read(app("runden")).replace("\u202f", " ")
    assert "Gewichte: Wirkung auf die Ziele 38 % · Mehrwert für Unternehmen 27 %" in said
    assert "Ressourcenbedarf" not in said


def test_an_empty_plan_says_what_has_to_be_there_first(empty_app: App) -> None:
    page = empty_app("runden")
    said = read(page)
    assert not page.exception
    assert "Noch kein Kriteriensatz." in said
    assert "Noch keine Bewertungsgruppe." in said
    assert "Der Plan hat noch keine Maßnahme" in said
    assert not [one for one in page.button if one.key and one.key.endswith(".open")]


def test_what_is_there_already_is_not_asked_for_again(empty_app: App) -> None:
    store = runtime.store()
    add_record(store, a_measure(goal_ids=()), by=OFFICE, at=AT)
    add_record(store, a_rater_group(), by=OFFICE, at=AT)
    said = read(empty_app("runden"))
    assert "Noch kein Kriteriensatz." in said
    assert "Noch keine Bewertungsgruppe." not in said
    add_record(store, a_criteria_set(), by=OFFICE, at=AT)
    assert widget(empty_app("runden"), "seats.BG-AMT").value == 0


# --- an open round ---


def test_an_open_round_shows_counts_by_group_and_no_score(app: App, store: Store) -> None:
    given = opened(store).codes
    fill(store, given[1], 8.25)
    fill(store, given[2], 1.75, "M-15")
    page = app("runden", id="PR-X")
    shown = table(page, "Fortschritt je Gruppe")
    assert list(shown.columns) == ["Gruppe", "Plätze", "angefangen", "fertig"]
    assert [list(row) for row in shown.values] == [["Mitarbeitende des Amtes", 2, 2, 1], ["Politik", 1, 0, 0]]
    assert "2 Plätze sind noch nicht fertig." in page.warning[0].value
    assert not [number for number in ("8,25", "1,75", "8.25", "1.75") if number in read(page)]
    assert charts_without_text(page) == []


def test_a_further_seat_gets_the_next_number_and_its_code_alone_is_shown(app: App, store: Store) -> None:
    opened(store)
    page = app("runden", id="PR-X")
    widget(page, "more_group").set_value("BG-POL").run()
    page = press(page, "more")
    given = codes(page)
    assert [list(row)[:2] for row in given.values] == [[4, "Politik"]]
    assert enter(store, given["Zugang"].iloc[0]).seat.number == 4
    assert list(table(page, "Fortschritt je Gruppe")["Plätze"]) == [2, 2]


def test_a_group_that_had_no_seat_may_join(app: App, store: Store) -> None:
    opened(store)
    page = app("runden", id="PR-X")
    widget(page, "more_group").set_value("BG-WIS").run()
    page = press(page, "more")
    assert list(table(page, "Fortschritt je Gruppe")["Gruppe"])[-1] == "Wissenschaft"


def test_a_seat_beyond_the_last_possible_one_is_refused_with_a_sentence(app: App, store: Store) -> None:
    opened(store, seats={"BG-AMT": 400})
    page = press(app("runden", id="PR-X"), "more")
    assert not page.exception
    assert len(stored(store).seats) == 400
    assert codes(page) is None
    assert len(told(page)) == 1


def test_a_renewed_code_replaces_the_former_one_of_its_seat_alone(app: App, store: Store) -> None:
    former = opened(store).codes
    page = app("runden", id="PR-X")
    widget(page, "renew_seat").set_value(2).run()
    page = press(page, "renew")
    (code,) = codes(page)["Zugang"]
    digests = [seat.code_sha256 for seat in stored(store).seats]
    assert digests == [code_digest(former[1]), code_digest(code), code_digest(former[3])]


def test_the_deadline_can_be_moved_and_the_page_says_to_when(app: App, store: Store) -> None:
    opened(store)
    page = app("runden", id="PR-X")
    widget(page, "later").set_value("31.12.2026")
    page = press(page, "extend")
    assert done(page) == "Bewertet wird jetzt bis 31.12.2026."
    assert stored(store).deadline == date(2026, 12, 31)
    assert "Frist 31.12.2026" in read(page)


@pytest.mark.parametrize("typed", ["", "23.11.2026", "2027", "demnächst"])
def test_a_deadline_is_not_moved_to_what_is_no_day_to_come(app: App, store: Store, typed: str) -> None:
    opened(store)
    page = app("runden", id="PR-X")
    widget(page, "later").set_value(typed)
    page = press(page, "extend")
    assert len(told(page)) == 1
    assert done(page) == ""
    assert stored(store).deadline == date(2026, 12, 15)


def test_a_measure_is_taken_out_with_a_reason_and_not_without(app: App, store: Store) -> None:
    opened(store)
    page = app("runden", id="PR-X")
    widget(page, "out").set_value("M-16").run()
    page = press(page, "take_out")
    assert told_at(page, "out_reason") == "Bitte nennen Sie den Grund; er steht im Verlauf und im Ergebnis."
    assert stored(store).measures == ("M-15", "M-16")
    widget(page, "out_reason").set_value("doppelt vorgeschlagen")
    page = press(page, "take_out")
    assert done(page) == "Herausgenommen: Zirkularitäts-Check für 20 Betriebe"
    assert stored(store).measures == ("M-15",)
    assert "Zirkularitäts-Check für 20 Betriebe: doppelt vorgeschlagen" in read(page)
    assert widget(page, "out").value == "M-15"


def test_a_second_click_takes_no_further_measure_out(app: App, store: Store) -> None:
    opened(store)
    page = app("runden", id="PR-X")
    widget(page, "out_reason").set_value("doppelt vorgeschlagen")
    press(press(page, "take_out"), "take_out")
    assert stored(store).measures == ("M-16",)


def test_a_reason_beyond_all_length_is_told_in_the_readers_words(app: App, store: Store) -> None:
    opened(store)
    page = app("runden", id="PR-X")
    widget(page, "out_reason").set_value("x" * 600)
    page = press(page, "take_out")
    assert "Der Text ist zu lang" in told_at(page, "out_reason")
    assert stored(store).removed == ()
    assert not told_at(page, "out_reason").startswith("reason")


def test_a_round_without_a_measure_left_can_still_be_led(app: App, store: Store) -> None:
    opened(store, "M-15")
    remove_measure(store, "PR-X", 1, "M-15", "entfällt", by=OFFICE, at=AT)
    page = app("runden", id="PR-X")
    assert not page.exception
    assert "Frist 15.12.2026 · 0 Maßnahmen" in read(page)
    page = press(page, "close")
    assert stored(store).state is RoundState.closed


def test_closing_opens_the_result_and_makes_assessed_measures_of_ideas(app: App, store: Store) -> None:
    given = opened(store).codes
    for number in (1, 2, 3):
        fill(store, given[number], 7)
    page = app("runden", id="PR-X")
    assert not page.warning
    page = press(page, "close")
    assert done(page) == "Die Runde ist geschlossen."
    assert stored(store).state is RoundState.closed
    assert store.newest("measure", "M-16").record.state is MeasureState.assessed  # type: ignore[attr-defined]
    assert store.newest("measure", "M-15").record.state is MeasureState.planned  # type: ignore[attr-defined]
    targets = {link.proto.page: link.proto.query_string for link in page.get("page_link")}
    assert targets["priorisierung"] == targets["werkstatt"] == "id=PR-X"
    assert not [one for one in page.button if one.key == "runde.close"]


def test_a_round_that_nobody_rated_in_can_be_withdrawn(app: App, store: Store) -> None:
    opened(store)
    page = press(app("runden", id="PR-X"), "drop")
    assert not page.exception
    assert done(page) == "Zurückgezogen: Was gehen wir 2027 zuerst an?"
    assert store.newest("priority_round", "PR-X").withdrawn
    assert "id" not in page.query_params
    assert widget(page, "title").value == ""


def test_a_round_in_which_somebody_rated_is_not_withdrawn(app: App, store: Store) -> None:
    fill(store, opened(store).codes[1], 8.25, "M-15")
    page = press(app("runden", id="PR-X"), "drop")
    (sentence,) = told(page)
    assert "wird noch gebraucht" in sentence
    assert not [number for number in ("8,25", "8.25") if number in read(page)]
    assert not store.newest("priority_round", "PR-X").withdrawn


# --- a closed round ---


def test_a_closed_round_shows_where_raters_disagree_most(app: App, store: Store) -> None:
    page = app("runden", id=DEMO)
    shown = table(page, "Maßnahmen nach Uneinigkeit")
    measures = rank_round(store, DEMO, by=OFFICE).result.measures
    furthest = max(measures, key=lambda one: one.dissent)
    assert not page.exception
    assert len(shown) == sum(one.dissent > 0 for one in measures)
    assert list(shown.iloc[0]) == [
        "Jährliches Veranstaltungsformat der Wirtschaftsallianz",
        "Wirkung auf die Ziele",
        "0 bis 8",
        "4,5",
    ]
    assert furthest.dissent == 8
    assert charts_without_text(page) == []


def test_a_second_vote_is_about_the_chosen_measures_until_another_day(app: App, store: Store) -> None:
    page = app("runden", id=DEMO)
    widget(page, "again").set_value(["M-13", "M-16"]).run()
    widget(page, "later").set_value("20.12.2026")
    page = press(page, "vote")
    found = stored(store, DEMO)
    assert not page.exception
    assert (found.state, found.vote, found.deadline) == (RoundState.open, 2, date(2026, 12, 20))
    assert found.to_rate == ("M-13", "M-16")
    assert done(page).startswith("Die erneute Abstimmung ist offen.")
    assert "Abstimmung Nr. 2" in read(page)
    assert list(table(page, "Fortschritt je Gruppe")["fertig"]) == [0, 0, 0, 0]


def test_a_second_vote_needs_a_measure_and_a_day(app: App, store: Store) -> None:
    page = app("runden", id=DEMO)
    widget(page, "again").set_value(["M-13"]).run()
    page = press(page, "vote")
    assert told_at(page, "later") == "Hier fehlt eine Angabe. Bitte füllen Sie das Feld aus."
    widget(page, "again").set_value([]).run()
    widget(page, "later").set_value("20.12.2026")
    page = press(page, "vote")
    (sentence,) = told(page)
    assert "fehlt die Auswahl. Bitte wählen Sie mindestens eine Maßnahme." in sentence
    widget(page, "again").set_value(["M-13"]).run()
    widget(page, "later").set_value("01.11.2026")
    page = press(page, "vote")
    assert "Die Frist 01.11.2026 liegt vor dem heutigen Tag" in told_at(page, "later")
    assert stored(store, DEMO).state is RoundState.closed


def test_a_measure_may_leave_a_closed_round_too(app: App, store: Store) -> None:
    page = app("runden", id=DEMO)
    widget(page, "out").set_value("M-01").run()
    widget(page, "out_reason").set_value("läuft schon")
    press(page, "take_out")
    assert "M-01" not in stored(store, DEMO).measures
    assert stored(store, DEMO).state is RoundState.closed


def test_a_decided_round_offers_nothing_to_change(app: App, store: Store) -> None:
    within = {one.measure_id for one in rank_round(store, DEMO, by=OFFICE).result.ranking[:3]}
    outcomes = {one: Outcome.planned if one in within else Outcome.deferred for one in stored(store, DEMO).measures}
    verdicts = {one: Verdict(outcome) for one, outcome in outcomes.items()}
    resolution = Resolution("Ausschuss", NOW, Capacity(number=3), verdicts)
    decide(store, DEMO, 1, resolution, by=OFFICE, at=AT, today=NOW)
    page = app("runden", id=DEMO)
    assert not page.exception
    assert "beschlossen" in read(page)
    assert not [one.key for one in page.button if one.key and one.key.startswith("runde.")]


# --- a click right after a choice, before the page has answered to the choice ---


def test_the_measure_that_was_chosen_last_is_taken_out_and_no_other(app: App, store: Store) -> None:
    opened(store)
    page = app("runden", id="PR-X")
    widget(page, "out").set_value("M-16")
    widget(page, "out_reason").set_value("entfällt")
    press(page, "take_out")
    assert stored(store).measures == ("M-15",)


def test_the_seat_that_was_chosen_last_gets_the_new_code_and_no_other(app: App, store: Store) -> None:
    former = opened(store).codes
    page = app("runden", id="PR-X")
    widget(page, "renew_seat").set_value(3)
    press(page, "renew")
    assert [seat.code_sha256 for seat in stored(store).seats][:2] == [code_digest(former[1]), code_digest(former[2])]


def test_the_group_that_was_chosen_last_gets_the_further_seat(app: App, store: Store) -> None:
    opened(store)
    page = app("runden", id="PR-X")
    widget(page, "more_group").set_value("BG-WIS")
    press(page, "more")
    assert stored(store).seats[-1].group_id == "BG-WIS"


def test_the_measures_that_were_chosen_last_are_voted_on_again(app: App, store: Store) -> None:
    page = app("runden", id=DEMO)
    widget(page, "again").set_value(["M-13"])
    widget(page, "later").set_value("20.12.2026")
    press(page, "vote")
    assert stored(store, DEMO).to_rate == ("M-13",)


# --- several who lead ---


def _extend(page: AppTest) -> AppTest:
    widget(page, "later").set_value("31.12.2026")
    return press(page, "extend")


def _take_out(page: AppTest) -> AppTest:
    widget(page, "out_reason").set_value("entfällt")
    return press(page, "take_out")


@pytest.mark.parametrize(
    "act",
    [lambda page: press(page, "close"), lambda page: press(page, "more"), lambda page: press(page, "renew"),
     _extend, _take_out, lambda page: press(page, "drop")],
    ids=["close", "seat", "renew", "extend", "take out", "drop"],
)  # fmt: skip
def test_somebody_elses_change_is_shown_and_nothing_is_overwritten(
    app: App, store: Store, act: Callable[[AppTest], AppTest]
) -> None:
    opened(store)
    page = app("runden", id="PR-X")
    extend_round(store, "PR-X", 1, date(2027, 1, 15), by=COLLEAGUE, at=AT, today=NOW)
    before = store.change_number()
    page = act(page)
    assert not page.exception
    assert FASTER in told(page)
    assert store.change_number() == before
    assert codes(page) is None
    assert "Frist 15.01.2027" in read(page)


def test_a_second_vote_on_a_round_that_changed_meanwhile_is_not_opened(app: App, store: Store) -> None:
    page = app("runden", id=DEMO)
    widget(page, "again").set_value(["M-13"]).run()
    widget(page, "later").set_value("20.12.2026")
    remove_measure(store, DEMO, 1, "M-13", "entfällt", by=COLLEAGUE, at=AT)
    page = press(page, "vote")
    assert not page.exception
    assert len(told(page)) == 1
    assert stored(store, DEMO).state is RoundState.closed


def test_a_round_closed_by_a_colleague_is_told_to_be_closed(app: App, store: Store) -> None:
    opened(store)
    page, other = app("runden", id="PR-X"), app("runden", id="PR-X")
    press(other, "close")
    page = press(page, "close")
    (sentence,) = told(page)
    assert "ist geschlossen" in sentence
    assert stored(store).state is RoundState.closed


# --- which round ---


def test_a_round_is_chosen_and_stands_in_the_address(app: App, store: Store) -> None:
    opened(store)
    page = app("runden")
    page = page.selectbox(key="runde_wahl").set_value("PR-X").run()
    assert page.query_params["id"] == "PR-X"
    assert page.header[0].value.replace("\\", "") == "Was gehen wir 2027 zuerst an?"


def test_two_rounds_of_the_same_title_are_not_mistaken_for_each_other(app: App, store: Store) -> None:
    for identifier in ("PR-X", "PR-Y"):
        opened(store, id=identifier)
    for identifier in ("PR-X", "PR-Y"):
        assert app("runden", id=identifier).run().query_params["id"] == identifier
        assert app("priorisierung", id=identifier).run().query_params["id"] == identifier


def test_two_measures_of_the_same_title_are_not_taken_out_for_each_other(app: App, store: Store) -> None:
    for identifier in ("M-98", "M-99"):
        add_record(store, a_measure(id=identifier, title="Zwillinge", goal_ids=("Z-A",)), by=OFFICE, at=AT)
    opened(store, "M-98", "M-99")
    page = app("runden", id="PR-X")
    widget(page, "out").set_value("M-98").run()
    widget(page, "out_reason").set_value("entfällt")
    press(page, "take_out")
    assert stored(store).measures == ("M-99",)


def test_an_unknown_address_says_so_and_offers_a_new_round(app: App) -> None:
    page = app("runden", id="PR-NIE")
    assert "Diesen Eintrag gibt es nicht oder nicht mehr: PR-NIE" in page.info[0].value.replace("\\", "")
    assert widget(page, "title").value == ""


@pytest.mark.parametrize("title", [HOSTILE, HOSTILE_LONG, "🙂" * 100])
def test_hostile_titles_stay_data(app: App, store: Store, title: str) -> None:
    add_record(store, a_measure(id="M-99", title=title, goal_ids=("Z-A",)), by=OFFICE, at=AT)
    add_record(store, a_rater_group(id="BG-X", title=title), by=OFFICE, at=AT)
    bare = a_criteria_set(a_criterion(title=title, anchor_low=None), id="KS-X", title=title)
    add_record(store, bare, by=OFFICE, at=AT)
    page = filled(app, title=title, measure_ids=["M-99"], **{"seats.BG-X": 1})
    widget(page, "criteria_set_id").set_value("KS-X").run()
    assert unescaped(page) == []
    widget(page, "criteria_set_id").set_value("KS-1")
    page = press(page, "open")
    assert not page.exception
    assert unescaped(page) == []
    widget(page, "out_reason").set_value(title)
    page = press(page, "take_out")
    assert unescaped(page) == []
    page = press(page, "close")
    assert not page.exception
    assert unescaped(page) == []


def test_an_english_page_leads_a_round_from_opening_to_its_close(app: App, store: Store) -> None:
    page = app("runden", lang="en")
    for name, value in {"title": "What first?", "deadline": "15 Dec 2026", "measure_ids": ["M-15"]}.items():
        widget(page, name).set_value(value)
    widget(page, "seats.BG-AMT").set_value(1)
    page = press(page, "open")
    assert not page.exception
    assert told(page) == []
    round_id = page.query_params["id"]
    assert stored(store, round_id).deadline == date(2026, 12, 15)
    page = press(page, "close")
    assert not page.exception
    assert stored(store, round_id).state is RoundState.closed
