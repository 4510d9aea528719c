-- Which values wait for their release?
-- Grain: one row per reading whose newest version is not released and not withdrawn, with who wrote that version (the
-- ledger's name), when (UTC) and why, and the same of whoever entered what stands in it; the longest waiting first.
-- Parameters: indicator_id (NULL for all).
WITH unreleased AS (
    SELECT DISTINCT id
    FROM z.reading
    WHERE state <> 'released'
),

newest AS (
    SELECT reading.*
    FROM z.reading AS reading
    INNER JOIN unreleased ON reading.id = unreleased.id
    QUALIFY row_number() OVER (PARTITION BY reading.id ORDER BY reading.version DESC) = 1
),

waiting AS (
    SELECT *
    FROM newest
    WHERE NOT withdrawn AND state <> 'released' AND ($indicator_id IS NULL OR indicator_id = $indicator_id)
),

entered AS (
    SELECT
        draft.id,
        max(draft.change_no) AS change_no
    FROM z.reading AS draft
    INNER JOIN waiting ON draft.id = waiting.id
    WHERE draft.state = 'draft' AND NOT draft.withdrawn
    GROUP BY draft.id
)

SELECT
    waiting.*,
    step.recorded_by,
    step.recorded_at,
    step.reason,
    author.recorded_by AS entered_by,
    author.recorded_at AS entered_at,
    author.reason AS entered_because
FROM waiting
INNER JOIN z.change AS step ON waiting.change_no = step.change_no
LEFT JOIN entered ON waiting.id = entered.id
INNER JOIN z.change AS author ON author.change_no = coalesce(entered.change_no, waiting.change_no)
ORDER BY author.change_no, waiting.id;
