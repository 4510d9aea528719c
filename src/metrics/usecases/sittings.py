"""Before a committee and back: a paper is drafted, frozen, shown; what was decided changes the plan with its reason."""

from __future__ import annotations

from datetime import date, datetime

from metrics.domain.base import Record
from metrics.domain.committee import FollowUp, FollowUpState, Sitting
from metrics.domain.indicators import Indicator
from metrics.domain.refusals import (
    FollowUpSettled,
    NothingChanged,
    NothingFrozen,
    NotPublic,
    RecordNotFound,
    SittingIsOver,
)
from metrics.domain.targets import Target
from metrics.locale.catalogue import Language, translate
from metrics.locale.formats import day
from metrics.locale.words import demand_text
from metrics.papers.model import Paper
from metrics.papers.modes import TEMPLATE
from metrics.papers.public import for_public
from metrics.store.ledger import Store
from metrics.store.rows import RecordT
from metrics.store.snapshots import Snapshot, checksum
from metrics.usecases.access import Person, Right, require
from metrics.usecases.paper_building import PlanPart, build_plan_part
from metrics.usecases.paper_wording import with_words
from metrics.usecases.planning import check_together

APPLY_DECISION = "apply_decision"
"""What the change is called that carries a decision out."""


def plan_to_draft_from(
    store: Store,
    *,
    by: Person,
    at: datetime,
    today: date,
    language: Language = "de",
    include_illustrative: bool = False,
) -> PlanPart:
    """What drafts say of the plan, whatever is typed: as long as nobody changes it, one answer serves them all."""
    require(by, Right.edit_plan)
    told = {"by": by, "at": at, "today": today, "language": language, "include_illustrative": include_illustrative}
    return build_plan_part(store, **told)  # type: ignore[arg-type]


def draft_paper(store: Store, sitting: Sitting, part: PlanPart, *, by: Person) -> Paper:
    """The paper as it would be frozen now; nothing is stored. `part` is what `plan_to_draft_from` gave."""
    require(by, Right.edit_plan)
    return with_words(part, sitting, _paper_before(store, sitting))


def freeze(
    store: Store,
    sitting_id: str,
    *,
    by: Person,
    at: datetime,
    today: date,
    language: Language = "de",
    include_illustrative: bool = False,
) -> Snapshot:
    """Keep what the committee is shown, for good, and return under which checksum; the same state is kept once.

    Raises NotAllowed, RecordNotFound, SittingIsOver.
    """
    require(by, Right.freeze_papers)
    sitting, version = _current(store, Sitting, sitting_id)
    if sitting.held_on < today:
        raise SittingIsOver(held_on=sitting.held_on, today=today)
    told = {"by": by, "at": at, "today": today, "language": language, "include_illustrative": include_illustrative}
    paper = draft_paper(store, sitting, plan_to_draft_from(store, **told), by=by)  # type: ignore[arg-type]
    content = paper.model_dump_json()
    snapshot = Snapshot(
        id="",
        sitting_id=sitting_id,
        sitting_version=version,
        taken_at=at,
        taken_by=by.name,
        change_number=paper.basis.change_number,
        template=TEMPLATE,
        sha256=checksum(content),
    )
    return store.snapshots.add(snapshot, content)


def snapshots_to_see(store: Store, *, by: Person, sitting_id: str | None = None) -> list[Snapshot]:
    """The snapshots that a person may see, the newest first; of sittings that are not public only who may."""
    require(by, Right.read_published)
    found = store.snapshots.all(sitting_id)
    if by.may(Right.read_confidential):
        return found
    public = {sitting.id for sitting in store.records(Sitting) if sitting.public}
    return [one for one in found if one.sitting_id in public]


def newest_snapshot(store: Store, which: str, *, by: Person) -> Snapshot:
    """The newest snapshot of a sitting, or the snapshot of that id; raises NothingFrozen, NotAllowed."""
    found = [one for one in snapshots_to_see(store, by=by) if which in (one.sitting_id, one.id)]
    if not found:
        raise NothingFrozen(id=which)
    return found[0]


def frozen_paper(store: Store, snapshot_id: str, *, by: Person, public: bool = False) -> tuple[Snapshot, Paper]:
    """What was frozen; the public variant for whoever may not read what is confidential, and for whoever asks for it.

    Raises NotAllowed, RecordNotFound (also where the sitting is not public and the person may not see it), NotPublic
    where somebody who may see it asks for a public variant, SnapshotDamaged.
    """
    require(by, Right.read_published)
    snapshot, content = store.snapshots.content(snapshot_id)
    paper = Paper.model_validate_json(content)
    confidential = by.may(Right.read_confidential)
    if not paper.head.public and not confidential:
        raise RecordNotFound(kind="snapshot", id=snapshot_id)
    if public and not paper.head.public:
        raise NotPublic(id=snapshot.sitting_id)
    return snapshot, for_public(paper) if public or not confidential else paper


def apply_decision(
    store: Store,
    follow_up_id: str,
    target: Target,
    expected_version: int,
    *,
    by: Person,
    at: datetime,
    today: date,
    language: Language = "de",
) -> int:
    """Change or (`expected_version` 0) set a target as a sitting decided it, and settle the item in the same change.

    The decision is the reason. Returns the target's version. Raises NotAllowed, RecordNotFound, FollowUpSettled,
    NothingChanged, SomebodyElseWasFaster, RecordAlreadyExists, and what `check_together` raises.
    """
    require(by, Right.edit_plan)
    decided, version = _current(store, FollowUp, follow_up_id)
    if decided.settled:
        raise FollowUpSettled(id=follow_up_id)
    sitting, _ = _current(store, Sitting, decided.sitting_id)
    newest = store.newest(Target.kind, target.id) if expected_version else None
    if newest and newest.version == expected_version and newest.record == target and not newest.withdrawn:
        raise NothingChanged(kind=Target.kind, id=target.id)
    told = _changed_told(store, newest.record if newest else None, target, language)
    result = " ".join(filter(None, (decided.result, told)))
    settled = decided.model_copy(
        update={"state": FollowUpState.done, "result": result, "done_on": today, "target_id": target.id}
    )
    reason = reason_of(decided, sitting, language)
    with store.change(by=by.name, at=at, action=APPLY_DECISION, reason=reason) as writing:
        check_together(store, target)
        if newest:
            changed = writing.revise(target, expected_version)
        else:
            writing.add([target])
            changed = 1
        writing.revise(settled, version)
    return changed


def _changed_told(store: Store, before: Record | None, after: Target, language: Language) -> str:
    """From which target to which, where its words tell them apart; or which is new."""
    indicator, _ = _current(store, Indicator, after.indicator_id)
    if before is None:
        told_now = demand_text(indicator, after.demand, language)
        return translate("Der Zielwert ist gesetzt: {jetzt}.", language, jetzt=told_now)
    if isinstance(before, Target):
        told = [demand_text(indicator, target.demand, language) for target in (before, after)]
        if told[0] != told[1]:
            values = {"vorher": told[0], "jetzt": told[1]}
            return translate("Der Zielwert ist geändert: {vorher} → {jetzt}.", language, **values)
    return translate("Der Zielwert ist geändert.", language)


def reason_of(decided: FollowUp, sitting: Sitting, language: Language) -> str:
    """Why a target is changed that a sitting decided on, as the history keeps it."""
    told = {"titel": decided.title, "gremium": sitting.committee, "tag": day(sitting.held_on, language)}
    return translate("Beschluss „{titel}“, {gremium} am {tag}", language, **told)


def _paper_before(store: Store, sitting: Sitting) -> Paper | None:
    """What was frozen last for a sitting before this one."""
    held = {one.id: one.held_on for one in store.records(Sitting) if one.id != sitting.id}
    earlier = [one for one in store.snapshots.all() if held.get(one.sitting_id, date.max) < sitting.held_on]
    if not earlier:
        return None
    newest = max(earlier, key=lambda one: (held[one.sitting_id], one.taken_at))
    return Paper.model_validate_json(store.snapshots.content(newest.id)[1])


def _current(store: Store, kind: type[RecordT], identifier: str) -> tuple[RecordT, int]:
    entry = store.newest(kind.kind, identifier)
    if entry.withdrawn or not isinstance(entry.record, kind):
        raise RecordNotFound(kind=kind.kind, id=identifier)
    return entry.record, entry.version
