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


class IndicatorPartOfItself(Refusal):
    """An indicator would be a part of a sum that is a part of it: `path`, the ids in order."""

    code = "indicator_part_of_itself"
    field = "total_id"


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


class KeptElsewhere(Refusal):
    """Rounds, ratings, decisions, closed periods come about on their own pages: `kind`, `kept_on`, which page."""

    code = "kept_elsewhere"


class OwnValueNotReleased(Refusal):
    """Whoever entered a value neither checks nor releases nor returns it: `title`, of the indicator."""

    code = "own_value_not_released"


class CheckerDoesNotRelease(Refusal):
    """Where one checks and one releases, these are two: `title`, of the indicator."""

    code = "checker_does_not_release"


class WrongReleaseStep(Refusal):
    """A value's state does not allow the step: `title`, of the indicator, `reading_state`."""

    code = "wrong_release_step"


class NotYourDraft(Refusal):
    """A value that waits is given up by whoever entered it, or by somebody who may release: `title`."""

    code = "not_your_draft"


class StepNeedsReason(Refusal):
    """A value is returned, given up or withdrawn, a period reopened or closed with gaps, and nobody said why."""

    code = "step_needs_reason"
    field = "reason"


class PeriodClosed(Refusal):
    """A value's period ends in a closed one: `title` of the closed period, `period_end`, `first_day`, `last_day`."""

    code = "period_closed"
    field = "period_end"


class PeriodNotOver(Refusal):
    """A period is to be closed before it is over: `last_day`, `today`."""

    code = "period_not_over"
    field = "last_day"


class PeriodAlreadyClosed(Refusal):
    """A period of this name is closed: `title`."""

    code = "period_already_closed"


class PeriodNotClosed(Refusal):
    """A period is open already: `title`."""

    code = "period_not_closed"


class LockKeptAsItIs(Refusal):
    """A plan file would change a closed period that is here already: `id`."""

    code = "lock_kept_as_it_is"


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


class NoteInTheFuture(Refusal):
    """A status note speaks of a day that has not come: `as_of`, `today`."""

    code = "note_in_the_future"
    field = "as_of"


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


class NotSignedIn(Refusal):
    """Nobody is signed in, or the sign-in does not count any more."""

    code = "not_signed_in"


class RolesNotReadable(Refusal):
    """The setting that gives groups their roles cannot be read: `part`, and the `known` roles."""

    code = "roles_not_readable"


class SettingNotReadable(Refusal):
    """A setting of the sign-in is wrong: `name` and `value`."""

    code = "setting_not_readable"


class SignInIncomplete(Refusal):
    """Sign-in is configured by halves: `missing`, the settings that are not there."""

    code = "sign_in_incomplete"


class ClaimsIncomplete(Refusal):
    """The ID token does not tell who signed in when: `missing`, the claims."""

    code = "claims_incomplete"


class NoRoleGiven(Refusal):
    """Whoever signed in has no role here."""

    code = "no_role_given"


class SignInEnded(Refusal):
    """The sign-in was ended before its time, or its account is gone."""

    code = "sign_in_ended"


class OnlyOnThisMachine(Refusal):
    """Without sign-in the program serves this machine only: `address` is another one."""

    code = "only_on_this_machine"


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


class OwnerMissing(Refusal):
    """A record that is active, or becomes so, has no function in charge: `kind`, `title`."""

    code = "owner_missing"
    field = "owner"


class DeputyMissing(Refusal):
    """A record that is active, or becomes so, has no deputy: `kind`, `title`."""

    code = "deputy_missing"
    field = "deputy"


class DeputyIsOwner(Refusal):
    """The same function is in charge of an active record and its own deputy: `kind`, `title`, `function`."""

    code = "deputy_is_owner"
    field = "deputy"


class NothingToHandOver(Refusal):
    """A function that is handed over stands in none of the chosen records: `function`."""

    code = "nothing_to_hand_over"


class HandedToItself(Refusal):
    """A function would be handed over to itself: `function`."""

    code = "handed_to_itself"
    field = "new_function"


class HandoverNeedsReason(Refusal):
    """A handover stands in the history with its reason: `function`."""

    code = "handover_needs_reason"
    field = "reason"


class OwnersChangedMeanwhile(SomebodyElseWasFaster):
    """A record that is to be handed over was written meanwhile.

    `kind`, `id`, `title`, `expected`, `actual`; `seen`, `found`: owner and deputy as they were seen and as they are.
    """

    code = "owners_changed_meanwhile"


class FunctionsNotMoved(Refusal):
    """An account has no function to move, or would move them to itself: `title`."""

    code = "functions_not_moved"


class RemindersRunning(Refusal):
    """Reminders are being sent already."""

    code = "reminders_running"


class MailNotFound(Refusal):
    """There is no such mail in the outbox: `id`."""

    code = "mail_not_found"


class MailSettled(Refusal):
    """A mail is sent already, or its text is gone: `id`."""

    code = "mail_settled"


class MailSettingMissing(Refusal):
    """Mail cannot be sent without a setting: `variable`, the name of the environment variable."""

    code = "mail_setting_missing"


class MailSettingWrong(Refusal):
    """A setting for sending mail cannot be right: `variable`, and the rule by which it is wrong, `rule`."""

    code = "mail_setting_wrong"


class CalendarNotFound(Refusal):
    """No calendar belongs to this address."""

    code = "calendar_not_found"


class InvitationUnknown(Refusal):
    """No invitation has this code, or it was withdrawn."""

    code = "invitation_unknown"


class InvitationOver(Refusal):
    """An invitation stood open until a day that is past: `ends_on`."""

    code = "invitation_over"


class InvitationEnds(Refusal):
    """An invitation cannot end on that day: it ends between `first` and `last`."""

    code = "invitation_ends"
    field = "expires_on"


class InvitationLimitReached(Refusal):
    """Too many invitations by one inviter in too short a time: `most` within `hours`, free again at `free_at` (UTC)."""

    code = "invitation_limit_reached"


class AddressLimitReached(Refusal):
    """Too many invitations to one address in too short a time: `most` within `hours`, free again at `free_at`."""

    code = "address_limit_reached"
    field = "address"


class TooManyTries(Refusal):
    """Too many unknown codes in a short time, so no code is looked at for a while: until `free_at` (naive UTC)."""

    code = "too_many_tries"


class OutsideInvitation(Refusal):
    """Somebody who was invited may say something on what the invitation names, and on nothing else."""

    code = "outside_invitation"
    field = "measure_ids"


class ContributionFromTheFuture(Refusal):
    """A contribution cannot have come after today: `received_on`, `today`."""

    code = "contribution_from_the_future"
    field = "received_on"


class ContributionNotYours(Refusal):
    """Only whoever wrote a contribution takes it back: `title`."""

    code = "contribution_not_yours"


class ContributionAnswered(Refusal):
    """A contribution that has an answer is not taken back: `title`."""

    code = "contribution_answered"


class AnswerNeedsVerdict(Refusal):
    """An answer says whether the contribution was adopted."""

    code = "answer_needs_verdict"
    field = "state"


class AnswerNeedsText(Refusal):
    """An answer says in words what becomes of the contribution and why."""

    code = "answer_needs_text"
    field = "answer"


class AnswerNeedsReason(Refusal):
    """A second answer replaces the first one only with a reason."""

    code = "answer_needs_reason"
    field = "reason"


class AddressTaken(Refusal):
    """Another account has this e-mail address: `email`."""

    code = "address_taken"
    field = "email"


class SubjectTaken(Refusal):
    """Another account belongs to this sign-in."""

    code = "subject_taken"
    field = "subject"


class LastAdministrator(Refusal):
    """Nobody would be left to manage the accounts: `name`."""

    code = "last_administrator"
    field = "role"


class NotYourAccount(Refusal):
    """Somebody would change or read what only the person may: `id`."""

    code = "not_your_account"


class NotYoursToChange(Refusal):
    """A part of an account is not set on this way: `field`, `kind`."""

    code = "not_yours_to_change"


class DeletedBeforeLeaving(Refusal):
    """An account would be erased before its last day: `delete_on`, `left_on`."""

    code = "deleted_before_leaving"
    field = "delete_on"


class DeletionNotAhead(Refusal):
    """Something new would be erased today or before: `delete_on`, `today`."""

    code = "deletion_not_ahead"
    field = "delete_on"


class KeptTooLong(Refusal):
    """A contact person would be kept longer than allowed: `delete_on`, `last_allowed`."""

    code = "kept_too_long"
    field = "delete_on"


class PersonNotFound(Refusal):
    """No account and no contact person has this id or e-mail address: `who`."""

    code = "person_not_found"


class SnapshotDamaged(Refusal):
    """What a snapshot holds does not fit its checksum: `id`."""

    code = "snapshot_damaged"


class SittingIsOver(Refusal):
    """Nothing is frozen for a sitting that was before today: `held_on`, `today`."""

    code = "sitting_is_over"
    field = "held_on"


class NothingFrozen(Refusal):
    """Nothing was frozen for a sitting, or there is no such sitting: `id`."""

    code = "nothing_frozen"


class NotPublic(Refusal):
    """The paper of a sitting that is not public has no public variant: `id`."""

    code = "not_public"


class FollowUpSettled(Refusal):
    """What is settled is not settled again: `id`."""

    code = "follow_up_settled"


class MasterNotReadable(Refusal):
    """A presentation cannot be built on the file that was given as its master: `problem`, why.

    One of no_presentation, damaged, too_large, macros, no_title_layout.
    """

    code = "master_not_readable"


class CouncilSystemNotSet(Refusal):
    """No council information system may be read: `variable`, the setting that would name one."""

    code = "council_system_not_set"


class CouncilSettingWrong(Refusal):
    """The setting that names the council information systems cannot be read: `variable`, and the wrong `text`."""

    code = "council_setting_wrong"


class CouncilHostNotAllowed(Refusal):
    """An address leads to where nothing may be read: `host`."""

    code = "council_host_not_allowed"
    field = "paper_url"


class CouncilSystemNotReached(Refusal):
    """A council information system did not answer, or not with a paper: `host`, and `detail` in a word."""

    code = "council_system_not_reached"
    field = "paper_url"


class CouncilSystemRedirects(Refusal):
    """A council information system sends the reader on to another address, which is not followed: `host`."""

    code = "council_system_redirects"
    field = "paper_url"


class CouncilSystemTooSlow(Refusal):
    """A council information system took too long: `host`, the `seconds` that it had."""

    code = "council_system_too_slow"
    field = "paper_url"


class CouncilAnswerTooLarge(Refusal):
    """The answer of a council information system is too large: `host`, the `megabytes` that are taken."""

    code = "council_answer_too_large"
    field = "paper_url"


class NotAnOparlPaper(Refusal):
    """What a council information system answered is no paper in the form of OParl: `host`."""

    code = "not_an_oparl_paper"
    field = "paper_url"
