"""The dialogue: contributions in a list, one with its answer, a new one; invitations; the page of those invited."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from metrics.domain.invitations import Invitation
from metrics.domain.people import Account
from metrics.domain.priorities import PriorityRound
from metrics.domain.upkeep import Contribution, ContributionOrigin, ContributionState
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.contributing import answer, contribute
from metrics.usecases.inviting import Asked, invite, invited_name, revoke
from metrics.usecases.rating import enter
from tests.pages.conftest import TODAY, App, words
from tests.pages.hostile import HOSTILE, HOSTILE_LONG, OFFICE, unescaped
from tests.pages.rounds import opened
from tests.plan import a_contribution, an_invitation

AT, DAY = datetime(2026, 11, 24, 9, 0), date.fromisoformat(TODAY)
LOCAL = Person("Amt (lokal)", Role.administration)
MEASURE, OTHER = "Leerstandsmanagement Innenstadt", "Zirkularitäts-Check für 20 Betriebe"


def read(page: AppTest) -> str:
    """What the page says, without the escapes that keep data from being markup."""
    return words(page).replace("\\", "")


def red(page: AppTest) -> list[str]:
    """The sentences in red at fields."""
    return [one.value.replace("\\", "") for one in page.markdown if one.value.startswith(":red[")]


def field(page: AppTest, path: str) -> Any:
    """The widget of a form's field, whatever the form's token is."""
    kinds = ("text_input", "text_area", "selectbox", "multiselect", "radio")
    (found,) = [one for kind in kinds for one in getattr(page, kind) if one.key and one.key.split(".")[-1] == path]
    return found


def press(page: AppTest, label: str) -> AppTest:
    """Click the button of that label."""
    (button,) = [one for one in page.button if one.label == label]
    return button.click().run()


def said(store: Store, by: Person = OFFICE, **over: object) -> Contribution:
    return contribute(store, a_contribution(**over), by=by, at=AT, today=DAY).record


def contributions(store: Store) -> list[Contribution]:
    return store.records(Contribution)


def invitation(store: Store, *measure_ids: str, **over: Any) -> tuple[Invitation, str]:
    """An invitation with its code."""
    told: dict[str, Any] = {"goal_ids": (), "expires_on": date(2026, 12, 22), "purpose": "Stellungnahme"} | over
    sent = invite(store, Asked("werk@betrieb.example", measure_ids=measure_ids, **told), by=OFFICE, at=AT, today=DAY)
    return sent.invitation, sent.code


# --- the list and the figures ---


def test_open_contributions_come_first_by_how_late_their_answer_is(app: App, store: Store) -> None:
    said(store, id="B-bald", title="Bald fällig")
    said(store, id="B-spaet", title="Seit Tagen fällig", received_on=date(2026, 10, 1))
    said(store, id="B-fertig", title="Schon beantwortet", received_on=date(2026, 9, 1))
    answer(store, "B-fertig", 1, ContributionState.adopted, "Kommt.", by=OFFICE, at=AT, today=DAY)
    page = app("dialog")
    labels = [one.proto.label.replace("\\", "") for one in page.get("page_link")]
    titles = [label for label in labels if label in {"Bald fällig", "Seit Tagen fällig", "Schon beantwortet"}]
    assert titles == ["Seit Tagen fällig", "Bald fällig", "Schon beantwortet"]
    assert read(page).count("überfällig") == 1
    assert "Antwort seit 26 Tagen überfällig" in read(page)
    shown = page.selectbox(key="dialog_stand").set_value("beantwortet").run()
    assert "Schon beantwortet" in read(shown)
    assert "Seit Tagen fällig" not in read(shown)
    shown = shown.selectbox(key="dialog_stand").set_value("").run()
    shown = shown.text_input(key="dialog_suche").set_value("tagen wenden").run()
    assert "Seit Tagen fällig" in read(shown)
    assert "Bald fällig" not in read(shown)


def test_shares_are_told_from_five_on_and_otherwise_why_there_is_none(app: App, store: Store) -> None:
    for number in range(5):
        said(store, id=f"B-{number}", received_on=date(2026, 11, 1))
        verdict = ContributionState.adopted if number < 2 else ContributionState.not_adopted
        late = DAY if number else date(2026, 12, 24)
        answer(store, f"B-{number}", 1, verdict, "Antwort", by=OFFICE, at=AT, today=late)
    said(store, id="B-P", origin=ContributionOrigin.politics, received_on=date(2026, 9, 1))
    told = read(app("dialog"))
    assert "5 Beiträge eingegangen; fristgerecht beantwortet 4 von 5 (80\u202f%)" in told
    assert "übernommen 2 von 5 beantworteten (40\u202f%)" in told
    assert "nicht berechenbar: erst 1 von 5 fälligen" in told
    assert "nicht berechenbar: erst 0 von 5 beantworteten" in told


# --- a new one, on the page of its measure, and its answer ---


def test_a_contribution_from_the_page_of_a_measure_stands_there_afterwards(app: App, store: Store) -> None:
    assert "Noch hat sich niemand dazu geäußert." in read(app("massnahmen", id="M-15"))
    page = app("dialog", id="measure:M-15")
    assert field(page, "measure_ids").value == ["M-15"]
    field(page, "title").set_value("Leerstand an der Hochstraße")
    field(page, "text").set_value("Drei Läden stehen leer.")
    field(page, "origin").set_value("politics")
    page = press(page.run(), "Beitrag absenden")
    assert "eine Antwort kommt bis 22.12.2026" in read(page)
    (stored,) = contributions(store)
    assert (stored.origin, stored.measure_ids, stored.received_on) == (ContributionOrigin.politics, ("M-15",), DAY)
    assert stored.owner == store.newest("measure", "M-15").record.owner  # type: ignore[attr-defined]
    told = read(app("massnahmen", id="M-15"))
    assert "1 Beitrag, 1 ohne Antwort" in told
    assert "Leerstand an der Hochstraße" in told


def test_what_does_not_fit_stands_at_its_field_and_nothing_is_stored(app: App, store: Store) -> None:
    page = press(app("dialog", id="neu"), "Beitrag absenden")
    assert any("Worum geht es?" in sentence for sentence in red(page))
    field(page, "title").set_value("Morgen")
    field(page, "text").set_value("Text")
    field(page, "received_on").set_value("25.11.2026")
    page = press(page.run(), "Beitrag absenden")
    assert any("liegt nach heute" in sentence for sentence in red(page))
    assert contributions(store) == []


def test_an_answer_is_asked_for_verdict_and_text_and_a_second_one_for_its_reason(app: App, store: Store) -> None:
    said(store)
    page = press(app("dialog", id="B-1"), "Antwort speichern")
    assert ["ob der Beitrag übernommen wird" in sentence for sentence in red(page)] == [True]
    field(page, "state").set_value("adopted")
    page = press(page.run(), "Antwort speichern")
    assert ["schreiben Sie eine Antwort" in sentence for sentence in red(page)] == [True]
    field(page, "answer").set_value("Kommt ins Pflichtenheft.")
    page = press(page.run(), "Antwort speichern")
    assert "Antwort vom 24.11.2026: übernommen" in read(page)
    assert contributions(store)[0].answer == "Kommt ins Pflichtenheft."
    assert field(page, "answer").value in (None, "")
    field(page, "state").set_value("not_adopted")
    field(page, "answer").set_value("Doch nicht.")
    page = press(page.run(), "Antwort speichern")
    assert ["nennen Sie den Grund" in sentence for sentence in red(page)] == [True]
    assert contributions(store)[0].state is ContributionState.adopted
    field(page, "reason").set_value("Förderung abgelehnt")
    page = press(page.run(), "Antwort speichern")
    assert "Doch nicht." in read(page)
    assert "Fassung 3" in read(page)


def test_who_answers_while_somebody_else_has_keeps_what_they_typed(app: App, store: Store) -> None:
    said(store)
    page = app("dialog", id="B-1")
    field(page, "state").set_value("adopted")
    field(page, "answer").set_value("Meine Antwort")
    page = page.run()
    (button,) = [one for one in page.button if one.label == "Antwort speichern"]
    answer(store, "B-1", 1, ContributionState.not_adopted, "Andere Antwort", by=OFFICE, at=AT, today=DAY)
    page = button.click().run()
    assert ["Inzwischen hat jemand anderes den Beitrag geändert." in one for one in red(page)] == [True]
    assert field(page, "answer").value == "Meine Antwort"
    assert contributions(store)[0].answer == "Andere Antwort"


def test_one_takes_back_ones_own_and_nobody_elses(app: App, store: Store) -> None:
    said(store, OFFICE, id="B-fremd")
    said(store, LOCAL, id="B-eigen")
    assert "Beitrag zurücknehmen" not in [one.label for one in app("dialog", id="B-fremd").button]
    page = press(app("dialog", id="B-eigen"), "Beitrag zurücknehmen")
    assert "Zurückgenommen" in read(page)
    assert [one.id for one in contributions(store)] == ["B-fremd"]


# --- invitations ---


def test_a_letter_with_the_code_is_shown_once_and_only_its_checksum_is_kept(app: App, store: Store) -> None:
    page = app("dialog")
    page.text_input(key="einladung.address").set_value("werk@betrieb.example")
    page.multiselect(key="einladung.measure_ids").set_value(["M-15"])
    page = press(page.run(), "Einladung erstellen")
    (letter,) = [one.value for one in page.code]
    assert f"- {MEASURE}" in letter
    assert "bis 22.12.2026" in letter
    (kept,) = store.register.all(Invitation)
    code = letter.split("Ihr Zugang: ")[1].split()[0]
    assert f"/einladung?code={code}" in letter
    assert code not in str(kept)
    assert kept.expires_on == DAY + timedelta(days=28)
    assert [one.value for one in app("dialog").code] == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"address": "", "measure_ids": ["M-15"]}, "Bitte nennen Sie die E-Mail-Adresse"),
        ({"address": "kein Postfach", "measure_ids": ["M-15"]}, "E-Mail-Adresse"),
        ({"address": "werk@betrieb.example"}, "mindestens eine Maßnahme oder ein Ziel"),
        ({"address": "a@b.example", "measure_ids": ["M-15"], "expires_on": "01.11.2026"}, "endet frühestens am"),
        ({"address": "a@b.example", "measure_ids": ["M-15"], "expires_on": "bald"}, "Gilt bis"),
    ],
)
def test_what_is_no_invitation_is_told_at_its_field(
    app: App, store: Store, typed: dict[str, Any], sentence: str
) -> None:
    page = app("dialog")
    for name, value in typed.items():
        field(page, name).set_value(value)
    page = press(page.run(), "Einladung erstellen")
    assert [sentence in one for one in red(page)] == [True]
    assert store.register.all(Invitation) == []


def test_too_many_invitations_to_one_address_are_refused_with_when_it_goes_on(app: App, store: Store) -> None:
    page = app("dialog")
    for _ in range(4):
        field(page, "address").set_value("werk@betrieb.example")
        field(page, "measure_ids").set_value(["M-15"])
        page = press(page.run(), "Einladung erstellen")
    (sentence,) = red(page)
    assert "höchstens 3 Einladungen in 24 Stunden" in sentence
    assert len(store.register.all(Invitation)) == 3


def test_an_invitation_is_withdrawn_on_the_page_and_old_ones_are_gone(app: App, store: Store) -> None:
    store.register.put(an_invitation(id="E-ALT", address="alt@betrieb.example", delete_on=date(2026, 11, 23)), 0)
    invitation(store, "M-15")
    page = app("dialog")
    assert "alt@betrieb.example" not in read(page)
    page = press(page, "Zurückziehen")
    assert "zurückgezogen" in read(page)
    (kept,) = store.register.all(Invitation)
    assert kept.revoked


def test_a_seat_is_offered_by_e_mail_with_a_code_that_opens_both(app: App, store: Store) -> None:
    opened(store)
    page = app("runden", id="PR-X")
    page.selectbox(key="runde.renew_seat").set_value(3)
    page.text_input(key="runde.address").set_value("rat@politik.example")
    page = press(page.run(), "Diesen Platz per E-Mail anbieten")
    (letter,) = [one.value for one in page.code]
    code = letter.split("Ihr Zugang: ")[1].split()[0]
    assert enter(store, code).seat.number == 3
    guest = app("einladung", code=code)
    assert "Jetzt bewerten" in [one.label for one in guest.button]
    assert "Ihr Beitrag" not in [one.value for one in guest.header]
    rated = app("bewerten", code=code)
    assert "Sie bewerten für: Politik (Platz 3)" in read(rated)
    round_ = store.newest(PriorityRound.kind, "PR-X").record
    assert isinstance(round_, PriorityRound)
    (kept,) = store.register.all(Invitation)
    assert kept.expires_on == round_.deadline


# --- the page for those who were invited ---


def test_the_invited_see_the_titles_they_are_asked_about_and_nothing_else_of_the_plan(app: App, store: Store) -> None:
    _found, code = invitation(store, "M-15", message="Wir freuen uns.")
    said(store, id="B-fremd", title="Geheimer Beitrag")
    page = app("einladung", code=code)
    told = read(page)
    assert not page.exception
    assert MEASURE in told and "Wir freuen uns." in told and "bis 22.12.2026" in told
    assert OTHER not in told and "Geheimer Beitrag" not in told and "Sachgebiet" not in told
    assert page.get("page_link") == []
    assert [option for box in page.multiselect for option in box.options] == []
    assert "werk@betrieb.example" not in told


def test_the_invited_write_read_the_answer_and_take_back_what_has_none(app: App, store: Store) -> None:
    found, code = invitation(store, "M-15", "M-16")
    page = app("einladung", code=code)
    assert [len(box.options) for box in page.multiselect] == [2]
    field(page, "measure_ids").set_value(["M-16"])
    field(page, "title").set_value("Mehr Parkplätze")
    field(page, "text").set_value("Bitte mitdenken.")
    page = press(page.run(), "Beitrag absenden")
    (stored,) = contributions(store)
    assert (stored.measure_ids, stored.origin) == (("M-16",), ContributionOrigin.business)
    assert store.history(kind="contribution")[0].change.recorded_by == invited_name(found.id)
    assert "Beitrag zurücknehmen" in [one.label for one in page.button]
    answer(store, stored.id, 1, ContributionState.adopted, "Kommt 2027.", by=OFFICE, at=AT, today=DAY)
    page = app("einladung", code=code)
    assert "Kommt 2027." in read(page)
    assert "Beitrag zurücknehmen" not in [one.label for one in page.button]


def test_after_its_end_the_answer_can_still_be_read_and_nothing_more_is_said(
    app: App, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, code = invitation(store, "M-15")
    said(store, Person(invited_name(found.id), Role.business))
    answer(store, "B-1", 1, ContributionState.adopted, "Kommt 2027.", by=OFFICE, at=AT, today=DAY)
    monkeypatch.setenv("ZUKUNFTSPLAN_TODAY", "2026-12-23")
    page = app("einladung", code=code)
    assert "Diese Einladung galt bis 22.12.2026. Bis 21.01.2027" in read(page)
    assert "Kommt 2027." in read(page)
    assert "Beitrag absenden" not in [one.label for one in page.button]


@pytest.mark.parametrize("code", ["AAAA-BBBB-CCCC", "<b>x</b>", "🙂", "x" * 5000])
def test_a_wrong_code_is_told_and_the_right_one_can_be_typed(app: App, store: Store, code: str) -> None:
    found, right = invitation(store, "M-15")
    page = app("einladung", code=code)
    assert not page.exception
    assert "Diese Einladung gibt es nicht" in read(page)
    page.text_input(key="einladung_zugang").set_value(f" {right.lower()} ")
    page = press(page, "Öffnen")
    assert MEASURE in read(page)
    revoke(store, found.id, store.register.all(Invitation)[0].version, by=OFFICE, at=AT)
    assert "Diese Einladung gibt es nicht" in read(page.run())


def test_after_ten_wrong_codes_everybody_waits_but_those_who_are_inside(app: App, store: Store) -> None:
    _found, right = invitation(store, "M-15")
    inside = app("einladung", code=right)
    code = opened(store).codes[1]
    for number in range(10):
        app(
            "einladung" if number % 2 else "bewerten",
            code=f"AAAA-BBBB-CC{number:02}".replace("0", "X").replace("1", "Y"),
        )
    for address, known in (("einladung", right), ("bewerten", code)):
        told = read(app(address, code=known))
        assert "zu viele unbekannte Zugänge" in told
        assert MEASURE not in told
    assert MEASURE in read(inside.run())


def test_a_page_that_is_drawn_again_with_the_same_wrong_code_is_no_new_try(app: App, store: Store) -> None:
    _found, right = invitation(store, "M-15")
    page = app("einladung", code="AAAA-BBBB-CCCC")
    for _ in range(12):
        page = page.run()
    assert "Diese Einladung gibt es nicht" in read(page)
    assert MEASURE in read(app("einladung", code=right))


# --- somebody from outside who signs in ---


def test_who_signs_in_from_outside_finds_only_what_they_were_invited_to(
    app: App, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.register.put(Account(id="P-7", purpose="Anmeldung", name="Betrieb", email="werk@betrieb.example"), 0)
    firm = Person("P-7", Role.business)
    said(store, OFFICE, id="B-fremd", title="Geheimer Beitrag")
    for module in ("pages.upkeep.dialogue", "metrics.ui.contribution_sheet", "metrics.ui.forms"):
        monkeypatch.setattr(f"{module}.person", lambda: firm)
    before = app("dialog", id="B-fremd")
    assert "Sie sind gerade zu nichts eingeladen." in read(before)
    assert "Geheimer Beitrag" not in read(before)
    invitation(store, "M-15")
    page = app("dialog", id="B-fremd")
    assert "Geheimer Beitrag" not in read(page)
    field(page, "title").set_value("Unser Beitrag")
    field(page, "text").set_value("Text")
    page = press(page.run(), "Beitrag absenden")
    assert {one.title: one.measure_ids for one in contributions(store)} == {
        "Geheimer Beitrag": ("M-15",),
        "Unser Beitrag": ("M-15",),
    }


# --- hostile texts ---


@pytest.mark.parametrize("text", [HOSTILE, HOSTILE_LONG])
def test_hostile_texts_stay_texts(app: App, store: Store, text: str) -> None:
    found, code = invitation(store, "M-15", message=text)
    guest = Person(invited_name(found.id), Role.business)
    said(store, guest, title=text, text=text)
    said(store, id="B-2", title=text, text=text, owner=text)
    answer(store, "B-1", 1, ContributionState.adopted, text, by=OFFICE, at=AT, today=DAY)
    for page in (
        app("dialog"),
        app("dialog", id="B-1"),
        app("dialog", id="B-2"),
        app("dialog", id=text),
        app("einladung", code=code),
        app("massnahmen", id="M-15"),
    ):
        assert not page.exception
        assert unescaped(page) == []
