"""Methoden: how every number comes about, each rule with its borders and one example from the plan's own data."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from metrics.charts.theme import Row
from metrics.domain.progress.outcome import Attainment, CourseVerdict
from metrics.domain.progress.rules import DEFAULT, RULES
from metrics.locale.words import attainment_lines, course_lines, rule_reason, target_attainment_sentence
from metrics.ui import cards, methods_texts, methods_view, navigation, office_texts
from metrics.ui.judged import name_of
from metrics.ui.methods_texts import RuleText
from metrics.ui.methods_view import Example
from metrics.ui.session import _, language
from metrics.ui.text import literal, one_line


def page() -> None:
    """Two statements, the rules of the course, the kinds of target, age of data, totals, forecast, time and money."""
    cards.stand()
    with cards.card(_("Zwei Aussagen, nie vermischt")):
        _say(methods_texts.two_statements())
    with cards.card(_("Kurs: Reicht das Tempo?")):
        _say(methods_texts.course_texts())
        asked = navigation.asked_id()
        opened = asked if asked in RULES else DEFAULT.id
        for rule, text in methods_texts.rule_texts().items():
            with st.expander(literal(methods_view.rule_heading(rule)), expanded=rule == opened):
                _rule(rule, text)
    with cards.card(_("Zielerreichung: Wo stehen wir?")):
        _say(methods_texts.attainment_texts())
        rows = methods_view.demand_rows()
        with st.expander(_("Die {number} Arten von Zielwerten", number=len(rows))):
            _table(rows, _("Arten von Zielwerten und ihr Rechenweg"))
        with st.expander(_("Durchgerechnet an Werten dieses Plans")):
            _example(methods_view.attainment_example())
    with cards.card(_("Alter der Daten")):
        _say(methods_texts.age_texts())
        with st.expander(_("Fristen bei {lag} Tagen Verzug", lag=methods_view.usual_lag())):
            _table(methods_view.age_rows(), _("Fristen nach Rhythmus"))
    with cards.card(_("Gesamtzahlen über den Zielbaum")):
        _say(methods_texts.total_texts())
        with st.expander(_("Warum daneben ein zweiter Mittelwert steht")):
            _say([methods_texts.second_mean_text()])
            _table(methods_view.mean_rows(), _("Rechenbeispiel: derselbe Mittelwert auf zwei Wegen"))
    with cards.card(_("Prognose: Was käme bei gleichbleibendem Tempo?")):
        _say(methods_texts.forecast_texts())
    with cards.card(_("Kapazität und Auslastung: Trägt das Amt den Plan?")):
        _say(office_texts.capacity_texts())
    with cards.card(_("Grenzen und Auswege: Was müsste sich mindestens ändern?")):
        _say(office_texts.limits_texts() + office_texts.relief_texts())
    with cards.card(_("Beste Auswahl: Welche Maßnahmen, und wann?")):
        _say(office_texts.choice_texts())


def _rule(rule: str, text: RuleText) -> None:
    if rule == DEFAULT.id:
        st.badge(_("Vorgabe"), icon=":material/check:", color="blue")
    _say([text.asks, _("**Sie braucht:** {needs}", needs=text.needs)])
    _table(methods_view.border_rows(text), _("Grenzen der Regel"))
    st.markdown(_("**Gründe, aus denen sie kein Zeichen gibt:**"))
    st.markdown("\n".join(f"- {literal(reason)}" for reason in methods_view.cannot_judge(rule)))
    source = _("**Quelle:** {source}", source=literal(text.source))
    st.markdown(f"{source} ([{_('öffnen')}](<{text.address}>))" if text.address else source)
    version = RULES[rule].version
    st.caption(_("Kennung {rule}, Fassung {version}; beides steht bei jedem Ergebnis.", rule=rule, version=version))
    st.subheader(_("Durchgerechnet an Werten dieses Plans"), anchor=False)
    _example(methods_view.course_example(rule))


def _example(example: Example | None) -> None:
    """A method on a target of the plan, line by line."""
    if example is None:
        cards.nothing_here(_("Der Plan hat keinen Zielwert mit echten Istwerten, an dem sich das zeigen ließe."))
        return
    indicator, target, outcome = example.found.indicator, example.verdict.target, example.outcome
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        navigation.link_to("indicator", indicator.id, one_line(name_of(indicator), 80))
        if isinstance(outcome, CourseVerdict):
            cards.course_badge(outcome.course)
        cards.freshness_badge(example.found.freshness)
        cards.example_badge(example.invented_target)
    if example.invented_target:
        st.caption(_("Die Istwerte sind echt, der Zielwert ist ein Beispiel."))
    if isinstance(outcome, Attainment):
        sentence = target_attainment_sentence(indicator, example.verdict, outcome, language())
        lines = attainment_lines(indicator, target, outcome, language())
    else:
        sentence = rule_reason(indicator, target, outcome, language())
        lines = course_lines(indicator, target, outcome, language())
    st.markdown(literal(sentence))
    _table([{_("Angabe"): label, _("Wert"): text} for label, text in lines], _("Rechnung Zeile für Zeile"))


def _say(sentences: Sequence[str]) -> None:
    """Sentences of our own, one paragraph each, in which ** may stress."""
    st.markdown("\n\n".join(sentences))


def _table(rows: Sequence[Row], alt: str) -> None:
    shown = [{name: literal(str(text)) for name, text in row.items()} for row in rows]
    st.table(shown, border="horizontal", hide_index=True, alt=alt)
