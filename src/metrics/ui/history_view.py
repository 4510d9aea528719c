"""What the page on the history shows: changes with the versions they wrote, and what each version altered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from metrics.domain.base import Record
from metrics.domain.history import Change, Entry, Recorded
from metrics.domain.kinds import KINDS
from metrics.domain.priorities import Rating
from metrics.locale.formats import MISSING, moment, number
from metrics.locale.words import action_words, kind_name
from metrics.ui import plan
from metrics.ui.people_names import shown
from metrics.ui.record_titles import title_of
from metrics.ui.record_values import changed_fields
from metrics.ui.runtime import store
from metrics.ui.session import _, language
from metrics.ui.text import one_line
from metrics.usecases.rating import is_hidden
from metrics.usecases.scenario_parts import CARRY_OUT, part_taken

MOST_CHANGES = 20
"""Changes on one page."""
MOST_READ = 200
"""Entries that the history hands over at a time."""


@dataclass(frozen=True, slots=True)
class Written:
    """One act of writing with the versions it wrote; `cut` if it wrote more than are listed."""

    change: Change
    entries: tuple[Entry, ...]
    cut: bool = False


def page_of(entries: Sequence[Entry]) -> tuple[list[Written], int | None]:
    """Entries by change, the newest first, and the number before which the next page begins; None at the end.

    A change whose entries may have been cut off at the end moves to the next page, unless it fills the whole page.
    """
    found = [Written(change, tuple(own)) for change, own in groupby(entries, key=lambda entry: entry.change)]
    full = len(entries) >= MOST_READ
    if full and len(found) > 1:
        found.pop()
    elif full:
        found = [Written(found[0].change, found[0].entries, cut=True)]
    shown = found[:MOST_CHANGES]
    more = full or len(found) > len(shown)
    return shown, shown[-1].change.number if more and shown and shown[-1].change.number > 1 else None


def asked(identifier: str | None) -> tuple[str | None, str | None]:
    """Kind and id from an address such as `goal:Z-A`; an unknown kind asks for everything."""
    kind, _colon, record_id = (identifier or "").partition(":")
    return (kind, record_id or None) if kind in KINDS else (None, None)


def latest_lines(records: Iterable[tuple[str, str]], most: int) -> list[str]:
    """The newest changes of any of these records (kind, id), a line each: when, what was done, by whom, why."""
    entries = [entry for kind, identifier in records for entry in plan.history(kind, identifier)]
    by_change = {entry.change.number: entry for entry in sorted(entries, key=lambda entry: entry.change.number)}
    return [_line(entry) for entry in list(by_change.values())[: -most - 1 : -1]]


def _line(entry: Entry) -> str:
    change = entry.change
    words = [moment(change.recorded_at, language()), action_words(change.action, language()), shown(change.recorded_by)]
    return " · ".join([*words, *filter(None, [reason_words(change)])])


def reason_words(change: Change) -> str:
    """Why something was done; of a scenario that was carried out its title and how much of it, in the language read."""
    part = part_taken(change) if change.action == CARRY_OUT else None
    if part is None:
        return change.reason or ""
    told = {"titel": part.title, "zahl": number(part.taken, language()), "alle": number(part.offered, language())}
    sentence = _("Szenario „{titel}“, {zahl} von {alle} Änderungen übernommen", **told)
    return f"{sentence}; {_('nicht übernommen')}: {', '.join(part.left)}" if part.left else sentence


def change_line(change: Change) -> str:
    """Number, time and person on one line."""
    number = _("Änderung {nummer}", nummer=change.number)
    return f"{number} · {moment(change.recorded_at, language())} · {shown(change.recorded_by)}"


def change_words(written: Written) -> str:
    """What was done, in words; of a single record with its title."""
    words = action_words(written.change.action, language())
    return f"{words}: {entry_title(written.entries[0])}" if len(written.entries) == 1 else words


def entry_title(entry: Entry) -> str:
    """What the record was called in this version."""
    return one_line(entry.title or title_of(entry.kind, entry.id), 120)


def entry_rows(entries: Sequence[Entry]) -> list[dict[str, object]]:
    """The versions that a change wrote, as a table."""
    return [
        {
            _("Art"): kind_name(entry.kind, language()),
            _("Kennung"): entry.id,
            _("Titel"): entry_title(entry),
            _("Fassung"): entry.version,
            _("Hinweis"): _("zurückgezogen") if entry.withdrawn else "",
        }
        for entry in entries
    ]


@plan.remember()
def versions(kind: str, identifier: str) -> tuple[Recorded[Record], ...]:
    """All versions of a record, oldest first."""
    return store().versions(kind, identifier)


def differences(entry: Entry) -> list[tuple[str, str, str]]:
    """(field, before, after) of what a version altered; of the first version whatever it filled."""
    known = {found.version: found.record for found in versions(entry.kind, entry.id)}
    if any(isinstance(record, Rating) and is_hidden(store(), record) for record in known.values()):
        return [(kind_name(entry.kind, language()), MISSING, _("verdeckt, bis die Runde geschlossen ist"))]
    return changed_fields(known.get(entry.version - 1), known[entry.version])
