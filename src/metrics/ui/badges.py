"""The badges of a line of a list as one piece of markup: long lists would pay for an element each."""

from __future__ import annotations

from metrics.domain.progress.outcome import Course, Freshness
from metrics.locale.words import course_word, freshness_word
from metrics.ui.cards import COURSE_COLOURS, COURSE_ICONS, FRESHNESS_COLOURS
from metrics.ui.session import _, language
from metrics.ui.text import literal


def badges(course: Course | None, freshness: Freshness | None = None, illustrative: bool = False) -> str:
    """Course, age of the data and the mark of an invented value, each as shape, word and colour; Markdown."""
    parts = [_badge(COURSE_COLOURS[course], COURSE_ICONS[course], course_word(course, language()))]
    if freshness:
        parts.append(_badge(FRESHNESS_COLOURS[freshness], ":material/schedule:", freshness_word(freshness, language())))
    if illustrative:
        parts.append(_badge("violet", ":material/science:", _("Beispielwert")))
    return " ".join(parts)


def _badge(colour: str, icon: str, word: str) -> str:
    return f":{colour}-badge[{icon} {literal(word)}]"
