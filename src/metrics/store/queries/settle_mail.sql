-- Note what became of a mail; its text is removed once it is sent or replaced.
-- Parameters: id, state, tries, unknown, trouble, detail, next_try_at (UTC), at (UTC).
UPDATE z.mail
SET
    state = $state,
    tries = $tries,
    unknown = $unknown,
    trouble = $trouble,
    detail = $detail,
    next_try_at = $next_try_at,
    settled_at = $at,
    subject = CASE WHEN $state = 'sent' THEN NULL ELSE subject END,
    body = CASE WHEN $state = 'sent' THEN NULL ELSE body END
WHERE id = $id;
