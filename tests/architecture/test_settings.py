"""The settings that the server starts with: safe on their own, silent to the outside, readable."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from tests.architecture.sources import PAGES, ROOT

SETTINGS: dict[str, Any] = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
THEME = SETTINGS["theme"]
READABLE, VISIBLE = 4.5, 3.0  # WCAG 2.2 AA: text, and parts of a chart
CAPTION = 0.6  # the framework draws captions with this share of the text colour


def test_the_server_listens_on_this_machine_only_and_under_its_own_names_only() -> None:
    assert SETTINGS["server"]["address"] == "127.0.0.1"
    assert SETTINGS["server"]["allowedHosts"] == ["localhost", "127.0.0.1"]
    assert SETTINGS["server"]["enableXsrfProtection"] is True
    assert SETTINGS["server"]["enableAgentApi"] is False


def test_nothing_is_reported_to_anyone_and_no_error_shows_the_program_s_insides() -> None:
    assert SETTINGS["browser"]["gatherUsageStats"] is False
    assert SETTINGS["client"]["showErrorDetails"] == "none"
    assert SETTINGS["client"]["toolbarMode"] == "viewer"
    assert not re.search(r"https?://", (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def test_no_full_collection_runs_after_each_click_and_no_file_is_watched() -> None:
    assert SETTINGS["runner"]["postScriptGC"] is False
    assert SETTINGS["server"]["fileWatcherType"] == "none"


def test_the_fonts_that_the_theme_names_are_ours_and_bring_their_licence() -> None:
    files = [PAGES / face["url"].removeprefix("app/") for face in THEME["fontFaces"]]

    assert [file.read_bytes()[:4] for file in files] == [b"wOF2", b"wOF2"]
    assert "SIL Open Font License" in (PAGES / "static" / "fonts" / "LICENSE").read_text(encoding="utf-8")


def test_there_are_enough_chart_colours_for_the_framework_not_to_fall_back_to_others() -> None:
    assert len(set(THEME["chartCategoricalColors"])) >= 10
    assert len(set(THEME["chartSequentialColors"])) == 10
    assert len(set(THEME["chartDivergingColors"])) == 10


@pytest.mark.parametrize("appearance", ["light", "dark"])
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
def test_text_captions_and_links_can_be_read(appearance: str, ground: str) -> None:
    colours = THEME[appearance]
    back = rgb(colours[ground])
    text = rgb(colours["textColor"])

    assert contrast(text, back) >= READABLE
    assert contrast(blend(text, back, CAPTION), back) >= READABLE
    assert contrast(rgb(colours["linkColor"]), back) >= READABLE


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_white_on_the_accent_colour_can_be_read(appearance: str) -> None:
    assert contrast((255, 255, 255), rgb(THEME[appearance]["primaryColor"])) >= READABLE


def test_every_chart_colour_stands_out_from_white() -> None:
    pale = [colour for colour in THEME["chartCategoricalColors"] if contrast(rgb(colour), (255, 255, 255)) < VISIBLE]

    assert pale == []


Colour = tuple[float, float, float]


def rgb(text: str) -> Colour:
    red, green, blue = (int(text[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


def blend(front: Colour, back: Colour, share: float) -> Colour:
    red, green, blue = (share * a + (1 - share) * b for a, b in zip(front, back, strict=True))
    return red, green, blue


def luminance(colour: Colour) -> float:
    """Relative luminance, 0-1, by WCAG 2.2."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (c / 255 for c in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio, 1-21, by WCAG 2.2."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
