-- Remember a run of the reminders: those of one day are one row, what it wrote and sent is added up.
-- Parameters: day, ran_at (UTC), asked (whether it was asked who is to be reminded), written, sent, failed, delete_on.
INSERT INTO z.reminder_run (day, ran_at, asked, written, sent, failed, delete_on)
VALUES ($day, $ran_at, $asked, $written, $sent, $failed, $delete_on)
ON CONFLICT (day) DO UPDATE
    SET
        ran_at = excluded.ran_at,
        asked = asked OR excluded.asked,
        written = written + excluded.written,
        sent = sent + excluded.sent,
        failed = excluded.failed;
