-- What the public must not see: confidential indicators and measures, and what gives single firms or persons away.
-- The default is text: FALSE is worked out row by row, and the engine then refuses NOT NULL in the same transaction.

ALTER TABLE indicator ADD COLUMN total_id VARCHAR;
ALTER TABLE indicator ADD COLUMN counts_units BOOLEAN DEFAULT 'false';
ALTER TABLE indicator ALTER COLUMN counts_units SET NOT NULL;
ALTER TABLE indicator ADD COLUMN confidential BOOLEAN DEFAULT 'false';
ALTER TABLE indicator ALTER COLUMN confidential SET NOT NULL;
ALTER TABLE measure ADD COLUMN confidential BOOLEAN DEFAULT 'false';
ALTER TABLE measure ALTER COLUMN confidential SET NOT NULL;
ALTER TABLE reading ADD COLUMN largest_share DOUBLE;
