-- Which references lead nowhere?
-- Grain: one row per reference to a record that never existed.
SELECT DISTINCT
    reference.kind,
    reference.id,
    reference.referred_kind,
    reference.referred_id
FROM memory.v.reference AS reference
ANTI JOIN memory.v.ledger_entry AS known
    ON reference.referred_kind = known.kind AND reference.referred_id = known.id
ORDER BY reference.kind, reference.id;
