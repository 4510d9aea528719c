-- Up to which change has a person seen the plan?
-- Grain: one row; 0 if they never looked.
-- Parameters: person.
SELECT coalesce(max(change_no), 0) AS change_no
FROM z.look
WHERE person = $person;
