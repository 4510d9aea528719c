"""Judgements are told in one sentence that holds the numbers they rest on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.demands import (
    AverageOverYears,
    Band,
    DirectionOnly,
    InterimTarget,
    InWords,
    KeepEveryYear,
    ValueByDate,
)
from metrics.domain.indicators import Basis, Direction, Indicator
from metrics.domain.progress.assessment import IndicatorAssessment, assess_indicator
from metrics.domain.progress.outcome import Course, CourseVerdict, NotComputable, Point
from metrics.domain.progress.series import Series
from metrics.domain.targets import Target
from metrics.locale.catalogue import LANGUAGES, Language
from metrics.locale.collect import catalogue_path, read_catalogue
from metrics.locale.formats import number
from metrics.locale.words import attainment_sentence, course_disclaimer, course_reason, course_word
from tests.locale.test_vocabulary import ROOT

Demand = ValueByDate | KeepEveryYear | DirectionOnly | InWords
N = "\u202f"


def rate(direction: Direction = Direction.lower, unit: str = "%", decimals: int = 1) -> Indicator:
    return Indicator(
        id="I-ALQ",
        title="Arbeitslosenquote",
        unit=unit,
        direction=direction,
        territory="Stadt Bottrop",
        basis=Basis.annual_average,
        decimals=decimals,
    )


def yearly(values: Sequence[float], first: int = 2018) -> list[Point]:
    return [Point(date(first + n, 1, 1), date(first + n, 12, 31), value) for n, value in enumerate(values)]


def judged(values: Sequence[float], demand: Demand | None, indicator: Indicator | None = None) -> IndicatorAssessment:
    targets = [Target(id="T", indicator_id="I-ALQ", demand=demand)] if demand else []
    return assess_indicator(
        indicator or rate(), targets, Series.of(indicator or rate(), yearly(values)), date(2024, 6, 1)
    )


COURSES: list[tuple[Sequence[float], Demand, Course, str]] = [
    (
        (8.2, 8.0, 7.8, 7.6, 7.4, 7.2),
        ValueByDate(value=7.0, due="2028"),
        Course.sun,
        f"Sonne: Der Wert fiel zuletzt im Mittel um 0,2{N}%-Punkte je Jahr; bleibt es dabei, liegt er zum Zieltermin "
        f"2028 bei 6,2{N}% (Ziel: höchstens 7,0{N}%).",
    ),
    (
        (8.2, 8.0, 7.8, 7.6, 7.4, 7.2),
        ValueByDate(value=6.0, due="2028"),
        Course.sun_cloud,
        f"leicht bewölkt: Der Wert fiel zuletzt im Mittel um 0,2{N}%-Punkte je Jahr; bleibt es dabei, liegt er zum "
        f"Zieltermin 2028 bei 6,2{N}% (Ziel: höchstens 6,0{N}%). Dann fehlen 17{N}% des Weges, der noch vor uns liegt.",
    ),
    (
        (8.2, 8.0, 7.8, 7.6, 7.4, 7.2),
        ValueByDate(value=5.0, due="2026-06"),
        Course.cloud,
        f"Wolke: Der Wert fiel zuletzt im Mittel um 0,2{N}%-Punkte je Jahr; bleibt es dabei, liegt er zum Zieltermin "
        f"Juni 2026 bei 6,7{N}% (Ziel: höchstens 5,0{N}%). Dann fehlen 77{N}% des Weges, der noch vor uns liegt.",
    ),
    (
        (7.1, 7.3, 7.5, 7.7, 7.9, 8.1),
        ValueByDate(value=7.0, due="2028"),
        Course.thunderstorm,
        f"Gewitter: Der Wert stieg zuletzt im Mittel um 0,2{N}%-Punkte je Jahr und liegt bei 8,1{N}% (Stand 2023); "
        f"so kommt er dem Ziel nicht näher (höchstens 7,0{N}% bis 2028).",
    ),
    (
        (8.1, 7.9, 7.7, 7.5, 7.3, 6.9),
        ValueByDate(value=7.0, due="2028"),
        Course.sun,
        f"Sonne: Mit 6,9{N}% ist das Ziel erreicht (höchstens 7,0{N}% bis 2028), und der Wert fiel zuletzt im Mittel "
        f"um 0,2{N}%-Punkte je Jahr.",
    ),
    (
        (6.1, 6.2, 6.3, 6.4, 6.5, 6.6),
        KeepEveryYear(value=7.0),
        Course.sun_cloud,
        f"leicht bewölkt: Mit 6,6{N}% ist das Ziel erreicht (höchstens 7,0{N}%), aber der Wert stieg zuletzt im Mittel "
        f"um 0,1{N}%-Punkte je Jahr und wird damit schlechter.",
    ),
    (
        (7.9, 7.8, 7.7, 7.6, 7.5, 7.4),
        KeepEveryYear(value=7.0),
        Course.cloud,
        f"Wolke: Mit 7,4{N}% ist das Ziel verfehlt (höchstens 7,0{N}%), aber der Wert fiel zuletzt im Mittel um "
        f"0,1{N}%-Punkte je Jahr und kommt ihm damit näher.",
    ),
    (
        (7.4, 7.3, 7.2, 7.3, 7.5, 7.4),
        KeepEveryYear(value=7.0),
        Course.thunderstorm,
        f"Gewitter: Mit 7,4{N}% ist das Ziel verfehlt (höchstens 7,0{N}%), und der Wert blieb zuletzt im Mittel "
        "gleich; so kommt er ihm nicht näher.",
    ),
    (
        (7.9, 7.8, 7.7, 7.6, 7.2, 7.4),
        DirectionOnly(),
        Course.sun_cloud,
        f"leicht bewölkt: Das Ziel nennt nur eine Richtung, gewünscht sind sinkende Werte. Der Wert fiel zuletzt im "
        f"Mittel um 0,1{N}%-Punkte je Jahr, im letzten Schritt stieg er um 0,2{N}%-Punkte, auf ein Jahr gerechnet.",
    ),
]


@pytest.mark.parametrize(("values", "demand", "course", "sentence"), COURSES)
def test_a_course_is_explained_with_its_numbers(
    values: Sequence[float], demand: Demand, course: Course, sentence: str
) -> None:
    found = judged(values, demand)
    assert isinstance(found.course, CourseVerdict)
    assert found.course.course is course
    assert course_reason(found, "de") == sentence


def test_the_english_sentence_says_the_same() -> None:
    found = judged((8.2, 8.0, 7.8, 7.6, 7.4, 7.2), ValueByDate(value=7.0, due="2028"))
    assert course_reason(found, "en") == (
        "Sun: The value recently fell by 0.2\u00a0percentage points a year on average; "
        "if that goes on, it will be 6.2% at the target date 2028 (target: at most 7.0%)."
    )


@pytest.mark.parametrize(
    ("values", "demand", "sentence"),
    [
        ((7.1, 7.0, 6.9), ValueByDate(value=6, due="2028"), "Bisher gibt es 3 von 6 nötigen Datenpunkten."),
        ((), ValueByDate(value=6, due="2028"), "Es liegt noch kein Istwert vor."),
        ((7.1,), None, "Es gibt keinen Zielwert, der am Stichtag gilt."),
        ((7.1,), InWords(text="unter NRW"), "Das Ziel ist in Worten gefasst und wird nicht berechnet."),
    ],
)
def test_what_cannot_be_judged_says_why(values: Sequence[float], demand: Demand | None, sentence: str) -> None:
    assert course_reason(judged(values, demand), "de") == f"Nicht bewertbar: {sentence}"


def test_a_break_is_named_with_the_points_since() -> None:
    points = yearly((9, 8, 7, 6, 5, 4, 3))
    points[4] = points[4]._replace(break_before=True)
    target = Target(id="T", indicator_id="I-ALQ", demand=DirectionOnly())
    found = assess_indicator(rate(), [target], Series.of(rate(), points), date(2026, 6, 1))
    assert course_reason(found, "de") == (
        "Nicht bewertbar: Seit dem Bruch in der Reihe gibt es 3 von 6 nötigen Datenpunkten."
    )


def test_a_near_miss_does_not_read_like_a_hit() -> None:
    found = judged((7.1, 7.1, 7.1, 7.1, 7.1, 7.04), KeepEveryYear(value=7.0))
    assert f"Mit 7,04{N}% ist das Ziel verfehlt (höchstens 7,00{N}%)" in course_reason(found, "de")


def test_a_small_change_is_not_rounded_to_nothing() -> None:
    found = judged((7.10, 7.09, 7.08, 7.07, 7.06, 7.05), DirectionOnly())
    assert f"um 0,01{N}%-Punkte je Jahr" in course_reason(found, "de")


def test_almost_reached_does_not_read_as_one_hundred_per_cent() -> None:
    found = judged((8.0, 7.003), ValueByDate(value=7.0, due="2028"))
    assert attainment_sentence(found, "de").startswith(f"Zielerreichung 99,7{N}%: ")


@pytest.mark.parametrize(
    ("values", "demand", "sentence"),
    [
        (
            (8.0, 7.6),
            ValueByDate(value=7.0, due="2028", baseline=8.4, baseline_period="2017"),
            f"Zielerreichung 57{N}%: vom Ausgangswert 8,4{N}% (2017) auf 7,6{N}% (2019); "
            f"Ziel: höchstens 7,0{N}% bis 2028.",
        ),
        (
            (8.0, 7.5),
            ValueByDate(value=7.0, due="2028"),
            f"Zielerreichung 50{N}%: vom ersten Istwert 8,0{N}% (2018) auf 7,5{N}% (2019); "
            f"Ziel: höchstens 7,0{N}% bis 2028.",
        ),
        (
            (6.6,),
            KeepEveryYear(value=7.0),
            f"Zielerreichung 100{N}%: Mit 6,6{N}% ist der Schwellenwert eingehalten (höchstens 7,0{N}%).",
        ),
        (
            (7.4,),
            KeepEveryYear(value=7.0, tolerance=1.0),
            f"Zielerreichung 60{N}%: Mit 7,4{N}% ist der Schwellenwert um 0,4{N}%-Punkte verfehlt (höchstens 7,0{N}%).",
        ),
        (
            (7.4, 7.2),
            AverageOverYears(value=7.0, years=2, due="2028"),
            f"Zielerreichung 0{N}%: Mit 7,3{N}% ist der Zielwert noch nicht erreicht; es fehlen 0,3{N}%-Punkte (",
        ),
        (
            (7.4, 7.2),
            AverageOverYears(value=7.0, years=2, due="2019"),
            f"Zielerreichung 0{N}%: Mit 7,3{N}% ist der Schwellenwert um 0,3{N}%-Punkte verfehlt (",
        ),
        (
            (7.4, 7.2),
            Band(lower=5.0, upper=7.0, due="2028"),
            f"Zielerreichung 0{N}%: Der Abstand zum Korridor beträgt 0,2{N}%-Punkte; das Ziel ist noch nicht erreicht",
        ),
        ((7.4,), ValueByDate(value=7.0, due="2028"), "Keine Zielerreichung: Es fehlt ein Ausgangswert"),
        ((7.4,), None, "Keine Zielerreichung: Es gibt keinen Zielwert, der am Stichtag gilt."),
    ],
)
def test_attainment_is_told_with_what_it_is_reckoned_from(
    values: Sequence[float], demand: Demand | None, sentence: str
) -> None:
    assert attainment_sentence(judged(values, demand), "de").startswith(sentence)


def test_counts_are_written_without_a_unit_and_at_least_for_rising_targets() -> None:
    indicator = rate(Direction.higher, "Anzahl", 0)
    found = judged((700, 720, 740, 760, 780, 800), ValueByDate(value=1200, due="2028"), indicator)
    assert "um 20 je Jahr" in course_reason(found, "de")
    assert "(Ziel: mindestens 1.200)" in course_reason(found, "de")


def test_the_symbols_say_what_they_are_not() -> None:
    assert course_disclaimer("de") == "Diese Kennzeichnung ist keine politische Bewertung und auch keine Prognose."
    assert course_disclaimer("en")


def words_of(language: Language) -> set[str]:
    catalogue = read_catalogue(catalogue_path(ROOT, language), language)
    texts = [str(message.string) for message in catalogue if re.match(r"(reason|course|obstacle)\.", str(message.id))]
    return {word.lower() for text in texts for word in re.findall(r"[^\W\d_]{3,}", re.sub(r"\{\w+\}", "", text))}


ONLY_ENGLISH = words_of("en") - words_of("de")
VALUES = st.lists(st.integers(0, 2000).map(lambda tenths: tenths / 10), max_size=9)
DEMANDS = st.one_of(
    st.builds(
        ValueByDate,
        value=st.integers(0, 200).map(float),
        due=st.sampled_from(["2020", "2024-06", "2028", "2030-12-31"]),
        baseline=st.none() | st.integers(0, 200).map(float),
    ),
    st.builds(KeepEveryYear, value=st.integers(0, 200).map(float), tolerance=st.none() | st.just(5.0)),
    st.builds(DirectionOnly),
    st.builds(InWords, text=st.just("nicht unter dem Landesdurchschnitt")),
)


@given(VALUES, DEMANDS, st.sampled_from(Direction), st.sampled_from(LANGUAGES))
def test_every_judgement_has_a_whole_sentence(
    values: list[float], demand: Demand, direction: Direction, language: Language
) -> None:
    found = judged(values, demand, rate(direction))
    for sentence in (course_reason(found, language), attainment_sentence(found, language)):
        assert sentence.endswith(".")
        assert not re.search(r"[{}]|None|nan|  ", sentence)
    if isinstance(found.course, CourseVerdict):
        assert course_reason(found, language).startswith(course_word(found.course.course, language) + ":")


@given(VALUES, DEMANDS, st.sampled_from(Direction))
def test_a_sentence_contains_the_numbers_it_is_made_from(
    values: list[float], demand: Demand, direction: Direction
) -> None:
    found = judged(values, demand, rate(direction))
    reason = course_reason(found, "en")
    if isinstance(found.course, NotComputable):
        assert found.course.have is None or f"{found.course.have} of {found.course.need}" in reason
        return
    assert found.course.figures["mean_change"] == 0 or any(
        number(abs(found.course.figures["mean_change"]), "en", decimals) in reason for decimals in range(1, 7)
    )
    if isinstance(demand, ValueByDate | KeepEveryYear):
        assert any(number(demand.value, "en", decimals) + "%" in reason for decimals in range(1, 7))


@given(VALUES, DEMANDS, st.sampled_from(Direction))
def test_no_english_word_leaks_into_a_german_sentence(
    values: list[float], demand: Demand, direction: Direction
) -> None:
    found = judged(values, demand, rate(direction))
    said = set(re.findall(r"\w+", (course_reason(found, "de") + " " + attainment_sentence(found, "de")).lower()))
    assert said & ONLY_ENGLISH == set()


def test_the_list_of_english_words_is_not_empty_by_mistake() -> None:
    assert {"the", "value", "target", "readings"} <= ONLY_ENGLISH


def test_whoever_multiplies_the_pace_meets_the_projected_value() -> None:
    """0.18 a year for three years, not 0.2: 7.6 less 0.6 would be the target."""
    found = judged((8.5, 8.4, 8.1, 8.0, 7.8, 7.6), ValueByDate(value=7.0, due="2026"))
    assert f"um 0,18{N}%-Punkte je Jahr; bleibt es dabei, liegt er zum Zieltermin 2026 bei 7,1{N}%" in course_reason(
        found, "de"
    )


def test_an_interim_target_says_that_it_is_one() -> None:
    steps = (InterimTarget(due="2025", value=7.5),)
    found = judged((8.2, 8.3, 8.4, 8.5, 8.6, 8.7), ValueByDate(value=7.0, due="2028", interim=steps))
    assert course_reason(found, "de").endswith(f"(Zwischenziel höchstens 7,5{N}% bis 2025).")
