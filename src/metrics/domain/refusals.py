"""Situations in which the program refuses. Each carries a code and its data; the words stand in the catalogue."""

from __future__ import annotations

from typing import Any, ClassVar


class Refusal(Exception):
    """Something that must not or cannot be done now; `data` fills the sentence that the user reads."""

    code: ClassVar[str] = "refusal"

    def __init__(self, **data: Any) -> None:
        super().__init__(self.code, data)
        self.data = data

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.data.items())
        return f"{self.code}: {details}" if details else self.code


class SomebodyElseWasFaster(Refusal):
    """The version that was edited is no longer the newest: `kind`, `id`, `expected`, `actual`."""

    code = "somebody_else_was_faster"


class RecordAlreadyExists(Refusal):
    """A record of this id exists: `kind`, `id`."""

    code = "record_already_exists"


class RecordNotFound(Refusal):
    """There is no such record: `kind`, `id`."""

    code = "record_not_found"


class UnknownReference(Refusal):
    """A field names a record that does not exist: `kind`, `id`, `field`, `referred_kind`, `referred_id`."""

    code = "unknown_reference"


class StillReferenced(Refusal):
    """A record cannot be withdrawn while others refer to it: `kind`, `id`, `by_kind`, `by_id`."""

    code = "still_referenced"


class GoalsInACircle(Refusal):
    """A goal would become its own ancestor: `path`, the ids in order."""

    code = "goals_in_a_circle"


class ReadingInTheFuture(Refusal):
    """A reading's period has not ended: `period_end`, `today`."""

    code = "reading_in_the_future"


class ReadingAlreadyRecorded(Refusal):
    """There is a reading for this period and vintage: `indicator_id`, `period_start`, `period_end`, `value`."""

    code = "reading_already_recorded"


class PeriodDoesNotFitBasis(Refusal):
    """The period's length does not fit what the indicator's values stand for: `period_kind`, `basis`."""

    code = "period_does_not_fit_basis"


class ValueOutsideNaturalBounds(Refusal):
    """A value is beyond what is possible: `value`, `minimum`, `maximum`, `unit`."""

    code = "value_outside_natural_bounds"


class NothingChanged(Refusal):
    """A form was saved without a change: `kind`, `id`."""

    code = "nothing_changed"


class ReasonMissing(Refusal):
    """What exists would change and nobody said why: `changed`, the number of records."""

    code = "reason_missing"


class NotAllowed(Refusal):
    """The person's role does not carry the right: `right`, `role`."""

    code = "not_allowed"


class DatabaseHeldByAnotherProcess(Refusal):
    """Another process has the store open: `path`, `holder`."""

    code = "database_held_by_another_process"


class DatabaseNotFound(Refusal):
    """There is no store at the path: `path`."""

    code = "database_not_found"


class DatabaseFolderNotWritable(Refusal):
    """The folder of the store cannot be written: `path`."""

    code = "database_folder_not_writable"


class DatabaseNotReadable(Refusal):
    """The file is not a store of this program or is damaged: `path`, `detail`."""

    code = "database_not_readable"


class DatabaseNewerThanProgram(Refusal):
    """The store was migrated by a newer program: `path`, `found`, `known`."""

    code = "database_newer_than_program"


class MigrationWasAltered(Refusal):
    """A migration that ran has another content now: `name`."""

    code = "migration_was_altered"


class DiskFull(Refusal):
    """There is no room to write: `path`."""

    code = "disk_full"


class PlanFileBroken(Refusal):
    """A plan file breaks a rule: `problems`, a list of (line, path, error type, error data)."""

    code = "plan_file_broken"


class BackupNotUsable(Refusal):
    """A backup cannot be opened or fails its checks: `path`, `detail`."""

    code = "backup_not_usable"


class BackupTargetExists(Refusal):
    """A backup never overwrites a file: `path`."""

    code = "backup_target_exists"


class ServerRefused(Refusal):
    """The running server did not carry out a command: `detail`."""

    code = "server_refused"


class ServerMustStop(Refusal):
    """The command needs the store for itself: `path`, `holder`."""

    code = "server_must_stop"
