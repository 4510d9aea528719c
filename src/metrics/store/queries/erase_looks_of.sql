-- Erase when a person looked at the plan.
-- Parameters: account_id.
DELETE FROM z.look
WHERE person = $account_id;
