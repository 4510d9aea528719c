"""Resources: what the measures ask for, against the time that the office has."""

from __future__ import annotations

from typing import Any

import streamlit as st

from metrics.domain.base import Record
from metrics.domain.load import EVERYBODY, worst
from metrics.domain.measures import Measure
from metrics.domain.periods import quarter_of
from metrics.domain.resources import CapacityGroup, ResourceDemand, Staffing
from metrics.locale.formats import quarter
from metrics.ui import cards, demand_grid, form_conflict, forms, measure_view, navigation, plan, resource_view
from metrics.ui.forms import Form
from metrics.ui.record_titles import titles
from metrics.ui.session import _, _n, language, today, with_examples
from metrics.ui.text import literal

FORMS = "ressourcen:"
NEW = ""


def page() -> None:
    """The finding first, then the load, then what it is made of and where to change it."""
    demand_grid.attend()
    cards.stand()
    _selection()
    groups, _demands = resource_view.counted_inputs(with_examples())
    if groups:
        _load()
    else:
        cards.nothing_here(
            _("Noch keine Gruppe mit Kapazität. Legen Sie unten eine an: Stellen, Tage, Abwesenheit, Grundlast.")
        )
    left, right = st.columns(2)
    with left:
        _capacity(groups)
        _staffing()
    with right:
        _change()
    _change_demand()


def _selection() -> None:
    """The measures that were caught in the matrix, if the address names any."""
    chosen = navigation.asked_ids()
    rows = resource_view.selection_rows(chosen) if chosen else []
    if not rows:
        return
    with cards.card(_n("Auswahl: {number} Maßnahme", "Auswahl: {number} Maßnahmen", len(rows))):
        cards.values(rows, alt=_("Bedarf der ausgewählten Maßnahmen"), key="ressourcen_auswahl", file_name="auswahl")
        navigation.link("resources", _("Auswahl aufheben"), icon=":material/close:")


def _load() -> None:
    examples = with_examples()
    headline = st.container()
    quarters = resource_view.shown_quarters(_first_quarter())
    found = resource_view.loads(quarters, examples)
    headline.markdown(f"**{literal(resource_view.headline(found.values()))}**")
    _say_what_is_invented(any(load.illustrative for load in found.values()))
    figure, table, finding = resource_view.heatmap(quarters, examples)
    with cards.card(finding):
        cards.chart(figure, alt=_("Auslastung je Gruppe und Quartal: {befund}", befund=finding), table=table,
                    key="ressourcen_last", file_name="auslastung")  # fmt: skip
    names = {EVERYBODY: resource_view.group_name(EVERYBODY)}
    names |= {group.id: group.title for group in resource_view.counted_inputs(examples)[0]}
    with st.container(border=True):
        heading = st.container()
        tightest = worst(found.values())
        first = list(names).index(tightest.group_id) if tightest else 0
        chosen = st.selectbox(_("Gruppe"), list(names), first, names.__getitem__, key="ressourcen_gruppe", width=360)
        figure, table, finding = resource_view.columns(quarters, chosen, examples)
        heading.header(literal(finding), anchor=False)
        cards.chart(figure, alt=_("Bedarf je Quartal und Maßnahme gegen die Kapazität: {befund}", befund=finding),
                    table=table, key="ressourcen_bedarf", file_name="bedarf")  # fmt: skip
        if chosen == EVERYBODY:
            st.caption(_("Zusammengezählt, als könnte jede Gruppe die Arbeit der anderen tun."))


def _first_quarter() -> str:
    known = resource_view.known_quarters()
    words = {each: quarter(each, language()) for each in known}
    current = known.index(quarter_of(today())) if quarter_of(today()) in known else 0
    return str(st.selectbox(_("Ab Quartal"), known, current, words.__getitem__, key="ressourcen_ab", width=220))


def _say_what_is_invented(invented: bool) -> None:
    left_out = resource_view.left_out(with_examples())
    if invented:
        with st.container(horizontal=True, vertical_alignment="center"):
            cards.example_badge()
            st.caption(_("Kapazitäten und Bedarfe mit diesem Zeichen sind erfunden; sie zeigen nur die Arbeitsweise."))
    if left_out:
        words = _n("{number} Beispielwert zählt nicht mit.", "{number} Beispielwerte zählen nicht mit.", left_out)
        st.caption(words + " " + _("Das ändert der Schalter „Beispielwerte einrechnen“."))


def _capacity(groups: list[CapacityGroup]) -> None:
    with cards.card(_("Wie die Kapazität zustande kommt")):
        when = quarter_of(today())
        for group in groups:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"**{literal(group.title)}**", width="content")
                cards.example_badge(group.illustrative)
            outside = resource_view.outside_words(group)
            st.caption(literal(resource_view.formula(group, when) + (f" ({outside})" if outside else "")))
        st.caption(
            _("Grundlast ist das Tagesgeschäft. Bis 85 % ist Luft, bis 100 % wird es eng, darüber ist es zu viel.")
        )


def _staffing() -> None:
    facts = list(plan.records(Staffing).values())
    if facts:
        with cards.card(_("Was über das Personal bekannt ist")):
            for fact in facts:
                st.markdown(literal(resource_view.staffing_words(fact)))
                cards.example_badge(fact.illustrative)
                if fact.note:
                    st.caption(literal(fact.note))
                cards.source_line(fact)


def _change() -> None:
    label = _("Kapazität einer Gruppe")
    with cards.card(_("Ändern")), st.expander(label, key="ressourcen_kapazitaet", on_change="rerun") as fold:
        if fold.open:
            names = {**titles(CapacityGroup.kind), NEW: _("Neue Gruppe")}
            chosen = _chosen(_("Welche Gruppe?"), names, "ressourcen_welche_gruppe")
            _form(CapacityGroup, chosen, {})


def _change_demand() -> None:
    """The grid of one measure; what a grid cannot say stands in the form of a single demand."""
    with cards.card(_("Bedarf einer Maßnahme")):
        measures = titles(Measure.kind)
        if not measures or not plan.records(CapacityGroup):
            cards.nothing_here(_("Ein Bedarf braucht eine Maßnahme und eine Gruppe."))
            return
        measure_id = _chosen(_("Welche Maßnahme?"), measures, "ressourcen_welche_massnahme")
        demand_grid.draw(measure_id)
        label = _("Einzelner Bedarf: Beitrag eines Partners, Verteilung über mehrere Zeiträume")
        with st.expander(label, key="ressourcen_bedarfe", on_change="rerun") as fold:
            if fold.open:
                own = measure_view.demands_by_measure().get(measure_id, [])
                names = {**resource_view.demand_choices(own), NEW: _("Neuer Bedarf")}
                chosen = _chosen(_("Welcher Bedarf?"), names, f"ressourcen_welcher_bedarf_{measure_id}")
                _form(ResourceDemand, chosen, {"measure_id": measure_id}, suffix=measure_id)


def _chosen(label: str, names: Any, key: str) -> str:
    return str(st.selectbox(label, list(names), format_func=dict(names).__getitem__, key=key) or NEW)


def _form(kind: type[Record], identifier: str, start: dict[str, str], suffix: str = "") -> None:
    """A small form; what is typed survives a conflict, and an unknown id is a new record."""
    entry = plan.entries(kind).get(identifier)
    name = f"{FORMS}{kind.kind}:{identifier or suffix}"
    saved = forms.saved_notice(name)
    if saved:
        told = {"titel": saved["title"], "version": saved["version"]}
        st.success(literal(_("Gespeichert: {titel} (Fassung {version})", **told)), icon=":material/check_circle:")
    form = Form(name, kind.kind, entry, start)
    settled = form_conflict.settle(form)
    form.draw()
    with st.container(horizontal=True):
        if settled:
            form.save_button()
        if form.touched:
            form.discard_button()
