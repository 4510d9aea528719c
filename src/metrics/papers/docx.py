"""Text blocks for the council information system, in its registers: as plain text to copy, and as a Word file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt, RGBColor

from metrics.locale.catalogue import Language, translate
from metrics.locale.formats import day, euros
from metrics.papers.model import Decision, GoalPage, IndicatorLine, Paper
from metrics.papers.ooxml import one_line, same_bytes, xml_text
from metrics.papers.style import ACCENT, GREY, LINE, PALE
from metrics.papers.telling import (
    LANGUAGE_TAGS,
    actual_told,
    basis_told,
    course_told,
    in_unit,
    indicator_title,
    sign_of,
    withheld_told,
)

_FONT = "Calibri"
_LEFTOVERS = ("/thumbnail", "/stylesWithEffects")


def text_blocks(paper: Paper) -> dict[str, str]:
    """The text of each register of a council information system, by its name, in the order of the registers.

    Plain text: paragraphs are separated by an empty line, points of the decision are numbered lines.
    """
    language = paper.language
    blocks = {
        translate("Beschlussvorschlag", language): _proposal_text(paper, language),
        translate("Sachdarstellung", language): _facts_text(paper, language),
        translate("Finanzielle Auswirkungen", language): "\n".join(_finances(paper, language)),
        translate("Klimarelevanz", language): "\n\n".join(_paragraphs(paper.climate) or [_no_text(language)]),
        translate("Anlagen", language): "\n".join(_enclosures(language)),
    }
    return {register: xml_text(text) for register, text in blocks.items()}


def text_blocks_docx(paper: Paper) -> bytes:
    """The same registers as a Word file (.docx) with headings, a numbered list and a table of the indicators."""
    language = paper.language
    document = Document()
    _drop_leftovers(document)
    _set_up(document, paper, language)
    document.add_paragraph(one_line(paper.head.title), style="Title")
    _paragraph(document, translate("Textbausteine für das Ratsinformationssystem", language), style="Subtitle")
    _paragraph(document, _head_line(paper, language))
    _paragraph(document, basis_told(paper, language))
    document.add_heading(translate("Beschlussvorschlag", language), 1)
    _proposal(document, paper, language)
    document.add_heading(translate("Sachdarstellung", language), 1)
    _facts(document, paper, language)
    document.add_heading(translate("Finanzielle Auswirkungen", language), 1)
    for text in _finances(paper, language):
        _paragraph(document, text)
    document.add_heading(translate("Klimarelevanz", language), 1)
    for text in _paragraphs(paper.climate) or [_no_text(language)]:
        _paragraph(document, text)
    document.add_heading(translate("Anlagen", language), 1)
    for text in _enclosures(language):
        _paragraph(document, text, style="List Bullet")
    made = io.BytesIO()
    document.save(made)
    return same_bytes(made.getvalue(), paper.basis.frozen_at)


# --- what the registers say -------------------------------------------------------------------------------------------


def _head_line(paper: Paper, language: Language) -> str:
    head = paper.head
    told = [head.committee, day(head.held_on, language)]
    if head.agenda_item:
        told.append(translate("Tagesordnungspunkt {item}", language, item=head.agenda_item))
    if head.paper_number:
        told.append(translate("Drucksache {paper_number}", language, paper_number=head.paper_number))
    if head.file_reference:
        told.append(translate("Aktenzeichen {reference}", language, reference=head.file_reference))
    return " · ".join(told)


def _no_text(language: Language) -> str:
    return translate("Hierzu ist nichts eingetragen.", language)


def _proposal_text(paper: Paper, language: Language) -> str:
    if not paper.decisions:
        return _no_text(language)
    return "\n".join(f"{decision.number}. {_decision_told(decision, language)}" for decision in paper.decisions)


def _decision_told(decision: Decision, language: Language) -> str:
    details = [
        translate("Betrag: {amount}", language, amount=euros(decision.amount, language))
        if decision.amount is not None
        else "",
        translate("Produkt {product}", language, product=decision.product) if decision.product else "",
    ]
    told = "; ".join(detail for detail in details if detail)
    text = xml_text(decision.text)
    return f"{text} ({told})" if told else text


def _facts_text(paper: Paper, language: Language) -> str:
    parts = [*_paragraphs(paper.summary), *_paragraphs(paper.facts), *paper.changes]
    for goal in paper.goals:
        lines = [f"{one_line(goal.title)} – {course_told(goal.course, language)}", *_goal_paragraphs(goal, language)]
        lines += [f"– {_indicator_told(line, language)}" for line in goal.indicators]
        parts.append("\n".join(lines))
    parts += [part for part in (_follow_ups_told(paper, language), withheld_told(paper, language)) if part]
    return xml_text("\n\n".join(parts)) or _no_text(language)


def _goal_paragraphs(goal: GoalPage, language: Language) -> list[str]:
    told = [*_paragraphs(goal.text), *_paragraphs(goal.assessment or goal.generated)]
    if goal.consequence:
        told.append(translate("Folgerung: {text}", language, text=xml_text(goal.consequence)))
    return told


def _indicator_told(line: IndicatorLine, language: Language) -> str:
    told = translate(
        "{title}: Ist {actual}, Plan heute {plan}, Ziel {target}; {course}",
        language,
        title=one_line(indicator_title(line, language)),
        actual=actual_told(line, language),
        plan=in_unit(line, line.expected, language),
        target=in_unit(line, line.target, language),
        course=course_told(line.course, language),
    )
    return f"{told}. {one_line(line.reason)}" if line.reason else told


def _follow_ups_told(paper: Paper, language: Language) -> str:
    lines = [
        translate(
            "{kind} vom {sitting}: {text} – {state}",
            language,
            kind=item.kind,
            sitting=item.from_sitting,
            text=one_line(item.text),
            state=f"{item.state}, {translate('überfällig', language)}" if item.overdue else item.state,
        )
        + (f". {one_line(item.result)}" if item.result else "")
        for item in paper.follow_ups
    ]
    return "\n".join([translate("Aus früheren Sitzungen:", language), *lines]) if lines else ""


def _finances(paper: Paper, language: Language) -> list[str]:
    return _paragraphs(paper.finances) or [_no_text(language)]


def _enclosures(language: Language) -> list[str]:
    return [
        translate("Anlage 1: Bericht (PDF)", language),
        translate("Anlage 2: Datenblatt mit allen Werten (XLSX)", language),
        translate("Anlage 3: Präsentation für die Sitzung (PPTX)", language),
    ]


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in xml_text(text).split("\n") if line.strip()]


# --- how the file shows it --------------------------------------------------------------------------------------------


def _proposal(document: Any, paper: Paper, language: Language) -> None:
    if not paper.decisions:
        _paragraph(document, _no_text(language))
    for decision in paper.decisions:
        _paragraph(document, _decision_told(decision, language), style="List Number")


def _facts(document: Any, paper: Paper, language: Language) -> None:
    for text in (*_paragraphs(paper.summary), *_paragraphs(paper.facts)):
        _paragraph(document, text)
    for change in paper.changes:
        _paragraph(document, change, style="List Bullet")
    for goal in paper.goals:
        document.add_heading(one_line(goal.title), 2)
        status = _paragraph(document, course_told(goal.course, language))
        status.runs[0].bold = True
        status.runs[0].font.color.rgb = _colour(sign_of(goal.course).colour)
        for text in _goal_paragraphs(goal, language):
            _paragraph(document, text)
    lines = paper.indicators
    if lines:
        document.add_heading(translate("Indikatoren im Überblick", language), 2)
        _table(document, lines, language)
    follow_ups = _follow_ups_told(paper, language)
    if follow_ups:
        document.add_heading(translate("Was aus früheren Sitzungen geworden ist", language), 2)
        for text in follow_ups.split("\n")[1:]:
            _paragraph(document, text, style="List Bullet")
    withheld = withheld_told(paper, language)
    if withheld:
        _paragraph(document, withheld)
    if not (paper.summary or paper.facts or paper.changes or paper.goals or follow_ups or withheld):
        _paragraph(document, _no_text(language))


def _paragraph(document: Any, text: str, style: str | None = None) -> Any:
    """A paragraph of one run for each line."""
    paragraph = document.add_paragraph(style=style)
    _write(paragraph, text)
    return paragraph


def _write(paragraph: Any, text: str) -> Any:
    for number, part in enumerate(xml_text(text).split("\n")):
        if number:
            paragraph.runs[-1].add_break(WD_BREAK.LINE)
        paragraph.add_run(part)
    return paragraph


def _table(document: Any, lines: Sequence[IndicatorLine], language: Language) -> None:
    """The indicators; the header row is repeated on each page, and no row is torn apart."""
    header = [
        translate("Indikator", language),
        translate("Start", language),
        translate("Plan heute", language),
        translate("Ist", language),
        translate("Zielwert", language),
        translate("Status", language),
    ]
    widths = [Cm(6.0), Cm(2.1), Cm(2.3), Cm(2.1), Cm(2.1), Cm(2.9)]
    table = document.add_table(rows=len(lines) + 1, cols=len(header), style="Table Grid")
    table.autofit = False
    properties = table._tbl.tblPr
    for tag, text in (
        ("w:tblCaption", translate("Indikatoren im Überblick", language)),
        ("w:tblDescription", translate("Je Indikator Start, Plan heute, Ist, Ziel und Status.", language)),
    ):
        _child(properties, tag, text)
    _borders(properties)
    for column, width in zip(table._tbl.tblGrid, widths, strict=True):
        column.set(qn("w:w"), str(round(width / 635)))
    for number, row in enumerate(table._tbl.tr_lst):
        cells = header if number == 0 else _row(lines[number - 1], language)
        sign = None if number == 0 else sign_of(lines[number - 1].course)
        row_properties = row.get_or_add_trPr()
        row_properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            row_properties.append(OxmlElement("w:tblHeader"))
        for column, (cell, text) in enumerate(zip(row.tc_lst, cells, strict=True)):
            cell.width = widths[column]
            _fill_cell(cell, text, bold=number == 0, right=0 < column < 5)
            if number == 0:
                _shade(cell, PALE)
            elif sign is not None and column == 5:
                _shade(cell, sign.tint)
                _colour_runs(cell, sign.colour)


def _row(line: IndicatorLine, language: Language) -> list[str]:
    title = one_line(indicator_title(line, language))
    if line.reason:
        title += "\n" + one_line(line.reason)
    return [
        title,
        in_unit(line, line.baseline, language),
        in_unit(line, line.expected, language),
        actual_told(line, language),
        in_unit(line, line.target, language),
        course_told(line.course, language),
    ]


def _fill_cell(cell: Any, text: str, *, bold: bool, right: bool) -> None:
    paragraph = cell.p_lst[0]
    settings = paragraph.get_or_add_pPr()
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:before"), "30")
    spacing.set(qn("w:after"), "30")
    settings.append(spacing)
    if right:
        _child(settings, "w:jc", "right")
    for number, part in enumerate(xml_text(text).split("\n")):
        run = paragraph.add_r()
        properties = run.get_or_add_rPr()
        if bold:
            properties.append(OxmlElement("w:b"))
        _child(properties, "w:sz", "19")
        if number:
            run.append(OxmlElement("w:br"))
        written = OxmlElement("w:t")
        written.text = part
        written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(written)


def _colour_runs(cell: Any, colour: str) -> None:
    for properties in cell.iter(qn("w:rPr")):
        size = properties.find(qn("w:sz"))
        coloured = OxmlElement("w:color")
        coloured.set(qn("w:val"), colour[1:].upper())
        size.addprevious(OxmlElement("w:b"))
        size.addprevious(coloured)


def _shade(cell: Any, fill: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:color"), "auto")
    shade.set(qn("w:fill"), fill[1:].upper())
    cell.get_or_add_tcPr().append(shade)


def _borders(properties: Any) -> None:
    """Lines between the rows alone."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "nil" if side in ("left", "right", "insideV") else "single")
        line.set(qn("w:sz"), "4")
        line.set(qn("w:color"), LINE[1:].upper())
        borders.append(line)
    properties.find(qn("w:tblLayout")).addprevious(borders)


def _child(parent: Any, tag: str, value: str) -> None:
    made = OxmlElement(tag)
    made.set(qn("w:val"), value)
    parent.append(made)


def _set_up(document: Any, paper: Paper, language: Language) -> None:
    """A4, font, language and properties."""
    head, tag = paper.head, LANGUAGE_TAGS[language]
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        *(Cm(2), Cm(1.5)),
        *(Cm(2), Cm(2)),
    )
    styles = document.styles
    for name, size, colour in (
        ("Normal", 11, None),
        ("Title", 20, ACCENT),
        ("Subtitle", 13, GREY),
        ("Heading 1", 15, ACCENT),
        ("Heading 2", 12, ACCENT),
    ):
        style = styles[name]
        style.font.size = Pt(size)
        _font(style.element.get_or_add_rPr())
        if colour:
            style.font.color.rgb = _colour(colour)
            style.font.italic = False
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for language_of_text in styles.element.iter(qn("w:lang")):
        language_of_text.set(qn("w:val"), tag)
    about = document.core_properties
    about.title, about.author = one_line(head.title, 250), one_line(head.office, 250)
    about.subject, about.language = one_line(head.committee, 250), tag
    about.keywords = about.comments = about.category = ""
    about.last_modified_by, about.revision = about.author, 1
    about.created = about.modified = datetime.combine(paper.basis.frozen_at, time())


def _font(properties: Any) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), _FONT)


def _colour(value: str) -> RGBColor:
    return RGBColor.from_string(value[1:].upper())


def _drop_leftovers(document: Any) -> None:
    """The preview and the second set of styles of the library's own file do not fit this one."""
    for rels in (document.part.package.rels, document.part.rels):
        for key, rel in list(rels.items()):
            if rel.reltype.endswith(_LEFTOVERS):
                del rels[key]
