-- Which readings does an indicator have, every vintage of every period?
-- Grain: one row per reading in its newest version, oldest period first.
-- Parameters: indicator_id.
SELECT *
FROM memory.v.current_reading
WHERE indicator_id = $indicator_id
ORDER BY period_end, period_start, published_on NULLS FIRST, vintage NULLS FIRST, change_no;
