"""Published tables and worked cases of the ranking methods are reproduced within what their source prints."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from scipy.stats import rankdata

from metrics.domain.prioritisation.agreement import kendall_w
from metrics.domain.prioritisation.outranking import promethee2, topsis
from metrics.domain.prioritisation.robustness import WeightSpace, simulate
from metrics.domain.prioritisation.sums import weighted_sums
from metrics.domain.prioritisation.weighting import (
    RANDOM_INDICES,
    equal_weights,
    pairwise_weights,
    rank_order_centroid,
    weights_of_ranks,
)

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "prioritisation.yaml").read_text(encoding="utf-8")
)


def cases_of(method: str) -> pytest.MarkDecorator:
    chosen = [case for case in CASES if case["method"] == method]
    return pytest.mark.parametrize("case", chosen, ids=[case["id"] for case in chosen])


def within(case: dict[str, Any], numbers: Any) -> Any:
    return pytest.approx(np.array(numbers), rel=0, abs=case["tolerance"])


def compared_in_pairs(inputs: dict[str, Any]) -> list[list[float]]:
    """The whole matrix of comparisons: each has its inverse on the other side."""
    if "matrix" in inputs:
        return inputs["matrix"]
    names = inputs["names"]
    matrix = np.eye(len(names))
    for one, other, times in inputs["comparisons"]:
        matrix[names.index(one), names.index(other)] = times
        matrix[names.index(other), names.index(one)] = 1 / times
    return matrix.tolist()


@cases_of("pairwise")
def test_weights_and_consistency_follow_from_comparisons_in_pairs(case: dict[str, Any]) -> None:
    found, expected = pairwise_weights(compared_in_pairs(case["inputs"])), case["expected"]
    ratios = {name: found.consistency_ratio(RANDOM_INDICES[name]) for name in expected["ratios"]}
    assert ratios == pytest.approx(expected["ratios"], rel=0, abs=case["tolerance"])
    if "weights" in expected:
        assert found.weights == within(case, expected["weights"])
    if "lambda_max" in expected:
        assert found.lambda_max == within(case, expected["lambda_max"])


@cases_of("topsis")
def test_closeness_to_the_best_follows_from_the_table_divided_by_its_columns_lengths(case: dict[str, Any]) -> None:
    inputs, expected = case["inputs"], case["expected"]
    found = topsis(inputs["matrix"], inputs["weights"], inputs["directions"])
    assert found == within(case, expected["closeness"])
    assert rankdata(-found).tolist() == expected["ranks"]


@cases_of("promethee2")
def test_net_flows_follow_from_the_table(case: dict[str, Any]) -> None:
    inputs = case["inputs"]
    found = promethee2(
        inputs["matrix"], inputs["weights"], inputs["directions"], inputs["indifference"], inputs["preference"]
    )
    assert found == within(case, case["expected"]["net_flows"])


@cases_of("weighted_sum")
def test_weighted_sums_follow_from_the_table_after_the_normalisation_of_its_source(case: dict[str, Any]) -> None:
    table, weights = np.array(case["inputs"]["matrix"]), np.array(case["inputs"]["weights"], dtype=float)
    in_favour = np.where(np.array(case["inputs"]["directions"]) > 0, table, 1 / table)
    found = weighted_sums(in_favour / in_favour.sum(axis=0), weights / weights.sum())
    assert found == within(case, case["expected"]["sums"])
    assert rankdata(-found).tolist() == case["expected"]["ranks"]


@cases_of("rank_order_centroid")
def test_weights_follow_from_ranks_alone(case: dict[str, Any]) -> None:
    count = case["inputs"]["count"]
    assert rank_order_centroid(count) == within(case, case["expected"]["weights"])
    assert weights_of_ranks(range(1, count + 1)) == within(case, case["expected"]["weights"])


@cases_of("rank_acceptability")
def test_shares_of_ranks_central_weights_and_confidence_follow_from_exact_scores(case: dict[str, Any]) -> None:
    table, expected = case["inputs"]["matrix"], case["expected"]
    found = simulate(table, table, equal_weights(len(table[0])))
    assert found.acceptability == within(case, expected["acceptability"])
    assert found.central_weights == within(case, expected["central_weights"])
    confidence = [
        simulate(table, table, tuple(central), WeightSpace.fixed).acceptability[measure, 0]
        for measure, central in enumerate(found.central_weights)
    ]
    assert confidence == within(case, expected["confidence"])


@cases_of("concordance")
def test_the_concordance_of_raters_is_corrected_for_ties(case: dict[str, Any]) -> None:
    found = kendall_w(case["inputs"]["ratings"])
    assert found is not None
    for name, number in case["expected"].items():
        assert getattr(found, name) == pytest.approx(number, rel=0, abs=case["tolerance"][name]), name
    assert (found.subjects, found.raters) == np.shape(case["inputs"]["ratings"])


def test_every_case_names_its_source_and_is_read_by_a_test() -> None:
    assert {case["method"] for case in CASES} == {
        "pairwise",
        "topsis",
        "promethee2",
        "weighted_sum",
        "rank_order_centroid",
        "rank_acceptability",
        "concordance",
    }
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert all(case["source"].strip() for case in CASES)
