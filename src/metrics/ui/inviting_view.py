"""Inviting by e-mail: the form, the letter with the code that is shown once, and what became of each invitation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import streamlit as st
from pydantic import ValidationError

from metrics.domain.invitations import VALID_DAYS, Invitation, InvitationState
from metrics.domain.priorities import PriorityRound
from metrics.domain.refusals import Refusal
from metrics.locale.formats import day
from metrics.locale.words import choice, field_label, refusal_sentence, validation_sentences
from metrics.ui import cards, day_input, dialogue_view, navigation
from metrics.ui.choosing import choices
from metrics.ui.form_values import date_as_typed
from metrics.ui.record_titles import title_of
from metrics.ui.round_view import address_of
from metrics.ui.runtime import store
from metrics.ui.session import _, language, now, person, today
from metrics.ui.text import literal
from metrics.ui.turning import turned
from metrics.usecases.inviting import Asked, Sent, erase_old_invitations, invitations, invite, revoke

INVITATION_PAGE = "einladung"
PER_PAGE = 10
PROBLEMS, DONE, LETTER = "einladung_fehler", "einladung_getan", "einladung_brief"
FIELDS = ("address", "measure_ids", "goal_ids", "expires_on", "message")
STATE_ICONS = {
    InvitationState.open: ":material/mail:",
    InvitationState.accepted: ":material/drafts:",
    InvitationState.expired: ":material/schedule:",
    InvitationState.revoked: ":material/block:",
}


def draw() -> None:
    """The letter that was just made, the form, and the invitations that are kept."""
    erase_old_invitations(store(), today())
    found = invitations(store(), by=person())
    done = st.session_state.pop(DONE, None)
    if done:
        st.success(literal(done), icon=":material/check_circle:")
    letter()
    with st.expander(_("Jemanden von außen einladen"), icon=":material/mail:", expanded=bool(_problems())):
        _form()
    if found:
        with st.expander(_("Einladungen"), icon=":material/drafts:"):
            for one in turned(found, PER_PAGE, key="einladungen"):
                _line(one)
    settled()


def settled() -> None:
    """Forget what was refused; it has been shown."""
    st.session_state.pop(PROBLEMS, None)


def offer_seat(round_: PriorityRound, seat: int, address: str) -> bool:
    """Invite an address to a seat of a round until its deadline; whether it was done."""
    if not address.strip():
        st.session_state[PROBLEMS] = {"address": _missing_address()}
        return False
    asked = Asked(address, (), (), round_.deadline, purpose(), round_id=round_.id, seat=seat)
    return attempt(lambda: invite(store(), asked, by=person(), at=now(), today=today()))


def _missing_address() -> str:
    return _("Bitte nennen Sie die E-Mail-Adresse, an die die Einladung geht.")


def letter() -> None:
    """The letter with the code: shown to whoever invites, to be sent; kept nowhere but in this session."""
    kept = st.session_state.get(LETTER)
    if not kept:
        return
    with cards.card(_("Einladung, nur jetzt sichtbar")):
        st.caption(
            _(
                "Schicken Sie diesen Brief ab. Das Programm behält vom Zugang nur eine Prüfsumme; geht er verloren, "
                "ziehen Sie die Einladung zurück und laden noch einmal ein."
            )
        )
        head = [_("An: {adresse}", adresse=kept["address"]), _("Betreff: {betreff}", betreff=kept["subject"])]
        st.code("\n".join([*head, "", kept["text"]]), language=None, wrap_lines=True)
        with st.container(horizontal=True):
            address = f"mailto:{quote(kept['address'])}?subject={quote(kept['subject'])}&body={quote(kept['text'])}"
            st.link_button(_("Im E-Mail-Programm öffnen"), address, icon=":material/mail:")
            st.button(_("Ausblenden"), key="einladung_weg", icon=":material/visibility_off:", on_click=_hide)


def keep(sent: Sent) -> None:
    """Keep a new invitation's letter for this session's page."""
    invitation = sent.invitation
    st.session_state[LETTER] = {
        "address": invitation.address,
        "subject": _("Ihre Meinung zum Zukunftsplan"),
        "text": _letter_text(invitation, sent.code),
    }


def purpose() -> str:
    """What an address is kept for."""
    return _("Einladung zum Dialog über den Zukunftsplan")


def attempt(work: Callable[[], Sent]) -> bool:
    """Invite; whether it was done. If not, each sentence stands at its field."""
    try:
        keep(work())
    except Refusal as refusal:
        st.session_state[PROBLEMS] = {refusal.field: refusal_sentence(refusal, language())}
    except ValidationError as error:
        st.session_state[PROBLEMS] = dict(validation_sentences(error, Invitation.kind, language()))
    else:
        return True
    return False


def problem(field: str) -> None:
    """The sentence that stands at a field; at "" also what concerns no field that is shown."""
    found = _problems()
    told = [found[field]] if field in found else []
    if field == "":
        told += [sentence for where, sentence in found.items() if where and where not in FIELDS]
    for sentence in told:
        st.markdown(f":red[:material/error: {literal(sentence)}]")


def _letter_text(invitation: Invitation, code: str) -> str:
    named = dialogue_view.titled(invitation.measure_ids, invitation.goal_ids)
    lines = [_("Guten Tag,"), ""]
    if named:
        lines += [_("wir möchten Ihre Meinung hören zu:"), *(f"- {title}" for _kind, _id, title in named), ""]
    if invitation.round_id:
        told = {"runde": title_of("priority_round", invitation.round_id)}
        lines += [_("wir bitten Sie um Ihre Bewertung in der Runde „{runde}“.", **told), ""]
    if invitation.message:
        lines += [invitation.message, ""]
    until = day(invitation.expires_on, language())
    lines += [_("Diese Seite öffnet sich nur mit Ihrem Zugang, ohne Anmeldung, bis {tag}:", tag=until)]
    lines += [address_of(INVITATION_PAGE, code), "", _("Ihr Zugang: {zugang}", zugang=code), ""]
    lines += [_("Ihre Adresse benutzen wir nur für diese Einladung; wir löschen sie am {tag}.", tag=_gone(invitation))]
    return "\n".join(lines)


def _gone(invitation: Invitation) -> str:
    return day(invitation.delete_on, language())


def _form() -> None:
    st.caption(
        _(
            "Wer eingeladen ist, sieht nur die Titel, die Sie hier auswählen, schreibt dazu Beiträge und liest Ihre "
            "Antworten darauf. Eine Anmeldung ist nicht nötig."
        )
    )
    problem("")
    st.text_input(_label("address") + " *", key=_key("address"), autocomplete="off", persist_state="session")
    problem("address")
    for kind, field in (("measure", "measure_ids"), ("goal", "goal_ids")):
        known = choices(kind, _key(field), st.session_state.get(_key(field), ()))
        hint = _("Auswählen oder Namen tippen")
        told: dict[str, Any] = {"key": _key(field), "placeholder": hint, "persist_state": "session"}
        st.multiselect(_label(field), list(known), format_func=known.__getitem__, **told)
        problem(field)
    st.session_state.setdefault(_key("expires_on"), _usual_end())
    st.text_input(_label("expires_on") + " *", key=_key("expires_on"), width=240, persist_state="session")
    problem("expires_on")
    st.text_area(_label("message"), key=_key("message"), height=110, max_chars=2_000, persist_state="session")
    problem("message")
    label, icon = _("Einladung erstellen"), ":material/mail:"
    st.button(label, key="einladung_los", type="primary", icon=icon, on_click=_invite)


def _usual_end() -> str:
    return date_as_typed((today() + timedelta(days=VALID_DAYS)).isoformat(), language())


def _invite() -> None:
    """Runs before the page: checks, makes the invitation, shows its letter."""
    typed = {name: st.session_state.get(_key(name)) for name in FIELDS}
    ends, sentence = day_input.day_of(str(typed["expires_on"] or ""))
    problems = {} if ends else {"expires_on": f"{_label('expires_on')}: {sentence}"}
    if not str(typed["address"] or "").strip():
        problems["address"] = _missing_address()
    if problems or ends is None:
        st.session_state[PROBLEMS] = problems
        return
    asked = Asked(
        address=str(typed["address"]),
        goal_ids=tuple(typed["goal_ids"] or ()),
        measure_ids=tuple(typed["measure_ids"] or ()),
        expires_on=ends,
        purpose=purpose(),
        message=str(typed["message"] or "") or None,
    )
    if attempt(lambda: invite(store(), asked, by=person(), at=now(), today=today())):
        st.session_state[_key("address")] = ""  # the next one goes to somebody else about the same
        st.session_state[DONE] = _("Die Einladung ist erstellt. Sie steht unten und muss noch verschickt werden.")


def _line(one: Invitation) -> None:
    state = one.state(today())
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{literal(one.address)}**", width="content")
        st.badge(choice(state, language()), icon=STATE_ICONS[state], color="gray")
        st.caption(literal(_("gilt bis {tag}", tag=day(one.expires_on, language()))), width="content")
        if one.is_open(today()):
            label = _("Zurückziehen")
            told = {"adresse": one.address}
            st.button(
                label,
                key=f"einladung_zurueck.{one.id}",
                type="tertiary",
                icon=":material/block:",
                help=literal(_("Der Zugang von {adresse} gilt dann nicht mehr.", **told)),
                on_click=_revoke,
                args=(one,),
            )
    for kind, identifier, title in dialogue_view.titled(one.measure_ids, one.goal_ids):
        navigation.link_to(kind, identifier, title)
    if one.round_id:
        navigation.link_to("priority_round", one.round_id, title_of("priority_round", one.round_id))


def _revoke(one: Invitation) -> None:
    try:
        revoke(store(), one.id, one.version, by=person(), at=now())
    except Refusal as refusal:
        st.session_state[PROBLEMS] = {"": refusal_sentence(refusal, language())}
    else:
        st.session_state[DONE] = _("Zurückgezogen. Der Zugang öffnet nichts mehr.")


def _hide() -> None:
    st.session_state.pop(LETTER, None)


def _problems() -> dict[str, str]:
    found: dict[str, str] = st.session_state.get(PROBLEMS, {})
    return found


def _label(field: str) -> str:
    return field_label(Invitation.kind, field, language())


def _key(field: str) -> str:
    return f"einladung.{field}"
