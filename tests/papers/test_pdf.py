"""The committee paper as a file: same bytes, its order when read aloud, its tags, its data, its length."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.papers.model import Paper
from metrics.papers.modes import Mode
from metrics.papers.pdf import page_images, paper_pdf
from metrics.papers.row_headers import with_row_headers
from tests.papers.hostile import ENDLESS, bare_paper, hostile_paper
from tests.papers.pdf_text import alt_texts, attachments, headings, page_count, said, structure_lines, tables
from tests.papers.samples import a_paper, large_paper

DATA, CSV = '{"stand": "2026-09-30", "ort": "Bottrop, Süd"}'.encode(), "\ufeffIndikator;Wert\r\nK1;4,5\r\n".encode()
PNG = b"\x89PNG\r\n\x1a\n"


def made(paper: Paper, mode: Mode = Mode.full, goal_id: str | None = None) -> bytes:
    return paper_pdf(paper, mode, DATA, CSV, goal_id)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return made(a_paper())


# --- the same file ----------------------------------------------------------------------------------------------------


def test_the_same_paper_gives_the_same_bytes(pdf: bytes) -> None:
    assert made(a_paper()) == pdf


def test_another_text_gives_another_file(pdf: bytes) -> None:
    assert made(a_paper(summary="Ein anderer Satz.")) != pdf


def test_the_attached_files_are_those_that_were_given(pdf: bytes) -> None:
    assert attachments(pdf) == {"plan.json": DATA, "indikatoren.csv": CSV}


def test_the_checksum_in_the_annex_is_that_of_the_attached_data(pdf: bytes, tmp_path: Path) -> None:
    assert sha256(DATA).hexdigest() in said(pdf, tmp_path).replace(" ", "")


# --- read aloud -------------------------------------------------------------------------------------------------------


def test_the_parts_are_read_in_the_order_of_a_good_committee_paper(pdf: bytes, tmp_path: Path) -> None:
    first, second = a_paper().goals
    assert headings(pdf, 1, tmp_path) == [
        "Beschlussvorschlag",
        "Kurzfassung",
        "Sachdarstellung",
        "Auf einen Blick",
        f"Ziel: {first.title}",
        f"Ziel: {second.title}",
        "Reallabore",
        "Priorisierung",
        "Ressourcen",
        "Zu treffende Entscheidungen",
        "Beschlusskontrolle",
        "Anlage 1: Methodik und Datenstand",
    ]


def test_the_first_page_is_the_whole_paper_for_those_in_a_hurry(tmp_path: Path) -> None:
    marks = ["Erster Punkt.", "Geld ist da.", "Klima gewinnt.", "Kurz gesagt.", "Anlage 1", "Sachlich gesagt."]
    decision = a_paper().decisions[0].model_copy(update={"text": marks[0]})
    texts = {"finances": marks[1], "climate": marks[2], "summary": marks[3], "facts": marks[5]}
    text = said(made(bare_paper(decisions=(decision,), **texts)), tmp_path)
    places = [text.index(mark) for mark in ["Vorlagenart", "Beratungsfolge", "Beschlussvorschlag", *marks]]
    assert places == sorted(places)


def test_the_parts_of_a_goal_are_read_from_numbers_to_what_follows(tmp_path: Path) -> None:
    goal = a_paper().goals[0]
    parts = headings(made(a_paper(), Mode.one_goal, goal.id), 2, tmp_path)
    start = parts.index("Indikatoren")
    assert parts[start : start + 3] == ["Indikatoren", "Bewertung der Verwaltung", "Maßnahmen"]


def test_a_bare_plan_keeps_the_parts_and_says_that_they_are_empty(tmp_path: Path) -> None:
    text = said(made(bare_paper()), tmp_path)
    assert "Für diesen Plan gibt es noch keine Priorisierungsrunde." in text
    assert "Dieser Plan hat noch keine Ziele." in text
    assert "Es ist noch kein Beschluss vorgeschlagen." in text


def test_a_report_has_no_page_of_decisions(tmp_path: Path) -> None:
    parts = headings(made(bare_paper(decisions=a_paper().decisions), Mode.report), 1, tmp_path)
    assert "Kenntnisnahme" in parts
    assert {"Beschlussvorschlag", "Zu treffende Entscheidungen"}.isdisjoint(parts)


def test_typed_markup_is_printed_as_it_was_typed(tmp_path: Path) -> None:
    text = '#read("/etc/passwd") *fett* _kursiv_ $x^2$ <b>b</b> @quelle'
    assert text in said(made(bare_paper(summary=text)), tmp_path)


def test_line_breaks_of_a_text_part_its_lines(tmp_path: Path) -> None:
    lines = structure_lines(made(bare_paper(summary="erste Zeile\nzweite Zeile\n\nneuer Absatz")), tmp_path)
    start = lines.index('"erste Zeile"')
    assert lines[start + 1] == '"zweite Zeile"'
    assert lines[lines.index('"neuer Absatz"') - 1].startswith("P")


# --- tags -------------------------------------------------------------------------------------------------------------


def test_every_row_of_a_table_of_numbers_begins_with_its_header(pdf: bytes) -> None:
    wide = [table for table in tables(pdf) if len(table[0]) > 2]
    assert len(wide) >= 8
    assert {row[0] for table in wide for row in table[1:]} == {"TH Row"}


def test_the_head_of_a_table_heads_its_columns(pdf: bytes) -> None:
    assert {cell for table in tables(pdf) for cell in table[0]} == {"TH Column"}


def test_yes_and_no_stay_plain_cells(pdf: bytes) -> None:
    narrow = [table for table in tables(pdf) if len(table[0]) == 2]
    assert len(narrow) == len(a_paper().decisions)
    assert {cell for table in narrow for row in table[1:] for cell in row} == {"TD"}


def test_tagging_rows_twice_changes_no_tag(pdf: bytes) -> None:
    assert tables(with_row_headers(pdf)) == tables(pdf)


def test_every_chart_has_an_alternative_text_of_sentences(pdf: bytes) -> None:
    texts = alt_texts(pdf)
    assert len(texts) == 1 + len(a_paper().goals) + 2
    assert all(text.endswith(".") and len(text) <= 500 for text in texts)


# --- length and oddities ----------------------------------------------------------------------------------------------


def test_a_plan_of_two_goals_takes_at_most_ten_pages(pdf: bytes) -> None:
    assert page_count(pdf) <= 10


def test_twenty_goals_take_at_most_thirty_pages() -> None:
    assert page_count(made(large_paper(20, 60, 60))) <= 30


def test_twenty_goals_with_much_to_say_take_at_most_thirty_pages() -> None:
    paper = large_paper(20, 60, 60)
    text = "Bei den Projekten bremst die Personallage; zwei von fünf Vorhaben wurden um je ein Quartal verschoben. "
    much = {"text": text, "generated": text, "assessment": text * 5, "consequence": text}
    goals = tuple(goal.model_copy(update=much) for goal in paper.goals)
    assert page_count(made(paper.model_copy(update={"goals": goals}))) <= 30


def test_three_hundred_indicators_make_a_paper() -> None:
    assert page_count(made(large_paper(4, 300, 100))) < 60


def test_titles_without_end_make_a_paper() -> None:
    titled = a_paper().goals[0].model_copy(update={"title": "Wort" * 500})
    assert page_count(made(a_paper(goals=(titled,), summary=ENDLESS[1]))) < 20


def test_a_goal_without_readings_makes_a_paper(tmp_path: Path) -> None:
    goal = a_paper().goals[0]
    nothing = {"actual": None, "share": None, "course": None, "points": (), "reason": "Noch kein Istwert."}
    unread = goal.model_copy(
        update={"course": None, "indicators": tuple(line.model_copy(update=nothing) for line in goal.indicators)}
    )
    assert "Noch kein Istwert." in said(made(bare_paper(goals=(unread,))), tmp_path)


@given(st.lists(st.text(max_size=60), min_size=1, max_size=12))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_in_any_place_makes_a_paper(texts: Sequence[str]) -> None:
    assert made(hostile_paper(a_paper(), *texts)).startswith(b"%PDF-1.7")


@pytest.mark.parametrize("mode", Mode)
def test_the_pages_can_be_looked_at_before(mode: Mode) -> None:
    goal_id = a_paper().goals[0].id
    images = page_images(a_paper(), mode, goal_id)
    assert {image[:8] for image in images} == {PNG}
    assert len(images) == page_count(made(a_paper(), mode, goal_id))
