-- On which day was it last asked who is to be reminded?
-- Grain: one row; NULL if it never was.
-- Parameters: day (the last one to look at).
SELECT max(day) AS day
FROM z.reminder_run
WHERE asked AND day <= $day;
