"""Edit the plan: any record of any kind but the values, by a form made from its model."""

from __future__ import annotations

from typing import Any

import streamlit as st

from metrics.domain.base import Record
from metrics.domain.history import Recorded
from metrics.domain.kinds import KINDS
from metrics.locale.words import kind_name
from metrics.ui import cards, drafts_list, form_conflict, forms, navigation, plan, withdrawal
from metrics.ui.choosing import choices
from metrics.ui.draft_shelf import ShelvedDraft
from metrics.ui.forms import Form
from metrics.ui.record_titles import record_title, title_of, titles
from metrics.ui.session import _, language
from metrics.ui.text import literal, one_line
from metrics.usecases.planning import KEPT_ELSEWHERE

MAIN_KINDS = ("goal", "measure", "living_lab", "indicator", "target")
ELSEWHERE = {"reading", "comparison", *KEPT_ELSEWHERE}
"""Kinds with a page of their own: values are entered, ratings given, rounds led."""
KINDS_HERE = (*MAIN_KINDS, *(kind for kind in KINDS if kind not in {*MAIN_KINDS, *ELSEWHERE}))
KIND_KEY, RECORD_KEY, LAST_KEY = "plan_art", "plan_eintrag", "plan_zuletzt"
FORMS, WITHDRAWAL = "plan:", "plan.zurueckgezogen"


def page() -> None:
    """One record's form: `?id=goal:Z-A1` opens a record, `?id=goal` a new one."""
    cards.stand()
    kind, identifier = _asked()
    _choose(kind, identifier)
    entry = plan.entries(KINDS[kind]).get(identifier)
    _leave_untouched(f"{FORMS}{kind}:{identifier}")
    _notices(f"{FORMS}{kind}:{identifier}")
    if identifier and entry is None:
        cards.nothing_here(_("Diesen Eintrag gibt es nicht oder nicht mehr: {kennung}", kennung=identifier))
        return
    form = Form(f"{FORMS}{kind}:{identifier}", kind, entry)
    with cards.card(_heading(kind, entry)):
        if entry:
            cards.example_badge(entry.record.illustrative)
        settled = form_conflict.draw(form)
    if entry and settled:
        withdrawal.offer(form, entry, _withdrawn)
    drafts_list.say_waiting(FORMS, "plan_editing", _draft)


def _asked() -> tuple[str, str]:
    """Kind and id that the address asks for; without either what was open last."""
    asked = navigation.asked_id() or st.session_state.get(LAST_KEY, MAIN_KINDS[0])
    kind, _colon, identifier = asked.partition(":")
    if kind not in KINDS_HERE:
        kind, identifier = MAIN_KINDS[0], ""
    st.session_state[LAST_KEY] = f"{kind}:{identifier}"
    return kind, identifier


def _choose(kind: str, identifier: str) -> None:
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    with right:
        known = {"": _("Neu anlegen: {art}", art=kind_name(kind, language()))}
        known |= choices(kind, RECORD_KEY, [identifier] if identifier in titles(kind) else [])
    st.session_state[KIND_KEY] = kind
    st.session_state[RECORD_KEY] = identifier if identifier in known else ""
    left.selectbox(
        _("Was möchten Sie bearbeiten?"),
        KINDS_HERE,
        format_func={each: kind_name(each, language(), plural=True) for each in KINDS_HERE}.__getitem__,
        key=KIND_KEY,
        on_change=_kind_chosen,
    )
    right.selectbox(
        _("Welchen Eintrag?"),
        list(known),
        format_func=known.__getitem__,
        key=RECORD_KEY,
        on_change=_record_chosen,
    )


def _kind_chosen() -> None:
    _go_to(st.session_state[KIND_KEY], "")


def _record_chosen() -> None:
    _go_to(st.session_state[KIND_KEY], st.session_state[RECORD_KEY])


def _go_to(kind: str, identifier: str) -> None:
    st.query_params[navigation.ID_KEY] = f"{kind}:{identifier}" if identifier else kind


def _heading(kind: str, entry: Recorded[Any] | None) -> str:
    if entry is None:
        return _("Neu: {art}", art=kind_name(kind, language()))
    told = {"art": kind_name(kind, language()), "titel": record_title(entry.record), "version": entry.version}
    return _("{art}: {titel} (Fassung {version})", **told)


def _leave_untouched(here: str) -> None:
    """Forget forms in which nothing was typed, and say where something was."""
    for form in forms.open_forms(FORMS):
        if form.name == here:
            continue
        if not form.touched:
            form.close()
            continue
        label, identifier = _place(form.kind, form.record_id)
        words = _("Noch nicht gespeichert: {titel}", titel=label)
        navigation.link("plan_editing", words, identifier=identifier, icon=":material/edit_note:")


def _place(kind: str, record_id: str) -> tuple[str, str]:
    """What an open form is called, and the id that opens it."""
    label = title_of(kind, record_id) if record_id else _("Neu: {art}", art=kind_name(kind, language()))
    return one_line(label, 60), f"{kind}:{record_id}" if record_id else kind


def _draft(draft: ShelvedDraft) -> tuple[str, str]:
    return _place(draft.content["kind"], draft.content["id"])


def _notices(name: str) -> None:
    saved = forms.saved_notice(name)
    if saved:
        st.success(literal(_saved_words(saved)), icon=":material/check_circle:")
        if saved["kind"] in navigation.PAGE_OF_KIND:
            navigation.link_to(saved["kind"], saved["id"], _("Ansehen: {titel}", titel=one_line(saved["title"], 90)))
        if saved["new"]:
            target = f"{saved['kind']}:{saved['id']}"
            navigation.link("plan_editing", _("Weiter bearbeiten"), identifier=target, icon=":material/edit:")
    withdrawn = st.session_state.get(WITHDRAWAL)
    if withdrawn and withdrawn["name"] != name:
        del st.session_state[WITHDRAWAL]
    elif withdrawn:
        st.success(literal(_("Zurückgezogen: {titel}. Der Verlauf behält alle Fassungen.", titel=withdrawn["title"])))


def _saved_words(saved: dict[str, Any]) -> str:
    told = {"titel": saved["title"], "version": saved["version"]}
    if saved["new"]:
        return _("Angelegt: {titel} ({kennung})", titel=saved["title"], kennung=saved["id"])
    return _("Gespeichert: {titel}, jetzt Fassung {version}", **told)


def _withdrawn(record: Record) -> None:
    st.session_state[WITHDRAWAL] = {"name": f"{FORMS}{record.kind}:", "title": record_title(record)}
    _go_to(record.kind, "")
