-- No longer say whose sign-ins and attempts were noted; that something happened stays until its day.
-- Parameters: account_id.
UPDATE z.audit
SET account_id = NULL
WHERE account_id = $account_id;
