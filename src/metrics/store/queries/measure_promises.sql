-- Which dates has each measure been given, one after the other?
-- Grain: one row per version that says another date than the one before, oldest first; withdrawn versions are left out.
SELECT
    entry.id,
    entry.evidence,
    entry.starts,
    entry.ends,
    entry.milestones
FROM z.measure AS entry
WHERE NOT entry.withdrawn
QUALIFY
    (entry.evidence, entry.starts, entry.ends, entry.milestones)
    IS DISTINCT FROM lag((entry.evidence, entry.starts, entry.ends, entry.milestones)) OVER (
        PARTITION BY entry.id ORDER BY entry.version
    )
ORDER BY entry.id, entry.version;
