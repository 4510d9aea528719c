"""The form of a new round: about what, on which criteria, who rates, until when."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

import streamlit as st

from metrics.domain.measures import Measure
from metrics.domain.priorities import CriteriaSet, RaterGroup, Voice
from metrics.locale.formats import percent
from metrics.locale.words import choice, field_label
from metrics.ui import cards, navigation, plan, round_codes, round_errors, round_view
from metrics.ui.choosing import choices, told_apart
from metrics.ui.form_values import slug
from metrics.ui.round_errors import KIND
from metrics.ui.runtime import store
from metrics.ui.session import _, language, now, person, today
from metrics.ui.text import field_name, literal
from metrics.usecases.rounds import Call, open_round

FORM = "runde_neu"
MOST_SEATS = 60
"""Seats of a group that can be chosen at once; further ones are added one by one."""


def draw() -> None:
    """The form, or what has to be there first."""
    token = st.session_state.setdefault(FORM, secrets.token_hex(3))
    sets, groups = plan.records(CriteriaSet), plan.records(RaterGroup)
    if not (sets and groups and plan.records(Measure)):
        _what_is_missing(bool(sets), bool(groups))
        return
    with cards.card(_("Neue Runde")):
        _text("title", token, _("z. B. Was gehen wir 2027 zuerst an?"))
        chosen = _choice("criteria_set_id", token, told_apart({name: found.title for name, found in sets.items()}))
        _text("deadline", token, _("TT.MM.JJJJ"))
        _measures(token)
        st.markdown(f"**{literal(_('Wie viele bewerten je Gruppe?'))}**")
        for column, group in zip(st.columns(len(groups)), groups.values(), strict=True):
            with column:
                st.selectbox(
                    field_name(group.title),
                    range(MOST_SEATS + 1),
                    key=_field(f"seats.{group.id}", token),
                    persist_state="session",
                )
        round_errors.error("seats")
        _choice("voice", token, {voice.value: choice(voice, language()) for voice in Voice})
        st.text_area(
            field_label(KIND, "purpose", language()), key=_field("purpose", token), height=90, persist_state="session"
        )
        _criteria_note(sets[chosen])
        round_errors.error("")
        st.button(
            _("Runde öffnen"),
            key=_field("open", token),
            type="primary",
            icon=":material/play_arrow:",
            on_click=_open,
            args=(token,),
        )


def _what_is_missing(sets: bool, groups: bool) -> None:
    if not sets:
        cards.nothing_here(_("Noch kein Kriteriensatz. Ohne Kriterien lässt sich nichts bewerten."))
        navigation.link("criteria", _("Kriterien anlegen"), icon=":material/tune:")
    if not groups:
        cards.nothing_here(_("Noch keine Bewertungsgruppe. Legen Sie an, wer getrennt bewertet."))
        navigation.link("plan_editing", _("Gruppe anlegen"), identifier="rater_group", icon=":material/edit:")
    if not plan.records(Measure):
        cards.nothing_here(_("Der Plan hat noch keine Maßnahme, die sich ordnen ließe."))


def _criteria_note(chosen: CriteriaSet) -> None:
    shares = [
        f"{criterion.title} {percent(chosen.weights[criterion.code], language(), 0)}"
        for criterion in chosen.criteria
        if criterion.counts
    ]
    st.caption(literal(_("Gewichte: {gewichte}", gewichte=" · ".join(shares))))
    for sentence in round_view.doubts(chosen):
        st.warning(literal(sentence), icon=":material/help:")


def _measures(token: str) -> None:
    where = _field("measure_ids", token)
    known = choices("measure", where, st.session_state.get(where, ()))
    st.multiselect(
        field_label(KIND, "measure_ids", language()) + " *",
        list(known),
        format_func=known.__getitem__,
        key=where,
        placeholder=_("Auswählen oder Namen tippen"),
        persist_state="session",
    )
    round_errors.error("measure_ids")


def _open(token: str) -> None:
    """Runs before the page: check, open, show the codes."""
    if st.session_state.get(FORM) != token:
        return
    typed = {name: st.session_state.get(_field(name, token)) for name in ("title", "purpose", "deadline", "voice")}
    counts = {group: st.session_state.get(_field(f"seats.{group}", token)) for group in plan.records(RaterGroup)}
    chosen = tuple(st.session_state.get(_field("measure_ids", token)) or ())
    errors = _empty_fields(str(typed["title"] or ""), chosen, any(counts.values()))
    deadline = round_errors.day_of(str(typed["deadline"] or ""), errors)
    if errors or deadline is None:
        round_errors.refuse(errors)
        return
    title = str(typed["title"] or "")
    call = Call(
        id=slug(title or KIND, token),
        title=title,
        purpose=str(typed["purpose"] or "") or None,
        deadline=deadline,
        measure_ids=chosen,
        criteria_set_id=str(st.session_state[_field("criteria_set_id", token)]),
        seats={group: int(count or 0) for group, count in counts.items()},
        voice=Voice(str(typed["voice"])),
    )
    opened = round_errors.attempt(lambda: open_round(store(), call, by=person(), at=now(), today=today()))
    if opened is not None:
        del st.session_state[FORM]
        round_codes.keep(opened)
        st.query_params[navigation.ID_KEY] = opened.round.id


def _empty_fields(title: str, measure_ids: tuple[str, ...], anybody: bool) -> dict[str, str]:
    """A sentence for each field that must be filled and is not."""
    errors = {}
    if not title.strip():
        errors["title"] = _("Bitte geben Sie der Runde einen Titel.")
    if not measure_ids:
        errors["measure_ids"] = _("Bitte wählen Sie mindestens eine Maßnahme.")
    if not anybody:
        errors["seats"] = _("Bitte geben Sie mindestens einer Gruppe einen Platz.")
    return errors


def _text(name: str, token: str, hint: str) -> None:
    label = field_label(KIND, name, language()) + " *"
    st.text_input(label, key=_field(name, token), placeholder=hint, autocomplete="off", persist_state="session")
    round_errors.error(name)


def _choice(name: str, token: str, words: Mapping[str, str]) -> str:
    chosen = st.selectbox(
        field_label(KIND, name, language()),
        list(words),
        format_func=words.__getitem__,
        key=_field(name, token),
        persist_state="session",
    )
    round_errors.error(name)
    return str(chosen)


def _field(name: str, token: str) -> str:
    return f"runde.{token}.{name}"
