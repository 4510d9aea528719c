"""Money on the page: planned, committed and spent, funding that ends, what pots lack, and how the money flows."""

from __future__ import annotations

import streamlit as st

from metrics.domain.resources import FundingPot, MoneyLine
from metrics.domain.scheduling.earned import EarningRule, EstimateBasis
from metrics.locale.words import choice
from metrics.ui import cards, earned_view, funding_view, money_view, navigation
from metrics.ui.session import _, _n, language, today, with_examples
from metrics.ui.text import literal

BY_KEY, YEAR_KEY = "geld_nach", "geld_jahr"
RULE_KEY, BASIS_KEY = "geld_regel", "geld_rest"
EVERY_YEAR = 0
MOST_LINES = 8
"""Pots that a card lists."""


def draw() -> None:
    """The bars, the outflow beside the end of funding, what pots lack, and the indices folded away."""
    examples = with_examples()
    pots, lines = money_view.counted(examples)
    if not lines and not pots:
        cards.nothing_here(
            _("Noch keine Mittel. Legen Sie einen Finanzierungstopf an, dann je Maßnahme und Jahr, was geplant ist.")
        )
    else:
        by, year = _asked(examples)
        if lines:
            _bars(by, year)
        left, right = st.columns(2)
        with left:
            _drain(year)
        with right:
            _ends()
        if pots:
            _shortfall()
        if lines:
            _earned()
    _say_what_is_invented()
    _edit()


def _asked(examples: bool) -> tuple[str, int | None]:
    kinds = {
        money_view.GOAL: _("Ziel"),
        money_view.POT: _("Finanzierungstopf"),
        money_view.MEASURE: _("Maßnahme"),
        money_view.YEAR: _("Jahr"),
    }
    known = money_view.years(examples)
    spans = {EVERY_YEAR: _("alle Jahre"), **{year: str(year) for year in known}}
    with st.container(horizontal=True):
        by = st.selectbox(
            _("Mittel je"), list(kinds), list(kinds).index(money_view.POT), kinds.__getitem__, key=BY_KEY, width=220
        )
        first = list(spans).index(today().year) if today().year in spans else 0
        year = st.selectbox(_("Zeitraum"), list(spans), first, spans.__getitem__, key=YEAR_KEY, width=180)
    return str(by), int(year) or None


def _bars(by: str, year: int | None) -> None:
    """Year by year all of them are shown, whatever year was chosen."""
    examples = with_examples()
    shown = None if by == money_view.YEAR else year
    figure, table, finding = money_view.bars(by, shown, examples)
    with cards.card(finding):
        alt = _("Geplante, gebundene und ausgegebene Mittel: {befund}", befund=finding)
        cards.chart(figure, alt=alt, table=table, key="geld_bild", file_name="mittel")
        if by == money_view.GOAL:
            st.caption(_("Eine Maßnahme für mehrere Ziele zählt bei jedem voll; die Zeilen ergeben zusammen mehr."))
        for hint in (money_view.odd_hint(shown, examples), money_view.committed_hint(shown, examples)):
            if hint:
                st.caption(literal(hint))


def _drain(year: int | None) -> None:
    examples = with_examples()
    with cards.card(_("Mittelabfluss"), stretch=True):
        st.markdown(f"**{literal(funding_view.drain_sentence(year, examples))}**")
        _some([literal(line) for line in funding_view.drain_lines(year, examples)])
        st.caption(
            _("Bis heute geplant: das Geld eines Jahres gleichmäßig über die Tage, an denen die Förderung läuft.")
        )
        rows = funding_view.drain_rows(year, examples)
        if rows:
            _folded(rows, _("Mittelabfluss je Finanzierungstopf"), "geld_abfluss", "mittelabfluss")


def _ends() -> None:
    examples = with_examples()
    with cards.card(_("Förderung, die endet"), stretch=True):
        st.markdown(f"**{literal(funding_view.ends_sentence(examples))}**")
        lines = funding_view.end_lines(examples)
        _some([f"{literal(head)}  \n  :small[{literal(words)}]" if words else literal(head) for head, words in lines])
        rows = funding_view.end_rows(examples)
        if rows:
            _folded(rows, _("Enden der Förderung"), "geld_enden", "foerderende")


def _some(lines: list[str]) -> None:
    """The first lines of Markdown; the table has them all."""
    if lines:
        st.markdown("\n".join(f"- {line}" for line in lines[:MOST_LINES]))


def _folded(rows: money_view.Rows, alt: str, key: str, file_name: str) -> None:
    with st.expander(_("Werte als Tabelle"), key=key + "_tabelle", on_change="rerun") as fold:
        if fold.open:
            cards.values(rows, alt=alt, key=key, file_name=file_name)


def _shortfall() -> None:
    examples = with_examples()
    with cards.card(_("Reicht das Geld der Töpfe?")):
        st.markdown(f"**{literal(funding_view.shortfall_sentence(examples))}**")
        rows = funding_view.balance_rows(examples)
        if rows:
            cards.values(rows, alt=_("Töpfe je Jahr"), key="geld_toepfe", file_name="toepfe")


def _earned() -> None:
    with st.expander(
        _("Fortschritt und Geld zusammen (CPI, SPI, EAC)"), key="geld_ertragswert", on_change="rerun"
    ) as fold:
        if not fold.open:
            return
        st.markdown(
            _(
                "Was erreicht ist, wird in Euro gemessen und mit dem verglichen, was bis heute geplant und was "
                "ausgegeben ist. **CPI** unter 1: teurer als geplant. **SPI** unter 1: weniger erreicht als geplant. "
                "**EAC**: was die Maßnahme am Ende kosten wird, wenn es so weitergeht."
            )
        )
        rules = {one.value: choice(one, language()) for one in EarningRule}
        bases = {one.value: choice(one, language()) for one in EstimateBasis}
        with st.container(horizontal=True):
            rule = st.selectbox(
                _("Wann gilt etwas als erreicht?"), list(rules), 0, rules.__getitem__, key=RULE_KEY, width=320
            )
            basis = st.selectbox(_("Was kostet der Rest?"), list(bases), 0, bases.__getitem__, key=BASIS_KEY, width=320)
        rows = earned_view.rows(EarningRule(rule), EstimateBasis(basis), with_examples())
        cards.values(rows, alt=_("Fortschritt und Geld je Maßnahme"), key="geld_cpi", file_name="fortschritt_geld")
        st.caption(
            _(
                "Der SPI eines fertigen Vorhabens ist immer 1, wie spät es auch war; ob es pünktlich ist, sagt der "
                "Fortschritt gegen Zeit im Zeitplan."
            )
        )


def _say_what_is_invented() -> None:
    examples = with_examples()
    pots, lines = money_view.counted(examples)
    if any(one.illustrative for one in (*pots.values(), *lines)):
        with st.container(horizontal=True, vertical_alignment="center"):
            cards.example_badge()
            st.caption(_("Beträge und Töpfe mit diesem Zeichen sind erfunden; sie zeigen nur die Arbeitsweise."))
    left_out = money_view.left_out(examples)
    if left_out:
        words = _n("{number} Beispielwert zählt nicht mit.", "{number} Beispielwerte zählen nicht mit.", left_out)
        st.caption(words + " " + _("Das ändert der Schalter „Beispielwerte einrechnen“."))


def _edit() -> None:
    with st.container(horizontal=True):
        navigation.link(
            "plan_editing", _("Finanzierungstöpfe bearbeiten"), identifier=FundingPot.kind, icon=":material/edit:"
        )
        navigation.link(
            "plan_editing", _("Mittel einer Maßnahme bearbeiten"), identifier=MoneyLine.kind, icon=":material/edit:"
        )
