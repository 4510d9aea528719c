"""The house as docs/architecture.md draws it: who may know whom, and what a room may hold."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.sources import (
    AUDIENCES,
    LAUNCHER,
    PACKAGE,
    PAGES,
    ROOT,
    nodes,
    place,
    program,
    python_files,
    tree,
)

KNOWS_THE_CLOCK = ("ui", "cli.py")  # below, the clock is passed in
CLOCKS = {("date", "today"), ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("time", "time")}


def page_files() -> list[Path]:
    """One file per page."""
    return [file for audience in AUDIENCES for file in python_files(PAGES / audience) if file.name != "__init__.py"]


def functions(file: Path) -> list[str]:
    return [node.name for node in tree(file).body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_the_import_contracts_are_kept() -> None:
    program_under_test = Path(sys.executable).with_name("lint-imports")

    result = subprocess.run([program_under_test, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


def test_the_launcher_knows_the_ui_alone_and_nobody_knows_the_launcher() -> None:
    def imported(file: Path) -> set[str]:
        return {
            name
            for node in nodes(file)
            for name in (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
        }

    ours = {name for name in imported(LAUNCHER) if name.split(".")[0] not in sys.stdlib_module_names}

    assert ours == {"streamlit", "starlette.middleware", "metrics.ui", "metrics.ui.shell"}
    assert [place(file) for file in program() if "dashboard" in imported(file)] == []


def test_every_room_of_the_package_stands_in_a_contract_against_foreign_libraries() -> None:
    contracts = {
        contract["id"]: contract
        for contract in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
            "contracts"
        ]
    }
    rooms = {
        f"metrics.{entry.stem}"
        for entry in PACKAGE.iterdir()
        if entry.name[0] not in "_." and entry.suffix in ("", ".py")
    }

    duckdb = set(contracts["duckdb-in-store-only"]["source_modules"])
    streamlit = set(contracts["streamlit-in-ui-only"]["source_modules"])

    assert rooms - duckdb == {"metrics.store"}
    assert rooms - streamlit == {"metrics.ui"}


def test_nobody_looks_at_the_clock_below_ui() -> None:
    below = [file for file in python_files(PACKAGE) if file.relative_to(PACKAGE).parts[0] not in KNOWS_THE_CLOCK]
    looked = [
        place(file, node)
        for file in below
        for node in nodes(file)
        if isinstance(node, ast.Attribute)
        and (node.value.id if isinstance(node.value, ast.Name) else getattr(node.value, "attr", ""), node.attr)
        in CLOCKS
    ]

    assert len(below) > 30
    assert looked == []


def test_the_launcher_fits_on_one_screen() -> None:
    assert len(LAUNCHER.read_text(encoding="utf-8").splitlines()) <= 60


def test_the_main_script_has_no_page_folder_beside_it() -> None:
    # beside a folder of this name the framework serves its files unchecked under addresses of their own
    assert (PAGES / "frame.py").is_file()
    assert not (PAGES / "pages").exists()
    (path,) = [
        ast.unparse(node.args[0])
        for node in nodes(LAUNCHER)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "st.App"
    ]
    assert path == "ROOT / 'pages' / 'frame.py'"


def test_what_renews_itself_asks_at_the_gate() -> None:
    # the frame does not run for a fragment, so nobody would notice there that a sign-in has ended
    made = [
        place(file)
        for file in program()
        for node in nodes(file)
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "st.fragment"
    ]
    assert made == ["src/metrics/ui/live.py"]


def test_there_are_pages_for_several_audiences() -> None:
    assert len(page_files()) >= 10
    assert {file.parent.name for file in page_files()} >= {"steering", "upkeep", "committee"}


@pytest.mark.parametrize("file", page_files(), ids=place)
def test_a_page_is_one_file_with_one_public_function_called_page(file: Path) -> None:
    assert [name for name in functions(file) if not name.startswith("_")] == ["page"]


@pytest.mark.parametrize("file", page_files(), ids=place)
def test_a_page_does_nothing_when_it_is_imported(file: Path) -> None:
    quiet = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign
    doing = [
        place(file, node)
        for node in tree(file).body
        if not isinstance(node, quiet)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))  # the docstring
        and not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    ]

    assert doing == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        place(file)
        for file in program()
        if ast.get_docstring(tree(file)) is None and file.read_text(encoding="utf-8").strip()
    ]

    assert silent == []
