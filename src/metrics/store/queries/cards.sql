-- Which cards of a kind are kept?
-- Grain: one row per card, in order of id.
-- Parameters: table (such as z.account).
SELECT entry.*
FROM query_table($table) AS entry
ORDER BY entry.id;
