-- Is there an entry of this id?
-- Grain: one row, or none.
-- Parameters: id.
SELECT entry.id
FROM z.audit AS entry
WHERE entry.id = $id;
