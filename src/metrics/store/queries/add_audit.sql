-- Note a sign-in, a refused attempt or what was done with an account.
-- Parameters: id, noted_at (UTC), account_id, event, detail, delete_on.
INSERT INTO z.audit (id, noted_at, account_id, event, detail, delete_on)
VALUES ($id, $noted_at, $account_id, $event, $detail, $delete_on);
