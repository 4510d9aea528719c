"""The page of one indicator: value, both statements, target path, sources per point, facts, history."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from metrics.domain.goals import Goal
from metrics.domain.indicators import Comparison, Reading
from metrics.domain.measures import Measure
from metrics.domain.progress.assessment import IndicatorAssessment, TargetAssessment
from metrics.domain.progress.outcome import Attainment, CourseVerdict
from metrics.domain.progress.rules import DEFAULT
from metrics.locale.formats import day
from metrics.locale.words import (
    attainment_lines,
    choice,
    course_disclaimer,
    course_lines,
    course_meaning,
    field_label,
    obstacle_sentence,
    target_attainment_sentence,
    target_course_reason,
)
from metrics.ui import cards, course_view, history_view, indicator_view, methods_view, navigation, plan, target_chart
from metrics.ui.judged import attainment_text, course_of, greyed, last_period, name_of, overdue, target_text
from metrics.ui.session import _, language, today
from metrics.ui.text import literal, one_line

MOST_CHANGES = 10


def one_indicator(found: IndicatorAssessment) -> None:
    """Everything about one indicator on one screen."""
    indicator = found.indicator
    with st.container(horizontal=True, vertical_alignment="center"):
        navigation.link("indicators", _("Alle Indikatoren"), icon=":material/arrow_back:")
        navigation.link("readings", _("Istwert eingeben"), identifier=indicator.id, icon=":material/edit_note:")
        edited = "indicator:" + indicator.id
        navigation.link("plan_editing", _("Indikator bearbeiten"), identifier=edited, icon=":material/edit:")
    _headline(found)
    verdict = _chosen_target(found)
    with st.grid(2, min_column_width=340, gap="medium"):
        _attainment(found, verdict)
        _course(found, verdict)
    _path(found, verdict)
    if verdict:
        _rules(found, verdict)
    _beside(found)
    _points(found)
    _facts(found)
    with st.grid(2, min_column_width=340, gap="medium"):
        _belongs_to(found)
        _history(found)


def _headline(found: IndicatorAssessment) -> None:
    indicator, last = found.indicator, found.last
    with cards.card(name_of(indicator)):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            st.metric(_("Letzter Istwert, {zeit}", zeit=last_period(found)), greyed(found), width="content")
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                cards.freshness_badge(found.freshness)
                cards.example_badge(found.illustrative)
        said = [indicator.territory, choice(indicator.basis, language()), choice(indicator.direction, language())]
        if found.due:
            due = day(found.due, language())
            past = found.due < today()
            said.append(_("fällig seit {tag}", tag=due) if past else _("nächster Wert fällig am {tag}", tag=due))
        st.caption(literal(" · ".join(said)))
        if found.too_old:
            st.markdown(_("Der Wert ist mehr als doppelt so alt wie vorgesehen und zählt in keiner Gesamtzahl mit."))
        newest, _older = indicator_view.vintages(plan.readings(indicator.id))
        shown = [reading for reading in newest if last and reading.period_end == last.end]
        cards.source_line(shown[-1] if shown else indicator)


def _chosen_target(found: IndicatorAssessment) -> TargetAssessment | None:
    """The target that the page speaks of: the worst, or another one that was chosen."""
    if len(found.targets) < 2:
        return found.headline
    labels = indicator_view.target_labels(found)
    chosen = st.selectbox(
        _("Zielwert"), list(labels), format_func=labels.__getitem__, key="indikator_zielwert_" + found.indicator.id
    )
    return next(one for one in found.targets if one.target.id == chosen)


def _attainment(found: IndicatorAssessment, verdict: TargetAssessment | None) -> None:
    outcome = verdict.attainment if verdict else found.attainment
    with cards.card(_("Zielerreichung"), stretch=True):
        if isinstance(outcome, Attainment) and verdict:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.metric(_("Zielerreichung"), attainment_text(outcome), label_visibility="collapsed", width="content")
                cards.example_badge(verdict.illustrative)
            st.markdown(literal(target_attainment_sentence(found.indicator, verdict, outcome, language())))
            if overdue(verdict, today()):
                st.markdown(f"**{literal(_('Der Termin ist verstrichen, das Ziel nicht erreicht.'))}**")
            rows = attainment_lines(found.indicator, verdict.target, outcome, language())
            _inputs(rows, "indikator_eingang_erreichung")
            return
        if verdict:
            label = indicator_view.target_label(found.indicator, verdict.target)
            st.markdown(_("Ziel: {ziel}", ziel=literal(label)))
        assert not isinstance(outcome, Attainment)
        st.markdown(literal(_("Keine Zielerreichung: {grund}", grund=obstacle_sentence(outcome, language()))))


def _course(found: IndicatorAssessment, verdict: TargetAssessment | None) -> None:
    outcome = verdict.course if verdict else found.course
    with cards.card(_("Kurs"), stretch=True):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            cards.course_badge(course_of(outcome))
            if isinstance(outcome, CourseVerdict):
                st.markdown(literal(course_meaning(outcome.course, language())))
            cards.example_badge(bool(verdict and verdict.illustrative))
        if isinstance(outcome, CourseVerdict) and verdict:
            st.markdown(literal(target_course_reason(found.indicator, verdict, language())))
            _inputs(course_lines(found.indicator, verdict.target, outcome, language()), "indikator_eingang_kurs")
        else:
            assert not isinstance(outcome, CourseVerdict)
            st.markdown(literal(obstacle_sentence(outcome, language())))
        if verdict:
            _earlier(found, verdict)
        st.caption(literal(course_disclaimer(language())))


def _earlier(found: IndicatorAssessment, verdict: TargetAssessment) -> None:
    """The symbols before the present one: official symbols change from one year to the next in 27 % of cases."""
    symbols = course_view.earlier(found.indicator.id, verdict.target.id)
    if not any(one.course for one in symbols):
        return
    st.markdown(f"**{_('Frühere Kurse, beurteilt mit heutigem Datenstand')}**")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for one in symbols:
            with st.container(width="content", gap="xxsmall"):
                st.markdown(f":small[{literal(one.period)}]")
                cards.course_badge(one.course)


def _rules(found: IndicatorAssessment, verdict: TargetAssessment) -> None:
    judged = course_view.by_rule(found.indicator.id, verdict.target.id)
    disagree = course_view.disagree(judged)
    title = _("Vier Regeln, ein Ziel: Sie widersprechen sich") if disagree else _("Vier Regeln, ein Ziel")
    with cards.card(title):
        if disagree:
            st.markdown(
                _("Die eine Regel sieht das Ziel auf Kurs, die andere nicht. Über den Kurs oben entscheidet die erste.")
            )
        for one in judged:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"**{literal(one.name)}**")
                cards.course_badge(course_of(one.course))
            st.markdown(literal(one.reason))
            if isinstance(one.course, CourseVerdict):
                lines = course_lines(found.indicator, verdict.target, one.course, language())
                _inputs(lines, "indikator_regel_" + one.course.rule)
        methods_view.link(DEFAULT.id)


def _beside(found: IndicatorAssessment) -> None:
    """The indicator against other territories: what is due to the economy as a whole shows in both."""
    indicator = found.indicator
    others = course_view.beside_others(indicator.id)
    if not others:
        return
    with cards.card(_("Im Vergleich mit anderen Räumen")):
        st.caption(
            _("Unterschied zum Vergleichsraum im selben Zeitraum: Was die Konjunktur überall bewegt, fällt heraus.")
        )
        for one in others:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(literal(course_view.beside_sentence(indicator, one)))
                cards.example_badge(any(gap.illustrative for gap in one.gaps[-2:]))
            if one.gaps:
                st.caption(literal(_("Kurs des Unterschieds: {kurs}", kurs=course_view.course_beside(one))))
        rows = course_view.beside_rows(indicator, others, found.points)
        if rows:
            alt = _("Unterschied zu anderen Räumen")
            cards.values(rows, alt=alt, key="indikator_abstand", file_name=f"{indicator.id}-vergleich")


def _inputs(rows: Sequence[tuple[str, str]], key: str) -> None:
    with st.expander(_("Was in das Urteil eingeht"), key=key, on_change="rerun") as fold:
        if fold.open:
            _pairs(rows)


def _pairs(rows: Sequence[tuple[str, str]]) -> None:
    for label, text in rows:
        st.markdown(f"**{literal(label)}**  \n{literal(text)}")


def _path(found: IndicatorAssessment, verdict: TargetAssessment | None) -> None:
    indicator = found.indicator
    with cards.card(indicator_view.headline(found, verdict)):
        with st.container(horizontal=True, gap="medium"):
            events = st.toggle(_("Ereignisse zeigen"), key="indikator_ereignisse", persist_state="session")
            others = bool(plan.comparisons(indicator.id)) and st.toggle(
                _("Vergleichsräume zeigen"), True, key="indikator_vergleich", persist_state="session"
            )
            ahead = st.toggle(_("Prognose zeigen"), True, key="indikator_prognose", persist_state="session")
        target_id = verdict.target.id if verdict else None
        figure, table, alt = target_chart.path_chart(indicator.id, target_id, events, others, ahead)
        cards.chart(figure, alt=alt, table=table, key="indikator_zielpfad", file_name=indicator.id)
        if ahead:
            _outlook(found, verdict)


def _outlook(found: IndicatorAssessment, verdict: TargetAssessment | None) -> None:
    """What the forecast says of the target, or why there is none."""
    missing = course_view.no_forecast(found.indicator.id)
    if missing:
        st.caption(literal(_("Keine Prognose: {grund}", grund=missing)))
        return
    if verdict:
        st.markdown(literal(course_view.outlook(found.indicator.id, verdict.target.id)))
    st.caption(
        _(
            "Prognose: letzter Wert und mittleres Tempo (Median) der letzten acht Datenpunkte, kein Versprechen. Der "
            "Kurs oben rechnet mit dem Mittel der letzten sechs; beide Tempi können sich unterscheiden."
        )
    )


def _points(found: IndicatorAssessment) -> None:
    indicator = found.indicator
    readings = plan.readings(indicator.id)
    _newest, older = indicator_view.vintages(readings)
    with cards.card(_("Istwerte und ihre Quellen")):
        if not readings:
            cards.nothing_here(_("Für diesen Indikator gibt es noch keinen Istwert."))
            return
        observed: list[Reading | Comparison] = [entry.record for entry in reversed(readings)]
        observed += [entry.record for entry in plan.comparisons(indicator.id)]
        rows = indicator_view.point_rows(indicator, observed, older)
        alt = _("Istwerte von {titel} mit Quelle, neueste zuerst", titel=name_of(indicator))
        cards.values(rows, alt=alt, key="indikator_istwerte", file_name=indicator.id + "-istwerte")


def _facts(found: IndicatorAssessment) -> None:
    with cards.card(_("Steckbrief")):
        stated, missing = indicator_view.facts(found.indicator)
        with st.grid(3, min_column_width=240):
            _pairs(stated)
        if missing:
            st.caption(literal(_("Nicht angegeben: {felder}", felder=", ".join(missing))))


def _belongs_to(found: IndicatorAssessment) -> None:
    indicator = found.indicator
    with cards.card(_("Gehört zu"), stretch=True):
        goals, measures = plan.records(Goal), plan.records(Measure)
        linked = [(goal_id, goals, "goal") for goal_id in indicator.goal_ids]
        linked += [(measure_id, measures, "measure") for measure_id in indicator.measure_ids]  # type: ignore[misc]
        for identifier, records, kind in linked:
            if identifier in records:
                navigation.link_to(kind, identifier, one_line(name_of(records[identifier]), 80))
        if indicator.living_lab_id:
            navigation.link_to(
                "living_lab", indicator.living_lab_id, field_label("indicator", "living_lab_id", language())
            )
        if not linked and not indicator.living_lab_id:
            st.caption(_("Der Indikator ist keinem Ziel und keiner Maßnahme zugeordnet."))
        st.subheader(_("Zielwerte"), anchor=False)
        for verdict in found.targets:
            with st.container(gap="xxsmall"):
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    st.markdown(literal(target_text(indicator, verdict.target.demand)))
                    cards.example_badge(verdict.target.illustrative)
                if verdict.target.note:
                    st.caption(literal(verdict.target.note))
                cards.source_line(verdict.target)
        if not found.targets:
            st.caption(_("Es gibt keinen Zielwert, der heute gilt."))


def _history(found: IndicatorAssessment) -> None:
    with cards.card(_("Letzte Änderungen"), stretch=True):
        for line in history_view.latest_lines(indicator_view.written_of(found), MOST_CHANGES):
            st.caption(literal(line))
        navigation.link("history", _("Zum Verlauf"), icon=":material/history:")
