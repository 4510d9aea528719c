"""The glossary names what there is: every kind of record, and only files and names that the code has."""

from __future__ import annotations

import re

from metrics.domain.kinds import KINDS
from metrics.locale.words import kind_name
from tests.locale.test_vocabulary import ROOT

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
QUOTED = re.findall(r"`([^`]+)`", GLOSSARY)
SOURCE = "\n".join(file.read_text("utf-8") for file in (ROOT / "src/metrics").rglob("*.py"))


def test_every_kind_of_record_is_in_the_glossary() -> None:
    assert [
        kind for kind in KINDS if not re.search(rf"^\|.*\b{kind_name(kind, 'de')}\b.*\|", GLOSSARY, re.MULTILINE)
    ] == []


def test_every_file_the_glossary_names_exists() -> None:
    files = [name for name in QUOTED if name.endswith(".py")]
    assert len(files) > 20
    assert [name for name in files if not (ROOT / "src/metrics" / name).exists()] == []


def test_every_name_the_glossary_quotes_is_in_the_code() -> None:
    names = {part for name in QUOTED if "/" not in name for part in name.split(".")}
    assert [name for name in sorted(names) if not re.search(rf"\b{re.escape(name)}\b", SOURCE)] == []
