-- From which deviation on the office has to comment in a committee paper.

ALTER TABLE plan ADD COLUMN comment_share DOUBLE;
ALTER TABLE plan ADD COLUMN comment_amount DOUBLE;
