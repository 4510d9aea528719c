"""The papers' typeface cut down for pages that load nothing: `python -m tests.papers.cut_fonts` writes the files anew.

Cutting takes three seconds, which every package would have to wait for; so what was cut comes with the program.
"""

from __future__ import annotations

from io import BytesIO

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from metrics.papers.printable import FONTS
from metrics.papers.web_fonts import FILES, LETTERS, SIGNS


def cut(weight: int) -> bytes:
    """The font of a weight with these characters alone; WOFF, because WOFF 2 would need one more library."""
    (source,) = FONTS.glob(f"SourceSans3_{weight}*[!c].ttf")
    options = Options(layout_features=["kern", "liga", "lnum", "tnum"], hinting=False)
    font = TTFont(source, recalcTimestamp=False)
    cutter = Subsetter(options)
    cutter.populate(unicodes=[*LETTERS, *SIGNS])
    cutter.subset(font)
    font.flavor = "woff"
    written = BytesIO()
    font.save(written)
    return written.getvalue()


if __name__ == "__main__":
    for weight, file in FILES.items():
        file.write_bytes(cut(weight))
