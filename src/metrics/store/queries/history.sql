-- Who changed what, when and why?
-- Grain: one row per version written, newest first.
-- Single ratings are many and come only if they are asked for by their kind.
-- Parameters: kind and id (NULL for all), before (change number, NULL for the newest), most (rows at the most).
SELECT
    change.change_no,
    change.recorded_at,
    change.recorded_by,
    change.action,
    change.reason,
    entry.kind,
    entry.id,
    entry.version,
    entry.withdrawn,
    entry.title
FROM z.change AS change
INNER JOIN memory.v.ledger_entry AS entry ON change.change_no = entry.change_no
WHERE
    (entry.kind = $kind OR ($kind IS NULL AND entry.kind <> 'rating'))
    AND ($id IS NULL OR entry.id = $id)
    AND ($before IS NULL OR change.change_no < $before)
ORDER BY change.change_no DESC, entry.kind ASC, entry.id ASC, entry.version ASC
LIMIT $most;
