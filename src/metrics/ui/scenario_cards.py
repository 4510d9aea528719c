"""All scenarios on the page: what they come to, side by side, a card each, and those that still change nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from metrics.charts.scenario_dots import MOST_SCENARIOS
from metrics.domain.scenarios import Scenario, ScenarioState
from metrics.locale.scenarios import adds_posts, change_sentence
from metrics.locale.words import choice
from metrics.ui import cards, navigation, plan, scenario_view
from metrics.ui.choosing import told_apart
from metrics.ui.session import _, _n, language, with_examples
from metrics.ui.text import literal, one_line
from metrics.ui.turning import turned

CHOSEN = "szenarien_vergleich"
PER_PAGE = 12
MOST_LINES = 6
"""Changes or consequences that a card lists; the scenario's own page has them all."""
MOST_CHARACTERS = 90
"""Of a title in a link."""
STATE_COLOURS: Mapping[ScenarioState, Any] = {
    ScenarioState.chosen: "green",
    ScenarioState.rejected: "gray",
    ScenarioState.recommended: "blue",
}
STATE_ICONS = {
    ScenarioState.draft: ":material/edit:",
    ScenarioState.examined: ":material/search:",
    ScenarioState.recommended: ":material/thumb_up:",
    ScenarioState.comparison_case: ":material/balance:",
    ScenarioState.chosen: ":material/check_circle:",
    ScenarioState.rejected: ":material/cancel:",
}


def badges(scenario: Scenario) -> None:
    """State, whether it is part of the plan already, and whether it is invented."""
    with st.container(horizontal=True, vertical_alignment="center"):
        colour = STATE_COLOURS.get(scenario.state, "gray")
        st.badge(choice(scenario.state, language()), icon=STATE_ICONS[scenario.state], color=colour)
        done = scenario_view.carried_out(scenario.id)
        if done:
            st.badge(scenario_view.carried_out_badge(done), icon=":material/task_alt:", color="green")
        cards.example_badge(scenario.illustrative)


def draw() -> None:
    """The sentence on top, the comparison, and the cards."""
    scenarios = list(plan.records(Scenario).values())
    sentence = scenario_view.top_sentence(with_examples())
    if sentence:
        st.markdown(f"**{literal(sentence)}**")
    st.caption(_("Ein Szenario legt sich über den Plan und ändert ihn nicht. Verglichen wird ab diesem Quartal."))
    comparable = scenario_view.to_compare(with_examples())
    if comparable:
        _comparison(comparable)
    elif not any(one.changes for one in scenarios):
        cards.nothing_here(_("Noch sagt kein Szenario, was sich ändert; zu vergleichen gibt es nichts."))
    changing = [one for one in scenarios if one.changes]
    with st.grid(3, min_column_width=320):
        for scenario in turned(changing, PER_PAGE, key="szenarien_seite"):
            _card(scenario)
    _without_changes([one for one in scenarios if not one.changes])


def _comparison(comparable: Sequence[Scenario]) -> None:
    with cards.card(_("Nebeneinander")):
        titles = told_apart({one.id: one.title for one in comparable})
        chosen = st.multiselect(
            _("Welche Szenarien vergleichen? (bis zu fünf)"),
            list(titles),
            [one.id for one in comparable if one.state is not ScenarioState.rejected][:MOST_SCENARIOS],
            format_func=titles.__getitem__,
            max_selections=MOST_SCENARIOS,
            key=CHOSEN,
            placeholder=_("Szenario wählen"),
        )
        if not chosen:
            cards.nothing_here(_("Wählen Sie mindestens ein Szenario."))
            return
        compare(chosen, key="szenarien")


def compare(chosen: Sequence[str], *, key: str) -> None:
    """Scenarios against the plan: the chart, the figures as a table, and what has to be known before believing them."""
    examples = with_examples()
    figure, table, said = scenario_view.side_by_side(examples, chosen)
    cards.example_badge(scenario_view.examined(examples).comparison.outlooks[0].illustrative)
    alt = _("Szenarien gegen den Plan: {befund}", befund=said)
    cards.chart(figure, alt=alt, table=table, key=key + "_bild", file_name="szenarien")
    rows = [
        {literal(name): literal(str(value)) for name, value in row.items()}
        for row in scenario_view.comparison_rows(examples, chosen)
    ]
    st.table(rows, border="horizontal", hide_index=True, alt=_("Kennzahlen des Plans und der Szenarien"))
    for sentence in _hints(chosen):
        st.caption(sentence)


def _hints(chosen: Sequence[str]) -> list[str]:
    comparison = scenario_view.examined(with_examples()).comparison
    shown = [one for one in comparison.scenarios if one.id in chosen]
    told = []
    if any(adds_posts(one) for one in shown):
        told.append(_("Was zusätzliche Stellen kosten, ist nicht gerechnet."))
    effect = comparison.outlooks[0].goal_effect
    if effect.total is None:
        told.append(_("Noch ist nichts bewertet: Die Wirkung auf die Ziele lässt sich nicht rechnen."))
    elif effect.without_value:
        told.append(
            _n(
                "{number} Maßnahme ohne Bewertung zählt bei der Wirkung nicht mit.",
                "{number} Maßnahmen ohne Bewertung zählen bei der Wirkung nicht mit.",
                len(effect.without_value),
            )
        )
    return told


def _card(scenario: Scenario) -> None:
    with cards.card(scenario.title, key=f"szenario_{scenario.id}", stretch=True):
        badges(scenario)
        changes_list(scenario, MOST_LINES)
        meaning(scenario, MOST_LINES)
        _link(scenario)


def _link(scenario: Scenario) -> None:
    title = one_line(scenario.title, MOST_CHARACTERS)
    navigation.link_to(Scenario.kind, scenario.id, _("Ansehen: {titel}", titel=title))


def changes_list(scenario: Scenario, most: int | None = None) -> None:
    """The changes in words."""
    known = scenario_view.names(with_examples())
    _bullets([change_sentence(one, known) for one in scenario.changes], most)


def meaning(scenario: Scenario, most: int | None = None) -> None:
    """What a scenario comes to against the plan, or why that cannot be said."""
    examples = with_examples()
    done, refusal = scenario_view.carried_out(scenario.id), scenario_view.refusal_of(scenario.id, examples)
    if done:
        st.caption(literal(scenario_view.carried_out_words(done)))
        return
    if refusal:
        st.warning(literal(refusal), icon=":material/block:")
        return
    known, found = scenario_view.names(examples), scenario_view.outlooks(examples)[scenario.id]
    told = scenario_view.difference(found, scenario_view.examined(examples).comparison.outlooks[0], known)
    st.markdown(_("**Gegenüber dem Plan:** {unterschied}", unterschied=literal(told)))
    _bullets(scenario_view.consequence_lines(found, known), most)


def _bullets(lines: Sequence[str], most: int | None) -> None:
    shown = list(lines)[:most]
    if shown:
        st.markdown("\n".join(f"- {literal(line)}" for line in shown))
    if len(lines) > len(shown):
        st.caption(_n("und {number} weitere", "und {number} weitere", len(lines) - len(shown)))


def _without_changes(scenarios: Sequence[Scenario]) -> None:
    if not scenarios:
        return
    with cards.card(_("Noch nichts hinterlegt, was sich ändert")):
        st.caption(
            _("Diese Szenarien stehen im Plan, lassen sich aber erst vergleichen, wenn Änderungen eingetragen sind.")
        )
        for scenario in scenarios:
            with st.container(gap="xsmall"):
                st.markdown(f"**{literal(scenario.title)}**")
                badges(scenario)
                if scenario.note:
                    st.caption(literal(scenario.note))
                cards.source_line(scenario)
                _link(scenario)
