"""The presentation of a paper: one HTML file for the meeting room, with its charts, fonts and script inside.

The same file is downloaded with a sitting's package and shown within the app. One message for each slide, on a stage of
16:9 or 4:3 that fills what there is of the screen. Everything happens in the browser: once it is open, neither network
nor server is needed. Without script all slides stand below one another; printed they are a handout.
"""

from __future__ import annotations

from collections.abc import Iterator

from metrics.locale.catalogue import Language, translate
from metrics.papers.looks import SLIDES
from metrics.papers.markup import Column, Markup, el, join, page, shortened, table
from metrics.papers.model import Paper
from metrics.papers.slides_html import Slide, slides_of
from metrics.papers.slides_script import slides_script
from metrics.papers.told import publicity, state_of_data
from metrics.papers.web_fonts import font_faces

LONGEST_MESSAGE = 110
"""Characters of a heading that can be read from the last row."""
SIGNS = {
    "back": "M15 4 7 12 15 20",
    "on": "M9 4 17 12 9 20",
    "fill": "M4 9V4H9M15 4H20V9M20 15V20H15M9 20H4V15",
    "leave": "M6 6 18 18M18 6 6 18",
}
"""The strokes of the buttons' signs."""


def offline_html(paper: Paper) -> bytes:
    """The presentation of a paper as one file in UTF-8."""
    language = paper.language
    slides = list(slides_of(paper))
    shown = el("main", *(_section(slide, place, len(slides), paper) for place, slide in enumerate(slides, 1)))
    body = join([shown, _controls(language), *_dialogs(language)])
    return page(paper.head.title, language, font_faces() + SLIDES, body, script=slides_script(), font=True)


def _section(slide: Slide, place: int, of: int, paper: Paper) -> Markup:
    heading = el("h1" if place == 1 else "h2", shortened(slide.message, LONGEST_MESSAGE), id=f"m{place}", tabindex="-1")
    return el(
        "section",
        heading,
        el("div", slide.body, class_="body"),
        _stand(place, of, paper),
        class_="slide",
        id=place,
        aria_labelledby=f"m{place}",
    )


def _stand(place: int, of: int, paper: Paper) -> Markup:
    """Who says it, as of when, for whom, and which slide it is."""
    language = paper.language
    public = el("b", publicity(paper.head, language), class_=None if paper.head.public else "closed")
    examples = translate("mit Beispielwerten", language) if paper.basis.illustrative_included else None
    told = [f"{paper.head.office} · {state_of_data(paper)} · ", public, f" · {examples}" if examples else None]
    counted = translate("Folie {nummer} von {alle}", language, nummer=place, alle=of)
    number = el("span", el("span", counted, class_="heard"), el("span", f"{place} / {of}", aria_hidden="true"))
    return el("p", el("span", *told), number, class_="stand")


# --- what turns the slides ------------------------------------------------------------------------------------------


def _controls(language: Language) -> Markup:
    """The buttons below the stage; the script shows them, and the way out where there is something to go back to."""
    shown = [el("span", "16:9", class_="on-wide"), el("span", "4:3", class_="on-high")]
    ratio = translate("Seitenverhältnis wechseln", language)
    return el(
        "nav",
        el("output", id="asked"),
        _button("back", translate("Vorige Folie", language)),
        _button("on", translate("Nächste Folie", language)),
        el("button", *shown, el("span", ratio, class_="heard"), type="button", id="ratio", title=ratio),
        _button("fill", translate("Vollbild", language)),
        el("details", el("summary", "?", aria_label=translate("Tasten", language)), _keys(language), class_="more"),
        _button("leave", translate("Beenden", language)),
        class_="turn",
        aria_label=translate("Folien", language),
    )


def _button(name: str, told: str) -> Markup:
    return el("button", _sign(name), type="button", id=name, aria_label=told, title=told)


def _sign(name: str) -> Markup:
    drawn = el("path", d=SIGNS[name], fill="none", stroke="currentColor", stroke_width=2.2)
    return el("svg", drawn, viewBox="0 0 24 24", width=20, height=20, aria_hidden="true", focusable="false")


def _keys(language: Language) -> Markup:
    columns = [Column(translate("Taste", language)), Column(translate("Was sie tut", language))]
    rows = [
        ("→ ↓ Bild↓ Leertaste", translate("weiter", language)),
        ("← ↑ Bild↑", translate("zurück", language)),
        ("Pos1, Ende", translate("erste und letzte Folie", language)),
        ("1 2 Enter", translate("zu Folie 12", language)),
        ("F, F5", translate("Vollbild ein und aus", language)),
        ("B, .", translate("schwarzes Bild; jede Taste führt zurück", language)),
        ("V", translate("Bühne 16:9 oder 4:3", language)),
        ("Esc", translate("schließt, was offen ist; beendet danach die Vorführung", language)),
    ]
    return table(translate("Tasten", language), columns, rows, shown=False)


def _dialogs(language: Language) -> Iterator[Markup]:
    """Where a drill-down is shown, and the black screen."""
    close = el("button", _sign("leave"), translate("Schließen", language), type="button", id="sheet-close")
    yield el(
        "dialog",
        el("div", el("h2", "", id="sheet-title", tabindex="-1"), close, class_="sheet-head"),
        el("div", "", id="sheet-body", tabindex=0, role="group", aria_labelledby="sheet-title"),
        el("p", "", id="sheet-stand"),
        id="sheet",
        aria_labelledby="sheet-title",
    )
    told = translate("Schwarzes Bild. Jede Taste führt zurück.", language)
    yield el("dialog", el("p", told, class_="heard"), id="dark", aria_label=told)
