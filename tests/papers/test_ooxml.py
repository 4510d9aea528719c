"""Equal content gives equal bytes, and no character that XML forbids gets into an office file."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.papers.ooxml import one_line, same_bytes, xml_text
from metrics.papers.style import SIGNS, course_key
from metrics.papers.telling import ALL_COURSES

DAY = date(2026, 11, 23)
CORE = (
    "<cp:coreProperties><dcterms:created xsi:type='dcterms:W3CDTF'>{}</dcterms:created>"
    "<dc:title>2026-01-01T00:00:00Z</dc:title></cp:coreProperties>"
)


def archive(moment: tuple[int, int, int, int, int, int], written: str, inner: bytes = b"") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        target.writestr(zipfile.ZipInfo("docProps/core.xml", moment), CORE.format(written))
        if inner:
            target.writestr(zipfile.ZipInfo("ppt/embeddings/chart.xlsx", moment), inner)
    return made.getvalue()


def test_when_a_file_was_made_does_not_show_not_even_in_a_file_inside_it() -> None:
    early, late = (2026, 11, 24, 10, 0, 0), (2027, 1, 2, 11, 30, 2)

    first = archive(early, "2026-11-24T10:00:00Z", archive(early, "2026-11-24T10:00:00Z"))
    second = archive(late, "2027-01-02T11:30:02Z", archive(late, "2027-01-02T11:30:02Z"))

    assert first != second
    assert same_bytes(first, DAY) == same_bytes(second, DAY)


def test_the_day_stands_in_the_properties_and_a_title_that_reads_like_one_stays() -> None:
    made = same_bytes(archive((2026, 11, 24, 10, 0, 0), "2026-11-24T10:00:00Z"), DAY)

    with zipfile.ZipFile(io.BytesIO(made)) as found:
        assert found.infolist()[0].date_time == (2026, 11, 23, 0, 0, 0)
        assert found.read("docProps/core.xml").decode() == CORE.format("2026-11-23T00:00:00Z")


def test_what_is_no_archive_is_refused() -> None:
    with pytest.raises(zipfile.BadZipFile):
        same_bytes(b"no archive", DAY)


@given(st.text(st.characters(exclude_categories=())))
def test_every_text_can_stand_in_xml(text: str) -> None:
    element = ElementTree.Element("t")
    element.text = xml_text(text)

    assert (ElementTree.fromstring(ElementTree.tostring(element, "utf-8")).text or "") == xml_text(text)  # noqa: S314


@given(st.text(st.characters(categories=("L", "N", "P", "Zs"))))
def test_a_text_of_letters_stays_as_it_is(text: str) -> None:
    assert xml_text(text) == text


@given(st.text(), st.integers(min_value=2, max_value=80))
def test_a_cut_line_is_no_longer_than_its_limit(text: str, limit: int) -> None:
    assert len(one_line(text, limit)) <= limit
    assert "\n" not in one_line(text, limit)


def test_a_line_is_cut_at_a_word_and_says_so() -> None:
    assert one_line("Mittlere Vakanzzeit gemeldeter\nStellen", 30) == "Mittlere Vakanzzeit…"
    assert one_line("Mittlere\nVakanzzeit", 30) == "Mittlere Vakanzzeit"


@pytest.mark.parametrize("key", SIGNS)
def test_the_words_of_a_sign_can_be_read_on_its_ground_and_on_paper(key: str) -> None:
    sign = SIGNS[key]

    assert contrast(sign.colour, sign.tint) >= 4.5
    assert contrast(sign.colour, "#ffffff") >= 4.5


def test_each_course_has_a_sign_of_its_own_shape() -> None:
    shapes = [SIGNS[course_key(course)].character for course in ALL_COURSES]

    assert shapes == ["●", "■", "▲", "◆", "○"]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
