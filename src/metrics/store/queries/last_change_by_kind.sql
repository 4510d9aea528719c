-- Which change last wrote each kind of record?
-- Grain: one row per kind that has rows.
SELECT
    kind,
    max(change_no) AS change_no
FROM memory.v.ledger_entry
GROUP BY kind;
