"""Plan files: every broken one names line, path and rule."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.domain.document import plan_document
from metrics.domain.refusals import PlanFileBroken
from metrics.exchange.plan_file import lines_of_paths, plan_schema, read_plan, write_plan
from tests.plan import a_goal, a_measure, a_target, an_indicator
from tests.strategies import records

GOOD = """{
  "format": "zukunftsplan",
  "format_version": 1,
  "records": {
    "goal": [
      {
        "id": "Z-R",
        "title": "Resilienter Standort",
        "level": "strategic"
      },
      {
        "id": "Z-S",
        "title": "Soziale Stadt",
        "level": "strategic",
        "weight": 2.5
      }
    ]
  }
}
"""


def problems_of(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(PlanFileBroken) as refused:
        read_plan(text)
    return [(problem.line, problem.path, problem.rule) for problem in refused.value.data["problems"]]


@pytest.mark.parametrize(
    ("good", "broken", "problem"),
    [
        ('"level": "strategic"\n      },', '"level": "strategic"\n      ', (11, "", "json_invalid")),
        ('"title": "Soziale Stadt",', '"title": "Soziale Stadt', (13, "", "json_invalid")),
        (
            '"title": "Soziale Stadt"',
            '"titel": "x", "title": "Soziale Stadt"',
            (13, "records.goal.1.titel", "extra_forbidden"),
        ),
        (
            '"level": "strategic",\n        "weight"',
            '"level": "stratgic",\n        "weight"',
            (14, "records.goal.1.level", "enum"),
        ),
        ('"id": "Z-S"', '"id": "Z-R"', (4, "records", "duplicate_id")),
        ('"id": "Z-S",\n', "\n", (11, "records.goal.1.id", "missing")),
        ('"weight": 2.5', '"weight": 0', (15, "records.goal.1.weight", "greater_than")),
        ('"weight": 2.5', '"weight": "viel"', (15, "records.goal.1.weight", "float_parsing")),
        ('"weight": 2.5', '"weight": 1e999', (15, "records.goal.1.weight", "finite_number")),
        ('"weight": 2.5', '"note": "a\\u0000b"', (15, "records.goal.1.note", "control_character")),
        ('"goal": [', '"ziele": [', (5, "records.ziele", "extra_forbidden")),
        ('"format_version": 1', '"format_version": 2', (3, "format_version", "literal_error")),
        ('"format": "zukunftsplan"', '"format": "okr"', (2, "format", "literal_error")),
    ],
)
def test_a_broken_file_names_line_path_and_rule(good: str, broken: str, problem: tuple[int, str, str]) -> None:
    assert good in GOOD
    assert problems_of(GOOD.replace(good, broken, 1)) == [problem]


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused_on_its_line(constant: str) -> None:
    assert problems_of(GOOD.replace("2.5", constant)) == [(15, "records.goal.1.weight", "finite_number")]


def test_a_constant_inside_a_text_is_text() -> None:
    document = read_plan(GOOD.replace("Soziale Stadt", "NaN, Infinity"))
    assert [record.title for record in document.records.goal] == ["Resilienter Standort", "NaN, Infinity"]


def test_a_title_of_two_hundred_kilobytes_is_refused_without_being_repeated() -> None:
    text = GOOD.replace("Soziale Stadt", "x" * 200_000)
    assert problems_of(text) == [(13, "records.goal.1.title", "too_long")]
    with pytest.raises(PlanFileBroken) as refused:
        read_plan(text)
    assert len(str(refused.value)) < 1000


@pytest.mark.parametrize("opening", ["[", '{"records":', '{"a":['])
def test_boundless_nesting_is_refused_and_harms_nothing(opening: str) -> None:
    assert problems_of(opening * 200_000) == [(1, "", "json_invalid")]


@pytest.mark.parametrize("text", ["", "   ", "null", "[]", "42", '"plan"', "\ufeff", "{}extra"])
def test_what_is_no_plan_is_refused(text: str) -> None:
    assert len(problems_of(text)) == 1


def test_an_empty_object_is_an_empty_plan_only_if_it_has_its_records() -> None:
    assert problems_of("{}") == [(1, "records", "missing")]
    assert list(read_plan('{"records": {}}').all_records()) == []


def test_a_key_that_stands_twice_is_refused_on_its_line() -> None:
    text = GOOD.replace('"title": "Soziale Stadt"', '"title": "Andere", "title": "Soziale Stadt"')
    assert problems_of(text) == [(13, "records.goal.1.title", "duplicate_key")]


def test_many_problems_are_told_up_to_fifty() -> None:
    goals = [{"id": f"Z-{number}"} for number in range(100)]
    text = json.dumps({"records": {"goal": goals}}, indent=1)
    problems = problems_of(text)
    assert len(problems) == 50
    assert problems[:3] == [
        (4, "records.goal.0.title", "missing"),
        (4, "records.goal.0.level", "missing"),
        (7, "records.goal.1.title", "missing"),
    ]


def test_a_problem_inside_a_union_is_found_on_its_line() -> None:
    document = plan_document([a_goal(), an_indicator(), a_target()])
    text = write_plan(document).replace('"due": "2028"', '"due": "28"')
    ((line, path, rule),) = problems_of(text)
    assert '"due": "28"' in text.splitlines()[line - 1]
    assert (path, rule) == ("records.target.0.demand.value_by_date.due", "partial_date")


def test_html_and_formulas_are_plain_text() -> None:
    title = '<img src=x onerror=alert(1)>=HYPERLINK("x")'
    document = plan_document([a_goal(title=title), a_measure(title="=1+1")])
    assert read_plan(write_plan(document)) == document


def test_a_written_plan_is_readable_for_people_and_ends_with_a_line_break() -> None:
    text = write_plan(plan_document([a_goal(title="Größe & Maß", id="B"), a_goal(id="A")]))
    assert "Größe & Maß" in text
    assert text.index('"A"') < text.index('"B"')
    assert "null" not in text
    assert text.endswith("}\n")


@given(goals=st.lists(records("goal"), max_size=3), targets=st.lists(records("target"), max_size=2))
@settings(max_examples=50, deadline=None)
def test_every_plan_survives_being_written_and_read(goals: list[Any], targets: list[Any]) -> None:
    unique = {(record.kind, record.id): record for record in [*goals, *targets]}
    document = plan_document(unique.values())
    text = write_plan(document)
    assert read_plan(text) == document
    assert write_plan(read_plan(text)) == text


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=15,
)


@given(data=JSON_VALUES, indent=st.sampled_from([None, 1, 4]))
def test_every_path_of_every_json_text_has_its_line(data: Any, indent: int | None) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    lines = text.split("\n")

    def paths(value: Any, path: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], Any]:
        inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        found = {path: value}
        for key, item in inner:
            found |= paths(item, (*path, key))
        return found

    found = lines_of_paths(text)
    assert found.keys() == paths(data).keys()
    for path, value in paths(data).items():
        start = json.dumps(value, ensure_ascii=False)[0]
        assert start in lines[found[path] - 1]


def test_the_schema_describes_every_kind_and_refuses_unknown_fields() -> None:
    schema = json.loads(plan_schema())
    assert schema["properties"]["format"]["const"] == "zukunftsplan"
    assert schema["$defs"]["Goal"]["additionalProperties"] is False
    assert schema["$defs"]["Goal"]["required"] == ["id", "title", "level"]
