"""Texts that try to be more than texts, and papers that say nothing else."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from metrics.domain.base import Value
from metrics.papers.model import Paper

HOSTILE = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "</style></title></svg><b>fett</b>",
    '=HYPERLINK("http://example.org")',
    '-->]]>{{7*7}}${7*7}#read("/etc/passwd")',
    "🚀 Zukunft 👩‍🔧",
    "مرحبا بكم \u202everkehrt\u202c",
    "Steuer\x00zeichen\x1b[31m\x7f",
    "Zeile 1\r\nZeile 2\n\n" + "lang" * 60,
    "&lt;schon maskiert&gt; &amp; 'einfach' \"doppelt\"",
    "javascript:alert(1)",
)
_KEYS = frozenset({"language", "indicator_id", "measure_id"})


def hostile(paper: Paper) -> Paper:
    """The paper with a hostile text in every place for text, the ids included."""
    place = iter(range(10**9))

    def told(value: Any) -> Any:
        if isinstance(value, Value):
            fields = {name: getattr(value, name) for name in type(value).model_fields if name not in _KEYS}
            return value.model_copy(update={name: told(field) for name, field in fields.items()})
        if isinstance(value, tuple):
            return tuple(told(item) for item in value)
        return HOSTILE[next(place) % len(HOSTILE)] if type(value) is str else value

    changed: Paper = told(paper)
    return changed


class Elements(HTMLParser):
    """What a browser would see of a page: names of elements, attributes, addresses, texts, styles and scripts."""

    def __init__(self, page: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.names: list[str] = []
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.policy = ""
        self.inside: dict[str, str] = {}
        self.text = ""
        self._open: list[str] = []
        self.feed(page.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self._open.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name in ("href", "src", "action", "data", "xlink:href"):
                self.addresses.append(value or "")
            if name == "id":
                self.ids.append(value or "")
        told = dict(attrs)
        if told.get("http-equiv") == "Content-Security-Policy":
            self.policy = told["content"] or ""

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in ("style", "script"):
            self.inside[self._open[-1]] = self.inside.get(self._open[-1], "") + data
        else:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass
