"""One sample payload per chart, as large as the demo plan asks for, with the figures of the real series where known."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from metrics.charts import (
    attainment_bars,
    contribution_bars,
    demand_columns,
    gantt,
    goal_rings,
    group_dots,
    impact_effort,
    load_heatmap,
    money_bars,
    progress_curve,
    rank_heatmap,
    scenario_dots,
    small_multiples,
    sparkline,
    story,
    target_path,
    timeline,
)
from metrics.charts.series import Event, Point, segments
from tests.charts.planning_samples import (
    PLANNING_WORDS,
    a_gantt,
    a_progress_curve,
    an_optimised_gantt,
    money_by_year,
    some_money_bars,
    some_scenario_dots,
)

WORDS: dict[str, str] = {
    **PLANNING_WORDS,
    "empty": "Noch keine Werte. Sobald der erste Istwert eingetragen ist, erscheint hier das Diagramm.",
    "no_value": "noch kein Wert",
    "path": "Zielpfad",
    "superseded": "überholter Stand",
    "break": "Bruch der Zeitreihe",
    "target": "Zielwert",
    "interim": "Zwischenziel",
    "baseline": "Ausgangswert",
    "forecast": "bei gleichbleibendem Trend",
    "forecast_band": "80-%-Band (im Rückvergleich 70–75 % Treffer)",
    "event": "Ereignis",
    "exact": "Istwert",
    "approximate": "rund",
    "estimated": "geschätzt",
    "more_than": "mehr als",
    "less_than": "weniger als",
    "provisional": "vorläufig",
    "illustrative": "Beispielwert",
    "sun": "auf Kurs",
    "sun_cloud": "leicht daneben",
    "cloud": "deutlich daneben",
    "thunderstorm": "falsche Richtung",
    "none": "nicht bewertbar",
    "expected": "Soll heute",
    "more": "{count} weitere Zeilen stehen in der Tabelle.",
    "all_goals": "Zukunftsplan",
    "below_25": "unter 25 %",
    "below_50": "25 bis unter 50 %",
    "below_75": "50 bis unter 75 %",
    "below_100": "75 bis unter 100 %",
    "reached": "erreicht",
    "not_computable": "nicht berechenbar",
    "impact": "Wirkung (0 keine – 10 sehr hoch)",
    "effort": "Aufwand (0 keine – 10 sehr hoch)",
    "no_budget": "Budget nicht bekannt",
    "office": "Amt",
    "business": "Unternehmen",
    "cooperation": "Kooperation",
    "quadrant_quick": "Schnell umsetzen",
    "quadrant_big": "Großprojekt planen",
    "quadrant_aside": "Nebenbei",
    "quadrant_drop": "Nicht weiterverfolgen",
    "total": "Nutzwert (0–10)",
    "overall": "alle zusammen",
    "rank": "Rang",
    "rank_number": "Rang {rank}",
    "later": "später",
    "probability": "Wahrscheinlichkeit in %",
    "likeliest": "wahrscheinlichster Rang",
    "calm": "bis 85 %",
    "no_time": "keine Zeit",
    "tight": "85 bis 100 %",
    "over": "über 100 %",
    "rest": "Übrige Maßnahmen",
    "capacity": "Kapazität",
    "overload": "Überlast",
    "unit": "Personentage",
    "today": "Heute",
    "milestone": "Meilenstein",
    "milestone_done": "Meilenstein erreicht",
    "imprecise": "Zeitpunkt ungenau oder offen",
    "no_dates": "ohne Termine",
    "planned": "geplant",
    "running": "laufend",
    "paused": "pausiert",
    "done": "umgesetzt",
    "discontinued": "eingestellt",
    "column_series": "Reihe",
    "column_from": "Von",
    "column_to": "Bis",
    "column_value": "Wert",
    "column_source": "Quelle",
    "column_note": "Hinweis",
    "bound_lower": "untere Grenze",
    "bound_upper": "obere Grenze",
    "column_course": "Kurs",
    "column_goal": "Ziel",
    "column_parent": "Übergeordnet",
    "column_attainment": "Zielerreichung",
    "column_expected": "Soll heute",
    "column_weight": "Gewicht",
    "column_name": "Name",
    "column_measure": "Maßnahme",
    "column_impact": "Wirkung",
    "column_impact_range": "Spanne der Wirkung",
    "column_effort": "Aufwand",
    "column_effort_range": "Spanne des Aufwands",
    "column_rank": "Rang",
    "column_total": "Nutzwert",
    "column_overall": "Alle zusammen",
    "column_spread": "Spanne",
    "column_budget": "Budget in Euro",
    "column_responsibility": "Verantwortung",
    "column_quadrant": "Feld",
    "column_group": "Gruppe",
    "column_state": "Status",
    "column_start_from": "Beginn ab",
    "column_start_to": "Beginn bis",
    "column_end_from": "Ende ab",
    "column_end_to": "Ende bis",
}


def german(value: float) -> str:
    return f"{value:,.1f}".translate(str.maketrans(",.", ".,")).removesuffix(",0")


def year(number: int, value: float, unit: str = "%", **more: object) -> Point:
    text = f"{german(value)} {unit}"
    hover = f"{number}: {text}\nQuelle: Bundesagentur für Arbeit, Jahresrückblick"
    return Point(date(number, 1, 1), date(number, 12, 31), value, text, hover, source="Bundesagentur", **more)  # type: ignore[arg-type]


def month(number: int, in_year: int, value: float, unit: str = "%", **more: object) -> Point:
    text = f"{german(value)} {unit}"
    end = date(in_year, number, monthrange(in_year, number)[1])
    hover = f"{number:02}/{in_year}: {text}\nQuelle: Presse"
    return Point(date(in_year, number, 1), end, value, text, hover, source="Presse", **more)  # type: ignore[arg-type]


def whole(in_year: int) -> tuple[date, date]:
    return date(in_year, 1, 1), date(in_year, 12, 31)


UNEMPLOYMENT = [
    (12, 2018, 6.5), (2, 2019, 6.8), (7, 2019, 7.3), (12, 2019, 6.9), (1, 2020, 7.3), (3, 2020, 7.1), (11, 2020, 8.5),
    (12, 2020, 8.4), (12, 2021, 7.2), (3, 2022, 7.4), (4, 2022, 7.2), (11, 2022, 7.2), (12, 2022, 7.3), (2, 2023, 7.6),
    (3, 2023, 7.5), (10, 2023, 7.9), (11, 2023, 7.9), (12, 2023, 7.9),
]  # fmt: skip

EVENTS = (
    Event(date(2019, 9, 15), "Ende Phase 1"),
    Event(date(2020, 1, 7), "Phase 2 angekündigt: Verstetigung und Transfer"),
    Event(date(2020, 3, 2), "Praxisphase City-Logistik beginnt"),
    Event(date(2021, 11, 26), "Auszeichnung als Fairtrade-Town"),
    Event(date(2021, 12, 31), "City-Logistik eingestellt"),
    Event(date(2022, 6, 30), "Förderprojekt endet; Netzwerk bleibt"),
)


def a_target_path() -> target_path.TargetPath:
    readings = [month(*row) for row in UNEMPLOYMENT]
    return target_path.TargetPath(
        words=WORDS,
        unit="%",
        name="Arbeitslosenquote (Monat)",
        segments=segments(readings, longest_gap_days=400),
        superseded=(month(12, 2019, 7.2),),
        target=target_path.TargetLine(
            "value_by_date", "Ziel 2028: 7,0 %", 7.0, (date(2028, 1, 1), date(2028, 12, 31)),
            6.5, (date(2018, 12, 1), date(2018, 12, 31)), illustrative=True, hover="Ziel 2028: 7,0 %\nBeispielwert",
        ),
        events=EVENTS,
    )  # fmt: skip


def a_path_with_comparisons() -> target_path.TargetPath:
    own = [year(2018, 6.8), year(2019, 7.0), year(2021, 8.0), year(2022, 7.3, break_before=True), year(2024, 8.1)]
    own += [year(2025, 8.3, provisional=True), year(2026, 8.0, qualifier="approximate")]

    def other(*values: float) -> tuple[tuple[Point, ...], ...]:
        return segments([year(2018 + 2 * at, value) for at, value in enumerate(values)])

    return target_path.TargetPath(
        words=WORDS,
        unit="%",
        name="Arbeitslosenquote (Jahresdurchschnitt)",
        segments=segments(own, longest_gap_days=300),
        target=target_path.TargetLine("keep_every_year", "jedes Jahr höchstens 7,5 %", 7.5),
        comparisons=(
            target_path.ComparisonSeries("Nordrhein-Westfalen", other(6.8, 7.5, 6.8, 7.5)),
            target_path.ComparisonSeries("Ruhrgebiet", other(9.4, 10.2, 9.6, 10.1)),
        ),
    )


def a_direction_only_path() -> target_path.TargetPath:
    own = [year(2016 + at, value, "ha") for at, value in enumerate((3.1, 3.4, 3.2, 4.1, 4.6, 4.4))]
    target = target_path.TargetLine("direction_only", "Ziel: mehr wiedergenutzte Fläche", direction=1)
    return target_path.TargetPath(WORDS, "ha", "Wiedergenutzte Fläche", segments(own), target=target)


def a_path_with_everything() -> target_path.TargetPath:
    """Interim targets, forecast, break, several certainties, older vintages, comparison series and events at once."""
    own = [year(2012, 9.1), year(2013, 9.0), year(2014, 8.8), year(2015, 8.9, break_before=True), year(2016, 8.6)]
    own += [year(2017, 8.3), year(2018, 7.9), year(2019, 7.6, qualifier="approximate"), year(2020, 8.9)]
    own += [year(2021, 8.4), year(2022, 7.8, qualifier="estimated"), year(2023, 8.0, qualifier="less_than")]
    own += [year(2024, 8.1), year(2025, 7.9, provisional=True)]
    ahead = tuple(
        target_path.ForecastPoint(
            date(2025 + at, 1, 1), date(2025 + at, 12, 31), 7.9 - 0.08 * at, 7.9 - 0.08 * at - 0.62 * at**0.55,
            7.9 - 0.08 * at + 0.62 * at**0.55, f"{2025 + at}: {german(7.9 - 0.08 * at)} %",
        )
        for at in range(1, 7)
    )  # fmt: skip
    target = target_path.TargetLine(
        "value_by_date", "Ziel 2030: 6,5 %", 6.5, whole(2030), 8.9, whole(2015), hover="Ziel 2030: 6,5 %",
        interim=(
            target_path.InterimTarget(8.0, whole(2020), "2020: 8,0 %"),
            target_path.InterimTarget(7.2, whole(2026), "2026: 7,2 %"),
        ),
    )  # fmt: skip
    state = [year(2012 + at, 8.1 - 0.12 * at) for at in range(14)]
    ruhr = [year(2012 + at, 10.9 - 0.1 * at) for at in range(13)]
    return target_path.TargetPath(
        words=WORDS,
        unit="%",
        name="Arbeitslosenquote (Jahresdurchschnitt)",
        segments=segments(own, longest_gap_days=400),
        superseded=(year(2022, 8.2), year(2023, 8.3)),
        target=target,
        comparisons=(
            target_path.ComparisonSeries("Nordrhein-Westfalen", segments(state)),
            target_path.ComparisonSeries("Ruhrgebiet", segments(ruhr)),
        ),
        events=(
            Event(date(2020, 3, 1), "Corona-Pandemie", "2020 bis 2022: Corona-Pandemie", end=date(2022, 4, 7)),
            Event(date(2015, 1, 1), "Neue Abgrenzung der Erwerbspersonen"),
            Event(date(2022, 6, 1), "Übertritt der Geflüchteten aus der Ukraine in die Grundsicherung"),
        ),
        forecast=target_path.ForecastLine(ahead),
    )


def a_corridor(due: tuple[date, date] | None = None) -> target_path.TargetPath:
    """A share that is to stay, or to come, between two bounds, with an invented forecast."""
    own = [year(2016 + at, value) for at, value in enumerate((31.0, 33.5, 36.0, 38.2, 37.1, 41.0, 42.4, 44.8))]
    ahead = tuple(
        target_path.ForecastPoint(
            date(2023 + at, 1, 1), date(2023 + at, 12, 31), 44.8 + 1.9 * at, 44.8 + at - 2.0, 44.8 + 2.8 * at + 2.0
        )
        for at in range(1, 8)
    )
    label = "Ziel 2030: 50 bis 60 %" if due else "jedes Jahr zwischen 50 und 60 %"
    return target_path.TargetPath(
        WORDS,
        "%",
        "Anteil der Betriebe im Mehrwegsystem",
        segments(own),
        target=target_path.TargetLine("band", label, due=due, corridor=(50.0, 60.0), illustrative=True),
        forecast=target_path.ForecastLine(ahead, illustrative=True),
    )


def a_sparkline() -> sparkline.Sparkline:
    return sparkline.Sparkline(WORDS, segments([month(*row) for row in UNEMPLOYMENT], 400), 7.0, "cloud")


INDICATORS = (
    ("Arbeitslosenquote (Monat)", "7,9 % · 12/2023", "cloud", 7.0),
    ("Sozialversicherungspflichtig Beschäftigte am Arbeitsort", "35.912 Personen · 2023", "sun", None),
    ("Gründungen von Betrieben", "402 · 2022", "sun_cloud", 8.0),
    ("Leerstandsquote der Ladenlokale in der Innenstadt", "14,2 % · 2021", "thunderstorm", None),
    ("Fairtrade-Town: erfüllte Kriterien (von 5)", "5 von 5 · 2023", "none", None),
    ("Breitbandversorgung der Gewerbegebiete mit mindestens 1.000 Mbit/s", "81,5 % · 2024", "sun", None),
    ("Anmeldungen zum Handwerksfrühstück", "noch kein Wert", "none", None),
)


def some_small_multiples() -> small_multiples.SmallMultiples:
    panels = []
    for index, (title, last, course, target) in enumerate(INDICATORS):
        points = [month(*row) for row in UNEMPLOYMENT[index:]] if "noch kein" not in last else []
        panels.append(small_multiples.Panel(f"I-{index}", title, segments(points, 400), last, course, target))
    return small_multiples.SmallMultiples(WORDS, tuple(panels), 3)


GOALS = (
    ("Z-A", "", "Attraktiv", 0.44, "sun_cloud"),
    ("Z-N", "", "Nachhaltig", 0.62, "sun"),
    ("Z-R", "", "Resilient", None, "none"),
    ("Z-A1", "Z-A", "Digitale Infrastruktur ausbauen", 0.82, "sun"),
    ("Z-A2", "Z-A", "Sichtbarkeit und Image des Standorts", 0.21, "cloud"),
    ("Z-A3", "Z-A", "Innenstadt beleben und Leerstand senken", -0.12, "thunderstorm"),
    ("Z-N1", "Z-N", "Fairer Handel", 1.0, "sun"),
    ("Z-ZW1", "Z-N", "Zirkuläre Wertschöpfung", 0.31, "sun_cloud"),
    ("Z-R1", "Z-R", "Fachkräfte sichern", None, "none"),
    ("Z-R2", "Z-R", "Digitalisierung in Unternehmen", 0.55, "sun_cloud"),
    ("Z-GOV1", "Z-R", "Netzwerk und Wirtschaftsallianz", None, "none"),
)


def some_goal_rings(kind: str = "sunburst", colour_by: str = "course", level: str = "") -> goal_rings.GoalRings:
    nodes = tuple(
        goal_rings.GoalNode(
            identifier, parent, label, share, course, 1.0,
            "nicht bewertbar" if share is None else f"{share * 100:.0f} %".replace("-", "−"),
        )
        for identifier, parent, label, share, course in GOALS
    )  # fmt: skip
    return goal_rings.GoalRings(WORDS, nodes, kind, colour_by, level)


def some_attainment_bars() -> attainment_bars.AttainmentBars:
    rows = [
        attainment_bars.AttainmentRow(
            identifier, label, share, "" if share is None else f"{share * 100:.0f} %".replace("-", "−"), course, 0.65,
            "Soll heute: 65 %", "" if share is not None else "Nicht berechenbar: 3 von 6 Werten liegen vor.",
        )
        for identifier, _, label, share, course in GOALS
    ]  # fmt: skip
    rows.append(attainment_bars.AttainmentRow("x", "Glasfaseranschlüsse", 1.34, "134 %", "sun", illustrative=True))
    return attainment_bars.AttainmentBars(WORDS, tuple(rows))


MEASURES = (
    ("M-01", "Titel Fairtrade-Town erlangen und halten", "cooperation", "consolidated"),
    ("M-03", "Informationsplattform HalloBot", "office", "implemented"),
    ("M-06", "Imagekampagne Handwerk", "cooperation", "implemented"),
    ("M-08", "Bottroper Handwerksfrühstück", "cooperation", "running"),
    ("M-10", "Prosperkolleg: Transformation zur zirkulären Wertschöpfung", "cooperation", "implemented"),
    ("M-11", "City-Logistik LOUISE", "business", "discontinued"),
    ("M-12", "Geförderter Breitbandausbau 'Weiße Flecken'", "office", "running"),
    ("M-13", "Jährliches Veranstaltungsformat der Wirtschaftsallianz", "office", "running"),
    ("M-14", "Werkzeugkasten im Amt einführen", "office", "paused"),
    ("M-15", "Leerstandsmanagement Innenstadt", "cooperation", "planned"),
    ("M-16", "Zirkularitäts-Check für 20 Betriebe", "cooperation", "idea"),
)
SCORES = ((5, 2.5, 20), (7.5, 2.5, None), (6.5, 5, 60), (5.5, 0, 1.5), (7.5, 9, 900), (7.5, 9, 2000), (10, 7.5, 450))
SCORES += ((2.5, 2.5, 4), (2.5, 2.5, None), (9, 7.5, 15), (6.5, 4, 20))


def an_impact_effort_matrix() -> impact_effort.ImpactEffort:
    points = tuple(
        impact_effort.MeasurePoint(
            identifier, identifier, title, impact, effort, budget and budget * 1000.0,
            "Budget nicht bekannt" if budget is None else f"{german(budget)} Tsd. €", who,
            state in ("planned", "idea", "running"), f"{title}\nWirkung {german(impact)} · Aufwand {german(effort)}",
        )
        for (identifier, title, who, state), (impact, effort, budget) in zip(MEASURES, SCORES, strict=True)
    )  # fmt: skip
    return impact_effort.ImpactEffort(WORDS, points)


def a_matrix_with_whiskers() -> impact_effort.ImpactEffort:
    """Every second measure is rated with a range, in turns of the impact, of the effort and of both."""
    matrix = an_impact_effort_matrix()
    points = list(matrix.points)
    for at, point in enumerate(points):
        if at % 2 == 0:
            impact = (max(point.impact - 1.5, 0.0), min(point.impact + 1, 10.0)) if at % 3 != 1 else (None, None)
            effort = (max(point.effort - 1, 0.0), min(point.effort + 2, 10.0)) if at % 3 != 2 else (None, None)
            points[at] = replace(
                point, impact_low=impact[0], impact_high=impact[1], effort_low=effort[0], effort_high=effort[1]
            )
    return replace(matrix, points=tuple(points), whiskers=True)


CRITERIA = (
    ("c-goals", "Wirkung auf die Ziele", 0.30),
    ("c-doable", "Umsetzbarkeit im Amt", 0.25),
    ("c-cost", "Kosten und Folgekosten", 0.15),
    ("c-urgent", "Dringlichkeit", 0.15),
    ("c-climate", "Beitrag zu Klimaschutz und Zirkularität in der Region", 0.15),
)


def some_contribution_bars(count: int = 7) -> contribution_bars.ContributionBars:
    """The first two share a rank; the last one has no points for its last criterion, and the one before no score."""
    rows = []
    for at in range(count):
        identifier, title, _, state = MEASURES[at % len(MEASURES)]
        parts = {key: round(weight * max(10 - at - index % 3, 0), 2) for index, (key, _, weight) in enumerate(CRITERIA)}
        if at == count - 2:
            del parts["c-climate"]
        if at == count - 1:
            parts["c-climate"] = 0.0
        band = "1–2" if at < 2 else str(at + 1)
        total = round(sum(parts.values()), 2)
        row = contribution_bars.ContributionRow(
            f"{identifier}/{at}",
            f"{band} · {identifier} {title}",
            parts,
            total,
            german(total),
            band,
            state == "planned",
        )
        rows.append(row)
    criteria = tuple(
        contribution_bars.ContributionCriterion(key, title, f"{weight * 100:.0f} %") for key, title, weight in CRITERIA
    )
    return contribution_bars.ContributionBars(WORDS, criteria, tuple(rows))


def a_rank_heatmap(count: int = 8) -> rank_heatmap.RankHeatmap:
    """Each measure has its own rank at 60 %, the ranks beside it at 20 %; what would lie outside is added to it."""
    rows = []
    for at in range(count):
        identifier, title, _, state = MEASURES[at % len(MEASURES)]
        shares = [0.0] * count
        for rank, share in ((at - 1, 0.2), (at, 0.6), (at + 1, 0.2)):
            shares[rank if 0 <= rank < count else at] += share
        hover = f"In 9 von 10 Durchläufen auf Rang {max(at, 1)} bis {min(at + 2, count)}."
        row = rank_heatmap.RankRow(f"{identifier}/{at}", f"{identifier} {title}", tuple(shares), hover, state == "idea")
        rows.append(row)
    return rank_heatmap.RankHeatmap(WORDS, tuple(rows))


GROUPS = (
    ("office", "Amt für Wirtschaftsförderung"),
    ("council", "Ratsfraktionen"),
    ("alliance", "Wirtschaftsallianz"),
    ("university", "Hochschule Ruhr West"),
    ("citizens", "Bürgerschaft"),
    ("trade", "Einzelhandel und Handwerk"),
)


def some_group_dots(count: int = 7) -> group_dots.GroupDots:
    """In the second row all groups agree, in the third one has not rated, in the last nobody has."""
    rows = []
    for at in range(count):
        identifier, title, _, state = MEASURES[at % len(MEASURES)]
        values: dict[str, float | None] = {
            key: 6.0 if at == 1 else (at * 7 + index * 11) % 19 / 2 for index, (key, _) in enumerate(GROUPS)
        }
        if at == 2:
            values["council"] = None
        if at == count - 1:
            values = {}
        known = [value for value in values.values() if value is not None]
        overall = round(sum(known) / len(known), 2) if known else None
        row = group_dots.DotRow(f"{identifier}/{at}", f"{identifier} {title}", values, overall, state == "consolidated")
        rows.append(row)
    return group_dots.GroupDots(WORDS, tuple(group_dots.RaterGroup(*group) for group in GROUPS), tuple(rows))


QUARTERS = tuple(f"Q{quarter} {in_year}" for in_year in (2027, 2028) for quarter in (1, 2, 3, 4))


def a_load_heatmap() -> load_heatmap.LoadHeatmap:
    rows = (
        load_heatmap.LoadRow("g1", "Bestandspflege", (0.73, 0.8, 0.85, 0.851, 1.0, 1.001, 1.36, None)),
        load_heatmap.LoadRow("g2", "Kompetenzfelder und Innovation", (0.62, 0.79, 1.43, 0.86, 0.82, 1.01, 1.05, 0.61)),
        load_heatmap.LoadRow("g3", "Innenstadt und Handel", (None, None, 0.66, 0.59, 0.98, 0.73, 0.41, 0.0)),
    )
    return load_heatmap.LoadHeatmap(WORDS, QUARTERS, rows)


def some_demand_columns() -> demand_columns.DemandColumns:
    measures = tuple(
        demand_columns.MeasureDemand(
            identifier, title, tuple(float((index * 7 + at * 5) % 41) for at in range(8)), index > 8
        )
        for index, (identifier, title, _, _) in enumerate(MEASURES)
    )
    return demand_columns.DemandColumns(
        WORDS, QUARTERS, measures, (180.0, 180.0, 205.0, 205.0, 205.0, 205.0, 230.0, 230.0)
    )


def exact(day: date) -> tuple[date, date]:
    return day, day


DATES: dict[str, tuple[tuple[date, date] | None, tuple[date, date] | None]] = {
    "M-01": (whole(2020), None),
    "M-06": ((date(2021, 7, 1), date(2021, 7, 31)), None),
    "M-10": (exact(date(2019, 6, 1)), exact(date(2024, 3, 31))),
    "M-11": ((date(2018, 10, 1), date(2018, 10, 31)), exact(date(2021, 12, 31))),
    "M-12": (whole(2022), whole(2026)),
    "M-14": (None, whole(2027)),
    "M-15": (exact(date(2027, 1, 1)), exact(date(2028, 6, 30))),
    "M-16": (whole(2027), whole(2027)),
}


def a_timeline() -> timeline.Timeline:
    steps = {
        "M-11": (timeline.MilestoneMark(date(2020, 3, 2), "Praxisphase beginnt", True),),
        "M-15": (timeline.MilestoneMark(date(2027, 9, 30), "Erste Zwischennutzung"),),
    }
    rows = tuple(
        timeline.TimelineRow(
            identifier, title, state, *DATES.get(identifier, (None, None)), steps.get(identifier, ()), state,
            identifier in ("M-15", "M-16"),
        )
        for identifier, title, _, state in MEASURES
    )  # fmt: skip
    return timeline.Timeline(WORDS, rows, date(2026, 11, 24))


def the_story_of_louise() -> story.Story:
    rund = {"qualifier": "approximate"}
    customers = [
        Point(date(2020, 3, 1), date(2020, 3, 31), 250, "250", "März 2020: 250 registriert"),
        Point(date(2020, 9, 1), date(2020, 9, 30), 350, "rund 350", **rund),
        Point(date(2021, 1, 1), date(2021, 1, 31), 500, "rund 500", **rund),
        Point(date(2021, 12, 1), date(2021, 12, 31), 750, "rund 750", **rund),
    ]
    retailers = [
        Point(date(2020, 3, 1), date(2020, 3, 31), 6, "6"),
        Point(date(2021, 1, 1), date(2021, 1, 31), 21, "21"),
        Point(date(2021, 12, 1), date(2021, 12, 31), 30, "30"),
    ]
    return story.Story(
        WORDS,
        (
            story.StoryPanel("Kundinnen und Kunden", "Personen", segments(customers)),
            story.StoryPanel("Teilnehmende Händler", "Anzahl", segments(retailers)),
        ),
        (
            Event(date(2020, 3, 2), "Praxisphase City-Logistik beginnt"),
            Event(date(2020, 3, 16), "Erste Schließung des Einzelhandels", end=date(2020, 5, 4)),
            Event(date(2021, 11, 26), "Auszeichnung als Fairtrade-Town"),
            Event(date(2021, 12, 31), "City-Logistik eingestellt"),
        ),
    )


SAMPLES: dict[str, tuple[Any, Callable[[], Any]]] = {
    "target_path": (target_path, a_target_path),
    "target_path_comparisons": (target_path, a_path_with_comparisons),
    "target_path_direction": (target_path, a_direction_only_path),
    "target_path_everything": (target_path, a_path_with_everything),
    "target_path_corridor": (target_path, a_corridor),
    "target_path_corridor_by_a_year": (target_path, lambda: a_corridor(whole(2030))),
    "small_multiples": (small_multiples, some_small_multiples),
    "sparkline": (sparkline, a_sparkline),
    "goal_rings_sunburst": (goal_rings, some_goal_rings),
    "goal_rings_icicle": (goal_rings, lambda: some_goal_rings("icicle", "attainment")),
    "attainment_bars": (attainment_bars, some_attainment_bars),
    "impact_effort": (impact_effort, an_impact_effort_matrix),
    "impact_effort_whiskers": (impact_effort, a_matrix_with_whiskers),
    "contribution_bars": (contribution_bars, some_contribution_bars),
    "rank_heatmap": (rank_heatmap, a_rank_heatmap),
    "group_dots": (group_dots, some_group_dots),
    "load_heatmap": (load_heatmap, a_load_heatmap),
    "demand_columns": (demand_columns, some_demand_columns),
    "timeline": (timeline, a_timeline),
    "gantt": (gantt, lambda: a_gantt(WORDS)),
    "gantt_of_an_optimiser": (gantt, lambda: an_optimised_gantt(WORDS)),
    "money_bars": (money_bars, lambda: some_money_bars(WORDS)),
    "money_bars_by_year": (money_bars, lambda: money_by_year(WORDS)),
    "progress_curve": (progress_curve, lambda: a_progress_curve(WORDS)),
    "progress_curve_ahead": (progress_curve, lambda: a_progress_curve(WORDS, behind=False)),
    "scenario_dots": (scenario_dots, lambda: some_scenario_dots(WORDS)),
    "story": (story, the_story_of_louise),
}
"""Name → (module with draw and table, builder of its payload)."""
