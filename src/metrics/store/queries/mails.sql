-- What does the outbox hold?
-- Grain: one row per mail, the newest first.
-- Parameters: most (rows).
SELECT mail.*
FROM z.mail AS mail
ORDER BY mail.written_at DESC, mail.id ASC
LIMIT $most;
