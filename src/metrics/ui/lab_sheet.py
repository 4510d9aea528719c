"""One living lab on one screen: its story, its Steckbrief, its values and what was learned."""

from __future__ import annotations

import streamlit as st

from metrics.domain.goals import Goal
from metrics.domain.living_labs import LabPart, LivingLab
from metrics.locale.formats import partial_date
from metrics.locale.words import choice, field_label
from metrics.ui import cards, lab_view, measure_sheet, navigation, plan
from metrics.ui.form_fields import form_fields
from metrics.ui.judged import name_of
from metrics.ui.record_values import span_words, value_words
from metrics.ui.session import _, language
from metrics.ui.text import literal

TEXTS = (
    "background",
    "question",
    "hypothesis",
    "focus",
    "sub_goals",
    "success_criteria",
    "partners",
    "outlook",
    "note",
)


def badges(lab: LivingLab) -> None:
    """Phase, project phase and result."""
    with st.container(horizontal=True, vertical_alignment="center"):
        colour = lab_view.PHASE_COLOURS.get(lab.phase, "gray")
        st.badge(choice(lab.phase, language()), icon=lab_view.PHASE_ICONS[lab.phase], color=colour)
        if lab.project_phase:
            st.badge(_("Projektphase {zahl}", zahl=lab.project_phase), icon=":material/layers:", color="gray")
        if lab.result:
            st.badge(choice(lab.result, language()), icon=":material/outbound:", color="gray")
        cards.example_badge(lab.illustrative)


def show(lab: LivingLab) -> None:
    """The whole sheet."""
    navigation.link("living_labs", _("Alle Reallabore"), icon=":material/arrow_back:")
    with cards.card(name_of(lab), key="labor_kopf"):
        badges(lab)
        measure_sheet.gaps_line(lab)
        measure_sheet.edit_link(lab)
    _story(lab)
    left, right = st.columns(2)
    with left:
        _steckbrief(lab)
        for number, part in enumerate(lab.parts):
            _part(part, number)
    with right:
        _facts(lab)
        _indicators(lab)
        _evaluations(lab)


def _story(lab: LivingLab) -> None:
    drawn = lab_view.story_chart(lab.id)
    if drawn:
        figure, table, finding = drawn
        with cards.card(finding):
            alt = _("Werte und Ereignisse des Reallabors: {befund}", befund=finding)
            cards.chart(figure, alt=alt, table=table, key="labor_geschichte", file_name=f"reallabor-{lab.id}")
    steps = lab_view.story_steps(lab.id)
    if len(steps) > 1:
        with cards.card(" – ".join(step.name for step in steps)), st.grid(len(steps), min_column_width=210):
            for step in steps:
                with st.container():
                    st.subheader(step.name, anchor=False)
                    st.markdown("\n".join(f"- {literal(line)}" for line in step.lines))


def _facts(lab: LivingLab) -> None:
    labs, goals = plan.records(LivingLab), plan.records(Goal)
    with cards.card(_("Eckdaten")):
        rows = [
            (field_label("living_lab", "id", language()), lab.id),
            (field_label("living_lab", "owner", language()), lab.owner or "–"),
            (field_label("living_lab", "deputy", language()), lab.deputy or "–"),
            (field_label("living_lab", "decided_on", language()), partial_date(lab.decided_on, language())),
            (_("Zeitraum"), span_words(lab.starts, lab.ends)),
        ]
        measure_sheet.facts_table(rows, _("Eckdaten des Reallabors"))
        for goal_id in lab.goal_ids:
            navigation.link_to("goal", goal_id, name_of(goals[goal_id]) if goal_id in goals else goal_id)
        if lab.predecessor_id in labs:
            former = labs[lab.predecessor_id]
            navigation.link_to(
                "living_lab", former.id, _("Vorgänger: {titel} ({kennung})", titel=name_of(former), kennung=former.id)
            )
        for later in lab_view.successors_of(lab):
            navigation.link_to(
                "living_lab", later.id, _("Nachfolger: {titel} ({kennung})", titel=name_of(later), kennung=later.id)
            )
        for measure in lab_view.measures_by_lab().get(lab.id, []):
            navigation.link_to("measure", measure.id, _("Maßnahme: {titel}", titel=name_of(measure)))
        target = f"living_lab:{lab.id}"
        navigation.link("history", _("Alle Änderungen"), identifier=target, icon=":material/history:")


def _steckbrief(lab: LivingLab) -> None:
    with cards.card(_("Steckbrief")):
        if not measure_sheet.long_values(lab, TEXTS):
            st.caption(_("Noch ohne Texte."))
        cards.source_line(lab)


def _part(part: LabPart, number: int) -> None:
    with cards.card(part.title, key=f"labor_teil_{number}"):
        for asked in form_fields(LabPart):
            value = getattr(part, asked.name)
            if value and asked.name != "title":
                st.markdown(f"**{literal(field_label('lab_part', asked.name, language()))}**")
                lines = value_words(asked, value).split("\n")
                st.markdown("\n".join(f"- {literal(line)}" for line in lines) if len(lines) > 1 else literal(lines[0]))


def _indicators(lab: LivingLab) -> None:
    with cards.card(_("Indikatoren")):
        found = lab_view.indicators_by_lab().get(lab.id, [])
        if not found:
            st.caption(_("Kein Indikator misst dieses Reallabor."))
        for indicator in found:
            measure_sheet.indicator_line(indicator.id)


def _evaluations(lab: LivingLab) -> None:
    with cards.card(_("Auswertung und Lehren")):
        found = lab_view.evaluations_of(lab)
        for each in found:
            when = f" ({partial_date(each.held_on, language())})" if each.held_on else ""
            st.markdown(f"**{literal(each.form + when)}**")
            for label, text in ((_("Ergebnis"), each.result), (_("Empfehlung"), each.recommendation)):
                if text:
                    st.markdown(f"{label}: {literal(text)}")
            if each.note:
                st.caption(literal(each.note))
            cards.source_line(each)
        told = len(lab_view.story_steps(lab.id)) > 1
        if not told:
            measure_sheet.long_values(lab, ("lessons",))
        if not found and (told or not lab.lessons):
            st.caption(_("Noch nicht ausgewertet."))
