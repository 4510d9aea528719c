"""Rounds in words: what they are called, how they stand, what is doubtful about them, where raters disagree."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from metrics.domain.priorities import MatrixAxis, PriorityRound, RoundState, WeightedCriteria
from metrics.domain.prioritisation.nutzwert import Ranked
from metrics.domain.prioritisation.robustness import WeightSpace
from metrics.domain.prioritisation.standing import ScoreSpread, Standing
from metrics.domain.prioritisation.weighting import RANDOM_INDICES
from metrics.locale.formats import MISSING, number, percent
from metrics.locale.words import choice
from metrics.ui import plan
from metrics.ui.choosing import told_apart
from metrics.ui.judged import name_of
from metrics.ui.record_titles import title_of
from metrics.ui.runtime import store
from metrics.ui.session import _, language, person
from metrics.ui.text import one_line
from metrics.usecases.ranking import RankedRound, rank_round
from metrics.usecases.rating import GroupProgress, progress

STATE_ICONS: Mapping[RoundState, str] = {
    RoundState.open: ":material/edit:",
    RoundState.closed: ":material/lock:",
    RoundState.decided: ":material/gavel:",
}
RATING_PAGE = "bewerten"
CONSISTENT = 0.10
"""Consistency ratio up to which comparisons in pairs are accepted (Saaty 1980)."""
RANDOM_INDEX = "saaty_1980"


def newest_first() -> list[PriorityRound]:
    """All rounds, the one that was written last first."""
    found = plan.entries(PriorityRound).values()
    return [entry.record for entry in sorted(found, key=lambda entry: -entry.change_number)]


def round_names() -> dict[str, str]:
    """Id → title and state of all rounds."""
    return told_apart(
        {
            round_.id: f"{one_line(name_of(round_), 90)} ({choice(round_.state, language())})"
            for round_ in newest_first()
        }
    )


def to_show(asked: str | None) -> PriorityRound | None:
    """The round that was asked for, or the newest whose ratings can be seen, or the newest."""
    rounds = plan.records(PriorityRound)
    if asked in rounds:
        return rounds[asked]
    found = newest_first()
    return next((round_ for round_ in found if round_.votes_to_see > 0), found[0] if found else None)


@plan.remember("rating")
def how_far(round_: PriorityRound) -> list[GroupProgress]:
    """How far each group is; the open pages ask every few seconds, and the store only after a new rating."""
    return progress(store(), round_)


@plan.remember("priority_round")
def ranked(round_id: str, group_id: str | None = None) -> RankedRound:
    """A round judged. What can be seen of a round changes with its record alone, not with each rating in another."""
    return rank_round(store(), round_id, by=person(), group_id=group_id)


@plan.remember("priority_round")
def firm(
    round_id: str,
    group_id: str | None = None,
    space: WeightSpace = WeightSpace.every,
    spread: ScoreSpread = ScoreSpread.stated,
) -> Standing | None:
    """How firm a round's ranking stands; None without a ranked measure."""
    return ranked(round_id, group_id).standing(space, spread)


@plan.remember("priority_round")
def rounds_of(measure_id: str) -> list[dict[str, object]]:
    """How a measure came off in every round whose ratings can be seen, the newest first."""
    rows: list[dict[str, object]] = []
    for round_ in newest_first():
        if measure_id not in round_.measures or round_.votes_to_see == 0:
            continue
        result = ranked(round_.id).result
        one = result.by_id[measure_id]
        rows.append(
            {
                _("Runde"): one_line(name_of(round_), 60),
                _("Rang"): _("{rang} von {alle}", rang=places_text(one), alle=len(result.ranking)),
                _("Nutzwert (0–10)"): number(one.utility, language(), 2),
                _("Stand"): choice(round_.state, language()),
                _("Hinweis"): _("Beispielwert") if one.illustrative or round_.illustrative else "",
            }
        )
    return rows


def places_text(found: Ranked) -> str:
    """The rank, or the ranks that a band shares: "3", "4–5"; "–" without a rank."""
    if found.places is None:
        return MISSING
    first, last = found.places
    return str(first) if first == last else f"{first}–{last}"


def by_dissent(round_id: str) -> list[Ranked]:
    """The measures on which raters disagree, those with the largest spread first."""
    found = [one for one in ranked(round_id).result.measures if one.dissent > 0]
    return sorted(found, key=lambda one: (-one.dissent, one.measure_id))


def to_talk_over(round_id: str) -> list[str]:
    """The measures of a round in the order in which to vote again: dissent first, then what lacks a score, the rest."""
    found = sorted(ranked(round_id).result.measures, key=lambda one: (-one.dissent, not one.missing, one.measure_id))
    return [one.measure_id for one in found]


def dissent_row(round_: PriorityRound, found: Ranked) -> dict[str, object]:
    """A measure, the criterion on which scores lie furthest apart, and how far."""
    assert found.dissent_on is not None
    cell = found.cells[found.dissent_on]
    assert cell is not None
    told = {"von": number(cell.lowest, language()), "bis": number(cell.highest, language())}
    return {
        _("Maßnahme"): one_line(title_of("measure", found.measure_id), 90),
        _("Kriterium"): round_.criterion(found.dissent_on).title,
        _("Bewertungen"): _("{von} bis {bis}", **told),
        _("Median"): number(cell.value, language(), 1),
    }


def doubts(criteria: WeightedCriteria) -> list[str]:
    """What is doubtful about criteria and weights, in sentences: nothing here stops anybody."""
    found = []
    for criterion in criteria.criteria:
        if criterion.counts and criterion.axis is MatrixAxis.effort:
            found.append(
                _(
                    "„{titel}“ zählt im Nutzwert, obwohl es Aufwand misst. Begrenzt später die Kapazität die Liste, "
                    "wird der Aufwand doppelt gerechnet. Besser: nicht zählen lassen.",
                    titel=criterion.title,
                )
            )
        if not criterion.anchored:
            found.append(_("„{titel}“ sagt noch nicht, was 0, 5 und 10 bedeuten.", titel=criterion.title))
    ratio = consistency(criteria)
    if ratio is not None and ratio > CONSISTENT:
        told = {"wert": number(ratio, language(), 2), "grenze": number(CONSISTENT, language(), 2)}
        found.append(
            _(
                "Die Paarvergleiche widersprechen sich (CR {wert}, vertretbar bis {grenze}). Bitte prüfen Sie sie.",
                **told,
            )
        )
    return found


def consistency(criteria: WeightedCriteria) -> float | None:
    """The consistency ratio of comparisons in pairs by Saaty's table of 1980; None for another weighting."""
    pairwise = criteria.pairwise
    return None if pairwise is None else pairwise.consistency_ratio(RANDOM_INDICES[RANDOM_INDEX])


def criteria_rows(criteria: WeightedCriteria) -> list[dict[str, object]]:
    """The criteria with weight, direction and anchors, in words."""
    return [
        {
            _("Kriterium"): criterion.title,
            _("Gewicht"): percent(criteria.weights[criterion.code], language(), 1)
            if criterion.counts
            else _("zählt nicht"),
            _("Richtung"): choice(criterion.direction, language()),
            _("Achse der Matrix"): choice(criterion.axis, language()) if criterion.axis else "",
            "0": criterion.anchor_low or "",
            "5": criterion.anchor_middle or "",
            "10": criterion.anchor_high or "",
            _("K.-o. unterhalb von"): "" if criterion.knock_out is None else number(criterion.knock_out, language()),
        }
        for criterion in criteria.criteria
    ]


def rating_address(code: str) -> str:
    """The address under which a code opens its seat."""
    return address_of(RATING_PAGE, code)


def address_of(page: str, code: str) -> str:
    """The address of a page that a code opens."""
    here = str(st.context.url or "")
    base = here.split("?")[0].rstrip("/").rsplit("/", 1)[0] if "//" in here else ""
    return f"{base}/{page}?code={code}"
