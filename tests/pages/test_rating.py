"""Rating: a rater enters by a code, gives score after score, and sees nobody else's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from metrics.domain.priorities import PriorityRound, Rating, Score
from metrics.store.ledger import Store
from metrics.usecases.planning import add_record, revise_record
from metrics.usecases.ranking import rank_round
from metrics.usecases.rating import enter, own_ratings, rate
from metrics.usecases.rounds import Opened, close_round, extend_round, remove_measure, renew_code
from metrics.usecases.rounds import vote_again as vote_on
from tests.pages.conftest import App, words
from tests.pages.hostile import HOSTILE, HOSTILE_LONG, OFFICE, unescaped
from tests.pages.rounds import AT, CODES, NOW, opened
from tests.plan import a_criteria_set, a_criterion, a_measure

CHECKED = ":green[:material/check:] "


def read(page: AppTest) -> str:
    """What the page says, without the escapes that keep data from being markup."""
    return words(page).replace("\\", "")


def field(page: AppTest, measure_id: str, code: str) -> Any:
    """The field of a score."""
    return next(one for one in page.text_input if one.key and one.key.endswith(f"{measure_id}.{code}"))


def fields(page: AppTest) -> list[str]:
    """What the fields of the present step are about: measure and criterion."""
    keys = [one.key.rsplit(".", 2)[1:] for one in page.text_input if one.key and one.key.startswith("bewerten.")]
    return [" ".join(key) for key in keys]


def write(page: AppTest, measure_id: str, code: str, text: str) -> AppTest:
    """Type a score and leave the field."""
    return field(page, measure_id, code).set_value(text).run()


def told(page: AppTest) -> list[str]:
    """The sentences in red."""
    return [element.value.replace("\\", "") for element in page.error]


def understood(page: AppTest) -> list[str]:
    """What is read back below the fields."""
    found = [element.value.replace("\\", "") for element in page.markdown if element.value.startswith(CHECKED)]
    return [sentence.removeprefix(CHECKED) for sentence in found]


def given(store: Store, code: str, measure_id: str = "M-15") -> dict[str, Score]:
    """What is stored of a seat on a measure, by criterion."""
    rating = own_ratings(store, enter(store, code)).get(measure_id)
    return dict(rating.by_code) if rating else {}


def fill(store: Store, code: str, measure_ids: Iterable[str], value: float, codes: Iterable[str] = CODES) -> None:
    """A seat gives the same score everywhere."""
    scores = {each: Score(code=each, value=value) for each in codes}
    for measure_id in measure_ids:
        rate(store, code, measure_id, scores, at=AT, today=NOW)


# --- the way in ---


def test_a_rater_is_asked_for_a_code_and_for_no_name(app: App) -> None:
    page = app("bewerten")
    assert not page.exception
    assert [one.label for one in page.text_input] == ["Zugang"]
    assert "Ihr Name wird nicht gefragt." in read(page)
    assert not told(page)


def test_a_code_in_whatever_writing_opens_its_seat_and_stays_in_the_address(app: App, store: Store) -> None:
    code = opened(store).codes[3]
    page = app("bewerten")
    page.text_input(key="bewerten_zugang").set_value(f"  {code.lower().replace('-', ' ')} ").run()
    assert "Sie bewerten für: Politik (Platz 3)" in read(page)
    assert page.title[0].value.replace("\\", "") == "Was gehen wir 2027 zuerst an?"
    assert enter(store, page.query_params["code"]).seat.number == 3
    assert not told(page)


@pytest.mark.parametrize("code", ["AAAA-BBBB-CCCC", "0000-1111-OOOO", "<b>x</b>", "🙂", "=1+1", "x" * 5000])
def test_an_unknown_code_is_told_and_can_be_typed_again(app: App, store: Store, code: str) -> None:
    right = opened(store).codes[1]
    page = app("bewerten", code=code)
    assert not page.exception
    (sentence,) = told(page)
    assert "Diesen Zugang gibt es nicht, oder er wurde erneuert." in sentence
    page.text_input(key="bewerten_zugang").set_value(right)
    page = page.button(key="bewerten_beginnen").click().run()
    assert "Sie bewerten für: Mitarbeitende des Amtes (Platz 1)" in read(page)
    assert not told(page)


def test_what_was_told_of_a_wrong_code_is_forgotten_once_it_left_the_address(app: App) -> None:
    page = app("bewerten", code="AAAA-BBBB-CCCC")
    assert len(told(page)) == 1
    del page.query_params["code"]
    assert told(page.run()) == []


def test_a_seat_without_a_code_is_not_opened_by_an_empty_one(app: App, store: Store) -> None:
    assert store.newest("priority_round", "PR-2026").record.seats[0].code_sha256 is None  # type: ignore[attr-defined]
    page = app("bewerten")
    page.text_input(key="bewerten_zugang").set_value("   ").run()
    page = page.button(key="bewerten_beginnen").click().run()
    assert not page.exception
    assert [one.key for one in page.text_input] == ["bewerten_zugang"]


def test_a_renewed_code_closes_the_former_way_in_and_keeps_what_was_rated(app: App, store: Store) -> None:
    former = opened(store).codes[1]
    fill(store, former, ["M-15"], 7)
    renewed = renew_code(store, "PR-X", 1, 1, by=OFFICE, at=AT).codes[1]
    assert "oder er wurde erneuert" in told(app("bewerten", code=former))[0]
    page = app("bewerten", code=renewed)
    assert [field(page, "M-15", code).value for code in CODES] == ["7"] * 5


# --- scores ---


def test_a_score_is_stored_as_soon_as_its_field_is_left(app: App, store: Store) -> None:
    code = opened(store).codes[1]
    page = write(app("bewerten", code=code), "M-15", "KR-1", "7,5")
    assert given(store, code) == {"KR-1": Score(code="KR-1", value=7.5)}
    assert understood(page) == ["7,5 von 10"]
    assert page.progress[0].text.startswith("1 von 10 Feldern gespeichert")
    again = app("bewerten", code=code)
    assert field(again, "M-15", "KR-1").value == "7,5"


@pytest.mark.parametrize(
    ("typed", "score", "said"),
    [
        ("7", Score(code="KR-1", value=7), "7 von 10"),
        ("0", Score(code="KR-1", value=0), "0 von 10"),
        ("10", Score(code="KR-1", value=10), "10 von 10"),
        ("6-8", Score(code="KR-1", value=7, low=6, high=8), "7 von 10, möglich von 6 bis 8"),
        ("6 – 8", Score(code="KR-1", value=7, low=6, high=8), "7 von 10, möglich von 6 bis 8"),
        ("7±1", Score(code="KR-1", value=7, low=6, high=8), "7 von 10, möglich von 6 bis 8"),
        ("9,5±1", Score(code="KR-1", value=9.5, low=8.5, high=10), "9,5 von 10, möglich von 8,5 bis 10"),
        ("7 (5–8)", Score(code="KR-1", value=7, low=5, high=8), "7 von 10, möglich von 5 bis 8"),
        ("?", Score(code="KR-1"), "weiß nicht"),
        ("weiß nicht", Score(code="KR-1"), "weiß nicht"),
    ],
)
def test_numbers_ranges_and_not_knowing_are_read_back_as_they_were_understood(
    app: App, store: Store, typed: str, score: Score, said: str
) -> None:
    code = opened(store).codes[1]
    page = write(app("bewerten", code=code), "M-15", "KR-1", typed)
    assert given(store, code) == {"KR-1": score}
    assert understood(page) == [said]
    assert not told(page)


@pytest.mark.parametrize("typed", ["11", "-1", "9-12", "sieben", "7.5", "8-6", "7±x", "=1+1", "1e1", "<b>7</b>", "🙂"])
def test_nonsense_is_told_at_its_field_stays_there_and_is_not_stored(app: App, store: Store, typed: str) -> None:
    code = opened(store).codes[1]
    fill(store, code, ["M-15"], 4, ["KR-2"])
    before = store.change_number()
    page = write(app("bewerten", code=code), "M-15", "KR-1", typed)
    assert not page.exception
    assert store.change_number() == before
    (sentence,) = told(page)
    assert f"„{typed}“" in sentence
    assert field(page, "M-15", "KR-1").value == typed
    assert understood(page) == ["4 von 10"]
    assert "<b>" not in words(page)


def test_a_field_that_is_put_right_loses_its_sentence(app: App, store: Store) -> None:
    code = opened(store).codes[1]
    page = write(app("bewerten", code=code), "M-15", "KR-1", "siebzig")
    assert len(told(page)) == 1
    page = write(page, "M-15", "KR-1", "7")
    assert told(page) == []
    assert understood(page) == ["7 von 10"]


def test_what_was_refused_is_still_told_in_the_next_step_and_its_step_counts_as_open(app: App, store: Store) -> None:
    code = opened(store).codes[1]
    fill(store, code, ["M-15", "M-16"], 4)
    page = write(app("bewerten", code=code), "M-15", "KR-1", "sehr gut")
    page = page.button(key="bewerten_weiter").click().run()
    (said,) = [warning.value for warning in page.warning]
    assert said == "1 Eingabe passt nicht und ist nicht gespeichert; sie steht rot an ihrem Feld."
    assert not page.success
    page = page.button(key="bewerten_offen").click().run()
    assert field(page, "M-15", "KR-1").value == "sehr gut"
    page = write(page, "M-15", "KR-1", "5")
    assert not page.warning
    assert page.success[0].value.startswith("Alles bewertet.")


def test_what_was_refused_in_a_field_that_is_gone_keeps_nobody_from_being_done(app: App, store: Store) -> None:
    code = opened(store).codes[1]
    fill(store, code, ["M-16"], 4)
    page = write(app("bewerten", code=code), "M-15", "KR-1", "sehr gut")
    assert len(page.warning) == 1
    remove_measure(store, "PR-X", 1, "M-15", "fällt weg", by=OFFICE, at=AT)
    page = page.run()
    assert [warning.value for warning in page.warning if "Eingabe passt nicht" in warning.value] == []
    assert page.success[0].value.startswith("Alles bewertet.")


def test_a_field_that_is_emptied_takes_its_score_back(app: App, store: Store) -> None:
    code = opened(store).codes[1]
    page = write(app("bewerten", code=code), "M-15", "KR-1", "7")
    page = write(page, "M-15", "KR-1", "")
    assert given(store, code) == {}
    assert understood(page) == []
    assert page.progress[0].text.startswith("0 von 10 Feldern gespeichert")


def test_leaving_a_field_as_it_is_writes_nothing(app: App, store: Store) -> None:
    code = opened(store).codes[1]
    page = write(app("bewerten", code=code), "M-15", "KR-1", "7")
    before = store.change_number()
    page = write(page, "M-15", "KR-1", "7,0")
    assert store.change_number() == before
    assert not told(page)


def test_two_windows_of_one_rater_keep_each_others_scores(app: App, store: Store) -> None:
    code = opened(store).codes[1]
    one, other = app("bewerten", code=code), app("bewerten", code=code)
    write(one, "M-15", "KR-1", "7")
    write(other, "M-15", "KR-2", "3")
    assert given(store, code) == {"KR-1": Score(code="KR-1", value=7), "KR-2": Score(code="KR-2", value=3)}


def test_an_english_page_reads_the_decimal_point(app: App, store: Store) -> None:
    code = opened(store).codes[1]
    page = write(app("bewerten", code=code, lang="en"), "M-15", "KR-1", "7.5")
    assert given(store, code)["KR-1"].value == 7.5
    page = write(page, "M-15", "KR-1", "7,5")
    assert len(told(page)) == 1
    assert given(store, code)["KR-1"].value == 7.5


# --- the way through ---


def test_measure_by_measure_each_criterion_stands_with_its_question_and_anchors(app: App, store: Store) -> None:
    page = app("bewerten", code=opened(store).codes[1])
    said = read(page)
    assert fields(page) == [f"M-15 {code}" for code in CODES]
    assert "1 von 2: Leerstandsmanagement Innenstadt" in said
    for text in ("Wie weit liegt das Gelingen in der Hand des Amtes?", "**10** die Gelegenheit ist vorbei"):
        assert text in said


def test_criterion_by_criterion_all_measures_stand_beneath_one_question(app: App, store: Store) -> None:
    code = opened(store).codes[1]
    page = app("bewerten", code=code)
    page = page.radio(key="bewerten_weg_wahl").set_value("by_criterion").run()
    assert fields(page) == ["M-15 KR-1", "M-16 KR-1"]
    assert "1 von 5: Wirkung auf die Ziele" in read(page)
    assert [one.label for one in page.text_input][1] == "Zirkularitäts-Check für 20 Betriebe"
    write(page, "M-16", "KR-1", "9")
    assert given(store, code, "M-16") == {"KR-1": Score(code="KR-1", value=9)}


def test_the_next_step_follows_and_the_way_back_leads_where_one_was(app: App, store: Store) -> None:
    code = opened(store).codes[1]
    page = write(app("bewerten", code=code), "M-15", "KR-1", "7")
    assert page.button(key="bewerten_zurueck").disabled
    page = page.button(key="bewerten_weiter").click().run()
    assert fields(page)[0] == "M-16 KR-1"
    assert page.button(key="bewerten_weiter").disabled
    page = page.button(key="bewerten_zurueck").click().run()
    assert field(page, "M-15", "KR-1").value == "7"


def test_the_way_through_can_be_changed_without_losing_a_score(app: App, store: Store) -> None:
    page = write(app("bewerten", code=opened(store).codes[1]), "M-15", "KR-1", "6-8")
    page = page.button(key="bewerten_weiter").click().run()
    page = page.radio(key="bewerten_weg_wahl").set_value("by_criterion").run()
    assert "1 von 5: Wirkung auf die Ziele" in read(page)
    assert field(page, "M-15", "KR-1").value == "7 (6–8)"


def test_what_is_still_open_is_counted_and_one_click_away(app: App, store: Store) -> None:
    code = opened(store, "M-12", "M-15", "M-16").codes[1]
    fill(store, code, ["M-12", "M-15"], 5)
    page = app("bewerten", code=code)
    assert page.button(key="bewerten_offen").label == "1 Schritt offen"
    page = page.button(key="bewerten_offen").click().run()
    assert fields(page)[0] == "M-16 KR-1"


def test_whoever_has_filled_everything_not_knowing_included_is_told_so(app: App, store: Store) -> None:
    code = opened(store, "M-15").codes[1]
    fill(store, code, ["M-15"], 5, CODES[:4])
    page = app("bewerten", code=code)
    assert not page.success
    page = write(page, "M-15", "KR-4", "?")
    assert page.success[0].value.startswith("Alles bewertet.")
    assert page.progress[0].value == 100
    assert not [button for button in page.button if button.key == "bewerten_offen"]


# --- what happens meanwhile ---


def test_a_closed_round_takes_nothing_more_and_says_that_the_last_word_came_late(app: App, store: Store) -> None:
    code = opened(store).codes[1]
    page = write(app("bewerten", code=code), "M-15", "KR-1", "7")
    close_round(store, "PR-X", 1, by=OFFICE, at=AT)
    page = write(page, "M-15", "KR-1", "2")
    said = read(page)
    assert "Die Runde ist geschlossen. Danke!" in said
    assert "kam nach dem Ende der Runde und wurde nicht mehr angenommen" in said
    assert given(store, code)["KR-1"].value == 7
    assert fields(page) == []


def test_whoever_comes_after_the_close_is_thanked_and_led_to_the_result(app: App, store: Store) -> None:
    code = opened(store).codes[1]
    close_round(store, "PR-X", 1, by=OFFICE, at=AT)
    page = app("bewerten", code=code)
    assert not page.warning
    assert [link.proto.query_string for link in page.get("page_link")] == ["id=PR-X"]


def test_a_passed_deadline_takes_nothing_until_it_is_moved(
    app: App, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = opened(store, deadline=NOW).codes[1]
    page = write(app("bewerten", code=code), "M-15", "KR-1", "7")
    monkeypatch.setenv("ZUKUNFTSPLAN_TODAY", "2026-11-25")
    page = write(page, "M-15", "KR-2", "3")
    assert "Die Frist ist am 24.11.2026 abgelaufen." in page.warning[0].value
    assert list(given(store, code)) == ["KR-1"]
    assert fields(page) == []
    extend_round(store, "PR-X", 1, date(2026, 12, 1), by=OFFICE, at=AT, today=date(2026, 11, 25))
    assert fields(page.run())[0] == "M-15 KR-1"


def test_whoever_types_after_the_deadline_is_told_that_it_was_not_taken(
    app: App, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = app("bewerten", code=opened(store, deadline=NOW).codes[1])
    monkeypatch.setenv("ZUKUNFTSPLAN_TODAY", "2026-11-25")
    said = read(write(page, "M-15", "KR-1", "3"))
    assert "wurde nicht mehr angenommen" in said


def test_a_measure_that_was_removed_meanwhile_takes_no_score_and_the_others_go_on(app: App, store: Store) -> None:
    code = opened(store).codes[1]
    page = app("bewerten", code=code)
    remove_measure(store, "PR-X", 1, "M-15", "entfällt", by=OFFICE, at=AT)
    page = write(page, "M-15", "KR-1", "7")
    assert not page.exception
    assert given(store, code) == {}
    assert fields(page)[0] == "M-16 KR-1"
    assert "1 von 1: Zirkularitäts-Check für 20 Betriebe" in read(page)


def test_whoever_scored_a_measure_that_was_just_removed_is_told_so(app: App, store: Store) -> None:
    page = app("bewerten", code=opened(store).codes[1])
    remove_measure(store, "PR-X", 1, "M-15", "entfällt", by=OFFICE, at=AT)
    assert "herausgenommen" in read(write(page, "M-15", "KR-1", "7"))


def test_a_round_whose_last_measure_was_removed_says_that_there_is_nothing_to_rate(app: App, store: Store) -> None:
    code = opened(store, "M-15").codes[1]
    remove_measure(store, "PR-X", 1, "M-15", "entfällt", by=OFFICE, at=AT)
    page = app("bewerten", code=code)
    assert not page.exception
    assert fields(page) == []


# --- the second vote ---


def voted_again(store: Store) -> Opened:
    """A second vote on M-15 alone, after two seats rated everything."""
    first = opened(store)
    for seat, value in ((1, 4), (2, 9)):
        fill(store, first.codes[seat], ["M-15", "M-16"], value)
    close_round(store, "PR-X", 1, by=OFFICE, at=AT)
    vote_on(store, "PR-X", 2, ["M-15"], date(2026, 12, 20), by=OFFICE, at=AT, today=NOW)
    return first


def test_a_second_vote_is_about_the_chosen_measures_and_shows_what_one_said_before(app: App, store: Store) -> None:
    page = app("bewerten", code=voted_again(store).codes[1])
    assert "Erneute Abstimmung: Nur diese Maßnahmen stehen noch einmal an." in read(page)
    assert fields(page) == [f"M-15 {code}" for code in CODES]
    assert [field(page, "M-15", code).value for code in CODES] == ["4"] * 5


def test_what_a_rater_does_not_change_in_a_second_vote_still_counts(app: App, store: Store) -> None:
    codes = voted_again(store).codes
    write(app("bewerten", code=codes[1]), "M-15", "KR-1", "6")
    again = app("bewerten", code=codes[1])
    assert [field(again, "M-15", code).value for code in CODES] == ["6", "4", "4", "4", "4"]
    close_round(store, "PR-X", 3, by=OFFICE, at=AT)
    cells = rank_round(store, "PR-X", by=OFFICE).result.by_id["M-15"].cells
    found = {code: (cell.value, cell.raters) for code, cell in cells.items() if cell}
    assert found == {"KR-1": (7.5, 2), "KR-2": (6.5, 2), "KR-3": (6.5, 2), "KR-5": (6.5, 2), "KR-4": (6.5, 2)}


def test_the_first_vote_stays_as_it_was_given(app: App, store: Store) -> None:
    codes = voted_again(store).codes
    write(app("bewerten", code=codes[1]), "M-15", "KR-1", "6")
    first = [one for one in store.records(Rating) if (one.round_id, one.seat, one.vote) == ("PR-X", 1, 1)]
    assert {(one.measure_id, one.by_code["KR-1"].value) for one in first} == {("M-15", 4.0), ("M-16", 4.0)}


# --- nobody else's scores ---


def test_no_other_raters_score_stands_on_the_page(app: App, store: Store) -> None:
    codes = opened(store).codes
    fill(store, codes[1], ["M-15", "M-16"], 8.25)
    fill(store, codes[3], ["M-15", "M-16"], 1.75)
    page = write(app("bewerten", code=codes[2]), "M-15", "KR-1", "5")
    for measure_id in ("M-15", "M-16"):
        seen = [*[one.value for one in page.text_input], *understood(page), read(page)]
        assert not [text for text in seen if "8,25" in text or "1,75" in text]
        assert page.progress[0].text.startswith("1 von 10 Feldern")
        assert fields(page)[0] == f"{measure_id} KR-1"
        page = page if measure_id == "M-16" else page.button(key="bewerten_weiter").click().run()


def test_a_second_rater_at_the_same_screen_finds_nothing_of_the_first(app: App, store: Store) -> None:
    codes = opened(store).codes
    page = write(app("bewerten", code=codes[1]), "M-15", "KR-1", "8,25")
    page = write(page, "M-15", "KR-2", "acht")
    page.query_params["code"] = codes[3]
    page.run()
    assert "Sie bewerten für: Politik (Platz 3)" in read(page)
    assert [field(page, "M-15", code).value for code in CODES] == [""] * 5
    assert told(page) == []


def test_a_seat_writes_under_its_number_and_under_no_name(app: App, store: Store) -> None:
    write(app("bewerten", code=opened(store).codes[3]), "M-15", "KR-1", "7")
    (entry,) = [one for one in store.history(kind="rating", most=1) if one.change.action == "rate"]
    assert entry.change.recorded_by == "PR-X · Platz 3"


# --- hostile and large ---


@pytest.mark.parametrize("title", [HOSTILE, HOSTILE_LONG, "🙂" * 100])
def test_hostile_titles_stay_data(app: App, store: Store, title: str) -> None:
    hostile = a_measure(id="M-99", title=title, goal_ids=("Z-A",), background=title, activities=(title,))
    add_record(store, hostile, by=OFFICE, at=AT)
    group = store.newest("rater_group", "BG-AMT")
    named = group.record.model_copy(update={"title": title})
    revise_record(store, named, group.version, by=OFFICE, at=AT, reason="x")
    anchors = {"anchor_low": title, "anchor_middle": title, "anchor_high": title}
    chosen = a_criteria_set(a_criterion(title=title, question=title, **anchors), id="KS-X", title=title)
    add_record(store, chosen, by=OFFICE, at=AT)
    call = {"title": title, "purpose": title, "criteria_set_id": "KS-X"}
    page = app("bewerten", code=opened(store, "M-99", **call).codes[1])
    assert not page.exception
    assert unescaped(page) == []
    page = page.radio(key="bewerten_weg_wahl").set_value("by_criterion").run()
    assert not page.exception
    assert unescaped(page) == []
    assert isinstance(store.newest("priority_round", "PR-X").record, PriorityRound)
