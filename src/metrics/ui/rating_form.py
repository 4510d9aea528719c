"""What a rater sees: one measure or one criterion at a time, a field for each score, each stored as soon as it is left.

A field is left with the tabulator key, so a rater needs no mouse; the next step puts the cursor into its first field
(`pages/static/focus.js` looks for the container that begins with `FOCUS`).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import streamlit as st

from metrics.domain.measures import Measure
from metrics.domain.priorities import Criterion, Rating
from metrics.domain.refusals import Refusal
from metrics.locale.formats import day
from metrics.locale.score_input import parse_score, score_text, score_words
from metrics.locale.words import refusal_sentence
from metrics.ui import plan
from metrics.ui.judged import name_of
from metrics.ui.runtime import store
from metrics.ui.session import _, _n, language, now, today
from metrics.ui.text import field_name, literal, one_line
from metrics.usecases.rating import Access, own_ratings, rate

FOCUS = "focus_"
STATE, STEP, WAY = "bewerten", "bewerten_schritt", "bewerten_weg"
MOST_ABOUT = 600
"""Characters of what a measure is about; whoever wants more asks the moderator."""


class Way(StrEnum):
    """How a rater goes through the table."""

    by_measure = "by_measure"
    by_criterion = "by_criterion"


def draw(access: Access, code: str) -> None:
    """Progress, the way through, and the fields of the present step."""
    given = own_ratings(store(), access)
    _say_what_was_lost(access)
    if not access.round.to_rate:
        st.info(_("In dieser Runde steht keine Maßnahme mehr zur Bewertung."), icon=":material/inbox:")
        return
    _progress(access, given)
    ways = {Way.by_measure: _("Maßnahme für Maßnahme"), Way.by_criterion: _("Kriterium für Kriterium")}
    way = st.radio(
        _("Weg durch die Bewertung"),
        list(ways),
        format_func=ways.__getitem__,
        horizontal=True,
        key=WAY,
        on_change=_to_step,
        args=(0,),
    )
    st.caption(
        _(
            "Zahl von 0 bis 10. Unsicher? „6-8“ oder „7±1“. „?“ heißt „weiß nicht“. "
            "Mit der Tabulatortaste zum nächsten Feld; was Sie verlassen, ist gespeichert."
        )
    )
    steps = list(access.round.to_rate) if way == Way.by_measure else [one.code for one in access.round.criteria]
    step = min(int(st.session_state.get(STEP, 0)), len(steps) - 1)
    if way == Way.by_measure:
        _measure_step(access, code, steps[step], given, step, len(steps))
    else:
        _criterion_step(access, code, access.round.criterion(steps[step]), given, step, len(steps))
    _controls(access, given, way, steps, step)


def answered(access: Access, given: Mapping[str, Rating]) -> tuple[int, int]:
    """How many fields are filled, "weiß nicht" and former votes included, and how many there are."""
    wanted = access.round.to_rate
    filled = sum(len(given[one].scores) for one in wanted if one in given)
    return filled, len(wanted) * len(access.round.criteria)


def unsaved(access: Access) -> bool:
    """Whether something that was typed on this seat in this session could not be stored."""
    seat = f"{STATE}.{access.round.id}.{access.seat.number}."
    return any(str(key).startswith(seat) and str(key).endswith(".problem") for key in st.session_state)


def _say_what_was_lost(access: Access) -> None:
    """A score on a measure that has left the round meanwhile has no field any more at which to tell it."""
    for removed in access.round.removed:
        start = f"{STATE}.{access.round.id}.{access.seat.number}.{access.round.vote}.{removed.measure_id}."
        told = [
            str(value) for key, value in st.session_state.items() if str(key).startswith(start) and _is_problem(key)
        ]
        for sentence in told[:1]:
            st.warning(literal(sentence), icon=":material/warning:")


def _is_problem(key: object) -> bool:
    return str(key).endswith(".problem")


def _progress(access: Access, given: Mapping[str, Rating]) -> None:
    filled, every = answered(access, given)
    told = {"fertig": filled, "alle": every, "tag": day(access.round.deadline, language())}
    st.progress(
        filled / every if every else 1.0, text=_("{fertig} von {alle} Feldern gespeichert, Frist {tag}", **told)
    )
    if every and filled == every:
        st.success(
            _("Alles bewertet. Bis zum Ende der Runde lässt sich noch alles ändern."), icon=":material/check_circle:"
        )


def _measure_step(
    access: Access, code: str, measure_id: str, given: Mapping[str, Rating], step: int, steps: int
) -> None:
    measure = plan.records(Measure).get(measure_id)
    with st.container(border=True):
        st.header(literal(_heading(step, steps, name_of(measure) if measure else measure_id)), anchor=False)
        if measure:
            _about(measure)
        with st.container(key=f"{FOCUS}{measure_id}_{access.round.vote}"):
            for criterion in access.round.criteria:
                meaning, answer = st.columns([3, 2], vertical_alignment="top")
                with meaning:
                    _meaning(criterion)
                with answer:
                    _field(access, code, measure_id, criterion, given, field_name(criterion.title))


def _criterion_step(
    access: Access, code: str, criterion: Criterion, given: Mapping[str, Rating], step: int, steps: int
) -> None:
    measures = plan.records(Measure)
    with st.container(border=True):
        st.header(literal(_heading(step, steps, criterion.title)), anchor=False)
        _meaning(criterion)
        with st.container(key=f"{FOCUS}{criterion.code}_{access.round.vote}"):
            for measure_id in access.round.to_rate:
                name = name_of(measures[measure_id]) if measure_id in measures else measure_id
                _field(access, code, measure_id, criterion, given, field_name(one_line(name, 120)))


def _field(
    access: Access, code: str, measure_id: str, criterion: Criterion, given: Mapping[str, Rating], label: str
) -> None:
    """One score: the field, and below it what was understood or what does not fit."""
    key = f"{STATE}.{access.round.id}.{access.seat.number}.{access.round.vote}.{measure_id}.{criterion.code}"
    rating = given.get(measure_id)
    score = rating.by_code.get(criterion.code) if rating else None
    problem = st.session_state.get(key + ".problem")
    if key not in st.session_state:
        unfit = st.session_state.get(key + ".unfit")  # still there when the rater comes back to it
        st.session_state[key] = unfit or score_text(score, language())
    st.text_input(
        label,
        key=key,
        autocomplete="off",
        placeholder="0–10",
        on_change=_store,
        args=(code, measure_id, criterion.code, key),
    )
    if problem:
        st.markdown(f":red[:material/error: {literal(problem)}]")
        if score is not None:
            words = _("Gespeichert bleibt: {wert}", wert=score_words(score, language()))
            st.markdown(f":green[:material/check:] {literal(words)}")
    elif score is not None:
        st.markdown(f":green[:material/check:] {literal(score_words(score, language()))}")


def _store(code: str, measure_id: str, of: str, key: str) -> None:
    """Runs as soon as a field is left: read, store, or say at the field what does not fit."""
    try:
        score = parse_score(str(st.session_state[key]), of, language())
        rate(store(), code, measure_id, {of: score}, at=now(), today=today())
        st.session_state.pop(key + ".problem", None)
        st.session_state.pop(key + ".unfit", None)
    except Refusal as refusal:
        st.session_state[key + ".problem"] = refusal_sentence(refusal, language())
        st.session_state[key + ".unfit"] = st.session_state[key]


def _about(measure: Measure) -> None:
    parts = [measure.background, *measure.activities, measure.added_value]
    told = " ".join(part for part in parts if part)
    if told:
        st.markdown(literal(one_line(told, MOST_ABOUT)))


def _meaning(criterion: Criterion) -> None:
    """The question, and what 0, 5 and 10 mean, a line each."""
    ends = {"0": criterion.anchor_low, "5": criterion.anchor_middle, "10": criterion.anchor_high}
    anchors = [f"**{number}** {literal(words)}" for number, words in ends.items() if words]
    st.markdown("  \n".join([*([literal(criterion.question)] if criterion.question else []), *anchors]))


def _heading(step: int, steps: int, name: str) -> str:
    return _("{nummer} von {anzahl}: {titel}", nummer=step + 1, anzahl=steps, titel=one_line(name, 200))


def _controls(access: Access, given: Mapping[str, Rating], way: Any, steps: list[str], step: int) -> None:
    with st.container(horizontal=True):
        st.button(
            _("Zurück"),
            key="bewerten_zurueck",
            icon=":material/arrow_back:",
            disabled=step == 0,
            on_click=_to_step,
            args=(step - 1,),
        )
        st.button(
            _("Weiter"),
            key="bewerten_weiter",
            icon=":material/arrow_forward:",
            type="primary",
            disabled=step + 1 >= len(steps),
            on_click=_to_step,
            args=(step + 1,),
            shortcut="Ctrl+Enter",
        )
        waiting = [place for place, one in enumerate(steps) if not _is_done(access, given, way, one)]
        if waiting and waiting != [step]:
            first = next((place for place in waiting if place > step), waiting[0])
            words = _n("{number} Schritt offen", "{number} Schritte offen", len(waiting))
            st.button(
                words,
                key="bewerten_offen",
                icon=":material/playlist_add_check:",
                type="tertiary",
                help=_("Zum nächsten Schritt, in dem noch ein Feld leer ist"),
                on_click=_to_step,
                args=(first,),
            )


def _is_done(access: Access, given: Mapping[str, Rating], way: Any, step: str) -> bool:
    present = {measure: set(rating.by_code) for measure, rating in given.items()}
    if way == Way.by_measure:
        return len(present.get(step, ())) == len(access.round.criteria)
    return all(step in present.get(measure, ()) for measure in access.round.to_rate)


def _to_step(step: int) -> None:
    st.session_state[STEP] = step
