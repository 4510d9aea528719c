-- What is known of one mail?
-- Grain: one row, or none.
-- Parameters: id.
SELECT mail.*
FROM z.mail AS mail
WHERE mail.id = $id;
