"""What people typed is shown as written, in running text and in the names of fields."""

from __future__ import annotations

import pytest

from metrics.ui.text import field_name, literal, one_line


@pytest.mark.parametrize(
    ("unit", "spoken"),
    [
        ("Mrd. EUR", "Mrd. EUR"),
        ("Personen/h", "Personen/h"),
        ("€/m²", "€/m²"),
        ("Index (2015 = 100)", "Index (2015 = 100)"),
        ("![x](https://evil.example) :red[rot] <b>fett</b>", "!x(https//evil.example) redrot bfett/b"),
    ],
)
def test_the_name_of_a_field_keeps_a_unit_s_signs_and_drops_what_markdown_would_obey(unit: str, spoken: str) -> None:
    assert field_name(unit) == spoken


def test_running_text_keeps_every_letter_and_escapes_what_markdown_would_obey() -> None:
    assert literal("**fett** [x](y)") == r"\*\*fett\*\* \[x\]\(y\)"


def test_a_long_text_is_cut_on_one_line() -> None:
    assert one_line("eins\n\n zwei drei", 9) == "eins zwe…"
