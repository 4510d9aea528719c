-- When was each goal, measure, indicator and living lab last moved, by itself or by what tells of it?
-- Grain: one row per goal, measure, indicator and living lab that was ever written.
-- A reading or target moves its indicator, a status note its measure; an indicator moves the measures, labs and goals
-- that it measures, a measure its goals and lab. Links are those of the newest versions; taking back is a movement too.
WITH written AS (
    SELECT
        kind,
        id,
        max(version) AS version,
        max(change_no) AS change_no
    FROM memory.v.ledger_entry
    WHERE kind IN ('goal', 'measure', 'indicator', 'living_lab', 'reading', 'target', 'status_note')
    GROUP BY kind, id
),

link AS (
    SELECT DISTINCT
        reference.kind,
        reference.id,
        reference.referred_kind,
        reference.referred_id
    FROM memory.v.reference AS reference
    INNER JOIN written
        ON
            reference.kind = written.kind
            AND reference.id = written.id
            AND reference.version = written.version
    WHERE
        reference.kind IN ('reading', 'target', 'status_note', 'indicator', 'measure')
        AND reference.referred_kind IN ('goal', 'measure', 'indicator', 'living_lab')
        AND reference.kind <> reference.referred_kind
),

told AS (
    SELECT
        kind,
        id,
        change_no
    FROM written
    UNION ALL
    SELECT
        link.referred_kind AS kind,
        link.referred_id AS id,
        written.change_no
    FROM link
    INNER JOIN written ON link.kind = written.kind AND link.id = written.id
    WHERE link.kind IN ('reading', 'target', 'status_note')
),

with_values AS (
    SELECT
        kind,
        id,
        max(change_no) AS change_no
    FROM told
    GROUP BY kind, id
),

measured AS (
    SELECT
        kind,
        id,
        change_no
    FROM with_values
    UNION ALL
    SELECT
        link.referred_kind AS kind,
        link.referred_id AS id,
        with_values.change_no
    FROM link
    INNER JOIN with_values ON link.kind = with_values.kind AND link.id = with_values.id
    WHERE link.kind = 'indicator'
),

with_indicators AS (
    SELECT
        kind,
        id,
        max(change_no) AS change_no
    FROM measured
    GROUP BY kind, id
),

pursued AS (
    SELECT
        kind,
        id,
        change_no
    FROM with_indicators
    UNION ALL
    SELECT
        link.referred_kind AS kind,
        link.referred_id AS id,
        with_indicators.change_no
    FROM link
    INNER JOIN with_indicators ON link.kind = with_indicators.kind AND link.id = with_indicators.id
    WHERE link.kind = 'measure'
)

SELECT
    pursued.kind,
    pursued.id,
    max(change.recorded_at) AS moved_at
FROM pursued
INNER JOIN z.change AS change ON pursued.change_no = change.change_no
WHERE pursued.kind IN ('goal', 'measure', 'indicator', 'living_lab')
GROUP BY pursued.kind, pursued.id
ORDER BY pursued.kind, pursued.id;
