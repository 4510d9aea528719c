"""Whoever is refused reads what happened, which rule it was and what to do."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from metrics.domain.goals import Goal
from metrics.domain.indicators import Basis, Indicator, PeriodKind, Reading
from metrics.domain.kinds import KINDS
from metrics.domain.measures import Measure
from metrics.domain.priorities import Rating, RoundState
from metrics.domain.refusals import (
    AddressLimitReached,
    DiskFull,
    NotAllowed,
    PeriodDoesNotFitBasis,
    PlanFileBroken,
    ReadingAlreadyRecorded,
    ReadingInTheFuture,
    Refusal,
    SomebodyElseWasFaster,
    UnknownReference,
    ValueOutsideNaturalBounds,
)
from metrics.domain.targets import Target
from metrics.exchange.plan_file import read_plan
from metrics.locale.catalogue import LANGUAGES, Language, lookup
from metrics.locale.words import field_label, refusal_sentence, validation_sentences
from tests import strategies
from tests.locale.test_vocabulary import BOTH, REFUSALS

N = "\u202f"
SAMPLES: dict[str, Any] = {
    "kind": "goal",
    "by_kind": "measure",
    "referred_kind": "goal",
    "field": "parent_ids",
    "expected": 3,
    "actual": 4,
    "period_start": date(2024, 1, 1),
    "period_end": date(2024, 12, 31),
    "today": date(2024, 6, 1),
    "published_on": date(2024, 5, 31),
    "starts_on": date(2024, 1, 1),
    "ends_on": date(2024, 6, 30),
    "weight_before": 1.0,
    "weight": 2.0,
    "value": 7.5,
    "minimum": 0.0,
    "maximum": 5.0,
    "unit": "%",
    "right": "edit_plan",
    "role": "committee",
    "period_kind": PeriodKind.month,
    "basis": Basis.year,
    "problems": [(12, "records.goal.0.title", "missing", {})],
    "path": "/daten/plan.duckdb",
    "year": 1200,
    "earliest": 1900,
    "latest": 2100,
    "allowed": 15,
    "deadline": date(2024, 6, 1),
    "starts": "2027-01",
    "ends": "2027-12-31",
    "when": "2028-Q1",
    "earliest_start": "2027-02",
    "latest_end": "2027-06",
    "decided_on": date(2024, 6, 2),
    "first_day": date(2024, 1, 1),
    "last_day": date(2024, 3, 31),
    "delete_on": date(2024, 6, 1),
    "left_on": date(2024, 7, 1),
    "last_allowed": date(2027, 6, 1),
    "rule": "port",
    "state": RoundState.closed,
}


def with_sample_data(refusal: type[Refusal]) -> Refusal:
    """The refusal with all the data that its docstring names."""
    names = re.findall(r"`(\w+)`", refusal.__doc__ or "")
    return refusal(**{name: SAMPLES.get(name, name.upper()) for name in names})


@BOTH
@pytest.mark.parametrize("refusal", REFUSALS)
def test_no_refusal_leaves_a_gap_when_it_carries_its_data(refusal: type[Refusal], language: Language) -> None:
    sentence = refusal_sentence(with_sample_data(refusal), language)
    assert not re.search(r"[{}]|–|None", sentence)


@BOTH
@pytest.mark.parametrize("refusal", [one for one in REFUSALS if one not in (PlanFileBroken, ValueOutsideNaturalBounds)])
def test_a_refusal_without_its_data_is_still_told(refusal: type[Refusal], language: Language) -> None:
    assert refusal_sentence(refusal(), language)


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (
            SomebodyElseWasFaster(kind="goal", id="Z-1", expected=3, actual=4),
            "Ziel „Z-1“ wurde inzwischen von jemand anderem geändert: Sie haben Fassung 3 bearbeitet, aktuell ist "
            "Fassung 4. Nichts wird überschrieben. Bitte laden Sie die aktuelle Fassung und tragen Sie Ihre Änderung "
            "dort ein.",
        ),
        (
            UnknownReference(
                kind="priority_round", id="B-1", field="seats.group_id", referred_kind="rater_group", referred_id="G-9"
            ),
            "Bewertungsrunde „B-1“ verweist im Feld „Bewertungsgruppe“ auf etwas, das es nicht gibt: "
            "Bewertungsgruppe „G-9“. Bitte legen Sie es zuerst an oder wählen Sie einen vorhandenen Eintrag.",
        ),
        (
            UnknownReference(
                kind="invitation", id="E-1", field="measure_ids", referred_kind="measure", referred_id="M-9"
            ),
            "Einladung „E-1“ verweist im Feld „Maßnahmen“ auf etwas, das es nicht gibt: "
            "Maßnahme „M-9“. Bitte legen Sie es zuerst an oder wählen Sie einen vorhandenen Eintrag.",
        ),
        (
            AddressLimitReached(most=3, hours=24, free_at=datetime(2026, 11, 25, 8, 30)),
            "An diese Adresse gehen höchstens 3 Einladungen in 24 Stunden, damit niemand bedrängt wird. Die nächste "
            "ist ab 25.11.2026, 09:30 Uhr möglich.",
        ),
        (
            ReadingInTheFuture(period_end=date(2026, 12, 31), today=date(2026, 11, 24)),
            "Der Zeitraum endet erst am 31.12.2026, heute ist der 24.11.2026. Istwerte gibt es nur für vergangene "
            "Zeiträume. Ist das ein Zielwert? Dann legen Sie ihn als Zielwert an. Sonst prüfen Sie den Zeitraum, oder "
            "erfassen Sie den Wert nach seinem Ende.",
        ),
        (
            ReadingAlreadyRecorded(
                indicator_id="I",
                period_start=date(2021, 8, 1),
                period_end=date(2022, 7, 31),
                period_kind=PeriodKind.school_year,
                value=1879.0,
            ),
            "Für Schuljahr 2021/22 gibt es schon einen Istwert mit diesem Datenstand: 1.879. Bitte korrigieren Sie "
            "diesen Wert oder geben Sie einen anderen Datenstand an.",
        ),
        (
            PeriodDoesNotFitBasis(period_kind=PeriodKind.month, basis=Basis.annual_average),
            "Der Zeitraum „Monat“ passt nicht zur Basis „Jahresdurchschnitt“ des Indikators. Bitte geben Sie einen "
            "Zeitraum an, für den die Werte stehen, oder legen Sie einen eigenen Indikator an.",
        ),
        (
            ValueOutsideNaturalBounds(value=425.0, minimum=0.0, maximum=100.0, unit="%"),
            f"Der Wert 425{N}% ist nicht möglich. Erlaubt ist: mindestens 0, höchstens 100. Bitte prüfen Sie Komma und "
            "Einheit, oder ändern Sie die Grenzen am Indikator.",
        ),
        (
            ValueOutsideNaturalBounds(value=-1.0, minimum=0.0, maximum=None, unit="Personen"),
            "Der Wert −1\u00a0Personen ist nicht möglich. Erlaubt ist: mindestens 0. Bitte prüfen Sie Komma und "
            "Einheit, oder ändern Sie die Grenzen am Indikator.",
        ),
        (
            NotAllowed(right="edit_plan", role="committee"),
            "Die Rolle „Gremium“ umfasst nicht das Recht „Plan bearbeiten“. Bitte wenden Sie sich an die Leitung oder "
            "die Administration.",
        ),
        (
            DiskFull(path="/daten/plan.duckdb"),
            "Auf dem Datenträger von /daten/plan.duckdb ist kein Platz mehr; die Änderung wurde nicht gespeichert. "
            "Bitte schaffen Sie Platz und speichern Sie noch einmal.",
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Refusal) else "",
)
def test_a_refusal_speaks_in_the_offices_words(refusal: Refusal, sentence: str) -> None:
    assert refusal_sentence(refusal, "de") == sentence


def test_data_that_looks_like_a_placeholder_is_shown_as_it_is() -> None:
    assert "{value}" in refusal_sentence(DiskFull(path="{value}"), "de")


def test_a_broken_plan_file_names_line_place_and_rule() -> None:
    text = (
        '{"records": {"goal": [\n{"id": "Z-1", "level": "strategic"},\n'
        '{"id": "Z-2", "title": "A", "level": "hoch"}\n]}}'
    )
    with pytest.raises(PlanFileBroken) as caught:
        read_plan(text)
    sentence = refusal_sentence(caught.value, "de")
    assert "Verletzte Regeln: 2." in sentence
    assert "Zeile 2 records.goal.0.title: Diese Angabe ist Pflicht." in sentence
    assert "Zeile 3 records.goal.1.level" in sentence
    assert "Erlaubt sind: Strategisches Ziel (strategic), Operatives Ziel (operative), Leitziel (guiding)." in sentence


def test_a_plan_file_that_is_no_json_says_where() -> None:
    with pytest.raises(PlanFileBroken) as caught:
        read_plan('{"records":\n{,}}')
    assert "Zeile 2: Die Datei ist kein gültiges JSON." in refusal_sentence(caught.value, "de")


def test_of_many_problems_the_first_are_told_and_the_rest_counted() -> None:
    problems = [(line, "", "json_invalid", {"error": ""}) for line in range(1, 13)]
    sentence = refusal_sentence(PlanFileBroken(problems=problems), "de")
    assert "Zeile 5:" in sentence
    assert "Zeile 6:" not in sentence
    assert "Weitere: 7." in sentence


def broken(model: type[BaseModel], data: dict[str, Any]) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data)
    return caught.value


GOAL = {"id": "Z-1", "title": "Innenstadt", "level": "strategic"}
MEASURE = {"id": "M-1", "title": "Beratung", "responsibility": "office"}
READING = {"id": "R-1", "indicator_id": "I", "period_start": "2024-01-01", "period_end": "2024-12-31"}


@pytest.mark.parametrize(
    ("model", "data", "expected"),
    [
        (
            Goal,
            {"id": "Z-1", "level": "strategic"},
            {"title": "Titel: Diese Angabe ist Pflicht. Bitte ergänzen Sie sie."},
        ),
        (
            Goal,
            GOAL | {"title": "x" * 301},
            {"title": "Titel: Der Text ist zu lang; erlaubt sind höchstens 300 Zeichen. Bitte kürzen Sie ihn."},
        ),
        (
            Goal,
            GOAL | {"description": "y" * 20_001},
            {
                "description": "Beschreibung: Der Text ist zu lang; erlaubt sind höchstens 20.000 Zeichen. "
                "Bitte kürzen Sie ihn."
            },
        ),
        (
            Goal,
            GOAL | {"weight": 0},
            {"weight": "Gewicht: Der Wert muss größer als 0 sein. Bitte erhöhen Sie ihn."},
        ),
        (
            Goal,
            GOAL | {"target_year": 1200},
            {"target_year": "Zieljahr: Der Wert muss mindestens 1900 sein. Bitte erhöhen Sie ihn."},
        ),
        (
            Goal,
            GOAL | {"farbe": "rot"},
            {
                "farbe": "farbe: Dieses Feld gibt es hier nicht. Bitte entfernen Sie es oder prüfen Sie die "
                "Schreibweise."
            },
        ),
        (
            Goal,
            GOAL | {"origin": "seitlich"},
            {
                "origin": "Herkunft: „seitlich“ steht nicht zur Wahl. Erlaubt sind: von oben gesetzt (top_down), "
                "von unten gewachsen (bottom_up)."
            },
        ),
        (
            Measure,
            MEASURE | {"milestones": [{"title": "Start", "due": "30.2.2024"}]},
            {
                "milestones.0.due": "Fällig am: „30.2.2024“ ist kein Datum. Bitte geben Sie ein Jahr (2024), einen "
                "Monat (11/2024) oder einen Tag (24.11.2024) an."
            },
        ),
        (
            Measure,
            MEASURE | {"starts": "2025", "ends": "2024-11"},
            {"": "Das Ende (Nov. 2024) liegt vor dem Beginn (2025). Bitte prüfen Sie beide Angaben."},
        ),
        (
            Rating,
            {"id": "B", "round_id": "R", "measure_id": "M", "seat": 1, "scores": [{"code": "K", "value": 11}]},
            {"scores.0.value": "Punktwert (0–10): Der Wert darf höchstens 10 sein. Bitte verringern Sie ihn."},
        ),
        (
            Target,
            {"id": "T", "indicator_id": "I", "demand": {"demand": "keep_every_year", "value": "viel"}},
            {"demand.value": "Schwellenwert: „viel“ ist keine Zahl. Bitte geben Sie eine Zahl ein."},
        ),
        (
            Target,
            {"id": "T", "indicator_id": "I", "demand": {"demand": "wunsch"}},
            {
                "demand": "Art des Zielwerts: „wunsch“ ist keine bekannte Art. Erlaubt sind: Wert bis zu einem Termin "
                "(value_by_date); Wert, der jedes Jahr einzuhalten ist (keep_every_year); Nur eine Richtung "
                "(direction_only); Korridor (band); Vergleich mit einem anderen Raum (against_benchmark); Abstand, der "
                "sich schließen soll (gap_closed); Spannweite zwischen Räumen (spread_below); Anteil an einem Ganzen "
                "(share_of_whole); Summe bis zu einem Termin (cumulative_share); Wert in Prozent eines Basisjahres "
                "(relative_to_base_year); Mittelwert über mehrere Jahre (average_over_years); Ja oder nein (yes_no); "
                "Stufen oder Meilensteine (stages); Ziel in Worten (in_words)."
            },
        ),
        (
            Reading,
            READING | {"period_kind": "year", "value": float("nan")},
            {
                "value": "Wert: Hier wird eine gewöhnliche Zahl erwartet, nicht unendlich oder „keine Zahl“. Bitte "
                "lassen Sie das Feld leer, wenn es keinen Wert gibt."
            },
        ),
        (
            Reading,
            READING | {"period_kind": "year", "value": 1.0, "period_end": "2023-12-31"},
            {"": "Der Zeitraum endet, bevor er beginnt. Bitte tauschen Sie Anfang und Ende."},
        ),
    ],
)
def test_a_broken_field_names_its_label_the_rule_and_the_way_out(
    model: type[BaseModel], data: dict[str, Any], expected: dict[str, str]
) -> None:
    assert validation_sentences(broken(model, data), model.kind, "de") == expected  # type: ignore[attr-defined]


def test_two_faults_of_one_form_stand_at_their_fields() -> None:
    error = broken(Indicator, {"id": "I", "title": "", "unit": "%", "direction": "lower", "basis": "year"})
    assert validation_sentences(error, "indicator", "en") == {
        "title": "Title: The entry must not be empty; characters needed: 1. Please add it.",
        "territory": "Territory: This entry is required. Please add it.",
    }


def test_a_long_input_is_quoted_in_part() -> None:
    sentences = validation_sentences(broken(Goal, GOAL | {"origin": "z" * 500}), "goal", "de")
    assert "„" + "z" * 39 + "…“" in sentences["origin"]


LONG = "x" * 30_000
WRONG: list[Any] = [None, "", "\x00", "a\nb", LONG, 7, -1.5, float("nan"), 10**20, True, [], {}, [{}], "2024-13", "<b>"]


@given(st.sampled_from(sorted(KINDS)), st.data(), st.sampled_from(LANGUAGES))
def test_every_fault_of_every_field_is_told_by_its_own_rule(kind: str, data: st.DataObject, language: Language) -> None:
    record = data.draw(strategies.records(kind))
    field = data.draw(st.sampled_from(sorted(KINDS[kind].model_fields)))
    faulty = record.model_dump() | {field: data.draw(st.sampled_from(WRONG))}
    for path, sentence in faults(kind, faulty, language).items():
        assert not re.search(r"[{}]", sentence)
        assert (lookup("rule.other", language) or "") not in sentence
        assert path == "" or sentence.startswith(field_label(kind, path, language) + ": ")


def faults(kind: str, data: dict[str, Any], language: Language) -> dict[str, str]:
    """The sentences on a record that breaks its model; none if it is whole."""
    try:
        KINDS[kind].model_validate(data)
    except ValidationError as error:
        return validation_sentences(error, kind, language)
    return {}
