-- Which mails are neither sent nor given up?
-- Grain: one row per mail, in the order in which they were written.
SELECT mail.*
FROM z.mail AS mail
WHERE mail.state IN ('waiting', 'handing_over')
ORDER BY mail.written_at, mail.id;
