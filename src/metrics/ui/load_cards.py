"""Load on the page: every group by period, and one group's demand against its capacity."""

from __future__ import annotations

import streamlit as st

from metrics.domain.load import EVERYBODY, worst
from metrics.domain.periods import quarter_of
from metrics.locale.formats import quarter
from metrics.ui import cards, resource_view
from metrics.ui.session import _, _n, language, today, with_examples
from metrics.ui.text import literal

STEP_KEY = "res_schritt"
QUARTERLY, MONTHLY = "quartale", "monate"


def draw() -> None:
    """The heat map, and beneath it the columns of the tightest group."""
    examples = with_examples()
    periods = _periods()
    found = resource_view.loads(periods, examples)
    _say_what_is_invented(any(load.illustrative for load in found.values()))
    figure, table, finding = resource_view.heatmap(periods, examples)
    with cards.card(finding):
        cards.chart(figure, alt=_("Auslastung je Gruppe und Zeitraum: {befund}", befund=finding), table=table,
                    key="ressourcen_last", file_name="auslastung")  # fmt: skip
    names = {EVERYBODY: resource_view.group_name(EVERYBODY)}
    names |= {group.id: group.title for group in resource_view.counted_inputs(examples)[0]}
    with st.container(border=True):
        heading = st.container()
        tightest = worst(found.values())
        first = list(names).index(tightest.group_id) if tightest else 0
        chosen = st.selectbox(_("Gruppe"), list(names), first, names.__getitem__, key="ressourcen_gruppe", width=360)
        figure, table, finding = resource_view.columns(periods, chosen, examples)
        heading.header(literal(finding), anchor=False)
        cards.chart(figure, alt=_("Bedarf je Zeitraum und Maßnahme gegen die Kapazität: {befund}", befund=finding),
                    table=table, key="ressourcen_bedarf", file_name="bedarf")  # fmt: skip
        if chosen == EVERYBODY:
            st.caption(_("Zusammengezählt, als könnte jede Gruppe die Arbeit der anderen tun."))


def _periods() -> tuple[str, ...]:
    """The quarters or months to show, from the quarter that was chosen on."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = _first_quarter()
        names = {QUARTERLY: _("Quartale"), MONTHLY: _("Monate")}
        step = st.radio(_("Schritt"), list(names), format_func=names.__getitem__, horizontal=True, key=STEP_KEY)
    return resource_view.shown_months(first) if step == MONTHLY else resource_view.shown_quarters(first)


def _first_quarter() -> str:
    known = resource_view.known_quarters()
    words = {each: quarter(each, language()) for each in known}
    current = known.index(quarter_of(today())) if quarter_of(today()) in known else 0
    return str(st.selectbox(_("Ab Quartal"), known, current, words.__getitem__, key="ressourcen_ab", width=220))


def _say_what_is_invented(invented: bool) -> None:
    left_out = resource_view.left_out(with_examples())
    if invented:
        with st.container(horizontal=True, vertical_alignment="center"):
            cards.example_badge()
            st.caption(_("Kapazitäten und Bedarfe mit diesem Zeichen sind erfunden; sie zeigen nur die Arbeitsweise."))
    if left_out:
        words = _n("{number} Beispielwert zählt nicht mit.", "{number} Beispielwerte zählen nicht mit.", left_out)
        st.caption(words + " " + _("Das ändert der Schalter „Beispielwerte einrechnen“."))
