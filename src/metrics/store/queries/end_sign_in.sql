-- Remember that a sign-in was ended before its time.
-- Parameters: fingerprint, ended_at (UTC), delete_on.
INSERT INTO z.ended_sign_in (fingerprint, ended_at, delete_on)
VALUES ($fingerprint, $ended_at, $delete_on)
ON CONFLICT DO NOTHING;
