"""The fonts inside the offline presentation are those of the papers, cut to what they are said to hold."""

from __future__ import annotations

from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from metrics.papers.web_fonts import FILES, LETTERS, SIGNS
from tests.papers.cut_fonts import cut


@pytest.mark.parametrize("weight", FILES)
def test_the_files_are_what_cutting_gives(weight: int) -> None:
    with TTFont(BytesIO(cut(weight))) as made, TTFont(FILES[weight]) as kept:
        assert kept.flavor == "woff"
        assert set(kept.getBestCmap()) == set(made.getBestCmap()) == {*LETTERS, *SIGNS} & set(made.getBestCmap())
        assert kept.keys() == made.keys()
        tables = [table for table in made.keys() if table not in ("GlyphOrder", "head")]  # noqa: SIM118 - no dict
        assert [table for table in tables if kept.getTableData(table) != made.getTableData(table)] == []
