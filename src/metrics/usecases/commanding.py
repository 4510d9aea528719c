"""The commands that work on an open store: the command line carries them out itself, or asks the running server to.

Arguments and results are plain data, so that both ways give the same answer.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from metrics.domain.base import Line, OptionalText, Title, Value
from metrics.domain.people import Account, OptionalMailAddress
from metrics.domain.portfolio.choice import LIMIT_SECONDS
from metrics.domain.portfolio.solvers import Solver
from metrics.domain.prioritisation.robustness import WeightSpace
from metrics.domain.prioritisation.standing import ScoreSpread
from metrics.domain.progress.rules import DEFAULT, RULES
from metrics.domain.refusals import PlanFileBroken
from metrics.exchange.plan_file import read_plan, with_lines, write_plan
from metrics.locale.catalogue import Language
from metrics.papers.licences import Licence
from metrics.papers.modes import Mode
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Right, Role, require
from metrics.usecases.assessing import assess_plan
from metrics.usecases.assessment_data import as_data
from metrics.usecases.assessment_text import as_text
from metrics.usecases.choice_data import choice_as_data
from metrics.usecases.choice_text import choice_as_text
from metrics.usecases.exchanging import export_plan, import_plan, kinds_in, preview_import
from metrics.usecases.keeping import back_up, verify
from metrics.usecases.limits import Limits, find_limits, find_relief
from metrics.usecases.limits_data import limits_as_data, load_as_data
from metrics.usecases.limits_text import limits_as_text, load_as_text
from metrics.usecases.mailing import read_settings
from metrics.usecases.optimising import MOST_SECONDS, find_choice
from metrics.usecases.people import WHAT_FOR, add_account, new_account_id
from metrics.usecases.personal import Erasure, delete_expired, erase_person, export_person, preview_erasure, rewrite
from metrics.usecases.ranking import rank_round
from metrics.usecases.ranking_data import ranking_as_data
from metrics.usecases.ranking_text import ranking_as_text
from metrics.usecases.rating import hidden_ratings
from metrics.usecases.reminding import preview_reminders, remind
from metrics.usecases.scenario_data import comparison_as_data, examined_as_data
from metrics.usecases.scenario_text import comparison_as_text, examined_as_text
from metrics.usecases.scenarios import compare_scenarios, examine_scenarios
from metrics.usecases.sittings import freeze, newest_snapshot
from metrics.usecases.waiting import pending_readings

if TYPE_CHECKING:
    from metrics.usecases.packaging import Package


class _Arguments(Value):
    """What every command takes: who gives it, for the ledger."""

    by: Title


class _Remind(_Arguments):
    today: date
    dry_run: bool = False


class _Import(_Arguments):
    text: str
    today: date
    preview: bool = False
    reason: OptionalText = None


class _Rank(_Arguments):
    round_id: str
    group_id: str | None = None
    weights: WeightSpace = WeightSpace.every
    scores: ScoreSpread = ScoreSpread.stated
    language: Language = "de"
    in_words: bool = False


class _Assess(_Arguments):
    as_of: date
    include_illustrative: bool = False
    rule: str = DEFAULT.id
    language: Language = "de"
    in_words: bool = False


class _Limits(_Arguments):
    as_of: date
    include_illustrative: bool = False
    monthly: bool = False
    pinned: tuple[str, ...] = ()
    language: Language = "de"
    in_words: bool = False


class _Scenario(_Arguments):
    as_of: date
    ids: tuple[str, ...] = ()
    include_illustrative: bool = False
    language: Language = "de"
    in_words: bool = False


class _PersonAdd(_Arguments):
    name: Title
    email: OptionalMailAddress = None
    role: Role | None = None
    functions: tuple[Line, ...] = ()
    today: date


class _PersonList(_Arguments):
    today: date


class _PersonOne(_Arguments):
    who: Title


class _Tidy(_Arguments):
    today: date


class _Paper(_Arguments):
    which: Line
    today: date
    mode: Mode = Mode.full
    goal_id: Line | None = None
    public: bool = False
    freeze: bool = False
    include_illustrative: bool = False
    language: Language = "de"


class _Site(_Arguments):
    which: Line
    licence: Licence = Licence.zero


class _Optimise(_Limits):
    solver: Solver = Solver.highs
    seconds: Annotated[float, Field(gt=0, le=MOST_SECONDS)] = LIMIT_SECONDS


def carry_out(store: Store, command: str, arguments: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Carry out a command and return its result as plain data. `at` is naive UTC.

    Whoever may give commands has the machine's administration in hand. Raises KeyError for an unknown command,
    pydantic's ValidationError for arguments that do not fit, and the refusals of the use cases.
    """
    arguments_type, work = _COMMANDS[command]
    given = arguments_type.model_validate(arguments)
    return work(store, given, Person(given.by, Role.administration), at)


def _export(store: Store, given: Any, person: Person, at: datetime) -> dict[str, Any]:
    return {
        "text": write_plan(export_plan(store, by=person)),
        "hidden_ratings": len(hidden_ratings(store)),
        "pending_readings": len(pending_readings(store)),
    }


def _import(store: Store, given: Any, person: Person, at: datetime) -> dict[str, Any]:
    document = read_plan(given.text)
    try:
        if given.preview:
            done = preview_import(store, document, today=given.today)
        else:
            done = import_plan(store, document, by=person, at=at, today=given.today, reason=given.reason)
    except PlanFileBroken as refusal:
        raise with_lines(refusal, given.text) from refusal
    kinds = {kind: {"new": new, "changed": changed} for kind, (new, changed) in kinds_in(done).items()}
    return {
        "preview": given.preview,
        "new": len(done.new),
        "changed": len(done.changed),
        "unchanged": done.unchanged,
        "kinds": kinds,
        "doubts": [{"kind": record.kind, "id": record.id, **asdict(doubt)} for record, doubt in done.doubts],
        "change_number": store.change_number(),
    }


def _backup(store: Store, given: Any, person: Person, at: datetime) -> dict[str, Any]:
    return {"path": str(back_up(store, by=person, at=at))}


def _verify(store: Store, given: Any, person: Person, at: datetime) -> dict[str, Any]:
    return {"faults": [asdict(fault) for fault in verify(store)], "change_number": store.change_number()}


def _assess(store: Store, given: Any, person: Person, at: datetime) -> dict[str, Any]:
    rule, number = RULES[given.rule], store.change_number()
    found = assess_plan(store, given.as_of, include_illustrative=given.include_illustrative, rule=rule)
    if given.in_words:
        return {"text": as_text(found, number, given.language)}
    return as_data(found, given.language)


def _rank(store: Store, given: Any, person: Person, at: datetime) -> dict[str, Any]:
    found = rank_round(store, given.round_id, by=person, group_id=given.group_id)
    if given.in_words:
        return {"text": ranking_as_text(store, found, given.weights, given.scores, given.language)}
    return ranking_as_data(found, given.weights, given.scores)


def _limits_of(store: Store, given: _Limits, person: Person) -> Limits:
    return find_limits(
        store,
        by=person,
        today=given.as_of,
        include_illustrative=given.include_illustrative,
        monthly=given.monthly,
        pinned=frozenset(given.pinned),
    )


def _load(store: Store, given: Any, person: Person, at: datetime) -> dict[str, Any]:
    found = _limits_of(store, given, person)
    if given.in_words:
        return {"text": load_as_text(store, found, given.language)}
    return load_as_data(found)


def _limits(store: Store, given: Any, person: Person, at: datetime) -> dict[str, Any]:
    found = _limits_of(store, given, person)
    relief = find_relief(found)
    if given.in_words:
        return {"text": limits_as_text(store, found, relief, given.language)}
    return limits_as_data(found, relief)


def _optimise(store: Store, given: Any, person: Person, at: datetime) -> dict[str, Any]:
    limits = _limits_of(store, given, person)
    answer = find_choice(limits.plan, given.solver, given.seconds)
    if given.in_words:
        return {"text": choice_as_text(store, limits, answer, given.language)}
    return choice_as_data(limits, answer)


def _scenario(store: Store, given: Any, person: Person, at: datetime) -> dict[str, Any]:
    asked: dict[str, Any] = {"by": person, "today": given.as_of, "include_illustrative": given.include_illustrative}
    if not given.ids:
        examined = examine_scenarios(store, **asked)
        if given.in_words:
            return {"text": examined_as_text(store, examined, given.language)}
        return examined_as_data(examined, given.language)
    found = compare_scenarios(store, given.ids, **asked)
    if given.in_words:
        return {"text": comparison_as_text(store, found, given.language)}
    return comparison_as_data(found)


def _paper(store: Store, given: Any, person: Person, at: datetime) -> dict[str, Any]:
    from metrics.usecases.packaging import make_package  # what draws papers takes longer to import than all else

    if given.freeze:
        told = {"language": given.language, "include_illustrative": given.include_illustrative}
        snapshot_id = freeze(store, given.which, by=person, at=at, today=given.today, **told).id
    else:
        snapshot_id = newest_snapshot(store, given.which, by=person).id
    return _as_files(
        make_package(store, snapshot_id, by=person, mode=given.mode, goal_id=given.goal_id, public=given.public)
    )


def _site(store: Store, given: Any, person: Person, at: datetime) -> dict[str, Any]:
    from metrics.usecases.packaging import make_site

    return _as_files(
        make_site(store, newest_snapshot(store, given.which, by=person).id, by=person, licence=given.licence)
    )


def _as_files(made: Package) -> dict[str, Any]:
    return {
        "snapshot": made.snapshot.id,
        "sha256": made.snapshot.sha256,
        "files": {name: b64encode(content).decode() for name, content in made.files.items()},
        "replaced": [f"{one.character} ({one.name})" for one in made.replaced],
    }


def _remind(store: Store, given: Any, person: Person, at: datetime) -> dict[str, Any]:
    if given.dry_run:
        found = preview_reminders(store, by=person, today=given.today)
    else:
        delete_expired(store, by=person, at=at, today=given.today)
        found = remind(store, read_settings(os.environ), by=person, at=at, today=given.today)
    planned = [
        {"account_id": one.account.id, "tasks": len(one.tasks), "escalated": len(one.escalated)}
        for one in found.digests
    ]
    return {
        "day": found.day.isoformat(),
        "working_day": found.working_day,
        "dry_run": given.dry_run,
        "planned": planned,
        "written": found.written,
        "deleted": found.deleted,
        **asdict(found.outcome),
    }


def _person_add(store: Store, given: Any, person: Person, at: datetime) -> dict[str, Any]:
    fields = {name: getattr(given, name) for name in ("name", "email", "role", "functions")}
    account = Account(id=new_account_id(), purpose=WHAT_FOR, **fields)
    return {"id": add_account(store, account, by=person, at=at, today=given.today).id}


def _person_list(store: Store, given: Any, person: Person, at: datetime) -> dict[str, Any]:
    require(person, Right.manage_people)
    return {
        "persons": [
            {
                "id": one.id,
                "name": one.name,
                "email": one.email,
                "role": one.acts_as.value if one.acts_as else None,
                "functions": list(one.functions),
                "active": one.active(given.today),
                "delete_on": one.delete_on.isoformat() if one.delete_on else None,
            }
            for one in store.register.all(Account)
        ]
    }


def _person_export(store: Store, given: Any, person: Person, at: datetime) -> dict[str, Any]:
    return export_person(store, given.who, by=person, at=at)


def _person_preview(store: Store, given: Any, person: Person, at: datetime) -> dict[str, Any]:
    return _erasure_as_data(preview_erasure(store, given.who, by=person, at=at))


def _person_erase(store: Store, given: Any, person: Person, at: datetime) -> dict[str, Any]:
    return _erasure_as_data(erase_person(store, given.who, by=person, at=at))


def _erasure_as_data(erasure: Erasure) -> dict[str, Any]:
    return {
        "cards": [{"kind": card.kind, "id": card.id} for card in erasure.found.cards],
        "rows": erasure.rows,
        "changes": erasure.changes,
        "backups": [str(path) for path in erasure.backups],
        "rewritten": erasure.rewritten,
    }


def _tidy(store: Store, given: Any, person: Person, at: datetime) -> dict[str, Any]:
    done = delete_expired(store, by=person, at=at, today=given.today)
    return asdict(done) | {"rewritten": done.rewritten if done.rewritten is not None else rewrite(store)}


_Work = Callable[[Store, Any, Person, datetime], dict[str, Any]]
_COMMANDS: dict[str, tuple[type[_Arguments], _Work]] = {
    "export": (_Arguments, _export),
    "import": (_Import, _import),
    "backup": (_Arguments, _backup),
    "verify": (_Arguments, _verify),
    "assess": (_Assess, _assess),
    "rank": (_Rank, _rank),
    "load": (_Limits, _load),
    "limits": (_Limits, _limits),
    "optimise": (_Optimise, _optimise),
    "scenario": (_Scenario, _scenario),
    "remind": (_Remind, _remind),
    "person add": (_PersonAdd, _person_add),
    "person list": (_PersonList, _person_list),
    "person export": (_PersonOne, _person_export),
    "person preview": (_PersonOne, _person_preview),
    "person erase": (_PersonOne, _person_erase),
    "tidy": (_Tidy, _tidy),
    "paper": (_Paper, _paper),
    "site": (_Site, _site),
}
