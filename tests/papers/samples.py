"""Papers to draw: one of a plan like the office's with everything that can happen, and one as large as wanted."""

from __future__ import annotations

from datetime import date
from typing import Any

from metrics.domain.committee import PaperKind, SittingRole
from metrics.domain.progress.outcome import Course
from metrics.papers.model import (
    Basis,
    Consultation,
    Decision,
    FollowUp,
    GoalPage,
    Head,
    IndicatorLine,
    LabPage,
    MeasureLine,
    MeasureLoad,
    Paper,
    PointLine,
    PotLine,
    QuarterLoad,
    RankedMeasure,
    Ranking,
    Resources,
)

AS_OF = date(2026, 9, 30)
COURSES = (Course.sun, Course.sun_cloud, Course.cloud, Course.thunderstorm, None)


def year_points(values: dict[int, float | None], **over: Any) -> tuple[PointLine, ...]:
    """One point for each year."""
    return tuple(
        PointLine(start=date(year, 1, 1), end=date(year, 12, 31), value=value, **over) for year, value in values.items()
    )


def a_head(**over: Any) -> Head:
    """The head of a paper to decide on."""
    said: dict[str, Any] = {
        "city": "Bottrop",
        "office": "Amt für Wirtschaftsförderung und Standortmanagement",
        "title": "Umsetzungsstand Zukunftsplan Wirtschaftsförderung, 3. Quartal 2026",
        "kind": PaperKind.decision,
        "public": False,
        "committee": "Ausschuss für Wirtschaftsförderung und Grundstücke",
        "held_on": date(2026, 12, 10),
        "role": SittingRole.preliminary,
        "agenda_item": "5",
        "paper_number": "2026/0815",
        "file_reference": "80-01/26",
        "lead": "Amt 80",
        "involved": ("Kämmerei", "Stadtplanungsamt"),
        "consultations": (
            Consultation(
                committee="Ausschuss für Wirtschaftsförderung und Grundstücke",
                held_on=date(2026, 12, 10),
                role=SittingRole.preliminary,
            ),
            Consultation(committee="Rat der Stadt", held_on=date(2026, 12, 17), role=SittingRole.decision),
        ),
    }
    return Head(**said | over)


def a_basis(**over: Any) -> Basis:
    """What the sample rests on."""
    said: dict[str, Any] = {
        "as_of": AS_OF,
        "frozen_at": date(2026, 11, 23),
        "change_number": 417,
        "rule": "destatis_weather",
        "rule_version": "2025.1",
        "rule_told": "Wettersymbole nach der Deutschen Nachhaltigkeitsstrategie: Der Verlauf der letzten Jahre wird "
        "fortgeschrieben und mit dem Zielwert verglichen.",
        "thresholds": ("Sonne: Ziel wird erreicht oder um höchstens 5 % verfehlt", "Gewitter: keine Bewegung zum Ziel"),
        "illustrative_included": True,
        "template": "1",
    }
    return Basis(**said | over)


def some_indicators() -> tuple[IndicatorLine, ...]:
    """Five, of all courses: the fourth is worse than its start, the fifth has no value."""
    return (
        IndicatorLine(
            id="I1.1",
            title="Unternehmen im Netzwerk Zirkuläre Wertschöpfung",
            unit="Unternehmen",
            territory="Bottrop",
            rising_is_better=True,
            decimals=0,
            baseline=12,
            baseline_period="2022",
            expected=42,
            actual=47,
            actual_period="2026",
            target=60,
            target_told="60 Unternehmen bis 2028",
            share=35 / 48,
            expected_share=30 / 48,
            course=Course.sun,
            due=date(2028, 12, 31),
            quality="gemessen",
            source="Netzwerkliste Amt 80",
            vintage="2026",
            counts_units=True,
            points=year_points({2022: 12, 2023: 20, 2024: 30, 2025: 38, 2026: 47}),
        ),
        IndicatorLine(
            id="I1.2",
            title="Umgesetzte Kreislaufprojekte in Betrieben",
            unit="Projekte",
            territory="Bottrop",
            rising_is_better=True,
            decimals=0,
            baseline=0,
            baseline_period="2022",
            expected=9,
            actual=8,
            actual_period="2026",
            target=15,
            target_told="15 Projekte bis 2028",
            share=8 / 15,
            expected_share=9 / 15,
            course=Course.sun_cloud,
            due=date(2028, 12, 31),
            quality="gemessen",
            source="Projektdatenbank",
            points=year_points({2022: 0, 2023: 2, 2024: 4, 2025: 6, 2026: 8}),
        ),
        IndicatorLine(
            id="I2.1",
            title="Ausbildungspartnerschaften Schule–Betrieb",
            unit="Partnerschaften",
            territory="Bottrop",
            rising_is_better=True,
            decimals=0,
            baseline=18,
            baseline_period="2022",
            expected=34,
            actual=27,
            actual_period="2026",
            target=45,
            target_told="45 Partnerschaften bis 2028",
            share=9 / 27,
            expected_share=16 / 27,
            course=Course.cloud,
            due=date(2028, 12, 31),
            quality="geschätzt",
            source="Koordinierungsstelle Übergang",
            illustrative=True,
            points=(
                *year_points({2022: 18, 2023: 20, 2024: 22, 2025: 25}),
                *year_points({2026: 27}, provisional=True),
            ),
        ),
        IndicatorLine(
            id="I2.2",
            title="Mittlere Vakanzzeit gemeldeter Stellen",
            unit="Tage",
            territory="Bottrop",
            rising_is_better=False,
            decimals=0,
            baseline=128,
            baseline_period="2022",
            expected=108,
            actual=141,
            actual_period="2026",
            target=95,
            target_told="95 Tage bis 2028",
            share=-13 / 33,
            expected_share=20 / 33,
            course=Course.thunderstorm,
            due=date(2028, 12, 31),
            quality="amtlich",
            source="Arbeitsmarktstatistik",
            points=year_points({2022: 128, 2023: 126, 2024: None, 2025: 137, 2026: 141}),
        ),
        IndicatorLine(
            id="I2.3",
            title="Leerstandsquote der Ladenlokale in der Innenstadt",
            unit="%",
            territory="Innenstadt",
            rising_is_better=False,
            baseline=16.8,
            baseline_period="2022",
            expected=13.2,
            target=11.0,
            target_told="11,0 % bis 2028",
            expected_share=3.6 / 5.8,
            reason="Die Begehung steht noch aus; der letzte Wert ist von 2022.",
            stale=True,
            due=date(2028, 12, 31),
            quality="ausstehend",
            source="Begehung",
            points=year_points({2022: 16.8}),
        ),
    )


def some_goals() -> tuple[GoalPage, ...]:
    """Two goals with the five indicators and four measures."""
    indicators = some_indicators()
    return (
        GoalPage(
            id="SZ1",
            title="Zirkuläre Wertschöpfung",
            text="Bottrop wird zu einem sichtbaren Standort der zirkulären Wertschöpfung: Unternehmen schließen "
            "Stoffkreisläufe, Forschung und Betriebe arbeiten an gemeinsamen Pilotvorhaben.",
            owner="Sachgebiet Standort",
            course=Course.sun_cloud,
            course_before=Course.cloud,
            coverage=1.0,
            generated="Von zwei Indikatoren ist einer auf Kurs und einer leicht hinter Kurs.",
            assessment="Der Aufbau des Netzwerks liegt vor dem Plan. Bei den Kreislaufprojekten bremst die "
            "Personallage der Betriebe; zwei von fünf Vorhaben wurden um je ein Quartal verschoben.",
            consequence="Beratungsgutscheine ab 2027 auf Betriebe mit weniger als 50 Beschäftigten konzentrieren.",
            indicators=indicators[:2],
            measures=(
                MeasureLine(
                    id="M1.1",
                    title="Netzwerk- und Hotspot-Veranstaltungen",
                    state="laufend",
                    owner="Amt 80",
                    runs="2024–2028",
                    planned=20_000,
                    spent=12_800.5,
                    funded=0.8,
                    status="läuft nach Plan",
                ),
                MeasureLine(
                    id="M1.2",
                    title="Beratungsgutscheine Ressourceneffizienz",
                    state="geplant",
                    owner="Amt 80",
                    planned=45_000,
                    funded=0.5,
                ),
            ),
        ),
        GoalPage(
            id="SZ2",
            title="Fachkräfte sichern und gewinnen",
            text="Betriebe finden, binden und entwickeln Fachkräfte.",
            owner="Sachgebiet Fachkräfte",
            course=Course.thunderstorm,
            course_before=Course.cloud,
            coverage=0.66,
            generated="Von drei Indikatoren ist einer hinter Kurs, einer bewegt sich nicht zum Ziel hin, einer hat "
            "keinen Wert.",
            assessment="Die Vakanzzeit ist gegen den Zielpfad gestiegen; die Ursache liegt überwiegend im regionalen "
            "Arbeitsmarkt und nur zum Teil im Einflussbereich der Stadt.",
            consequence="Zielwert der Vakanzzeit im Ausschuss neu bewerten; Verbund Teilqualifizierung vorziehen.",
            indicators=indicators[2:],
            measures=(
                MeasureLine(
                    id="M2.1",
                    title="Ausbildungspartnerschaften ausbauen",
                    state="laufend",
                    owner="Amt 80",
                    planned=15_000,
                    spent=7_500,
                ),
                MeasureLine(
                    id="M2.3",
                    title="Verbund Teilqualifizierung",
                    state="verzögert",
                    owner=None,
                    planned=60_000,
                    illustrative=True,
                ),
            ),
        ),
    )


def a_ranking() -> Ranking:
    """Six measures, two of them with the same points."""
    titles = ("Nachbetreuung der Reallabore", "Ausbildungspartnerschaften ausbauen", "Beratungsgutscheine")
    others = ("Netzwerk- und Hotspot-Veranstaltungen", "Brachflächen-Fahrplan", "Verbund Teilqualifizierung")
    places = zip((1, 2, 3, 4, 5, 6), (4, 5, 3, 2, 4, 5), (3, 3, 2, 1, 3, 4), strict=True)
    return Ranking(
        round_id="R2026",
        title="Priorisierung 2026",
        method="Nutzwert aus Wirkung, Dringlichkeit und Umsetzbarkeit; Punkte von 1 bis 5",
        raters="Sechs Personen aus Amt, Kammer und Netzwerk, September 2026",
        decided="Am 15. Oktober 2026 durch die Amtsleitung",
        rows=tuple(
            RankedMeasure(
                rank=rank,
                measure_id=f"M{rank}",
                title=title,
                utility=92.5 - 8 * rank,
                impact=impact,
                effort=effort,
                best_rank=max(1, rank - 1),
                worst_rank=min(6, rank + 1),
                chosen=rank <= 4,
            )
            for (rank, impact, effort), title in zip(places, (*titles, *others), strict=True)
        ),
    )


def a_paper(**over: Any) -> Paper:
    """A paper with every part of one; what is named in `over` replaces it."""
    said: dict[str, Any] = {
        "language": "de",
        "head": a_head(),
        "basis": a_basis(),
        "summary": "Von fünf Indikatoren ist einer auf Kurs. Die Vakanzzeit bewegt sich nicht zum Ziel hin.",
        "facts": "Der Rat hat den Zukunftsplan 2024 beschlossen.",
        "finances": "Zusätzlich 45.000 € im Jahr 2027 aus dem Produkt 15.01.01.",
        "climate": "Positiv: Kreisläufe sparen Rohstoffe.",
        "decisions": (
            Decision(
                number=1,
                text="Der Ausschuss nimmt den Umsetzungsstand zum 30.09.2026 zur Kenntnis.",
            ),
            Decision(
                number=2,
                text="Der Ausschuss empfiehlt dem Rat, den Zielwert der Vakanzzeit von 95 auf 110 Tage anzupassen.",
                if_yes="Der Zielwert ist erreichbar; der Kurs wird neu bewertet.",
                if_no="Der Zielwert bleibt bei 95 Tagen und wird voraussichtlich verfehlt.",
                indicator_id="I2.2",
            ),
            Decision(
                number=3,
                text="Die Nachbetreuung der Reallabore wird von sechs auf zwölf Monate verlängert.",
                if_yes="45.000 € im Jahr 2027; vier weitere Lösungen werden voraussichtlich weitergeführt.",
                if_no="Keine Mehrkosten; das Ziel von zwölf Lösungen wird voraussichtlich verfehlt.",
                amount=45_000,
                product="15.01.01",
            ),
        ),
        "running_well": "Das Netzwerk wächst schneller als geplant.",
        "stuck": "Die Vakanzzeit ist länger als zu Beginn.",
        "changes": ("Zirkuläre Wertschöpfung: von Wolke zu leicht bewölkt.", "Vakanzzeit: von 137 auf 141 Tage."),
        "goals": some_goals(),
        "labs": (
            LabPage(
                id="L1",
                title="Hybride Formen des Handels",
                state="in Erprobung",
                aim="Verkaufen Läden mehr, wenn sie ihre Bestände im Netz zeigen?",
                learned=("Acht von zwölf Läden führen den Bestand weiter.", "Die Pflege kostet zwei Stunden je Woche."),
                outlook="Wird bis Juni 2027 fortgeführt.",
                illustrative=True,
            ),
        ),
        "ranking": a_ranking(),
        "resources": Resources(
            sentence="In drei von vier Quartalen ist mehr geplant, als Personal vorhanden ist.",
            quarters=(
                QuarterLoad(label="4. Quartal 2026", demand=4.05, capacity=3.2),
                QuarterLoad(label="1. Quartal 2027", demand=3.7, capacity=3.2),
                QuarterLoad(label="2. Quartal 2027", demand=3.1, capacity=3.2),
                QuarterLoad(label="3. Quartal 2027", demand=3.8, capacity=3.7),
            ),
            measures=(
                MeasureLoad(measure_id="M1.1", title="Nachbetreuung der Reallabore", demand=(2.0, 1.7, 1.1, 1.8)),
                MeasureLoad(
                    measure_id="M2.3", title="Verbund Teilqualifizierung", demand=(2.05, 2.0, 2.0, 0), illustrative=True
                ),
            ),
            money=(
                PotLine(goal_id="SZ1", title="Zirkuläre Wertschöpfung", year=2026, planned=105_000, spent=56_700),
                PotLine(goal_id="SZ2", title="Fachkräfte", year=2026, planned=110_000, spent=None),
                PotLine(title="Haushalt der Wirtschaftsförderung", year=2026, planned=215_000, spent=56_700),
            ),
        ),
        "follow_ups": (
            FollowUp(
                id="F1",
                kind="Beschluss",
                text="Nachbetreuung der Reallabore einrichten",
                from_sitting="Sitzung vom 12.03.2026",
                owner="Amt 80",
                due=date(2026, 9, 1),
                state="erledigt",
                result="Seit August eingerichtet.",
            ),
            FollowUp(
                id="F2",
                kind="Prüfauftrag",
                text="Förderung der Teilqualifizierung durch das Land prüfen",
                from_sitting="Sitzung vom 12.03.2026",
                owner="Amt 80",
                due=date(2026, 10, 31),
                state="in Arbeit",
                overdue=True,
            ),
            FollowUp(
                id="F3",
                kind="Frage",
                text="Wie viele Betriebe nutzen die Gutscheine?",
                from_sitting="Sitzung vom 17.06.2026",
                owner=None,
                due=None,
                state="offen",
            ),
        ),
    }
    return Paper(**said | over)


def large_paper(goals: int, indicators: int, measures: int) -> Paper:
    """A paper of so many goals, with so many indicators and measures in all, dealt out evenly."""
    sample = some_indicators()
    pages = []
    for place in range(goals):
        lines = tuple(
            sample[number % 5].model_copy(
                update={"id": f"I{number}", "title": f"{sample[number % 5].title} ({number})"},
            )
            for number in range(place, indicators, goals)
        )
        planned = tuple(
            MeasureLine(id=f"M{number}", title=f"Maßnahme {number}", state="laufend", owner="Amt 80", planned=number)
            for number in range(place, measures, goals)
        )
        pages.append(
            GoalPage(
                id=f"SZ{place}",
                title=f"Strategisches Ziel {place}",
                course=COURSES[place % 5],
                indicators=lines,
                measures=planned,
            )
        )
    return a_paper(goals=tuple(pages))
