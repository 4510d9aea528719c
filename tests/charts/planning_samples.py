"""Sample payloads of the charts about the whole plan: what carries it, what it costs, whether it keeps its time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from metrics.charts import gantt, money_bars, progress_curve, scenario_dots

PLANNING_WORDS: dict[str, str] = {
    "milestone_late": "Meilenstein überfällig",
    "open_end": "Ende offen",
    "promised": "zuerst zugesagt",
    "critical": "kritisch",
    "critical_path": "auf dem kritischen Pfad",
    "dependency": "erst danach möglich",
    "money_planned": "geplant",
    "money_committed": "beauftragt",
    "money_spent": "ausgegeben",
    "no_amount": "keine Angabe",
    "above_plan": "mehr als geplant",
    "funding_ends": "Förderung endet",
    "value_planned": "geplanter Fortschritt",
    "value_earned": "erreichter Fortschritt",
    "share_axis": "Anteil am Gewicht der Meilensteine",
    "gap": "Abstand zum Plan",
    "plan": "Plan",
    "better": "besser",
    "worse": "schlechter",
    "same": "gleich",
    "no_comparison": "nicht berechenbar",
    "column_category": "Topf oder Jahr",
    "column_planned": "Geplant",
    "column_committed": "Beauftragt",
    "column_spent": "Ausgegeben",
    "column_ends": "Ende der Förderung",
    "column_day": "Tag",
    "column_share": "Anteil",
    "column_indicator": "Kennzahl",
    "column_promised": "Zugesagtes Ende",
    "column_slip": "Verzug in Tagen",
    "column_critical": "Kritischer Pfad",
    "column_after": "Beginnt nach",
}

TODAY = date(2026, 11, 24)


def exactly(first: date, last: date) -> tuple[tuple[date, date], tuple[date, date]]:
    return (first, first), (last, last)


def a_gantt(words: dict[str, str]) -> gantt.Gantt:
    """Nine measures in every state; the critical path runs through three of them, one has slipped, one is early."""
    step = gantt.GanttMilestone
    rows = (
        gantt.GanttRow(
            "M-15", "Leerstandsmanagement Innenstadt", "running", *exactly(date(2026, 1, 1), date(2027, 3, 31)),
            milestones=(
                step(date(2026, 3, 31), "Kataster der Leerstände", True),
                step(date(2026, 9, 30), "Anlaufstelle besetzt", late=True),
            ),
            state_text="laufend", promised_end=date(2026, 12, 29), slip="92 Tage später als zugesagt", critical=True,
        ),
        gantt.GanttRow(
            "M-16", "Zirkularitäts-Check für 20 Betriebe", "planned", *exactly(date(2027, 4, 1), date(2027, 12, 31)),
            milestones=(step(date(2027, 9, 30), "Zehn Betriebe geprüft"),), illustrative=True, critical=True,
        ),
        gantt.GanttRow(
            "M-17", "Fachkräfteallianz mit Hochschule, Kammern und Handwerk gründen", "planned",
            *exactly(date(2028, 1, 1), date(2028, 9, 30)), critical=True,
            milestones=(step(date(2028, 9, 30), "Geschäftsstelle arbeitet"),),
        ),
        gantt.GanttRow("M-12", "Geförderter Breitbandausbau 'Weiße Flecken'", "running",
                       (date(2025, 1, 1), date(2025, 12, 31)), (date(2027, 1, 1), date(2027, 12, 31))),
        gantt.GanttRow("M-08", "Bottroper Handwerksfrühstück", "running",
                       (date(2025, 7, 1), date(2025, 7, 1)), None),
        gantt.GanttRow("M-10", "Prosperkolleg: Transformation zur zirkulären Wertschöpfung", "implemented",
                       *exactly(date(2025, 2, 1), date(2026, 6, 30)), promised_end=date(2026, 7, 31),
                       slip="31 Tage früher als zugesagt",
                       milestones=(step(date(2025, 12, 1), "Handreichung", True),)),
        gantt.GanttRow("M-14", "Werkzeugkasten im Amt einführen", "paused",
                       *exactly(date(2026, 4, 1), date(2026, 12, 31))),
        gantt.GanttRow("M-13", "Jährliches Veranstaltungsformat der Wirtschaftsallianz", "planned",
                       (date(2026, 10, 1), date(2026, 12, 31)), (date(2028, 1, 1), date(2028, 12, 31))),
        gantt.GanttRow("M-20", "Netzwerk der Gründerinnen", "idea", None, None),
    )  # fmt: skip
    links = (
        gantt.GanttLink("M-15", "M-16", True),
        gantt.GanttLink("M-16", "M-17", True),
        gantt.GanttLink("M-10", "M-13"),
        gantt.GanttLink("M-14", "M-12"),
    )
    return gantt.Gantt(words, rows, TODAY, links)


def an_optimised_gantt(words: dict[str, str]) -> gantt.Gantt:
    """What an optimiser chose over eight quarters, with the plan's own times below each bar."""
    quarters = [date(in_year, month, 1) for in_year in (2027, 2028) for month in (1, 4, 7, 10)]
    chosen = (
        ("M-15", "Leerstandsmanagement Innenstadt", 0, 4, 0, 4),
        ("M-16", "Zirkularitäts-Check für 20 Betriebe", 4, 6, 1, 3),
        ("M-17", "Fachkräfteallianz gründen", 2, 7, 2, 7),
        ("M-18", "Gewerbeflächen-Kataster aufbauen und mit den Nachbarstädten abstimmen", 5, 7, 3, 5),
    )
    rows = tuple(
        gantt.GanttRow(
            identifier, title, "planned", *exactly(quarters[first], quarters[last]), illustrative=True,
            promised_start=quarters[was_first], promised_end=quarters[was_last],
            slip="3 Quartale später" if first > was_first + 2 else "2 Quartale später" if first != was_first else "",
        )
        for identifier, title, first, last, was_first, was_last in chosen
    )  # fmt: skip
    ticks = tuple((day, f"Q{day.month // 3 + 1} {day.year}") for day in quarters)
    return gantt.Gantt({**words, "promised": "bisher geplant"}, rows, TODAY, (gantt.GanttLink("M-15", "M-16"),), ticks)


def many_gantt_rows(words: dict[str, str], count: int) -> gantt.Gantt:
    first, *_ = a_gantt(words).rows
    return gantt.Gantt(words, tuple(replace(first, id=f"m{at}") for at in range(count)), TODAY)


def some_money_bars(words: dict[str, str]) -> money_bars.MoneyBars:
    """Pots: one above its plan, one without a known plan, one without anything spent and an unknown one."""
    row = money_bars.MoneyRow
    rows = (
        row("P-1", "Städtebauförderung", 1_250_000, 840_000, 310_000, "Förderung endet 31.12.2027"),
        row("P-2", "Haushalt des Amtes", 180_000, 195_000, 121_500),
        row("P-3", "Zirkuläre Wertschöpfung: Landesmittel und Eigenanteil", 420_000, 60_000, 0,
            "Förderung endet 30.06.2028", illustrative=True),
        row("P-4", "Sponsoring der Wirtschaftsallianz", None, 24_000, 18_200),
        row("P-5", "Stiftungsmittel"),
    )  # fmt: skip
    return money_bars.MoneyBars(words, rows)


def money_by_year(words: dict[str, str]) -> money_bars.MoneyBars:
    row = money_bars.MoneyRow
    rows = (
        row("2025", "2025", 410_000, 402_000, 398_500),
        row("2026", "2026", 560_000, 548_000, 371_200),
        row("2027", "2027", 520_000, 240_000, None, "Städtebauförderung endet 31.12.2027"),
        row("2028", "2028", 190_000, 40_000, None),
    )
    return money_bars.MoneyBars(words, rows, by_year=True)


def a_progress_curve(words: dict[str, str], behind: bool = True) -> progress_curve.ProgressCurve:
    """Six milestones of different weight; four were due by today, of which two are done, the third one late."""
    step = progress_curve.ValueStep
    planned = (
        step(date(2026, 1, 1), 0.0, "Beginn"),
        step(date(2026, 3, 31), 0.15, "Kataster der Leerstände"),
        step(date(2026, 6, 30), 0.35, "Handreichung"),
        step(date(2026, 9, 30), 0.5, "Anlaufstelle besetzt"),
        step(date(2026, 11, 3), 0.6, "Beirat tagt"),
        step(date(2027, 6, 30), 0.8, "Zehn Betriebe geprüft"),
        step(date(2027, 12, 31), 1.0, "Abschluss"),
    )
    earned: tuple[progress_curve.ValueStep, ...] = (
        step(date(2026, 1, 1), 0.0, "Beginn"),
        step(date(2026, 4, 20), 0.15, "Kataster der Leerstände"),
        step(date(2026, 8, 15), 0.35, "Handreichung"),
    )
    gap = progress_curve.ScheduleGap(date(2026, 6, 30), "21 Wochen zurück")
    if not behind:
        earned = (*earned, step(date(2026, 10, 1), 0.6, "Beirat tagt"), step(date(2026, 11, 10), 0.8, "Zehn Betriebe"))
        gap = progress_curve.ScheduleGap(date(2027, 6, 30), "31 Wochen voraus")
    return progress_curve.ProgressCurve(words, planned, earned, TODAY, gap)


def some_scenario_dots(words: dict[str, str]) -> scenario_dots.ScenarioDots:
    heads = (
        scenario_dots.ScenarioHead("S-1", "Zwei Stellen mehr"),
        scenario_dots.ScenarioHead("S-2", "Förderung endet 2026"),
        scenario_dots.ScenarioHead("S-3", "20 % mehr Grundlast"),
        scenario_dots.ScenarioHead("S-4", "Ohne M-16"),
        scenario_dots.ScenarioHead("S-5", "Ruhebetrieb nach einem Schock ab April 2027"),
    )
    row = scenario_dots.ScenarioIndicator
    rows = (
        row("peak", "Höchste Auslastung", "%", 136, (98, 136, 171, 112, 74), False),
        row("over", "Überlast", "Personentage", 84.5, (0, 84.5, 203, 22.5, 0), False, 1),
        row("money", "Ausgaben 2027–2028", "€", 710_000, (842_000, 655_000, 710_000, 650_000, 240_000)),
        row("effect", "Wirkung auf die Ziele", "Punkte", 62.4, (62.4, 55.1, 62.4, 58.0, None), True, 1),
        row("dropped", "Maßnahmen, die herausfallen", "", 0, (0, 3, 0, 1, 9), False,
            hovers=("", "M-12, M-16, M-17", "", "M-16", ""), illustrative=True),
    )  # fmt: skip
    return scenario_dots.ScenarioDots(words, heads, rows)
