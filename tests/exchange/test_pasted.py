"""What is copied from a spreadsheet: every cell is taken as it was meant, or refused with its place."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.indicators import PeriodKind
from metrics.domain.refusals import Refusal
from metrics.exchange.pasted import (
    MOST_CELLS,
    Known,
    NothingRecognised,
    Pasted,
    PastePeriod,
    PasteShape,
    TooManyCells,
    read_pasted,
)
from metrics.locale.formats import number
from metrics.locale.reading_input import NothingEntered

INDICATORS = {
    "I-ALQ": ("Arbeitslosenquote", "%"),
    "I-SVB": ("Beschäftigte am Arbeitsort", "Personen"),
    "I-1": ("Gründungen", "Anzahl"),
    "I-2": ("Gründungen", "Anzahl"),
}


def year(which: int) -> PastePeriod:
    return PastePeriod(date(which, 1, 1), date(which, 12, 31), PeriodKind.year)


KNOWN = Known(INDICATORS, {"SRC-BA": "Agentur für Arbeit"}, ["I-ALQ", "I-SVB"], [year(2024), year(2025)])


def values(found: Pasted) -> dict[tuple[str, int], float]:
    return {(one.indicator_id, one.period.start.year): one.value for one in found.values}


def problems(found: Pasted) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.refusal.code) for one in found.problems]


def test_a_table_with_headings_is_read_by_title_or_id_whatever_the_case_and_the_spaces() -> None:
    text = "\t2024\t2025\narbeitslosenquote \t7,5\t7,9 %\n\ni-svb\t31.204\t31.876,5\n"
    found = read_pasted(text, KNOWN, "de")
    assert found.shape is PasteShape.matrix
    assert values(found) == {
        ("I-ALQ", 2024): 7.5,
        ("I-ALQ", 2025): 7.9,
        ("I-SVB", 2024): 31204.0,
        ("I-SVB", 2025): 31876.5,
    }
    assert problems(found) == []


def test_a_table_may_lie_on_its_side() -> None:
    found = read_pasted("Jahr;I-ALQ;I-SVB\n2024;7,5;100\n2025;7,9;200", KNOWN, "de")
    assert found.shape is PasteShape.turned
    assert values(found) == {("I-ALQ", 2024): 7.5, ("I-SVB", 2024): 100, ("I-ALQ", 2025): 7.9, ("I-SVB", 2025): 200}


@pytest.mark.parametrize("heading", ["Indikator\tZeitraum\tWert\tQuelle\tBemerkung\n", ""])
def test_a_list_carries_source_and_note(heading: str) -> None:
    text = heading + "I-ALQ\t2024\t7,5\tagentur für arbeit\t„vorläufig“\nI-ALQ\t2025\t7,9\tUnbekannt\n"
    found = read_pasted(text, KNOWN, "de")
    (value,) = found.values
    assert found.shape is PasteShape.list
    assert (value.value, value.source_id, value.note) == (7.5, "SRC-BA", "„vorläufig“")
    assert problems(found) == [(3 if heading else 2, "D", "source_not_known")]


def test_numbers_without_headings_go_into_the_grid_that_is_shown_and_no_further() -> None:
    found = read_pasted("7,5\t7,9\t8,1\n100\t200\n5\t6", KNOWN, "de")
    assert found.shape is PasteShape.block
    assert values(found) == {("I-ALQ", 2024): 7.5, ("I-ALQ", 2025): 7.9, ("I-SVB", 2024): 100, ("I-SVB", 2025): 200}
    assert problems(found) == [(1, "C", "no_column_for_it"), (3, "", "no_column_for_it")]
    with pytest.raises(NothingRecognised):
        read_pasted("7,5\t7,9", Known(INDICATORS, {}), "de")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("=A1+B1", "formula_instead_of_number"),
        ("#DIV/0!", "spreadsheet_error"),
        ("#NV", "spreadsheet_error"),
        ("01.05.2025", "date_instead_of_number"),
        ("01. Mai", "date_instead_of_number"),
        ("Mai 25", "date_instead_of_number"),
        ("203.726", "separator_ambiguous"),
        ("7,5 %", "unit_beside_number"),
        ("31 Betriebe", "unit_beside_number"),
        ("siehe Anlage", "not_a_number"),
        ("1.2.3", "not_a_number"),
    ],
)
def test_what_is_no_number_of_the_indicator_is_refused_at_its_place(cell: str, code: str) -> None:
    found = read_pasted(f"\t2024\nI-SVB\t{cell}", KNOWN, "de")
    assert (problems(found), found.values) == ([(2, "2024", code)], ())


@pytest.mark.parametrize(
    ("beside", "meant"),
    [("1.234,5", 203726.0), ("1,234.5", 203.726), ("0.5", 203.726), ("12,5", 203726.0), ("1.234.567", 203726.0)],
)
def test_a_number_that_may_be_read_in_two_ways_is_read_as_its_neighbours_say(beside: str, meant: float) -> None:
    found = read_pasted(f"\t2024\t2025\nI-SVB\t203.726\t{beside}", KNOWN, "de")
    assert values(found)["I-SVB", 2024] == meant
    assert problems(found) == []


def test_neighbours_that_contradict_each_other_settle_nothing() -> None:
    found = read_pasted("\t2023\t2024\t2025\nI-SVB\t203.726\t1.234,5\t1,234.5", KNOWN, "de")
    assert problems(found) == [(2, "2023", "separator_ambiguous"), (2, "2025", "not_a_number")]
    assert values(found) == {("I-SVB", 2024): 1234.5}


def test_a_foreign_style_comes_into_the_fields_as_the_session_writes_it() -> None:
    (value,) = read_pasted("\t2024\nI-SVB\t1,234.5678901", KNOWN, "de").values
    assert (value.text, value.value) == ("1.234,5678901", 1234.5678901)


def test_spaces_of_every_sort_signs_and_the_own_unit_are_no_hindrance() -> None:
    text = "\ufeff\t2022\t2023\t2024\t2025\r\nI-SVB\t1\u00a0234,5\t1\u202f234\t\u22125,5\t12 Personen\r\n"
    assert list(values(read_pasted(text, KNOWN, "de")).values()) == [1234.5, 1234.0, -5.5, 12.0]


def test_a_quoted_cell_may_hold_a_line_break_and_the_separator() -> None:
    found = read_pasted('I-ALQ;2024;7,5;;"vorläufig;\nsiehe Anlage"', KNOWN, "de")
    assert [one.note for one in found.values] == ["vorläufig; siehe Anlage"]


def test_empty_cells_and_dashes_are_no_values_and_are_counted() -> None:
    found = read_pasted("\t2022\t2023\t2024\t2025\nI-ALQ\t\t-\t–\t7,5", KNOWN, "de")
    assert (values(found), found.empty, problems(found)) == ({("I-ALQ", 2025): 7.5}, 3, [])


def test_a_title_of_two_indicators_an_unknown_one_and_a_heading_that_is_no_period_are_told() -> None:
    found = read_pasted("\t2024\tSumme\nGründungen\t5\t6\nUnfug\t7\t8\nI-ALQ\t7,5\t9,5", KNOWN, "de")
    assert problems(found) == [
        (2, "A", "indicator_ambiguous"),
        (3, "A", "indicator_not_known"),
        (4, "Summe", "period_not_understood"),
    ]
    assert found.problems[0].refusal.data["ids"] == "I-1, I-2"
    assert values(found) == {("I-ALQ", 2024): 7.5}


def test_two_values_for_one_cell_are_told_and_the_same_one_twice_is_not() -> None:
    found = read_pasted("I-ALQ;2024;7,5\nI-ALQ;2024;7,50\nI-ALQ;2024;7,6", KNOWN, "de")
    assert (values(found), problems(found)) == ({("I-ALQ", 2024): 7.5}, [(3, "C", "value_twice")])


def test_more_than_can_be_taken_at_once_is_refused_as_a_whole() -> None:
    row = "I-ALQ;2024;7,5"
    with pytest.raises(TooManyCells) as refused:
        read_pasted("\n".join([row] * (MOST_CELLS // 3 + 1)), KNOWN, "de")
    assert refused.value.data == {"found": 3 * (MOST_CELLS // 3 + 1), "allowed": MOST_CELLS}
    assert len(read_pasted("\n".join([row] * (MOST_CELLS // 3)), KNOWN, "de").values) == 1


@pytest.mark.parametrize("text", ["", " \n\t\t\n", "\ufeff"])
def test_nothing_at_all_is_told_as_such(text: str) -> None:
    with pytest.raises(NothingEntered):
        read_pasted(text, KNOWN, "de")


@given(
    st.lists(st.floats(0, 1e6).map(lambda value: round(value, 2)), min_size=2, max_size=6),
    st.sampled_from(["de", "en"]),
)
def test_what_the_program_writes_it_reads_again_or_asks_but_never_takes_for_another(numbers, language) -> None:
    head = "\t".join(["", *(str(2000 + index) for index in range(len(numbers)))])
    body = "\t".join(["I-SVB", *(number(value, language) for value in numbers)])
    found = read_pasted(f"{head}\n{body}", KNOWN, language)
    read = values(found)
    assert all(read[key] == numbers[key[1] - 2000] for key in read)
    assert {one.refusal.code for one in found.problems} <= {"separator_ambiguous"}
    assert len(read) + len(found.problems) == len(numbers)


@given(st.text(alphabet='\t;\n\r "=,.%-12359abcIALQ\u00a0', max_size=80))
def test_no_text_brings_anything_but_values_and_told_places(text: str) -> None:
    try:
        found = read_pasted(text, KNOWN, "de")
    except Refusal:
        return
    assert all(one.refusal.code for one in found.problems)
    assert {one.indicator_id for one in found.values} <= set(INDICATORS)
