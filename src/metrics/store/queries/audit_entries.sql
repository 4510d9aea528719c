-- Which sign-ins, refused attempts and acts on accounts were noted?
-- Grain: one row per event, newest first.
-- Parameters: most (rows at the most).
SELECT
    noted_at,
    account_id,
    event,
    detail,
    delete_on
FROM z.audit
ORDER BY noted_at DESC, id DESC
LIMIT $most;
