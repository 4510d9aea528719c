"""The schedule on the page: what runs when and what must not slip, and the progress against time."""

from __future__ import annotations

import streamlit as st

from metrics.domain.measures import Measure
from metrics.ui import cards, navigation, plan, progress_view, schedule_view, turning
from metrics.ui.choosing import told_apart
from metrics.ui.schedule_view import Rows
from metrics.ui.session import _, _n, with_examples
from metrics.ui.text import literal

BARS = 40
"""Measures of a page of the chart."""
GOAL, LAB, STATE, CURVE = "zeitplan_ziel", "zeitplan_labor", "zeitplan_stand", "zeitplan_massnahme"
MOST_LINES = 6


def draw() -> None:
    """The chart with what is wrong in it; beneath it who is ahead and who behind."""
    if not schedule_view.counted_measures(with_examples()):
        cards.nothing_here(_("Keine Maßnahme geht weiter. Einen Zeitplan gibt es, sobald es eine mit Terminen gibt."))
        navigation.link("plan_editing", _("Plan bearbeiten"), identifier=Measure.kind, icon=":material/edit:")
        return
    _schedule()
    _progress()


def _schedule() -> None:
    examples = with_examples()
    dated, undated = schedule_view.shown(_asked(examples), examples)
    if dated:
        with cards.card(schedule_view.finding(dated, examples)):
            _warnings(dated, examples)
            page = tuple(turning.turned(dated, BARS, key="zeitplan_seite"))
            figure, table = schedule_view.chart(page, examples)
            alt = _("Zeitplan: {befund}", befund=schedule_view.finding(dated, examples))
            cards.chart(figure, alt=alt, table=table, key="zeitplan_bild", file_name="zeitplan")
            st.caption(literal(schedule_view.path_sentence(examples)))
    else:
        cards.nothing_here(_("Keine Maßnahme mit Termin passt dazu."), icon=":material/search_off:")
    if undated:
        st.caption(literal(schedule_view.undated_sentence(undated)))
    left_out = schedule_view.left_out(examples)
    if left_out:
        words = _n("{number} Beispielwert zählt nicht mit.", "{number} Beispielwerte zählen nicht mit.", left_out)
        st.caption(words + " " + _("Das ändert der Schalter „Beispielwerte einrechnen“."))


def _asked(examples: bool) -> Rows:
    goals, labs = schedule_view.goal_choices(examples), schedule_view.lab_choices(examples)
    states = schedule_view.state_choices(examples)
    every = _("alle")
    with st.grid(3, min_column_width=220):
        goal = st.selectbox(
            _("Ziel"), list(told_apart(goals)), None, told_apart(goals).__getitem__, key=GOAL, placeholder=every
        )
        lab = st.selectbox(_("Reallabor"), list(labs), None, told_apart(labs).__getitem__, key=LAB, placeholder=every)
        state = st.selectbox(_("Stand"), list(states), None, states.__getitem__, key=STATE, placeholder=every)
    return Rows(goal, lab, state)


def _warnings(dated: tuple[str, ...], examples: bool) -> None:
    """Above the chart: an order that cannot work, and ends that have passed."""
    lines = schedule_view.broken_lines(examples)
    if lines:
        head = _n("Eine Reihenfolge geht nicht auf:", "{number} Reihenfolgen gehen nicht auf:", len(lines))
        shown = "\n".join(f"- {literal(line)}" for line in lines[:MOST_LINES])
        rest = len(lines) - MOST_LINES
        more = "\n- " + _("{zahl} weitere", zahl=rest) if rest > 0 else ""
        st.warning(f"{head}\n{shown}{more}", icon=":material/low_priority:")
        if rest > 0:
            _all_broken(lines)
    overdue = schedule_view.overdue_sentence(dated, examples)
    if overdue:
        st.warning(literal(overdue), icon=":material/event_busy:")


def _all_broken(lines: list[str]) -> None:
    alt = _("Alle Reihenfolgen, die nicht aufgehen")
    with st.expander(alt, key="zeitplan_reihenfolgen", on_change="rerun") as fold:
        if fold.open:
            rows = [{_("Reihenfolge"): line} for line in lines]
            cards.values(rows, alt=alt, key="zeitplan_reihenfolgen_werte", file_name="reihenfolgen")


def _progress() -> None:
    examples = with_examples()
    known = progress_view.computable(examples)
    with cards.card(_("Fortschritt gegen Zeit")):
        st.markdown(f"**{literal(progress_view.sentence(examples))}**")
        alt = _("Fortschritt gegen Zeit je Maßnahme")
        cards.values(progress_view.rows(examples), alt=alt, key="zeitplan_fortschritt", file_name="fortschritt")
        st.caption(
            _(
                "Erreicht ist, was erreichte Meilensteine nach ihrem Gewicht wiegen. Der Abstand reicht bis zum Tag, "
                "an dem der Plan so weit sein sollte (Earned Schedule, Lipke 2003)."
            )
        )
    if known:
        with st.container(border=True):
            heading = st.container()
            names = told_apart({key: schedule_view.title(key, 90) for key in known})
            chosen = str(st.selectbox(_("Maßnahme"), list(names), 0, names.__getitem__, key=CURVE, width=480))
            figure, table, finding = progress_view.curve(chosen)
            heading.header(literal(finding), anchor=False)
            cards.example_badge(plan.records(Measure)[chosen].illustrative)
            alt = _("Geplanter und erreichter Fortschritt: {befund}", befund=finding)
            cards.chart(figure, alt=alt, table=table, key="zeitplan_kurve", file_name="fortschritt_massnahme")
            late = progress_view.overdue_lines(chosen)
            if late:
                st.markdown(_("Überfällig:") + "\n" + "\n".join(f"- {literal(line)}" for line in late[:MOST_LINES]))
