-- Which values of other territories may indicators be held against?
-- Grain: one row per indicator, territory and period, oldest first; of several vintages of one period the newest.
-- Parameters: today (periods that end later are left out, and what was published later), only (indicators).
WITH newest AS (
    SELECT *
    FROM z.comparison
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY version DESC) = 1
)

SELECT
    indicator_id,
    territory,
    period_start,
    period_end,
    value,
    FALSE AS break_before,
    evidence = 'illustrative' AS illustrative,
    vintage,
    qualifier,
    provisional
FROM newest
WHERE
    NOT withdrawn
    AND period_end <= $today
    AND (published_on IS NULL OR published_on <= $today)
    AND list_contains($only, indicator_id)
QUALIFY
    row_number() OVER (
        PARTITION BY indicator_id, territory, period_end, period_start
        ORDER BY published_on DESC NULLS LAST, vintage DESC NULLS LAST, change_no DESC, id DESC
    ) = 1
ORDER BY indicator_id, territory, period_end, period_start;
