-- Which mails were written to somebody?
-- Grain: one row per mail, the oldest first.
-- Parameters: account_id.
SELECT mail.*
FROM z.mail AS mail
WHERE mail.account_id = $account_id
ORDER BY mail.written_at, mail.id;
