-- Remove the drafts that are over.
-- Parameters: today (date).
DELETE FROM z.draft
WHERE delete_on < $today;
