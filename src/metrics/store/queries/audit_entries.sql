-- What was noted about sign-ins and rights?
-- Grain: one row per entry, newest first.
-- Parameters: account_id (null: everybody's), most.
SELECT
    entry.id,
    entry.noted_at,
    entry.account_id,
    entry.event,
    entry.detail,
    entry.delete_on
FROM z.audit AS entry
WHERE $account_id IS NULL OR entry.account_id = $account_id
ORDER BY entry.noted_at DESC, entry.id ASC
LIMIT $most;
