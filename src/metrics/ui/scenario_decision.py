"""A scenario is chosen or rejected, with a reason; a chosen one becomes changes of the plan, picked one by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st
from pydantic import ValidationError

from metrics.domain.history import Recorded
from metrics.domain.refusals import ChangesBelongTogether, Refusal, SomebodyElseWasFaster
from metrics.domain.scenarios import OUTCOMES, Scenario, ScenarioState
from metrics.locale.formats import MISSING, day
from metrics.locale.words import choice, field_help, field_label, refusal_sentence, rule_sentence, validation_sentences
from metrics.ui import cards, navigation, scenario_view
from metrics.ui.day_input import day_of
from metrics.ui.runtime import store
from metrics.ui.scenario_view import Suggested
from metrics.ui.session import _, _n, language, now, person, today
from metrics.ui.text import field_name, literal
from metrics.ui.turning import turned
from metrics.usecases.access import Right
from metrics.usecases.scenarios import Verdict, carry_out_scenario, decide_scenario

KIND = Scenario.kind
FIELDS = ("state", "reason", "decided_by", "decided_on")
PER_PAGE = 20
WHOLE = ""
"""Where a refusal stands that concerns no single field."""


def key(identifier: str, name: str) -> str:
    """The session key of a field of a scenario's decision."""
    return f"szenario.{identifier}.{name}"


def draw(entry: Recorded[Scenario]) -> None:
    """What was decided; the form for it unless the scenario is part of the plan already."""
    scenario = entry.record
    with cards.card(_("Entscheidung")):
        if scenario.state in OUTCOMES:
            _told(scenario)
        if not person().may(Right.decide_priorities):
            if scenario.state not in OUTCOMES:
                cards.nothing_here(_("Noch nicht entschieden. Ihre Rolle sieht das Ergebnis und entscheidet nicht."))
            return
        if scenario_view.carried_out(scenario.id):
            return
        if scenario.state not in OUTCOMES:
            _form(entry)
            return
        with st.expander(_("Neu entscheiden"), key=key(scenario.id, "neu"), on_change="rerun") as fold:
            if fold.open:
                _form(entry)


def _told(scenario: Scenario) -> None:
    told = {
        "ergebnis": choice(scenario.state, language()),
        "tag": day(scenario.decided_on, language()),
        "wer": scenario.decided_by or MISSING,
    }
    st.markdown(f"**{literal(_('{ergebnis} am {tag} von {wer}', **told))}**")
    if scenario.reason:
        st.markdown(literal(scenario.reason))


def _form(entry: Recorded[Scenario]) -> None:
    identifier = entry.record.id
    problems = st.session_state.pop(key(identifier, "problems"), {})
    st.radio(
        _("Ergebnis") + " *",
        OUTCOMES,
        None,
        lambda state: choice(state, language()),
        horizontal=True,
        key=key(identifier, "state"),
        persist_state="session",
    )
    _problem(problems, "state")
    st.text_area(_label("reason"), key=key(identifier, "reason"), height=80, persist_state="session")
    _problem(problems, "reason")
    helped = field_help(KIND, "decided_by", language())
    st.text_input(_label("decided_by"), key=key(identifier, "decided_by"), help=helped, persist_state="session")
    _problem(problems, "decided_by")
    where, example = key(identifier, "decided_on"), _("TT.MM.JJJJ")
    st.text_input(_label("decided_on"), key=where, placeholder=example, persist_state="session")
    _problem(problems, "decided_on")
    _problem(problems, WHOLE)
    st.caption(_("Der Plan ändert sich durch die Entscheidung nicht."))
    st.button(
        _("Entscheiden"),
        key=key(identifier, "decide"),
        type="primary",
        icon=":material/gavel:",
        on_click=_decide,
        args=(entry,),
    )


def _label(field: str) -> str:
    return field_label(KIND, field, language()) + " *"


def _problem(problems: dict[str, str], field: str) -> None:
    if field in problems:
        st.markdown(f":red[:material/error: {literal(problems[field])}]")


def _decide(entry: Recorded[Scenario]) -> None:
    """Runs before the page, with the version that was seen; what does not fit is told at its field."""
    identifier = entry.record.id
    typed = {field: str(st.session_state.get(key(identifier, field)) or "").strip() for field in FIELDS}
    problems = {field: rule_sentence("missing", {}, language()) for field in FIELDS if not typed[field]}
    decided_on: date | None = None
    if typed["decided_on"]:
        decided_on, problem = day_of(typed["decided_on"])
        problems |= {"decided_on": problem} if problem else {}
    if not problems and decided_on is not None:
        verdict = Verdict(ScenarioState(typed["state"]), typed["reason"], typed["decided_by"], decided_on)
        problems = _stored(entry, verdict)
    if problems:
        st.session_state[key(identifier, "problems")] = problems
        return
    for field in FIELDS:
        st.session_state.pop(key(identifier, field), None)


def _stored(entry: Recorded[Scenario], verdict: Verdict) -> dict[str, str]:
    """Store a decision; what stands in the way, by field."""
    try:
        decide_scenario(store(), entry.record.id, entry.version, verdict, by=person(), at=now(), today=today())
    except SomebodyElseWasFaster:
        return {WHOLE: _("Jemand anderes hat das Szenario gerade geändert. Bitte prüfen Sie den neuen Stand.")}
    except Refusal as refusal:
        field = str(refusal.data.get("field") or refusal.field)
        return {field if field in FIELDS else WHOLE: refusal_sentence(refusal, language())}
    except ValidationError as error:
        told = validation_sentences(error, KIND, language())
        return {field if field in FIELDS else WHOLE: sentence for field, sentence in told.items()}
    return {}


# --- what the decision means for the plan ---


def suggestions(entry: Recorded[Scenario]) -> None:
    """The proposed changes of a chosen scenario with a box each; once they are carried out, that they are."""
    scenario = entry.record
    done = scenario_view.carried_out(scenario.id)
    if done is None and (scenario.state is not ScenarioState.chosen or not scenario.changes):
        return
    with cards.card(_("Vorgeschlagene Änderungen am Plan")):
        if done is not None:
            st.success(literal(scenario_view.carried_out_words(done)), icon=":material/check_circle:")
            left = scenario_view.left_out(done)
            if left:
                st.markdown(_("Nicht übernommen:"))
                st.markdown("\n".join(f"- {literal(line)}" for line in left))
            navigation.link("history", _("Im Verlauf ansehen"), icon=":material/history:")
            return
        found = scenario_view.suggested(scenario.id)
        if isinstance(found, Refusal):
            st.warning(literal(refusal_sentence(found, language())), icon=":material/block:")
        elif not found:
            cards.nothing_here(_("Der Plan ist schon so, wie das Szenario ihn will."))
        else:
            _pick(scenario.id, found)


def _pick(identifier: str, found: Sequence[Suggested]) -> None:
    st.caption(
        _(
            "Noch ist nichts geändert. Übernommen wird einmal und alles zusammen; was Sie abwählen, bleibt, wie "
            "es ist, und kommt aus diesem Szenario nicht mehr nach."
        )
    )
    with st.container(horizontal=True):
        for label, value in ((_("Alle auswählen"), True), (_("Keine auswählen"), False)):
            where = key(identifier, f"alle_{value}")
            st.button(label, key=where, on_click=_set_all, args=(identifier, found, value))
    for one in turned(found, PER_PAGE, key=key(identifier, "seite")):
        _suggestion(identifier, one)
    problem = st.session_state.pop(key(identifier, "hindrance"), "")
    if problem:
        st.error(literal(problem), icon=":material/error:")
    count = sum(bool(st.session_state.get(_box(identifier, one), True)) for one in found)
    st.caption(_n("{number} Änderung ausgewählt", "{number} Änderungen ausgewählt", count))
    st.button(
        _("Ausgewählte Änderungen übernehmen"),
        key=key(identifier, "carry_out"),
        type="primary",
        icon=":material/done_all:",
        on_click=_carry_out,
        args=(identifier, found),
    )


def _suggestion(identifier: str, one: Suggested) -> None:
    where = _box(identifier, one)
    st.session_state.setdefault(where, True)
    with st.container(gap="xsmall"):
        st.checkbox(field_name(scenario_view.suggestion_title(one.proposal)), key=where, persist_state="session")
        lines = scenario_view.suggestion_lines(one.proposal)
        if lines:
            st.markdown("\n".join(f"- :small[{literal(line)}]" for line in lines))


def _box(identifier: str, one: Suggested) -> str:
    return key(identifier, "nimm." + ":".join(one.name))


def _set_all(identifier: str, found: Sequence[Suggested], value: bool) -> None:
    for one in found:
        st.session_state[_box(identifier, one)] = value


def _carry_out(identifier: str, found: Sequence[Suggested]) -> None:
    """Runs before the page, with the versions that were seen."""
    chosen = {one.name: one.version for one in found if st.session_state.get(_box(identifier, one), True)}
    try:
        carry_out_scenario(store(), identifier, chosen, by=person(), at=now(), today=today())
    except SomebodyElseWasFaster:
        problem = _(
            "Jemand anderes hat den Plan gerade geändert. Es wurde nichts übernommen; bitte prüfen Sie die Änderungen."
        )
    except ChangesBelongTogether as refusal:
        titles = {one.name: scenario_view.suggestion_title(one.proposal) for one in found}
        named = [titles.get((kind, name), name) for kind, name in refusal.data["together"]]
        problem = refusal_sentence(ChangesBelongTogether(together=named), language())
    except Refusal as refusal:
        problem = refusal_sentence(refusal, language())
    else:
        return
    st.session_state[key(identifier, "hindrance")] = problem
