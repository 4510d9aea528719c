-- Which snapshots were taken, without what they hold?
-- Grain: one row per snapshot, the newest first.
SELECT
    id,
    sitting_id,
    sitting_version,
    taken_at,
    taken_by,
    change_no,
    template,
    sha256
FROM z.snapshot
ORDER BY taken_at DESC, id DESC;
