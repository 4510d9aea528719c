-- Was this sign-in ended before its time?
-- Grain: one row, or none.
-- Parameters: fingerprint.
SELECT entry.ended_at
FROM z.ended_sign_in AS entry
WHERE entry.fingerprint = $fingerprint;
