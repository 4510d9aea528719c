-- What a sitting decided names the point that it answers, and who stands in for whoever sees to it.

ALTER TABLE follow_up ADD COLUMN point INTEGER;
ALTER TABLE follow_up ADD COLUMN deputy VARCHAR;
