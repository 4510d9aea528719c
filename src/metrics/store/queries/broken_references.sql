-- Which references lead nowhere?
-- Grain: one row per reference to a record that never existed, or from a current record to one that was withdrawn.
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
    reference.id,
    reference.referred_kind,
    reference.referred_id
FROM memory.v.reference AS reference
INNER JOIN newest AS referrer
    ON reference.kind = referrer.kind AND reference.id = referrer.id
LEFT JOIN memory.v.current_reading AS released
    ON reference.kind = 'reading' AND reference.id = released.id AND reference.version = released.version
LEFT JOIN newest AS referred
    ON reference.referred_kind = referred.kind AND reference.referred_id = referred.id
WHERE
    referred.id IS NULL
    OR (
        referred.withdrawn
        AND NOT referrer.withdrawn
        AND (reference.version = referrer.version OR released.version IS NOT NULL)
    )
ORDER BY reference.kind, reference.id, reference.referred_kind, reference.referred_id;
