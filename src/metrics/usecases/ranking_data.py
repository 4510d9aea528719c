"""A judged round as plain data for machines: shares 0–1, scores 0–10, in the order of the ranking."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from metrics.domain.prioritisation.nutzwert import METHOD, Ranked
from metrics.domain.prioritisation.robustness import WeightSpace
from metrics.domain.prioritisation.standing import ScoreSpread, Standing
from metrics.usecases.ranking import RankedRound, fingerprint

Data = dict[str, Any]


def ranking_as_data(found: RankedRound, space: WeightSpace, spread: ScoreSpread) -> Data:
    """Everything the pages show of a round, with what it was judged by."""
    round_, result = found.round, found.result
    firm = found.standing(space, spread)
    return {
        "round_id": round_.id,
        "title": round_.title,
        "state": round_.state.value,
        "vote": round_.votes_to_see,
        "group_id": found.group_id,
        "voice": round_.voice.value,
        "illustrative": round_.illustrative,
        "method": METHOD,
        "change_number": found.change_number,
        "inputs_sha256": fingerprint(round_, found.ratings),
        "criteria_set": {"id": round_.criteria_set_id, "version": round_.criteria_set_version},
        "weighting": round_.weighting.value,
        "weights": dict(result.weights),
        "raters": result.raters,
        "complete_raters": result.complete,
        "unrated_criteria": list(result.unrated),
        "removed": [{"measure_id": gone.measure_id, "reason": gone.reason} for gone in round_.removed],
        "concordance": asdict(result.concordance) if result.concordance else None,
        "measures": [_measure(one) for one in result.measures],
        "robustness": _standing(firm, spread) if firm else None,
    }


def _measure(one: Ranked) -> Data:
    return {
        "measure_id": one.measure_id,
        "places": list(one.places) if one.places else None,
        "utility": one.utility,
        "utility_low": one.utility_low,
        "utility_high": one.utility_high,
        "contributions": dict(one.contributions),
        "missing": list(one.missing),
        "knocked_out": list(one.knocked_out),
        "impact": list(one.impact) if one.impact else None,
        "effort": list(one.effort) if one.effort else None,
        "dissent": one.dissent,
        "dissent_on": one.dissent_on,
        "illustrative": one.illustrative,
        "scores": {code: asdict(cell) if cell else None for code, cell in one.cells.items()},
    }


def _standing(firm: Standing, spread: ScoreSpread) -> Data:
    found = firm.acceptability
    return {
        "draws": found.draws,
        "seed": found.seed,
        "weights": found.space.value,
        "scores": spread.value,
        "rank_acceptability": {
            identifier: [float(share) for share in shares]
            for identifier, shares in zip(firm.measure_ids, found.acceptability, strict=True)
        },
        "central_weights": {identifier: firm.favouring(identifier) for identifier in firm.measure_ids},
        "flips": [asdict(pair) for pair in firm.neighbours],
        "five_points": [
            {
                "criterion": shift.code,
                "change": shift.change,
                "weights": dict(shift.weights),
                "order": list(shift.order),
                "moved": list(shift.moved),
            }
            for shift in firm.shifts
        ],
    }
