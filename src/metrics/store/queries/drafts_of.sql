-- What has a person typed and not stored yet?
-- Grain: one row per form.
-- Parameters: account_id.
SELECT
    form,
    content,
    saved_at,
    delete_on
FROM z.draft
WHERE account_id = $account_id
ORDER BY form;
