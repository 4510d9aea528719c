"""What a rater sees: one measure or one criterion at a time, a field for each score, each stored as soon as it is left.

A field is left with the tabulator key, so a rater needs no mouse; the next step puts the cursor into its first field
(`pages/static/focus.js`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import streamlit as st

from metrics.domain.measures import Measure
from metrics.domain.priorities import Criterion, Rating, Score
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

FIELDS, FOCUS = "fields", "focus_"
"""Keys that `pages/static/focus.js` knows."""
STATE, STEP, WAY, WAY_FIELD = "bewerten", "bewerten_schritt", "bewerten_weg", "bewerten_weg_wahl"
PROBLEMS, TAKEN = "bewerten_probleme", "bewerten_gelesen"
"""In the session, by the key of a field: what does not fit, as `Unfit`, and what was read last, as `Taken`."""
MOST_ABOUT = 600
"""Characters of what a measure is about; whoever wants more asks the moderator."""


class Way(StrEnum):
    """How a rater goes through the table."""

    by_measure = "by_measure"
    by_criterion = "by_criterion"


@dataclass(frozen=True, slots=True)
class Taken:
    """A field that was shown, and the text in it that was dealt with last."""

    measure_id: str
    criterion: str
    typed: str


@dataclass(frozen=True, slots=True)
class Unfit:
    """A field with a text that could not be stored, and the sentence that says why."""

    field: Taken
    sentence: str


def take(access: Access, code: str) -> None:
    """Look at every field that was shown, before anything is drawn: the round may have closed meanwhile."""
    fields: dict[str, Taken] = st.session_state.setdefault(TAKEN, {})
    st.session_state.setdefault(PROBLEMS, {})
    now_in_them = st.session_state.to_dict()
    for key, field in list(fields.items()):
        typed = now_in_them.get(key)
        if key.startswith(_seat(access)) and typed is not None and typed != field.typed:
            _take(code, key, field, typed)


def draw(access: Access, code: str) -> None:
    """Progress, the way through, and the fields of the present step.

    No callback is used: the framework drops one when the next field's event comes while a run is being cut short, and
    what a quick rater typed would be gone. Each run looks at every field of the step and stores what is new; only then
    it asks whether to go elsewhere.
    """
    given = own_ratings(store(), access)
    _say_what_was_lost(access)
    if not access.round.to_rate:
        st.info(_("In dieser Runde steht keine Maßnahme mehr zur Bewertung."), icon=":material/inbox:")
        return
    progress = st.container()  # filled once the fields have been looked at
    other_way = st.container()
    st.caption(
        _(
            "Zahl von 0 bis 10. Unsicher? „6-8“ oder „7±1“. „?“ heißt „weiß nicht“. "
            "Mit der Tabulatortaste zum nächsten Feld; was Sie verlassen, ist gespeichert."
        )
    )
    way = st.session_state.get(WAY, Way.by_measure)
    steps = list(access.round.to_rate) if way == Way.by_measure else [one.code for one in access.round.criteria]
    step = min(int(st.session_state.get(STEP, 0)), len(steps) - 1)
    if way == Way.by_measure:
        _measure_step(access, code, steps[step], given, step, len(steps))
    else:
        _criterion_step(access, code, access.round.criterion(steps[step]), given, step, len(steps))
    with progress:
        _progress(access, given)
    with other_way:
        _choose_way(way)
    _controls(access, given, way, steps, step)


def _choose_way(way: Way) -> None:
    ways = {Way.by_measure: _("Maßnahme für Maßnahme"), Way.by_criterion: _("Kriterium für Kriterium")}
    label, index = _("Weg durch die Bewertung"), list(ways).index(way)
    chosen = st.radio(label, list(ways), index, ways.__getitem__, horizontal=True, key=WAY_FIELD)
    if chosen != way:
        st.session_state[WAY] = chosen
        _to_step(0)


def answered(access: Access, given: Mapping[str, Rating]) -> tuple[int, int]:
    """How many fields are filled, "weiß nicht" and former votes included, and how many there are."""
    wanted = access.round.to_rate
    filled = sum(len(given[one].scores) for one in wanted if one in given)
    return filled, len(wanted) * len(access.round.criteria)


def unsaved(access: Access) -> bool:
    """Whether something that was typed on this seat in this session could not be stored."""
    return any(key.startswith(_seat(access)) for key in _problems())


def _say_what_was_lost(access: Access) -> None:
    """A score on a measure that has left the round meanwhile has no field any more at which to tell it."""
    for removed in access.round.removed:
        told = [one.sentence for one in _unfit(access) if one.field.measure_id == removed.measure_id]
        for sentence in told[:1]:
            st.warning(literal(sentence), icon=":material/warning:")


def _unfit(access: Access) -> list[Unfit]:
    """What does not fit in the fields of the present vote."""
    vote = _vote(access)
    return [one for key, one in _problems().items() if key.startswith(vote)]


def _vote(access: Access) -> str:
    """How the keys of the fields of a seat's present vote begin."""
    return f"{_seat(access)}{access.round.vote}."


def _seat(access: Access) -> str:
    """How the keys of a seat's fields begin."""
    return f"{STATE}.{access.round.id}.{access.seat.number}."


def _problems() -> dict[str, Unfit]:
    found: dict[str, Unfit] = st.session_state.get(PROBLEMS, {})
    return found


def _progress(access: Access, given: Mapping[str, Rating]) -> None:
    filled, every = answered(access, given)
    told = {"fertig": filled, "alle": every, "tag": day(access.round.deadline, language())}
    st.progress(
        filled / every if every else 1.0, text=_("{fertig} von {alle} Feldern gespeichert, Frist {tag}", **told)
    )
    unfit = sum(one.field.measure_id in access.round.to_rate for one in _unfit(access))
    if unfit:
        st.warning(
            _n(
                "{number} Eingabe passt nicht und ist nicht gespeichert; sie steht rot an ihrem Feld.",
                "{number} Eingaben passen nicht und sind nicht gespeichert; sie stehen rot an ihren Feldern.",
                unfit,
            ),
            icon=":material/warning:",
        )
    elif every and filled == every:
        st.success(
            _("Alles bewertet. Bis zum Ende der Runde lässt sich noch alles ändern."), icon=":material/check_circle:"
        )


def _measure_step(access: Access, code: str, measure_id: str, given: dict[str, Rating], step: int, steps: int) -> None:
    measure = plan.records(Measure).get(measure_id)
    with st.container(border=True):
        st.header(literal(_heading(step, steps, name_of(measure) if measure else measure_id)), anchor=False)
        if measure:
            _about(measure)
        with st.container(key=FIELDS):
            for criterion in access.round.criteria:
                meaning, answer = st.columns([3, 2], vertical_alignment="top")
                with meaning:
                    _meaning(criterion)
                with answer:
                    _field(access, code, measure_id, criterion, given, field_name(criterion.title))


def _criterion_step(
    access: Access, code: str, criterion: Criterion, given: dict[str, Rating], step: int, steps: int
) -> None:
    measures = plan.records(Measure)
    with st.container(border=True):
        st.header(literal(_heading(step, steps, criterion.title)), anchor=False)
        _meaning(criterion)
        with st.container(key=FIELDS):
            for measure_id in access.round.to_rate:
                name = name_of(measures[measure_id]) if measure_id in measures else measure_id
                _field(access, code, measure_id, criterion, given, field_name(one_line(name, 120)))


def _field(
    access: Access, code: str, measure_id: str, criterion: Criterion, given: dict[str, Rating], label: str
) -> None:
    """One score: the field, and below it what was understood or what does not fit.

    What the field begins with is its default and is not put into the session: the framework sends a value from the
    session once more after a run that was cut short, over what has been typed meanwhile.
    """
    key = f"{_vote(access)}{measure_id}.{criterion.code}"
    unfit = _problems().get(key)  # still there when the rater comes back to it
    begins_with = unfit.field.typed if unfit else score_text(_score(given, measure_id, criterion), language())
    field: Taken = st.session_state[TAKEN].setdefault(key, Taken(measure_id, criterion.code, begins_with))
    typed = st.text_input(label, begins_with, key=key, autocomplete="off", placeholder="0–10")
    if typed != field.typed:  # the framework had lost sight of the field before this run drew it again
        rating = _take(code, key, field, typed)
        if rating:
            given[measure_id] = rating
    score, unfit = _score(given, measure_id, criterion), _problems().get(key)
    if unfit:
        st.error(literal(unfit.sentence), icon=":material/error:")  # an alert: screen readers say it at once
        if score is not None:
            words = _("Gespeichert bleibt: {wert}", wert=score_words(score, language()))
            st.markdown(f":green[:material/check:] {literal(words)}")
    elif score is not None:
        st.markdown(f":green[:material/check:] {literal(score_words(score, language()))}")


def _score(given: Mapping[str, Rating], measure_id: str, criterion: Criterion) -> Score | None:
    rating = given.get(measure_id)
    return rating.by_code.get(criterion.code) if rating else None


def _take(code: str, key: str, field: Taken, typed: str) -> Rating | None:
    """Read and store what was typed, or keep it with the reason why not; nothing in between ends the run."""
    fields, problems, in_language = st.session_state[TAKEN], _problems(), language()
    rating = None
    try:
        score = parse_score(typed, field.criterion, in_language)
        rating = rate(store(), code, field.measure_id, {field.criterion: score}, at=now(), today=today())
        problems.pop(key, None)
    except Refusal as refusal:
        problems[key] = Unfit(replace(field, typed=typed), refusal_sentence(refusal, in_language))
    fields[key] = replace(field, typed=typed)
    return rating


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


def _controls(access: Access, given: Mapping[str, Rating], way: Way, steps: list[str], step: int) -> None:
    """On comes before back: whoever leaves the last field with the tabulator key stands on it."""
    waiting = [place for place, one in enumerate(steps) if not _is_done(access, given, way, one)]
    first = next((place for place in waiting if place > step), waiting[0] if waiting else step)
    last = step + 1 >= len(steps)
    with st.container(horizontal=True, key=f"{FOCUS}{steps[step]}_{access.round.vote}"):
        if st.button(
            _("Weiter"),
            key="bewerten_weiter",
            icon=":material/arrow_forward:",
            type="primary",
            disabled=last,
            shortcut="Ctrl+Enter",
        ):
            _to_step(step + 1)
        if st.button(_("Zurück"), key="bewerten_zurueck", icon=":material/arrow_back:", disabled=step == 0):
            _to_step(step - 1)
        if (
            waiting
            and waiting != [step]
            and st.button(
                _n("{number} Schritt offen", "{number} Schritte offen", len(waiting)),
                key="bewerten_offen",
                icon=":material/playlist_add_check:",
                type="tertiary",
                help=_("Zum nächsten Schritt, in dem noch ein Feld leer ist"),
            )
        ):
            _to_step(first)


def _is_done(access: Access, given: Mapping[str, Rating], way: Way, step: str) -> bool:
    """Whether every field of a step is filled, and nothing in it was refused."""
    if any(step in (one.field.measure_id, one.field.criterion) for one in _unfit(access)):
        return False
    present = {measure: set(rating.by_code) for measure, rating in given.items()}
    if way == Way.by_measure:
        return len(present.get(step, ())) == len(access.round.criteria)
    return all(step in present.get(measure, ()) for measure in access.round.to_rate)


def _to_step(step: int) -> None:
    """Draw another step at once; its fields begin with what is stored."""
    st.session_state[STEP] = step
    st.session_state[TAKEN].clear()
    st.rerun()
