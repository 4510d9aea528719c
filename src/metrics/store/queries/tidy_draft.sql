-- Erase what was typed and not stored, once its day has come.
-- Parameters: today.
DELETE FROM z.draft
WHERE delete_on <= $today;
