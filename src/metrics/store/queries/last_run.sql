-- When did the reminders run last, and what came of it?
-- Grain: one row, or none.
-- Parameters: day (the last one to look at).
SELECT
    run.day,
    run.ran_at,
    run.written,
    run.sent,
    run.failed
FROM z.reminder_run AS run
WHERE run.day <= $day
ORDER BY run.day DESC
LIMIT 1;
