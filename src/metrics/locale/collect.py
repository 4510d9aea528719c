"""Bring the English catalogue up to date with the texts in the code: `python -m metrics.locale.collect [--prune]`.

Every constant first argument of `_`, `_n`, `translate`, `translate_plural` and `to_translate` in src/, pages/ and
dashboard.py that is a sentence gets an entry, empty until somebody translates it. `--prune` drops entries whose text
is gone. The file is written sorted and without dates, so that equal catalogues are equal files.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from metrics.locale.catalogue import Language, is_key

SINGULAR_CALLS = frozenset({"_", "translate", "to_translate"})
PLURAL_CALLS = frozenset({"_n", "translate_plural"})
CONSTANT_ONLY = frozenset({"_", "_n", "to_translate"})
"""Calls that exist for texts; `translate` is also called with keys that are put together."""

_PLACEHOLDER = re.compile(r"\{(\w+)[^{}]*\}")
_HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: {language}\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


@dataclass(frozen=True, slots=True)
class TextCall:
    """A call that shows a text: its msgids (one, or two for a plural), the names of the values it fills in.

    `names` is None if the call passes on a dictionary; `msgids` is empty if an argument is no constant.
    """

    file: Path
    line: int
    function: str
    msgids: tuple[str, ...]
    names: frozenset[str] | None


def text_calls(root: Path) -> list[TextCall]:
    """Every call that shows a text in the repository's code, in order of file and line."""
    files = [*sorted((root / "src").rglob("*.py")), *sorted((root / "pages").rglob("*.py"))]
    launcher = root / "dashboard.py"
    return [call for file in [*files, *([launcher] if launcher.exists() else [])] for call in _calls_in(file)]


def texts_in_code(root: Path) -> set[tuple[str, ...]]:
    """The msgids of all sentences in the code; vocabulary keys are not among them."""
    return {call.msgids for call in text_calls(root) if call.msgids and not is_key(call.msgids[0])}


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return set(_PLACEHOLDER.findall(text))


def catalogue_path(root: Path, language: Language) -> Path:
    """Where a language's catalogue lies in the repository."""
    return root / "src" / "metrics" / "locale" / language / "LC_MESSAGES" / "zukunftsplan.po"


def read_catalogue(path: Path, language: Language) -> Catalog:
    """A catalogue from its file; a damaged one raises PoFileError."""
    with path.open("rb") as readable:
        return read_po(readable, locale=language, abort_invalid=True)


def write_catalogue(catalogue: Catalog, path: Path, language: Language) -> None:
    """Write a catalogue sorted, one line for each text, without dates."""
    body = BytesIO()
    write_po(body, catalogue, width=0, omit_header=True, sort_output=True, no_location=True, ignore_obsolete=True)
    path.write_text(_HEADER.format(language=language) + body.getvalue().decode("utf-8").strip() + "\n", "utf-8")


def bring_up_to_date(root: Path, *, prune: bool) -> tuple[int, int, int]:
    """Add texts that the English catalogue lacks, drop gone ones if asked: (added, dropped, without translation)."""
    path = catalogue_path(root, "en")
    catalogue = read_catalogue(path, "en")
    wanted = texts_in_code(root)
    known = {_msgids(message.id) for message in catalogue if message.id}
    added = sorted(wanted - known)
    for msgids in added:
        catalogue.add(msgids if len(msgids) > 1 else msgids[0], "")
    gone = [msgids for msgids in sorted(known - wanted) if not is_key(msgids[0])] if prune else []
    for msgids in gone:
        catalogue.delete(msgids[0])
    write_catalogue(catalogue, path, "en")
    return len(added), len(gone), len(untranslated(catalogue))


def main(arguments: Sequence[str]) -> int:
    """Say what was done; 1 if texts without translation remain."""
    added, dropped, missing = bring_up_to_date(Path.cwd(), prune="--prune" in arguments)
    sys.stdout.write(f"added {added}, dropped {dropped}, without translation {missing}\n")
    return 1 if missing else 0


def untranslated(catalogue: Catalog) -> list[str]:
    """The msgids without a text in the catalogue's language; a fuzzy entry counts as none."""
    return [_msgids(message.id)[0] for message in catalogue if message.id and (message.fuzzy or not _complete(message))]


def _complete(message: Message) -> bool:
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(texts)


def _msgids(identifier: str | Sequence[str]) -> tuple[str, ...]:
    return (identifier,) if isinstance(identifier, str) else tuple(identifier)


def _calls_in(file: Path) -> Iterator[TextCall]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"), str(file))):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            count = 1 if name in SINGULAR_CALLS else 2 if name in PLURAL_CALLS else 0
            if count:
                yield TextCall(file, node.lineno, name, _constants(node.args[:count], count), _value_names(node))


def _constants(arguments: Sequence[ast.expr], count: int) -> tuple[str, ...]:
    found = tuple(part.value for part in arguments if isinstance(part, ast.Constant) and isinstance(part.value, str))
    return found if len(found) == count else ()


def _value_names(node: ast.Call) -> frozenset[str] | None:
    names = [keyword.arg for keyword in node.keywords]
    return None if None in names else frozenset(name for name in names if name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
