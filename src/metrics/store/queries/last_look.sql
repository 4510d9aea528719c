-- Up to which change had a person seen the plan before a moment?
-- Grain: one row; 0 if they had never looked.
-- Parameters: person, before (UTC).
SELECT coalesce(max(change_no), 0) AS change_no
FROM z.look
WHERE person = $person AND looked_at < $before;
