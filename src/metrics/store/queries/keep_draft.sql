-- Keep what was typed in a form, in place of what was kept of it before.
-- Parameters: account_id, form, content (JSON text), saved_at (UTC), delete_on (date).
INSERT INTO z.draft (account_id, form, content, saved_at, delete_on)
VALUES ($account_id, $form, $content, $saved_at, $delete_on)
ON CONFLICT (account_id, form) DO UPDATE
    SET content = excluded.content, saved_at = excluded.saved_at, delete_on = excluded.delete_on;
