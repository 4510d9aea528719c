-- Erase everything that an account has typed and not stored.
-- Parameters: account_id.
DELETE FROM z.draft
WHERE account_id = $account_id;
