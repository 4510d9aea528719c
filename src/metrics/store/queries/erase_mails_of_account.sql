-- Erase what was written to somebody.
-- Parameters: account_id.
DELETE FROM z.mail
WHERE account_id = $account_id;
