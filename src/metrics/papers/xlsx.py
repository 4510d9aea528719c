"""The data sheet of a paper: every figure to calculate with, formulas that show how they were reached, one chart."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from metrics.locale.catalogue import Language, translate
from metrics.locale.formats import MISSING, day, number
from metrics.locale.words import course_word
from metrics.papers.model import IndicatorLine, Paper, QuarterLoad, Resources
from metrics.papers.ooxml import one_line, xml_text
from metrics.papers.style import ACCENT, GREY, LINE, SIGNS, course_key
from metrics.papers.telling import (
    ALL_COURSES,
    absent_told,
    basis_told,
    course_told,
    indicator_title,
    marks,
    pot_told,
    withheld_told,
)

MOST_IN_CELL = 32_767
"""Characters that a cell holds."""
_LEGEND = "Kurslegende"
"""The name of the range with each course, its sign and its meaning; the same in every language, as formulas use it."""
_FONT = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
_A4 = 9
_SAME = 1e-6
_FIRST_DAY_OF_EXCEL = date(1900, 1, 1)
_LINE = 15.0
"""Height of a line in points."""
Cell = str | float | int | date | None


def workbook_xlsx(paper: Paper) -> bytes:
    """The paper's figures as a workbook (.xlsx); the same bytes for the same paper. No text can become a formula."""
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(made, options) as book:
        frozen = datetime.combine(paper.basis.frozen_at, time())
        about = {"title": one_line(paper.head.title, 250), "author": one_line(paper.head.office, 250)}
        book.set_properties({**about, "subject": one_line(paper.head.committee, 250), "created": frozen})
        writer = _Writer(book, paper, paper.language)
        _read_me(writer)
        _indicators(writer)
        _values(writer)
        _measures(writer)
        _resources(writer)
        _decisions(writer)
        _follow_ups(writer)
    return made.getvalue()


class _Writer:
    """A workbook with its formats; each format is made once."""

    def __init__(self, book: Any, paper: Paper, language: Language) -> None:
        self.book, self.paper, self.language = book, paper, language
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.head = self.format(bold=True, bg_color=ACCENT, font_color="#ffffff", text_wrap=True, valign="vcenter")
        self.text = self.format(text_wrap=True, align="left", indent=1)
        self.day = self.format(num_format="dd.mm.yyyy" if language == "de" else "d mmm yyyy", align="left")
        self.share = self.format(num_format="0 %" if language == "de" else "0%", align="right")
        self.points = self.format(num_format="+0;-0;0", align="right")
        self.nothing = self.format(align="right", font_color=GREY)
        self.money = self.format(num_format='#,##0.00 "€"')
        self.whole = self.format(num_format="0", align="left")

    def format(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({**_FONT, **properties})
        return self._formats[key]

    def decimals(self, count: int) -> Any:
        return self.format(num_format="#,##0" + ("." + "0" * count if count else ""))

    def sheet(self, name: str, *, landscape: bool = True) -> Any:
        """A sheet that prints on A4, as wide as a page, with its name and page at the foot."""
        sheet = self.book.add_worksheet(one_line(name, 31))
        sheet.set_paper(_A4)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer("&L&8&A&R&8&P / &N")
        sheet.hide_gridlines(2)
        return sheet

    def put(self, sheet: Any, row: int, column: int, value: Cell, form: Any = None) -> None:
        """A value in a cell: text as text, numbers as numbers, days as days; None as "–", an empty text as nothing."""
        if value is None:
            sheet.write_string(row, column, MISSING, self.nothing)
        elif isinstance(value, str):
            text = xml_text(value)[:MOST_IN_CELL]
            if text:
                sheet.write_string(row, column, text, form or self.text)
        elif isinstance(value, date):
            _put_day(sheet, row, column, value, form or self.day)
        else:
            sheet.write_number(row, column, value, form or self.decimals(2))

    def fit(self, sheet: Any, row: int, texts: Sequence[str | None], widths: Sequence[float]) -> None:
        """Make a row high enough for its texts in columns of these widths: not every program does so by itself."""
        lines = max(
            sum(math.ceil(max(1, len(part)) / max(1.0, width - 3)) for part in (text or "").split("\n"))
            for text, width in zip(texts, widths, strict=True)
        )
        sheet.set_row(row, min(_LINE * lines, 400.0))

    def table(
        self, sheet: Any, name: str, header: Sequence[str], widths: Sequence[float], rows: int, top: int = 0
    ) -> None:
        """An Excel table of so many rows below its header, frozen and repeated on each printed page.

        Without rows there is only the header and a line that says so: a table needs one.
        """
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_row(top, 32)
        sheet.freeze_panes(top + 1, 2)
        sheet.repeat_rows(top)
        if rows:
            columns = [{"header": title, "header_format": self.head} for title in header]
            options = {"name": name, "style": "Table Style Light 1", "columns": columns}
            sheet.add_table(top, 0, top + rows, len(header) - 1, options)
            return
        for column, title in enumerate(header):
            sheet.write_string(top, column, title, self.head)
        sheet.write_string(top + 1, 0, translate("Keine Einträge", self.language), self.text)


def _put_day(sheet: Any, row: int, column: int, value: date, form: Any) -> None:
    if value < _FIRST_DAY_OF_EXCEL:
        sheet.write_string(row, column, value.isoformat(), form)
    else:
        sheet.write_datetime(row, column, datetime.combine(value, time()), form)


# --- read me ----------------------------------------------------------------------------------------------------------


def _read_me(writer: _Writer) -> None:
    paper, language = writer.paper, writer.language
    sheet = writer.sheet(translate("Lies mich", language), landscape=False)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 72)
    head, basis = paper.head, paper.basis
    sheet.merge_range(0, 0, 0, 1, "", writer.format(bold=True, font_size=16, font_color=ACCENT, text_wrap=True))
    title = xml_text(head.title)[:MOST_IN_CELL]
    sheet.write_string(0, 0, title, writer.format(bold=True, font_size=16, font_color=ACCENT, text_wrap=True))
    sheet.set_row(0, 44)
    facts = [
        (translate("Herausgeber", language), f"{head.city}, {head.office}"),
        (translate("Gremium", language), f"{head.committee}, {day(head.held_on, language)}"),
        (translate("Drucksache", language), head.paper_number or MISSING),
        (translate("Datenstand", language), basis_told(paper, language)),
        (translate("Bewertungsregel", language), basis.rule_told),
        *((translate("Schwelle", language), threshold) for threshold in basis.thresholds),
    ]
    if paper.withheld:
        facts.append((translate("Nicht enthalten", language), withheld_told(paper, language)))
    row = 2
    for label, told in facts:
        sheet.write_string(row, 0, label, writer.format(bold=True))
        writer.put(sheet, row, 1, told)
        writer.fit(sheet, row, [told], [72])
        row += 1
    row = _legend(writer, sheet, row + 1)
    for text in (
        translate(
            "Zielerreichung = (Ist − Start) / (Zielwert − Start). 0 % ist der Ausgangswert, 100 % der Zielwert.",
            language,
        ),
        translate("Abweichung = Zielerreichung − Zielerreichung nach Plan, in Prozentpunkten.", language),
        translate("Den Kurs bestimmt die Bewertungsregel; der Status ist sein Zeichen aus der Tabelle oben.", language),
        translate("„–“ heißt: kein Wert. Der Grund steht in der Spalte Hinweis. Kein Wert ist nicht null.", language),
        translate("Beispielwerte sind erfunden und als solche gekennzeichnet.", language),
    ):
        row += 1
        sheet.merge_range(row, 0, row, 1, text, writer.text)
        writer.fit(sheet, row, [text], [98])
    sheet.print_area(0, 0, row, 1)


def _legend(writer: _Writer, sheet: Any, top: int) -> int:
    """The courses with sign and meaning, as the named range that the status is looked up in; returns the last row."""
    language = writer.language
    sheet.write_string(top, 0, translate("Kurs", language), writer.head)
    sheet.write_string(top, 1, translate("Status", language), writer.head)
    for row, course in enumerate(ALL_COURSES, top + 1):
        sign = SIGNS[course_key(course)]
        sheet.write_string(row, 0, course_word(course, language), writer.text)
        coloured = writer.format(bold=True, font_color=sign.colour, bg_color=sign.tint)
        sheet.write_string(row, 1, course_told(course, language), coloured)
    last = top + len(ALL_COURSES)
    writer.book.define_name(_LEGEND, f"='{sheet.get_name()}'!{xl_range_abs(top + 1, 0, last, 1)}")
    return last


# --- indicators -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its title, its width in characters, what writes its cell (row, column, title of the goal, line)."""

    title: str
    width: float
    write: Callable[[int, int, str, IndicatorLine], None]


_START, _PLAN, _ACTUAL, _TARGET, _SHARE, _EXPECTED_SHARE, _LAG, _COURSE, _STATUS, _HINT = range(5, 15)


def _indicators(writer: _Writer) -> None:
    language = writer.language
    sheet = writer.sheet(translate("Indikatoren", language))
    columns = _indicator_columns(writer, sheet)
    lines = [(goal.title, line) for goal in writer.paper.goals for line in goal.indicators]
    titles, widths = [column.title for column in columns], [column.width for column in columns]
    writer.table(sheet, "Indikatoren", titles, widths, len(lines))
    for row, (goal, line) in enumerate(lines, 1):
        for number_of, column in enumerate(columns):
            column.write(row, number_of, goal, line)
        texts = [indicator_title(line, language), goal, line.unit, line.reason]
        writer.fit(sheet, row, texts, [widths[1], widths[2], widths[3], widths[_HINT]])
    for course in ALL_COURSES:
        sign = SIGNS[course_key(course)]
        form = writer.book.add_format({"bold": True, "font_color": sign.colour, "bg_color": sign.tint})
        rule = {"type": "text", "criteria": "begins with", "value": sign.character, "format": form}
        sheet.conditional_format(1, _STATUS, max(1, len(lines)), _STATUS, rule)
    sheet.print_area(0, 0, max(1, len(lines)), _HINT)


def _indicator_columns(writer: _Writer, sheet: Any) -> list[_Column]:
    language = writer.language

    def told(value: Callable[[IndicatorLine], Cell]) -> Callable[[int, int, str, IndicatorLine], None]:
        return lambda row, column, goal, line: writer.put(sheet, row, column, value(line))

    def figure(value: Callable[[IndicatorLine], float | None]) -> Callable[[int, int, str, IndicatorLine], None]:
        return lambda row, column, goal, line: writer.put(
            sheet, row, column, value(line), writer.decimals(line.decimals)
        )

    def actual(row: int, column: int, goal: str, line: IndicatorLine) -> None:
        shown: Cell = absent_told(line, language) if line.actual is None else line.actual
        writer.put(sheet, row, column, shown, writer.nothing if line.actual is None else writer.decimals(line.decimals))

    return [
        _Column(translate("Nr.", language), 9, told(lambda line: line.id)),
        _Column(translate("Indikator", language), 44, told(lambda line: indicator_title(line, language))),
        _Column(
            translate("Strategisches Ziel", language),
            28,
            lambda row, column, goal, _: writer.put(sheet, row, column, goal),
        ),
        _Column(translate("Einheit", language), 12, told(lambda line: line.unit)),
        _Column(translate("Richtung", language), 13, told(lambda line: _direction(line, language))),
        _Column(translate("Start", language), 10, figure(lambda line: line.baseline)),
        _Column(translate("Plan heute", language), 10, figure(lambda line: line.expected)),
        _Column(translate("Ist", language), 10, actual),
        _Column(translate("Zielwert", language), 10, figure(lambda line: line.target)),
        _Column(translate("Zielerreichung", language), 14, _share_writer(writer, sheet, _ACTUAL, "actual", "share")),
        _Column(
            translate("Zielerreichung nach Plan", language),
            10,
            _share_writer(writer, sheet, _PLAN, "expected", "expected_share"),
        ),
        _Column(translate("Abweichung (Prozentpunkte)", language), 16, _lag_writer(writer, sheet)),
        _Column(translate("Kurs", language), 15, told(lambda line: course_word(line.course, language))),
        _Column(translate("Status", language), 30, _status_writer(writer, sheet)),
        _Column(translate("Hinweis", language), 40, told(lambda line: line.reason)),
        _Column(translate("Zeitraum Ist", language), 14, told(lambda line: line.actual_period)),
        _Column(translate("Zeitraum Start", language), 14, told(lambda line: line.baseline_period)),
        _Column(translate("Zieldatum", language), 12, told(lambda line: line.due)),
        _Column(translate("Zielaussage", language), 24, told(lambda line: line.target_told)),
        _Column(translate("Gebiet", language), 14, told(lambda line: line.territory)),
        _Column(translate("Güte", language), 14, told(lambda line: line.quality or None)),
        _Column(translate("Quelle", language), 24, told(lambda line: line.source or None)),
        _Column(translate("Veröffentlicht", language), 14, told(lambda line: line.vintage or None)),
    ]


def _direction(line: IndicatorLine, language: Language) -> str:
    if line.rising_is_better is None:
        return translate("neutral", language)
    return (
        translate("höher ist besser", language) if line.rising_is_better else translate("tiefer ist besser", language)
    )


def _share_writer(
    writer: _Writer, sheet: Any, value_column: int, value_field: str, share_field: str
) -> Callable[[int, int, str, IndicatorLine], None]:
    """Writes a share as a formula where the formula gives just this share, else as the figure that was judged.

    Targets that are a level to hold, a stage or a comparison are not reached along a line from start to target.
    """

    def write(row: int, column: int, goal: str, line: IndicatorLine) -> None:
        value, share = getattr(line, value_field), getattr(line, share_field)
        if share is None or not _along_the_line(line, value, share):
            writer.put(sheet, row, column, share, writer.share)
            return
        start, reached, target = (xl_rowcol_to_cell(row, cell) for cell in (_START, value_column, _TARGET))
        formula = f'=IF(COUNT({start},{reached},{target})<3,"{MISSING}",({reached}-{start})/({target}-{start}))'
        sheet.write_formula(row, column, formula, writer.share, share)

    return write


def _along_the_line(line: IndicatorLine, value: float | None, share: float) -> bool:
    if line.baseline is None or line.target is None or value is None or line.baseline == line.target:
        return False
    calculated = (value - line.baseline) / (line.target - line.baseline)
    return math.isfinite(calculated) and abs(calculated - share) <= _SAME * max(1.0, abs(share))


def _lag_writer(writer: _Writer, sheet: Any) -> Callable[[int, int, str, IndicatorLine], None]:
    def write(row: int, column: int, goal: str, line: IndicatorLine) -> None:
        share, expected = xl_rowcol_to_cell(row, _SHARE), xl_rowcol_to_cell(row, _EXPECTED_SHARE)
        known = line.share is not None and line.expected_share is not None
        result = ((line.share or 0.0) - (line.expected_share or 0.0)) * 100 if known else MISSING
        formula = f'=IF(COUNT({share},{expected})<2,"{MISSING}",({share}-{expected})*100)'
        sheet.write_formula(row, column, formula, writer.points, result)

    return write


def _status_writer(writer: _Writer, sheet: Any) -> Callable[[int, int, str, IndicatorLine], None]:
    nothing = course_told(None, writer.language)

    def write(row: int, column: int, goal: str, line: IndicatorLine) -> None:
        formula = f'=IFERROR(VLOOKUP({xl_rowcol_to_cell(row, _COURSE)},{_LEGEND},2,FALSE),"{nothing}")'
        sheet.write_formula(row, column, formula, writer.text, course_told(line.course, writer.language))

    return write


# --- values, measures, decisions --------------------------------------------------------------------------------------


def _values(writer: _Writer) -> None:
    language = writer.language
    sheet = writer.sheet(translate("Werte", language))
    header = [
        translate("Nr.", language),
        translate("Indikator", language),
        translate("Von", language),
        translate("Bis", language),
        translate("Wert", language),
        translate("Einheit", language),
        translate("Hinweis", language),
    ]
    points = [(line, point) for line in writer.paper.indicators for point in line.points]
    writer.table(sheet, "Werte", header, (9, 60, 12, 12, 14, 14, 30), len(points))
    for row, (line, point) in enumerate(points, 1):
        hints = [
            translate("vorläufig", language) if point.provisional else "",
            translate("nicht öffentlich", language) if point.withheld else "",
            translate("kein Wert", language) if point.value is None and not point.withheld else "",
        ]
        value = None if point.withheld else point.value
        cells = (line.id, indicator_title(line, language), point.start, point.end, value, line.unit)
        for column, cell in enumerate((*cells, ", ".join(hint for hint in hints if hint))):
            writer.put(sheet, row, column, cell, writer.decimals(line.decimals) if column == 4 else None)
    sheet.print_area(0, 0, max(1, len(points)), len(header) - 1)


def _measures(writer: _Writer) -> None:
    language, year = writer.language, writer.paper.basis.as_of.year
    sheet = writer.sheet(translate("Maßnahmen", language))
    header = [
        translate("Nr.", language),
        translate("Maßnahme", language),
        translate("Strategisches Ziel", language),
        translate("Zustand", language),
        translate("Zuständig", language),
        translate("Laufzeit", language),
        translate("Geplant {jahr}", language, jahr=year),
        translate("Ausgegeben {jahr}", language, jahr=year),
        translate("Anteil Dritter", language),
        translate("Umsetzungsstand", language),
        translate("Rang", language),
        translate("Nutzwert", language),
    ]
    lines = [(goal.title, line) for goal in writer.paper.goals for line in goal.measures]
    ranked = {row.measure_id: row for row in writer.paper.ranking.rows} if writer.paper.ranking else {}
    writer.table(sheet, "Massnahmen", header, (9, 44, 28, 14, 24, 14, 15, 15, 10, 18, 8, 10), len(lines))
    for row, (goal, line) in enumerate(lines, 1):
        place = ranked.get(line.id)
        title = line.title + marks(language, line.illustrative, line.confidential)
        texts: tuple[Cell, ...] = (line.id, title, goal, line.state, line.owner, line.runs or None)
        figures: tuple[Cell, ...] = (line.planned, line.spent, line.funded, line.status or None)
        places: tuple[Cell, ...] = (place.rank, place.utility) if place else (None, None)
        forms = {6: writer.money, 7: writer.money, 8: writer.share, 10: writer.whole, 11: writer.decimals(1)}
        for column, cell in enumerate((*texts, *figures, *places)):
            writer.put(sheet, row, column, cell, forms.get(column))
        writer.fit(sheet, row, [title, goal, line.owner, line.runs, line.status], [44, 28, 24, 14, 18])
    sheet.print_area(0, 0, max(1, len(lines)), len(header) - 1)


def _decisions(writer: _Writer) -> None:
    language, decisions = writer.language, writer.paper.decisions
    sheet = writer.sheet(translate("Beschlüsse", language))
    header = [
        translate("Nr.", language),
        translate("Beschlusspunkt", language),
        translate("Zustimmung: Folge", language),
        translate("Ablehnung: Folge", language),
        translate("Betrag", language),
        translate("Produkt", language),
        translate("Indikator", language),
    ]
    writer.table(sheet, "Beschluesse", header, (9, 60, 44, 44, 16, 22, 12), len(decisions))
    for row, item in enumerate(decisions, 1):
        told = (item.text, item.if_yes or None, item.if_no or None)
        cells = (item.number, *told, item.amount, item.product, item.indicator_id)
        writer.fit(sheet, row, told, [60, 44, 44])
        for column, cell in enumerate(cells):
            writer.put(sheet, row, column, cell, {0: writer.whole, 4: writer.money}.get(column))
    sheet.print_area(0, 0, max(1, len(decisions)), len(header) - 1)


def _follow_ups(writer: _Writer) -> None:
    """What has become of earlier decisions, orders and questions."""
    language, items = writer.language, writer.paper.follow_ups
    sheet = writer.sheet(translate("Beschlusskontrolle", language))
    header = [
        translate("Aus der Sitzung", language),
        translate("Auftrag", language),
        translate("Stand", language),
        translate("Ergebnis", language),
        translate("Frist", language),
        translate("Zuständig", language),
        translate("Art", language),
    ]
    widths = (18, 60, 24, 44, 12, 26, 16)
    writer.table(sheet, "Beschlusskontrolle", header, widths, len(items))
    for row, item in enumerate(items, 1):
        sign = SIGNS["thunderstorm"]
        state = f"{sign.character} {item.state}, {translate('überfällig', language)}" if item.overdue else item.state
        overdue = writer.format(bold=True, font_color=sign.colour, bg_color=sign.tint, text_wrap=True)
        text = item.text + marks(language, confidential=item.confidential)
        cells = (item.from_sitting, text, state, item.result or None, item.due, item.owner, item.kind)
        for column, cell in enumerate(cells):
            writer.put(sheet, row, column, cell, overdue if item.overdue and column == 2 else None)
        writer.fit(sheet, row, [text, state, item.result, item.owner], [60, 24, 44, 26])
    sheet.print_area(0, 0, max(1, len(items)), len(header) - 1)


# --- resources --------------------------------------------------------------------------------------------------------


def _resources(writer: _Writer) -> None:
    language, resources = writer.language, writer.paper.resources
    sheet = writer.sheet(translate("Ressourcen", language))
    quarters = resources.quarters if resources else ()
    header = [
        translate("Quartal", language),
        translate("Bedarf (VZÄ)", language),
        translate("Kapazität (VZÄ)", language),
        translate("Bedarf innerhalb der Kapazität", language),
        translate("Bedarf über der Kapazität", language),
    ]
    writer.table(sheet, "Ressourcen", header, (30, 14, 14, 18, 18), len(quarters))
    for row, quarter in enumerate(quarters, 1):
        _quarter(writer, sheet, row, quarter)
    last, row = max(1, len(quarters)), max(1, len(quarters)) + 2
    if resources:
        told = resources.sentence + marks(language, resources.illustrative)
        sheet.merge_range(row, 0, row, 4, "", writer.text)
        writer.put(sheet, row, 0, told)
        writer.fit(sheet, row, [told], [94])
        row += 2
        for column, title in enumerate(
            (
                translate("Topf oder Ziel", language),
                translate("Jahr", language),
                translate("Geplant", language),
                translate("Ausgegeben", language),
            )
        ):
            sheet.write_string(row, column, title, writer.head)
        for pot in resources.money:
            row += 1
            whose = pot_told(pot, language)
            for column, cell in enumerate((whose, pot.year, pot.planned, pot.spent)):
                writer.put(sheet, row, column, cell, {1: writer.whole}.get(column, writer.money if column else None))
            writer.fit(sheet, row, [whose], [30])
    if quarters:
        _load_chart(writer, sheet, quarters)
    if resources and quarters and resources.measures:
        row = _by_measure(writer, sheet, resources, max(row, 24) + 2)
    sheet.print_area(0, 0, max(row, 24 if quarters else last), 16 if quarters else 4)


def _quarter(writer: _Writer, sheet: Any, row: int, quarter: QuarterLoad) -> None:
    form = writer.decimals(2)
    demand, capacity = xl_rowcol_to_cell(row, 1), xl_rowcol_to_cell(row, 2)
    writer.put(sheet, row, 0, quarter.label)
    writer.put(sheet, row, 1, quarter.demand, form)
    writer.put(sheet, row, 2, quarter.capacity, form)
    missing = xl_rowcol_to_cell(row, 4)
    sheet.write_formula(row, 3, f"=MAX({demand}-{missing},0)", form, quarter.demand - quarter.missing)
    sheet.write_formula(row, 4, f"=MAX({demand}-{capacity},{quarter.short:.6f})", form, quarter.missing)


def _by_measure(writer: _Writer, sheet: Any, resources: Resources, top: int) -> int:
    """What each measure asks for by quarter, darker where it is more; returns the last row."""
    language = writer.language
    header = [translate("Arbeit je Maßnahme und Quartal in Vollzeitkräften", language)]
    for column, title in enumerate([*header, *(quarter.label for quarter in resources.quarters)]):
        sheet.write_string(top, column, xml_text(title), writer.head)
    writer.fit(sheet, top, header, [30])
    for row, one in enumerate(resources.measures, top + 1):
        title = one.title + marks(language, one.illustrative)
        for column, cell in enumerate([title, *(demand or None for demand in one.demand)]):
            writer.put(sheet, row, column, cell)
        writer.fit(sheet, row, [title], [30])
    last = top + len(resources.measures)
    scale = {"type": "2_color_scale", "min_color": "#ffffff", "max_color": "#9fc0d6"}
    sheet.conditional_format(top + 1, 1, last, len(resources.quarters), scale)
    return last


def _load_chart(writer: _Writer, sheet: Any, quarters: Sequence[QuarterLoad]) -> None:
    """Stacked columns of the demand with the capacity as a line, as a chart that can be edited."""
    language, name, last = writer.language, sheet.get_name(), len(quarters)
    columns = writer.book.add_chart({"type": "column", "subtype": "stacked"})
    for column, fill in ((3, ACCENT), (4, SIGNS["thunderstorm"].colour)):
        columns.add_series(
            {
                "name": [name, 0, column],
                "categories": [name, 1, 0, last, 0],
                "values": [name, 1, column, last, column],
                "fill": {"color": fill},
                "gap": 60,
                "data_labels": {"value": True, "num_format": "0.00;;", "font": {"color": "#ffffff", "size": 9}},
            }
        )
    line = writer.book.add_chart({"type": "line"})
    line.add_series(
        {
            "name": [name, 0, 2],
            "categories": [name, 1, 0, last, 0],
            "values": [name, 1, 2, last, 2],
            "line": {"color": "#222222", "width": 2.5},
            "marker": {"type": "long_dash", "size": 10, "border": {"color": "#222222"}, "fill": {"color": "#222222"}},
        }
    )
    columns.combine(line)
    columns.set_title({"name": translate("Personalbedarf und Kapazität (VZÄ)", language), "name_font": {"size": 12}})
    columns.set_legend({"position": "bottom"})
    columns.set_y_axis({"min": 0, "num_format": "0.0", "major_gridlines": {"visible": True, "line": {"color": LINE}}})
    columns.set_size({"width": 640, "height": 380})
    told = "; ".join(
        translate(
            "{quarter}: Bedarf {demand}, Kapazität {capacity} VZÄ",
            language,
            quarter=one_line(quarter.label, 30),
            demand=number(quarter.demand, language, 2),
            capacity=number(quarter.capacity, language, 2),
        )
        for quarter in quarters
    )
    sheet.insert_chart(0, 6, columns, {"description": one_line(told, 500)})
