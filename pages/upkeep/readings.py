"""Enter a value: what is due, the form for a new one, the correction of an old one."""

from __future__ import annotations

from typing import Any

import streamlit as st

from metrics.domain.context import Source
from metrics.domain.history import Recorded
from metrics.domain.indicators import Indicator, Reading
from metrics.domain.refusals import Refusal
from metrics.locale.words import choice, refusal_sentence
from metrics.ui import cards, form_conflict, forms, navigation, plan, reading_view
from metrics.ui.form_fields import form_fields
from metrics.ui.judged import last_text, name_of, observed_text
from metrics.ui.reading_form import CONFIRMED, NEW_SOURCE, PERIOD, SOURCE_TITLE, SOURCE_URL, ReadingForm
from metrics.ui.record_titles import titles
from metrics.ui.session import _, language
from metrics.ui.text import literal

INDICATOR_KEY, CORRECTION_KEY = "eingabe_indikator", "eingabe_korrektur"
CORRECTION = "reading:"
DUE_ROWS = 8
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


def page() -> None:
    """`?id=I-…` opens an indicator's form, `?id=reading:R-…` the correction of a value."""
    cards.stand()
    indicators = plan.records(Indicator)
    if not indicators:
        cards.nothing_here(_("Der Plan hat noch keinen Indikator. Legen Sie zuerst einen an."))
        navigation.link("plan_editing", _("Indikator anlegen"), identifier="indicator", icon=":material/add:")
        return
    entry = _asked_correction()
    asked = entry.record.indicator_id if entry else navigation.asked_id() or ""
    _choose(asked if asked in indicators else "")
    if asked in indicators:
        _enter(ReadingForm(indicators[asked], entry))
    elif asked:
        cards.nothing_here(_("Diesen Indikator oder Wert gibt es nicht oder nicht mehr: {kennung}", kennung=asked))
    _due(folded=asked in indicators)


def _asked_correction() -> Recorded[Reading] | None:
    asked = navigation.asked_id() or ""
    return reading_view.reading(asked.removeprefix(CORRECTION)) if asked.startswith(CORRECTION) else None


def _choose(indicator_id: str) -> None:
    known = {"": _("Bitte wählen"), **titles(Indicator.kind)}
    st.session_state[INDICATOR_KEY] = indicator_id
    st.selectbox(
        _("Für welchen Indikator?"),
        list(known),
        format_func=known.__getitem__,
        key=INDICATOR_KEY,
        on_change=_open_chosen,
        args=(INDICATOR_KEY, ""),
    )


def _open_chosen(key: str, prefix: str) -> None:
    if st.session_state[key]:
        st.query_params[navigation.ID_KEY] = prefix + st.session_state[key]


def _enter(form: ReadingForm) -> None:
    _leave_untouched(form)
    _notice(form)
    left, right = st.columns([2, 3])
    with left, cards.card(_heading(form)):
        _facts(form.indicator)
        settled = form_conflict.settle(form)
        errors = form.errors
        form.summary(errors)
        _period(form, errors)
        _value(form, errors)
        if form.version:
            form.reason(errors)
        with st.container(horizontal=True):
            if settled:
                form.save_button(form.save, _("Korrektur speichern") if form.version else _("Wert speichern"))
            if form.touched:
                form.discard_button()
        _more(form, errors)
    with right:
        with cards.card(_preview_title(form)):
            figure, table, alt = reading_view.preview(form)
            cards.chart(figure, alt=alt, table=table, key="eingabe_vorschau", file_name=form.indicator.id)
        _last_values(form)


def _heading(form: ReadingForm) -> str:
    if not form.entry:
        return _("Neuer Wert: {titel}", titel=name_of(form.indicator))
    return _("Korrektur: {titel} (Fassung {version})", titel=name_of(form.indicator), version=form.version)


def _facts(indicator: Indicator) -> None:
    facts = (
        indicator.unit,
        indicator.territory,
        choice(indicator.basis, language()),
        choice(indicator.rhythm, language()),
    )
    st.caption(literal(" · ".join(facts)))
    cards.example_badge(indicator.illustrative)


def _period(form: ReadingForm, errors: dict[str, str]) -> None:
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


def _value(form: ReadingForm, errors: dict[str, str]) -> None:
    st.text_input(
        _("Wert in {einheit}", einheit=literal(form.indicator.unit)) + " *",
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
        st.checkbox(_("Der Wert stimmt so"), key=form.confirmation)
        form.widgets(errors).error(CONFIRMED)


def _echo(words: str, understood: object, typed: str) -> None:
    """What was understood, or why nothing was, unless an error says so; the line is always there, so nothing jumps."""
    if isinstance(understood, Refusal) and typed.strip():
        st.markdown(f":orange[:material/help: {literal(refusal_sentence(understood, language()))}]")
    else:
        st.caption(literal(words or _("Hier steht gleich, was verstanden wurde.")))


def _more(form: ReadingForm, errors: dict[str, str]) -> None:
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


def _preview_title(form: ReadingForm) -> str:
    value = form.filled_quietly()
    if value is not None:
        return _("Mit Ihrem Wert: {wert}", wert=observed_text(form.indicator, value))
    found = plan.indicators_judged().get(form.indicator.id)
    return _("Heute: {wert}", wert=last_text(found)) if found and found.last else _("Noch kein Wert")


def _last_values(form: ReadingForm) -> None:
    rows = reading_view.last_values(form.indicator)
    with cards.card(_("Die letzten Werte")):
        if not rows:
            cards.nothing_here(_("Noch kein Wert: Ihrer wird der erste."))
            return
        st.dataframe(rows, hide_index=True, alt=_("Die letzten Werte"), key="eingabe_letzte", height="auto")
        known = {"": _("Wert wählen"), **reading_view.to_correct(form.indicator)}
        st.session_state[CORRECTION_KEY] = form.typed_id if form.typed_id in known else ""
        st.selectbox(
            _("Einen Wert korrigieren"),
            list(known),
            format_func=known.__getitem__,
            key=CORRECTION_KEY,
            on_change=_open_chosen,
            args=(CORRECTION_KEY, CORRECTION),
        )


def _notice(form: ReadingForm) -> None:
    saved: dict[str, Any] | None = forms.saved_notice(form.name)
    if not saved:
        return
    entry = reading_view.reading(saved["id"])
    value = observed_text(form.indicator, entry.record) if entry else ""
    st.success(
        literal(_("Gespeichert: {titel}: {wert}", titel=saved["title"], wert=value)), icon=":material/check_circle:"
    )
    navigation.link_to(Indicator.kind, form.indicator.id, _("Zum Indikator: {titel}", titel=name_of(form.indicator)))


def _leave_untouched(here: ReadingForm) -> None:
    for form in forms.open_forms("eingabe:"):
        if form.name != here.name and not form.touched:
            form.close()


def _due(*, folded: bool) -> None:
    waiting = reading_view.due()
    if not waiting:
        st.caption(_("Zurzeit wartet kein Indikator auf einen Wert."))
        return
    title = _("{zahl} Indikatoren warten auf einen Wert", zahl=len(waiting))
    with st.expander(title, icon=":material/schedule:") if folded else cards.card(title):
        pages = -(-len(waiting) // DUE_ROWS)
        chosen = st.pagination(pages, key="eingabe_faellig") if pages > 1 else 1
        for found in waiting[(chosen - 1) * DUE_ROWS : chosen * DUE_ROWS]:
            with st.container(horizontal=True, vertical_alignment="center"):
                navigation.link(
                    "readings", name_of(found.indicator), identifier=found.indicator.id, icon=":material/edit:"
                )
                cards.freshness_badge(found.freshness)
                cards.example_badge(found.illustrative)
                st.caption(literal(reading_view.due_words(found)))
