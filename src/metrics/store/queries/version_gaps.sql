-- Which records miss a version between the first and the newest?
-- Grain: one row per faulty record.
SELECT
    kind,
    id,
    count(*) AS versions,
    max(version) AS newest
FROM memory.v.ledger_entry
GROUP BY kind, id
HAVING count(*) <> max(version);
