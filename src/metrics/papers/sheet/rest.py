"""What stands behind the goals: priorities, resources, points to decide, follow-ups, the annex on method and data."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.domain.committee import FollowUpKind, FollowUpState
from metrics.domain.progress.outcome import Course
from metrics.locale.catalogue import Language, translate, translate_plural
from metrics.locale.formats import MISSING, day, euros, number, percent
from metrics.papers.model import (
    Decision,
    FollowUp,
    IndicatorLine,
    Paper,
    PotLine,
    QuarterLoad,
    RankedMeasure,
    Resources,
)
from metrics.papers.modes import TEMPLATE, Mode
from metrics.papers.sheet.charts import columns, matrix
from metrics.papers.sheet.front import consultations, decision_note
from metrics.papers.sheet.lines import (
    Cell,
    Part,
    badge,
    flat,
    in_words,
    joined,
    mark,
    prose,
    shortened,
    table,
)
from metrics.papers.style import SIGNS
from metrics.papers.telling import pot_told, withheld_told

MOST_RANKS = 20
MOST_LOADS = 12
"""Measures whose work by quarter is printed, each in a row of its own."""


def priorities(paper: Paper) -> Part:
    """The ranking of a round: matrix and list, with method and raters."""
    language, ranking = paper.language, paper.ranking
    part: Part = {"title": translate("Priorisierung", language), "without": ""}
    if ranking is None or not ranking.rows:
        return part | {"without": translate("Für diesen Plan gibt es noch keine Priorisierungsrunde.", language)}
    rest = len(ranking.rows) - MOST_RANKS
    return part | {
        "round": joined([flat(ranking.title), badge(ranking.illustrative, language)]),
        "method": prose(ranking.method),
        "raters": flat(ranking.raters),
        "decided": flat(ranking.decided),
        "chart": matrix(ranking.rows, language),
        "no_chart": translate("Wirkung und Aufwand wurden nicht bewertet; es gibt keine Matrix.", language),
        "table": table(
            [
                translate("Rang", language),
                translate("Maßnahme", language),
                translate("Nutzen (von 100)", language),
                translate("Wirkung", language),
                translate("Aufwand", language),
                translate("Rang von–bis", language),
                translate("Auswahl", language),
            ],
            (_rank_row(row, language) for row in ranking.rows[:MOST_RANKS]),
            translate("Rangliste der Maßnahmen", language),
        ),
        "more": translate_plural(
            "{number} weitere Maßnahme steht in den angehängten Daten.",
            "{number} weitere Maßnahmen stehen in den angehängten Daten.",
            rest,
            language,
        )
        if rest > 0
        else "",
    }


def resources(paper: Paper) -> Part:
    """Work against capacity and money, with one plain sentence."""
    language, found = paper.language, paper.resources
    part: Part = {"title": translate("Ressourcen", language), "without": ""}
    if found is None or not (found.sentence.strip() or found.quarters or found.money):
        return part | {"without": translate("Für diesen Plan sind noch keine Ressourcen erfasst.", language)}
    return part | {
        "sentence": prose(found.sentence),
        "badge": badge(found.illustrative, language),
        "chart": columns(found.quarters, language) if found.quarters else None,
        "quarters": _quarters(found.quarters, language) if found.quarters else None,
        "heat": _heat(found, language) if found.quarters and found.measures else None,
        "no_quarters": translate("Arbeit und Kapazität je Quartal sind noch nicht erfasst.", language),
        "money": _money(found.money, language) if found.money else None,
        "no_money": translate("Mittel sind noch nicht erfasst.", language),
    }


def decisions(paper: Paper, mode: Mode) -> Part | None:
    """Each point with what follows from yes and from no, and an empty table for the votes; None in a report."""
    language = paper.language
    if mode is Mode.report:
        return None
    return {
        "title": translate("Zu treffende Entscheidungen", language),
        "without": "" if paper.decisions else translate("Es ist kein Beschluss vorgeschlagen.", language),
        "points": [_decision(one, paper) for one in paper.decisions],
        "votes_title": translate("Verlauf der Beratung", language),
        "votes": table(
            [
                translate("Gremium", language),
                translate("Sitzung", language),
                translate("Ja", language),
                translate("Nein", language),
                translate("Enthaltung", language),
                translate("Ergebnis", language),
            ],
            (
                [flat(step.committee), day(step.held_on, language), "", "", "", shortened(step.result, 200)]
                for step in consultations(paper)
            ),
        ),
    }


def follow_ups(paper: Paper) -> Part:
    """What earlier sittings decided or asked, and what has become of it."""
    language = paper.language
    return {
        "title": translate("Beschlusskontrolle", language),
        "without": ""
        if paper.follow_ups
        else translate("Aus früheren Sitzungen ist nichts offen oder zu berichten.", language),
        "table": table(
            [
                translate("Beschluss oder Auftrag", language),
                translate("Sitzung", language),
                translate("Zuständig", language),
                translate("Frist", language),
                translate("Stand", language),
                translate("Ergebnis", language),
            ],
            (_follow_up_row(one, language) for one in paper.follow_ups),
        )
        if paper.follow_ups
        else None,
    }


def annex(paper: Paper, checksum: str) -> Part:
    """How it was judged and from which data; `checksum` is the SHA-256 of the attached data."""
    language, basis = paper.language, paper.basis
    return {
        "title": translate("Anlage 1: Methodik und Datenstand", language),
        "facts": [
            [translate("Stand der Daten", language), day(basis.as_of, language)],
            [translate("Eingefroren am", language), day(basis.frozen_at, language)],
            [translate("Änderungsnummer", language), number(basis.change_number, language)],
            [translate("Fassung der Bewertungsregel", language), flat(basis.rule_version)],
            [translate("Fassung der Vorlage", language), TEMPLATE],
        ],
        "rule_title": translate("Wie bewertet wird", language),
        "rule": prose(basis.rule_told),
        "thresholds": [flat(one) for one in basis.thresholds if one.strip()],
        "legend": [mark(course, language) for course in (*Course, None)],
        "notes": _notes(paper),
        "table_title": translate("Woher die Werte kommen", language),
        "table": table(
            [
                translate("Indikator", language),
                translate("Anteil erreicht", language),
                translate("Plan", language),
                translate("Zeitraum", language),
                translate("Quelle", language),
                translate("Güte", language),
            ],
            (_source_row(line, language) for line in paper.indicators),
            translate("Erreichter Anteil des Weges vom Start zum Ziel, mit Stand, Quelle und Güte der Werte", language),
        )
        if paper.indicators
        else None,
        "checksum_title": translate("Prüfsumme", language),
        "checksum": translate("SHA-256 der angehängten Daten (plan.json):", language),
        "digest": [checksum[start : start + 8] for start in range(0, len(checksum), 8)],
        "reproducible": translate(
            "Aus demselben Datenstand und derselben Fassung der Vorlage entsteht dieselbe Datei.", language
        ),
    }


def _rank_row(row: RankedMeasure, language: Language) -> list[Cell]:
    chosen = {
        True: translate("ausgewählt", language),
        False: translate("nicht ausgewählt", language),
        None: translate("noch offen", language),
    }[row.chosen]
    possible = MISSING
    if row.best_rank is not None and row.worst_rank is not None:
        possible = f"{number(row.best_rank, language)}–{number(row.worst_rank, language)}"
    return [
        number(row.rank, language),
        shortened(row.title, 160),
        {"text": number(row.utility, language, 1), "strong": True},
        number(row.impact, language, 1),
        number(row.effort, language, 1),
        possible,
        chosen,
    ]


def _quarters(quarters: Sequence[QuarterLoad], language: Language) -> Part:
    return table(
        [
            translate("Quartal", language),
            translate("Bedarf (VZÄ)", language),
            translate("Kapazität (VZÄ)", language),
            translate("Unterschied", language),
            translate("Urteil", language),
        ],
        (
            [
                flat(one.label),
                number(one.demand, language, 1),
                number(one.capacity, language, 1),
                number(one.capacity - one.demand, language, 1, signed=True),
                _enough(one, language),
            ]
            for one in quarters
        ),
        translate("Arbeit und Kapazität je Quartal", language),
    )


def _heat(found: Resources, language: Language) -> Part:
    """What the measures that ask most ask for in each quarter, and all others together; darker where it is more."""
    first, others = found.measures[:MOST_LOADS], found.measures[MOST_LOADS:]
    most = max((demand for one in first for demand in one.demand), default=0.0)
    rows: list[list[Cell]] = [
        [
            {"text": shortened(one.title, 120), "beside": badge(one.illustrative, language)},
            *(_heat_cell(demand, most, language) for demand in one.demand),
        ]
        for one in first
    ]
    if others:
        told = translate_plural("{number} weitere Maßnahme", "{number} weitere Maßnahmen", len(others), language)
        sums = [sum(demands) for demands in zip(*(one.demand for one in others), strict=True)]
        rows.append([told, *(number(demand, language, 1) for demand in sums)])
    columns_ = [translate("Maßnahme", language), *(flat(quarter.label) for quarter in found.quarters)]
    return table(columns_, rows, translate("Arbeit je Maßnahme und Quartal in Vollzeitkräften", language))


def _heat_cell(demand: float, most: float, language: Language) -> Cell:
    return {"text": number(demand, language, 1), "shade": round(demand / most, 3)} if demand else MISSING


def _enough(quarter: QuarterLoad, language: Language) -> Cell:
    if quarter.missing <= 0:
        return {"mark": mark(Course.sun, language) | {"word": translate("reicht", language)}}
    if quarter.demand <= quarter.capacity:
        return {"mark": mark(Course.cloud, language) | {"word": translate("reicht nicht in jeder Gruppe", language)}}
    return {"mark": mark(Course.thunderstorm, language) | {"word": translate("mehr geplant als vorhanden", language)}}


def _money(lines: Sequence[PotLine], language: Language) -> Part:
    return table(
        [
            translate("Ziel oder Finanzierungstopf", language),
            translate("Jahr", language),
            translate("Plan", language),
            translate("Ist", language),
            translate("Abfluss", language),
        ],
        (
            [
                shortened(pot_told(line, language), 160),
                str(line.year),
                euros(line.planned, language),
                euros(line.spent, language),
                percent(line.spent / line.planned if line.spent is not None and line.planned else None, language),
            ]
            for line in lines
        ),
        translate(
            "Mittel und was davon abgeflossen ist; eine Maßnahme, die mehreren Zielen dient, zählt bei jedem", language
        ),
    )


def _decision(one: Decision, paper: Paper) -> Part:
    language = paper.language
    missing = translate("Dazu ist nichts angegeben.", language)
    return {
        "title": translate("Punkt {nummer}", language, nummer=number(one.number, language)),
        "text": prose(one.text),
        "note": decision_note(one, paper),
        "table": table(
            [translate("Entscheidung", language), translate("Folge", language)],
            [
                [{"text": translate("Zustimmung", language), "strong": True}, flat(one.if_yes) or missing],
                [{"text": translate("Ablehnung", language), "strong": True}, flat(one.if_no) or missing],
            ],
        ),
    }


def _follow_up_row(one: FollowUp, language: Language) -> list[Cell]:
    state = in_words(one.state, language, FollowUpState)
    sign = SIGNS["thunderstorm"].character
    overdue = translate("{zeichen} überfällig", language, zeichen=sign) if one.overdue else ""
    return [
        {"text": flat(one.text), "small": in_words(one.kind, language, FollowUpKind)},
        flat(one.from_sitting),
        flat(one.owner) if one.owner else translate("nicht benannt", language),
        day(one.due, language),
        {"text": state, "small": overdue, "alarm": one.overdue},
        flat(one.result) or MISSING,
    ]


def _notes(paper: Paper) -> list[str]:
    language, basis = paper.language, paper.basis
    notes = [flat(basis.comment_rule)] if basis.comment_rule else []
    if basis.illustrative_included:
        notes.append(
            translate(
                "Mit „Beispielwert“ gekennzeichnete Angaben sind erfunden und zeigen nur, wie die Vorlage aussieht.",
                language,
            )
        )
    if any(line.illustrative and line.example_target for line in paper.indicators):
        notes.append(
            translate("Wo „Zielwert: Beispiel“ steht, ist nur der Zielwert erfunden; die Werte sind echt.", language)
        )
    overdue = [line for line in paper.indicators if line.stale]
    if overdue:
        notes.append(
            translate_plural(
                "Für {number} Indikator ist ein neuer Wert überfällig.",
                "Für {number} Indikatoren ist ein neuer Wert überfällig.",
                len(overdue),
                language,
            )
        )
    return [*notes, withheld_told(paper, language)] if paper.withheld else notes


def _source_row(line: IndicatorLine, language: Language) -> list[Cell]:
    late = translate("veraltet", language) if line.stale else ""
    return [
        {
            "text": shortened(line.title, 160),
            "beside": joined([flat(line.territory), badge(line.illustrative, language, line.example_target)]),
        },
        percent(line.share, language),
        percent(line.expected_share, language),
        {"text": flat(line.actual_period or "") or MISSING, "small": late},
        {"text": shortened(line.source, 160) or MISSING, "small": flat(line.vintage)},
        shortened(line.quality, 80) or MISSING,
    ]
