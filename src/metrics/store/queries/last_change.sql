-- What is the number of the last change?
-- Grain: one row; 0 in an empty ledger.
SELECT coalesce(max(change_no), 0) AS change_no
FROM z.change;
