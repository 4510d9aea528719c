"""The fields of the form for a value, in the order of the keyboard: period, value, and the rest folded away."""

from __future__ import annotations

import streamlit as st

from metrics.domain.context import Source
from metrics.domain.indicators import Indicator, Reading
from metrics.domain.refusals import Refusal
from metrics.locale.words import choice, refusal_sentence
from metrics.ui import cards, navigation, reading_view
from metrics.ui.form_fields import form_fields
from metrics.ui.judged import observed_text
from metrics.ui.reading_form import CONFIRMED, NEW_SOURCE, PERIOD, SOURCE_TITLE, SOURCE_URL, ReadingForm
from metrics.ui.record_titles import titles
from metrics.ui.session import _, language
from metrics.ui.text import field_name, literal

CORRECTION = "reading:"


FOLDED = (
    "qualifier",
    "provisional",
    "break_before",
    "vintage",
    "published_on",
    "document",
    "evidence",
    "derivation",
    "note",
)


def facts_line(indicator: Indicator) -> None:
    """What a number of this indicator means."""
    facts = (
        indicator.unit,
        indicator.territory,
        choice(indicator.basis, language()),
        choice(indicator.rhythm, language()),
    )
    st.caption(literal(" · ".join(facts)))
    cards.example_badge(indicator.illustrative)


def period_field(form: ReadingForm, errors: dict[str, str]) -> None:
    """The period, told back; a stored value of the same period leads to its correction."""
    upcoming = reading_view.next_period(form.indicator)
    st.text_input(
        form.label(PERIOD) + " *",
        key=form.key(PERIOD),
        persist_state="session",
        autocomplete="off",
        placeholder=_("z. B. {zeitraum}", zeitraum=upcoming or _("Dez. 2026, 3. Quartal 2026 oder 24.11.2026")),
        help=_("Jahr, Monat, Quartal, Schuljahr, Tag oder „von bis“, so wie Sie es schreiben."),
    )
    _echo(form.period_echo(), form.period(), "" if PERIOD in errors else form.typed[PERIOD])
    form.widgets(errors).error(PERIOD)
    twin = form.twin()
    if twin:
        words = _("Für diesen Zeitraum gibt es schon {wert}.", wert=observed_text(form.indicator, twin))
        st.info(literal(words), icon=":material/info:")
        navigation.link(
            "readings", _("Diesen Wert korrigieren"), identifier=CORRECTION + twin.id, icon=":material/edit:"
        )


def value_field(form: ReadingForm, errors: dict[str, str]) -> None:
    """The value, told back with its change; a jump asks for a second look."""
    st.text_input(
        _("Wert in {einheit}", einheit=field_name(form.indicator.unit)) + " *",
        key=form.key("value"),
        persist_state="session",
        autocomplete="off",
        placeholder=_("z. B. 1.234,5"),
    )
    _echo(form.value_echo(), form.value(), "" if "value" in errors else form.typed["value"])
    form.widgets(errors).error("value")
    doubt = form.doubt()
    if doubt:
        st.warning(literal(form.doubt_words(doubt)), icon=":material/help:")
        st.checkbox(form.label(CONFIRMED), key=form.confirmation)
        form.widgets(errors).error(CONFIRMED)


def _echo(words: str, understood: object, typed: str) -> None:
    """What was understood, or why nothing was, unless an error says so; the line is always there, so nothing jumps."""
    if isinstance(understood, Refusal) and typed.strip():
        st.markdown(f":orange[:material/help: {literal(refusal_sentence(understood, language()))}]")
    else:
        st.caption(literal(words or _("Hier steht gleich, was verstanden wurde.")))


def folded_fields(form: ReadingForm, errors: dict[str, str]) -> None:
    """Source and whatever else belongs to a value; open if an error stands there."""
    folded = {*FOLDED, "source_id", SOURCE_TITLE, SOURCE_URL}
    widgets = form.widgets(errors)
    with st.expander(_("Quelle und weitere Angaben"), expanded=any(path in folded for path in errors)):
        known = {"": "–", NEW_SOURCE: _("Neue Quelle …"), **titles(Source.kind)}
        chosen = st.selectbox(
            _("Quelle"), list(known), format_func=known.__getitem__, key=form.key("source_id"), persist_state="session"
        )
        if chosen == NEW_SOURCE:
            for path in (SOURCE_TITLE, SOURCE_URL):
                st.text_input(form.label(path), key=form.key(path), persist_state="session")
                widgets.error(path)
        asked = {field.name: field for field in form_fields(Reading)}
        widgets.draw(tuple(asked[name] for name in FOLDED), lambda _field, _path: None)
