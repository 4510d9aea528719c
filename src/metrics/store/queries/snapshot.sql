-- What was a committee shown?
-- Grain: one row, or none.
-- Parameters: id.
SELECT snapshot.*
FROM z.snapshot AS snapshot
WHERE snapshot.id = $id;
