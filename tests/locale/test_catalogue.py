"""Texts come from the catalogues, and what is missing is loud in tests and quiet for readers."""

from __future__ import annotations

import pytest

from metrics.locale.catalogue import KeyNotInCatalogue, lookup, to_translate, translate, translate_plural


def test_a_key_is_translated_in_both_languages() -> None:
    assert translate("kind.goal", "de") == "Ziel"
    assert translate("kind.goal", "en") == "Goal"


def test_a_german_sentence_needs_no_german_entry() -> None:
    assert translate("Diesen Satz kennt kein Katalog.", "de") == "Diesen Satz kennt kein Katalog."


def test_a_sentence_without_translation_stays_german_and_has_no_entry() -> None:
    assert translate("Diesen Satz kennt kein Katalog.", "en") == "Diesen Satz kennt kein Katalog."
    assert lookup("Diesen Satz kennt kein Katalog.", "en") is None


def test_a_key_without_text_fails_in_tests() -> None:
    with pytest.raises(KeyNotInCatalogue, match=r"field\.goal\.colour"):
        translate("field.goal.colour", "de")


def test_a_key_without_text_shows_itself_to_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTEST_VERSION")
    assert translate("field.goal.colour", "en") == "field.goal.colour"


def test_placeholders_are_filled_after_translation_even_with_values_named_like_parameters() -> None:
    assert translate("Stand {text} vom {language}", "de", text=3, language="Montag") == "Stand 3 vom Montag"


def test_braces_in_values_are_shown_as_they_are() -> None:
    assert translate("Titel: {titel}", "de", titel="{0.__class__}") == "Titel: {0.__class__}"


def test_the_empty_text_is_empty_and_not_the_catalogues_header() -> None:
    assert translate("", "en") == ""


def test_a_plural_follows_the_number_and_writes_it_in_the_readers_way() -> None:
    forms = ("{number} Satz ohne Eintrag", "{number} Sätze ohne Eintrag in {ort}")
    assert translate_plural(*forms, 1, "de") == "1 Satz ohne Eintrag"
    assert translate_plural(*forms, 1200, "de", ort="Bottrop") == "1.200 Sätze ohne Eintrag in Bottrop"
    assert translate_plural(*forms, 0, "de", ort="Bottrop") == "0 Sätze ohne Eintrag in Bottrop"


def test_a_text_marked_for_later_is_itself() -> None:
    assert to_translate("Überblick") == "Überblick"
