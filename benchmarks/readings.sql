-- Monthly readings for every indicator of the plan, made by arithmetic alone, so that every run makes the same ones.
-- One indicator in twenty has a break in its series; of one in ten the last month is there in an older edition as well,
-- in place of the oldest month.
-- Parameters: per_indicator (how many readings each indicator gets), change_no (the change that writes them).
WITH numbered AS (
    SELECT
        indicator.id AS indicator_id,
        reading.no,
        hash(indicator.id) AS chance,
        hash(indicator.id || reading.no) AS noise,
        reading.no > 0 AND reading.no = $per_indicator - 1 AND hash(indicator.id) % 10 = 3 AS is_older_edition
    FROM indicator
    CROSS JOIN range($per_indicator) AS reading (no)
),

placed AS (
    SELECT
        *,
        if(is_older_edition, 0, no)::INTEGER AS months_ago
    FROM numbered
)

INSERT INTO reading BY NAME
SELECT
    'R-' || indicator_id || '-' || no AS id,
    1 AS version,
    $change_no AS change_no,
    FALSE AS withdrawn,
    NULL AS source_id,
    'own' AS evidence,
    NULL AS note,
    indicator_id,
    (DATE '2026-10-01' - to_months(months_ago))::DATE AS period_start,
    last_day(DATE '2026-10-01' - to_months(months_ago)) AS period_end,
    'month' AS period_kind,
    round(50 + chance % 40 - no * 0.05 + noise % 100 / 50, 2) AS value,
    'exact' AS qualifier,
    if(is_older_edition, 'vorab', 'endgültig') AS vintage,
    if(is_older_edition, DATE '2026-11-02', DATE '2026-11-16') AS published_on,
    is_older_edition AS provisional,
    NULL AS derivation,
    NULL AS document,
    chance % 20 = 0 AND no = chance // 20 % 40 AS break_before
FROM placed
ORDER BY indicator_id ASC, no DESC;
