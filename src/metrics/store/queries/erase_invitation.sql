-- Erase one card of this kind.
-- Parameters: id.
DELETE FROM z.invitation
WHERE id = $id;
