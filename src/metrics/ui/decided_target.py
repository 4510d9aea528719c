"""A target as a sitting decided it, changed or set for the first time: its own form, saved together with the item that
it settles; then what changed.
"""

from __future__ import annotations

import streamlit as st

from metrics.domain.base import Record
from metrics.domain.committee import FollowUp, FollowUpKind, Sitting
from metrics.domain.history import Entry
from metrics.domain.indicators import Indicator
from metrics.domain.targets import Target
from metrics.ui import cards, form_conflict, forms, history_view, navigation, plan
from metrics.ui.choosing import choices
from metrics.ui.forms import Form, Save
from metrics.ui.record_titles import title_of, titles
from metrics.ui.runtime import store
from metrics.ui.session import _, language, now, person, today
from metrics.ui.text import literal, one_line
from metrics.usecases.sittings import APPLY_DECISION, apply_decision, reason_of

FORMS = "zielwert:"
CHANGING = (FollowUpKind.decision, FollowUpKind.changed_decision)
"""What may change a target that it does not name yet."""
MOST_CHARACTERS = 600
FIRST = "neu:"
"""Stands before the id of an indicator that is to get its first target."""


def draw(decided: FollowUp) -> None:
    """The change that was made, or the form that makes it; what is typed there stays, whoever settles the item."""
    typed = [form for form in forms.open_forms(f"{FORMS}{decided.id}:") if form.touched]
    if decided.settled and not typed:
        _changed(decided)
    elif decided.target_id or typed or decided.follow_up_kind in CHANGING:
        with cards.card(_("Zielwert wie beschlossen ändern")):
            _change(decided)


# --- the change ---


def _change(decided: FollowUp) -> None:
    chosen = decided.target_id or _chosen(decided)
    entry, first = plan.entries(Target).get(chosen), chosen.startswith(FIRST)
    sitting = plan.records(Sitting).get(decided.sitting_id)
    if decided.target_id and entry is None:
        cards.nothing_here(_("Diesen Eintrag gibt es nicht oder nicht mehr: {kennung}", kennung=decided.target_id))
    if sitting is None or not (entry or first):
        return
    reason = reason_of(decided, sitting, language())
    st.markdown(_("Grund der Änderung, wie er im Verlauf steht: {grund}", grund=f"**{literal(reason)}**"))
    st.caption(_("Speichern ändert den Zielwert und erledigt den Beschluss in einem Schritt."))
    start = {"indicator_id": chosen.removeprefix(FIRST)} if first else None
    form = Form(f"{FORMS}{decided.id}:{chosen}", Target.kind, entry, start, given_reason=reason)
    form_conflict.draw(form, _saving(decided.id), _("Zielwert setzen") if first else _("Zielwert ändern"))


def _saving(decided_id: str) -> Save:
    def save(record: Record, version: int, _reason: str) -> int:
        assert isinstance(record, Target)
        told = {"by": person(), "at": now(), "today": today(), "language": language()}
        return apply_decision(store(), decided_id, record, version, **told)  # type: ignore[arg-type]

    return save


def _chosen(decided: FollowUp) -> str:
    """The target that was chosen; those of the item's own indicators stand first."""
    key = f"{FORMS}{decided.id}.wahl"
    known = choices(Target.kind, key, [*_likely(decided), st.session_state.get(key, "")])
    likely = {identifier: titles(Target.kind)[identifier] for identifier in _likely(decided)}
    first = {
        FIRST + one.id: _("{indikator}: erster Zielwert", indikator=title_of(one.kind, one.id))
        for one in _bare(decided)
    }
    others = {one: words for one, words in known.items() if one and one not in likely | first}
    offered = {"": "–"} | likely | first | others
    words = _("Welcher Zielwert wurde geändert oder gesetzt?")
    return st.selectbox(words, list(offered), format_func=offered.__getitem__, key=key, persist_state="session") or ""


def _likely(decided: FollowUp) -> list[str]:
    """Targets of the indicators that are meant."""
    places = {one.id: place for place, one in enumerate(_meant(decided))}
    targets = [one for one in plan.records(Target).values() if one.indicator_id in places]
    return [one.id for one in sorted(targets, key=lambda one: (places[one.indicator_id], one.id))]


def _bare(decided: FollowUp) -> list[Indicator]:
    """The indicators that are meant and have no target yet."""
    with_target = {one.indicator_id for one in plan.records(Target).values()}
    return [one for one in _meant(decided) if one.id not in with_target]


def _meant(decided: FollowUp) -> list[Indicator]:
    """The indicator that the proposed decision named, then those of the item's goals."""
    sitting = plan.records(Sitting).get(decided.sitting_id)
    proposed = sitting.decisions if sitting else ()
    named = proposed[decided.point - 1].indicator_id if decided.point and decided.point <= len(proposed) else None
    found = [
        one
        for one in plan.records(Indicator).values()
        if one.id == named or not set(decided.goal_ids).isdisjoint(one.goal_ids)
    ]
    return sorted(found, key=lambda one: (one.id != named, one.id))


# --- what it was ---


def _changed(decided: FollowUp) -> None:
    entry = _carried_out(decided)
    if entry is None:
        return
    with cards.card(_("Der Zielwert ist gesetzt") if entry.version == 1 else _("Der Zielwert ist geändert")):
        target = plan.records(Target).get(entry.id)
        st.markdown(literal(title_of(Target.kind, entry.id)))
        names = (_("Feld"), _("Vorher"), _("Nachher"))
        found = history_view.differences(entry)
        rows = [
            dict(zip(names, (literal(one_line(text, MOST_CHARACTERS)) for text in row), strict=True)) for row in found
        ]
        st.table(rows, border="horizontal", hide_index=True, alt=_("Was der Beschluss am Zielwert änderte"))
        st.caption(literal(f"{history_view.change_line(entry.change)} · {history_view.reason_words(entry.change)}"))
        with st.container(horizontal=True):
            if target:
                label = _("Zum Indikator")
                navigation.link("indicators", label, identifier=target.indicator_id, icon=":material/monitoring:")
            identifier = f"{Target.kind}:{entry.id}"
            navigation.link("history", _("Zum Verlauf"), identifier=identifier, icon=":material/history:")


def _carried_out(decided: FollowUp) -> Entry | None:
    """The version of the target that the same change wrote which settled the item."""
    own = plan.history(FollowUp.kind, decided.id)
    number = next((one.change.number for one in own if one.change.action == APPLY_DECISION), None)
    if number is None or decided.target_id is None:
        return None
    return next((one for one in plan.history(Target.kind, decided.target_id) if one.change.number == number), None)
