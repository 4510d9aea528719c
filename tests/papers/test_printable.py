"""What the fonts cannot show is replaced and told; what they can show stays as it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.papers.printable import Replacement, printable, printable_paper, shown_characters
from tests.papers.hostile import HOSTILE, hostile_paper
from tests.papers.samples import a_paper


@pytest.mark.parametrize(
    "text",
    [
        "Größe, Äußeres, „Anführung“ – und … 12 € × ½ ≥ 3 m²",
        "Łódź, İstanbul, Škoda, Αθήνα, Київ",
        "● ■ ▲ ◆ ○ □ ✓ ✗ →",
        "erste Zeile\nzweite Zeile\n\nneuer Absatz",
        "Silben\u00adtrennung, schmales\u202fLeerzeichen, festes\u00a0Leerzeichen",
    ],
)
def test_what_the_fonts_show_stays_as_typed(text: str) -> None:
    assert printable(text) == (text, ())


@pytest.mark.parametrize(
    ("text", "printed", "replacements"),
    [
        ("Los 😀!", "Los [grinning face]!", [("😀", "GRINNING FACE")]),
        ("👩\u200d💻", "[woman][personal computer]", [("👩", "WOMAN"), ("💻", "PERSONAL COMPUTER")]),
        ("👍🏽", "[thumbs up sign]", [("👍", "THUMBS UP SIGN")]),
        ("🇩🇪", "[DE]", [("🇩🇪", "REGIONAL INDICATOR SYMBOL LETTER D")]),
        ("⚠\ufe0f Achtung", "[warning sign] Achtung", [("⚠", "WARNING SIGN")]),
        ("a\x07b", "a□b", [("\x07", "U+0007")]),
        ("a\ue000b", "a□b", [("\ue000", "U+E000")]),
        ("אב שלום, ja", "[hebrew], ja", [("אב שלום", "HEBREW")]),
        ("漢字", "[cjk]", [("漢字", "CJK")]),
        ("\x07 und \x07", "□ und □", [("\x07", "U+0007")]),
    ],
)
def test_what_they_lack_is_replaced_and_told_once(text: str, printed: str, replacements: list[tuple[str, str]]) -> None:
    assert printable(text) == (printed, tuple(Replacement(*one) for one in replacements))


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_every_kind_of_line_end_is_a_line_break(end: str) -> None:
    assert printable(f"eins{end}zwei") == ("eins\nzwei", ())


def test_tabulators_and_strange_blanks_become_blanks() -> None:
    assert printable("a\tb\u3000c") == ("a b c", ())


def test_letters_with_loose_accents_are_put_together() -> None:
    assert printable("Mu\u0308nster") == ("Münster", ())


@given(st.text())
def test_whatever_is_typed_only_what_the_fonts_show_is_printed(text: str) -> None:
    printed, _ = printable(text)
    assert set(printed) <= shown_characters() | {"\n"}


@given(st.text())
def test_printing_twice_changes_nothing_more(text: str) -> None:
    printed, _ = printable(text)
    assert printable(printed) == (printed, ())


@given(st.text())
def test_each_replacement_stands_in_the_text_and_is_told_once(text: str) -> None:
    _, replacements = printable(text)
    assert len(set(replacements)) == len(replacements)
    assert all(one.character and one.name for one in replacements)


def test_a_paper_is_made_printable_in_every_string() -> None:
    paper, replacements = printable_paper(hostile_paper(a_paper(), "Ziel 😀\x00"))
    assert replacements == (Replacement("😀", "GRINNING FACE"), Replacement("\x00", "U+0000"))
    assert paper.head.title == "Ziel [grinning face]□"
    assert paper.goals[1].measures[1].title == "Ziel [grinning face]□"
    assert paper.follow_ups[2].text == "Ziel [grinning face]□"


def test_a_paper_that_the_fonts_can_show_stays_equal() -> None:
    assert printable_paper(a_paper()) == (a_paper(), ())


def test_the_hostile_texts_hold_what_the_fonts_lack() -> None:
    assert sum(bool(printable(text)[1]) for text in HOSTILE) >= 4
