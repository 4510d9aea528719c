-- Which current records refer to this one? Of a reading the released version and the one that waits beside it.
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
),

standing AS (
    SELECT
        kind,
        id,
        version
    FROM newest
    WHERE NOT withdrawn
    UNION
    SELECT
        'reading' AS kind,
        id,
        version
    FROM memory.v.current_reading
)

SELECT DISTINCT
    reference.kind,
    reference.id
FROM memory.v.reference AS reference
INNER JOIN standing
    ON
        reference.kind = standing.kind
        AND reference.id = standing.id
        AND reference.version = standing.version
WHERE
    reference.referred_kind = $kind
    AND reference.referred_id = $id
    AND NOT (reference.kind = $kind AND reference.id = $id)
ORDER BY reference.kind, reference.id;
