-- Delete the runs whose day has come.
-- Parameters: today.
DELETE FROM z.reminder_run
WHERE delete_on <= $today;
