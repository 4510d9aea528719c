"""Where capacity comes from, and where capacity and demand are changed."""

from __future__ import annotations

from typing import Any

import streamlit as st

from metrics.domain.base import Record
from metrics.domain.measures import Measure
from metrics.domain.periods import quarter_of, row
from metrics.domain.refusals import Refusal
from metrics.domain.resources import CapacityGroup, ResourceDemand, Staffing
from metrics.domain.scheduling.staffing import posts_needed
from metrics.domain.scheduling.why_not import WhyNot
from metrics.locale.formats import number, quarter
from metrics.locale.reading_input import parse_number
from metrics.locale.words import choice, refusal_sentence
from metrics.ui import capacity_view, cards, demand_grid, form_conflict, forms, measure_view, plan, resource_view
from metrics.ui.forms import Form
from metrics.ui.record_titles import titles
from metrics.ui.session import _, language, today, with_examples
from metrics.ui.text import literal

FORMS = "ressourcen:"
NEW = ""
QUARTER, STEPS = "kapazitaet_quartal", "kapazitaet_schritte"
QUARTERS_AHEAD = 12
CASES, MINUTES, SURCHARGE, YEAR_MINUTES = "kgst_faelle", "kgst_minuten", "kgst_zuschlag", "kgst_jahresminuten"


def draw() -> None:
    """The formula with the office's own numbers beside the forms that change them."""
    groups, _demands = resource_view.counted_inputs(with_examples())
    left, right = st.columns(2)
    with left:
        _capacity(groups)
        _staffing()
    with right:
        _change()
        _posts_needed()
    _change_demand()


def _capacity(groups: list[CapacityGroup]) -> None:
    with cards.card(_("Wie die Kapazität zustande kommt")):
        when = _quarter()
        for group in groups:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"**{literal(group.title)}**", width="content")
                cards.example_badge(group.illustrative)
            outside = resource_view.outside_words(group)
            st.caption(literal(resource_view.formula(group, when) + (f" ({outside})" if outside else "")))
        st.caption(
            _("Grundlast ist das Tagesgeschäft. Bis 85 % ist Luft, bis 100 % wird es eng, darüber ist es zu viel.")
        )
        if groups:
            _steps(groups, when)


def _quarter() -> str:
    """The quarter whose capacity is worked out."""
    ahead = {each: quarter(each, language()) for each in row(quarter_of(today()), QUARTERS_AHEAD)}
    return str(st.selectbox(_("Quartal"), list(ahead), 0, ahead.__getitem__, key=QUARTER, width=220))


def _steps(groups: list[CapacityGroup], when: str) -> None:
    with st.expander(_("Schritt für Schritt, mit Wochenstunden"), key=STEPS, on_change="rerun") as fold:
        if not fold.open:
            return
        for group in groups:
            st.markdown(f"**{literal(group.title)}**")
            cards.example_badge(group.illustrative)
            rows = capacity_view.steps(group, when)
            told = {"gruppe": group.title, "quartal": quarter(when, language())}
            alt = _("Rechenweg der Kapazität: {gruppe}, {quartal}", **told)
            cards.values(rows, alt=alt, key=f"kapazitaet_schritte_{group.id}", file_name="kapazitaet")


def _posts_needed() -> None:
    """The KGSt formula with the office's own numbers; nothing is filled in beforehand."""
    with st.expander(_("Wie viele Stellen braucht eine Aufgabe? (KGSt)"), key="kgst", on_change="rerun") as fold:
        if not fold.open:
            return
        st.markdown(
            _(
                "Stellen = (Fallzahl × mittlere Bearbeitungszeit + Zuschläge) / Jahresarbeitsminuten, alles für ein "
                "Jahr. Die Jahresarbeitsminuten einer Stelle gibt die KGSt regelmäßig neu heraus; tragen Sie Ihre "
                "eigenen ein."
            )
        )
        labels = {
            CASES: _("Fallzahl im Jahr"),
            MINUTES: _("Minuten je Fall"),
            SURCHARGE: _("Zuschläge in Minuten im Jahr"),
            YEAR_MINUTES: _("Jahresarbeitsminuten einer Stelle"),
        }
        with st.grid(2, min_column_width=200):
            typed = {key: str(st.text_input(label, key=key) or "") for key, label in labels.items()}
        _show_posts(typed, labels)


def _show_posts(typed: dict[str, str], labels: dict[str, str]) -> None:
    found: dict[str, float] = {}
    for key, text in typed.items():
        try:
            if text.strip():
                found[key] = parse_number(text, language())
        except Refusal as refusal:
            st.error(f"{literal(labels[key])}: {literal(refusal_sentence(refusal, language()))}")
            return
    negative = [labels[key] for key, value in found.items() if value < 0]
    if negative:
        st.error(literal(_("Nicht kleiner als 0: {feld}", feld=", ".join(negative))))
    elif CASES in found and MINUTES in found:
        posts = posts_needed(found[CASES], found[MINUTES], found.get(SURCHARGE, 0.0), found.get(YEAR_MINUTES))
        if isinstance(posts, WhyNot):
            st.info(literal(_("Noch nicht berechenbar: {grund}", grund=choice(posts, language()))))
        else:
            st.markdown(f"**{literal(_('Gebraucht: {stellen} Stellen', stellen=number(posts, language(), 2)))}**")
    else:
        st.caption(_("Fallzahl und Minuten je Fall eintragen; leere Zuschläge zählen als keine."))


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
    form_conflict.draw(Form(name, kind.kind, entry, start))
