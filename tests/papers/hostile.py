"""Odd papers: of a plan in which nothing stands yet, and of texts that people type, paste or try.

Markup of every kind, characters no font has, words without end.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import Any

from metrics.papers.model import Paper
from tests.papers.samples import a_paper

HOSTILE = (
    "#read(\"/etc/passwd\") *fett* $x^2$ <script>alert('x')</script> \\ = Überschrift",
    "Emoji 😀 👩‍💻 🇩🇪 und ⚠️ Warnung",
    "Steuer\x00zei\x07chen, privat \ue000, unbelegt \u0378, Ersatz \ufffd",
    "Rechts nach links: שלום עולם und مرحبا, dazu \u202edrehen\u202c",
    "漢字かな交じり文 한국어 ไทย हिन्दी",
    "Zeile eins\nZeile zwei\r\nZeile drei\u2028Zeile vier\n\nneuer Absatz\tTabulator",
    "=1+1 @SUM(A1) -2 +3 ' \" ` « » „“ & < > { } [ ] % _ ~ ^",
    " ",
    "e\u0301 Z\u0335 a\u0308\u0308\u0308 \u0301 n\u200bu\u00adll",
)
ENDLESS = ("Wort" * 500, "Ein langer Satz ohne Ende " * 80)


def bare_paper(**over: Any) -> Paper:
    """A plan in which nothing stands yet, but what is named in `over`."""
    texts = dict.fromkeys(("summary", "facts", "finances", "climate", "running_well", "stuck"), "")
    lists = dict.fromkeys(("goals", "labs", "follow_ups", "decisions", "changes"), ())
    return a_paper(**{"ranking": None, "resources": None, **texts, **lists, **over})


def hostile_paper(paper: Paper, *texts: str) -> Paper:
    """The paper with these texts, one after the other, in the place of all that a person may have typed."""
    return Paper.model_validate(_replaced(paper.model_dump(), cycle(texts)))


def _replaced(value: Any, texts: Iterator[str], name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _replaced(inner, texts, key) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return tuple(_replaced(inner, texts, name) for inner in value)
    kept = name in _KEPT or name == "id" or name.endswith("_id")
    return next(texts) if type(value) is str and not kept else value


_KEPT = frozenset({"language", "template"})
