-- Which current records refer to this one?
-- Grain: one row per referring record.
-- Parameters: kind, id.
WITH newest AS (
    SELECT
        kind,
        id,
        max(version) AS version,
        arg_max(withdrawn, version) AS withdrawn
    FROM memory.v.ledger_entry
    GROUP BY kind, id
)

SELECT DISTINCT
    reference.kind,
    reference.id
FROM memory.v.reference AS reference
INNER JOIN newest
    ON
        reference.kind = newest.kind
        AND reference.id = newest.id
        AND reference.version = newest.version
WHERE
    NOT newest.withdrawn
    AND reference.referred_kind = $kind
    AND reference.referred_id = $id
    AND NOT (reference.kind = $kind AND reference.id = $id)
ORDER BY reference.kind, reference.id;
