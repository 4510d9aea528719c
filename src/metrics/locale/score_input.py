"""Scores as raters type them: 7, 7,5, a range 6–8, 7±1, 7 (6–9), or ? for "weiß nicht". Nothing is guessed."""

from __future__ import annotations

import re

from metrics.domain.priorities import SCALE_HIGHEST, SCALE_LOWEST, Score
from metrics.domain.refusals import Refusal
from metrics.locale.catalogue import Language, translate
from metrics.locale.formats import number
from metrics.locale.reading_input import parse_number

_SIGNS = r"[0-9.,]+"
_DASH = r"\s*(?:-|\u2013|\u2212|bis|to)\s*"
_ALONE = re.compile(_SIGNS)
_RANGE = re.compile(rf"({_SIGNS}){_DASH}({_SIGNS})")
_AROUND = re.compile(rf"({_SIGNS})\s*(?:±|\+/?-)\s*({_SIGNS})")
_WITHIN = re.compile(rf"({_SIGNS})\s*\(\s*({_SIGNS}){_DASH}({_SIGNS})\s*\)")
_UNSURE = frozenset({"?", "??", "w", "wn", "x", "weiß nicht", "weiss nicht", "don't know", "dont know"})


class ScoreNotUnderstood(Refusal):
    """A text is no score: `text`."""

    code = "score_not_understood"


class ScoreOutsideScale(Refusal):
    """A score or its range leaves the scale 0–10: `text`."""

    code = "score_outside_scale"


def parse_score(text: str, of: str, language: Language) -> Score | None:
    """The score on a criterion of this code; None where nothing is typed.

    A range alone means its middle. `7±1` at the end of the scale stops there. Raises ScoreNotUnderstood,
    ScoreOutsideScale.
    """
    text = " ".join(text.split())
    if not text:
        return None
    if text.casefold() in _UNSURE:
        return Score(code=of)
    value, low, high = _numbers(text, language)
    if not SCALE_LOWEST <= value <= SCALE_HIGHEST or high < SCALE_LOWEST or low > SCALE_HIGHEST:
        raise ScoreOutsideScale(text=text)
    if not low <= value <= high:
        raise ScoreNotUnderstood(text=text)
    if low == high:
        return Score(code=of, value=value)
    return Score(code=of, value=value, low=low, high=high)


def score_text(score: Score | None, language: Language) -> str:
    """A score as it may be typed again: "7", "7 (6–8)", "?"; empty where there is none."""
    if score is None:
        return ""
    if score.value is None:
        return "?"
    text = number(score.value, language)
    if score.low is None or score.high is None:
        return text
    return f"{text} ({number(score.low, language)}–{number(score.high, language)})"


def score_words(score: Score, language: Language) -> str:
    """A score as it was understood, to be read back."""
    if score.value is None:
        return translate("weiß nicht", language)
    told = {"wert": number(score.value, language)}
    if score.low is None or score.high is None:
        return translate("{wert} von 10", language, **told)
    told |= {"von": number(score.low, language), "bis": number(score.high, language)}
    return translate("{wert} von 10, möglich von {von} bis {bis}", language, **told)


def _numbers(text: str, language: Language) -> tuple[float, float, float]:
    """Value, low and high as they were typed, ends of `±` cut at the scale's."""

    def read(part: str) -> float:
        try:
            return parse_number(part, language)
        except Refusal as refusal:
            raise ScoreNotUnderstood(text=text) from refusal

    if _ALONE.fullmatch(text):
        value = read(text)
        return value, value, value
    if found := _RANGE.fullmatch(text):
        low, high = map(read, found.groups())
        return _inside((low + high) / 2, low, high, text)
    if found := _WITHIN.fullmatch(text):
        value, low, high = map(read, found.groups())
        return _inside(value, low, high, text)
    if found := _AROUND.fullmatch(text):
        value, width = map(read, found.groups())
        return value, max(SCALE_LOWEST, value - width), min(SCALE_HIGHEST, value + width)
    raise ScoreNotUnderstood(text=text)


def _inside(value: float, low: float, high: float, text: str) -> tuple[float, float, float]:
    if low > high:
        raise ScoreNotUnderstood(text=text)
    if not SCALE_LOWEST <= low <= high <= SCALE_HIGHEST:
        raise ScoreOutsideScale(text=text)
    return value, low, high
