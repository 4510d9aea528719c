-- Of what has whom a mail reminded, on which day?
-- Grain: one row per mail with somebody's own tasks that was sent.
SELECT
    due_day,
    about
FROM z.mail
WHERE kind = 'digest' AND state = 'sent'
ORDER BY due_day, id;
