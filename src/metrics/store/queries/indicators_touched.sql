-- Which indicators have to be judged anew after a change?
-- Grain: one row per indicator of which anything was written since; a record that was moved from one indicator to
-- another touches both.
-- Parameters: since (a change number).
SELECT id AS indicator_id
FROM z.indicator
WHERE change_no > $since
UNION
SELECT indicator_id
FROM z.target
WHERE
    id IN (
        SELECT written.id FROM z.target AS written
        WHERE written.change_no > $since
    )
UNION
SELECT indicator_id
FROM z.reading
WHERE
    id IN (
        SELECT written.id FROM z.reading AS written
        WHERE written.change_no > $since
    )
UNION
SELECT indicator_id
FROM z.comparison
WHERE id IN (
    SELECT written.id FROM z.comparison AS written
    WHERE written.change_no > $since
);
