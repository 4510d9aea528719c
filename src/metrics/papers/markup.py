"""HTML and SVG made of elements: what is not an element is text, and text never becomes markup."""

from __future__ import annotations

import base64
import hashlib
import html
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Child = str | None
"""An element, or a text; None is left out."""

_VOID = frozenset({"br", "link", "meta"})
_DRAWN = frozenset({"circle", "line", "path", "polyline", "rect"})
_DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NO_CHARACTER = "\ufffd"


class Markup(str):
    """Finished HTML or SVG."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; numbers stand at the right."""

    title: str
    number: bool = False


def el(name: str, /, *children: Child, **attributes: object) -> Markup:
    """An element. Attributes: `class_` is class, `data_x` is data-x; True stands alone, None and False are left out."""
    told = "".join(_attribute(key, value) for key, value in attributes.items())
    inner = [as_markup(child) for child in children if child]
    if name in _VOID:
        return Markup(f"<{name}{told}>")
    if name in _DRAWN and not inner:
        return Markup(f"<{name}{told}/>")
    return Markup("".join([f"<{name}{told}>", *inner, f"</{name}>"]))


def join(children: Iterable[Child]) -> Markup:
    """Elements and texts one after the other."""
    return Markup("".join(as_markup(child) for child in children if child is not None))


def as_markup(child: str) -> Markup:
    """An element as it is, a text escaped."""
    return child if isinstance(child, Markup) else Markup(html.escape(visible(child)))


def visible(text: str) -> str:
    """The text without control characters, halves of characters and switches of direction."""
    if text.isprintable():
        return text
    return "".join(map(_visible, text))


def paragraphs(text: str) -> Markup:
    """A paragraph for each line that says something."""
    return join(el("p", line.strip()) for line in text.splitlines() if line.strip())


def shortened(text: str, limit: int) -> str:
    """The text on one line, cut between words with "…" where it is longer than `limit` characters."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    cut = flat[: limit - 2]
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut).rstrip(" ,;:–") + " …"


def table(caption: str, columns: Sequence[Column], rows: Iterable[Sequence[str]], *, shown: bool = True) -> Markup:
    """A table whose first column names its rows, in a box that scrolls of itself on narrow screens.

    `shown`: whether the caption is seen, or only heard.
    """
    head = join(el("th", column.title, scope="col", class_="number" if column.number else None) for column in columns)
    body = join(el("tr", *_cells(columns, row)) for row in rows)
    heading = el("caption", caption, class_=None if shown else "heard")
    return el(
        "div",
        el("table", heading, el("thead", el("tr", head)), el("tbody", body)),
        class_="scroll",
        tabindex=0,
        role="group",
        aria_label=caption,
    )


def source_hash(text: str) -> str:
    """The source expression that lets exactly this style or script through a content security policy."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def page(
    title: str, language: str, style: str, body: Markup, *, script: str = "", font: bool = False, listed: bool = True
) -> bytes:
    """A whole page in UTF-8 that loads nothing, sends nothing and runs only `style` and `script`.

    `font`: whether the style carries fonts. `listed`: whether search engines may list it.
    """
    policy = ["default-src 'none'", f"style-src {source_hash(style)}", "base-uri 'none'", "form-action 'none'"]
    policy += ["font-src data:"] if font else []
    policy += [f"script-src {source_hash(script)}"] if script else []
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content="; ".join(policy)),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="referrer", content="no-referrer"),
        None if listed else el("meta", name="robots", content="noindex"),
        el("title", title),
        el("style", Markup(style)),
    )
    running = el("script", Markup(script)) if script else ""
    opened, closed = f"<html{_attribute('lang', language)}>", "</body></html>\n"
    # a page may be megabytes: it is put together once, not once for each element around it
    return "".join(["<!DOCTYPE html>\n", opened, head, "<body>", body, running, closed]).encode()


def _cells(columns: Sequence[Column], row: Sequence[str]) -> list[Markup]:
    first, *others = row
    named = el("th", first, scope="row")
    return [
        named,
        *(
            el("td", cell, class_="number" if column.number else None)
            for column, cell in zip(columns[1:], others, strict=True)
        ),
    ]


def _attribute(key: str, value: object) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{html.escape(visible(str(value)))}"'


def _visible(character: str) -> str:
    if character in "\n\t":
        return character
    if character in _DIRECTION_OVERRIDES or unicodedata.category(character) == "Cc":
        return ""
    code = ord(character)
    broken = unicodedata.category(character) == "Cs" or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return _NO_CHARACTER if broken else character
