-- What does the plan say today, for one kind of record?
-- Grain: one row per record, its newest version; withdrawn records are left out.
-- Parameters: table (such as z.goal).
SELECT entry.*
FROM query_table($table) AS entry
QUALIFY row_number() OVER (PARTITION BY entry.id ORDER BY entry.version DESC) = 1 AND NOT entry.withdrawn
ORDER BY entry.id;
