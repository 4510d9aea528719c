"""The best choice that the office can carry: asked for, watched while it is searched, and told with its reasons."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from metrics.domain.portfolio.from_plan import PlanProblem
from metrics.domain.portfolio.solvers import Solver
from metrics.domain.refusals import Refusal
from metrics.locale.choices import choice_sentence, conflict_lines, progress_sentence, stopped_sentence
from metrics.locale.limits import Names
from metrics.locale.words import refusal_sentence
from metrics.ui import cards, choice_view, limits_view
from metrics.ui.choosing import forget_unknown, told_apart
from metrics.ui.live import live
from metrics.ui.session import _, _n, language, with_examples
from metrics.ui.text import literal
from metrics.usecases.limits import Limits
from metrics.usecases.optimising import Answer, Search, cancel_search, search_named, solvers, start_search

SEARCH, PINNED, SECONDS, SOLVER, PROBLEM = (f"auswahl_{name}" for name in ("suche", "bleibt", "zeit", "art", "fehler"))
TIMES = (10, 30, 60, 120)
MOST_LINES = 12
"""Measures left out, and full periods, that the page lists."""
EVERY = 0.7
"""Seconds between two looks at a search that runs."""


def draw() -> None:
    """How far a search is, while one runs; the question; then its answer."""
    examples = with_examples()
    found, known = limits_view.limits(examples), limits_view.names(examples)
    st.markdown(
        _(
            "Welche Maßnahmen, und wann? Gesucht ist die Auswahl mit dem höchsten Nutzwert, die in Zeit, Geld und "
            "Abhängigkeiten passt. Gekürzt wird dabei keine Maßnahme; ob Kürzen genügt, sagt „Auslastung“. Die Auswahl "
            "ist ein **Vorschlag**; am Plan ändert sich nichts."
        )
    )
    search = search_named(str(st.session_state.get(SEARCH, "")))
    runs = search is not None and search.runs
    if runs:
        _watch()
    _ask(found, known, runs)
    if search is not None and not runs:
        _tell(search, found)


def _ask(found: Limits, known: Names, runs: bool) -> None:
    with cards.card(_("Was gesucht werden soll")):
        choices = told_apart({key: known.measure(key) for key in found.plan.starts})
        forget_unknown(PINNED, choices)
        st.multiselect(
            _("Diese Maßnahmen bleiben, wie sie sind"),
            list(choices),
            format_func=choices.__getitem__,
            key=PINNED,
            placeholder=_("keine festgelegt"),
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            labels = {one: _n("{number} Sekunde", "{number} Sekunden", one) for one in TIMES}
            st.selectbox(_("Höchste Rechenzeit"), TIMES, format_func=labels.__getitem__, key=SECONDS, width=200)
            kinds = {one: choice_view.solver_name(one) for one in solvers()}
            if len(kinds) > 1:
                st.selectbox(_("Verfahren"), list(kinds), format_func=kinds.__getitem__, key=SOLVER, width=320)
            st.button(
                _("Beste Auswahl suchen"),
                key="auswahl_suchen",
                type="primary",
                icon=":material/search:",
                on_click=_begin,
                disabled=runs,
            )
        problem = st.session_state.pop(PROBLEM, "")
        if problem:
            st.error(literal(problem), icon=":material/error:")
        free = found.plan.begun - {key for key, one in found.plan.problem.candidates.items() if one.mandatory}
        if free:
            st.caption(_("Was schon läuft, behält seine Zeit, kann aber entfallen; was bleiben soll, legen Sie fest."))
        limit = found.plan.problem.at_once
        if limit is not None:
            told = _n("Höchstens {number} Maßnahme zugleich", "Höchstens {number} Maßnahmen zugleich", limit)
            st.caption(literal(told))
        for sentence in limits_view.hints(found, known):
            st.caption(literal(sentence))


def _begin() -> None:
    state = st.session_state
    try:
        examples = with_examples()
        pinned = frozenset(one for one in state.get(PINNED, ()) if one in limits_view.limits(examples).plan.starts)
        found = limits_view.limits(examples, pinned)
        solver = state.get(SOLVER, Solver.highs)
        state[SEARCH] = start_search(found.plan, solver, float(state[SECONDS]), found.change_number)
    except Refusal as refusal:
        state[PROBLEM] = refusal_sentence(refusal, language())


@live(EVERY)
def _watch() -> None:
    name = str(st.session_state.get(SEARCH, ""))
    search = search_named(name)
    if search is None or not search.runs:
        st.rerun()
    latest = search.latest
    with cards.card(_("Die Suche läuft")):
        share = min(1.0, latest.seconds / search.seconds) if latest else 0.0
        st.progress(share, text=progress_sentence(latest, search.seconds, language()))
        if st.button(_("Abbrechen"), key="auswahl_abbrechen", icon=":material/stop_circle:"):
            cancel_search(name)
            st.rerun()


def _tell(search: Search, found: Limits) -> None:
    if search.cancelled:
        st.info(_("Die Suche wurde abgebrochen."), icon=":material/stop_circle:")
    elif search.answer is None:
        st.error(_("Die Suche ist gescheitert. Bitte versuchen Sie es noch einmal."), icon=":material/error:")
    else:
        if search.change_number != found.change_number:
            st.warning(_("Der Plan hat sich seit dieser Suche geändert."), icon=":material/update:")
        elif _without_pins(search.plan) != _without_pins(found.plan):
            st.warning(_("Diese Antwort gilt für andere Werte, als jetzt gezeigt sind."), icon=":material/update:")
        _answer(search.answer, replace(found, plan=search.plan))


def _without_pins(plan: PlanProblem) -> tuple[object, ...]:
    """What two questions have to share to be about the same values."""
    candidates = {key: replace(one, pinned=False) for key, one in plan.problem.candidates.items()}
    return plan.periods, plan.problem.resources, candidates


def _answer(answer: Answer, limits: Limits) -> None:
    known = replace(limits_view.names(with_examples()), periods=limits.plan.periods)
    st.header(literal(choice_sentence(answer.choice, limits.plan.problem, language())), anchor=False)
    if answer.conflict is not None:
        with cards.card(_("Was nicht zusammenpasst")):
            lines = conflict_lines(answer.conflict, limits.plan.problem, known)
            st.markdown("\n".join(f"- {literal(line)}" for line in lines))
        return
    if answer.choice.starts:
        _schedule(answer, limits, known)
    if answer.reasons and answer.reasons.rejected:
        _rejected(answer, limits, known)
    full = choice_view.binding_lines(limits, answer, known)
    if full:
        with cards.card(_("Was voll ist")):
            st.markdown("\n".join(f"- {literal(line)}" for line in full[:MOST_LINES]))
            _rest(len(full))


def _schedule(answer: Answer, limits: Limits, known: Names) -> None:
    figure, table, finding = choice_view.schedule(limits, answer, known)
    with cards.card(finding):
        cards.example_badge(limits.plan.illustrative)
        alt = _("Gewählte Maßnahmen in der Zeit: {befund}", befund=finding)
        cards.chart(figure, alt=alt, table=table, key="auswahl_plan", file_name="auswahl")


def _rejected(answer: Answer, limits: Limits, known: Names) -> None:
    with cards.card(_("Nicht dabei, und warum")):
        stopped = stopped_sentence(limits.plan.begun - answer.choice.starts.keys(), known)
        if stopped:
            st.warning(literal(stopped), icon=":material/stop_circle:")
        lines = choice_view.rejected_lines(limits, answer, known)
        st.markdown("\n".join(f"- **{literal(who)}**  \n  {literal(why)}" for who, why in lines[:MOST_LINES]))
        _rest(len(lines))
        with st.expander(_("Werte als Tabelle"), key="auswahl_ohne_tabelle", on_change="rerun") as fold:
            if fold.open:
                rows = choice_view.rejected_rows(limits, answer, known)
                alt = _("Maßnahmen, die nicht dabei sind")
                cards.values(rows, alt=alt, key="auswahl_ohne", file_name="nicht_dabei")


def _rest(count: int) -> None:
    if count > MOST_LINES:
        st.caption(_n("und {number} weitere", "und {number} weitere", count - MOST_LINES))
