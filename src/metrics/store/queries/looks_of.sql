-- When did a person open the plan, and up to which change had they seen it?
-- Grain: one row per look.
-- Parameters: account_id.
SELECT
    looked_at,
    change_no
FROM z.look
WHERE person = $account_id
ORDER BY looked_at;
