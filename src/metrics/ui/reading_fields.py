"""The fields of the form for a value, in the order of the keyboard: period, value, and the rest folded away."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from metrics.domain.context import Source
from metrics.domain.indicators import Indicator, Reading
from metrics.domain.refusals import Refusal
from metrics.locale.formats import moment, quantity
from metrics.locale.words import choice, refusal_sentence
from metrics.ui import cards, navigation, plan, reading_view
from metrics.ui.form_fields import form_fields
from metrics.ui.judged import observed_text
from metrics.ui.people_names import shown
from metrics.ui.reading_form import (
    CONFIRMED,
    NEW_SOURCE,
    PERIOD,
    SOURCE_TITLE,
    SOURCE_URL,
    ReadingForm,
    next_period,
)
from metrics.ui.record_titles import titles
from metrics.ui.session import _, language
from metrics.ui.text import field_name, literal

CORRECTION = "reading:"


SHOWN = ("qualifier", "document", "break_before", "note")
FOLDED = ("provisional", "vintage", "published_on", "evidence", "derivation", "largest_share")
"""What stands open below the buttons, and what is folded away."""
ENTER_SAVES, SAVES, CURSOR = "enter_saves", "saves_on_enter", "cursor_"
"""Keys that `pages/static/focus.js` knows: in such a field Enter saves, with this button; the cursor starts here."""


def facts_line(indicator: Indicator) -> None:
    """What a number of this indicator means."""
    facts = (
        indicator.unit,
        indicator.territory,
        choice(indicator.basis, language()),
        choice(indicator.rhythm, language()),
    )
    st.caption(literal(" · ".join(facts)))
    st.caption(literal(reading_view.last_words(indicator)))
    cards.example_badge(indicator.illustrative)


def period_field(form: ReadingForm, errors: dict[str, str]) -> None:
    """The period, told back; a stored value of the same period leads to its correction."""
    upcoming = next_period(form.indicator)
    with _cursor(form, here=not form.starts_at_value):
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
        _twin(form, twin)


def _cursor(form: ReadingForm, *, here: bool) -> DeltaGenerator:
    """What holds a field; where the cursor starts, under the name that says so for this form."""
    return st.container(key=CURSOR + form.token if here else None)


def _twin(form: ReadingForm, twin: Reading) -> None:
    """Both values, who entered the stored one, and the two ways on; nothing is overwritten."""
    change = plan.history(Reading.kind, twin.id)[0].change
    told = {"wert": observed_text(form.indicator, twin), "wer": shown(change.recorded_by)}
    when = moment(change.recorded_at, language())
    words = _("Für diesen Zeitraum gibt es schon {wert}, von {wer} am {wann}.", wann=when, **told)
    mine = form.value()
    if isinstance(mine, Refusal) or form.entry:
        st.info(literal(words), icon=":material/info:")
        target = CORRECTION + twin.id
        navigation.link("readings", _("Diesen Wert korrigieren"), identifier=target, icon=":material/edit:")
        return
    own = quantity(mine, form.indicator.unit, language())
    words += " " + _("Ihr Wert ist {wert}. Überschrieben wird nichts: Bitte entscheiden Sie.", wert=own)
    st.warning(literal(words), icon=":material/group:")
    with st.container(horizontal=True):
        st.button(
            _("Vorhandenen Wert behalten"), key=form.key("keep_theirs"), icon=":material/undo:", on_click=form.close
        )
        st.button(
            _("Meinen Wert als Korrektur eintragen"),
            key=form.key("correct_theirs"),
            icon=":material/edit:",
            on_click=_correct,
            args=(form, twin.id),
        )


def _correct(form: ReadingForm, identifier: str) -> None:
    """Runs before the page: the correction's form opens with what was typed, and asks for the reason."""
    entry = reading_view.reading(identifier)
    if entry is not None:
        form.as_correction(entry)
        st.query_params[navigation.ID_KEY] = CORRECTION + identifier


def state_line(form: ReadingForm) -> None:
    """Why a value was returned, or what counts while it waits."""
    found = form.waiting()
    if found is None:
        return
    if found.returned_because:
        told = {"wer": found.step_by, "wann": moment(found.step_at, language()), "grund": found.returned_because}
        words = _("Zurückgegeben von {wer} am {wann}: {grund}", **told)
        st.warning(literal(words), icon=":material/assignment_return:")
        return
    words = reading_view.release_words(form.indicator, found.reading.state)
    if found.released:
        words += " " + _("Bis dahin gilt {wert}.", wert=observed_text(form.indicator, found.released))
    st.info(literal(words), icon=":material/hourglass_top:")


def value_field(form: ReadingForm, errors: dict[str, str]) -> None:
    """The value, told back with its change; a jump asks for a second look."""
    with st.container(key=ENTER_SAVES), _cursor(form, here=form.starts_at_value):
        st.text_input(
            _("Wert in {einheit}", einheit=field_name(form.indicator.unit)) + " *",
            key=form.key("value"),
            persist_state="session",
            autocomplete="off",
            placeholder=_("z. B. 1.234,5"),
        )
    _echo(form.value_echo(), form.value(), "" if "value" in errors else form.typed["value"])
    form.widgets(errors).error("value")
    doubt, unclear = form.doubt(), form.doubtful_mark()
    if unclear:
        st.warning(literal(form.mark_words()), icon=":material/help:")
    elif doubt:
        st.warning(literal(form.doubt_words(doubt)), icon=":material/help:")
    if doubt or unclear:
        st.checkbox(form.label(CONFIRMED), key=form.confirmation)
        form.widgets(errors).error(CONFIRMED)


def _echo(words: str, understood: object, typed: str) -> None:
    """What was understood, or why nothing was, unless an error says so; the line is always there, so nothing jumps."""
    if isinstance(understood, Refusal) and typed.strip():
        st.markdown(f":orange[:material/help: {literal(refusal_sentence(understood, language()))}]")
    else:
        st.caption(literal(words or _("Hier steht gleich, was verstanden wurde.")))


def more_fields(form: ReadingForm, errors: dict[str, str]) -> None:
    """Source, precision, place, break and note, which cost nothing to see; the rest opens where an error stands."""
    widgets = form.widgets(errors)
    known = {"": "–", NEW_SOURCE: _("Neue Quelle …"), **titles(Source.kind)}
    chosen = st.selectbox(
        _("Quelle"), list(known), format_func=known.__getitem__, key=form.key("source_id"), persist_state="session"
    )
    widgets.error("source_id")
    if chosen == NEW_SOURCE:
        for path in (SOURCE_TITLE, SOURCE_URL):
            st.text_input(form.label(path), key=form.key(path), persist_state="session")
            widgets.error(path)
    asked = {field.name: field for field in form_fields(Reading)}
    widgets.draw(tuple(asked[name] for name in SHOWN), lambda _field, _path: None)
    with st.expander(_("Weitere Angaben"), expanded=any(path in FOLDED for path in errors)):
        widgets.draw(tuple(asked[name] for name in FOLDED), lambda _field, _path: None)
