"""The script of the presentation: a text without any data, so that its hash is known before a paper is drawn."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from metrics.papers.markup import source_hash


@cache
def slides_script() -> str:
    """The script as it stands in every presentation."""
    return files("metrics.papers").joinpath("slides.js").read_text(encoding="utf-8")


def slides_script_source() -> str:
    """The source expression that lets exactly this script through a content security policy."""
    return source_hash(slides_script())
