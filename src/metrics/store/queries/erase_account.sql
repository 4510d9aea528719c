-- Erase one card of this kind.
-- Parameters: id.
DELETE FROM z.account
WHERE id = $id;
