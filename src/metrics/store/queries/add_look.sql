-- Remember up to which change a person has seen the plan.
-- Parameters: person, change_no, looked_at (UTC).
INSERT INTO z.look (person, change_no, looked_at)
VALUES ($person, $change_no, $looked_at)
ON CONFLICT DO NOTHING;
