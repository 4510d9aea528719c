"""Priorities: the measures by impact and effort, and in the order that their ratings suggest."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from metrics.domain.measures import Measure
from metrics.domain.priorities import RaterGroup
from metrics.domain.ranking import CUT, Ranked
from metrics.locale.formats import number
from metrics.ui import cards, measure_sheet, navigation, plan, priority_view
from metrics.ui.judged import name_of
from metrics.ui.session import _, _n, language, with_examples
from metrics.ui.text import literal

ALL_GROUPS = ""
GROUP_KEY, MATRIX_KEY, TABLE_KEY = "prio_gruppe", "prio_matrix", "prio_auswahl"
MOST_LINKS, MOST_UNRATED = 12, 40


def page() -> None:
    """Matrix, selection, ranking, and what has not been rated."""
    cards.stand()
    st.markdown(
        _("Die Reihenfolge ist ein **Vorschlag, keine Entscheidung**. Entscheiden Sie im Gespräch der Gruppen.")
    )
    if not plan.records(Measure):
        cards.nothing_here(_("Der Plan hat noch keine Maßnahme, die sich ordnen ließe."))
        return
    group_id = _choose_group()
    found = priority_view.ranking(group_id, with_examples())
    if found:
        _say_what_is_invented(list(found.values()))
        _matrix(group_id)
        _ranking(group_id, found)
    else:
        cards.nothing_here(
            _("Noch keine Bewertung. Kriterien, Gruppen und Punktwerte legen Sie unter „Plan bearbeiten“ an.")
        )
        navigation.link("plan_editing", _("Bewertung anlegen"), identifier="rating", icon=":material/edit:")
    _unrated(group_id)


def _choose_group() -> str | None:
    groups = plan.records(RaterGroup)
    names = {ALL_GROUPS: _("Alle Gruppen (Median)")} | {key: group.title for key, group in groups.items()}
    chosen = st.selectbox(
        _("Wer bewertet?"),
        list(names),
        format_func=names.__getitem__,
        key=GROUP_KEY,
        persist_state="session",
        width=360,
    )
    return chosen or None


def _say_what_is_invented(found: Sequence[Ranked]) -> None:
    invented = sum(ranked.illustrative for ranked in found)
    if invented:
        with st.container(horizontal=True, vertical_alignment="center"):
            cards.example_badge()
            told = {"zahl": invented, "alle": len(found)}
            st.caption(
                _("Bewertungen von {zahl} der {alle} Maßnahmen sind erfunden; sie zeigen nur die Arbeitsweise.", **told)
            )


def _matrix(group_id: str | None) -> None:
    figure, table, finding = priority_view.matrix(group_id, with_examples())
    left, right = st.columns([3, 2])
    with left, cards.card(finding):
        event = cards.chart(
            figure,
            alt=_("Wirkung und Aufwand: {befund}", befund=finding),
            table=table,
            key=MATRIX_KEY,
            file_name="priorisierung",
            selectable=True,
        )
        cut = number(CUT, language(), 0)
        st.caption(_("Ab {schnitt} gilt ein Wert als hoch. Je größer das Zeichen, desto mehr Mittel.", schnitt=cut))
    with right:
        _selection(group_id, priority_view.chosen_ids(event))


def _selection(group_id: str | None, caught: tuple[str, ...]) -> None:
    shown = priority_view.selected(group_id, with_examples(), caught)
    heading = (
        _n("{number} Maßnahme ausgewählt", "{number} Maßnahmen ausgewählt", len(shown))
        if caught
        else _("Alle bewerteten")
    )
    with cards.card(heading):
        st.caption(_("Klicken Sie auf Punkte, nehmen Sie das Lasso darüber oder wählen Sie hier Zeilen aus."))
        chosen = st.dataframe(
            priority_view.selection_rows(group_id, with_examples(), caught),
            hide_index=True,
            alt=_("Auswahl der Maßnahmen mit Wirkung, Aufwand und Feld der Matrix"),
            key=f"{TABLE_KEY}_{hash((group_id, caught))}",
            on_select="rerun",
            selection_mode="multi-row",
            column_config={_("Maßnahme"): st.column_config.Column(width=190)},
            height="auto" if len(shown) < 12 else 440,
        )
        rows = [shown[row] for row in chosen.selection.rows if row < len(shown)]
        targets = rows or (shown if caught else [])
        for ranked in targets[:MOST_LINKS]:
            with st.container(horizontal=True, vertical_alignment="center"):
                measure_sheet.titled_link(plan.records(Measure)[ranked.measure_id])
        if len(targets) > MOST_LINKS:
            st.caption(
                _n("{number} weitere in der Tabelle", "{number} weitere in der Tabelle", len(targets) - MOST_LINKS)
            )


def _ranking(group_id: str | None, found: dict[str, Ranked]) -> None:
    first = next(iter(found.values()))
    told = {"titel": name_of(plan.records(Measure)[first.measure_id])}
    told["wert"] = number(first.utility, language(), priority_view.DECIMALS)
    with cards.card(_("Höchster Nutzwert: {titel} ({wert} von 5)", **told)):
        alt = _("Rangfolge der Maßnahmen nach Nutzwert")
        cards.values(
            priority_view.ranking_rows(group_id, with_examples()), alt=alt, key="prio_rang", file_name="nutzwert"
        )
        st.caption(literal(priority_view.formula()))
        st.caption(
            _("Spanne: größter Abstand zweier Gruppen bei einem Kriterium. „–“ heißt nicht bewertet, nicht null.")
        )
        alt = _("Kriterien mit Gewicht, Richtung und Achse")
        st.dataframe(priority_view.criteria_rows(), hide_index=True, alt=alt, key="prio_kriterien")


def _unrated(group_id: str | None) -> None:
    waiting = priority_view.unrated(group_id, with_examples())
    if not waiting:
        return
    heading = _n("{number} Maßnahme ohne Bewertung", "{number} Maßnahmen ohne Bewertung", len(waiting))
    with cards.card(heading):
        for measure in waiting[:MOST_UNRATED]:
            with st.container(horizontal=True, vertical_alignment="center"):
                measure_sheet.titled_link(measure)
                measure_sheet.state_badge(measure.state)
        if len(waiting) > MOST_UNRATED:
            st.caption(_n("{number} weitere", "{number} weitere", len(waiting) - MOST_UNRATED))
