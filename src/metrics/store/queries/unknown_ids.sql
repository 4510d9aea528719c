-- Which of these ids are not in the table, or only withdrawn?
-- Grain: one row per unknown id.
-- Parameters: table (such as z.goal), ids (list of text).
SELECT asked.id
FROM (SELECT unnest($ids::VARCHAR[]) AS id) AS asked
WHERE
    asked.id NOT IN (
        SELECT known.id
        FROM query_table($table) AS known
        GROUP BY known.id
        HAVING NOT arg_max(known.withdrawn, known.version)
    )
ORDER BY asked.id
LIMIT 1;
