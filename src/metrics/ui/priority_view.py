"""What a judged round shows: the matrix, what a Nutzwert is made of, ranks with their reasons, what is urgent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go

from metrics.charts import contribution_bars, impact_effort
from metrics.domain.measures import Measure, Responsibility
from metrics.domain.priorities import SCALE_HIGHEST, SCALE_LOWEST, SCALE_MIDDLE
from metrics.domain.prioritisation.nutzwert import Ranked, is_flat
from metrics.domain.prioritisation.standing import front
from metrics.domain.prioritisation.urgency import Urgency, next_date, urgency
from metrics.locale.formats import MISSING, day, euros, number, percent
from metrics.locale.words import choice
from metrics.ui import plan, round_view
from metrics.ui.judged import name_of
from metrics.ui.session import _, dark, language, today
from metrics.ui.text import one_line
from metrics.usecases.ranking import RankedRound

DECIMALS = 2
Drawn = tuple[go.Figure, list[dict[str, object]], str]
"""A figure, its table and the finding that is its title."""


def measure_name(measure_id: str, most: int = 90) -> str:
    """What a measure is called, on one line; its id if it is gone."""
    measure = plan.records(Measure).get(measure_id)
    return one_line(name_of(measure), most) if measure else measure_id


# --- matrix ---


@plan.remember("priority_round", "measure")
def matrix(round_id: str, group_id: str | None, whiskers: bool) -> Drawn:
    """The impact–effort matrix of the measures that have a place in it."""
    found = round_view.ranked(round_id, group_id)
    points = tuple(_point(one) for one in placed(found))
    payload = impact_effort.ImpactEffort(
        words=_matrix_words(),
        points=points,
        cut=SCALE_MIDDLE,
        lowest=SCALE_LOWEST,
        highest=SCALE_HIGHEST,
        whiskers=whiskers,
    )
    quick = sum(impact_effort.quadrant(point, SCALE_MIDDLE) == "quadrant_quick" for point in points)
    finding = _(
        "{schnell} von {alle} bewerteten Maßnahmen versprechen viel Wirkung bei wenig Aufwand",
        schnell=quick,
        alle=len(points),
    )
    return impact_effort.draw(payload, dark(), language()), impact_effort.table(payload), finding


def placed(found: RankedRound) -> list[Ranked]:
    """The measures with both coordinates, in the order of the ranking."""
    return [one for one in found.result.measures if one.impact and one.effort]


def selected(found: RankedRound, caught: Iterable[str]) -> list[Ranked]:
    """The measures that were caught in the matrix; all placed ones if none was."""
    wanted = set(caught)
    shown = placed(found)
    return [one for one in shown if not wanted or one.measure_id in wanted]


def selection_rows(shown: Sequence[Ranked]) -> list[dict[str, object]]:
    """The measures beside the matrix, short enough for half a screen."""
    return [
        {
            _("Maßnahme"): measure_name(one.measure_id),
            _("Wirkung"): number(_middle(one.impact), language(), 1),
            _("Aufwand"): number(_middle(one.effort), language(), 1),
            _("Feld"): quadrant_name(one),
        }
        for one in shown
    ]


def quadrant_name(found: Ranked) -> str:
    """The name of the field of the matrix in which a measure lies."""
    if not (found.impact and found.effort):
        return MISSING
    return _matrix_words()[impact_effort.quadrant(_point(found), SCALE_MIDDLE)]


def clicked_id(event: Any) -> str | None:
    """Id of the one measure that was clicked; None where a box or a lasso caught it, or nothing was."""
    if event.selection.get("box") or event.selection.get("lasso"):
        return None
    found = chosen_ids(event)
    return found[0] if len(found) == 1 else None


def chosen_ids(event: Any) -> tuple[str, ...]:
    """Ids of the measures that were clicked or caught with box or lasso."""
    found: list[str] = []
    for point in event.selection.points:
        data = point.get("customdata")
        identifier = data[0] if isinstance(data, list | tuple) else data
        if identifier and identifier not in found:
            found.append(str(identifier))
    return tuple(found)


# --- ranking ---


@plan.remember("priority_round", "measure")
def contributions(round_id: str, group_id: str | None) -> Drawn:
    """What each criterion adds to the Nutzwert of each ranked measure."""
    found = round_view.ranked(round_id, group_id)
    criteria = [one for one in found.round.criteria if one.counts]
    payload = contribution_bars.ContributionBars(
        words={
            "empty": _("Noch keine Maßnahme hat einen Rang."),
            "total": _("Nutzwert (0–10)"),
            "illustrative": _("Beispielwert"),
            "more": _("{count} weitere in der Tabelle", count="{count}"),
            "column_rank": _("Rang"),
            "column_measure": _("Maßnahme"),
            "column_total": _("Nutzwert"),
            "column_note": _("Hinweis"),
        },
        criteria=tuple(
            contribution_bars.ContributionCriterion(one.code, one.title, _weight(found, one.code)) for one in criteria
        ),
        rows=tuple(_contribution_row(found, one) for one in found.result.ranking),
    )
    finding = headline(found)
    return contribution_bars.draw(payload, dark(), language()), contribution_bars.table(payload), finding


def _contribution_row(found: RankedRound, one: Ranked) -> contribution_bars.ContributionRow:
    return contribution_bars.ContributionRow(
        id=one.measure_id,
        label=measure_name(one.measure_id, 60),
        contributions=one.contributions,
        total=one.utility or 0.0,
        total_text=number(one.utility, language(), DECIMALS),
        band=round_view.places_text(one),
        illustrative=is_example(found, one),
    )


def headline(found: RankedRound) -> str:
    """Who leads, alone or tied."""
    ranking = found.result.ranking
    if not ranking:
        return _("Noch keine Maßnahme hat einen Rang")
    band = [one for one in ranking if one.places == ranking[0].places]
    if is_flat(found.result):
        return _("Die Bewertungen unterscheiden die {anzahl} Maßnahmen nicht", anzahl=len(ranking))
    told = {"titel": measure_name(ranking[0].measure_id), "wert": number(ranking[0].utility, language(), DECIMALS)}
    if len(band) > 1:
        return _("{anzahl} Maßnahmen liegen gleichauf vorn", anzahl=len(band))
    return _("Höchster Nutzwert: {titel} ({wert} von 10)", **told)


@plan.remember("priority_round", "measure")
def ranking_rows(round_id: str, group_id: str | None) -> list[dict[str, object]]:
    """Every measure of the round: rank, Nutzwert with its range, the median on each criterion, or why it has none."""
    found = round_view.ranked(round_id, group_id)
    firm = round_view.firm(round_id, group_id)
    first = firm.among_first(front(found.result)) if firm else {}
    rows: list[dict[str, object]] = []
    for one in found.result.measures:
        scores = {
            criterion.title: number(cell.value, language(), 1) if (cell := one.cells[criterion.code]) else MISSING
            for criterion in found.round.criteria
        }
        head = {
            _("Rang"): round_view.places_text(one),
            _("Kennung"): one.measure_id,
            _("Maßnahme"): measure_name(one.measure_id),
            _("Nutzwert"): number(one.utility, language(), DECIMALS),
            _("möglich"): _range(one.utility_low, one.utility_high),
            _front_words(found): percent(first.get(one.measure_id), language()),
            _("Hinweis"): note(found, one),
        }
        measure = plan.records(Measure).get(one.measure_id)
        tail = {
            _("Uneinigkeit"): number(one.dissent, language(), 1),
            _("Stand"): choice(measure.state, language()) if measure else MISSING,
        }
        rows.append({**head, **scores, **tail})
    return rows


def _front_words(found: RankedRound) -> str:
    count = front(found.result)
    return _("auf Rang 1") if count == 1 else _("unter den ersten {anzahl}", anzahl=count)


def note(found: RankedRound, one: Ranked) -> str:
    """Why a measure has no rank, and whether its scores are invented."""
    titles = {criterion.code: criterion.title for criterion in found.round.criteria}
    parts = [_("K.-o.: {kriterium}", kriterium=titles[code]) for code in one.knocked_out]
    parts += [_("niemand bewertete: {kriterium}", kriterium=titles[code]) for code in one.missing]
    return " · ".join([*parts, *([_("Beispielwert")] if is_example(found, one) else [])])


def is_example(found: RankedRound, one: Ranked) -> bool:
    """Whether invented scores or criteria went into a measure's result."""
    return one.illustrative or found.round.illustrative


def formula(found: RankedRound) -> str:
    """How a Nutzwert comes about in this round."""
    words = _("Nutzwert = Summe aus Gewicht × Median der Punktwerte über die Kriterien, die zählen (0–10).")
    turned = [
        _("„{titel}“", titel=one.title)
        for one in found.round.criteria
        if one.counts and one.in_favour(SCALE_LOWEST) > SCALE_LOWEST
    ]
    if turned:
        words += " " + _("Bei {kriterien} zählt 10 − Punktwert.", kriterien=", ".join(turned))
    outside = [_("„{titel}“", titel=one.title) for one in found.round.criteria if not one.counts]
    if outside:
        words += " " + _(
            "{kriterien} zählt nicht mit: Aufwand und Kosten begrenzen die Liste erst an der Schnittlinie.",
            kriterien=", ".join(outside),
        )
    return words


# --- urgency ---


@plan.remember("priority_round", "measure")
def urgent(round_id: str, group_id: str | None, weeks: int) -> dict[Urgency, list[tuple[str, date | None]]]:
    """The ranked measures by Eisenhower's fields, each with its next date."""
    fields: dict[Urgency, list[tuple[str, date | None]]] = {field: [] for field in Urgency}
    for one in round_view.ranked(round_id, group_id).result.ranking:
        measure = plan.records(Measure).get(one.measure_id)
        if measure is not None and one.utility is not None:
            field = urgency(measure, one.utility, today(), weeks)
            fields[field].append((one.measure_id, next_date(measure)))
    return fields


def urgent_rows(fields: Mapping[Urgency, Sequence[tuple[str, date | None]]]) -> list[dict[str, object]]:
    """The same as a table."""
    return [
        {
            _("Feld"): choice(field, language()),
            _("Maßnahme"): measure_name(identifier),
            _("nächster Termin"): day(due, language()),
        }
        for field, found in fields.items()
        for identifier, due in found
    ]


# --- words ---


def _weight(found: RankedRound, code: str) -> str:
    return percent(found.result.weights[code], language())


def _middle(place: tuple[float, float, float] | None) -> float | None:
    return place[0] if place else None


def _range(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return MISSING
    return f"{number(low, language(), DECIMALS)}–{number(high, language(), DECIMALS)}"


def _point(found: Ranked) -> impact_effort.MeasurePoint:
    measure = plan.records(Measure).get(found.measure_id)
    assert found.impact is not None and found.effort is not None
    name = measure_name(found.measure_id)
    money = measure.budget if measure else None
    budget = _("Mittel: {betrag}", betrag=euros(money, language()))
    place = {"wirkung": number(found.impact[0], language(), 1), "aufwand": number(found.effort[0], language(), 1)}
    lines = [f"{found.measure_id} {name}", _("Wirkung {wirkung} · Aufwand {aufwand}", **place), budget]
    return impact_effort.MeasurePoint(
        id=found.measure_id,
        label=found.measure_id,
        title=name,
        impact=found.impact[0],
        effort=found.effort[0],
        budget=money,
        budget_text=budget,
        responsibility=measure.responsibility.value if measure else Responsibility.office.value,
        illustrative=found.illustrative,
        hover="\n".join([*lines, *([_("Beispielwert")] if found.illustrative else [])]),
        impact_low=found.impact[1],
        impact_high=found.impact[2],
        effort_low=found.effort[1],
        effort_high=found.effort[2],
        impact_range=_range(found.impact[1], found.impact[2]),
        effort_range=_range(found.effort[1], found.effort[2]),
    )


def _matrix_words() -> dict[str, str]:
    return {
        "empty": _("Noch keine Maßnahme ist nach Wirkung und Aufwand bewertet."),
        "impact": _("Wirkung (0 keine – 10 sehr hoch)"),
        "effort": _("Aufwand (0 keiner – 10 sehr hoch)"),
        "illustrative": _("Beispielwert"),
        "no_budget": _("Mittel nicht bekannt"),
        **{member.value: choice(member, language()) for member in Responsibility},
        "quadrant_quick": _("Schnell umsetzen"),
        "quadrant_big": _("Großprojekt planen"),
        "quadrant_aside": _("Nebenbei"),
        "quadrant_drop": _("Nicht weiterverfolgen"),
        "column_measure": _("Maßnahme"),
        "column_impact": _("Wirkung"),
        "column_impact_range": _("Wirkung, möglich"),
        "column_effort": _("Aufwand"),
        "column_effort_range": _("Aufwand, möglich"),
        "column_budget": _("Mittel in Euro"),
        "column_responsibility": _("Verantwortungsbereich"),
        "column_quadrant": _("Feld"),
        "column_note": _("Hinweis"),
    }
