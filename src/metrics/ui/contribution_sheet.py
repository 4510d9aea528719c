"""One contribution on one screen: what was said, what it is about, what became of it, and the form of the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from metrics.domain.dialogue import answer_due, open_first
from metrics.domain.history import Recorded
from metrics.domain.refusals import Refusal, SomebodyElseWasFaster
from metrics.domain.upkeep import Contribution, ContributionState
from metrics.locale.formats import day
from metrics.locale.words import choice, field_label, refusal_sentence
from metrics.ui import cards, dialogue_view, navigation
from metrics.ui.runtime import store
from metrics.ui.session import _, language, now, person, today
from metrics.ui.text import literal
from metrics.usecases.access import Person, Right
from metrics.usecases.contributing import answer, own_contributions, withdraw_contribution

DONE, PROBLEM = "beitrag_getan", "beitrag_fehler"
VERDICTS = (ContributionState.adopted, ContributionState.not_adopted)


def show(entry: Recorded[Contribution], by: Person) -> None:
    """Everything about a contribution."""
    one = entry.record
    navigation.link("dialogue", _("Alle Beiträge"), icon=":material/arrow_back:")
    notice()
    with cards.card(one.title):
        dialogue_view.badges(one)
        st.markdown(literal(one.text))
        st.caption(literal(dialogue_view.facts_line(one)))
        about(one, linked=by.may(Right.read_plan))
        outcome(one)
        _ways_on(entry, by)
    if by.may(Right.answer):
        _answer_form(entry)
    st.session_state.pop(PROBLEM, None)


def about(one: Contribution, *, linked: bool) -> None:
    """What it is about: titles, as links for those who read the plan."""
    for kind, identifier, title in dialogue_view.about_of(one):
        if linked:
            navigation.link_to(kind, identifier, title)
        else:
            st.markdown("- " + literal(title))


def outcome(one: Contribution) -> None:
    """The answer, once there is one."""
    if one.answer:
        told = {"tag": day(one.answered_on, language()), "stand": choice(one.state, language())}
        icon = dialogue_view.STATE_ICONS[one.state]
        st.markdown(f"{icon} **{literal(_('Antwort vom {tag}: {stand}', **told))}**")
        st.markdown(literal(one.answer))


def own(by: Person) -> None:
    """What somebody from outside wrote, with the answers; shown where nothing else of the plan is."""
    found = open_first(own_contributions(store(), by), today())
    with cards.card(_("Ihre Beiträge")):
        if not found:
            st.caption(_("Sie haben noch nichts geschrieben."))
        for one in found:
            with st.container(border=True):
                st.subheader(literal(one.title), anchor=False)
                dialogue_view.badges(one)
                about(one, linked=False)
                st.markdown(literal(one.text))
                due = _("Antwort bis {tag}", tag=day(answer_due(one), language()))
                if one.state is ContributionState.open:
                    st.caption(literal(due))
                    take_back(one, by)
                outcome(one)
    st.session_state.pop(PROBLEM, None)


def notice() -> None:
    """What the last click did, or why not."""
    done = st.session_state.pop(DONE, None)
    if done:
        st.success(literal(done), icon=":material/check_circle:")
    _problem("")


def take_back(one: Contribution, by: Person) -> None:
    """The button to take back one's own contribution while it has no answer."""
    version = store().newest(Contribution.kind, one.id).version
    st.button(
        _("Beitrag zurücknehmen"),
        key=f"beitrag_zurueck.{one.id}",
        type="tertiary",
        icon=":material/undo:",
        on_click=_take_back,
        args=(one, version, by),
    )


def _ways_on(entry: Recorded[Contribution], by: Person) -> None:
    one = entry.record
    if by.may(Right.read_plan):
        target = f"{Contribution.kind}:{one.id}"
        words = _("Verlauf dieses Beitrags (Fassung {version})", version=entry.version)
        navigation.link("history", words, identifier=target, icon=":material/history:")
    if one.state is ContributionState.open and one.id in {own.id for own in own_contributions(store(), by)}:
        take_back(one, by)


def _answer_form(entry: Recorded[Contribution]) -> None:
    one = entry.record
    again = one.state is not ContributionState.open
    fold = st.expander(_("Antwort ersetzen"), icon=":material/edit:") if again else cards.card(_("Antworten"))
    with fold:
        if not one.owner:
            st.caption(_("Für diesen Beitrag ist niemand zuständig; antworten kann jede Person mit diesem Recht."))
        words = {verdict.value: choice(verdict, language()) for verdict in VERDICTS}
        st.radio(
            _("Was wird daraus?") + " *",
            list(words),
            index=None,
            format_func=words.__getitem__,
            horizontal=True,
            key=_key(one, "state"),
            persist_state="session",
        )
        _problem("state")
        label = field_label(Contribution.kind, "answer", language()) + " *"
        st.text_area(label, key=_key(one, "answer"), height=130, max_chars=20_000, persist_state="session")
        _problem("answer")
        if again:
            st.text_input(_("Grund der Änderung") + " *", key=_key(one, "reason"), persist_state="session")
            _problem("reason")
        st.button(
            _("Antwort speichern"),
            key=_key(one, "save"),
            type="primary",
            icon=":material/send:",
            on_click=_answer,
            args=(entry,),
        )


def _answer(entry: Recorded[Contribution]) -> None:
    one = entry.record
    typed = {name: st.session_state.get(_key(one, name)) for name in ("state", "answer", "reason")}
    verdict = ContributionState(typed["state"] or ContributionState.open)
    text, reason = str(typed["answer"] or ""), str(typed["reason"] or "")

    def work() -> None:
        told: dict[str, Any] = {"by": person(), "at": now(), "today": today(), "reason": reason}
        answer(store(), one.id, entry.version, verdict, text, **told)

    if _attempt(work, _("Die Antwort ist gespeichert. Wer den Beitrag geschrieben hat, kann sie jetzt lesen.")):
        for name in typed:
            st.session_state.pop(_key(one, name), None)


def _take_back(one: Contribution, version: int, by: Person) -> None:
    done = _("Zurückgenommen: {titel}", titel=one.title)
    _attempt(lambda: withdraw_contribution(store(), one.id, version, by=by, at=now()), done)


def _attempt(work: Callable[[], Any], done: str) -> bool:
    try:
        work()
    except SomebodyElseWasFaster:
        st.session_state[PROBLEM] = {
            "": _(
                "Inzwischen hat jemand anderes den Beitrag geändert. Ihr Text steht noch da; bitte prüfen Sie beides."
            )
        }
    except Refusal as refusal:
        st.session_state[PROBLEM] = {refusal.field: refusal_sentence(refusal, language())}
    else:
        st.session_state[DONE] = done
        return True
    return False


def _problem(field: str) -> None:
    found = st.session_state.get(PROBLEM, {}).get(field)
    if found:
        st.markdown(f":red[:material/error: {literal(found)}]")


def _key(one: Contribution, name: str) -> str:
    return f"beitrag_antwort.{one.id}.{name}"
