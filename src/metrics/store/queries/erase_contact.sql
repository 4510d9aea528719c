-- Erase one card of this kind.
-- Parameters: id.
DELETE FROM z.contact
WHERE id = $id;
