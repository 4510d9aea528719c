-- Note what happened with sign-ins and rights; an entry of the same id is not noted again.
-- Parameters: id, noted_at (UTC), account_id, event, detail, delete_on.
INSERT INTO z.audit (id, noted_at, account_id, event, detail, delete_on)
VALUES ($id, $noted_at, $account_id, $event, $detail, $delete_on)
ON CONFLICT DO NOTHING
RETURNING id;
