"""Where capacity comes from, and where capacity and demand are changed."""

from __future__ import annotations

from typing import Any

import streamlit as st

from metrics.domain.base import Record
from metrics.domain.measures import Measure
from metrics.domain.periods import quarter_of
from metrics.domain.resources import CapacityGroup, ResourceDemand, Staffing
from metrics.ui import cards, form_conflict, forms, measure_view, plan, resource_view
from metrics.ui.forms import Form
from metrics.ui.record_titles import titles
from metrics.ui.session import _, today, with_examples
from metrics.ui.text import literal

FORMS = "ressourcen:"
NEW = ""


def draw() -> None:
    """The formula with the office's own numbers beside the forms that change them."""
    groups, _demands = resource_view.counted_inputs(with_examples())
    left, right = st.columns(2)
    with left:
        _capacity(groups)
        _staffing()
    with right:
        _change()


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
    with cards.card(_("Ändern")):
        with st.expander(_("Kapazität einer Gruppe"), key="ressourcen_kapazitaet", on_change="rerun") as fold:
            if fold.open:
                names = {**titles(CapacityGroup.kind), NEW: _("Neue Gruppe")}
                chosen = _chosen(_("Welche Gruppe?"), names, "ressourcen_welche_gruppe")
                _form(CapacityGroup, chosen, {})
        with st.expander(_("Bedarf einer Maßnahme"), key="ressourcen_bedarfe", on_change="rerun") as fold:
            if fold.open:
                _change_demand()


def _change_demand() -> None:
    measures = titles(Measure.kind)
    if not measures or not plan.records(CapacityGroup):
        cards.nothing_here(_("Ein Bedarf braucht eine Maßnahme und eine Gruppe."))
        return
    measure_id = _chosen(_("Welche Maßnahme?"), measures, "ressourcen_welche_massnahme")
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
