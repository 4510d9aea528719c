"""What the pages on responsibilities show: who is in charge of what, in words; nothing here rates a function."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from metrics.domain.base import partial_date_bounds
from metrics.domain.committee import FollowUp
from metrics.domain.indicators import Indicator
from metrics.domain.measures import Measure
from metrics.domain.milestones import MilestoneState, judge_milestone
from metrics.domain.monitoring_quality import QualityPoint
from metrics.domain.ownership import CHARGE_TYPES, OWNED_TYPES, Charge, Orphaned, Owned, is_held, same_function
from metrics.domain.people import Account
from metrics.domain.upkeep import Contribution, StatusNote
from metrics.locale.formats import day, number, partial_date
from metrics.locale.words import choice, field_label, kind_name
from metrics.ui import plan
from metrics.ui.judged import name_of
from metrics.ui.runtime import store
from metrics.ui.session import _, _n, language, person, today
from metrics.usecases.access import Right, require
from metrics.usecases.handing_over import Handed, Held, charges_with_versions
from metrics.usecases.overseeing import Followed, Oversight, Sleeper, follow, newest_notes, oversee

KIND_ORDER = tuple(kind.kind for kind in OWNED_TYPES)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for on the page; an empty part asks for nothing."""

    kind: str | None = None
    text: str = ""

    def fits(self, record: Owned) -> bool:
        """Whether a record is of the kind and says all the words in title, id, owner or deputy."""
        said = f"{record.id} {record.title} {record.owner or ''} {record.deputy or ''}".casefold()
        return self.kind in (None, record.kind) and all(word in said for word in self.text.casefold().split())


def oversight() -> Oversight:
    """What nobody sees to today; whoever asks needs the right, whoever asked before."""
    require(person(), Right.read_plan)
    return _oversight(store().register.number)


@plan.remember()
def _oversight(_register_number: int) -> Oversight:
    return oversee(store(), plan.indicators_judged().values(), by=person(), today=today())


def followed(measure: Measure) -> Followed:
    """A measure with its points of monitoring quality."""
    require(person(), Right.read_plan)
    return _followed(measure.id, store().register.number)


@plan.remember()
def _followed(measure_id: str, _register_number: int) -> Followed:
    measure = plan.records(Measure)[measure_id]
    return follow(store(), measure, plan.indicators_judged().values(), by=person(), today=today())


def tiles(found: Oversight) -> list[str]:
    """Numbers within their sentences; `**` marks the number."""
    without_owner = found.lacking(Orphaned.no_owner, Orphaned.owner_unheld)
    without_deputy = found.lacking(Orphaned.no_deputy, Orphaned.deputy_is_owner, Orphaned.deputy_unheld)
    away = found.lacking(Orphaned.everybody_away)
    alle = number(sum(found.active.values()), language(), 0)
    return [
        _n(
            "**{number} von {alle}** aktiven Einträgen hat niemanden, der zuständig ist",
            "**{number} von {alle}** aktiven Einträgen haben niemanden, der zuständig ist",
            without_owner,
            alle=alle,
        ),
        _n(
            "**{number} von {alle}** aktiven Einträgen hat keine Vertretung",
            "**{number} von {alle}** aktiven Einträgen haben keine Vertretung",
            without_deputy,
            alle=alle,
        ),
        _n(
            "**{number} von {alle}** aktiven Einträgen ist heute ohne jemanden, der da ist",
            "**{number} von {alle}** aktiven Einträgen sind heute ohne jemanden, der da ist",
            away,
            alle=alle,
        ),
        _n(
            "**{number} von {alle}** aktiven Einträgen schläft: länger als zwei Turnusse ohne Bewegung",
            "**{number} von {alle}** aktiven Einträgen schlafen: länger als zwei Turnusse ohne Bewegung",
            len(found.sleepers),
            alle=alle,
        ),
    ]


def by_kind(found: Oversight, records: Iterable[Owned]) -> list[str]:
    """How many of the active records of each kind are among these: "Ziele: 14 von 14"."""
    kinds = [record.kind for record in records]
    return [
        f"{kind_name(kind, language(), plural=True)}: "
        + _("{zahl} von {alle}", zahl=kinds.count(kind), alle=found.active[kind])
        for kind in KIND_ORDER
        if found.active[kind]
    ]


def owners_line(record: Charge) -> str:
    """Who is in charge and who stands in, on one line."""
    owner, deputy = record.owner or _("niemand"), record.deputy or _("niemand")
    return " · ".join([_("Zuständig: {name}", name=owner), _("Vertretung: {name}", name=deputy)])


def sleeper_line(one: Sleeper) -> str:
    """How long nothing has moved."""
    told = {"tag": day(one.moved_on, language()), "turnus": number(one.turns, language(), 1)}
    return _n(
        "Seit {number} Tag ohne Bewegung (zuletzt {tag}), das sind {turnus} Turnusse",
        "Seit {number} Tagen ohne Bewegung (zuletzt {tag}), das sind {turnus} Turnusse",
        one.days,
        **told,
    )


def quality_words(one: Followed) -> str:
    """ "4 von 6 Punkten"."""
    return _("{erreicht} von {alle} Punkten", erreicht=one.quality.met, alle=one.quality.possible)


def quality_rows(shown: Sequence[Followed]) -> list[dict[str, object]]:
    """Measures with their points as a table, for the file."""
    return [
        {
            _("Kennung"): one.measure.id,
            _("Maßnahme"): name_of(one.measure),
            _("Erreicht"): one.quality.met,
            _("Möglich"): one.quality.possible,
            _("Es fehlt"): ", ".join(choice(point, language()) for point in one.quality.missing),
        }
        for one in shown
    ]


def mending(one: Followed, point: QualityPoint) -> tuple[str, str | None]:
    """Where a point that is missing is mended: the page's name and what it opens."""
    form = f"measure:{one.measure.id}"
    if point is QualityPoint.indicator_with_target:
        return ("plan_editing", "target") if _measured_by(one.measure) else ("plan_editing", "indicator")
    if point is QualityPoint.fresh_data:
        return "readings", next(iter(_measured_by(one.measure)), None)
    if point is QualityPoint.status_note:
        return "status_note", one.measure.id
    return "plan_editing", form


def _measured_by(measure: Measure) -> list[str]:
    found = plan.records(Indicator).values()
    return [
        one.id
        for one in found
        if measure.id in one.measure_ids or (one.living_lab_id and one.living_lab_id == measure.living_lab_id)
    ]


# --- handing over -----------------------------------------------------------------------------------------------------


def known_functions() -> list[str]:
    """Every function that the plan or an account names, by the alphabet; spelt as it first occurs."""
    return _known_functions(store().register.number)


@plan.remember()
def _known_functions(_register_number: int) -> list[str]:
    records = [record for kind in CHARGE_TYPES for record in plan.records(kind).values()]
    named = [name for record in records for name in (record.owner, record.deputy) if name]
    named += [name for account in store().register.all(Account) for name in account.functions]
    first: dict[str, str] = {}
    for name in named:
        first.setdefault(" ".join(name.casefold().split()), name)
    return sorted(first.values(), key=str.casefold)


def held_by(function: str) -> list[Held]:
    """What a function is in charge of, in the versions as they stand."""
    require(person(), Right.read_plan)
    return _held_by(function)


@plan.remember(*(kind.kind for kind in CHARGE_TYPES))
def _held_by(function: str) -> list[Held]:
    return charges_with_versions(store(), function, by=person())


def charge_line(record: Charge, function: str) -> str:
    """Role, state, what is due next and the last note, on one line."""
    parts = [_("zuständig") if same_function(record.owner, function) else _("Vertretung")]
    parts.append(choice(record.phase if record.kind == "living_lab" else record.state, language()))  # type: ignore[union-attr]
    due = _next_due(record)
    if due:
        parts.append(due)
    note = _newest_notes().get(record.id) if isinstance(record, Measure) else None
    if note:
        told = {"tag": day(note.as_of, language()), "stand": choice(note.standing, language())}
        parts.append(_("letzter Sachstand {tag}: {stand}", **told))
    return " · ".join(parts)


@plan.remember("status_note")
def _newest_notes() -> dict[str, StatusNote]:
    return newest_notes(store())


def _next_due(record: Charge) -> str:
    if isinstance(record, Indicator):
        due = plan.indicators_judged()[record.id].due
        if due and due < today():
            return _("Wert überfällig seit {tag}", tag=day(due, language()))
        return _("nächster Wert fällig {tag}", tag=day(due, language())) if due else ""
    if isinstance(record, Contribution):
        return _("Antwort fällig {tag}", tag=day(record.answer_due, language())) if record.answer_due else ""
    if isinstance(record, FollowUp):
        return _("bis {tag}", tag=day(record.due, language())) if record.due and not record.settled else ""
    if isinstance(record, Measure):
        ahead = [step for step in record.milestones if step.due and not step.done_on]
        if not ahead:
            return ""
        first = min(ahead, key=lambda step: partial_date_bounds(step.due or "")[1])
        told = {"tag": partial_date(first.due, language())}
        if judge_milestone(first, today()) is MilestoneState.late:
            return _("Meilenstein überfällig seit {tag}", **told)
        return _("nächster Meilenstein {tag}", **told)
    return ""


def charge_title(record: Charge) -> str:
    """Kind and title."""
    return f"{kind_name(record.kind, language())}: {name_of(record)}"


def protocol_rows(lines: Iterable[Handed]) -> list[dict[str, object]]:
    """The table of a handover: what, from whom, to whom."""
    owner, deputy = field_label("measure", "owner", language()), field_label("measure", "deputy", language())
    return [
        {
            _("Art"): kind_name(line.kind, language()),
            _("Kennung"): line.id,
            _("Titel"): line.title,
            _("{feld} bisher", feld=owner): line.owner_before,
            _("{feld} künftig", feld=owner): line.owner_after,
            _("{feld} bisher", feld=deputy): line.deputy_before,
            _("{feld} künftig", feld=deputy): line.deputy_after,
        }
        for line in lines
    ]


def unheld(functions: Iterable[str]) -> list[str]:
    """The functions among these that nobody who works here holds; none as long as there are no accounts."""
    accounts = store().register.all(Account)
    return [function for function in functions if not is_held(accounts, function, today())]
