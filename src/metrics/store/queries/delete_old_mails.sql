-- Delete the mails whose day has come.
-- Parameters: today.
DELETE FROM z.mail
WHERE delete_on <= $today
RETURNING id;
