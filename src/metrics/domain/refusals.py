"""Situations in which the program refuses. Each carries a code and its data; the words stand in the catalogue."""

from __future__ import annotations

from typing import Any, ClassVar


class Refusal(Exception):
    """Something that must not or cannot be done now; `data` fills the sentence that the user reads.

    `field` is the record's field at which it is shown, if it is always the same one.
    """

    code: ClassVar[str] = "refusal"
    field: ClassVar[str] = ""

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
    field = "parent_ids"


class CircularDependency(Refusal):
    """Tasks would wait for each other: `cycle`, their ids (and titles) in order, the first once more at the end."""

    code = "circular_dependency"


class MeasureNeedsItself(Refusal):
    """A measure is said to need, or to rule out, itself: `title`."""

    code = "measure_needs_itself"
    field = "depends_on"


class MeasureExcludesWhatItNeeds(Refusal):
    """Two measures need each other and rule each other out at once: `first`, `second`, as ids with titles."""

    code = "measure_excludes_what_it_needs"
    field = "depends_on"


class MeasureLongerThanWindow(Refusal):
    """A measure takes longer than lies between its earliest start and its latest end.

    `planned` and `window` in days, `earliest_start`, `latest_end`.
    """

    code = "measure_longer_than_window"
    field = "latest_end"


class DemandOutsideMeasure(Refusal):
    """A demand lies before its measure begins or after it ends.

    `when`, the period that lies outside, `title`, `starts`, `ends` of the measure; in the demand's `field`.
    """

    code = "demand_outside_measure"


class DemandWouldLieOutside(Refusal):
    """A measure cannot move while a demand of it would lie outside: its period `when`, its `id`; in the `field`."""

    code = "demand_would_lie_outside"


class GroupWithoutTime(Refusal):
    """A group would never have time for a measure: no post, only posts that are over, a share of 100 %; its `field`."""

    code = "group_without_time"


class ReadingInTheFuture(Refusal):
    """A reading's period has not ended, as if a target or a forecast were a reading: `period_end`, `today`."""

    code = "reading_in_the_future"
    field = "period_end"


class PublishedInTheFuture(Refusal):
    """A value is said to be published on a day that has not come: `published_on`, `today`."""

    code = "published_in_the_future"
    field = "published_on"


class PublishedBeforePeriod(Refusal):
    """A value was published before its period began, so it was planned or forecast: `published_on`, `starts_on`."""

    code = "published_before_period"
    field = "published_on"


class ReadingAlreadyRecorded(Refusal):
    """There is a reading for this period and vintage: `indicator_id`, `period_start`, `period_end`, `value`, `unit`."""

    code = "reading_already_recorded"
    field = "period_end"


class ReadingEndsOnSameDay(Refusal):
    """Another period of the series ends on this day: `period_start`, `period_end`, `value`, `unit` of that reading."""

    code = "reading_ends_on_same_day"
    field = "period_end"


class PeriodDoesNotFitBasis(Refusal):
    """The period's length does not fit what the indicator's values stand for: `period_kind`, `basis`."""

    code = "period_does_not_fit_basis"
    field = "period_kind"


class PeriodNotOfItsKind(Refusal):
    """The days are not those of a month, year … of the calendar: `period_kind`, `starts_on`, `ends_on`."""

    code = "period_not_of_its_kind"
    field = "period_end"


class ValueOutsideNaturalBounds(Refusal):
    """A value is beyond what is possible: `value`, `minimum`, `maximum`, `unit`."""

    code = "value_outside_natural_bounds"
    field = "value"


class OwnTerritoryCompared(Refusal):
    """A comparison or a target names the indicator's own territory: `territory`, in the record's `field`."""

    code = "own_territory_compared"


class StoredRecordWouldNotFit(Refusal):
    """An indicator cannot change while a value or target breaks the rule then.

    `kind`, `id`, `field` of the indicator, and `referred_kind`, `referred_id` of what would break it.
    """

    code = "stored_record_would_not_fit"


class WeightNeedsReason(Refusal):
    """A weight would change and nobody said why: `weight_before`, `weight`."""

    code = "weight_needs_reason"
    field = "weight"


class NothingChanged(Refusal):
    """A form was saved without a change: `kind`, `id`."""

    code = "nothing_changed"


class ReasonMissing(Refusal):
    """What exists would change and nobody said why: `changed`, the number of records."""

    code = "reason_missing"


class BulkRefused(Refusal):
    """Some of many values cannot be stored, so none is: `refused`, each with its number and refusal, and `total`."""

    code = "bulk_refused"


class KeptByRounds(Refusal):
    """Rounds, ratings and decisions come about on their own pages and are not edited by hand: `kind`."""

    code = "kept_by_rounds"


class RoundKeptAsItIs(Refusal):
    """A plan file would change a round that is here already, or add to it: `id`, `referred_id`, the round's id."""

    code = "round_kept_as_it_is"


class DeadlineInThePast(Refusal):
    """A round would end before it begins: `deadline`, `today`."""

    code = "deadline_in_the_past"
    field = "deadline"


class CriterionWithoutAnchors(Refusal):
    """A criterion does not say what 0, 5 and 10 mean: `code`, `title`."""

    code = "criterion_without_anchors"
    field = "criteria_set_id"


class AccessCodeUnknown(Refusal):
    """No open seat of any round has this code."""

    code = "access_code_unknown"
    field = "code"


class RoundNotOpen(Refusal):
    """A round takes no ratings and no closing any more: `title`, `state`."""

    code = "round_not_open"


class RoundNotClosed(Refusal):
    """What is wanted needs a closed round that is not decided yet: `title`, `state`."""

    code = "round_not_closed"


class RatingTimeOver(Refusal):
    """The deadline of a round has passed: `title`, `deadline`."""

    code = "rating_time_over"


class MeasureNotInRound(Refusal):
    """A measure is not to be rated in the present vote of a round: `measure_id`, `title` of the round."""

    code = "measure_not_in_round"
    field = "measure_id"


class RatingDoesNotFitRound(Refusal):
    """A rating names a seat, vote or criterion that its round does not have: `id`, `referred_id`, the round's id."""

    code = "rating_does_not_fit_round"
    field = "scores"


class RatingsStillHidden(Refusal):
    """Ratings can be seen once their round is closed: `title`."""

    code = "ratings_still_hidden"


class NothingToVoteOn(Refusal):
    """A further vote needs at least one measure of the round: `title`."""

    code = "nothing_to_vote_on"


class DemandMissing(Refusal):
    """The line cannot be drawn by person-days: nobody knows what a measure takes: `measure_id`, `title`, `lacking`."""

    code = "demand_missing"


class DemandOutOfRange(Refusal):
    """A cell of a demand grid is negative or too large: `group`, its title, `when`, the period, `value`, `most`."""

    code = "demand_out_of_range"
    field = "person_days"


class DemandCellsChanged(SomebodyElseWasFaster):
    """Cells of a demand grid are not as they were seen.

    `number` of them; of the first one `group`, its title, `when`, its period, what was `seen`, what stands there now,
    `theirs`, and what was to be stored, `mine`, each None where nothing stood.
    """

    code = "demand_cells_changed"


class NothingRanked(Refusal):
    """A round without a ranked measure cannot be decided: `title`."""

    code = "nothing_ranked"


class LineMissing(Refusal):
    """A decision needs a cut line, by person-days or by number, and one alone."""

    code = "line_missing"


class OutcomeMissing(Refusal):
    """A measure of the round has no outcome: `measure_id`, `title`."""

    code = "outcome_missing"


class DeviationNeedsReason(Refusal):
    """A measure is decided against the line, and nobody says why: `measure_id`, `title`."""

    code = "deviation_needs_reason"


class DecidedInTheFuture(Refusal):
    """A decision is dated to a day that has not come: `decided_on`, `today`."""

    code = "decided_in_the_future"
    field = "decided_on"


class ScenarioNamesUnknown(Refusal):
    """A scenario's changes name what the plan lacks, or an example that does not count: `unknown`, the ids."""

    code = "scenario_names_unknown"
    field = "changes"


class ChangeNotPossible(Refusal):
    """A record cannot be as a scenario's change wants it: `effect`, and `kind` and `id` of what it is about."""

    code = "change_not_possible"
    field = "changes"


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


class NothingToChoose(Refusal):
    """No measure has a demand in the time ahead, so there is nothing to choose from."""

    code = "nothing_to_choose"


class TooManySearches(Refusal):
    """As many searches as may run at once are running: `running`."""

    code = "too_many_searches"


class ScenarioNeedsDecision(Refusal):
    """A decision on a scenario lacks what it needs: `field`."""

    code = "scenario_needs_decision"


class ScenarioNotChosen(Refusal):
    """Only a chosen scenario is carried out: `title`."""

    code = "scenario_not_chosen"


class AlreadyCarriedOut(Refusal):
    """A scenario is carried out once; a second time would add what it adds again: `title`, `number` of the change."""

    code = "already_carried_out"


class ChangesBelongTogether(Refusal):
    """A part of a scenario's proposals would leave a demand outside its measure.

    `together`: what has to be chosen too, each as (kind, id), or in words.
    """

    code = "changes_belong_together"


class NothingToCarryOut(Refusal):
    """No proposed change was chosen, or the plan is as the scenario wants it: `title`."""

    code = "nothing_to_carry_out"
