"""Sample payloads of the charts about the whole plan: what carries it, what it costs, whether it keeps its time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from metrics.charts import gantt

PLANNING_WORDS: dict[str, str] = {
    "milestone_late": "Meilenstein überfällig",
    "open_end": "Ende offen",
    "promised": "zuerst zugesagt",
    "critical": "kritisch",
    "critical_path": "auf dem kritischen Pfad",
    "dependency": "erst danach möglich",
    "column_promised": "Zugesagtes Ende",
    "column_slip": "Verzug in Tagen",
    "column_critical": "Kritischer Pfad",
    "column_after": "Beginnt nach",
}

TODAY = date(2026, 11, 24)


def exactly(first: date, last: date) -> dict[str, tuple[date, date]]:
    return {"start": (first, first), "end": (last, last)}


def a_gantt(words: dict[str, str]) -> gantt.Gantt:
    """Nine measures in every state; the critical path runs through three of them, one has slipped, one is early."""
    step = gantt.GanttMilestone
    rows = (
        gantt.GanttRow(
            "M-15", "Leerstandsmanagement Innenstadt", "running", **exactly(date(2026, 1, 1), date(2027, 3, 31)),
            milestones=(
                step(date(2026, 3, 31), "Kataster der Leerstände", True),
                step(date(2026, 9, 30), "Anlaufstelle besetzt", late=True),
            ),
            state_text="laufend", promised_end=date(2026, 12, 29), slip="92 Tage später als zugesagt", critical=True,
        ),
        gantt.GanttRow(
            "M-16", "Zirkularitäts-Check für 20 Betriebe", "planned", **exactly(date(2027, 4, 1), date(2027, 12, 31)),
            milestones=(step(date(2027, 9, 30), "Zehn Betriebe geprüft"),), illustrative=True, critical=True,
        ),
        gantt.GanttRow(
            "M-17", "Fachkräfteallianz mit Hochschule, Kammern und Handwerk gründen", "planned",
            **exactly(date(2028, 1, 1), date(2028, 9, 30)), critical=True,
            milestones=(step(date(2028, 9, 30), "Geschäftsstelle arbeitet"),),
        ),
        gantt.GanttRow("M-12", "Geförderter Breitbandausbau 'Weiße Flecken'", "running",
                       (date(2025, 1, 1), date(2025, 12, 31)), (date(2027, 1, 1), date(2027, 12, 31))),
        gantt.GanttRow("M-08", "Bottroper Handwerksfrühstück", "running",
                       (date(2025, 7, 1), date(2025, 7, 1)), None),
        gantt.GanttRow("M-10", "Prosperkolleg: Transformation zur zirkulären Wertschöpfung", "implemented",
                       **exactly(date(2025, 2, 1), date(2026, 6, 30)), promised_end=date(2026, 7, 31),
                       slip="31 Tage früher als zugesagt",
                       milestones=(step(date(2025, 12, 1), "Handreichung", True),)),
        gantt.GanttRow("M-14", "Werkzeugkasten im Amt einführen", "paused",
                       **exactly(date(2026, 4, 1), date(2026, 12, 31))),
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
            identifier, title, "planned", **exactly(quarters[first], quarters[last]), illustrative=True,
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
