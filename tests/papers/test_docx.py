"""The text blocks stand in the registers of a council information system, to copy and as a real Word file."""

from __future__ import annotations

import io
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from metrics.papers.docx import text_blocks, text_blocks_docx
from metrics.papers.ooxml import xml_text
from tests.papers.office_samples import a_head, a_paper, an_empty_paper, large_paper
from tests.papers.packages import (
    HOSTILE,
    converted,
    faults,
    hostile,
    needs_office,
    pages,
    parts,
)

REGISTERS = ["Beschlussvorschlag", "Sachdarstellung", "Finanzielle Auswirkungen", "Klimarelevanz", "Anlagen"]


def read(package: bytes) -> Any:
    return Document(io.BytesIO(package))


def styled(document: Any, style: str) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style]


def test_the_registers_stand_in_their_order_in_the_file_and_to_copy() -> None:
    assert list(text_blocks(a_paper())) == REGISTERS
    assert styled(read(text_blocks_docx(a_paper())), "Heading 1") == REGISTERS


def test_what_is_to_be_decided_is_numbered_and_says_what_it_costs() -> None:
    points = text_blocks(a_paper())["Beschlussvorschlag"].split("\n")

    assert points == [
        "1. Der Ausschuss nimmt den Bericht zur Kenntnis.",
        "2. Der Zielwert der Vakanzzeit wird von 95 auf 110 Tage geändert.",
        "3. Die Nachbetreuung der Reallabore wird um sechs Monate verlängert."
        " (Betrag: 45.000\u202f€; Produkt 15.01.01)",
    ]
    assert styled(read(text_blocks_docx(a_paper())), "List Number") == [point[3:] for point in points]


def test_an_indicator_without_a_value_says_why() -> None:
    told = text_blocks(a_paper())["Sachdarstellung"]

    assert (
        "Leerstandsquote der Ladenlokale in der Innenstadt: Ist kein Wert, Plan heute –, Ziel 8,0\u202f%;"
        " ○ nicht bewertbar. Noch kein Istwert: Die erste Erhebung ist für Mai 2027 vorgesehen."
    ) in told


def test_what_became_of_earlier_decisions_is_told_with_what_is_overdue() -> None:
    told = text_blocks(a_paper())["Sachdarstellung"].split("\n")

    assert (
        "Prüfauftrag vom 12.03.2026: Prüfen, ob die Nachbetreuung gefördert werden kann. – in Arbeit, überfällig"
    ) in told


def test_the_table_repeats_its_header_and_says_each_status_in_words() -> None:
    document = read(text_blocks_docx(a_paper()))
    table = document.tables[0]

    assert [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows] == [True] + [False] * 5
    assert [row.cells[5].text for row in table.rows][1:] == [
        "● auf Kurs",
        "■ leicht hinter Kurs",
        "▲ hinter Kurs",
        "◆ keine Bewegung zum Ziel hin",
        "○ nicht bewertbar",
    ]
    assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val")).startswith("Je Indikator")


def test_the_file_has_language_title_and_the_day_of_the_paper_alone() -> None:
    package = text_blocks_docx(a_paper())
    document = read(package)
    languages = {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))}

    assert languages == {"de-DE"}
    assert document.core_properties.language == "de-DE"
    assert document.core_properties.title == a_head().title
    assert document.core_properties.created == document.core_properties.modified
    assert document.core_properties.created.replace(tzinfo=None) == datetime(2026, 11, 23)
    assert [name for name in parts(package) if "thumbnail" in name] == []


def test_a_list_that_has_headings_skips_no_level() -> None:
    document = read(text_blocks_docx(a_paper()))
    levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style.name.startswith("Heading")]

    assert levels[0] == 1
    assert [(before, after) for before, after in pairwise(levels) if after > before + 1] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_typed_text_stays_text(text: str) -> None:
    paper = hostile(a_paper(), text)
    package = text_blocks_docx(paper)
    told = "".join(paragraph.text for paragraph in read(package).paragraphs)

    assert faults(package) == []
    assert "".join(xml_text(text).split()) in "".join(told.split())
    assert "\x00" not in "".join(text_blocks(paper).values())


def test_an_empty_plan_says_in_each_register_that_nothing_is_there() -> None:
    blocks = text_blocks(an_empty_paper())

    assert [blocks[name] for name in REGISTERS[:4]] == ["Hierzu ist nichts eingetragen."] * 4
    assert faults(text_blocks_docx(an_empty_paper())) == []


def test_the_public_paper_says_how_much_it_leaves_out() -> None:
    told = text_blocks(a_paper(withheld=3))["Sachdarstellung"]

    assert told.endswith("3 Angaben sind nicht öffentlich und fehlen in dieser Fassung.")


def test_a_large_plan_has_a_row_for_each_indicator() -> None:
    assert len(read(text_blocks_docx(large_paper(20, 500, 200))).tables[0].rows) == 501


@needs_office
def test_an_office_program_opens_it_with_a_header_on_each_page_of_the_table(tmp_path: Path) -> None:
    told = pages(converted(text_blocks_docx(large_paper(20, 500, 200)), "docx", "pdf", tmp_path))
    headers = [page for page in told if "Plan heute" in page.strip().split("\n")[0]]

    assert len(told) > 20
    assert len(headers) > 15
    assert "1." in told[0]
    assert "3." in told[0]
