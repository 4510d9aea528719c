"""What a round shows on the wall: counts while it is open, the matrix and the dissent once it is closed. No names."""

from __future__ import annotations

import streamlit as st

from metrics.domain.priorities import PriorityRound
from metrics.locale.formats import day
from metrics.ui import cards, priority_view, round_view
from metrics.ui.record_titles import title_of
from metrics.ui.session import _, _n, language
from metrics.ui.text import literal
from metrics.usecases.ranking import RankedRound

MOST_DISSENT, MOST_FIRST = 3, 5


def counts(round_: PriorityRound) -> None:
    """How many have finished, group by group; in a further vote how many have spoken again."""
    again = round_.vote > 1
    found = round_view.how_far(round_)
    done = {one.group_id: one.started if again else one.finished for one in found}
    seats, finished = sum(one.seats for one in found), sum(done.values())
    told = {"fertig": finished, "alle": seats, "tag": day(round_.deadline, language())}
    words = (
        _("Noch einmal geäußert: {fertig} von {alle}, Frist {tag}", **told)
        if again
        else _("{fertig} von {alle} sind fertig, Frist {tag}", **told)
    )
    st.progress(finished / seats, text=words)
    with st.container(horizontal=True):
        for one in found:
            begun = _n("{number} angefangen", "{number} angefangen", one.started - one.finished)
            st.metric(
                literal(title_of("rater_group", one.group_id)),
                _("{fertig} von {alle}", fertig=done[one.group_id], alle=one.seats),
                begun if one.started > done[one.group_id] else None,
                delta_color="off",
                delta_arrow="off",
                border=True,
            )
    st.caption(_("Bewertungen bleiben verdeckt, bis die Runde geschlossen ist."))


def result(found: RankedRound) -> None:
    """The matrix with the ranking's head and where to talk first."""
    figure, table, finding = priority_view.matrix(found.round.id, None, False)
    left, right = st.columns([3, 2])
    with left, cards.card(finding):
        alt = _("Wirkung und Aufwand: {befund}", befund=finding)
        cards.chart(figure, alt=alt, table=table, key="wand_matrix", file_name="priorisierung")
    with right:
        with cards.card(priority_view.headline(found)):
            cards.example_badge(found.round.illustrative)
            for one in found.result.ranking[:MOST_FIRST]:
                st.markdown(literal(f"{round_view.places_text(one)}. {priority_view.measure_name(one.measure_id)}"))
        with cards.card(_("Zuerst besprechen: hier liegen die Bewertungen am weitesten auseinander")):
            dissent = round_view.by_dissent(found.round.id)[:MOST_DISSENT]
            for one in dissent:
                row = round_view.dissent_row(found.round, one)
                told = {"titel": row[_("Maßnahme")], "kriterium": row[_("Kriterium")], "spanne": row[_("Bewertungen")]}
                st.markdown(literal(_("{titel}: {kriterium} {spanne}", **told)))
            if not dissent:
                st.caption(_("Die Bewertungen liegen nirgends auseinander."))
