"""One waiting value as a card: what counts, what would count, who entered it and why, and the steps that are open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from metrics.domain.indicators import Indicator, ReadingState, ReleaseRule
from metrics.domain.refusals import Refusal
from metrics.domain.release import Pending
from metrics.locale.formats import difference, moment, period
from metrics.locale.words import choice, refusal_sentence
from metrics.ui import cards, navigation, plan
from metrics.ui.judged import name_of, observed_text
from metrics.ui.people_names import shown
from metrics.ui.reading_form import source_words
from metrics.ui.runtime import store
from metrics.ui.session import _, language, now, person
from metrics.ui.text import literal
from metrics.usecases.access import Right
from metrics.usecases.releasing import check_reading, release_reading, return_reading

DONE = "freigaben_erledigt"
MOST_NOTE = 400


def draw(found: Pending) -> None:
    """The card of one value."""
    indicator = plan.records(Indicator)[found.reading.indicator_id]
    reading = found.reading
    when = period(reading.period_start, reading.period_end, reading.period_kind, language())
    with cards.card(f"{name_of(indicator)} · {when}", key=_key(found, "karte")):
        st.markdown(f"**{literal(_change(indicator, found))}**")
        with st.container(horizontal=True):
            st.badge(choice(reading.state, language()), icon=":material/hourglass_top:", color="orange")
            cards.example_badge(reading.illustrative)
        told = {"wer": shown(found.entered_by), "wann": moment(found.entered_at, language())}
        words = [_("eingetragen von {wer}, {wann}", **told)]
        if reading.state is ReadingState.checked:
            words.append(_("geprüft von {wer}, {wann}", wer=found.step_by, wann=moment(found.step_at, language())))
        words.append(_("Quelle: {titel}", titel=source_words(reading)))
        words += [found.entered_because] if found.entered_because else []
        words += [reading.note[:MOST_NOTE]] if reading.note else []
        st.caption(literal(" · ".join(words)))
        _steps(found, indicator)


def done_notice() -> None:
    """What was done last, told once."""
    done: dict[str, Any] | None = st.session_state.pop(DONE, None)
    if done:
        show = st.error if done["refused"] else st.success
        show(literal(done["words"]), icon=":material/error:" if done["refused"] else ":material/check_circle:")


def _change(indicator: Indicator, found: Pending) -> str:
    new = observed_text(indicator, found.reading)
    if found.released is None:
        return _("neu: {wert}", wert=new)
    change = difference(round(found.reading.value - found.released.value, 9), indicator.unit, language(), signed=True)
    before = observed_text(indicator, found.released)
    return _("gilt: {bisher} → neu: {wert} (Änderung {aenderung})", bisher=before, wert=new, aenderung=change)


def _steps(found: Pending, indicator: Indicator) -> None:
    if found.entered_by == person().name:
        st.caption(_("Sie haben ihn eingetragen. Freigeben muss ihn jemand anderes."))
        target = f"reading:{found.reading.id}"
        navigation.link("readings", _("Berichtigen oder zurücknehmen"), identifier=target, icon=":material/edit:")
        return
    of_three = indicator.release_rule is ReleaseRule.checked_and_released
    if of_three and found.reading.state is ReadingState.draft:
        _button(found, _("Geprüft, in Ordnung"), "pruefen", ":material/check:", _check)
    elif of_three and found.step_by == person().name:
        st.caption(_("Sie haben ihn geprüft. Freigeben muss ihn eine dritte Person."))
    elif of_three and not person().may(Right.release_readings):
        st.caption(_("Er ist geprüft. Freigeben darf ihn, wer das Recht dazu hat."))
    else:
        _button(found, _("Freigeben"), "freigeben", ":material/verified:", _release)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            _("Grund der Rückgabe"), key=_key(found, "grund"), persist_state="session", autocomplete="off", width=420
        )
        st.button(
            _("Zurückgeben"),
            key=_key(found, "zurueck"),
            icon=":material/assignment_return:",
            on_click=_act,
            args=(found, _return),
        )
    sentence = st.session_state.get(_key(found, "fehler"))
    if sentence:
        st.markdown(f":red[:material/error: {literal(sentence)}]")


def _button(found: Pending, label: str, name: str, icon: str, act: Callable[[Pending], str]) -> None:
    st.button(label, key=_key(found, name), icon=icon, type="primary", on_click=_act, args=(found, act))


def _act(found: Pending, act: Callable[[Pending], str]) -> None:
    """Runs before the page: carries out a step and notes what to say; what was typed stays where it was refused."""
    try:
        words = act(found)
    except Refusal as refusal:
        sentence = refusal_sentence(refusal, language())
        st.session_state[_key(found, "fehler")] = sentence
        if not refusal.field:
            st.session_state[DONE] = {"words": sentence, "refused": True}
    else:
        indicator = plan.records(Indicator)[found.reading.indicator_id]
        st.session_state[DONE] = {"words": f"{words}: {name_of(indicator)}", "refused": False}


def _check(found: Pending) -> str:
    check_reading(store(), found.reading.id, found.entry.version, by=person(), at=now())
    return _("Geprüft; der Wert wartet auf die Freigabe")


def _release(found: Pending) -> str:
    release_reading(store(), found.reading.id, found.entry.version, by=person(), at=now())
    return _("Freigegeben; der Wert zählt ab sofort")


def _return(found: Pending) -> str:
    reason = str(st.session_state.get(_key(found, "grund"), ""))
    return_reading(store(), found.reading.id, found.entry.version, by=person(), at=now(), reason=reason)
    return _("Zurückgegeben; der Grund steht beim Wert")


def _key(found: Pending, name: str) -> str:
    return f"freigabe.{found.reading.id}.{found.entry.version}.{name}"
