"""Published cases of critical path, earned value, earned schedule and capacity come out as printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from metrics.domain.scheduling.critical_path import critical_path
from metrics.domain.scheduling.earned import EarnedSchedule, EarnedValue, earned_schedule
from metrics.domain.scheduling.pert import Estimate, likely_in_time
from metrics.domain.scheduling.staffing import FullPost, posts_needed

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "scheduling.yaml").read_text(encoding="utf-8")
)


def cases_of(method: str) -> pytest.MarkDecorator:
    chosen = [case for case in CASES if case["method"] == method]
    return pytest.mark.parametrize("case", chosen, ids=[case["id"] for case in chosen])


def within(case: dict[str, Any]) -> Any:
    return pytest.approx(case["expected"], rel=0, abs=case["tolerance"])


def test_every_case_names_its_source_and_is_of_a_method_that_is_tested() -> None:
    tested = {"critical_path", "pert", "earned_value", "earned_schedule", "capacity", "posts"}
    assert {case["method"] for case in CASES} == tested
    assert [case["id"] for case in CASES if not case["source"]] == []


@cases_of("critical_path")
def test_length_floats_and_critical_path_follow_from_durations_and_predecessors(case: dict[str, Any]) -> None:
    expected = case["expected"]
    found = critical_path(case["inputs"]["durations"], case["inputs"]["predecessors"])
    assert found.length == expected["length"]
    assert [list(path) for path in found.critical_paths] == expected["paths"]
    assert {task: timing.float_time for task, timing in found.timings.items()} == expected["float"]
    assert list(found.critical) == expected["paths"][0]
    assert not found.more_paths


@cases_of("pert")
def test_the_mean_path_ends_in_time_with_the_printed_probability(case: dict[str, Any]) -> None:
    inputs = case["inputs"]
    estimates = {task: Estimate(*given) for task, given in inputs["estimates"].items()}
    network = critical_path({task: given.mean for task, given in estimates.items()}, inputs["predecessors"])
    assert [list(path) for path in network.critical_paths] == [inputs["path"]]
    path = [estimates[task] for task in inputs["path"]]
    found = {
        "mean": network.length,
        "variance": sum(task.variance for task in path),
        "probability": likely_in_time(path, inputs["deadline"]),
    }
    assert found == within(case)


@cases_of("earned_value")
def test_indices_and_estimates_follow_from_budget_planned_earned_and_spent(case: dict[str, Any]) -> None:
    value = EarnedValue(**case["inputs"])
    found = {
        "estimate": value.estimate_at_completion(),
        "variance_at_completion": value.variance_at_completion(),
        "cost_index": value.cost_index,
        "schedule_index": value.schedule_index,
        "schedule_variance": value.schedule_variance,
        "cost_variance": value.cost_variance,
        "index_to_complete": value.index_to_complete,
    }
    assert {name: found[name] for name in case["expected"]} == within(case)


@cases_of("earned_schedule")
def test_earned_schedule_lies_between_the_periods_that_the_earned_value_lies_between(case: dict[str, Any]) -> None:
    schedule = earned_schedule(**case["inputs"])
    assert isinstance(schedule, EarnedSchedule)
    found = {
        "earned": schedule.earned,
        "index": schedule.index,
        "variance": schedule.variance,
        "estimated_duration": schedule.estimated_duration,
    }
    assert found == within(case)


@cases_of("capacity")
def test_hours_of_a_full_post_follow_step_by_step(case: dict[str, Any]) -> None:
    inputs = case["inputs"]
    post = FullPost(inputs["weekly_hours"], inputs["working_weeks"], sum(inputs["losses"]), inputs["base_load_share"])
    found = {name: getattr(post, name) for name in case["expected"]}
    assert found == within(case)


@cases_of("posts")
def test_posts_follow_from_cases_times_and_the_minutes_of_a_post(case: dict[str, Any]) -> None:
    assert {"posts": posts_needed(**case["inputs"])} == within(case)
