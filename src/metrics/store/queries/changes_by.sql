-- What did a person write into the ledger, under their pseudonym?
-- Grain: one row per written version, oldest first.
-- Parameters: account_id.
SELECT
    change.change_no,
    change.recorded_at,
    change.action,
    entry.kind,
    entry.id,
    entry.version
FROM z.change AS change
LEFT JOIN memory.v.ledger_entry AS entry ON change.change_no = entry.change_no
WHERE change.recorded_by = $account_id
ORDER BY change.change_no, entry.kind, entry.id;
