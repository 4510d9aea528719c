-- Note that a mail's text goes to the server now; until its outcome is noted it is unknown.
-- Parameters: id, at (UTC), most (hand-overs whose outcome may stay unknown).
UPDATE z.mail
SET state = 'handing_over', unknown = unknown + 1, settled_at = $at
WHERE id = $id AND state IN ('waiting', 'handing_over') AND unknown < $most
RETURNING id;
