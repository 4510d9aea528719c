-- What was noted of a person's sign-ins and attempts?
-- Grain: one row per event, oldest first.
-- Parameters: account_id.
SELECT
    noted_at,
    event,
    detail,
    delete_on
FROM z.audit
WHERE account_id = $account_id
ORDER BY noted_at, id;
