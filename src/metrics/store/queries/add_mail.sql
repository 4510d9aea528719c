-- Write a mail into the outbox; a mail that is there already is left as it is.
-- Parameters: id, account_id, kind, due_day, message_id, subject, body, about (JSON), written_at (UTC), delete_on.
INSERT INTO z.mail (
    id, account_id, kind, due_day, message_id, subject, body, about, written_at, next_try_at, delete_on,
    state, tries, unknown
)
VALUES (
    $id, $account_id, $kind, $due_day, $message_id, $subject, $body, $about, $written_at, $written_at, $delete_on,
    'waiting', 0, 0
)
ON CONFLICT DO NOTHING;
