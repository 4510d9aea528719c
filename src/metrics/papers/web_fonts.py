"""The papers' typeface for pages that load nothing, cut down to European letters and written into the style."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path

FAMILY = "Source Sans 3"
FILES = {weight: Path(__file__).parent / "fonts" / "web" / f"{weight}.woff" for weight in (400, 600)}
"""Made by `python -m tests.papers.cut_fonts` out of the fonts beside them."""
LETTERS = (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x218, 0x21C), 0x1E9E)
SIGNS = tuple(map(ord, "–—‘’‚“”„†•…‰‹›€−≈≤≥←↑→↓●■▲◆○✓\u2009\u202f"))


@cache
def font_faces() -> str:
    """The `@font-face` rules with their fonts inside; other scripts are shown in the reader's own fonts."""
    return "".join(
        f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};'
        f"src:url(data:font/woff;base64,{base64.b64encode(file.read_bytes()).decode()})}}"
        for weight, file in FILES.items()
    )
