-- Erase the ended sign-ins that would have ended by themselves by now.
-- Parameters: today.
DELETE FROM z.ended_sign_in
WHERE delete_on <= $today;
