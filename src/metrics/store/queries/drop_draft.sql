-- Forget a draft, unless it was kept anew after this moment.
-- Parameters: account_id, form, saved_at (UTC).
DELETE FROM z.draft
WHERE account_id = $account_id AND form = $form AND saved_at = $saved_at;
