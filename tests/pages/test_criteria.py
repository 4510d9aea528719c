"""The criteria: the set as a table, and the dialogue that finds its weights and stores them as a new edition."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from metrics.domain.priorities import CriteriaSet, MatrixAxis, Weighting
from metrics.domain.prioritisation.weighting import pairwise_weights, shifted, swing_weights, weights_of_ranks
from metrics.locale.formats import percent
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.planning import add_record, revise_record
from tests.pages.conftest import App, charts_without_text, words
from tests.pages.hostile import HOSTILE, HOSTILE_LONG, OFFICE, unescaped
from tests.plan import a_criteria_set, a_criterion

AT = datetime(2026, 11, 24, 9, 0)
SET = "KS-1"
COUNTING = ("KR-1", "KR-2", "KR-3", "KR-5")
COLLEAGUE = Person("Kollegin", Role.administration)
ALT, EFFECT = "Kriterien mit Gewicht, Richtung und Ankern", "Gewichte und die Wirkung von fünf Punkten"


def read(page: AppTest) -> str:
    """What the page says, without the escapes that keep data from being markup, with plain spaces."""
    return words(page).replace("\\", "").replace("\u202f", " ").replace("\xa0", " ")


def table(page: AppTest, alt: str) -> Any:
    """The table of this text alternative; None if there is none."""
    return next((found.value for found in page.dataframe if found.proto.alt == alt), None)


def widget(page: AppTest, *names: str) -> Any:
    """A field or button of the dialogue, whatever the edition."""
    kinds = (page.text_input, page.selectbox, page.slider, page.radio, page.button)
    found = [one for kind in kinds for one in kind if one.key and one.key.startswith("gewichte.")]
    return next(one for one in found if one.key.split(".", 3)[3] == ".".join(names))


def has(page: AppTest, name: str) -> bool:
    """Whether the dialogue has a button of this name."""
    return any(button.key and button.key.split(".")[-1] == name for button in page.button)


def by(app: App, way: Weighting, **query: str) -> AppTest:
    """The dialogue in one of its ways."""
    return widget(app("kriterien", **query), "way").set_value(way.value).run()


def told(page: AppTest) -> list[str]:
    """The sentences in red."""
    found = [element.value.replace("\\", "") for element in page.markdown if element.value.startswith(":red[")]
    return [sentence.removeprefix(":red[:material/error: ").removesuffix("]") for sentence in found]


def enter_percent(page: AppTest, *typed: str) -> AppTest:
    """Type the weights of the four criteria that count."""
    for code, text in zip(COUNTING, typed, strict=True):
        widget(page, "e", code).set_value(text)
    return page.run()


def save(page: AppTest, reason: str = "Klausur vom 24.11.2026") -> AppTest:
    """Give a reason and store."""
    widget(page, "reason").set_value(reason)
    return widget(page, "store").click().run()


def stored(store: Store, identifier: str = SET) -> CriteriaSet:
    """The newest edition of a set."""
    record = store.newest("criteria_set", identifier).record
    assert isinstance(record, CriteriaSet)
    return record


def weights(store: Store) -> list[float]:
    """The stored weights of the criteria that count."""
    return [stored(store).weights[code] for code in COUNTING]


# --- the table ---


def test_the_table_shows_every_criterion_with_weight_direction_and_anchors(app: App, store: Store) -> None:
    page = app("kriterien")
    shown, found = table(page, ALT), stored(store)
    assert not page.exception
    assert list(shown["Kriterium"]) == [one.title for one in found.criteria]
    assert list(shown["Gewicht"]) == [*(percent(found.weights[code], "de", 1) for code in COUNTING), "zählt nicht"]
    assert list(shown["Richtung"]) == ["Viele Punkte sprechen dafür"] * 4 + ["Viele Punkte sprechen dagegen"]
    for name, anchor in (("0", "anchor_low"), ("5", "anchor_middle"), ("10", "anchor_high")):
        assert list(shown[name]) == [getattr(one, anchor) for one in found.criteria]
    assert "Fassung 1." in read(page)
    assert charts_without_text(page) == []
    edit = next(link for link in page.get("page_link") if link.proto.page == "plan")
    assert edit.proto.query_string == "id=criteria_set%3AKS-1"


def test_the_page_says_that_the_demonstrations_criteria_are_invented(app: App) -> None:
    assert ":violet-badge[:material/science: Beispielwert]" in words(app("kriterien"))


def test_what_is_doubtful_about_a_set_is_said_and_stops_nobody(app: App, store: Store) -> None:
    doubtful = a_criteria_set(
        a_criterion(title="Bauchgefühl", anchor_high=None),
        a_criterion(code="KOSTEN", title="Kosten", axis=MatrixAxis.effort),
        id="KS-X",
        title="Zweifelhaft",
    )
    add_record(store, doubtful, by=OFFICE, at=AT)
    page = app("kriterien", id="KS-X")
    said = [warning.value.replace("\\", "") for warning in page.warning]
    assert any("„Bauchgefühl“ sagt noch nicht, was 0, 5 und 10 bedeuten." in sentence for sentence in said)
    assert any("„Kosten“ zählt im Nutzwert, obwohl es Aufwand misst." in sentence for sentence in said)
    assert has(page, "store")
    assert not app("kriterien", id=SET).warning


def test_another_set_is_chosen_and_stands_in_the_address(app: App, store: Store) -> None:
    add_record(store, a_criteria_set(id="KS-2", title="Zweiter Satz"), by=OFFICE, at=AT)
    page = app("kriterien", id="KS-NIE")
    assert page.selectbox(key="kriterien_wahl").value == SET
    page = page.selectbox(key="kriterien_wahl").set_value("KS-2").run()
    assert page.query_params["id"] == "KS-2"
    assert list(table(page, ALT)["Kriterium"]) == ["Wirkung auf die Ziele", "Dringlichkeit", "Aufwand"]


def test_two_sets_of_the_same_title_are_not_mistaken_for_each_other(app: App, store: Store) -> None:
    add_record(store, a_criteria_set(id="KS-2", title=stored(store).title), by=OFFICE, at=AT)
    for identifier, criteria in ((SET, 5), ("KS-2", 3)):
        page = app("kriterien", id=identifier).run()
        assert page.query_params["id"] == identifier
        assert len(table(page, ALT)) == criteria


def test_a_plan_without_criteria_leads_to_where_they_are_made(empty_app: App) -> None:
    page = empty_app("kriterien")
    assert not page.exception
    assert "Noch kein Kriteriensatz." in read(page)
    assert [link.proto.query_string for link in page.get("page_link")] == ["id=criteria_set"]


# --- the ways to weights ---


def test_a_swing_is_compared_with_the_most_important_one(app: App, store: Store) -> None:
    page = app("kriterien")
    assert [widget(page, "p", code).value for code in COUNTING[1:]] == [70, 50, 40]
    assert "von „nichts“ zu „die Gelegenheit ist vorbei“" in widget(page, "p", "KR-5").label.replace("\\", "")
    widget(page, "p", "KR-2").set_value(20).run()
    page = save(page)
    assert told(page) == []
    assert stored(store).weighting is Weighting.swing
    assert weights(store) == pytest.approx(swing_weights([100, 20, 50, 40]))


def test_another_most_important_swing_has_the_hundred(app: App, store: Store) -> None:
    page = widget(app("kriterien"), "first").set_value("KR-5").run()
    assert [widget(page, "p", code).value for code in ("KR-1", "KR-2", "KR-3")] == [100, 70, 50]
    widget(page, "p", "KR-1").set_value(60).run()
    save(page)
    assert weights(store) == pytest.approx(swing_weights([60, 70, 50, 100]))


def test_per_cent_are_stored_as_they_were_typed(app: App, store: Store) -> None:
    page = enter_percent(by(app, Weighting.entered), "40", "30,5", "19,5 %", "10")
    assert told(page) == []
    assert "Summe: 100 von 100" in read(page)
    save(page)
    assert stored(store).weighting is Weighting.entered
    assert weights(store) == pytest.approx([0.4, 0.305, 0.195, 0.1])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("40", "30", "20", "9"), "Die Gewichte ergeben 99 Prozent statt 100, Unterschied 1."),
        (("40", "30", "20", "11"), "Die Gewichte ergeben 101 Prozent statt 100, Unterschied −1."),
        (("0", "0", "0", "0"), "Die Gewichte ergeben 0 Prozent statt 100"),
    ],
)
def test_per_cent_that_do_not_sum_to_a_hundred_are_refused_and_not_set_right_in_silence(
    app: App, store: Store, typed: tuple[str, ...], expected: str
) -> None:
    page = enter_percent(by(app, Weighting.entered), *typed)
    (sentence,) = told(page)
    assert expected in sentence
    assert [widget(page, "e", code).value for code in COUNTING] == list(typed)
    assert not has(page, "store")
    assert table(page, EFFECT) is None
    assert store.newest("criteria_set", SET).version == 1


@pytest.mark.parametrize("wrong", ["", "viel", "25.5", "=25", "1/4", "🙂", "25 Euro"])
def test_what_is_no_number_is_told_with_its_criterion(app: App, wrong: str) -> None:
    page = enter_percent(by(app, Weighting.entered), "40", wrong, "20", "10")
    assert not page.exception
    (sentence,) = told(page)
    assert sentence.startswith("Mehrwert für Unternehmen: ")
    assert not has(page, "store")


def test_a_weight_below_nothing_is_refused_even_where_the_sum_is_a_hundred(app: App) -> None:
    page = enter_percent(by(app, Weighting.entered), "90", "-10", "10", "10")
    assert not page.exception
    assert len(told(page)) == 1
    assert not has(page, "store")


def test_the_present_weights_are_a_start_in_per_cent_that_fits(app: App) -> None:
    page = by(app, Weighting.entered)
    assert told(page) == []
    assert has(page, "store")


def test_places_give_the_weights_of_their_ranks_and_may_be_shared(app: App, store: Store) -> None:
    page = by(app, Weighting.rank)
    assert [widget(page, "r", code).value for code in COUNTING] == [1, 2, 3, 4]
    widget(page, "r", "KR-3").set_value(2).run()
    save(page)
    assert stored(store).weighting is Weighting.rank
    assert weights(store) == pytest.approx(weights_of_ranks([1, 2, 2, 4]))


def test_weights_that_are_all_alike_ask_for_nothing(app: App, store: Store) -> None:
    save(by(app, Weighting.equal))
    assert stored(store).weighting is Weighting.equal
    assert weights(store) == [0.25] * 4
    assert {one.points for one in stored(store).criteria} == {None}


def test_pairs_give_the_principal_eigenvector(app: App, store: Store) -> None:
    page = by(app, Weighting.pairwise)
    widget(page, "v", "KR-1", "KR-2").set_value(3.0).run()
    widget(page, "v", "KR-1", "KR-5").set_value(5.0).run()
    assert not page.warning
    save(page)
    expected = pairwise_weights([[1, 3, 1, 5], [1 / 3, 1, 1, 1], [1, 1, 1, 1], [1 / 5, 1, 1, 1]]).weights
    assert stored(store).weighting is Weighting.pairwise
    assert weights(store) == pytest.approx(expected)
    assert len(stored(store).comparisons) == 6
    again = app("kriterien")
    assert (widget(again, "v", "KR-1", "KR-2").value, widget(again, "v", "KR-2", "KR-3").value) == (3.0, 1.0)


def test_pairs_that_contradict_each_other_are_doubted_and_can_be_stored(app: App, store: Store) -> None:
    page = by(app, Weighting.pairwise)
    for first, second, ratio in (("KR-1", "KR-2", 9.0), ("KR-2", "KR-3", 9.0), ("KR-1", "KR-3", 1 / 9)):
        widget(page, "v", first, second).set_value(ratio).run()
    assert "Die Paarvergleiche widersprechen sich" in page.warning[0].value
    save(page)
    assert stored(store).weighting is Weighting.pairwise


def test_more_criteria_than_can_be_compared_in_pairs_are_told(app: App, store: Store) -> None:
    many = a_criteria_set(*(a_criterion(code=f"K{number}") for number in range(8)), id="KS-8", title="Acht")
    add_record(store, many, by=OFFICE, at=AT)
    page = by(app, Weighting.pairwise, id="KS-8")
    assert not page.exception
    (sentence,) = told(page)
    assert "Mehr als 7 Kriterien lassen sich nicht stimmig paarweise vergleichen." in sentence
    assert not has(page, "store")


@pytest.mark.parametrize("way", list(Weighting))
def test_a_single_criterion_has_the_whole_weight_in_every_way(app: App, store: Store, way: Weighting) -> None:
    add_record(store, a_criteria_set(a_criterion(), id="KS-E", title="Eines"), by=OFFICE, at=AT)
    page = by(app, way, id="KS-E")
    assert not page.exception
    assert told(page) == []
    assert [list(row)[1] for row in table(page, EFFECT).values] == [percent(1.0, "de", 1)]


# --- what five points would do ---


def test_five_points_more_and_less_leave_the_others_in_proportion(app: App, store: Store) -> None:
    page = widget(app("kriterien"), "p", "KR-2").set_value(90).run()
    shares = swing_weights([100, 90, 50, 40])
    shown = table(page, EFFECT)
    assert list(shown["Gewicht"]) == [percent(share, "de", 1) for share in shares]
    for column, step in (("mit 5 Punkten mehr", 0.05), ("mit 5 Punkten weniger", -0.05)):
        expected = [" · ".join(percent(one, "de") for one in shifted(shares, place, step)) for place in range(4)]
        assert list(shown[column]) == expected
    assert charts_without_text(page) == []
    assert weights(store) == pytest.approx(swing_weights([100, 70, 50, 40]))


# --- a new edition ---


def test_weights_are_stored_as_a_new_edition_with_a_reason(app: App, store: Store) -> None:
    before = stored(store)
    page = save(by(app, Weighting.equal), "Klausur vom 24.11.2026")
    assert page.success[0].value.replace("\\", "") == "Gespeichert als Fassung 2."
    assert "Fassung 2." in read(page)
    newest = store.history(kind="criteria_set", identifier=SET)[0]
    assert (newest.version, newest.change.reason) == (2, "Klausur vom 24.11.2026")
    assert store.versions("criteria_set", SET)[0].record == before
    kept = [one.model_copy(update={"points": None}) for one in before.criteria]
    assert list(stored(store).criteria) == kept


def test_a_round_keeps_the_edition_that_it_was_opened_on(app: App, store: Store) -> None:
    before = store.newest("priority_round", "PR-2026")
    save(by(app, Weighting.equal))
    assert store.newest("priority_round", "PR-2026") == before
    assert list(table(app("kriterien"), ALT)["Gewicht"])[:4] == [percent(0.25, "de", 1)] * 4


@pytest.mark.parametrize("reason", ["", "   "])
def test_weights_are_not_stored_without_a_reason(app: App, store: Store, reason: str) -> None:
    page = save(by(app, Weighting.equal), reason)
    assert told(page) == ["Bitte nennen Sie den Grund der Änderung; er steht im Verlauf."]
    assert store.newest("criteria_set", SET).version == 1
    assert widget(page, "way").value == "equal"
    assert told(page.run()) == []


def test_weights_that_are_stored_already_are_not_stored_again(app: App, store: Store) -> None:
    page = save(app("kriterien"))
    assert told(page) == ["Die Gewichte sind schon so gespeichert."]
    assert store.newest("criteria_set", SET).version == 1


def test_somebody_elses_edition_is_not_overwritten(app: App, store: Store) -> None:
    page = by(app, Weighting.equal)
    theirs = stored(store).model_copy(update={"title": "Ihr Titel"})
    revise_record(store, theirs, 1, by=COLLEAGUE, at=AT, reason="Umbenannt")
    page = save(page)
    assert told(page) == ["Jemand anderes hat den Kriteriensatz gerade geändert. Bitte prüfen Sie ihn."]
    assert stored(store) == theirs
    assert "Ihr Titel" in read(page)


def test_what_was_typed_last_is_what_the_click_stores(app: App, store: Store) -> None:
    page = enter_percent(by(app, Weighting.entered), "40", "30", "20", "10")
    widget(page, "e", "KR-1").set_value("30")
    widget(page, "e", "KR-2").set_value("40")
    save(page)
    assert weights(store) == pytest.approx([0.3, 0.4, 0.2, 0.1])


def test_an_english_dialogue_reads_the_decimal_point(app: App, store: Store) -> None:
    page = enter_percent(by(app, Weighting.entered, lang="en"), "40.5", "29.5", "20", "10")
    assert not page.exception
    assert told(page) == []
    save(page, "retreat")
    assert weights(store) == pytest.approx([0.405, 0.295, 0.2, 0.1])


@pytest.mark.parametrize("title", [HOSTILE, HOSTILE_LONG, "🙂" * 100])
def test_hostile_titles_stay_data_in_every_way(app: App, store: Store, title: str) -> None:
    anchors = {"anchor_low": title, "anchor_middle": title, "anchor_high": title}
    criteria = (a_criterion(title=title, **anchors), a_criterion(code="D", title=title, axis=MatrixAxis.effort))
    add_record(store, a_criteria_set(*criteria, id="KS-X", title=title), by=OFFICE, at=AT)
    page = app("kriterien", id="KS-X")
    for way in Weighting:
        widget(page, "way").set_value(way.value).run()
        assert not page.exception
        assert unescaped(page) == []
    save(widget(page, "way").set_value("rank").run(), title)
    assert unescaped(page) == []
    assert store.newest("criteria_set", "KS-X").version == 2
