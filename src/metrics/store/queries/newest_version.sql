-- Which version of a record is the newest?
-- Grain: one row; NULL if the record never existed.
-- Parameters: table (such as z.goal), id.
SELECT max(entry.version) AS version
FROM query_table($table) AS entry
WHERE entry.id = $id;
