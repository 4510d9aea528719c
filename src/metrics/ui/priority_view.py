"""What the page on priorities shows: the matrix, the ranking with its inputs, and who has not been rated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from metrics.charts import impact_effort
from metrics.domain.measures import Measure, Responsibility
from metrics.domain.priorities import SCALE_HIGHEST, SCALE_LOWEST, Criterion, CriterionDirection, Rating
from metrics.domain.ranking import CUT, Ranked, counted_ratings, rank_measures
from metrics.locale.formats import MISSING, euros, number, percent
from metrics.locale.words import choice
from metrics.ui import plan
from metrics.ui.judged import name_of
from metrics.ui.session import _, dark, language
from metrics.ui.text import one_line

DECIMALS = 2
"""Decimals of a Nutzwert; measures that agree in them share their rank."""


@plan.remember("criterion", "rating", "measure")
def ranking(group_id: str | None, examples: bool) -> dict[str, Ranked]:
    """Every rated measure of the plan, the highest Nutzwert first; one group alone if asked."""
    ratings = counted_ratings(plan.records(Rating).values(), include_illustrative=examples)
    found = rank_measures(plan.records(Criterion).values(), ratings, group_id)
    return {measure_id: ranked for measure_id, ranked in found.items() if measure_id in plan.records(Measure)}


@plan.remember("criterion", "rating", "measure")
def matrix(group_id: str | None, examples: bool) -> tuple[go.Figure, list[dict[str, object]], str]:
    """The impact-effort matrix, its table and the finding that is its title."""
    points = tuple(_point(found) for found in ranking(group_id, examples).values() if _placed(found))
    payload = impact_effort.ImpactEffort(
        words=_words(), points=points, cut=CUT, lowest=float(SCALE_LOWEST), highest=float(SCALE_HIGHEST)
    )
    quick = sum(impact_effort.quadrant(point, CUT) == "quadrant_quick" for point in points)
    finding = _(
        "{schnell} von {alle} bewerteten Maßnahmen versprechen viel Wirkung bei wenig Aufwand",
        schnell=quick,
        alle=len(points),
    )
    return impact_effort.draw(payload, dark(), language()), impact_effort.table(payload), finding


@plan.remember("criterion", "rating", "measure")
def unrated(group_id: str | None, examples: bool) -> list[Measure]:
    """The measures without a rating, those that are not over yet first."""
    rated = ranking(group_id, examples)
    found = [measure for measure in plan.records(Measure).values() if measure.id not in rated]
    return sorted(found, key=lambda measure: (measure.ended, measure.id))


@plan.remember("criterion", "rating", "measure")
def selection_rows(group_id: str | None, examples: bool, caught: tuple[str, ...]) -> list[dict[str, object]]:
    """The measures beside the matrix, short enough for half a screen; all of them if none was caught."""
    measures = plan.records(Measure)
    return [
        {
            _("Maßnahme"): one_line(name_of(measures[ranked.measure_id]), 90),
            _("Wirkung"): number(ranked.impact, language(), 1),
            _("Aufwand"): number(ranked.effort, language(), 1),
            _("Feld"): quadrant_name(ranked),
        }
        for ranked in selected(group_id, examples, caught)
    ]


def selected(group_id: str | None, examples: bool, caught: tuple[str, ...]) -> list[Ranked]:
    """The rated measures that were caught in the matrix, in the order of the ranking; all of them if none was."""
    found = ranking(group_id, examples)
    wanted = set(caught) & found.keys()
    return [ranked for ranked in found.values() if not wanted or ranked.measure_id in wanted]


def quadrant_name(ranked: Ranked) -> str:
    """The name of the field of the matrix in which a measure lies."""
    return _words()[impact_effort.quadrant(_point(ranked), CUT)] if _placed(ranked) else MISSING


@plan.remember("criterion", "rating", "measure")
def ranking_rows(group_id: str | None, examples: bool) -> list[dict[str, object]]:
    """Rank, Nutzwert and the median score of every criterion."""
    criteria, measures = plan.records(Criterion), plan.records(Measure)
    rows = []
    for rank, ranked in _with_ranks(list(ranking(group_id, examples).values())):
        scores = {each.title: number(ranked.scores.get(key), language()) for key, each in criteria.items()}
        head = {
            _("Rang"): rank,
            _("Kennung"): ranked.measure_id,
            _("Maßnahme"): one_line(name_of(measures[ranked.measure_id]), 90),
            _("Nutzwert"): number(ranked.utility, language(), DECIMALS),
            _("Hinweis"): _("Beispielwert") if ranked.illustrative else "",
        }
        tail = {
            _("Gruppen"): ranked.groups,
            _("Spanne"): number(ranked.spread, language()),
            _("Stand"): choice(measures[ranked.measure_id].state, language()),
        }
        rows.append(head | scores | tail)
    return rows


def criteria_rows() -> list[dict[str, object]]:
    """The criteria with their weights, in words."""
    return [
        {
            _("Kriterium"): criterion.title,
            _("Gewicht"): percent(criterion.weight, language()),
            _("Richtung"): choice(criterion.direction, language()),
            _("Achse der Matrix"): choice(criterion.axis, language()) if criterion.axis else MISSING,
            _("Hinweis"): _("Beispielwert") if criterion.illustrative else "",
        }
        for criterion in plan.records(Criterion).values()
    ]


def formula() -> str:
    """How a Nutzwert comes about, with the office's own criteria."""
    turned = [each.title for each in plan.records(Criterion).values() if each.direction is CriterionDirection.lower]
    words = _("Nutzwert = Summe (Gewicht × Median der Punktwerte) ÷ Summe der Gewichte, über die bewerteten Kriterien.")
    if turned:
        top = SCALE_LOWEST + SCALE_HIGHEST
        named = ", ".join(_("„{titel}“", titel=title) for title in turned)
        words += " " + _("Bei {kriterien} zählt {summe} − Punktwert.", kriterien=named, summe=top)
    return words


def chosen_ids(event: Any) -> tuple[str, ...]:
    """Ids of the measures that were clicked or caught with box or lasso."""
    found: list[str] = []
    for point in event.selection.points:
        data = point.get("customdata")
        identifier = data[0] if isinstance(data, list | tuple) else data
        if identifier and identifier not in found:
            found.append(str(identifier))
    return tuple(found)


def _with_ranks(found: Sequence[Ranked]) -> list[tuple[int, Ranked]]:
    """Equal Nutzwerte as they are shown share the better rank."""
    ranks: list[tuple[int, Ranked]] = []
    former: str | None = None
    for place, ranked in enumerate(found, 1):
        shown = number(ranked.utility, language(), DECIMALS)
        ranks.append((ranks[-1][0] if shown == former else place, ranked))
        former = shown
    return ranks


def _placed(ranked: Ranked) -> bool:
    return ranked.impact is not None and ranked.effort is not None


def _point(ranked: Ranked) -> impact_effort.MeasurePoint:
    measure = plan.records(Measure)[ranked.measure_id]
    assert ranked.impact is not None
    assert ranked.effort is not None
    budget = _("Mittel: {betrag}", betrag=euros(measure.budget, language()))
    place = {"wirkung": number(ranked.impact, language(), 1), "aufwand": number(ranked.effort, language(), 1)}
    lines = [f"{measure.id} {name_of(measure)}", _("Wirkung {wirkung} · Aufwand {aufwand}", **place), budget]
    return impact_effort.MeasurePoint(
        id=measure.id,
        label=measure.id,
        title=name_of(measure),
        impact=ranked.impact,
        effort=ranked.effort,
        budget=measure.budget,
        budget_text=budget,
        responsibility=measure.responsibility.value,
        illustrative=ranked.illustrative,
        hover="\n".join([*lines, *([_("Beispielwert")] if ranked.illustrative else [])]),
    )


def _words() -> dict[str, str]:
    return {
        "empty": _("Noch keine Maßnahme ist nach Wirkung und Aufwand bewertet."),
        "impact": _("Wirkung (1 gering – 5 hoch)"),
        "effort": _("Aufwand (1 gering – 5 hoch)"),
        "illustrative": _("Beispielwert"),
        "no_budget": _("Mittel nicht bekannt"),
        **{member.value: choice(member, language()) for member in Responsibility},
        "quadrant_quick": _("Schnell umsetzen"),
        "quadrant_big": _("Großprojekt planen"),
        "quadrant_aside": _("Nebenbei"),
        "quadrant_drop": _("Nicht weiterverfolgen"),
        "column_measure": _("Maßnahme"),
        "column_impact": _("Wirkung"),
        "column_effort": _("Aufwand"),
        "column_budget": _("Mittel in Euro"),
        "column_responsibility": _("Verantwortungsbereich"),
        "column_quadrant": _("Feld"),
        "column_note": _("Hinweis"),
    }
