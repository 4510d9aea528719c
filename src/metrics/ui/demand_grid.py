"""The demand of one measure as a grid of fields: a row for each group, a column for each quarter or month.

Text fields and not the framework's table editor: that one is a picture without fields for a screen reader, and reads
"1.234,5" as 1.2345. Every field is a stop of the tabulator key, row by row. What is typed is a draft (`demand_draft`).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

import streamlit as st

from metrics.domain.base import partial_date_bounds
from metrics.domain.demand_cells import DemandCell, Place, demand_cells
from metrics.domain.load import judge_load
from metrics.domain.measures import Measure
from metrics.domain.periods import between, bounds, is_quarter, months_of, quarter_of, row
from metrics.domain.resources import CapacityGroup
from metrics.locale.formats import euros, number, quarter_or_month
from metrics.ui import drafts_list, grid_parts, plan, resource_view
from metrics.ui.demand_draft import Conflict, Draft, attend, days_text, demands_of, place_words, unsaved
from metrics.ui.grid_parts import TwoValues
from metrics.ui.record_titles import titles
from metrics.ui.session import _, _n, language, today, with_examples
from metrics.ui.text import field_name, literal

__all__ = ["attend", "draw"]

QUARTERS, MONTHS = 6, 6
"""Columns that are shown at a time."""
ALL_GROUPS = 6
"""Up to so many groups all have a row; of more only those that the measure asks for, and those that are added."""
MOST_LISTED = 8
"""Changed cells that are listed one by one."""
NAME_WIDTH, SUM_WIDTH = 1.6, 0.8
GRID, WIDE, NARROW = "raster_bedarf", "raster_breit", "raster_schmal"
"""Begin the keys of the grid, and of what stands in it on wide or on narrow screens only."""
STYLE = f"""<style>
@media (min-width: 641px) {{
  .st-key-{GRID} [data-testid="stWidgetLabel"] {{ display: none; }}
  .st-key-{GRID} [data-testid="stLayoutWrapper"]:has(> [class*="st-key-{NARROW}"]) {{ display: none; }}
}}
@media (max-width: 640px) {{
  .st-key-{GRID} [data-testid="stLayoutWrapper"]:has(> [class*="st-key-{WIDE}"]) {{ display: none; }}
}}
</style>"""
"""Up to 640 pixels the framework puts columns below each other: there each field shows its name and each sum what it
sums up, and the headings of the columns would be a heap."""


def draw(measure_id: str) -> None:
    """The grid of a measure with sums, free capacity and what is not stored yet; the page calls `attend` before."""
    measure, draft = plan.records(Measure)[measure_id], Draft(measure_id)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        periods = _periods(draft, measure)
        groups = _groups(draft)
    told = st.container()  # stays where it is, so that no field moves when something is told
    draft.follow(demand_cells(demands_of(measure_id), measure_id, groups, periods))
    st.html(STYLE)
    with st.container(key=GRID):
        with st.container(key=WIDE):
            _headings(measure, periods)
        for group_id in groups:
            _row(draft, group_id, periods)
        _sums(draft, groups, periods)
    _explain(draft, groups, periods)
    with told:
        _say(draft)
    _finish(draft)


def _periods(draft: Draft, measure: Measure) -> list[str]:
    """The columns: quarters or months in a row, from one that can be chosen."""
    names = {True: _("Quartale"), False: _("Monate")}
    wished = bool(
        st.radio(
            _("Einteilung"),
            list(names),
            format_func=names.__getitem__,
            horizontal=True,
            key=draft.key("einteilung"),
        )
    )
    quarterly = wished if draft.in_quarters is None else draft.in_quarters
    known = _known(measure, quarterly)
    words = {each: quarter_or_month(each, language()) for each in known}
    key = draft.key("ab_quartal" if quarterly else "ab_monat")
    first = st.session_state.get(key + ".zuletzt")  # a list that has become longer would begin anew
    index = known.index(first if first in known else _first(measure, known))
    chosen = str(st.selectbox(_("Spalten ab"), known, index, words.__getitem__, key=key, width=220))
    st.session_state[key + ".zuletzt"] = chosen
    return row(chosen, QUARTERS if quarterly else MONTHS)


def _known(measure: Measure, quarterly: bool) -> list[str]:
    """All quarters or months to choose from: those of the measure and of its demands, and the present one."""
    days = [today()]
    if measure.starts:
        days.append(partial_date_bounds(measure.starts)[0])
    if measure.ends:
        days.append(partial_date_bounds(measure.ends)[1])
    for entry in demands_of(measure.id):
        days += [bounds(entry.record.period)[0], bounds(entry.record.until or entry.record.period)[1]]
    quarters = between(quarter_of(min(days)), quarter_of(max(days)))
    return quarters if quarterly else [month for each in quarters for month in months_of(each)]


def _first(measure: Measure, known: Sequence[str]) -> str:
    """Where the columns begin unasked: now, or with the measure or its first demand if that comes later."""
    begins = [bounds(entry.record.period)[0] for entry in demands_of(measure.id)]
    begins += [partial_date_bounds(measure.starts)[0]] if measure.starts else []
    day = max(today(), min(begins)) if begins else today()
    return next((period for period in known if bounds(period)[1] >= day), known[-1])


def _groups(draft: Draft) -> list[str]:
    """The rows: every group of a small office, else those that count here and those that are added."""
    every = list(plan.records(CapacityGroup))
    if len(every) <= ALL_GROUPS:
        return every
    asked = {entry.record.group_id for entry in demands_of(draft.measure_id)} | {group for group, _ in draft.places()}
    names = {**titles(CapacityGroup.kind)}
    others = [group_id for group_id in every if group_id not in asked]
    key = draft.key("gruppen")
    added = st.multiselect(_("Weitere Gruppen"), others, format_func=names.__getitem__, key=key, width=360)
    return [group_id for group_id in every if group_id in asked or group_id in added]


def _headings(measure: Measure, periods: Sequence[str]) -> None:
    columns = _columns(periods)
    columns[0].markdown(f"**{_('Gruppe')}**")
    for period, column in zip(periods, columns[1:-1], strict=True):
        outside = _(" (außerhalb)") if _outside(measure, period) else ""
        column.markdown(f"**{literal(_short(period) + outside)}**")
    columns[-1].markdown(f"**{_('Summe')}**")


def _row(draft: Draft, group_id: str, periods: Sequence[str]) -> None:
    columns = _columns(periods)
    columns[0].markdown(literal(group := resource_view.group_name(group_id)))
    for period, column in zip(periods, columns[1:-1], strict=True):
        with column:
            _field(draft, (group_id, period))
    with columns[-1]:
        _sum(_total(draft, [(group_id, period) for period in periods]), group, f"{group_id}.")


def _field(draft: Draft, place: Place) -> None:
    """One cell, and below it what stands in it beside the number.

    What the field begins with is its default and is not put into the session: the framework sends a value from the
    session once more after a run that was cut short, over what has been typed meanwhile.
    """
    group_id, period = place
    name = field_name(f"{resource_view.group_name(group_id)}, {quarter_or_month(period, language())}")
    typed = st.text_input(
        name,
        draft.begins(place),
        key=draft.field_key(place),
        autocomplete="off",
        persist_state="session",
    )
    draft.note(place, typed)
    said = [*_free_words(draft, place), *map(literal, _marks(draft.present(place)))]
    if said:
        st.caption(" · ".join(said))


def _free_words(draft: Draft, place: Place) -> list[str]:
    """What the group has left in this period with the number that stands in the field: sign and words, as Markdown."""
    free = _left_by_others(draft.measure_id, place[1], with_examples()).get(place[0])
    if free is None:
        return []
    left = free - (draft.counted(place) or 0.0)
    if left < -1e-9:
        return [f"**{literal(_('▲ {tage} zu viel', tage=number(-left, language(), 1)))}**"]
    return [literal(_("frei {tage}", tage=number(max(0.0, left), language(), 1)))]


@plan.remember(*resource_view.KINDS)
def _left_by_others(measure_id: str, period: str, examples: bool) -> dict[str, float]:
    """Person-days by group that the other measures leave; groups that do not count here are absent."""
    groups, demands = resource_view.counted_inputs(examples)
    found = judge_load(groups, [one for one in demands if one.measure_id != measure_id], [period])
    return {group_id: load.capacity - load.demand for (group_id, _period), load in found.items()}


def _marks(cell: DemandCell) -> list[str]:
    marks = ["≈"] if cell.spread else []
    if cell.contributed is not None:
        marks.append(_("+ Partner {tage}", tage=number(cell.contributed, language())))
    return [*marks, *(["◇"] if cell.illustrative else [])]


def _sums(draft: Draft, groups: Sequence[str], periods: Sequence[str]) -> None:
    columns = _columns(periods)
    columns[0].markdown(f"**{_('Summe')}**")
    for period, column in zip(periods, columns[1:-1], strict=True):
        with column:
            _sum(_total(draft, [(group_id, period) for group_id in groups]), _short(period), f".{period}", bold=True)
    every = [(group_id, period) for group_id in groups for period in periods]
    with columns[-1]:
        _sum(_total(draft, every), _("alles zusammen"), ".", bold=True)


def _sum(total: str, of_what: str, place: str, *, bold: bool = False) -> None:
    """A sum, which says on a narrow screen what it sums up."""
    for key, words in ((WIDE, total), (NARROW, _("Summe {wovon}: {tage}", wovon=of_what, tage=total))):
        with st.container(key=f"{key}.{place}"):
            st.markdown(f"**{literal(words)}**" if bold else literal(words))


def _total(draft: Draft, places: Sequence[Place]) -> str:
    known = [days for days in map(draft.counted, places) if days is not None]
    return number(fsum(known) if known else None, language())


def _explain(draft: Draft, groups: Sequence[str], periods: Sequence[str]) -> None:
    """What the signs in the cells mean, as far as they occur."""
    cells = [draft.present((group_id, period)) for group_id in groups for period in periods]
    st.caption(
        _(
            "Personentage der eigenen Leute, zum Beispiel 12,5. Leer heißt: kein Bedarf eingetragen, 0 heißt: keine "
            "Arbeit. „frei“ ist, was die Gruppe in diesem Zeitraum danach noch für Maßnahmen hat."
        )
    )
    if draft.problems():
        st.caption(_("Die Summen lassen Zellen aus, die so nicht gespeichert werden können."))
    if any(cell.spread for cell in cells):
        st.caption(
            _(
                "≈ kommt aus einem Bedarf über mehrere oder andere Zeiträume. Wer die Zelle ändert, ändert nur sie: "
                "Der Bedarf bekommt ein Profil und läuft von seiner ersten bis zu seiner letzten gefüllten Zelle; "
                "eine leere dazwischen zählt als 0."
            )
        )
    if any(cell.illustrative for cell in cells):
        st.caption(_("◇ ist ein Beispielwert und bleibt auch geändert einer, bis das Formular ihn anders ausweist."))


def _say(draft: Draft) -> None:
    """What was typed before, what cannot be stored, and what somebody else has changed meanwhile."""
    if draft.restored:
        drafts_list.say_restored(draft.restored)
    problems = draft.problems().values()
    if problems:
        st.error("\n".join(f"- {literal(one)}" for one in problems), icon=":material/error:")
    for conflict in draft.conflicts():
        grid_parts.say_conflict(draft, conflict.change.place, _two_values(conflict))


def _two_values(conflict: Conflict) -> TwoValues:
    change = conflict.change
    values = (change.seen.person_days, change.person_days, conflict.theirs.person_days)
    before, mine, theirs = map(days_text, values)
    return TwoValues(place_words(change.place), before, mine, theirs, conflict.who)


def _finish(draft: Draft) -> None:
    """How much is not stored yet, the reason, and the two ways on."""
    with st.container():
        _say_unsaved(draft)
        if draft.in_quarters not in (None, st.session_state.get(draft.key("einteilung"))):
            words = _("Zwischen Quartalen und Monaten wechselt die Tabelle, sobald gespeichert oder verworfen ist.")
            st.info(literal(words), icon=":material/info:")
    grid_parts.reason_field(draft)
    grid_parts.ways_on(draft, _("Bedarf speichern"))


def _say_unsaved(draft: Draft) -> None:
    places = draft.places()
    if places:
        words = _n(
            "{number} Zelle geändert, nicht gespeichert", "{number} Zellen geändert, nicht gespeichert", len(places)
        )
        st.markdown(f":orange[:material/edit:] **{words}**")
        changes = draft.changes()
        told = [
            f"{place_words(one.place)}: {days_text(one.seen.person_days)} → {days_text(one.person_days)}"
            for one in changes[:MOST_LISTED]
        ]
        if told:
            rest = len(changes) - len(told)
            st.caption(literal("; ".join([*told, *([_("{zahl} weitere", zahl=rest)] if rest else [])])))
        money = fsum(one.seen.budget for one in changes if one.person_days is None)
        if money:
            words = _("Mit den geleerten Zellen endet auch ihr Geld: {betrag}.", betrag=euros(money, language()))
            st.warning(literal(words), icon=":material/euro:")
    others = [titles(Measure.kind).get(one, one) for one in unsaved(besides=draft.measure_id)]
    if others:
        st.caption(literal(_("Nicht gespeichert ist auch: {massnahmen}", massnahmen=", ".join(others))))


def _columns(periods: Sequence[str]) -> list[st.delta_generator.DeltaGenerator]:
    return st.columns([NAME_WIDTH, *([1] * len(periods)), SUM_WIDTH], gap="small")


def _outside(measure: Measure, period: str) -> bool:
    first, last = bounds(period)
    early = measure.starts is not None and last < partial_date_bounds(measure.starts)[0]
    return early or (measure.ends is not None and first > partial_date_bounds(measure.ends)[1])


def _short(period: str) -> str:
    if is_quarter(period):
        year, part = period.split("-")
        return f"{part} {year}"
    return quarter_or_month(period, language())
