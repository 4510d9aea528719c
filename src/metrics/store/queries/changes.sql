-- Which acts of writing were there, and how much did each write?
-- Grain: one row per change, newest first.
-- Parameters: since (UTC; NULL for all), most (rows at the most).
SELECT
    change.change_no,
    change.recorded_at,
    change.recorded_by,
    change.action,
    change.reason,
    count(entry.id) AS records
FROM z.change AS change
LEFT JOIN memory.v.ledger_entry AS entry ON change.change_no = entry.change_no
WHERE $since IS NULL OR change.recorded_at >= $since
GROUP BY ALL
ORDER BY change.change_no DESC
LIMIT $most;
