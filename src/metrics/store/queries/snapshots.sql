-- Which snapshots were taken, without what they hold?
-- Grain: one row per snapshot, the newest first.
SELECT snapshot.* EXCLUDE (content)
FROM z.snapshot AS snapshot
ORDER BY snapshot.taken_at DESC, snapshot.id DESC;
