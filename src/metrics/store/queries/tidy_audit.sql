-- Erase the noted events whose day has come.
-- Parameters: today.
DELETE FROM z.audit
WHERE delete_on <= $today;
