-- What is the newest version of each record of one kind, withdrawn ones included?
-- Grain: one row per record.
-- Parameters: table (such as z.goal).
SELECT entry.*
FROM query_table($table) AS entry
QUALIFY row_number() OVER (PARTITION BY entry.id ORDER BY entry.version DESC) = 1
ORDER BY entry.id;
