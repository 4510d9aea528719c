"""What slides are built on: the city's own master if it is given, else a plain one in the colours of the papers."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Slides
from pptx.slide import SlideLayout
from pptx.util import Emu, Length

from metrics.domain.refusals import MasterNotReadable
from metrics.papers.slide_parts import child
from metrics.papers.style import ACCENT, GREY

MOST_BYTES, MOST_BYTES_UNPACKED, MOST_PARTS = 40 * 2**20, 400 * 2**20, 5_000
"""A master beyond this is refused: 40 MB as a file, 400 MB unpacked."""

_CONTENT_TYPES = "[Content_Types].xml"
_TEMPLATE, _PRESENTATION = b"presentationml.template.main+xml", b"presentationml.presentation.main+xml"
_MACROS = (b"macroEnabled", b"vbaProject")
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_WIDE, _HIGH = Emu(12_192_000), Emu(6_858_000)
_LEFT, _ACROSS = Emu(576_000), Emu(11_040_000)
_TABLE, _PLAIN_TABLE = "{3C2FFA5D-87B4-456A-9821-1D502468CF0F}", "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The office programs' "Themed Style 1 - Accent 1", and "No Style, No Grid"."""
_READABLE = 4.5
_THEME_COLOURS = {
    "dk2": ACCENT,
    "accent1": ACCENT,
    "accent2": "#9a4a00",
    "accent3": "#237a71",
    "accent4": "#a0174f",
    "accent5": "#5b3f8c",
    "accent6": "#5b6670",
}


def slides_on(master: bytes | None) -> Slides:
    """An empty presentation on this master (a .pptx or .potx), or on our own.

    Raises MasterNotReadable if the file is none, damaged or too large, carries macros, or has no layout with a title.
    """
    if master is None:
        return _own()
    slides = _opened(master)
    _without_slides(slides)
    if not any(_title_of(layout) is not None for layout in slides.slide_layouts):
        raise MasterNotReadable(problem="no_title_layout")
    return slides


def title_layout(slides: Slides) -> SlideLayout:
    """The layout for the first slide."""
    return _layout(slides, ("title", "titleOnly"))


def content_layout(slides: Slides) -> SlideLayout:
    """The layout for all others: a title and as little else as possible."""
    return _layout(slides, ("titleOnly", "obj"))


def title_size(layout: SlideLayout) -> int:
    """The size of the layout's titles in points, from the layout, its master or its master's style."""
    title, master = _title_of(layout), layout.slide_master
    placeholders: Any = master.placeholders
    holders = [title._element] if title is not None else []
    holders += [shape._element for shape in placeholders if shape.placeholder_format.type in _TITLES]
    for holder in holders:
        sizes = holder.xpath("./p:txBody/a:lstStyle/a:lvl1pPr/a:defRPr/@sz")
        if sizes:
            return int(sizes[0]) // 100
    sizes = master._element.xpath("./p:txStyles/p:titleStyle/a:lvl1pPr/a:defRPr/@sz")
    return int(sizes[0]) // 100 if sizes else 44


def table_style(slides: Slides) -> str:
    """The GUID of the table style for this master: with a header in its first accent colour, or without colours."""
    return _TABLE if accent_is_readable(slides) else _PLAIN_TABLE


def accent_is_readable(slides: Slides) -> bool:
    """Whether the master's ground is light and white can be read on its first accent colour."""
    master = slides.slide_master
    ground = master._element.xpath("./p:clrMap/@bg1")
    themes = [rel.target_part.blob for rel in master.part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.THEME]
    theme = themes[0] if themes else b""
    found = re.search(rb"<a:accent1>\s*<a:srgbClr val=\"([0-9A-Fa-f]{6})", theme)
    return ground == ["lt1"] and found is not None and _contrast_with_white(found[1].decode()) >= _READABLE


def _contrast_with_white(value: str) -> float:
    """1 to 21 for a colour of six hexadecimal digits, as the accessibility guidelines define it."""
    parts = [int(value[k : k + 2], 16) / 255 for k in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _layout(slides: Slides, kinds: tuple[str, ...]) -> SlideLayout:
    with_title = [layout for layout in slides.slide_layouts if _title_of(layout) is not None]
    for kind in kinds:
        for layout in with_title:
            if layout._element.get("type") == kind:
                return layout
    return min(with_title, key=lambda layout: len(layout.placeholders))


def _title_of(layout: SlideLayout) -> Any:
    placeholders: Any = layout.placeholders
    return next((shape for shape in placeholders if shape.placeholder_format.type in _TITLES), None)


# --- the city's master ------------------------------------------------------------------------------------------------


def _opened(master: bytes) -> Slides:
    if len(master) > MOST_BYTES:
        raise MasterNotReadable(problem="too_large")
    try:
        return Presentation(io.BytesIO(_as_presentation(master)))
    except MasterNotReadable:
        raise
    except Exception as error:  # a damaged package fails in the ZIP, in the XML or in the library, each in its own way
        raise MasterNotReadable(problem="damaged") from error


def _as_presentation(master: bytes) -> bytes:
    """The package with the content type of a presentation where it is that of a template."""
    if not zipfile.is_zipfile(io.BytesIO(master)):
        raise MasterNotReadable(problem="no_presentation")
    with zipfile.ZipFile(io.BytesIO(master)) as package:
        parts = package.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES_UNPACKED:
            raise MasterNotReadable(problem="too_large")
        types = package.read(_CONTENT_TYPES) if _CONTENT_TYPES in package.namelist() else b""
        if any(word in types for word in _MACROS):
            raise MasterNotReadable(problem="macros")
        if _TEMPLATE not in types and _PRESENTATION not in types:
            raise MasterNotReadable(problem="no_presentation")
        if _TEMPLATE not in types:
            return master
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
            for part in parts:
                content = package.read(part.filename)
                is_types = part.filename == _CONTENT_TYPES
                target.writestr(part.filename, content.replace(_TEMPLATE, _PRESENTATION) if is_types else content)
        return made.getvalue()


def _without_slides(slides: Slides) -> None:
    """Takes the slides out, and what names them: sections, shows for other audiences."""
    root = slides.part._element
    for listed in list(slides.slides._sldIdLst):
        slides.part.drop_rel(listed.rId)
        slides.slides._sldIdLst.remove(listed)
    for shows in root.findall(qn("p:custShowLst")):
        root.remove(shows)
    for extensions in root.findall(qn("p:extLst")):
        for extension in list(extensions):
            if any(held.tag.endswith("}sectionLst") for held in extension):
                extensions.remove(extension)
        if not len(extensions):
            root.remove(extensions)


# --- our own ----------------------------------------------------------------------------------------------------------


def _own() -> Slides:
    slides = Presentation()
    slides.slide_width, slides.slide_height = _WIDE, _HIGH
    slides.part._element.sldSz.attrib.pop("type", None)
    master = slides.slide_master
    for layout in list(slides.slide_layouts):
        if layout._element.get("type") not in ("title", "titleOnly"):
            slides.slide_layouts.remove(layout)
    _place(master, PP_PLACEHOLDER.TITLE, Emu(324_000), Emu(936_000))
    _place(master, PP_PLACEHOLDER.BODY, Emu(1_440_000), Emu(4_680_000))
    _place(master, PP_PLACEHOLDER.FOOTER, Emu(6_408_000), Emu(288_000), Emu(9_600_000))
    _place(master, PP_PLACEHOLDER.SLIDE_NUMBER, Emu(6_408_000), Emu(288_000), Emu(1_080_000), Emu(10_536_000))
    _style_footers(master)
    _style_titles(master)
    for holder in (master, *slides.slide_layouts):
        for shape in list(holder.placeholders):
            if shape.placeholder_format.type is PP_PLACEHOLDER.DATE:
                shape._element.getparent().remove(shape._element)
        for text in holder._element.iter(qn("a:t")):
            text.text = "" if text.getparent().tag == qn("a:r") else text.text
    front = _layout(slides, ("title",))
    _place(front, PP_PLACEHOLDER.CENTER_TITLE, Emu(1_620_000), Emu(1_620_000))
    _place(front, PP_PLACEHOLDER.SUBTITLE, Emu(3_420_000), Emu(1_620_000))
    _style_subtitle(front)
    _colour_theme(master)
    _drop_leftovers(slides)
    return slides


def _place(holder: Any, kind: Any, top: Length, height: Length, width: Length = _ACROSS, left: Length = _LEFT) -> None:
    for shape in holder.placeholders:
        if shape.placeholder_format.type is kind:
            shape.left, shape.top, shape.width, shape.height = left, top, width, height


def _style_footers(master: Any) -> None:
    for shape in master.placeholders:
        if shape.placeholder_format.type in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            for level in shape._element.iter(qn("a:lvl1pPr")):
                level.set("algn", "l" if shape.placeholder_format.type is PP_PLACEHOLDER.FOOTER else "r")
                run = level.find(qn("a:defRPr"))
                run.set("sz", "1000")
                for fill in run.findall(qn("a:solidFill")):
                    fill.remove(fill[0])
                    child(fill, "a:srgbClr").set("val", GREY[1:].upper())


def _style_titles(master: Any) -> None:
    for level in master._element.xpath("./p:txStyles/p:titleStyle/a:lvl1pPr"):
        level.set("algn", "l")
        run = level.find(qn("a:defRPr"))
        run.set("sz", "2800")
        run.set("b", "1")
        for colour in run.iter(qn("a:schemeClr")):
            colour.set("val", "accent1")


def _style_subtitle(front: Any) -> None:
    for shape in front.placeholders:
        if shape.placeholder_format.type is PP_PLACEHOLDER.SUBTITLE:
            for level in shape._element.iter(qn("a:lvl1pPr")):
                level.set("algn", "l")
                for run in level.iter(qn("a:defRPr")):
                    run.set("sz", "2000")
                    for colour in list(run.iter(qn("a:solidFill"))):
                        run.remove(colour)


def _colour_theme(master: Any) -> None:
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = part.blob
    for name, colour in _THEME_COLOURS.items():
        pattern = rb"(<a:" + name.encode() + rb"><a:srgbClr val=\")[0-9A-Fa-f]{6}"
        theme = re.sub(pattern, rb"\g<1>" + colour[1:].upper().encode(), theme)
    part._blob = theme


def _drop_leftovers(slides: Slides) -> None:
    """The preview and printer settings of the library's own file say nothing about this one."""
    for holder in (slides.part.package, slides.part):
        rels = holder._rels
        for key, rel in list(rels.items()):
            if rel.reltype.endswith(("/thumbnail", "/printerSettings")):
                rels.pop(key)
