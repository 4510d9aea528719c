"""A paper so small that the tests of the office files can name its every word, an empty one, and a large one."""

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
    Paper,
    PointLine,
    PotLine,
    QuarterLoad,
    RankedMeasure,
    Ranking,
    Resources,
)


def yearly(first: int, *values: float | None) -> tuple[PointLine, ...]:
    """Values of consecutive years."""
    return tuple(
        PointLine(start=date(first + k, 1, 1), end=date(first + k, 12, 31), value=value)
        for k, value in enumerate(values)
    )


def an_indicator(number: int, title: str, unit: str, **over: Any) -> IndicatorLine:
    """An indicator that falls short of nothing and says where it comes from."""
    told: dict[str, Any] = {
        "territory": "Bottrop",
        "rising_is_better": True,
        "baseline_period": "2022",
        "actual_period": "2025",
        "target_told": None,
        "due": date(2027, 12, 31),
        "quality": "amtlich",
        "source": "IT.NRW",
        "vintage": "Juni 2026",
    }
    return IndicatorLine(id=f"K{number}", title=title, unit=unit, **(told | over))


FACTORY_SITES = an_indicator(
    *(1, "Unternehmen im Netzwerk Zirkuläre Wertschöpfung", "Betriebe"),
    decimals=0,
    baseline=20,
    expected=45,
    actual=49,
    target=60,
    share=0.725,
    expected_share=0.625,
    course=Course.sun,
    points=yearly(2022, 20, 28, 37, 49),
)
CONSULTED = an_indicator(
    *(2, "Anteil der Betriebe mit Ressourceneffizienzberatung", "%"),
    baseline=4,
    expected=9,
    actual=8.5,
    target=12,
    share=0.5625,
    expected_share=0.625,
    course=Course.sun_cloud,
    points=yearly(2022, 4, 5.5, 7.1, 8.5),
)
RECYCLING = an_indicator(
    *(3, "Umgesetzte Kreislaufprojekte in Betrieben", "Projekte"),
    decimals=0,
    baseline=0,
    expected=9,
    actual=6,
    target=15,
    share=0.4,
    expected_share=0.6,
    course=Course.cloud,
    illustrative=True,
    quality="geschätzt",
    points=yearly(2022, 0, 2, None, 6),
)
VACANCIES = an_indicator(
    *(4, "Mittlere Vakanzzeit gemeldeter Stellen", "Tage"),
    decimals=0,
    rising_is_better=False,
    baseline=128,
    expected=108,
    actual=141,
    target=95,
    share=-13 / 33,
    expected_share=20 / 33,
    course=Course.thunderstorm,
    points=yearly(2022, 128, 133, 137, 141),
)
EMPTY_SHOPS = an_indicator(
    *(5, "Leerstandsquote der Ladenlokale in der Innenstadt", "%"),
    rising_is_better=False,
    baseline=None,
    baseline_period=None,
    actual_period=None,
    target=8,
    reason="Noch kein Istwert: Die erste Erhebung ist für Mai 2027 vorgesehen.",
    quality="",
    vintage="",
)


def a_paper(**over: Any) -> Paper:
    """Two goals with five indicators of every course, four measures, a lab, a ranking, resources, what to decide."""
    told: dict[str, Any] = {
        "language": "de",
        "head": a_head(),
        "basis": Basis(
            as_of=date(2026, 9, 30),
            frozen_at=date(2026, 11, 23),
            change_number=418,
            rule="four_symbols",
            rule_version="2",
            rule_told="Vier Wettersymbole nach der Fortschreibung der letzten Jahre bis zum Zieljahr.",
            thresholds=("● mindestens 95 % des Zielwegs", "◆ keine Bewegung zum Ziel hin"),
            illustrative_included=True,
            template="1",
        ),
        "summary": (
            "Zwei von fünf Indikatoren sind auf Kurs oder leicht dahinter.\n"
            "Die Vakanzzeit steigt gegen den Zielpfad.\nDer Personalbedarf liegt über der Kapazität."
        ),
        "facts": "Der Ausschuss hat am 12.03.2026 um einen Bericht gebeten.\n\nDer Bericht liegt als Anlage bei.",
        "finances": "Ja: 45.000 € im Jahr 2027, Produkt 15.01.01.",
        "climate": "Positiv: Kreislaufprojekte senken den Materialverbrauch.",
        "decisions": (
            Decision(
                number=1,
                text="Der Ausschuss nimmt den Bericht zur Kenntnis.",
                if_yes="Die Verwaltung berichtet im Juni 2027 wieder.",
                if_no="Die Verwaltung legt eine überarbeitete Fassung vor.",
            ),
            Decision(
                number=2,
                text="Der Zielwert der Vakanzzeit wird von 95 auf 110 Tage geändert.",
                if_yes="Der neue Zielwert gilt ab 2027.",
                if_no="Der Zielwert bleibt und wird voraussichtlich verfehlt.",
                indicator_id="K4",
            ),
            Decision(
                number=3,
                text="Die Nachbetreuung der Reallabore wird um sechs Monate verlängert.",
                if_yes="Drei Lösungen laufen weiter.",
                if_no="Die Lösungen enden im Dezember 2026.",
                amount=45_000,
                product="15.01.01",
            ),
        ),
        "running_well": "Das Netzwerk wächst schneller als geplant.",
        "stuck": "Die Vakanzzeit steigt.",
        "changes": ("Der Zielwert der Beratungsquote wurde im März 2026 beschlossen.",),
        "goals": (
            GoalPage(
                id="SZ1",
                title="Zirkuläre Wertschöpfung ausbauen",
                text="Bottroper Betriebe wirtschaften im Kreislauf.",
                owner="Amt für Wirtschaftsförderung",
                course=Course.sun_cloud,
                course_before=Course.cloud,
                coverage=1.0,
                generated="Drei Indikatoren: einer auf Kurs, einer leicht dahinter, einer hinter Kurs.",
                assessment="Das Netzwerk wächst; kleine Betriebe setzen seltener um als erwartet.",
                consequence="Beratungsgutscheine ab 2027 auf Betriebe mit weniger als 50 Beschäftigten richten.",
                indicators=(FACTORY_SITES, CONSULTED, RECYCLING),
                measures=(
                    MeasureLine(
                        id="M1.1",
                        title="Netzwerk und Hotspot-Veranstaltungen",
                        state="läuft",
                        owner="Team Kreislauf",
                        runs="2025–2027",
                        planned=60_000,
                        spent=34_500.5,
                        funded=0.5,
                        status="im Zeitplan",
                    ),
                    MeasureLine(
                        id="M1.2",
                        title="Beratungsgutscheine Kreislaufwirtschaft",
                        state="läuft",
                        owner="Team Kreislauf",
                        runs="2026–2027",
                        planned=80_000,
                        spent=22_000,
                        funded=0.8,
                        status="verzögert",
                        illustrative=True,
                    ),
                ),
            ),
            GoalPage(
                id="SZ2",
                title="Fachkräfte gewinnen und die Innenstadt beleben",
                text="Stellen werden schneller besetzt, Läden stehen seltener leer.",
                owner=None,
                course=Course.thunderstorm,
                course_before=Course.cloud,
                coverage=0.5,
                generated="Ein Indikator bewegt sich vom Ziel weg, einer hat noch keinen Wert.",
                assessment="Die Ursache liegt überwiegend im regionalen Arbeitsmarkt.",
                consequence="Den Verbund Teilqualifizierung vorziehen.",
                indicators=(VACANCIES, EMPTY_SHOPS),
                measures=(
                    MeasureLine(id="M2.1", title="Ausbildungspartnerschaften ausbauen", state="läuft", owner="J. Kaya"),
                    MeasureLine(
                        id="M2.2",
                        title="Verbund Teilqualifizierung",
                        state="geplant",
                        owner=None,
                        planned=25_000,
                        confidential=True,
                    ),
                ),
            ),
        ),
        "labs": (
            LabPage(
                id="RL1",
                title="Reallabor Hybride Formen des Handels",
                state="abgeschlossen",
                aim="Können leere Läden tageweise geteilt werden?",
                learned=("Drei von fünf Läden fanden Mieter.", "Ohne Ansprechperson vor Ort gelingt es nicht."),
                outlook="Wird mit zwei Eigentümern fortgeführt.",
            ),
        ),
        "ranking": Ranking(
            round_id="R1",
            title="Rangfolge für 2027",
            method="Gewichtete Summe",
            raters="7 Personen aus Verwaltung und Wirtschaft",
            decided="Lenkungskreis, 05.11.2026",
            rows=(
                RankedMeasure(
                    rank=1,
                    measure_id="M2.2",
                    title="Verbund Teilqualifizierung",
                    utility=82.5,
                    effort=3,
                    impact=5,
                    best_rank=1,
                    worst_rank=2,
                    chosen=True,
                ),
                RankedMeasure(
                    rank=2,
                    measure_id="M1.2",
                    title="Beratungsgutscheine Kreislaufwirtschaft",
                    utility=78,
                    effort=3,
                    impact=5,
                    best_rank=1,
                    worst_rank=3,
                    chosen=True,
                ),
                RankedMeasure(
                    rank=3,
                    measure_id="M2.1",
                    title="Ausbildungspartnerschaften ausbauen",
                    utility=71.2,
                    effort=2,
                    impact=4,
                    best_rank=2,
                    worst_rank=4,
                    chosen=True,
                ),
                RankedMeasure(
                    rank=4,
                    measure_id="M1.1",
                    title="Netzwerk und Hotspot-Veranstaltungen",
                    utility=60,
                    effort=2,
                    impact=3,
                    best_rank=3,
                    worst_rank=5,
                    chosen=True,
                ),
                RankedMeasure(
                    rank=5,
                    measure_id="M3.1",
                    title="Stoffstromkataster",
                    utility=41,
                    effort=5,
                    impact=3,
                    chosen=False,
                ),
                RankedMeasure(rank=6, measure_id="M3.2", title="Leerstandslotse", utility=30.4, effort=4, impact=2),
            ),
        ),
        "resources": Resources(
            sentence="Der Bedarf liegt in drei von vier Quartalen über der Kapazität von 3,2 VZÄ.",
            quarters=(
                QuarterLoad(label="4. Quartal 2026", demand=4.05, capacity=3.2),
                QuarterLoad(label="1. Quartal 2027", demand=3.7, capacity=3.2),
                QuarterLoad(label="2. Quartal 2027", demand=3.0, capacity=3.2),
                QuarterLoad(label="3. Quartal 2027", demand=3.8, capacity=3.4),
            ),
            money=(
                PotLine(goal_id="SZ1", title="Zirkuläre Wertschöpfung", year=2026, planned=70_000, spent=56_500.5),
                PotLine(goal_id="SZ2", title="Fachkräfte", year=2027, planned=25_000),
            ),
        ),
        "follow_ups": (
            FollowUp(
                id="F1",
                kind="Prüfauftrag",
                text="Prüfen, ob die Nachbetreuung gefördert werden kann.",
                from_sitting="12.03.2026",
                owner="Amt für Wirtschaftsförderung",
                due=date(2026, 9, 30),
                state="in Arbeit",
                overdue=True,
            ),
            FollowUp(
                id="F2",
                kind="Beschluss",
                text="Zielwert der Beratungsquote auf 12 % setzen.",
                from_sitting="12.03.2026",
                owner="Amt für Wirtschaftsförderung",
                due=date(2026, 6, 30),
                state="erledigt",
                result="Geändert am 20.03.2026.",
            ),
            FollowUp(
                id="F3",
                kind="Frage",
                text="Wie viele Läden stehen leer?",
                from_sitting="12.03.2026",
                owner=None,
                due=None,
                state="offen",
            ),
        ),
    }
    return Paper(**(told | over))


def a_head(**over: Any) -> Head:
    """The head of a paper that the committee decides on in public."""
    told: dict[str, Any] = {
        "city": "Stadt Bottrop",
        "office": "Amt für Wirtschaftsförderung und Standortmanagement",
        "title": "Zukunftsplan Wirtschaftsförderung: Umsetzungsstand 3. Quartal 2026",
        "kind": PaperKind.decision,
        "public": True,
        "committee": "Ausschuss für Wirtschaftsförderung und Grundstücke",
        "held_on": date(2026, 12, 10),
        "role": SittingRole.decision,
        "agenda_item": "Ö 5",
        "paper_number": "2026/0815",
        "file_reference": "80.1-12",
        "lead": "Amt 80",
        "involved": ("Amt 20", "Amt 61"),
        "consultations": (
            Consultation(
                committee="Ausschuss für Wirtschaftsförderung und Grundstücke",
                held_on=date(2026, 12, 10),
                role=SittingRole.preliminary,
            ),
            Consultation(committee="Rat der Stadt", held_on=date(2026, 12, 15), role=SittingRole.decision),
        ),
    }
    return Head(**(told | over))


def an_empty_paper() -> Paper:
    """A plan in which nothing stands yet."""
    nothing: dict[str, Any] = {"goals": (), "labs": (), "ranking": None, "resources": None, "follow_ups": ()}
    texts = dict.fromkeys(("summary", "facts", "finances", "climate", "running_well", "stuck"), "")
    return a_paper(decisions=(), changes=(), **nothing, **texts)


def large_paper(goals: int, indicators: int, measures: int) -> Paper:
    """So many goals, and so many indicators and measures in all, spread over the goals one after the other."""
    sample = a_paper()
    lines = sample.indicators
    first = sample.goals[0].measures[0]
    pages = tuple(
        sample.goals[g % 2].model_copy(
            update={
                "id": f"SZ{g + 1}",
                "title": f"Strategisches Ziel {g + 1}",
                "indicators": tuple(
                    lines[k % 5].model_copy(update={"id": f"K{k + 1}", "title": f"{lines[k % 5].title} {k + 1}"})
                    for k in range(g, indicators, goals)
                ),
                "measures": tuple(
                    first.model_copy(update={"id": f"M{k + 1}", "title": f"Maßnahme {k + 1}"})
                    for k in range(g, measures, goals)
                ),
            }
        )
        for g in range(goals)
    )
    ranking = Ranking(
        round_id="R1",
        title="Rangfolge für 2027",
        method="Gewichtete Summe",
        raters="7 Personen",
        rows=tuple(
            RankedMeasure(
                rank=k + 1,
                measure_id=f"M{k + 1}",
                title=f"Maßnahme {k + 1}",
                utility=100 - k / 4,
                effort=1 + k % 5,
                impact=1 + k // 5 % 5,
                chosen=k < measures // 2,
            )
            for k in range(measures)
        ),
    )
    return sample.model_copy(update={"goals": pages, "ranking": ranking})
