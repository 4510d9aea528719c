-- The whole state's value for every month of the indicators that are held against it, made by arithmetic alone.
-- Parameters: per_indicator (how many months each indicator gets), change_no (the change that writes them).
INSERT INTO comparison BY NAME
SELECT
    'V-' || indicator.id || '-' || month.no AS id,
    1 AS version,
    $change_no AS change_no,
    FALSE AS withdrawn,
    NULL AS source_id,
    'quoted' AS evidence,
    NULL AS note,
    indicator.id AS indicator_id,
    'Land' AS territory,
    (DATE '2026-10-01' - to_months(month.no::INTEGER))::DATE AS period_start,
    last_day(DATE '2026-10-01' - to_months(month.no::INTEGER)) AS period_end,
    'month' AS period_kind,
    round(50 + (hash(indicator.id) % 40) + (hash('V-' || indicator.id || month.no) % 100) / 50, 2) AS value,
    'exact' AS qualifier,
    NULL AS vintage,
    NULL::DATE AS published_on,
    FALSE AS provisional,
    NULL AS derivation,
    NULL AS document
FROM indicator
INNER JOIN target ON indicator.id = target.indicator_id
CROSS JOIN range($per_indicator) AS month (no)
WHERE target.demand ->> '$.demand' = 'against_benchmark'
ORDER BY indicator.id ASC, month.no DESC;
