-- What has been written since a change, record by record?
-- Grain: one row per record touched since, with its newest version and how often it was written.
-- Single ratings are many and are no news of the plan; the round that they belong to is.
-- Parameters: since (change number; what came later counts), most (rows at the most).
SELECT
    entry.kind,
    entry.id,
    max(entry.version) AS version,
    arg_max(entry.title, entry.version) AS title,
    arg_max(entry.withdrawn, entry.version) AS withdrawn,
    count(*) AS times,
    max(change.change_no) AS change_no,
    max(change.recorded_at) AS recorded_at,
    arg_max(change.recorded_by, entry.version) AS recorded_by,
    arg_max(change.action, entry.version) AS action
FROM memory.v.ledger_entry AS entry
INNER JOIN z.change AS change ON entry.change_no = change.change_no
WHERE entry.change_no > $since AND entry.kind <> 'rating'
GROUP BY entry.kind, entry.id
ORDER BY change_no DESC, entry.kind ASC, entry.id ASC
LIMIT $most;
