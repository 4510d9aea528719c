"""What a slide is put together from: texts that fit, tables, native charts; all with language and alternative text."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xlsx import CategoryWorkbookWriter, XyWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LEGEND_POSITION
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Emu, Length, Pt
from xlsxwriter import Workbook

from metrics.papers.ooxml import one_line, xml_text
from metrics.papers.style import LINE, Sign

MOST_IN_ALT = 500
"""Characters of an alternative text: whoever needs more reads the notes."""
_SMALLEST_FOR_WORDS = 13
_POINTS = 12_700
"""EMU in a point."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A place on a slide, in EMU."""

    left: int
    top: int
    width: int
    height: int

    def columns(self, *shares: float, gap: int = 360_000) -> list[Frame]:
        """The frame cut into columns; the shares add up to 1."""
        room = self.width - gap * (len(shares) - 1)
        starts = [sum(shares[:k]) * room + k * gap for k in range(len(shares))]
        return [
            Frame(self.left + round(start), self.top, round(room * share), self.height)
            for start, share in zip(starts, shares, strict=True)
        ]

    def rows(self, share: float, gap: int = 180_000) -> tuple[Frame, Frame]:
        """The frame cut into an upper part of this share and a lower part."""
        upper = round((self.height - gap) * share)
        lower = Frame(self.left, self.top + upper + gap, self.width, self.height - upper - gap)
        return Frame(self.left, self.top, self.width, upper), lower

    @property
    def place(self) -> tuple[Length, Length, Length, Length]:
        """Left, top, width, height, as the library takes them."""
        return Emu(self.left), Emu(self.top), Emu(self.width), Emu(self.height)


def content_frame(slide: Any, width: int, height: int) -> Frame:
    """What is free below the title and above the footer; `width` and `height` of the slide in EMU."""
    title = place_of(slide.shapes.title, Frame(width // 20, height // 20, width * 9 // 10, height // 7))
    left = min(title.left, width // 8)
    below = title.top + title.height + height // 40
    footers = [
        shape.top
        for shape in slide.slide_layout.placeholders
        if shape.placeholder_format.type in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
        and shape.top is not None
        and shape.top > height * 0.7
    ]
    above = min([*footers, round(height * 0.94)]) - height // 60
    if above - below < height * 0.4:  # a title in the middle leaves no room: the master's layout is for one line
        below = round(height * 0.25)
    return Frame(left, below, width - 2 * left, above - below)


def place_of(shape: Any, fallback: Frame) -> Frame:
    """Where a shape stands; where neither it nor its layout nor its master says so, the fallback."""
    if None in (shape.left, shape.top, shape.width, shape.height):
        return fallback
    return Frame(shape.left, shape.top, shape.width, shape.height)


def child(parent: Any, tag: str) -> Any:
    """A new last child of an element; `tag` with its prefix."""
    made = OxmlElement(tag)
    parent.append(made)
    return made


def colour(value: str) -> RGBColor:
    """A colour from `#rrggbb`."""
    return RGBColor.from_string(value[1:].upper())


# --- text -------------------------------------------------------------------------------------------------------------


def fitting_size(paragraphs: Sequence[str], frame: Frame, largest: int, smallest: int) -> int:
    """The largest size in points at which the paragraphs fit into the frame by a rough count, at least `smallest`."""
    for size in range(largest, smallest, -1):
        if height_of(paragraphs, frame.width, size) <= frame.height:
            return size
    return smallest


def height_of(paragraphs: Sequence[str], width: int, size: int) -> int:
    """The height of paragraphs in EMU by a rough count: a character is half as wide as it is high."""
    in_line = max(1, int((width / _POINTS - 14) / (size * 0.52)))
    lines = sum(math.ceil(max(1, len(part)) / in_line) for text in paragraphs for part in text.split("\n"))
    return round((lines * size * 1.2 + len(paragraphs) * 4 + 8) * _POINTS)


def fitting(paragraphs: Sequence[str], frame: Frame, size: int) -> list[str]:
    """As many of the paragraphs as fit at this size, the last one cut short; at least the beginning of the first."""
    kept: list[str] = []
    for text in paragraphs:
        if height_of([*kept, text], frame.width, size) > frame.height:
            rest = frame.height - height_of(kept, frame.width, size)
            lines = max(0 if kept else 1, int(rest / _POINTS / (size * 1.2)))
            in_line = max(1, int((frame.width / _POINTS - 14) / (size * 0.52)))
            return [*kept, one_line(text, lines * in_line)] if lines else kept
        kept.append(text)
    return kept


def write(text_frame: Any, paragraphs: Sequence[str], *, size: int | None = None, bold: bool | None = None) -> None:
    """Write paragraphs of one run each; size in points, None as the master has it."""
    text_frame.word_wrap = True
    for number, text in enumerate(paragraphs or [""]):
        paragraph = text_frame.paragraphs[0] if number == 0 else text_frame.add_paragraph()
        paragraph.space_after = Pt(4)
        for part_number, part in enumerate(xml_text(text).split("\n")):
            if part_number:
                paragraph.add_line_break()
            run = paragraph.add_run()
            run.text = part.replace("\t", " ")
            run.font.size = None if size is None else Pt(size)
            run.font.bold = bold


def add_text(slide: Any, frame: Frame, paragraphs: Sequence[str], largest: int = 20, smallest: int = 12) -> Any:
    """A text box whose text fits; what does not fit even at the smallest size is cut."""
    box = slide.shapes.add_textbox(*frame.place)
    texts = [xml_text(text) for text in paragraphs]
    size = fitting_size(texts, frame, largest, smallest)
    write(box.text_frame, fitting(texts, frame, size), size=size)
    return box


def add_tile(slide: Any, frame: Frame, sign: Sign, count: str, words: str) -> None:
    """A number with its sign and words on the sign's pale ground."""
    box = slide.shapes.add_textbox(*frame.place)
    box.fill.solid()
    box.fill.fore_color.rgb = colour(sign.tint)
    box.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    box.text_frame.auto_size = MSO_AUTO_SIZE.NONE
    write(box.text_frame, [count, f"{sign.character} {words}"], size=14, bold=True)
    box.text_frame.paragraphs[0].runs[0].font.size = Pt(40)
    for paragraph in box.text_frame.paragraphs:
        for run in paragraph.runs:
            run.font.color.rgb = colour(sign.colour)


# --- tables -----------------------------------------------------------------------------------------------------------


def add_table(
    slide: Any,
    frame: Frame,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    signs: Sequence[Sign | None] = (),
    style: str = "",
) -> Any:
    """A table with a header row; `widths` are shares of the frame; `signs` colour the second cell of their row.

    The text of all cells has one size, at which the table fits into the frame. `style` is a table style's GUID.
    """
    width = [round(frame.width * share) for share in widths]
    size = _table_size([header, *rows], width, frame.height)
    shape = slide.shapes.add_table(len(rows) + 1, len(header), *frame.place)
    table = shape.table
    if style:
        shape._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId")).text = style
    table.horz_banding = False
    for column, wide in zip(table.columns, width, strict=True):
        column.width = Emu(wide)
    for number, cells in enumerate([header, *rows]):
        table.rows[number].height = Emu(_row_height(cells, width, size))
        for column, text in enumerate(cells):
            cell = table.cell(number, column)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            write(cell.text_frame, [text], size=size, bold=number == 0 or None)
            sign = signs[number - 1] if number and signs and column == 1 else None
            if sign is not None:
                cell.fill.solid()
                cell.fill.fore_color.rgb = colour(sign.tint)
                for run in cell.text_frame.paragraphs[0].runs:
                    run.font.bold, run.font.color.rgb = True, colour(sign.colour)
    return shape


def _row_height(cells: Sequence[str], widths: Sequence[int], size: int) -> int:
    return max(height_of([text], wide, size) for text, wide in zip(cells, widths, strict=True))


def _table_size(rows: Sequence[Sequence[str]], widths: Sequence[int], height: int) -> int:
    """The largest size from 18 to 9 points at which the rows are not too high; down to 13 no word is broken either."""
    size = next((s for s in range(18, 9, -1) if sum(_row_height(cells, widths, s) for cells in rows) <= height), 9)
    while size > _SMALLEST_FOR_WORDS and any(_breaks_a_word(cells, widths, size) for cells in rows):
        size -= 1
    return size


def _breaks_a_word(cells: Sequence[str], widths: Sequence[int], size: int) -> bool:
    return any(
        max((len(word) for word in text.split()), default=0) * size * 0.52 > wide / _POINTS - 14
        for text, wide in zip(cells, widths, strict=True)
    )


# --- charts -----------------------------------------------------------------------------------------------------------


@contextmanager
def _text_stays_text(file: io.BytesIO) -> Iterator[tuple[Any, Any]]:
    """A workbook in which no text becomes a formula or a link."""
    workbook = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    yield workbook, workbook.add_worksheet()
    workbook.close()


class _Categories(CategoryWorkbookWriter):
    def _open_worksheet(self, xlsx_file: io.BytesIO) -> Any:
        return _text_stays_text(xlsx_file)


class _Points(XyWorkbookWriter):
    def _open_worksheet(self, xlsx_file: io.BytesIO) -> Any:
        return _text_stays_text(xlsx_file)


class CategoryData(CategoryChartData):
    """Series over categories; in the chart's workbook text stays text."""

    @property
    def _workbook_writer(self) -> _Categories:
        return _Categories(self)


class PointData(XyChartData):
    """Series of points; in the chart's workbook text stays text."""

    @property
    def _workbook_writer(self) -> _Points:
        return _Points(self)


def add_chart(slide: Any, frame: Frame, kind: Any, data: Any, title: str, alt: str, size: int = 14) -> Any:
    """A native chart with alternative text and a legend, in the master's font, `size` in points."""
    shape = slide.shapes.add_chart(kind, *frame.place, data)
    describe(shape, title, alt)
    chart = shape.chart
    chart.font.size = Pt(size)
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    return chart


def pale_grid(axis: Any) -> None:
    """Gridlines that stay in the background."""
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = colour(LINE)
    axis.major_gridlines.format.line.width = Pt(0.75)


def last_series_as_line(chart: Any) -> None:
    """Move the last series of a column chart into a line chart on the same axes."""
    area = chart._chartSpace.chart.plotArea
    columns = area.find(qn("c:barChart"))
    series = columns.findall(qn("c:ser"))[-1]
    columns.remove(series)
    for inverted in series.findall(qn("c:invertIfNegative")):
        series.remove(inverted)
    line = OxmlElement("c:lineChart")
    columns.addnext(line)
    child(line, "c:grouping").set("val", "standard")
    child(line, "c:varyColors").set("val", "0")
    line.append(series)
    child(line, "c:marker").set("val", "1")
    for axis in columns.findall(qn("c:axId")):
        child(line, "c:axId").set("val", axis.get("val"))


def positive_axis_ids(chart: Any) -> None:
    """The library's negative axis ids as positive ones: the schema knows no others."""
    for tag in ("c:axId", "c:crossAx"):
        for element in chart._chartSpace.iter(qn(tag)):
            element.set("val", element.get("val").lstrip("-"))


# --- accessibility ----------------------------------------------------------------------------------------------------


def describe(shape: Any, title: str, alt: str) -> None:
    """Give a chart or table its alternative text."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("title", one_line(title, 120))
    properties.set("descr", one_line(alt, MOST_IN_ALT))


def set_language(part: Any, tag: str) -> None:
    """Say the language of every run, field and default in a part's XML."""
    for run in part.iter(qn("a:r"), qn("a:fld"), qn("a:br")):
        if run.find(qn("a:rPr")) is None:
            run.insert(0, OxmlElement("a:rPr"))
    for properties in part.iter(qn("a:rPr"), qn("a:defRPr"), qn("a:endParaRPr")):
        properties.set("lang", tag)


def add_footer(slide: Any, texts: Sequence[str], width: int, height: int) -> None:
    """The footer and slide number of the layout, with the first of the texts that fits, the last one at the latest.

    A small text box with the first of them where the layout has no footer.
    """
    has_footer, text, size = False, one_line(texts[0]), 0
    for shape in slide.slide_layout.placeholders:
        kind = shape.placeholder_format.type
        if kind not in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            continue
        copied = _copied(slide, shape)
        paragraph = copied.find(qn("p:txBody")).find(qn("a:p"))
        if kind is PP_PLACEHOLDER.FOOTER:
            has_footer = True
            text, size = _footer_that_fits(texts, place_of(shape, Frame(0, 0, width // 3, height // 20)))
            run = child(paragraph, "a:r")
        else:
            run = child(paragraph, "a:fld")
            run.set("id", "{C1FF6DA9-008F-8B48-92A6-B652298478BF}")
            run.set("type", "slidenum")
        properties = child(run, "a:rPr")
        if kind is PP_PLACEHOLDER.FOOTER and size:
            properties.set("sz", str(100 * size))
        # LibreOffice takes the footer's font for its own default unless the run names the theme's
        child(properties, "a:latin").set("typeface", "+mn-lt")
        number = slide.part.package.presentation_part.presentation.slides.index(slide) + 1
        child(run, "a:t").text = text if kind is PP_PLACEHOLDER.FOOTER else str(number)
    if not has_footer:
        box = slide.shapes.add_textbox(
            Emu(width // 20), Emu(round(height * 0.945)), Emu(round(width * 0.8)), Emu(height // 24)
        )
        write(box.text_frame, [text], size=10)


def _footer_that_fits(texts: Sequence[str], frame: Frame) -> tuple[str, int]:
    """A text and its size in points, 0 for the master's own."""
    lines = [one_line(text) for text in texts]
    in_line = frame.width / _POINTS / (10 * 0.52)
    for line in lines:
        if len(line) <= in_line:
            return line, 0
    return lines[-1], fitting_size([lines[-1]], frame, 9, 6)


def _copied(slide: Any, placeholder: Any) -> Any:
    """A placeholder of the layout, empty, on the slide."""
    source = placeholder._element
    number = max((int(i) for i in slide.shapes._spTree.xpath(".//p:cNvPr/@id")), default=1) + 1
    shape = child(slide.shapes._spTree, "p:sp")
    outer = child(shape, "p:nvSpPr")
    name = child(outer, "p:cNvPr")
    name.set("id", str(number))
    name.set("name", placeholder.name)
    child(child(outer, "p:cNvSpPr"), "a:spLocks").set("noGrp", "1")
    held = child(child(outer, "p:nvPr"), "p:ph")
    for key, value in source.xpath("./p:nvSpPr/p:nvPr/p:ph")[0].attrib.items():
        held.set(key, value)
    child(shape, "p:spPr")
    body = child(shape, "p:txBody")
    child(body, "a:bodyPr")
    child(body, "a:lstStyle")
    child(body, "a:p")
    return shape
