"""One measure on one screen: everything that somebody needs who takes it over."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from metrics.domain.base import Record
from metrics.domain.completeness import missing_fields
from metrics.domain.goals import Goal
from metrics.domain.indicators import Indicator
from metrics.domain.living_labs import LivingLab
from metrics.domain.measures import Measure, MeasureState
from metrics.domain.milestones import share_done
from metrics.domain.progress.outcome import CourseVerdict
from metrics.domain.resources import CapacityGroup, ResourceDemand
from metrics.locale.formats import MISSING, euros, moment, number, partial_date, percent, periods_told
from metrics.locale.words import action_words, choice, field_label
from metrics.ui import cards, dialogue_view, measure_view, navigation, note_view, plan, quality_card, round_view
from metrics.ui.judged import last_text, name_of
from metrics.ui.people_names import shown
from metrics.ui.record_values import span_words
from metrics.ui.session import _, _n, language
from metrics.ui.text import literal
from metrics.ui.turning import turned

MOST_CHANGES = 5
MOST_NOTES = 3


def show(measure: Measure) -> None:
    """The whole sheet."""
    _head(measure)
    columns: tuple[tuple[Callable[[Measure], None], ...], ...] = (
        (_facts, _steckbrief, _milestones, _contributions, _events),
        (quality_card.show, _notes, _demand, _ratings, _indicators, _history),
    )
    for column, parts in zip(st.columns(2), columns, strict=True):
        with column:
            for part in parts:
                part(measure)


def titled_link(record: Measure | LivingLab) -> None:
    """The title, which may wrap, and the link by the record's id, which may not."""
    st.markdown(f"**{literal(name_of(record), 160)}**", width="content")
    navigation.link_to(record.kind, record.id, record.id)


def state_badge(state: MeasureState) -> None:
    """The state as sign, word and colour."""
    colour = measure_view.STATE_COLOURS.get(state, "gray")
    st.badge(choice(state, language()), icon=measure_view.STATE_ICONS[state], color=colour)


def gaps_line(record: Measure | LivingLab) -> None:
    """What is still missing in a record, by the names of the fields."""
    missing = [field_label(record.kind, name, language()) for name in missing_fields(record)]
    if missing:
        st.caption(":material/edit_note: " + _("Noch offen: {felder}", felder=literal(", ".join(missing))))
    else:
        st.caption(":material/task_alt: " + _("Vollständig für eine Übergabe."))


def edit_link(record: Record) -> None:
    """The way to the form of a record."""
    navigation.link("plan_editing", _("Bearbeiten"), identifier=f"{record.kind}:{record.id}", icon=":material/edit:")


def long_values(record: Measure | LivingLab, names: tuple[str, ...]) -> bool:
    """Texts and lists of a record under their field names; whether there was any."""
    found = False
    for name in names:
        value = getattr(record, name)
        if value:
            found = True
            st.markdown(f"**{literal(field_label(record.kind, name, language()))}**")
            lines = [value] if isinstance(value, str) else value
            st.markdown("\n".join(f"- {literal(line)}" for line in lines) if len(lines) > 1 else literal(lines[0]))
    return found


def facts_table(rows: list[tuple[str, str]], alt: str) -> None:
    """Labels and values side by side."""
    table = {literal(label): literal(value) for label, value in rows}
    st.table(table, border="horizontal", hide_header=True, alt=alt)


def _head(measure: Measure) -> None:
    navigation.link("measures", _("Alle Maßnahmen"), icon=":material/arrow_back:")
    with cards.card(name_of(measure), key="massnahme_kopf"):
        with st.container(horizontal=True, vertical_alignment="center"):
            state_badge(measure.state)
            st.badge(choice(measure.responsibility, language()), icon=":material/diversity_3:", color="gray")
            cards.example_badge(measure.illustrative)
            edit_link(measure)
        if measure.state_reason:
            st.markdown(_("Grund: {grund}", grund=literal(measure.state_reason)))
        gaps_line(measure)


def _facts(measure: Measure) -> None:
    shown = partial_date(measure.decision_due, language())
    with cards.card(_("Eckdaten")):
        rows = [("id", measure.id), ("owner", measure.owner), ("deputy", measure.deputy)]
        rows += [("coordination", measure.coordination), ("partners", ", ".join(measure.partners))]
        words = [(field_label("measure", name, language()), value or MISSING) for name, value in rows]
        words.append((_("Zeitraum"), span_words(measure.starts, measure.ends)))
        words.append((field_label("measure", "decision_due", language()), shown))
        words.append((_("Mittel"), euros(measure.budget, language())))
        words.append((field_label("measure", "funding", language()), ", ".join(measure.funding) or MISSING))
        facts_table(words, _("Eckdaten der Maßnahme"))
        for goal_id in measure.goal_ids:
            goal = plan.records(Goal).get(goal_id)
            navigation.link_to("goal", goal_id, name_of(goal) if goal else goal_id)
        if measure.living_lab_id:
            lab = plan.records(LivingLab).get(measure.living_lab_id)
            name = name_of(lab) if lab else measure.living_lab_id
            navigation.link_to("living_lab", measure.living_lab_id, _("Reallabor: {titel}", titel=name))


def _steckbrief(measure: Measure) -> None:
    names = ("background", "activities", "target_groups", "added_value", "results", "outlook", "note")
    with cards.card(_("Steckbrief")):
        if not long_values(measure, names):
            st.caption(_("Noch ohne Texte."))
        cards.source_line(measure)


def _milestones(measure: Measure) -> None:
    rows = measure_view.milestone_rows(measure)
    share = share_done(measure.milestones)
    heading = _("Meilensteine: {anteil} erreicht", anteil=percent(share, language())) if rows else _("Meilensteine")
    with cards.card(heading):
        if not rows:
            st.caption(_("Keine Meilensteine festgelegt."))
            return
        icons = measure_view.MILESTONE_ICONS
        st.markdown("\n".join(f"- {icons[state]} {literal(name)} – {literal(when)}" for state, name, when in rows))
        if len({milestone.weight for milestone in measure.milestones}) > 1:
            st.caption(_("Der Anteil rechnet mit den Gewichten der Meilensteine."))


def _notes(measure: Measure) -> None:
    notes = note_view.notes_by_measure().get(measure.id, ())
    with cards.card(_n("{number} Sachstand", "{number} Sachstände", len(notes)) if notes else _("Sachstand")):
        if not notes:
            st.caption(_("Noch kein Sachstand."))
        for note in turned(notes, MOST_NOTES, key="massnahme_sachstand"):
            note_view.show_note(note)
        note_view.write_link(measure)


def _contributions(measure: Measure) -> None:
    dialogue_view.short_list(measure.kind, measure.id)


def _demand(measure: Measure) -> None:
    demands = measure_view.demands_by_measure().get(measure.id, [])
    total = number(sum(demand.person_days for demand in demands if not demand.contributed_by), language())
    with cards.card(_("Bedarf: {tage} Personentage", tage=total) if demands else _("Bedarf")):
        if not demands:
            st.caption(_("Kein Bedarf eingetragen."))
        else:
            cards.example_badge(any(demand.illustrative for demand in demands))
            table = [
                {
                    _("Zeitraum"): periods_told(demand.period, demand.until, language()),
                    _("Gruppe"): _who(demand),
                    _("Personentage"): number(demand.person_days, language()),
                    _("Mittel"): euros(demand.budget, language()),
                }
                for demand in demands
            ]
            st.dataframe(table, hide_index=True, alt=_("Bedarf der Maßnahme je Zeitraum"), key="massnahme_bedarf")
        navigation.link("resources", _("Zu den Ressourcen"), icon=":material/groups:")


def _who(demand: ResourceDemand) -> str:
    """The group that does the work, or the partner who does it in its place."""
    groups = plan.records(CapacityGroup)
    group = groups[demand.group_id].title if demand.group_id in groups else demand.group_id
    return (
        _("{partner} anstelle von {gruppe}", partner=demand.contributed_by, gruppe=group)
        if demand.contributed_by
        else group
    )


def _ratings(measure: Measure) -> None:
    rows = round_view.rounds_of(measure.id)
    with cards.card(_("Bewertung")):
        if rows:
            alt = _("Rang und Nutzwert in jeder Bewertungsrunde")
            st.dataframe(rows, hide_index=True, alt=alt, key="massnahme_bewertung")
        else:
            st.caption(_("Noch nicht bewertet."))
        navigation.link("priorities", _("Zur Priorisierung"), icon=":material/grid_view:")


def _indicators(measure: Measure) -> None:
    with cards.card(_("Indikatoren")):
        ids = list(measure_view.indicators_by_measure().get(measure.id, []))
        if measure.living_lab_id:
            of_lab = [
                found.id for found in plan.records(Indicator).values() if found.living_lab_id == measure.living_lab_id
            ]
            ids += [identifier for identifier in of_lab if identifier not in ids]
        if not ids:
            st.caption(_("Kein Indikator misst diese Maßnahme."))
        for identifier in ids:
            indicator_line(identifier)


def indicator_line(identifier: str) -> None:
    """An indicator with its last value and course."""
    judged = plan.indicators_judged()[identifier]
    with st.container(horizontal=True, vertical_alignment="center"):
        navigation.link_to("indicator", identifier, name_of(judged.indicator))
        st.caption(literal(last_text(judged)), width="content")
        if isinstance(judged.course, CourseVerdict):
            cards.course_badge(judged.course.course)
        cards.example_badge(judged.illustrative)


def _events(measure: Measure) -> None:
    with cards.card(_("Ereignisse und Erkenntnisse")):
        events = measure_view.events_of(measure)
        findings = measure_view.findings_by_measure().get(measure.id, [])
        if events:
            st.caption(_("Ereignisse des Reallabors:"))
            lines = [(partial_date(event.happened_on, language()), event.title) for event in events]
            st.markdown("\n".join(f"- {literal(when)}: {literal(what)}" for when, what in lines))
        for finding in findings:
            st.markdown(f"**{literal(choice(finding.finding_kind, language()))}:** {literal(finding.text)}")
        if not events and not findings:
            st.caption(_("Nichts eingetragen."))


def _history(measure: Measure) -> None:
    entries = plan.history("measure", measure.id)
    heading = _n("Verlauf: {number} Änderung", "Verlauf: {number} Änderungen", len(entries))
    with cards.card(heading):
        for entry in entries[:MOST_CHANGES]:
            change = entry.change
            what = action_words(change.action, language())
            who = f"{moment(change.recorded_at, language())} · {shown(change.recorded_by)}: {what}"
            st.caption(literal(who + (f" – {change.reason}" if change.reason else "")))
        navigation.link("history", _("Alle Änderungen"), identifier=f"measure:{measure.id}", icon=":material/history:")
