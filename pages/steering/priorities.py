"""Priorisierung: a round's matrix, ranking, robustness, groups and dates, and the decision that ends it."""

from __future__ import annotations

import streamlit as st

from metrics.domain.measures import Measure
from metrics.domain.priorities import PriorityRound, RoundState
from metrics.locale.words import choice
from metrics.ui import cards, decision_form, navigation, plan, priority_cards, round_view
from metrics.ui.choosing import told_apart
from metrics.ui.record_titles import title_of
from metrics.ui.session import _, _n, language, person
from metrics.ui.text import literal
from metrics.usecases.access import Right
from metrics.usecases.ranking import RankedRound

ALL_GROUPS = ""
ROUND_KEY, GROUP_KEY, VIEW_KEY = "prio_runde", "prio_gruppe", "prio_ansicht"


def page() -> None:
    """`?id=PR-2026` shows a round; without an id the newest one whose ratings can be seen."""
    cards.stand()
    if not plan.records(Measure):
        cards.nothing_here(_("Der Plan hat noch keine Maßnahme, die sich ordnen ließe."))
        return
    round_ = round_view.to_show(navigation.asked_id())
    if round_ is None:
        cards.nothing_here(_("Noch keine Bewertungsrunde. Öffnen Sie eine, dann bewerten die Gruppen getrennt."))
        navigation.link("rounds", _("Runde öffnen"), icon=":material/play_arrow:")
        return
    group_id = _choose(round_)
    if round_.votes_to_see == 0:
        cards.nothing_here(
            _("Diese Runde ist noch offen. Bewertungen werden sichtbar, sobald sie geschlossen ist."),
            icon=":material/visibility_off:",
        )
        navigation.link("rounds", _("Zur Runde"), identifier=round_.id, icon=":material/how_to_vote:")
        return
    found = round_view.ranked(round_.id, group_id)
    _say_what_counts(found)
    _views(found)


def _choose(round_: PriorityRound) -> str | None:
    known = round_view.round_names()
    groups = {ALL_GROUPS: _("Alle Gruppen")} | told_apart({one: title_of("rater_group", one) for one in round_.groups})
    st.session_state[ROUND_KEY] = round_.id
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            _("Welche Runde?"), list(known), format_func=known.__getitem__, key=ROUND_KEY, on_change=_chosen, width=420
        )
        chosen = st.selectbox(
            _("Wer bewertet?"), list(groups), format_func=groups.__getitem__, key=f"{GROUP_KEY}_{round_.id}", width=320
        )
        st.badge(choice(round_.state, language()), icon=round_view.STATE_ICONS[round_.state], color="blue")
    return chosen or None


def _chosen() -> None:
    st.query_params[navigation.ID_KEY] = st.session_state[ROUND_KEY]


def _say_what_counts(found: RankedRound) -> None:
    round_, result = found.round, found.result
    if round_.state is RoundState.decided:
        st.markdown(_("Über diese Runde ist entschieden; was beschlossen wurde, steht unter „Entscheidung“."))
    else:
        st.markdown(
            _("Die Reihenfolge ist ein **Vorschlag, keine Entscheidung**. Entscheiden Sie im Gespräch der Gruppen.")
        )
    if round_.illustrative:
        with st.container(horizontal=True, vertical_alignment="center"):
            cards.example_badge()
            st.caption(_invented(found))
    if round_.state is RoundState.open:
        st.info(_("Die erneute Abstimmung läuft. Gezeigt wird der Stand davor."), icon=":material/hourglass_top:")
    for sentence in _states(found):
        st.warning(literal(sentence), icon=":material/help:")
    for gone in round_.removed:
        told = {"titel": title_of("measure", gone.measure_id), "grund": gone.reason}
        st.caption(literal(_("Aus der Runde genommen: {titel} ({grund})", **told)))
    if not result.raters:
        navigation.link("rounds", _("Zur Runde"), identifier=round_.id, icon=":material/how_to_vote:")


def _invented(found: RankedRound) -> str:
    if found.ratings_invented:
        return _("Kriterien und Bewertungen dieser Runde sind erfunden; sie zeigen nur die Arbeitsweise.")
    return _("Die Kriterien dieser Runde sind Beispielwerte; die Bewertungen sind es nicht.")


def _states(found: RankedRound) -> list[str]:
    """What the reader must know before reading a rank: nobody rated, one rater, a criterion without scores."""
    result, titles = found.result, {one.code: one.title for one in found.round.criteria}
    if result.raters == 0:
        return [_("Niemand hat bewertet. Es gibt keine Rangfolge.")]
    said = []
    if result.unrated:
        named = ", ".join(_("„{titel}“", titel=titles[code]) for code in result.unrated)
        said.append(
            _(
                "{kriterien} hat niemand bewertet. Ohne diesen Punktwert gibt es keinen Nutzwert; die übrigen Gewichte "
                "werden nicht hochgerechnet. Lassen Sie erneut abstimmen, oder öffnen Sie eine Runde ohne dieses "
                "Kriterium.",
                kriterien=named,
            )
        )
    else:
        lacking = sum(bool(one.missing) for one in result.measures)
        if lacking:
            said.append(
                _n(
                    "{number} Maßnahme hat keinen Rang, weil ein Punktwert fehlt.",
                    "{number} Maßnahmen haben keinen Rang, weil ein Punktwert fehlt.",
                    lacking,
                )
            )
    if result.raters == 1:
        said.append(_("Nur eine Person hat bewertet: Das ist eine Meinung, noch kein Bild der Gruppen."))
    return said


def _views(found: RankedRound) -> None:
    views = {
        "matrix": (_("Matrix"), priority_cards.matrix),
        "rang": (_("Rangfolge"), priority_cards.ranking),
        "robust": (_("Robustheit"), priority_cards.robustness),
        "gruppen": (_("Gruppen"), priority_cards.groups),
        "termine": (_("Dringlichkeit"), priority_cards.urgency),
        "beschluss": (_("Entscheidung"), _decision),
    }
    chosen = st.radio(  # segments would miss the contrast that the law asks for in the dark
        _("Ansicht"),
        list(views),
        format_func={name: title for name, (title, _draw) in views.items()}.__getitem__,
        horizontal=True,
        key=VIEW_KEY,
        bind="query-params",
        label_visibility="collapsed",
    )
    views[str(chosen)][1](found)


def _decision(found: RankedRound) -> None:
    if found.group_id is not None:
        cards.nothing_here(_("Entschieden wird über das Urteil aller Gruppen. Bitte wählen Sie oben „Alle Gruppen“."))
    elif found.round.state is RoundState.closed and not person().may(Right.decide_priorities):
        cards.nothing_here(_("Noch nicht entschieden. Ihre Rolle sieht das Ergebnis und entscheidet nicht."))
    elif found.round.state is RoundState.closed:
        decision_form.draw(plan.entries(PriorityRound)[found.round.id], found)
    elif found.round.state is RoundState.open:
        cards.nothing_here(_("Während einer Abstimmung wird nicht entschieden."))
    else:
        decision_form.show(found)
