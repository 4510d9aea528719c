-- How much does the store hold?
-- Grain: one row per kind that has rows.
SELECT
    kind,
    count(DISTINCT id) AS records,
    count(*) AS versions
FROM memory.v.ledger_entry
GROUP BY kind
ORDER BY kind;
