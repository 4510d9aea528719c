"""One home per judgement: what a page says of a target, an indicator or a goal is what `assess --json` says of it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import pytest

from metrics.domain.progress.outcome import Course
from metrics.locale.formats import percent
from metrics.locale.words import course_word
from metrics.store.ledger import Store
from metrics.ui import indicator_view
from metrics.ui.text import literal
from metrics.usecases.assessing import assess_plan
from metrics.usecases.assessment_data import as_data
from tests.pages.conftest import TODAY, App, words


@pytest.fixture
def told(store: Store) -> dict[str, Any]:
    """What the command line says of the demo plan."""
    return as_data(assess_plan(store, date.fromisoformat(TODAY)))


def symbol(outcome: dict[str, Any]) -> str:
    """A course in words, as pages say it."""
    return course_word(Course(outcome["course"]) if "course" in outcome else None, "de")


def test_every_indicators_page_says_what_the_command_line_says(app: App, told: dict[str, Any]) -> None:
    for indicator in told["indicators"]:
        page = app("indikatoren", id=indicator["indicator_id"])
        said = words(page)
        assert not page.exception
        assert symbol(indicator["course"]) in said
        for target in indicator["targets"][:1]:
            assert literal(target["attainment"]["explanation"]) in said
            course = target["course"]
            expected = course["explanation"] if "course" in course else course["explanation"].partition(": ")[2]
            assert literal(expected) in said
            for rule in target["rules"].values():
                assert literal(rule["explanation"]) in said
            for earlier in target["earlier_courses"]:
                assert symbol(earlier) in said


def test_the_list_of_indicators_filters_by_the_same_courses(app: App, told: dict[str, Any]) -> None:
    app("indikatoren")
    by_course: dict[str, set[str]] = defaultdict(set)
    for indicator in told["indicators"]:
        by_course[indicator["course"].get("course", indicator_view.NOT_ASSESSABLE)].add(indicator["indicator_id"])
    for course in (*Course, indicator_view.NOT_ASSESSABLE):
        assert set(indicator_view.matching(indicator_view.Wanted(course=str(course)))) == by_course[str(course)]
    assert len(by_course) > 1


def test_every_goals_page_says_the_total_of_the_command_line(app: App, told: dict[str, Any]) -> None:
    totals = 0
    for goal in told["goals"]:
        page = app("ziele", id=goal["goal_id"])
        said = words(page)
        assert not page.exception
        if isinstance(goal["attainment"], dict):
            low = goal["attainment"]["not_computable"] == "low_coverage"
            reason = "Weniger als" if low else goal["attainment"]["explanation"]
            assert literal(reason) in said
        else:
            totals += 1
            assert percent(goal["attainment"], "de") in said + "\n".join(one.value for one in page.metric)
        if goal["worst"]:
            assert course_word(Course(goal["worst"]), "de") in said
    assert totals > 0
