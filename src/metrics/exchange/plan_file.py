"""The plan file: JSON in the project's own exchange format, with errors that name line, path and rule."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import ValidationError

from metrics.domain.document import PlanDocument
from metrics.domain.refusals import PlanFileBroken

MOST_PROBLEMS = 50
NO_LINE = 0
"""A document does not know on which lines of a file its records stand."""
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


class Problem(NamedTuple):
    """What is wrong at one place: 1-based line, path such as `records.goal.3.title`, pydantic's error type."""

    line: int
    path: str
    rule: str
    data: dict[str, Any]


def read_plan(text: str) -> PlanDocument:
    """The document of a plan file's text; raises PlanFileBroken with every problem found, up to fifty."""
    try:
        data = json.loads(text, object_pairs_hook=_without_doubles)
    except _KeyTwice as error:
        raise PlanFileBroken(problems=[_first_double(text)]) from error
    except (json.JSONDecodeError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        detail = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        raise PlanFileBroken(problems=[Problem(line, "", "json_invalid", {"error": detail})]) from error
    try:
        return PlanDocument.model_validate(data)
    except ValidationError as error:
        lines = lines_of_paths(text)
        found = error.errors(include_url=False, include_context=True)[:MOST_PROBLEMS]
        problems = [
            Problem(_line(lines, problem["loc"]), _path(problem["loc"]), problem["type"], problem.get("ctx", {}))
            for problem in found
        ]
        raise PlanFileBroken(problems=problems) from error


def with_lines(refusal: PlanFileBroken, text: str) -> PlanFileBroken:
    """The same problems with the lines on which they stand in the text that the document was read from."""
    lines = lines_of_paths(text)
    told = [
        Problem(_line(lines, _location(path)), path, rule, data)
        for _no_line, path, rule, data in refusal.data["problems"]
    ]
    return PlanFileBroken(problems=told)


def write_plan(document: PlanDocument) -> str:
    """The file's text: two spaces, UTF-8, fields that are empty left out; equal plans give equal texts."""
    data = document.model_dump(mode="json", exclude_none=True)
    data["records"] = {kind: records for kind, records in data["records"].items() if records}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def plan_schema() -> str:
    """The JSON Schema of a plan file."""
    return json.dumps(PlanDocument.model_json_schema(), ensure_ascii=False, indent=2) + "\n"


def lines_of_paths(text: str) -> dict[tuple[str | int, ...], int]:
    """The 1-based line on which the value of every path of a valid JSON text begins."""
    return dict(_places(text))


def _places(text: str) -> Iterator[tuple[tuple[str | int, ...], int]]:
    """Every value of a valid JSON text in order: its path and its 1-based line."""
    path: list[str | int] = []
    expects_key, line, position = [False], 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", position, match.start())
        position = match.start()
        token = match.group()
        if token in "}]":
            expects_key.pop()
            path.pop()
        elif token == ",":
            if isinstance(path[-1], int):
                path[-1] += 1
            else:
                expects_key[-1] = True
        elif token == ":":
            expects_key[-1] = False
        elif expects_key[-1]:
            path[-1] = json.loads(token)
        else:
            yield tuple(path), line
            if token in "{[":
                path.append("" if token == "{" else 0)
                expects_key.append(token == "{")


class _KeyTwice(Exception):
    pass


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; a key that stands twice would silently lose its first value."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _KeyTwice
    return found


def _first_double(text: str) -> Problem:
    seen: set[tuple[str | int, ...]] = set()
    for path, line in _places(text):
        if path in seen:
            return Problem(line, _path(path), "duplicate_key", {"key": path[-1]})
        seen.add(path)
    raise AssertionError("called for a text with a double only")


def _line(lines: dict[tuple[str | int, ...], int], location: tuple[int | str, ...]) -> int:
    """The line of the deepest part of the location that the file holds; a union's tag is no part of the file."""
    where: tuple[int | str, ...] = ()
    for part in location:
        where = (*where, part) if (*where, part) in lines else where
    return lines.get(where, 1)


def _location(path: str) -> tuple[int | str, ...]:
    return tuple(int(part) if part.isdecimal() else part for part in path.split("."))


def _path(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location)
