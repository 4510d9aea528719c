-- Delete what was noted about sign-ins and rights and has been kept long enough.
-- Parameters: today.
DELETE FROM z.audit
WHERE delete_on <= $today;
