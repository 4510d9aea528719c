-- How did one record come to what it is?
-- Grain: one row per version, oldest first.
-- Parameters: table (such as z.goal), id.
SELECT entry.*
FROM query_table($table) AS entry
WHERE entry.id = $id
ORDER BY entry.version;
