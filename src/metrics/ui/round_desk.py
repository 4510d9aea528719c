"""What whoever leads rounds works with: a new round, its seats, how far the groups are, what can be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from metrics.domain.history import Recorded
from metrics.domain.priorities import PriorityRound, RaterGroup
from metrics.locale.formats import day
from metrics.locale.words import field_label
from metrics.ui import cards, inviting_view, navigation, plan, round_codes, round_errors, round_view
from metrics.ui.choosing import told_apart
from metrics.ui.live import live
from metrics.ui.record_titles import title_of
from metrics.ui.round_errors import KIND
from metrics.ui.runtime import store
from metrics.ui.session import _, _n, language, now, person, today
from metrics.ui.text import literal, one_line
from metrics.usecases.rating import GroupProgress
from metrics.usecases.rounds import (
    Opened,
    add_seats,
    close_round,
    drop_round,
    extend_round,
    remove_measure,
    renew_code,
    vote_again,
)

DONE = "runde_getan"
SECONDS = 5
"""How often the page looks how far the groups are."""


def key(name: str) -> str:
    """The session key of a field on this page."""
    return f"runde.{name}"


@live(SECONDS)
def how_far(round_: PriorityRound) -> None:
    """Counts by group, no names and no scores; keeps itself up to date."""
    found = round_view.how_far(round_)
    with cards.card(_("Wie weit die Gruppen sind")):
        st.dataframe(
            [_progress_row(one) for one in found], hide_index=True, alt=_("Fortschritt je Gruppe"), key=key("progress")
        )
        navigation.link("workshop", _("An die Wand"), identifier=round_.id, icon=":material/present_to_all:")


def _progress_row(found: GroupProgress) -> dict[str, object]:
    return {
        _("Gruppe"): title_of("rater_group", found.group_id),
        _("Plätze"): found.seats,
        _("angefangen"): found.started,
        _("fertig"): found.finished,
    }


def close(entry: Recorded[PriorityRound]) -> None:
    """Close the round, after a word on who has not finished."""
    with cards.card(_("Runde schließen")):
        _who_is_missing(entry.record)
        st.caption(_("Danach sind alle Bewertungen sichtbar, und niemand kann sie mehr ändern."))
        label, icon = _("Jetzt schließen"), ":material/lock:"
        st.button(label, key=key("close"), type="primary", icon=icon, on_click=_close, args=(entry,))


@live(SECONDS)
def _who_is_missing(round_: PriorityRound) -> None:
    if round_.vote > 1:
        st.caption(_("Wer sich nicht noch einmal äußert, bleibt bei der bisherigen Bewertung."))
        return
    waiting = sum(one.seats - one.finished for one in round_view.how_far(round_))
    if waiting:
        st.warning(
            _n(
                "{number} Platz ist noch nicht fertig. Was fehlt, bleibt leer und wird nicht ergänzt.",
                "{number} Plätze sind noch nicht fertig. Was fehlt, bleibt leer und wird nicht ergänzt.",
                waiting,
            ),
            icon=":material/hourglass_top:",
        )


def seats(entry: Recorded[PriorityRound]) -> None:
    """Further seats, a new code for a lost one, a later deadline."""
    round_ = entry.record
    with cards.card(_("Plätze und Frist")):
        left, right = st.columns(2, vertical_alignment="bottom")
        names = told_apart({one: title_of("rater_group", one) for one in plan.records(RaterGroup)})
        left.selectbox(_("Gruppe"), list(names), format_func=names.__getitem__, key=key("more_group"))
        label, icon = _("Einen Platz dazu"), ":material/person_add:"
        right.button(label, key=key("more"), icon=icon, on_click=_add_seat, args=(entry,))
        round_errors.error("seats")
        labels = {seat.number: f"{seat.number} · {names.get(seat.group_id, seat.group_id)}" for seat in round_.seats}
        left.selectbox(_("Platz"), list(labels), format_func=labels.__getitem__, key=key("renew_seat"))
        label, icon = _("Zugang erneuern"), ":material/key:"
        right.button(label, key=key("renew"), icon=icon, on_click=_renew, args=(entry,))
        label, icon = field_label("invitation", "address", language()), ":material/mail:"
        left.text_input(label, key=key("address"), autocomplete="off")
        label = _("Diesen Platz per E-Mail anbieten")
        right.button(label, key=key("offer"), icon=icon, on_click=_offer, args=(entry,))
        for field in ("address", "expires_on", ""):
            inviting_view.problem(field)
        left.text_input(field_label(KIND, "deadline", language()), key=key("later"), placeholder=_("TT.MM.JJJJ"))
        right.button(_("Frist ändern"), key=key("extend"), icon=":material/event:", on_click=_extend, args=(entry,))
        round_errors.error("deadline")


def take_out(entry: Recorded[PriorityRound]) -> None:
    """Take a measure out of the round with a reason; what left it, and why."""
    round_ = entry.record
    with st.expander(_("Maßnahme aus der Runde nehmen")):
        for gone in round_.removed:
            st.markdown(literal(f"{title_of('measure', gone.measure_id)}: {gone.reason}"))
        names = told_apart({one: title_of("measure", one) for one in round_.measures})
        if not names:
            return
        st.selectbox(_("Maßnahme"), list(names), format_func=names.__getitem__, key=key("out"))
        st.text_input(_("Grund"), key=key("out_reason"))
        round_errors.error("reason")
        label, icon = _("Herausnehmen"), ":material/remove:"
        st.button(label, key=key("take_out"), icon=icon, on_click=_take_out, args=(entry,))


def again(entry: Recorded[PriorityRound]) -> None:
    """The measures on which raters disagree most, and a further vote on some of them."""
    round_ = entry.record
    found = round_view.by_dissent(round_.id)
    with cards.card(_("Wo die Bewertungen am weitesten auseinanderliegen")):
        rows = [round_view.dissent_row(round_, one) for one in found]
        if rows:
            st.dataframe(rows, hide_index=True, alt=_("Maßnahmen nach Uneinigkeit"), key=key("dissent"))
        else:
            st.caption(_("Die Bewertungen liegen nirgends auseinander."))
        names = told_apart({one: title_of("measure", one) for one in round_view.to_talk_over(round_.id)})
        st.multiselect(
            _("Nach der Aussprache erneut abstimmen über"),
            list(names),
            format_func=names.__getitem__,
            key=key("again"),
            placeholder=_("Auswählen oder Namen tippen"),
        )
        st.text_input(field_label(KIND, "deadline", language()), key=key("later"), placeholder=_("TT.MM.JJJJ"))
        round_errors.error("deadline")
        st.caption(_("Wer sich nicht noch einmal äußert, bleibt bei der bisherigen Bewertung."))
        label, icon = _("Erneut abstimmen"), ":material/replay:"
        st.button(label, key=key("vote"), icon=icon, on_click=_vote_again, args=(entry,))


def drop(entry: Recorded[PriorityRound]) -> None:
    """Withdraw a round that nobody has rated in."""
    with st.expander(_("Aus Versehen geöffnet?")):
        st.caption(_("Solange niemand bewertet hat, lässt sich die Runde zurückziehen."))
        label, icon = _("Runde zurückziehen"), ":material/delete:"
        st.button(label, key=key("drop"), icon=icon, on_click=_drop, args=(entry,))


def notices() -> None:
    """What was done by the last click, or why not."""
    done = st.session_state.pop(DONE, None)
    if done:
        st.success(literal(done), icon=":material/check_circle:")
    round_errors.error("")


# --- what the buttons do. They hold the version that was seen; what was chosen last they read when they are clicked ---


def _close(entry: Recorded[PriorityRound]) -> None:
    round_id, version = entry.record.id, entry.version
    _act(_("Die Runde ist geschlossen."), lambda: close_round(store(), round_id, version, by=person(), at=now()))


def _add_seat(entry: Recorded[PriorityRound]) -> None:
    round_id, version, group = entry.record.id, entry.version, st.session_state[key("more_group")]
    _give_codes(lambda: add_seats(store(), round_id, version, {group: 1}, by=person(), at=now()))


def _renew(entry: Recorded[PriorityRound]) -> None:
    round_id, version, number = entry.record.id, entry.version, st.session_state[key("renew_seat")]
    _give_codes(lambda: renew_code(store(), round_id, version, number, by=person(), at=now()))


def _offer(entry: Recorded[PriorityRound]) -> None:
    number, address = st.session_state[key("renew_seat")], str(st.session_state[key("address")])
    if inviting_view.offer_seat(entry.record, number, address):
        st.session_state[key("address")] = ""
        st.session_state[DONE] = _("Die Einladung ist erstellt. Sie steht unten und muss noch verschickt werden.")


def _act(done: str, work: Callable[[], Any]) -> bool:
    """Do it, and say that it is done; False if it was refused."""
    if round_errors.attempt(work) is None:
        return False
    st.session_state[DONE] = done
    return True


def _give_codes(work: Callable[[], Opened]) -> None:
    opened = round_errors.attempt(work)
    if opened is not None:
        round_codes.keep(opened)


def _extend(entry: Recorded[PriorityRound]) -> None:
    deadline = _day_typed()
    if deadline is not None:
        words = _("Bewertet wird jetzt bis {tag}.", tag=day(deadline, language()))
        round_id, version = entry.record.id, entry.version
        _act(
            words,
            lambda: extend_round(store(), round_id, version, deadline, by=person(), at=now(), today=today()),
        )


def _vote_again(entry: Recorded[PriorityRound]) -> None:
    deadline, chosen = _day_typed(), list(st.session_state[key("again")])
    if deadline is not None:
        round_id, version = entry.record.id, entry.version
        _act(
            _("Die erneute Abstimmung ist offen. Alle benutzen ihren bisherigen Zugang."),
            lambda: vote_again(store(), round_id, version, chosen, deadline, by=person(), at=now(), today=today()),
        )


def _take_out(entry: Recorded[PriorityRound]) -> None:
    measure_id, reason = st.session_state[key("out")], str(st.session_state[key("out_reason")]).strip()
    if not reason:
        round_errors.refuse({"reason": _("Bitte nennen Sie den Grund; er steht im Verlauf und im Ergebnis.")})
        return
    round_id, version = entry.record.id, entry.version
    done = _("Herausgenommen: {titel}", titel=title_of("measure", measure_id))
    if _act(done, lambda: remove_measure(store(), round_id, version, measure_id, reason, by=person(), at=now())):
        st.session_state[key("out_reason")] = ""  # a reason serves one measure


def _drop(entry: Recorded[PriorityRound]) -> None:
    reason = _("Aus Versehen geöffnet")
    round_id, version = entry.record.id, entry.version

    def work() -> bool:
        drop_round(store(), round_id, version, reason, by=person(), at=now())
        return True

    if round_errors.attempt(work):
        st.session_state[DONE] = _("Zurückgezogen: {titel}", titel=one_line(entry.record.title, 90))
        st.query_params.pop(navigation.ID_KEY, None)


def _day_typed() -> date | None:
    errors: dict[str, str] = {}
    found = round_errors.day_of(str(st.session_state.get(key("later"), "")), errors)
    if found is None:
        round_errors.refuse(errors)
    return found
