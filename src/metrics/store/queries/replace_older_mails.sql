-- Give up what still waits for somebody from earlier days: a newer mail says it again. Not what may be out already.
-- Parameters: account_id, due_day, at (UTC).
UPDATE z.mail
SET state = 'given_up', trouble = 'replaced', subject = NULL, body = NULL, settled_at = $at
WHERE account_id = $account_id AND due_day < $due_day AND state = 'waiting' AND unknown = 0;
