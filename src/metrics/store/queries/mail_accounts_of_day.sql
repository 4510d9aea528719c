-- Who has got their mail of a day already?
-- Grain: one row per account.
-- Parameters: due_day.
SELECT DISTINCT account_id
FROM z.mail
WHERE due_day = $due_day;
