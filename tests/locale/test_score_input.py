"""Scores as raters type them: read strictly, and given back so that they can be typed again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.priorities import Score
from metrics.domain.refusals import Refusal
from metrics.locale.catalogue import LANGUAGES, Language
from metrics.locale.score_input import ScoreNotUnderstood, ScoreOutsideScale, parse_score, score_text, score_words
from metrics.locale.words import refusal_sentence
from tests.locale.test_reading_input import outcome_of

Read = tuple[float | None, float | None, float | None]


def read(text: str, language: Language = "de") -> Read:
    """Value, low and high of what was typed."""
    found = parse_score(text, "WIRKUNG", language)
    assert found is not None
    assert found.code == "WIRKUNG"
    return found.value, found.low, found.high


def refusal_of(text: str, language: Language = "de") -> type[Refusal]:
    with pytest.raises(Refusal) as caught:
        parse_score(text, "WIRKUNG", language)
    return type(caught.value)


@pytest.mark.parametrize(
    ("text", "value", "low", "high"),
    [
        ("7", 7, None, None),
        ("0", 0, None, None),
        ("10", 10, None, None),
        (" 7 ", 7, None, None),
        ("7,5", 7.5, None, None),
        ("10,0", 10, None, None),
        ("6-8", 7, 6, 8),
        ("6–8", 7, 6, 8),
        ("6\u22128", 7, 6, 8),
        ("6 - 8", 7, 6, 8),
        ("6 bis 8", 7, 6, 8),
        ("6,5-8", 7.25, 6.5, 8),
        ("0-10", 5, 0, 10),
        ("7-7", 7, None, None),
        ("7±1", 7, 6, 8),
        ("7 ± 1,5", 7, 5.5, 8.5),
        ("7+-1", 7, 6, 8),
        ("7+/-1", 7, 6, 8),
        ("7±0", 7, None, None),
        ("10±1", 10, 9, 10),  # not 9–11, which no scale holds
        ("9,5±1", 9.5, 8.5, 10),
        ("0±2", 0, 0, 2),
        ("5±9", 5, 0, 10),
        ("7 (6-9)", 7, 6, 9),
        ("7(6–9)", 7, 6, 9),
        ("7 ( 6 bis 9 )", 7, 6, 9),
        ("7 (7-9)", 7, 7, 9),
        ("?", None, None, None),
        ("??", None, None, None),
        ("x", None, None, None),
        ("wn", None, None, None),
        ("W", None, None, None),
        ("weiß nicht", None, None, None),
        ("Weiss  nicht", None, None, None),
        ("WEISS NICHT", None, None, None),
    ],
)
def test_a_score_is_read_in_the_ways_people_write_it(
    text: str, value: float | None, low: float | None, high: float | None
) -> None:
    assert read(text) == (value, low, high)


@pytest.mark.parametrize("text", ["", " ", "\t", "\u00a0"])
def test_nothing_typed_is_no_score_and_no_answer(text: str) -> None:
    assert parse_score(text, "WIRKUNG", "de") is None
    assert parse_score("?", "WIRKUNG", "de") == Score(code="WIRKUNG")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("abc", ScoreNotUnderstood),
        ("-1", ScoreNotUnderstood),
        ("7-", ScoreNotUnderstood),
        ("-", ScoreNotUnderstood),
        ("±1", ScoreNotUnderstood),
        ("7±", ScoreNotUnderstood),
        ("7 8", ScoreNotUnderstood),
        ("7/10", ScoreNotUnderstood),
        ("7 %", ScoreNotUnderstood),
        ("7.5", ScoreNotUnderstood),
        ("7,", ScoreNotUnderstood),
        (",5", ScoreNotUnderstood),
        ("1e1", ScoreNotUnderstood),
        ("=7", ScoreNotUnderstood),
        ("٧", ScoreNotUnderstood),
        ("6-7-8", ScoreNotUnderstood),
        ("7 (6-9", ScoreNotUnderstood),
        ("7 (9)", ScoreNotUnderstood),
        ("5 (6-9)", ScoreNotUnderstood),
        ("7 ?", ScoreNotUnderstood),
        ("11", ScoreOutsideScale),
        ("10,1", ScoreOutsideScale),
        ("1.234", ScoreOutsideScale),  # in German a thousand and more
        ("6-12", ScoreOutsideScale),
        ("11-12", ScoreOutsideScale),
        ("12±3", ScoreOutsideScale),
        ("7 (6-11)", ScoreOutsideScale),
        ("11 (9-11)", ScoreOutsideScale),
    ],
)
def test_a_doubtful_score_is_refused_by_name(text: str, refusal: type[Refusal]) -> None:
    assert refusal_of(text) is refusal


@pytest.mark.parametrize("text", ["8-6", "7 (9-6)"])
def test_a_range_that_runs_backwards_is_refused_and_not_turned_round(text: str) -> None:
    assert refusal_of(text) in {ScoreNotUnderstood, ScoreOutsideScale}


def test_a_refused_score_is_repeated_as_it_was_typed_with_a_way_out() -> None:
    for text, hint in (("sieben", "Zahl von 0 bis 10"), ("11", "zwischen 0 und 10")):
        with pytest.raises(Refusal) as caught:
            parse_score(f"  {text} ", "WIRKUNG", "de")
        sentence = refusal_sentence(caught.value, "de")
        assert f"„{text}“" in sentence
        assert hint in sentence


def test_english_has_its_own_decimal_point_and_refuses_the_german_one() -> None:
    assert read("7.5", "en") == (7.5, None, None)
    assert read("6.5 to 8", "en") == (7.25, 6.5, 8)
    assert read("1.234", "en") == (1.234, None, None)
    assert read("don't know", "en") == (None, None, None)
    assert (refusal_of("7,5", "en"), refusal_of("7.5", "de")) == (ScoreNotUnderstood, ScoreNotUnderstood)


@pytest.mark.parametrize(
    ("score", "german", "english"),
    [
        (None, "", ""),
        (Score(code="W"), "?", "?"),
        (Score(code="W", value=7), "7", "7"),
        (Score(code="W", value=7.5), "7,5", "7.5"),
        (Score(code="W", value=0), "0", "0"),
        (Score(code="W", value=7.25, low=6.5, high=8), "7,25 (6,5–8)", "7.25 (6.5–8)"),
        (Score(code="W", value=0, low=0, high=2), "0 (0–2)", "0 (0–2)"),
    ],
)
def test_a_score_is_shown_as_it_may_be_typed(score: Score | None, german: str, english: str) -> None:
    assert (score_text(score, "de"), score_text(score, "en")) == (german, english)


@st.composite
def scores(draw: st.DrawFn) -> Score:
    """Scores with up to two decimals, with and without a range."""
    low, value, high = sorted(draw(st.integers(0, 1000)) / 100 for _ in range(3))
    if draw(st.booleans()) or low == high:
        return Score(code="WIRKUNG", value=draw(st.sampled_from([value, None])))
    return Score(code="WIRKUNG", value=value, low=low, high=high)


@given(score=scores(), language=st.sampled_from(LANGUAGES))
def test_what_is_shown_is_read_back_as_the_same_score(score: Score, language: Language) -> None:
    assert parse_score(score_text(score, language), "WIRKUNG", language) == score


@given(text=st.text("0123456789.,-\u2013\u2212±+/()? bistow", max_size=14), language=st.sampled_from(LANGUAGES))
def test_any_text_is_read_as_a_score_on_the_scale_or_refused_in_a_sentence(text: str, language: Language) -> None:
    found = outcome_of(lambda typed, spoken: parse_score(typed, "WIRKUNG", spoken), text, language)
    if isinstance(found, str):
        assert " ".join(text.split()) in found
    elif found is None:
        assert not text.strip()
    elif found.value is not None:
        assert 0 <= found.least <= found.value <= found.most <= 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_understood_is_read_back_with_every_number_in_it(language: Language) -> None:
    told = score_words(Score(code="W", value=7, low=6, high=9), language)
    assert [number for number in ("7", "6", "9", "10") if number not in told] == []
    assert score_words(Score(code="W", value=7), language) != told
    assert score_words(Score(code="W"), "de") == "weiß nicht"
