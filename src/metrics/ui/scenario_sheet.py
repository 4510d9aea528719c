"""One scenario: what it changes and what that comes to, what was said about it, what was decided, and its form."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from metrics.domain.history import Recorded
from metrics.domain.refusals import Refusal, SomebodyElseWasFaster
from metrics.domain.scenarios import Scenario
from metrics.locale.words import refusal_sentence, validation_sentences
from metrics.ui import cards, form_conflict, forms, navigation, plan, scenario_cards, scenario_decision, scenario_view
from metrics.ui.forms import Form
from metrics.ui.runtime import store
from metrics.ui.session import _, language, now, person, with_examples
from metrics.ui.text import literal, one_line
from metrics.usecases.access import Right
from metrics.usecases.scenarios import discuss

FORMS = "szenarien:"


def show(entry: Recorded[Scenario]) -> None:
    """The whole sheet."""
    scenario = entry.record
    navigation.link("scenarios", _("Alle Szenarien"), icon=":material/arrow_back:")
    left, right = st.columns([3, 2])
    with left:
        _head(scenario)
        if scenario.id in scenario_view.outlooks(with_examples()):
            with cards.card(_("Im Vergleich mit dem Plan")):
                scenario_cards.compare([scenario.id], key="szenario")
    with right:
        _discussion(entry)
        scenario_decision.draw(entry)
    if person().may(Right.edit_plan):
        scenario_decision.suggestions(entry)
        edit(scenario.id, _("Szenario bearbeiten"))


def _head(scenario: Scenario) -> None:
    with cards.card(scenario.title, key="szenario_kopf"):
        scenario_cards.badges(scenario)
        for text in (scenario.description, scenario.note):
            if text:
                st.markdown(literal(text))
        if scenario.changes:
            scenario_cards.changes_list(scenario)
            scenario_cards.meaning(scenario)
        else:
            cards.nothing_here(_("Noch nichts hinterlegt, was sich ändert. Tragen Sie die Änderungen unten ein."))
        cards.source_line(scenario)


def edit(identifier: str, label: str) -> None:
    """The record's form, folded away; without an id a new scenario."""
    name = FORMS + identifier
    saved = forms.saved_notice(name)
    if saved:
        told = {"titel": saved["title"], "version": saved["version"]}
        st.success(literal(_("Gespeichert: {titel} (Fassung {version})", **told)), icon=":material/check_circle:")
        if not identifier:
            navigation.link_to(Scenario.kind, saved["id"], _("Ansehen: {titel}", titel=one_line(saved["title"], 90)))
    with st.expander(label, key=f"szenario_form_{identifier}", icon=":material/edit:", on_change="rerun") as fold:
        if fold.open:
            form_conflict.draw(Form(name, Scenario.kind, plan.entries(Scenario).get(identifier), {}))


# --- what was said ---


def _discussion(entry: Recorded[Scenario]) -> None:
    scenario, said = entry.record, _key(entry.record.id, "gesagt")
    with cards.card(_("Für und Wider")):
        if scenario.discussion:
            st.markdown("\n".join(f"- {literal(line)}" for line in scenario.discussion))
        else:
            st.caption(_("Noch hat niemand etwas dazu gesagt."))
        st.text_area(_("Was wurde gesagt?"), key=said, height=80, persist_state="session")
        problem = st.session_state.pop(_key(scenario.id, "fehler"), "")
        if problem:
            st.markdown(f":red[:material/error: {literal(problem)}]")
        label = _("Festhalten")
        st.button(
            label, key=_key(scenario.id, "festhalten"), icon=":material/add_comment:", on_click=_say, args=(entry,)
        )


def _say(entry: Recorded[Scenario]) -> None:
    """Runs before the page, with the version that was seen; what could not be stored stays in the field."""
    identifier = entry.record.id
    said = " ".join(str(st.session_state[_key(identifier, "gesagt")]).split())
    try:
        discuss(store(), identifier, entry.version, said, by=person(), at=now())
    except SomebodyElseWasFaster:
        problem = _(
            "Jemand anderes hat das Szenario gerade geändert. Ihr Text steht noch da; halten Sie ihn erneut fest."
        )
    except Refusal as refusal:
        problem = refusal_sentence(refusal, language())
    except ValidationError as error:
        problem = next(iter(validation_sentences(error, Scenario.kind, language()).values()))
    else:
        st.session_state[_key(identifier, "gesagt")] = ""
        return
    st.session_state[_key(identifier, "fehler")] = problem


def _key(identifier: str, name: str) -> str:
    return f"szenario.{identifier}.{name}"
