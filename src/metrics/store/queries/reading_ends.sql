-- For which periods does each indicator have a released value?
-- Grain: one row per indicator that has any: the end of its first and of its newest period, and all ends within a span.
-- Parameters: first_day, last_day (the span in which every end is listed).
SELECT
    indicator_id,
    min(period_end) AS first_end,
    max(period_end) AS newest_end,
    list(DISTINCT period_end) FILTER (WHERE period_end BETWEEN $first_day AND $last_day) AS ends
FROM memory.v.current_reading
GROUP BY indicator_id
ORDER BY indicator_id;
