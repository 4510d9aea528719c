"""Drafts: kept by account and form, the last one wins, and nothing of them outlives its time or its account."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from metrics.store.drafts import DAYS_KEPT, drafts_of, drop_drafts, erase_drafts, keep_drafts
from metrics.store.ledger import Store

AT, TODAY = datetime(2026, 11, 24, 9, 32), date(2026, 11, 24)
LATER = AT + timedelta(minutes=5)


def kept(store: Store, account_id: str = "P-1", today: date = TODAY) -> dict[str, str]:
    return {draft.form: draft.content for draft in drafts_of(store, account_id, today)}


def test_what_is_kept_last_of_a_form_is_what_is_found(store: Store) -> None:
    keep_drafts(store, "P-1", {"plan:goal:": "eins", "plan:measure:": "zwei"}, AT, TODAY)
    keep_drafts(store, "P-2", {"plan:goal:": "fremd"}, AT, TODAY)
    keep_drafts(store, "P-1", {"plan:goal:": "drei"}, LATER, TODAY)
    assert kept(store) == {"plan:goal:": "drei", "plan:measure:": "zwei"}
    assert [draft.saved_at for draft in drafts_of(store, "P-1", TODAY)] == [LATER, AT]
    assert store.change_number() == 0  # nothing of it stands in the ledger


def test_a_draft_that_another_tab_kept_since_is_not_dropped(store: Store) -> None:
    keep_drafts(store, "P-1", {"plan:goal:": "eins", "plan:measure:": "zwei"}, AT, TODAY)
    keep_drafts(store, "P-1", {"plan:goal:": "vom anderen Reiter"}, LATER, TODAY)
    drop_drafts(store, "P-1", [("plan:goal:", AT), ("plan:measure:", AT)])
    assert kept(store) == {"plan:goal:": "vom anderen Reiter"}


def test_a_draft_that_nobody_touched_is_found_for_thirty_days_and_then_removed(store: Store) -> None:
    keep_drafts(store, "P-1", {"plan:goal:": "eins"}, AT, TODAY)
    last = TODAY + timedelta(days=DAYS_KEPT)
    assert kept(store, today=last) == {"plan:goal:": "eins"}
    assert kept(store, today=last + timedelta(days=1)) == {}
    keep_drafts(store, "P-2", {"plan:goal:": "neu"}, AT, last + timedelta(days=1))
    assert kept(store) == {}  # no longer there at all, for it would not be over on this day


def test_erasing_an_account_leaves_the_drafts_of_others(store: Store) -> None:
    keep_drafts(store, "P-1", {"plan:goal:": "eins"}, AT, TODAY)
    keep_drafts(store, "P-2", {"plan:goal:": "fremd"}, AT, TODAY)
    erase_drafts(store, "P-1")
    assert (kept(store), kept(store, "P-2")) == ({}, {"plan:goal:": "fremd"})
