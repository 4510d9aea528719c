-- How much of a value does its largest contributor stand for, where the office knows it?
-- Grain: one row per indicator and period whose newest vintage says so.
WITH newest AS (
    SELECT
        indicator_id,
        period_start,
        period_end,
        largest_share
    FROM memory.v.current_reading
    QUALIFY row_number() OVER (
        PARTITION BY indicator_id, period_start, period_end
        ORDER BY published_on DESC NULLS LAST, vintage DESC NULLS LAST, change_no DESC, id DESC
    ) = 1
)

SELECT
    newest.indicator_id,
    newest.period_start,
    newest.period_end,
    newest.largest_share
FROM newest
WHERE newest.largest_share IS NOT NULL
ORDER BY ALL;
