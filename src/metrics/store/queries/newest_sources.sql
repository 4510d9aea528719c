-- From which source is the newest value of each indicator?
-- Grain: one row per indicator whose newest value names a source; of several vintages of a period the newest counts.
-- Parameters: today.
WITH newest AS (
    SELECT
        indicator_id,
        source_id
    FROM memory.v.current_reading
    WHERE period_end <= $today
    QUALIFY row_number() OVER (
        PARTITION BY indicator_id
        ORDER BY
            period_end DESC,
            period_start DESC,
            published_on DESC NULLS LAST,
            vintage DESC NULLS LAST,
            change_no DESC,
            id DESC
    ) = 1
)

SELECT
    newest.indicator_id,
    newest.source_id
FROM newest
WHERE newest.source_id IS NOT NULL
ORDER BY newest.indicator_id;
