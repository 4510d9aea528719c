-- Which handovers were there?
-- Grain: one row per change that handed records over, the newest first.
-- Parameters: most (rows at the most).
SELECT
    change.change_no,
    change.recorded_at,
    change.recorded_by,
    change.action,
    change.reason,
    count(*) AS records
FROM z.change AS change
INNER JOIN memory.v.ledger_entry AS entry ON change.change_no = entry.change_no
WHERE change.action = 'hand_over'
GROUP BY ALL
ORDER BY change.change_no DESC
LIMIT $most;
