-- Monthly readings for every indicator of the plan, made by arithmetic alone, so that every run makes the same ones.
-- Parameters: per_indicator (how many months each indicator gets), change_no (the change that writes them).
INSERT INTO reading BY NAME
SELECT
    'R-' || indicator.id || '-' || month.no AS id,
    1 AS version,
    $change_no AS change_no,
    false AS withdrawn,
    NULL AS source_id,
    'own' AS evidence,
    NULL AS note,
    indicator.id AS indicator_id,
    (DATE '2026-10-01' - to_months(month.no::INTEGER))::DATE AS period_start,
    last_day(DATE '2026-10-01' - to_months(month.no::INTEGER)) AS period_end,
    'month' AS period_kind,
    round(50 + (hash(indicator.id) % 40) - month.no * 0.05 + (hash(indicator.id || month.no) % 100) / 50, 2) AS value,
    'exact' AS qualifier,
    NULL AS vintage,
    NULL::DATE AS published_on,
    false AS provisional,
    NULL AS derivation,
    NULL AS document,
    month.no = 30 AND hash(indicator.id) % 20 = 0 AS break_before
FROM indicator
CROSS JOIN range($per_indicator) AS month (no)
ORDER BY indicator.id, month.no DESC;
