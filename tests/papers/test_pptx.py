"""One message on each slide, charts that can be edited and are read out, on the city's own master."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from metrics.domain.refusals import MasterNotReadable
from metrics.papers import slide_master
from metrics.papers.model import Paper
from metrics.papers.ooxml import xml_text
from metrics.papers.pptx import MOST_BARS, slides_pptx
from metrics.papers.slide_master import MOST_BYTES
from metrics.papers.style import SIGNS
from tests.papers.office_samples import VACANCIES, a_head, a_paper, an_empty_paper, large_paper, yearly
from tests.papers.packages import (
    HOSTILE,
    converted,
    faults,
    hostile,
    needs_office,
    pages,
    parts,
)

TITLES = [
    "Zukunftsplan Wirtschaftsförderung: Umsetzungsstand 3. Quartal 2026",
    "2 von 5 Indikatoren sind auf Kurs oder leicht dahinter",
    "1 von 2 Zielen braucht Aufmerksamkeit",
    "Am weitesten zurück: Mittlere Vakanzzeit gemeldeter Stellen",
    "Mittlere Vakanzzeit gemeldeter Stellen: 141 statt 108\u00a0Tage – schlechter als zu Beginn",
    "Zuerst: Verbund Teilqualifizierung, Beratungsgutscheine Kreislaufwirtschaft",
    "Der Personalbedarf liegt in 3 von 4 Quartalen über der Kapazität",
    "Die Reallabore haben 2 Erkenntnisse gebracht",
    "1 von 3 Aufträgen des Ausschusses ist überfällig",
    "3 Punkte sind zu beschließen",
]


def read(package: bytes) -> Any:
    return Presentation(io.BytesIO(package))


def titles(package: bytes) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in read(package).slides]


def graphics(package: bytes) -> list[Any]:
    slides = read(package).slides
    return [shape for slide in slides for shape in slide.shapes if shape.has_chart or shape.has_table]


def chart(paper: Paper, kind: XL_CHART_TYPE) -> Any:
    found = [shape.chart for shape in graphics(slides_pptx(paper)) if shape.has_chart]
    return next(chart for chart in found if chart.chart_type is kind)


def a_master(*, template: bool = False, change: dict[str, tuple[bytes, bytes]] | None = None) -> bytes:
    """A city's master with a slide of its own; `change` replaces bytes in the parts of these names."""
    slides = Presentation()
    slides.slides.add_slide(slides.slide_layouts[0]).shapes.title.text = "Alte Folie der Stadt"
    plain = io.BytesIO()
    slides.save(plain)
    made = io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name).replace(b'typeface="Calibri"', b'typeface="Bottrop Sans"')
            if template and name == "[Content_Types].xml":
                content = content.replace(b"presentation.main+xml", b"template.main+xml")
            for part, (old, new) in (change or {}).items():
                if re.fullmatch(part, name):
                    content = content.replace(old, new)
            target.writestr(name, content)
    return made.getvalue()


# --- what stands on the slides ----------------------------------------------------------------------------------------


def test_each_slide_says_its_message_in_its_title() -> None:
    assert titles(slides_pptx(a_paper())) == TITLES


def test_each_slide_has_one_title_notes_a_number_and_no_empty_placeholder() -> None:
    for slide in read(slides_pptx(a_paper())).slides:
        kinds = [shape.placeholder_format.type for shape in slide.placeholders]

        assert len([kind for kind in kinds if kind in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)]) == 1
        assert PP_PLACEHOLDER.SLIDE_NUMBER in kinds
        assert [shape.name for shape in slide.placeholders if not shape.text_frame.text] == []
        assert len(slide.notes_slide.notes_text_frame.text) > 20


def test_a_slide_is_read_aloud_from_its_message_to_its_number() -> None:
    footers = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
    for slide in read(slides_pptx(a_paper())).slides:
        shapes = list(slide.shapes)

        assert shapes[0] == slide.shapes.title
        assert tuple(shape.placeholder_format.type for shape in shapes[-2:]) == footers


def test_each_chart_and_table_is_described_in_few_words() -> None:
    described = [shape._element.xpath(".//p:cNvPr/@descr")[0] for shape in graphics(slides_pptx(a_paper()))]

    assert len(described) == 8
    assert [text for text in described if not 20 < len(text) <= 500] == []


@pytest.mark.parametrize("own", [True, False])
def test_every_run_says_its_language(own: bool) -> None:
    made = slides_pptx(a_paper(), None if own else a_master())
    told = [
        (name, properties)
        for name, content in parts(made).items()
        if re.match(r"ppt/(slides|notesSlides|charts)/\w+\.xml", name)
        for properties in re.findall(rb"<a:(?:r|fld)\b[^>]*>\s*(<a:rPr[^>]*>|<a:t>)", content)
    ]

    assert len(told) > 100
    assert [(name, properties) for name, properties in told if b'lang="de-DE"' not in properties] == []


def test_the_footer_says_which_data_and_that_examples_are_among_them() -> None:
    slide = read(slides_pptx(a_paper(head=a_head(public=False)))).slides[3]
    footer = next(s for s in slide.placeholders if s.placeholder_format.type is PP_PLACEHOLDER.FOOTER)

    assert footer.text_frame.text == (
        "Amt für Wirtschaftsförderung und Standortmanagement · Stand der Daten 30.09.2026, Änderung 418"
        " · enthält Beispielwerte · nichtöffentlich"
    )


def test_the_file_tells_the_day_of_the_paper_and_nothing_of_the_library() -> None:
    package = slides_pptx(a_paper())
    about = read(package).core_properties

    assert (about.title, about.language) == (a_head().title, "de-DE")
    assert about.created.replace(tzinfo=None) == datetime(2026, 11, 23)
    assert [name for name in parts(package) if "thumbnail" in name or "printerSettings" in name] == []


# --- charts -----------------------------------------------------------------------------------------------------------


def test_the_bars_tell_the_status_by_sign_and_colour_of_what_has_a_way_to_its_target() -> None:
    bars = chart(a_paper(), XL_CHART_TYPE.BAR_CLUSTERED)
    _, actual = bars.plots[0].series
    names = list(bars.plots[0].categories)

    assert names[0] == "● Unternehmen im Netzwerk Zirkuläre Wertschöpfung"
    assert names[-1] == "◆ Mittlere Vakanzzeit gemeldeter Stellen"
    assert tuple(actual.values) == (72.5, 56.2, 40.0, -39.4)
    assert str(actual.points[3].format.fill.fore_color.rgb) == SIGNS["thunderstorm"].colour[1:].upper()
    assert (bars.value_axis.minimum_scale, bars.value_axis.maximum_scale) == (-50, 100)


def test_beside_the_line_stands_the_target_as_it_was_set() -> None:
    goal = a_paper().goals[1]
    told = goal.indicators[0].model_copy(update={"target_told": "höchstens 95 Tage bis Ende 2027"})
    slide = read(slides_pptx(a_paper(goals=(goal.model_copy(update={"indicators": (told,)}),)))).slides[4]
    texts = [
        paragraph.text for shape in slide.shapes if shape.has_text_frame for paragraph in shape.text_frame.paragraphs
    ]

    assert "Start 128\u00a0Tage (2022), Ziel höchstens 95 Tage bis Ende 2027" in texts


def test_a_missing_value_interrupts_the_line_and_the_day_of_the_plan_does_not() -> None:
    points = yearly(2022, 128, 133, None, 137, 141)
    goal = a_paper().goals[1].model_copy(update={"indicators": (VACANCIES.model_copy(update={"points": points}),)})
    line = chart(a_paper(goals=(goal,)), XL_CHART_TYPE.LINE_MARKERS)
    before, after, plan = line.plots[0].series

    assert [series.name for series in (before, after)] == ["Ist (Tage)", "Ist (Tage), nach einer Lücke"]
    assert tuple(before.values) == (128, 133, None, None, None, None, None)
    assert tuple(after.values) == (None, None, None, 137, None, 141, None)
    assert tuple(plan.values) == (None, None, None, None, 108, None, 95)
    assert line._chartSpace.chart.find(qn("c:dispBlanksAs")).get("val") == "span"
    assert [e.find(qn("c:idx")).get("val") for e in line.legend._element.findall(qn("c:legendEntry"))] == ["1"]


def test_a_long_title_is_cut_and_the_mark_of_an_example_is_not() -> None:
    goal = a_paper().goals[0]
    long = goal.indicators[2].model_copy(update={"title": "Umgesetzte Kreislaufprojekte " * 9})
    bars = chart(a_paper(goals=(goal.model_copy(update={"indicators": (long,)}),)), XL_CHART_TYPE.BAR_CLUSTERED)

    assert list(bars.plots[0].categories) == ["▲ Umgesetzte Kreislaufprojekte Umgesetzte… (Beispielwert)"]


@pytest.mark.parametrize(("most", "end", "unit"), [(5, 6, 1), (10, 11, 1), (20, 22, 2), (100, 110, 10)])
def test_the_scale_of_the_matrix_ends_beyond_its_highest_score(most: float, end: int, unit: int) -> None:
    ranking = a_paper().ranking
    assert ranking is not None
    rows = (ranking.rows[0].model_copy(update={"effort": 1.0, "impact": most}),)
    axis = chart(a_paper(ranking=ranking.model_copy(update={"rows": rows})), XL_CHART_TYPE.XY_SCATTER).value_axis

    assert (axis.minimum_scale, axis.maximum_scale, axis.major_unit) == (0, end, unit)


def test_the_line_shows_every_value_and_only_the_way_that_is_known() -> None:
    line = chart(a_paper(), XL_CHART_TYPE.LINE_MARKERS)
    actual, plan = line.plots[0].series

    assert tuple(actual.values) == (128, 133, 137, 141, None, None)
    assert tuple(plan.values) == (None, None, None, None, 108, 95)
    assert (line.value_axis.minimum_scale, line.value_axis.maximum_scale) == (80, 160)


def test_the_matrix_has_its_longest_series_first_and_no_point_hides_another() -> None:
    matrix = chart(a_paper(), XL_CHART_TYPE.XY_SCATTER)
    lengths = [len(list(series.values)) for series in matrix.plots[0].series]
    drawn = [point for series in matrix._chartSpace.iter(qn("c:ser")) for point in places(series)]

    assert lengths == [4, 1, 1]
    assert len(set(drawn)) == len(drawn) == 6
    assert [(a.minimum_scale, a.maximum_scale) for a in (matrix.category_axis, matrix.value_axis)] == [(0, 6)] * 2


def places(series: Any) -> list[tuple[str, str]]:
    x, y = ([v.text for v in series.find(qn(axis)).iter(qn("c:v"))] for axis in ("c:xVal", "c:yVal"))
    return list(zip(x, y, strict=True))


def test_thirty_measures_of_one_score_stand_apart() -> None:
    ranking = large_paper(2, 5, 150).ranking
    assert ranking is not None
    rows = tuple(row.model_copy(update={"effort": 3.0, "impact": 3.0}) for row in ranking.rows[:12])
    matrix = chart(a_paper(ranking=ranking.model_copy(update={"rows": rows})), XL_CHART_TYPE.XY_SCATTER)
    drawn = [point for series in matrix._chartSpace.iter(qn("c:ser")) for point in places(series)]

    assert len(set(drawn)) == 12


def test_the_columns_are_stacked_with_the_capacity_as_a_line_on_the_same_axes() -> None:
    load = chart(a_paper(), XL_CHART_TYPE.COLUMN_STACKED)
    columns, line = load.plots
    axes = [[axis.get("val") for axis in plot._element.findall(qn("c:axId"))] for plot in (columns, line)]

    assert [tuple(series.values) for series in columns.series] == [(3.2, 3.2, 3.0, 3.4), (0.85, 0.5, None, 0.4)]
    assert [tuple(series.values) for series in line.series] == [(3.2, 3.2, 3.2, 3.4)]
    assert axes[0] == axes[1]


def test_no_chart_has_a_negative_axis_id() -> None:
    charts = [content for name, content in parts(slides_pptx(a_paper())).items() if name.startswith("ppt/charts/chart")]

    assert len(charts) == 4
    assert [found for content in charts for found in re.findall(rb'<c:(?:axId|crossAx) val="-\d+"', content)] == []


# --- any text, any size -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_typed_text_stays_text_in_the_slides_and_in_the_workbooks_of_their_charts(text: str) -> None:
    package = slides_pptx(hostile(a_paper(), text))
    books = [content for name, content in parts(package).items() if name.endswith(".xlsx")]
    kinds = {cell.data_type for book in books for row in load_workbook(io.BytesIO(book)).active for cell in row}

    assert faults(package) == []
    assert len(books) == 4
    assert kinds <= {"s", "n", "d"}
    assert titles(package)[0] == titles(slides_pptx(a_paper(head=a_head(title=xml_text(text)))))[0]


def test_an_empty_plan_gives_slides_that_say_so() -> None:
    package = slides_pptx(an_empty_paper())

    assert faults(package) == []
    assert titles(package) == [TITLES[0], "Im Bericht steht noch kein Indikator mit einem Ziel"]


def test_a_goal_without_readings_gets_no_chart_of_nothing() -> None:
    goal = a_paper().goals[1]
    silent = goal.model_copy(update={"indicators": goal.indicators[1:], "course": None, "course_before": None})
    package = slides_pptx(a_paper(goals=(silent,), ranking=None, resources=None))

    assert titles(package)[1:3] == [
        "0 von 1 Indikatoren sind auf Kurs oder leicht dahinter",
        "1 von 1 Zielen ist noch nicht bewertbar",
    ]
    assert [shape for shape in graphics(package) if shape.has_chart] == []


def test_a_large_plan_shows_the_furthest_behind_and_says_how_many_there_are() -> None:
    package = slides_pptx(large_paper(20, 500, 200))
    bars = next(s.chart for s in graphics(package) if s.has_chart and s.chart.chart_type is XL_CHART_TYPE.BAR_CLUSTERED)
    told = [s.text_frame.text for slide in read(package).slides for s in slide.shapes if s.has_text_frame]

    assert len(list(bars.plots[0].categories)) == MOST_BARS
    assert (
        "0 % = Ausgangswert, 100 % = Zielwert. Gezeigt sind die 12 mit dem größten Rückstand von 500 Indikatoren;"
        " alle stehen im Datenblatt."
    ) in told
    assert [title for title in titles(package) if title.startswith("10 von 20")] == [
        f"10 von 20 Zielen brauchen Aufmerksamkeit ({part}/3)" for part in (1, 2, 3)
    ]


# --- the city's master ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("template", [False, True])
def test_slides_stand_on_the_city_s_master_in_its_fonts_without_its_old_slides(template: bool) -> None:
    package = slides_pptx(a_paper(), a_master(template=template))

    assert faults(package) == []
    assert titles(package) == TITLES
    assert b"Bottrop Sans" in parts(package)["ppt/theme/theme1.xml"]
    assert b"Calibri" not in b"".join(content for name, content in parts(package).items() if "/slides/" in name)
    assert read(package).slide_width == 9_144_000


def test_nothing_points_to_the_old_slides_any_more() -> None:
    section = (
        b'<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst'
        b' xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:section name="Alt"'
        b' id="{00000000-0000-0000-0000-000000000001}"><p14:sldIdLst><p14:sldId id="256"/></p14:sldIdLst>'
        b"</p14:section></p14:sectionLst></p:ext></p:extLst></p:presentation>"
    )
    master = a_master(change={r"ppt/presentation\.xml": (b"</p:presentation>", section)})

    assert b"sectionLst" in parts(master)["ppt/presentation.xml"]
    assert b"sectionLst" not in parts(slides_pptx(a_paper(), master))["ppt/presentation.xml"]


def test_a_pale_accent_colour_is_not_used_under_white_letters() -> None:
    yellow = {r"ppt/theme/theme1\.xml": (b'<a:accent1><a:srgbClr val="4F81BD"', b'<a:accent1><a:srgbClr val="FFCC00"')}

    styles = {table_style(slides_pptx(a_paper(), a_master(change=yellow)))}

    assert b"FFCC00" in parts(a_master(change=yellow))["ppt/theme/theme1.xml"]
    assert styles == {"{2D5ABB26-0587-4C30-8999-92F81FD0307C}"}
    assert table_style(slides_pptx(a_paper())) == "{3C2FFA5D-87B4-456A-9821-1D502468CF0F}"


def table_style(package: bytes) -> str:
    table = next(shape for shape in graphics(package) if shape.has_table)
    return str(table._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId")).text)


def without_titles(master: bytes) -> bytes:
    slides = read(master)
    for layout in slides.slide_layouts:
        for shape in list(layout.placeholders):
            if shape.placeholder_format.type in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE):
                shape._element.getparent().remove(shape._element)
    made = io.BytesIO()
    slides.save(made)
    return made.getvalue()


BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "no_presentation"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "no_presentation"),
    "torn": (lambda: a_master()[:-400], "no_presentation"),
    "xml": (lambda: a_master(change={r"ppt/slideMasters/slideMaster1\.xml": (b"</p:cSld>", b"")}), "damaged"),
    "macros": (
        lambda: a_master(change={r"\[Content_Types\]\.xml": (b"</Types>", b"<!--vbaProject--></Types>")}),
        "macros",
    ),
    "no title": (lambda: without_titles(a_master()), "no_title_layout"),
    "large": (lambda: bytes(MOST_BYTES + 1), "too_large"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_master_that_cannot_be_built_on_is_refused_by_name(fault: str) -> None:
    master, problem = BROKEN[fault]

    with pytest.raises(MasterNotReadable) as refused:
        slides_pptx(a_paper(), master())

    assert refused.value.data == {"problem": problem}


def test_a_small_file_that_would_become_a_huge_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slide_master, "MOST_BYTES_UNPACKED", 2**20)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("[Content_Types].xml", b"presentationml.presentation.main+xml")
        target.writestr("ppt/media/image1.bmp", bytes(2**20))

    with pytest.raises(MasterNotReadable) as refused:
        slides_pptx(a_paper(), bomb.getvalue())

    assert len(bomb.getvalue()) < 5_000
    assert refused.value.data == {"problem": "too_large"}


# --- an office program ------------------------------------------------------------------------------------------------


@needs_office
def test_an_office_program_shows_every_slide_with_every_point_of_its_charts(tmp_path: Path) -> None:
    told = pages(converted(slides_pptx(a_paper()), "pptx", "pdf", tmp_path))
    seen = [" ".join(page.split()) for page in told]

    assert len(seen) == len(TITLES)
    assert [title for title, page in zip(TITLES, seen, strict=True) if " ".join(title.split()[:3]) not in page] == []
    for label in ("-39 %", "40 %", "56 %", "73 %"):
        assert label in seen[3]
    for label in ("128", "141", "108", "95"):
        assert label in seen[4]
    assert "Aufwand (Punkte)" in seen[5]
    for label in ("0.85", "0.50", "0.40", "3.00", "Kapazität"):
        assert label in seen[6]


@needs_office
def test_an_office_program_shows_every_point_of_the_matrix(tmp_path: Path) -> None:
    ranking = a_paper().ranking
    assert ranking is not None
    far_down = tuple(row.model_copy(update={"rank": row.rank + 40}) for row in ranking.rows)
    told = pages(
        converted(slides_pptx(a_paper(ranking=ranking.model_copy(update={"rows": far_down}))), "pptx", "pdf", tmp_path)
    )

    assert sorted(re.findall(r"(?<![\w.,(])4\d(?![\w.,)])", told[5])) == ["41", "42", "43", "44", "45", "46"]


@needs_office
def test_an_office_program_opens_slides_on_the_city_s_master(tmp_path: Path) -> None:
    told = pages(converted(slides_pptx(a_paper(), a_master()), "pptx", "pdf", tmp_path))

    assert len(told) == len(TITLES)
    assert [page for page in told if "Alte Folie" in page] == []


def test_titles_of_neighbours_differ() -> None:
    made = titles(slides_pptx(large_paper(20, 500, 200)))

    assert [(first, second) for first, second in pairwise(made) if first == second] == []
