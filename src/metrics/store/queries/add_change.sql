-- Open a change in the ledger.
-- Parameters: change_no, recorded_at (UTC), recorded_by, action, reason.
INSERT INTO z.change (change_no, recorded_at, recorded_by, action, reason)
VALUES ($change_no, $recorded_at, $recorded_by, $action, $reason);
