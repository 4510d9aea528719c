"""A sitting with its paper: the form beside a preview of the real paper, what is frozen, and the package."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import streamlit as st

from metrics.domain.base import Record
from metrics.domain.committee import PaperKind, Sitting, SittingRole
from metrics.domain.history import Recorded
from metrics.domain.refusals import Refusal
from metrics.locale.catalogue import Language
from metrics.locale.formats import day, moment
from metrics.locale.words import choice, refusal_sentence
from metrics.papers.model import Paper
from metrics.papers.modes import Mode
from metrics.store.snapshots import Snapshot
from metrics.ui import (
    cards,
    council_reading,
    form_conflict,
    forms,
    navigation,
    plan,
    presented,
    sitting_outcome,
    snapshot_parts,
    withdrawal,
)
from metrics.ui.form_values import date_as_typed
from metrics.ui.forms import Form
from metrics.ui.runtime import store
from metrics.ui.session import _, language, now, person, today, with_examples
from metrics.ui.text import literal, one_line
from metrics.usecases.access import Right
from metrics.usecases.paper_building import PlanPart
from metrics.usecases.sittings import draft_paper, freeze, frozen_paper, plan_to_draft_from, snapshots_to_see

FORMS = "sitzung:"
MOST_NAMED = 6
"""Values that wait for a comment, by name."""
REFUSED, DONE = "sitzung_abgelehnt", "sitzung_eingefroren"
IN_SIGHT = """<style>
@media (min-width: 640px) {
  [data-testid="stColumn"]:has(.st-key-vorschau) > div {
    position: sticky; top: 4rem; max-height: calc(100vh - 5rem); overflow-y: auto;
  }
}
</style>"""
"""The preview stays beside the field that is written in; below 640 px the framework sets columns one below another."""
ROLE_ICONS = {
    SittingRole.preliminary: ":material/forum:",
    SittingRole.decision: ":material/gavel:",
    SittingRole.noting: ":material/visibility:",
}


def coming() -> tuple[list[Sitting], list[Sitting]]:
    """The sittings from today on, the next one first, and those that are over, the last one first."""
    ordered = sorted(plan.records(Sitting).values(), key=lambda one: (one.held_on, one.id))
    ahead = [one for one in ordered if one.held_on >= today()]
    return ahead, [one for one in reversed(ordered) if one.held_on < today()]


def line(sitting: Sitting) -> None:
    """A sitting in a list."""
    with st.container(gap="xxsmall"):
        navigation.link("sittings", one_line(sitting.title, 110), identifier=sitting.id)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.badge(choice(sitting.role, language()), icon=ROLE_ICONS[sitting.role], color="gray")
            told = [sitting.committee, day(sitting.held_on, language()), choice(sitting.paper_kind, language())]
            st.caption(literal(" · ".join(told)), width="content")
            if not sitting.public:
                st.badge(_("nichtöffentlich"), icon=":material/lock:", color="orange")
            cards.example_badge(sitting.illustrative)


def draw(entry: Recorded[Sitting] | None, *, may_edit: bool) -> None:
    """What a sitting came to, the form with the preview beside it, then what is frozen; others see what is frozen."""
    if entry is None:
        _open_what_was_stored()
    if may_edit:
        with st.container():
            if entry:
                sitting_outcome.draw(entry.record)
        left, right = st.columns([1, 1])
        with left:
            form, settled = _form(entry)
        with right, st.container(key="vorschau"):
            st.html(IN_SIGHT)
            _preview(form, entry)
        if entry and settled:
            withdrawal.offer(form, entry, _withdrawn)
            target = f"{Sitting.kind}:{entry.record.id}"
            navigation.link("history", _("Alle Änderungen"), identifier=target, icon=":material/history:")
    if entry:
        _frozen(entry.record)


def _form(entry: Recorded[Sitting] | None) -> tuple[Form, bool]:
    start = {
        "held_on": date_as_typed(today().isoformat(), language()),
        "role": SittingRole.decision.value,
        "paper_kind": PaperKind.decision.value,
    }
    form = Form(FORMS + (entry.record.id if entry else ""), Sitting.kind, entry, start)
    with cards.card(entry.record.title if entry else _("Neue Sitzung")):
        settled = form_conflict.draw(form)
    council_reading.draw(form)
    return form, settled


def _open_what_was_stored() -> None:
    """Go from the form of a new sitting to the one that was just stored, where it is frozen."""
    stored = forms.saved_notice(FORMS)
    if stored:
        forms.hand_on_notice(FORMS, FORMS + stored["id"])
        navigation.go("sittings", identifier=stored["id"])


def _withdrawn(_record: Record) -> None:
    st.query_params.pop(navigation.ID_KEY, None)


# --- the preview ---


def _preview(form: Form, entry: Recorded[Sitting] | None) -> None:
    with cards.card(_("So sieht die Vorlage aus")):
        found = form.filled()
        sitting = found.record if isinstance(found.record, Sitting) else entry.record if entry else None
        wrong = [path for path in found.errors if path and path != form.why]  # a reason is none of the paper's words
        if wrong:
            fields = ", ".join(dict.fromkeys(form.label(path) for path in wrong))
            told = _("Die Vorschau erscheint, sobald diese Angaben passen: {felder}", felder=fields)
            if sitting is not None:
                told = _("Gezeigt ist, was gespeichert ist, bis diese Angaben passen: {felder}", felder=fields)
            cards.nothing_here(told)
        if sitting is None:
            return
        state = (store().serial, store().change_number(), today(), person().name)
        with st.container():
            if sitting.held_on < today():
                told = _("Der Sitzungstag liegt vor heute: Eingefroren wird dafür nichts mehr.")
                st.warning(literal(told), icon=":material/event_busy:")
        typed = sitting.model_dump_json()
        with st.container():
            _asked(_uncommented(typed, with_examples(), language(), state))
        parts = _parts(typed, with_examples(), language(), state)
        part = _part(form.key("teil"), parts) if parts else None
        pages = _drawn(typed, with_examples(), language(), state, part)
        key = form.key("seite" if part is None else f"seite.{part}")
        shown = int(st.pagination(len(pages), key=key) or 1) if len(pages) > 1 else 1
        told = _("Seite {nummer} von {anzahl}", nummer=shown, anzahl=len(pages))
        alt = _("{seite} der Vorlage, wie sie gedruckt wird; vorlesbar ist das PDF des Pakets", seite=told)
        st.image(pages[shown - 1], caption=told, alt=alt, width="stretch")


def _asked(uncommented: tuple[str, ...]) -> None:
    """What the office still has to comment on before the paper goes out."""
    if uncommented:
        told = "; ".join(uncommented[:MOST_NAMED]) + (" …" if len(uncommented) > MOST_NAMED else "")
        words = _("Weit vom Plan und noch nicht erläutert: {was}. Die Bewertung der Ziele fehlt dazu.", was=told)
        st.warning(literal(words), icon=":material/rate_review:")


def _part(key: str, goals: tuple[str, ...]) -> int:
    """Which part of a long paper is looked at: 0 for all but the goals, n for the nth of them."""
    names = {0: _("Alles außer den Zielen")} | dict(enumerate(goals, 1))
    part = st.selectbox(_("Teil der Vorschau"), list(names), format_func=names.__getitem__, key=key) or 0
    st.caption(_("Diese Vorlage ist lang: Die Vorschau zeigt sie in Teilen, gedruckt wird sie als Ganzes."))
    return part


_State = tuple[int, int, date, str]
"""What tells one draft from another beside what is typed; an argument named `_…` would not count in the cache."""


@st.cache_resource(max_entries=2, show_spinner=False)
def _plan_part(examples: bool, in_language: Language, state: _State) -> PlanPart:
    """What drafts say of the plan; it never changes, so everybody gets the same one and none is copied."""
    del state
    told = {"by": person(), "at": now(), "today": today(), "language": in_language, "include_illustrative": examples}
    return plan_to_draft_from(store(), **told)  # type: ignore[arg-type]


@st.cache_resource(max_entries=4, show_spinner=False)
def _drafted(sitting: str, examples: bool, in_language: Language, state: _State) -> Paper:
    """The draft as it will be laid before the committee: of a public sitting the public variant."""
    from metrics.usecases.presenting import on_the_wall

    part = _plan_part(examples, in_language, state)
    return on_the_wall(draft_paper(store(), Sitting.model_validate_json(sitting), part, by=person()))


@st.cache_data(max_entries=16, show_spinner=False)
def _parts(sitting: str, examples: bool, in_language: Language, state: _State) -> tuple[str, ...]:
    """The goals of a draft that is so long that it is looked at in parts; else none."""
    from metrics.usecases.packaging import is_long  # what draws papers takes longer to import than all pages do

    paper = _drafted(sitting, examples, in_language, state)
    return tuple(one_line(goal.title, 110) for goal in paper.goals) if is_long(paper) else ()


@st.cache_data(max_entries=16, show_spinner=False)
def _uncommented(sitting: str, examples: bool, in_language: Language, state: _State) -> tuple[str, ...]:
    """The titles of what is so far from its plan that it has to be commented on, while nobody has."""
    goals = _drafted(sitting, examples, in_language, state).goals
    return tuple(dict.fromkeys(one_line(title, 80) for goal in goals for title in goal.uncommented))


@st.cache_data(max_entries=16, show_spinner=False)
def _drawn(sitting: str, examples: bool, in_language: Language, state: _State, part: int | None) -> list[bytes]:
    from metrics.usecases.packaging import pages_of

    return pages_of(_drafted(sitting, examples, in_language, state), part)


# --- what is frozen ---


def _frozen(sitting: Sitting) -> None:
    found = snapshots_to_see(store(), by=person(), sitting_id=sitting.id)
    with cards.card(_("Eingefrorene Stände")):
        st.caption(
            _(
                "Ein eingefrorener Stand hält fest, was das Gremium sieht: Plan, Werte, Regeln, Texte. Er ändert sich "
                "nicht mehr; derselbe Stand ergibt immer dieselben Dateien."
            )
        )
        _told()
        if person().may(Right.freeze_papers):
            label = _("Jetzt einfrieren")
            st.button(
                label, key=f"frieren.{sitting.id}", icon=":material/ac_unit:", on_click=_freeze, args=(sitting.id,)
            )
        if not found:
            st.caption(_("Noch ist nichts eingefroren."))
        for snapshot in found:
            _snapshot(snapshot)


def _told() -> None:
    refused, done = st.session_state.pop(REFUSED, None), st.session_state.pop(DONE, None)
    if refused:
        st.error(literal(refused), icon=":material/error:")
    if done:
        st.success(literal(done), icon=":material/check_circle:")


def _freeze(sitting_id: str) -> None:
    told = {"by": person(), "at": now(), "today": today(), "language": language()}
    known = {one.id for one in snapshots_to_see(store(), by=person(), sitting_id=sitting_id)}
    try:
        made = freeze(store(), sitting_id, include_illustrative=with_examples(), **told)  # type: ignore[arg-type]
    except Refusal as refusal:
        st.session_state[REFUSED] = refusal_sentence(refusal, language())
    else:
        st.session_state[DONE] = (
            _("Dieser Stand ist schon eingefroren: {kennung}.", kennung=made.id)
            if made.id in known
            else _("Eingefroren als {kennung}.", kennung=made.id)
        )


def _snapshot(snapshot: Snapshot) -> None:
    with st.container(border=True):
        st.markdown(f"**{literal(snapshot.id)}**")
        when = moment(snapshot.taken_at, language())
        told = _("vom {zeit}, Stand des Plans: Änderung {nummer}", zeit=when, nummer=snapshot.change_number)
        st.caption(literal(told))
        st.caption(literal(_("Prüfsumme (SHA-256): {summe}", summe=snapshot.sha256)))
        presented.link(snapshot, _("Vorführen"))
        choices = st.container(horizontal=True, vertical_alignment="bottom")
        with choices:
            names = {one: choice(one, language()) for one in Mode}
            key = f"umfang.{snapshot.id}"
            mode = st.selectbox(_("Umfang"), list(names), format_func=names.__getitem__, key=key) or Mode.full
            goal_id = _goal(snapshot) if mode is Mode.one_goal else None
            closed = not _shown(snapshot, public=False).public
            key = f"oeffentlich.{snapshot.id}"
            public = st.toggle(_("öffentliche Fassung"), not closed, key=key, disabled=closed)
        if mode is Mode.one_goal and goal_id is None:
            st.caption(_("Dieser Stand hat kein Ziel."))
            return
        with st.expander(_("Eigene Folienvorlage"), icon=":material/slideshow:"):
            given = st.file_uploader(
                _("Präsentation mit dem Master der Stadt"), ["pptx", "potx"], key=f"m.{snapshot.id}"
            )
        master = _readable(given.getvalue()) if given else None
        if not given or master:
            _downloads(snapshot, mode, goal_id, public, master)
        snapshot_parts.text_blocks(snapshot, mode, goal_id, public)
        if not closed:
            snapshot_parts.public_site(snapshot)


def _readable(master: bytes) -> bytes | None:
    """The city's own presentation, or none and why it cannot be used."""
    from metrics.usecases.packaging import check_master

    try:
        check_master(master)
    except Refusal as refusal:
        st.error(literal(refusal_sentence(refusal, language())), icon=":material/error:")
        return None
    return master


def _goal(snapshot: Snapshot) -> str | None:
    titles = _shown(snapshot, public=False).goals
    return st.selectbox(_("Ziel"), list(titles), format_func=titles.__getitem__, key=f"ziel.{snapshot.id}")


class _Shown(NamedTuple):
    """What the page says of a frozen paper: whether it is public, its goals, the characters that its fonts lack."""

    public: bool
    goals: dict[str, str]
    replaced: tuple[tuple[str, str], ...]


def _shown(snapshot: Snapshot, *, public: bool) -> _Shown:
    confidential = person().may(Right.read_confidential)
    return _read(store().serial, snapshot.id, snapshot.sha256, public, confidential)


@st.cache_data(max_entries=64, show_spinner=False)
def _read(serial: int, snapshot_id: str, sha256: str, public: bool, confidential: bool) -> _Shown:
    """A snapshot never changes, so it is taken apart once for those who may see the same of it."""
    from metrics.usecases.packaging import replaced_characters

    del serial, sha256, confidential
    paper = frozen_paper(store(), snapshot_id, by=person(), public=public)[1]
    found = tuple((one.character, one.name) for one in replaced_characters(paper))
    return _Shown(paper.head.public, {goal.id: goal.title for goal in paper.goals}, found)


def _downloads(snapshot: Snapshot, mode: Mode, goal_id: str | None, public: bool, master: bytes | None) -> None:
    from metrics.usecases.packaging import make_package, package_name, zipped

    who, where = person(), store()

    def made() -> bytes:
        told = {"by": who, "mode": mode, "goal_id": goal_id, "public": public, "master": master}
        return zipped(make_package(where, snapshot.id, **told))  # type: ignore[arg-type]

    label, name = _("Paket herunterladen"), package_name(snapshot, mode, public=public)
    snapshot_parts.offer_zip(label, made, name, key=f"paket.{snapshot.id}", type_="primary")
    replaced = _shown(snapshot, public=public).replaced
    if replaced:
        told = ", ".join(f"{character} ({name})" for character, name in replaced)
        st.caption(
            literal(_("Die Schrift der Vorlage zeigt diese Zeichen nicht, sie sind ersetzt: {liste}", liste=told))
        )
