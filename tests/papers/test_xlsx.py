"""The data sheet says what the paper says, can be calculated with, and takes no text for a formula."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from metrics.domain.progress.outcome import Course
from metrics.papers.xlsx import workbook_xlsx
from tests.papers.office_samples import FACTORY_SITES, a_paper, an_empty_paper, large_paper
from tests.papers.packages import (
    HOSTILE,
    converted,
    faults,
    hostile,
    needs_office,
    pages,
    parts,
)

SHEETS = ["Lies mich", "Indikatoren", "Werte", "Maßnahmen", "Ressourcen", "Beschlüsse", "Beschlusskontrolle"]
OUR_FORMULAS = re.compile(
    r"=(IF\(COUNT\([A-Z]+\d+,[A-Z]+\d+(,[A-Z]+\d+)?\)<[23],"
    r"|IFERROR\(VLOOKUP\([A-Z]+\d+,Kurslegende,2,FALSE\),|M(IN|AX)\()"
)


def read(package: bytes, *, results: bool = False) -> Any:
    return load_workbook(io.BytesIO(package), data_only=results)


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True))


def cells(package: bytes) -> Iterator[Any]:
    for sheet in read(package):
        for row in sheet.iter_rows():
            yield from (cell for cell in row if cell.value is not None)


def test_the_sheets_stand_in_the_order_in_which_they_are_read() -> None:
    assert read(workbook_xlsx(a_paper())).sheetnames == SHEETS


def test_an_indicator_stands_with_its_figures_and_with_formulas_that_give_what_was_judged() -> None:
    package = workbook_xlsx(a_paper())
    header, first, *_ = rows(read(package, results=True)["Indikatoren"])
    told = dict(zip(header, first, strict=True))
    formulas = dict(zip(header, rows(read(package)["Indikatoren"])[1], strict=True))

    assert (told["Indikator"], told["Start"], told["Ist"], told["Zielwert"]) == (FACTORY_SITES.title, 20, 49, 60)
    assert (told["Zielerreichung"], told["Zielerreichung nach Plan"]) == (0.725, 0.625)
    assert told["Abweichung (Prozentpunkte)"] == pytest.approx(10)
    assert told["Status"] == "● auf Kurs"
    assert formulas["Zielerreichung"] == '=IF(COUNT(F2,H2,I2)<3,"–",(H2-F2)/(I2-F2))'
    assert formulas["Abweichung (Prozentpunkte)"] == '=IF(COUNT(J2,K2)<2,"–",(J2-K2)*100)'


def test_what_has_no_value_says_so_and_why_and_is_not_zero() -> None:
    header, *lines = rows(read(workbook_xlsx(a_paper()), results=True)["Indikatoren"])
    told = dict(zip(header, lines[-1], strict=True))

    assert (told["Ist"], told["Start"], told["Zielerreichung"], told["Status"]) == (
        "kein Wert",
        "–",
        "–",
        "○ nicht bewertbar",
    )
    assert told["Hinweis"] == "Noch kein Istwert: Die erste Erhebung ist für Mai 2027 vorgesehen."


def test_an_example_is_marked_wherever_it_stands() -> None:
    book = read(workbook_xlsx(a_paper()))

    marked = "Umgesetzte Kreislaufprojekte in Betrieben (Beispielwert)"
    assert marked in [row[1] for row in rows(book["Indikatoren"])]
    assert [row[1] for row in rows(book["Werte"])].count(marked) == 4
    assert "Beratungsgutscheine Kreislaufwirtschaft (Beispielwert)" in [row[1] for row in rows(book["Maßnahmen"])]


def test_a_share_that_no_straight_line_gives_is_a_figure_and_no_formula() -> None:
    held = FACTORY_SITES.model_copy(update={"share": 1.0, "course": Course.sun})
    goal = a_paper().goals[0].model_copy(update={"indicators": (held,)})
    sheet = read(workbook_xlsx(a_paper(goals=(goal,))))["Indikatoren"]

    assert (sheet["J2"].value, sheet["J2"].data_type) == (1, "n")
    assert sheet["K2"].data_type == "f"


def test_every_point_is_a_day_and_a_number_and_what_is_withheld_has_none() -> None:
    hidden = FACTORY_SITES.points[-1].model_copy(update={"withheld": True})
    line = FACTORY_SITES.model_copy(update={"points": (*FACTORY_SITES.points[:-1], hidden)})
    goal = a_paper().goals[0].model_copy(update={"indicators": (line,)})
    _, first, *_, last = rows(read(workbook_xlsx(a_paper(goals=(goal,))))["Werte"])

    assert first[2:6] == (datetime(2022, 1, 1), datetime(2022, 12, 31), 20, "Betriebe")
    assert last[4] == "–"
    assert last[6] == "nicht öffentlich"


def test_what_lies_above_the_capacity_is_calculated_and_drawn() -> None:
    package = workbook_xlsx(a_paper())
    _, first, *_ = rows(read(package, results=True)["Ressourcen"])
    chart = parts(package)["xl/charts/chart1.xml"].decode()

    assert first[:5] == ("4. Quartal 2026", 4.05, 3.2, 3.2, pytest.approx(0.85))
    assert chart.index("<c:barChart>") < chart.index("<c:lineChart>")
    assert (
        'descr="4. Quartal 2026: Bedarf 4,05, Kapazität 3,20 VZÄ;'
        in parts(package)["xl/drawings/drawing1.xml"].decode()
    )


def test_each_sheet_prints_as_wide_as_a_page_with_its_header_on_each() -> None:
    book = read(workbook_xlsx(a_paper()))

    assert [(sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) for sheet in book] == [(9, 0)] * 7
    assert [bool(sheet.print_area) for sheet in book] == [True] * 7
    assert [sheet.print_title_rows for sheet in book] == [None] + ["$1:$1"] * 6


def test_each_course_has_a_rule_that_colours_its_sign() -> None:
    sheet = read(workbook_xlsx(a_paper()))["Indikatoren"]
    rules = [rule for found in sheet.conditional_formatting for rule in found.rules if rule.type == "beginsWith"]

    assert sorted(str(rule.text) for rule in rules) == sorted("●■▲◆○")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula_or_a_link(text: str) -> None:
    package = workbook_xlsx(hostile(a_paper(), text))
    formulas = [cell.value for cell in cells(package) if cell.data_type == "f"]

    assert faults(package) == []
    assert [formula for formula in formulas if not OUR_FORMULAS.match(formula)] == []
    assert {cell.data_type for cell in cells(package)} <= {"s", "n", "d", "f"}
    assert [name for name in parts(package) if b"hyperlink" in parts(package)[name].lower() and "rels" in name] == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\n="])
def test_a_text_that_begins_like_a_formula_is_read_back_as_text(start: str) -> None:
    package = workbook_xlsx(hostile(a_paper(), f"{start}cmd|' /C calc'!A0"))
    found = [cell for cell in cells(package) if "cmd|" in str(cell.value)]

    assert len(found) > 100
    assert {cell.data_type for cell in found} == {"s"}


def test_what_reads_like_an_escape_is_no_escape() -> None:
    package = workbook_xlsx(
        a_paper(summary="", facts="", changes=(), goals=(a_paper().goals[0].model_copy(update={"title": "_x0041_"}),))
    )

    assert "_x005F_x0041_" in parts(package)["xl/sharedStrings.xml"].decode()


def test_an_empty_plan_gives_sheets_that_say_so() -> None:
    package = workbook_xlsx(an_empty_paper())
    book = read(package)

    assert faults(package) == []
    assert book.sheetnames == SHEETS
    assert [book[name]["A2"].value for name in SHEETS[1:]] == ["Keine Einträge"] * 6


@pytest.mark.parametrize("language", ["de", "en"])
def test_each_sheet_of_figures_is_a_table_with_headers_of_its_own(language: str) -> None:
    book = read(workbook_xlsx(a_paper(language=language)))
    headers = [[cell.value for cell in sheet[1] if cell.value] for sheet in book.worksheets[1:]]

    assert [len(sheet.tables) for sheet in book] == [0, 1, 1, 1, 1, 1, 1]
    assert [header for header in headers if len({title.casefold() for title in header}) < len(header)] == []


def test_a_large_plan_stands_there_to_the_last_row() -> None:
    book = read(workbook_xlsx(large_paper(20, 500, 200)))

    assert book["Indikatoren"].max_row == 501
    assert book["Maßnahmen"].max_row == 201
    assert book["Werte"].max_row == 1 + 500 // 5 * 16


@needs_office
def test_an_office_program_opens_it_and_shows_the_chart(tmp_path: Path) -> None:
    told = pages(converted(workbook_xlsx(a_paper()), "xlsx", "pdf", tmp_path))

    assert len(told) == 7
    for shown in ("Personalbedarf und Kapazität (VZÄ)", "0.85", "0.50", "0.40", "Bedarf über der Kapazität"):
        assert shown in told[4]


@needs_office
def test_an_office_program_reaches_the_same_results_by_itself(tmp_path: Path) -> None:
    package = workbook_xlsx(a_paper())
    sheet_two = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,false,false,false,false,2"

    told = converted(without_results(package), "xlsx", sheet_two, tmp_path).read_text(encoding="utf-8")
    header, *lines = csv.reader(io.StringIO(told), delimiter=";")
    expected = rows(read(package, results=True)["Indikatoren"])[1:]

    for line, cached in zip(lines, expected, strict=True):
        assert line[header.index("Status")] == cached[13]
        assert [calculated(line[column]) for column in (9, 10, 11)] == [
            cached[column] if cached[column] == "–" else pytest.approx(cached[column]) for column in (9, 10, 11)
        ]


def calculated(text: str) -> float | str:
    """A cell of a CSV file: a share as a number, a text as it is."""
    if text == "–":
        return text
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


def without_results(package: bytes) -> bytes:
    """The workbook as if no formula had been calculated yet."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name, content in parts(package).items():
            target.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f>", content))
    return made.getvalue()
