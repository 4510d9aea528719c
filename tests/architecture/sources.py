"""The files that the architecture tests read, and how they read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "metrics"
PAGES = ROOT / "pages"
AUDIENCES = ("steering", "upkeep", "committee", "administration")
LAUNCHER = ROOT / "dashboard.py"


def python_files(*places: Path) -> list[Path]:
    """Every Python file in these files and folders, in a fixed order."""
    return sorted(file for place in places for file in ([place] if place.is_file() else place.rglob("*.py")))


def program() -> list[Path]:
    """The program: package, pages and launcher, without tests and tools."""
    return python_files(PACKAGE, PAGES, LAUNCHER)


@cache
def tree(file: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def nodes(file: Path) -> Iterator[ast.AST]:
    """Every node of a file."""
    return ast.walk(tree(file))


def place(file: Path, node: ast.AST | None = None) -> str:
    """Where something stands, as an editor can open it."""
    line = f":{node.lineno}" if node is not None and hasattr(node, "lineno") else ""
    return file.relative_to(ROOT).as_posix() + line
