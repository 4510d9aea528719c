-- Which rows name a change that the ledger does not know?
-- Grain: one row per faulty row.
SELECT
    kind,
    id,
    change_no
FROM memory.v.ledger_entry
WHERE change_no NOT IN (SELECT known.change_no FROM z.change AS known);
