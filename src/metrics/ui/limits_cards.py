"""The limits of the plan on the page: what is too much, the way out, and what each way costs."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from metrics.domain.portfolio.no_relief import NoRelief
from metrics.locale import limits as limits_words
from metrics.locale.limits import Names, no_relief_sentences, relief_sentence
from metrics.ui import cards, limits_view
from metrics.ui.choosing import forget_unknown, told_apart
from metrics.ui.session import _, _n, with_examples
from metrics.ui.text import literal
from metrics.usecases.limits import Limits

PINNED, CHOSEN = "grenzen_bleibt", "grenzen_einzeln"
MOST_LINES, MOST_OVERLOADS = 12, 6
"""Moves and overloads that the page lists; the tables have them all."""


def headline() -> None:
    """The one sentence on top."""
    found, known = limits_view.limits(with_examples()), limits_view.names(with_examples())
    too_many = bool(found.parallel.broken)
    sentence = limits_words.headline(found.plan, found.worst, found.overloads, found.broken, too_many, known)
    st.markdown(f"**{literal(sentence)}**")


def draw() -> DeltaGenerator | None:
    """What is too much; gives the place beside it for the way out, None where the plan fits and needs none."""
    examples = with_examples()
    found, known = limits_view.limits(examples), limits_view.names(examples)
    beside = None
    if found.fits and found.plan.starts:
        st.markdown(_("Alles passt: Es muss nichts geändert werden."))
    elif found.fits:
        cards.nothing_here(_("Tragen Sie unter „Kapazität und Bedarf“ ein, was die Maßnahmen brauchen."))
    else:
        left, beside = st.columns([3, 2])
        with left:
            _overloads(found, known)
        if found.overloads:
            _alternatives(found, known)
    for sentence in limits_view.hints(found, known):
        st.caption(literal(sentence))
    return beside


def way_out(beside: DeltaGenerator) -> None:
    """What would have to change, in its place; asked for last, so that nobody waits for the search to see the rest."""
    examples = with_examples()
    with beside:
        _relief(limits_view.limits(examples), limits_view.names(examples))


def _overloads(found: Limits, known: Names) -> None:
    count = len(found.overloads)
    title = _n("An {number} Stelle ist mehr verplant, als da ist", "An {number} Stellen ist mehr verplant, als da ist",
               count)  # fmt: skip
    if not count:
        title = _("Zeit und Geld reichen, aber nicht alles lässt sich so einhalten")
    with cards.card(title):
        lines = limits_view.overload_lines(found, known, MOST_OVERLOADS)
        told = [f"- **{literal(where)}**  \n  {literal(what)}" for where, what in lines]
        broken = limits_view.broken_lines(found, known)
        told += [f"- {literal(line)}" for line in broken[:MOST_OVERLOADS]]
        st.markdown("\n".join(told))
        rest = max(0, count - MOST_OVERLOADS) + max(0, len(broken) - MOST_OVERLOADS)
        if rest:
            st.caption(_n("und {number} weitere", "und {number} weitere", rest))
        if not count:
            return
        with st.container(horizontal=True, vertical_alignment="center"):
            cards.example_badge(found.plan.illustrative)
        with st.expander(_("Werte als Tabelle"), key="grenzen_tabelle", on_change="rerun") as fold:
            if fold.open:
                rows = limits_view.overload_rows(found, known)
                cards.values(rows, alt=title, key="grenzen_zuviel", file_name="grenzen")


def _relief(found: Limits, known: Names) -> None:
    with cards.card(_("Was sich mindestens ändern müsste")):
        choices = told_apart({key: known.measure(key) for key in found.plan.starts})
        forget_unknown(PINNED, choices)
        kept = st.multiselect(
            _("Diese Maßnahmen bleiben, wie sie sind"),
            list(choices),
            format_func=choices.__getitem__,
            key=PINNED,
            placeholder=_("keine festgelegt"),
        )
        pinned = frozenset(kept)
        with st.spinner(_("Ein Ausweg wird gesucht …"), show_time=True):
            way = limits_view.relief(with_examples(), pinned)
        if isinstance(way, NoRelief):
            first, *others = no_relief_sentences(way, found.plan.problem, known)
            st.warning(literal(first), icon=":material/block:")
            st.markdown("\n".join(f"- {literal(line)}" for line in others))
            return
        st.markdown(f"**{literal(relief_sentence(way, known.language))}**")
        lines = limits_view.move_lines(found, known, way.moves)
        st.markdown("\n".join(f"- {literal(what)}  \n  :small[{literal(cost)}]" for what, cost in lines[:MOST_LINES]))
        if len(lines) > MOST_LINES:
            rows = [{_("Was man tut"): what, _("Was es kostet"): cost} for what, cost in lines]
            cards.values(rows, alt=_("Alle Änderungen"), key="grenzen_ausweg", file_name="ausweg")
        st.caption(_("Ein Vorschlag, keine Entscheidung. Geändert wird nichts; das tun Sie im Plan."))


def _alternatives(found: Limits, known: Names) -> None:
    with st.expander(_("Einzelne Auswege vergleichen"), key="grenzen_auswege", on_change="rerun") as fold:
        if not fold.open:
            return
        choices = limits_view.overload_choices(found, known)
        index = st.selectbox(
            _("Welche Überlast?"), list(choices), format_func=choices.__getitem__, key=CHOSEN, width=420
        )
        rows = limits_view.alternative_rows(found, known, int(index))
        if rows:
            alt = _("Einzelne Änderungen, die diese Überlast beheben")
            cards.values(rows, alt=alt, key="grenzen_einzelne", file_name="auswege")
        else:
            st.caption(_("Eine einzelne Maßnahme genügt hier nicht, oder sie ist Pflicht oder festgelegt."))
