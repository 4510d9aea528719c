"""The paper's data as files, and the description of a package."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re

from hypothesis import given
from hypothesis import strategies as st

from metrics.papers.data_files import canonical_json, data_json, indicators_csv
from metrics.papers.model import GoalPage, Paper
from metrics.papers.package import package_description, safe_name
from tests.papers.samples import a_head, a_paper, large_paper, some_indicators
from tests.papers.web_hostile import hostile


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The rows of a German file."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_json_gives_the_paper_back() -> None:
    for paper in (a_paper(), hostile(a_paper()), large_paper(3, 20, 9)):
        assert Paper.model_validate_json(data_json(paper)) == paper


def test_the_json_is_canonical() -> None:
    content = data_json(a_paper())
    assert canonical_json(json.loads(content)) == content
    assert content.decode().startswith('{"basis":{"as_of":"2026-09-30",')
    assert "Wirtschaftsförderung".encode() in content


def test_the_csv_has_a_row_for_each_value_and_one_for_each_indicator_without() -> None:
    lines = some_indicators()
    without = lines[4].model_copy(update={"points": ()})
    rows = rows_of(indicators_csv(a_paper(goals=(GoalPage(id="Z", title="Ein Ziel", indicators=(lines[3], without)),))))
    assert [(row["Indikator-Nr."], row["Von"], row["Wert"]) for row in rows] == [
        ("I2.2", "2022-01-01", "128"),
        ("I2.2", "2023-01-01", "126"),
        ("I2.2", "2024-01-01", ""),
        ("I2.2", "2025-01-01", "137"),
        ("I2.2", "2026-01-01", "141"),
        ("I2.3", "", ""),
    ]
    assert rows[5]["Start"] == "16,8"
    assert rows[5]["Hinweis"] == without.reason
    assert {row["Kurs"] for row in rows} == {"keine Bewegung zum Ziel hin", "nicht bewertbar"}


def test_the_csv_is_what_a_spreadsheet_expects() -> None:
    content = indicators_csv(a_paper())
    assert content.startswith(b"\xef\xbb\xbfZiel-Nr.;Ziel;")
    assert content.count(b"\r\n") == content.count(b"\n") == 22


def test_no_cell_of_the_csv_is_a_formula() -> None:
    rows = rows_of(indicators_csv(hostile(large_paper(3, 30, 3))))
    cells = [cell for row in rows for cell in row.values()]
    assert [cell for cell in cells if re.match(r"[=+@\t\r\n]|-(?!\d)", cell)] == []
    assert '\'=HYPERLINK("http://example.org")' in cells


def test_the_description_of_a_package_tells_each_file_and_what_it_is_drawn_from() -> None:
    files = {"vorlage.pdf": b"%PDF-1.7", "folien.pptx": b"PK", "daten.json": b"{}"}
    told = json.loads(package_description(files, a_paper()))
    assert told["type"] == "https://schema.oparl.org/1.1/Paper"
    assert told["reference"] == "2026/0815"
    main, slides, data = told["mainFile"], *told["auxiliaryFile"]
    assert [file["fileName"] for file in (main, slides, data)] == list(files)
    assert [file["size"] for file in (main, slides, data)] == [8, 2, 2]
    assert main["sha512Checksum"] == hashlib.sha512(b"%PDF-1.7").hexdigest()
    assert main["mimeType"] == "application/pdf"
    assert slides["masterFile"] == main["masterFile"] == data["id"]
    assert data["derivativeFile"] == [main["id"], slides["id"]]
    assert "masterFile" not in data
    assert [step["authoritative"] for step in told["consultation"]] == [False, True]


def test_the_description_says_what_it_was_told_about_masters() -> None:
    files = {"vorlage.pdf": b"a", "vorlage.docx": b"b", "daten.json": b"c"}
    told = json.loads(package_description(files, a_paper(), {"vorlage.pdf": "vorlage.docx", "fehlt.pdf": "daten.json"}))
    main, text, data = told["mainFile"], *told["auxiliaryFile"]
    assert main["masterFile"] == text["id"]
    assert text["derivativeFile"] == [main["id"]]
    assert "derivativeFile" not in data


def test_a_package_of_nothing_has_no_files() -> None:
    told = json.loads(package_description({}, a_paper(head=a_head(paper_number="", consultations=()))))
    assert "mainFile" not in told and "reference" not in told
    assert len(told["consultation"]) == 1


@given(st.text(), st.integers(1, 99))
def test_a_name_is_safe_for_every_system(text: str, place: int) -> None:
    name = safe_name(text, str(place))
    assert re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?", name)
    assert safe_name(name, "x") == name
