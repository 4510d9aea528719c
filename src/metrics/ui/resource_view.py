"""What the page on resources shows: load per group and quarter, what is too much, and how capacity comes about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf

import plotly.graph_objects as go

from metrics.charts import demand_columns, load_heatmap
from metrics.domain.load import (
    EVERYBODY,
    FULL,
    TIGHT,
    Band,
    Load,
    all_groups,
    counted,
    judge_load,
)
from metrics.domain.measures import Measure
from metrics.domain.periods import between, is_quarter, months_of, quarter_of, row
from metrics.domain.resources import CapacityGroup, ResourceDemand, Staffing
from metrics.locale.formats import MISSING, number, partial_date, percent, periods_told, quarter, quarter_or_month
from metrics.ui import plan
from metrics.ui.judged import name_of
from metrics.ui.session import _, dark, language, today
from metrics.ui.text import one_line

KINDS = ("capacity_group", "resource_demand", "measure")
FEWEST, MOST = 4, 8
"""Quarters that are shown at a time."""
FEWEST_MONTHS, MOST_MONTHS = 12, 18
"""Months that are shown at a time."""
NAMED = 5
"""Measures that a cell of the heat map names."""


@plan.remember(*KINDS)
def known_quarters() -> tuple[str, ...]:
    """All quarters to choose from: from the first demand, or today, to the last demand."""
    now = quarter_of(today())
    asked = [each for demand in plan.records(ResourceDemand).values() for each in demand.quarters]
    return tuple(between(min([now, *asked]), max([now, *asked])))


@plan.remember(*KINDS)
def shown_quarters(first: str) -> tuple[str, ...]:
    """The quarters from the first to the last demand, at least four and at most eight."""
    until = len(between(first, known_quarters()[-1]))
    return tuple(row(first, max(FEWEST, min(MOST, until))))


@plan.remember(*KINDS)
def shown_months(first: str) -> tuple[str, ...]:
    """The months from the first of a quarter to the last demand, at least 12 and at most 18."""
    start, last = months_of(first)[0], months_of(known_quarters()[-1])[-1]
    until = len(between(start, last))
    return tuple(row(start, max(FEWEST_MONTHS, min(MOST_MONTHS, until))))


@plan.remember(*KINDS)
def loads(periods: tuple[str, ...], examples: bool) -> dict[tuple[str, str], Load]:
    """The load of every group that counts, by (group id, period)."""
    groups, demands = counted_inputs(examples)
    return judge_load(groups, demands, periods)


def counted_inputs(examples: bool) -> tuple[list[CapacityGroup], list[ResourceDemand]]:
    """The groups and demands that count together; real ones are not mixed with examples unless asked for."""
    groups, demands = plan.records(CapacityGroup).values(), plan.records(ResourceDemand).values()
    return counted(groups, demands, plan.records(Measure).values(), include_illustrative=examples)


@plan.remember(*KINDS)
def left_out(examples: bool) -> int:
    """How many example inputs do not count."""
    (every_group, every_demand), (groups, demands) = counted_inputs(True), counted_inputs(examples)
    return len(every_group) + len(every_demand) - len(groups) - len(demands)


@plan.remember(*KINDS)
def selection_rows(measure_ids: tuple[str, ...]) -> list[dict[str, object]]:
    """What chosen measures ask for: in all, quarter by quarter; a measure without a demand says so."""
    measures = plan.records(Measure)
    rows: list[dict[str, object]] = []
    for identifier in measure_ids:
        own = [one for one in plan.records(ResourceDemand).values() if one.measure_id == identifier]
        if identifier in measures:
            by_quarter = {each for one in own for each in one.quarters}
            rows.append(
                {
                    _("Maßnahme"): one_line(name_of(measures[identifier]), 90),
                    _("Personentage"): number(sum(one.person_days for one in own), language(), 0) if own else MISSING,
                    _("Zeitraum"): _span(by_quarter),
                    _("Gruppen"): ", ".join(sorted({group_name(one.group_id) for one in own})) or MISSING,
                    _("Hinweis"): _("Beispielwert") if any(one.illustrative for one in own) else "",
                }
            )
    return rows


def _span(quarters: Iterable[str]) -> str:
    known = sorted(quarters)
    if not known:
        return MISSING
    first, last = quarter(known[0], language()), quarter(known[-1], language())
    return first if first == last else f"{first} – {last}"


def group_name(group_id: str) -> str:
    """A group's title; all groups together have a name too."""
    if group_id == EVERYBODY:
        return _("Alle Gruppen zusammen")
    groups = plan.records(CapacityGroup)
    return one_line(groups[group_id].title, 60) if group_id in groups else group_id


def _measure_name(measure_id: str, most: int = 60) -> str:
    measures = plan.records(Measure)
    return one_line(name_of(measures[measure_id]), most) if measure_id in measures else measure_id


@plan.remember(*KINDS)
def heatmap(periods: tuple[str, ...], examples: bool) -> tuple[go.Figure, list[dict[str, object]], str]:
    """The load of every group in every quarter or month, its table, and the finding that is its title."""
    found = loads(periods, examples)
    groups = counted_inputs(examples)[0]
    rows = tuple(
        load_heatmap.LoadRow(
            group.id,
            group.title,
            tuple(inf if found[group.id, each].without_time else found[group.id, each].share for each in periods),
            tuple(_load_hover(found[group.id, each]) for each in periods),
        )
        for group in groups
    )
    short = tuple(_short(each) for each in periods)
    payload = load_heatmap.LoadHeatmap(words=_heatmap_words(), quarters=short, rows=rows, tight=TIGHT, full=FULL)
    over = sum(load.band is Band.over for load in found.values())
    finding = _over_words(over, len(found), monthly=not all(map(is_quarter, periods)))
    return load_heatmap.draw(payload, dark(), language()), [_load_row(load) for load in found.values()], finding


def _over_words(over: int, of_all: int, *, monthly: bool) -> str:
    told = {"zahl": over, "alle": of_all}
    if monthly:
        return _("In {zahl} von {alle} Monaten der Gruppen ist mehr verplant, als Zeit da ist", **told)
    return _("In {zahl} von {alle} Quartalen der Gruppen ist mehr verplant, als Zeit da ist", **told)


@plan.remember(*KINDS)
def columns(periods: tuple[str, ...], group_id: str, examples: bool) -> tuple[go.Figure, list[dict[str, object]], str]:
    """The demand on a group (or on all) by measure against its capacity, its table, and the finding."""
    found = loads(periods, examples)
    own = [all_groups(found.values(), each) if group_id == EVERYBODY else found[group_id, each] for each in periods]
    invented = {demand.measure_id for demand in counted_inputs(examples)[1] if demand.illustrative}
    measures = tuple(
        demand_columns.MeasureDemand(
            key, _measure_name(key), tuple(load.demand_of.get(key, 0.0) for load in own), key in invented
        )
        for key in dict.fromkeys(key for load in own for key in load.demand_of)
    )
    payload = demand_columns.DemandColumns(
        words=_columns_words(),
        quarters=tuple(_short(each) for each in periods),
        measures=measures,
        capacity=tuple(load.capacity for load in own),
    )
    demand = number(sum(load.demand for load in own), language())
    told = {"gruppe": group_name(group_id), "bedarf": demand}
    told["kapazitaet"] = number(sum(load.capacity for load in own), language(), 1)
    finding = _("{gruppe}: {bedarf} von {kapazitaet} Personentagen verplant", **told)
    return demand_columns.draw(payload, dark(), language()), demand_columns.table(payload), finding


def formula(group: CapacityGroup, when: str) -> str:
    """How the group's capacity in a quarter comes about, with its own numbers; by month where its months differ."""
    result = number(group.person_days(when), language(), 1)
    months = months_of(when)
    shares = {group.shares_in(month) for month in months}
    if len(shares) > 1:
        parts = [
            f"{partial_date(month, language())} {number(group.person_days(month), language(), 1)}" for month in months
        ]
        return _("{monate} = {ergebnis} Personentage im Quartal", monate=" + ".join(parts), ergebnis=result)
    ((absence, base_load),) = shares
    told = {
        "vzae": number(round(group.fte_in(when), 2), language()),
        "tage": number(group.days_per_quarter, language()),
        "abwesend": percent(absence, language()),
        "grundlast": percent(base_load, language()),
        "ergebnis": result,
    }
    return _(
        "{vzae} VZÄ × {tage} Tage × (1 − {abwesend} Abwesenheit) × (1 − {grundlast} Grundlast) "
        "= {ergebnis} Personentage im Quartal",
        **told,
    )


def outside_words(group: CapacityGroup) -> str:
    """When the group exists, if its time is limited."""
    first, last = group.first_quarter, group.last_quarter
    told = {"von": quarter(first, language()), "bis": quarter(last, language())}
    if first and last:
        return _("nur vom {von} bis {bis}", **told)
    if first:
        return _("ab {von}", von=told["von"])
    return _("bis {bis}", bis=told["bis"]) if last else ""


def staffing_words(staffing: Staffing) -> str:
    """What was reported about posts and staff."""
    parts = []
    if staffing.staff is not None and staffing.posts is not None:
        told = {"menschen": number(staffing.staff, language()), "stellen": number(staffing.posts, language())}
        parts.append(_("{menschen} Beschäftigte auf {stellen} Planstellen", **told))
    elif staffing.posts is not None:
        parts.append(_("{stellen} Planstellen", stellen=number(staffing.posts, language())))
    elif staffing.staff is not None:
        parts.append(_("{menschen} Beschäftigte", menschen=number(staffing.staff, language())))
    if staffing.extra_posts is not None:
        parts.append(_("{stellen} zusätzliche Stellen vorgeschlagen", stellen=number(staffing.extra_posts, language())))
    parts += [_("befristet: {umfang}", umfang=staffing.fixed_term)] if staffing.fixed_term else []
    parts += [_("Zweck: {zweck}", zweck=staffing.purpose)] if staffing.purpose else []
    return f"{partial_date(staffing.as_of, language())}: {' · '.join(parts) or MISSING}"


def band_name(band: Band) -> str:
    """A band in words."""
    names = {Band.unused: _("keine Kapazität"), Band.calm: _("bis 85 %"), Band.tight: _("85 bis 100 %")}
    return names.get(band, _("über 100 %"))


def _load_row(load: Load) -> dict[str, object]:
    return {
        _("Gruppe"): group_name(load.group_id),
        _("Quartal") if is_quarter(load.period) else _("Monat"): quarter_or_month(load.period, language()),
        _("Bedarf (Personentage)"): round(load.demand, 1),
        _("Kapazität (Personentage)"): round(load.capacity, 1),
        _("Auslastung"): _share_words(load),
        _("Stufe"): _("überlastet") if load.without_time else band_name(load.band),
        _("Hinweis"): _("Beispielwert") if load.illustrative else "",
    }


def _share_words(load: Load) -> str:
    """The load as per cent; a demand for which there is no time at all has none and is too much."""
    return _("keine Zeit da") if load.without_time else percent(load.share, language())


def _load_hover(load: Load) -> str:
    told = {"bedarf": number(load.demand, language(), 1), "kapazitaet": number(load.capacity, language(), 1)}
    lines = [f"{group_name(load.group_id)}, {quarter_or_month(load.period, language())}: {_share_words(load)}"]
    lines.append(_("{bedarf} von {kapazitaet} Personentagen", **told))
    lines += [
        f"{_measure_name(key, 40)}: {number(days, language())}" for key, days in list(load.demand_of.items())[:NAMED]
    ]
    return "\n".join([*lines, *([_("Beispielwert")] if load.illustrative else [])])


def _short(when: str) -> str:
    if not is_quarter(when):
        return partial_date(when, language())
    year, part = when.split("-")
    return f"{part} {year}"


def _heatmap_words() -> dict[str, str]:
    return {
        "empty": _("Noch keine Gruppe mit Kapazität."),
        "calm": band_name(Band.calm),
        "tight": band_name(Band.tight),
        "over": band_name(Band.over),
        "no_value": band_name(Band.unused),
        "no_time": _("keine Zeit"),
        "column_group": _("Gruppe"),
    }


def _columns_words() -> dict[str, str]:
    return {
        "empty": _("Noch kein Bedarf und keine Kapazität."),
        "rest": _("Übrige Maßnahmen"),
        "capacity": _("Kapazität"),
        "overload": _("Überlast"),
        "unit": _("Personentage"),
        "illustrative": _("Beispielwert"),
        "column_measure": _("Personentage je Maßnahme"),
        "column_note": _("Hinweis"),
    }


def demand_choices(demands: Sequence[ResourceDemand]) -> dict[str, str]:
    """Demands by id, as they are chosen for editing."""
    return {
        demand.id: f"{periods_told(demand.period, demand.until, language())} · {group_name(demand.group_id)} · "
        f"{number(demand.person_days, language())}"
        for demand in demands
    }
