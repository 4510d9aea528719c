"""The look that all charts share."""

from __future__ import annotations

from itertools import combinations

import pytest

from metrics.charts.theme import (
    COURSES,
    DARK,
    LIGHT,
    RESPONSIBILITIES,
    Palette,
    contrast,
    empty,
    faint,
    finish,
    hover_text,
    legend_height,
    number,
    palette,
    percent,
    plain,
    plotly_config,
    readable_on,
    wrap,
)

BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def test_contrast_is_that_of_the_web_guidelines() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_a_faint_colour_keeps_its_hue() -> None:
    assert faint("#0F5C8C", 0.18) == "rgba(15,92,140,0.18)"


@BOTH
def test_every_text_reads_on_both_backgrounds(colours: Palette) -> None:
    worst = min(contrast(text, ground) for text in (colours.text, colours.muted) for ground in _grounds(colours))
    assert worst >= 4.5


@BOTH
def test_every_mark_stands_out_on_both_backgrounds(colours: Palette) -> None:
    status = (colours.on_course, colours.nearly, colours.at_risk, colours.off_course, colours.neutral)
    marks = (*status, *colours.series, colours.line, colours.path)
    assert min(contrast(mark, ground) for mark in marks for ground in _grounds(colours)) >= 3


@BOTH
def test_text_inside_a_filled_mark_reads(colours: Palette) -> None:
    fills = (colours.on_course, colours.nearly, colours.at_risk, colours.off_course, colours.track, *colours.steps)
    assert min(contrast(readable_on(fill), fill) for fill in fills) >= 4.5


@BOTH
@pytest.mark.parametrize("sight", ["normal", "protan", "deutan", "tritan"])
def test_the_three_status_colours_differ_for_every_kind_of_colour_vision(colours: Palette, sight: str) -> None:
    seen = [_oklab(colour, sight) for colour in (colours.on_course, colours.at_risk, colours.off_course)]
    assert min(_distance(*pair) for pair in combinations(seen, 2)) >= 0.12


@pytest.mark.parametrize("marks", [COURSES, RESPONSIBILITIES], ids=["courses", "responsibilities"])
def test_marks_differ_in_shape_and_character_so_that_nothing_depends_on_colour(marks: dict) -> None:
    assert len({mark.symbol for mark in marks.values()}) == len(marks)
    assert len({mark.character for mark in marks.values()}) == len(marks)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<b>fett</b>", "&lt;b&gt;fett&lt;/b&gt;"),
        ('<a href="javascript:alert(1)">x</a>', '&lt;a href="javascript:alert(1)"&gt;x&lt;/a&gt;'),
        ("Handel & Handwerk", "Handel &amp; Handwerk"),
        ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
        ("a\x00b\x1b[31m\r\n\tc", "a b [31m c"),
        ("links\u202erechts", "linksrechts"),
        ("Familie 👩‍👧 ♻️", "Familie 👩‍👧 ♻️"),
        ("44\u00a0%", "44\u00a0%"),
        ("  viel   Raum ", "viel Raum"),
    ],
)
def test_a_typed_text_is_shown_as_typed_without_markup_or_control_characters(typed: str, shown: str) -> None:
    assert plain(typed) == shown


def test_a_text_of_2000_characters_is_shortened_before_it_is_escaped() -> None:
    assert plain("<" * 2000, 10) == "&lt;" * 9 + "…"
    assert plain("x" * 120, 120) == "x" * 120


def test_wrapping_never_breaks_a_word_and_ends_in_an_ellipsis() -> None:
    assert wrap("Ressourceneffizienz in Betrieben", 12, 2) == "Ressourceneffizie…<br>in Betrieben"
    assert wrap("Sichtbarkeit und Image des Standorts", 16, 3) == "Sichtbarkeit und<br>Image des<br>Standorts"
    assert wrap("eins zwei drei vier fünf sechs", 10, 2) == "eins zwei<br>drei vier…"
    assert wrap("", 10) == ""


def test_wrapping_escapes_each_line() -> None:
    assert wrap("<br> <b>fett</b>", 40) == "&lt;br&gt; &lt;b&gt;fett&lt;/b&gt;"


def test_a_hover_text_keeps_its_lines_and_nothing_else() -> None:
    assert hover_text("2023: 7,9 %\n<i>Quelle</i>") == "2023: 7,9 %<br>&lt;i&gt;Quelle&lt;/i&gt;"
    assert hover_text("\n".join("x" * 20)).count("<br>") == 13


def test_numbers_follow_the_language() -> None:
    assert number(1234.5, "de", 1) == "1.234,5"
    assert number(1234.5, "en", 1) == "1,234.5"
    assert number(-3, "de") == "−3"
    assert percent(0.804, "de") == "80\u00a0%"
    assert percent(0.804, "en") == "80%"


@pytest.mark.parametrize(("language", "separators"), [("de", ",."), ("en", ".,")])
def test_a_finished_figure_has_the_separators_of_the_language_and_no_template(language: str, separators: str) -> None:
    figure = finish([], {"xaxis": {}, "yaxis": {"title": {"text": "Personen"}}}, False, language, height=200)
    spec = figure.to_plotly_json()["layout"]
    assert spec["separators"] == separators
    assert "template" not in spec
    assert spec["dragmode"] is False
    assert spec["height"] == 200


def test_axis_texts_carry_their_own_colour_because_a_host_template_would_grey_them() -> None:
    for dark in (False, True):
        layout = finish([], {"yaxis": {"title": {"text": "%"}}}, dark, "de", height=200).layout
        assert layout.yaxis.tickfont.color == palette(dark).muted
        assert layout.yaxis.title.font.color == palette(dark).muted
        assert layout.hoverlabel.bgcolor == palette(dark).surface


def test_only_a_selectable_figure_can_be_dragged() -> None:
    assert finish([], {}, False, "de", height=200, selectable=True).layout.clickmode == "event+select"
    assert "lasso2d" in plotly_config("de")["modeBarButtonsToRemove"]
    assert "lasso2d" not in plotly_config("de", selectable=True)["modeBarButtonsToRemove"]


def test_the_controls_speak_german_without_the_makers_logo() -> None:
    config = plotly_config("de")
    german = config["locales"]["de"]
    assert config["displaylogo"] is False
    assert german["dictionary"]["Lasso Select"] == "Lasso-Auswahl"
    assert german["format"]["months"][2] == "März"
    assert (len(german["format"]["months"]), len(german["format"]["days"])) == (12, 7)
    assert "locale" not in plotly_config("en")


def test_a_legend_is_as_high_as_the_lines_of_its_names() -> None:
    one, two = {"name": "Politik", "showlegend": True}, {"name": "Mitarbeitende<br>des Amtes", "showlegend": True}
    hidden = {"name": "nicht<br>in<br>der<br>Legende", "showlegend": False}
    assert legend_height([one]) > 0
    assert legend_height([one, two, hidden]) == 3 * legend_height([one])
    assert legend_height([hidden]) == 0


def test_an_empty_figure_says_so() -> None:
    assert empty("Noch keine Werte.", False, "de").layout.annotations[0].text == "Noch keine Werte."


def _grounds(colours: Palette) -> tuple[str, str]:
    return colours.surface, colours.raised


# Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB.
_SIGHT = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def _oklab(colour: str, sight: str) -> tuple[float, ...]:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    linear = [min(max(value, 0.0), 1.0) for value in _times(_SIGHT[sight], linear)]
    cones = [
        value ** (1 / 3)
        for value in _times(
            (
                (0.4122214708, 0.5363325363, 0.0514459929),
                (0.2119034982, 0.6806995451, 0.1073969566),
                (0.0883024619, 0.2817188376, 0.6299787005),
            ),
            linear,
        )
    ]
    return _times(
        (
            (0.2104542553, 0.7936177850, -0.0040720468),
            (1.9779984951, -2.4285922050, 0.4505937099),
            (0.0259040371, 0.7827717662, -0.8086757660),
        ),
        cones,
    )


def _times(matrix: tuple[tuple[float, ...], ...], vector: list[float]) -> tuple[float, ...]:
    return tuple(sum(factor * value for factor, value in zip(row, vector, strict=True)) for row in matrix)


def _distance(first: tuple[float, ...], second: tuple[float, ...]) -> float:
    return sum((one - other) ** 2 for one, other in zip(first, second, strict=True)) ** 0.5
