"""What "Meine Aufgaben" shows: the tasks of the person who looks, in words, and why each of them is theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from metrics.domain import tasking
from metrics.domain.indicators import Rhythm
from metrics.domain.people import Account
from metrics.domain.tasks import Claim, Mine, Task, TaskKind, by_pain
from metrics.locale.formats import day
from metrics.locale.words import choice
from metrics.ui import plan
from metrics.ui.judged import period_text
from metrics.ui.record_titles import title_of
from metrics.ui.runtime import store
from metrics.ui.session import _, _n, language, person, today
from metrics.usecases.access import Person, Right
from metrics.usecases.tasking import TASK_KINDS, own_tasks, tasks_of_office

ICONS: Mapping[TaskKind, str] = {
    TaskKind.enter_reading: ":material/edit:",
    TaskKind.mend_reading: ":material/undo:",
    TaskKind.check_reading: ":material/fact_check:",
    TaskKind.release_reading: ":material/verified:",
    TaskKind.status_note: ":material/chat:",
    TaskKind.milestone: ":material/flag:",
    TaskKind.decision: ":material/gavel:",
    TaskKind.rate: ":material/star_rate:",
    TaskKind.answer: ":material/reply:",
    TaskKind.take_over: ":material/person_add:",
    TaskKind.close_period: ":material/lock:",
    TaskKind.follow_up: ":material/assignment_turned_in:",
}
_TITLED = frozenset({"indicator", "measure", "goal", "living_lab", "contribution", "priority_round", "follow_up"})
"""Kinds whose title the plan knows, in English too where there is one."""


@dataclass(frozen=True, slots=True)
class Row:
    """A task as it stands in the list: what to do with what, how late in words, and why it is whose."""

    task: Task
    label: str
    lateness: str
    late: bool
    why: str


@plan.remember(*TASK_KINDS)
def office() -> tuple[Task, ...]:
    """Every task of the office today."""
    return tasks_of_office(store(), today(), plan.indicators_judged())


def own() -> tuple[Mine, ...]:
    """The tasks of the person who looks, what hurts most first; none for whoever may not read the plan."""
    who = person()
    return _own(who, store().register.number) if who.may(Right.read_plan) else ()


@plan.remember(*TASK_KINDS)
def _own(who: Person, _cards_number: int) -> tuple[Mine, ...]:
    """Kept until a record or a card changes: who is here today stands on the cards."""
    return tuple(own_tasks(office(), by=who, accounts=_accounts(), today=today()))


def sees_office() -> bool:
    """Whether the person may look at everybody's tasks, and there is anybody else."""
    return bool(_accounts()) and person().may(Right.edit_plan)


def away() -> str:
    """What the page says to somebody whose deputies see to everything today; "" to anybody else."""
    card = store().register.find(Account, person().name)
    if card is None or card.present(today()):
        return ""
    if card.absent_until is None:
        return _("Sie sind als abwesend eingetragen. Ihre Aufgaben sieht solange die Vertretung.")
    until = day(card.absent_until, language())
    return _("Sie sind bis {tag} als abwesend eingetragen. Ihre Aufgaben sieht solange die Vertretung.", tag=until)


def rows(kinds: Iterable[TaskKind], *, whole_office: bool) -> list[Row]:
    """The rows of the list: the person's own or everybody's, of these kinds or of all if none is named."""
    wanted = frozenset(kinds)
    if whole_office:
        return [_row(task, charge_words(task)) for task in _everybodys() if not wanted or task.kind in wanted]
    return [_row(one.task, claim_words(one)) for one in own() if not wanted or one.task.kind in wanted]


@plan.remember(*TASK_KINDS)
def _everybodys() -> tuple[Task, ...]:
    return tuple(by_pain(office(), today()))


def _row(task: Task, why: str) -> Row:
    return Row(task, label(task), late_words(task), _is_late(task), why)


def overdue(found: Iterable[Row]) -> int:
    """How many are overdue."""
    return sum(row.late for row in found)


def label(task: Task) -> str:
    """ "Wert eintragen: Arbeitslosenquote", with the period or the part that it is about."""
    what = kind_words(task.kind)
    if task.kind is TaskKind.close_period and task.span:
        return f"{what}: {period_text(*task.span)}"
    title = title_of(task.subject_kind, task.subject_id) if task.subject_kind in _TITLED else task.title
    parts = [title, task.detail or "", period_text(*task.span) if task.span else ""]
    return f"{what}: {' · '.join(part for part in parts if part)}"


def kind_words(kind: TaskKind) -> str:
    """What is to be done, with a capital as a row begins with it."""
    words = choice(kind, language())
    return words[0].upper() + words[1:]


def late_words(task: Task) -> str:
    """ "seit 34 Tagen überfällig", "heute fällig", "in 3 Tagen fällig", "ohne Termin"."""
    if task.due is None:
        return _("ohne Termin")
    days = task.days_late(today())
    if days > 0:
        return _n("seit {number} Tag überfällig", "seit {number} Tagen überfällig", days)
    if days < 0:
        return _n("in {number} Tag fällig", "in {number} Tagen fällig", -days)
    return _("heute fällig")


def claim_words(one: Mine) -> str:
    """Why a task is the person's."""
    match one.claim:
        case Claim.function:
            return _("Ihre Funktion: {funktion}", funktion=one.task.owner)
        case Claim.deputy if one.task.owner:
            return _("Vertretung für {funktion}", funktion=one.task.owner)
        case Claim.deputy:
            return _("Vertretung: {funktion}; niemand ist zuständig", funktion=one.task.deputy)
        case Claim.right:
            return _("Ihr Recht: {recht}", recht=choice(Right(one.task.right or ""), language()))
        case Claim.group:
            return _("Ihre Gruppe hat einen Platz. Ob Sie schon bewertet haben, weiß das Programm nicht.")
    return charge_words(one.task)


def charge_words(task: Task) -> str:
    """Who is in charge of a task, whoever looks."""
    if task.kind is TaskKind.rate:
        return _("für alle Gruppen mit einem Platz; wer schon bewertet hat, weiß das Programm nicht")
    if task.right is not None:
        return _("wer darf: {recht}", recht=choice(Right(task.right), language()))
    if task.owner and task.deputy:
        return _("zuständig: {wer}; Vertretung: {vertretung}", wer=task.owner, vertretung=task.deputy)
    return _("zuständig: {wer}", wer=task.owner or task.deputy or _("niemand"))


def order_texts() -> list[str]:
    """How the list is ordered, and what is due when; every number is the domain's own."""
    told: dict[str, Any] = {
        "monat": Rhythm.monthly.days,
        "jahr": Rhythm.yearly.days,
        "freigabe": tasking.TO_APPROVE,
        "meilenstein": tasking.TO_REACH,
        "antwort": tasking.TO_ANSWER,
        "bewertung": tasking.TO_RATE,
        "abschluss": tasking.TO_CLOSE,
        "voraus": tasking.AHEAD.days,
        "entscheidung": tasking.DECISION_AHEAD.days,
    }
    return [
        _("Oben steht, was am meisten schmerzt: Gezählt wird, wie oft etwas ausgefallen ist, also die Tage seit der "
          "Fälligkeit ÷ die Tage eines Turnus. Ein Monatswert, der {monat} Tage fehlt, wiegt so viel wie ein "
          "Jahreswert, der {jahr} Tage fehlt. Bei gleichem Gewicht steht oben, was zuerst fällig war; was keinen "
          "Termin hat, steht am Ende.",
          **told),
        _("Ein Turnus dauert bei Werten und Sachständen so lange wie ihr Rhythmus, bei Prüfung und Freigabe {freigabe} "
          "Tage (fünf Arbeitstage), bei Meilensteinen {meilenstein}, bei Beiträgen, Entscheidungen und Beschlüssen "
          "{antwort}, bei Bewertungen {bewertung} Tage.", **told),
        _("Werte und Sachstände stehen {voraus} Tage vor der Fälligkeit in der Liste, Entscheidungen {entscheidung} "
          "Tage vorher. Ein Zeitraum ist {abschluss} Tage nach seinem Ende abzuschließen, sobald das Amt einmal einen "
          "abgeschlossen hat.", **told),
        _("Eine Aufgabe sieht, wer die zuständige Funktion hat. Ist heute niemand davon da, sieht sie die Vertretung. "
          "Wer einen Wert eingetragen hat, prüft ihn nicht selbst."),
    ]  # fmt: skip


def _is_late(task: Task) -> bool:
    return task.days_late(today()) > 0


def _accounts() -> list[Account]:
    return store().register.all(Account)
