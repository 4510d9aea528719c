-- What has somebody typed and not stored yet?
-- Grain: one row per form, in order of its name; none that is over.
-- Parameters: account_id, today (date).
SELECT
    form,
    content,
    saved_at
FROM z.draft
WHERE account_id = $account_id AND delete_on >= $today
ORDER BY form;
