"""Words and forms that have no place in the program, because each of them has already done harm somewhere."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, nodes, place, program

SQL = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|MERGE\s+INTO|CREATE\s+(TABLE|VIEW|SCHEMA|INDEX)"
    r"|DROP\s+(TABLE|VIEW)|ALTER\s+TABLE|ATTACH\s+'|COPY\s+(FROM|TO)\b)",
    re.IGNORECASE | re.DOTALL,
)
BUILDERS = {"format", "format_map", "join", "replace", "substitute", "safe_substitute"}

# Spelled in halves, so that this file is not the first to be found.
UNFINISHED = ("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK", "NotImplemented" + "Error")
UNSAFE = ("unsafe_allow_" + "html=True", "unsafe_allow_" + "javascript=True", "shell=" + "True", "verify=" + "False")
UNTRUE = ("assert " + "True", "pytest.mark." + "skip(", "pytest.mark." + "xfail(")
BINARY = {".png", ".jpg", ".woff2", ".ico", ".xlsx", ".duckdb", ".mo", ".parquet", ".pdf", ".zip"}


def texts_of(node: ast.AST) -> str:
    """All string constants below a node, in one text; what is filled in shows as ?."""
    found = []
    for child in ast.walk(node):
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            found.append(child.value)
        elif isinstance(child, ast.FormattedValue):
            found.append("?")
    return " ".join(found)


def builds_text(node: ast.AST) -> bool:
    """Whether the expression puts a text together from parts."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Mod | ast.Add)
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in BUILDERS


def built_sql(source: ast.AST) -> list[ast.AST]:
    """Every expression that puts SQL together from parts instead of binding parameters."""
    return [node for node in ast.walk(source) if builds_text(node) and SQL.search(texts_of(node))]


@pytest.mark.parametrize(
    "fault",
    [
        'f"SELECT * FROM {table}"',
        'f"select id from z.goal where id = {id}"',
        '"SELECT id FROM goal WHERE id = %s" % id',
        '"SELECT id FROM goal WHERE id = " + id',
        '"INSERT INTO {} VALUES (1)".format(table)',
        "f\"ATTACH '{path}' AS z\"",
        'f"COPY FROM DATABASE z TO {name}"',
    ],
)
def test_the_scan_finds_sql_that_is_put_together(fault: str) -> None:
    assert built_sql(ast.parse(fault)) != []


@pytest.mark.parametrize(
    "harmless",
    ['"SELECT id FROM goal WHERE id = $id"', 'f"{count} goals were selected from {total}"', '"a" + "b"'],
)
def test_the_scan_leaves_plain_sql_and_plain_texts_alone(harmless: str) -> None:
    assert built_sql(ast.parse(harmless)) == []


def test_no_sql_is_put_together_from_parts() -> None:
    files = program()

    assert len(files) > 40
    assert [place(file, node) for file in files for node in nodes(file) for node in built_sql_here(node)] == []


def built_sql_here(node: ast.AST) -> list[ast.AST]:
    return [node] if builds_text(node) and SQL.search(texts_of(node)) else []


def own_files() -> list[Path]:
    """Every text file that belongs to the project: what git knows, and what it would add."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    files = [ROOT / name for name in listed.stdout.splitlines()]
    return [file for file in files if file.is_file() and file.suffix not in BINARY]


def lines_with(words: tuple[str, ...], files: list[Path]) -> list[str]:
    return [
        f"{place(file)}:{number} {word}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        for word in words
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", line)
    ]


def test_nothing_is_left_for_later_without_a_ticket() -> None:
    files = [
        file for file in own_files() if file.suffix in (".py", ".sql", ".js", ".toml", ".md") or file.name == "Makefile"
    ]

    assert len(files) > 80
    assert lines_with(UNFINISHED, files) == []


def test_nothing_that_people_typed_becomes_markup_and_no_call_goes_through_a_shell() -> None:
    assert lines_with(UNSAFE, [file for file in own_files() if file.suffix == ".py"]) == []


def test_no_test_is_switched_off_or_always_true() -> None:
    tests = [file for file in own_files() if file.suffix == ".py" and "tests" in file.parts]

    assert len(tests) > 10
    assert lines_with(UNTRUE, tests) == []


def test_requirements_name_versions_and_hashes_and_no_server() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pinned = re.findall(r"^[a-z0-9._-]+==\S+", text, re.MULTILINE)

        assert len(pinned) > 20
        assert len(pinned) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE))
        assert text.count("--hash=sha256:") >= len(pinned)
        assert not re.search(r"://|index-url|find-links|trusted-host", text)


def test_the_tools_install_the_same_versions_as_the_program() -> None:
    def versions(name: str) -> dict[str, str]:
        return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))

    program_uses, tools_use = versions("requirements.txt"), versions("requirements-dev.txt")

    assert {library: tools_use.get(library) for library in program_uses} == program_uses
