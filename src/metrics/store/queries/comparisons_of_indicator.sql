-- Which values of other territories does an indicator have?
-- Grain: one row per comparison value in its newest version.
-- Parameters: indicator_id.
SELECT *
FROM z.comparison
WHERE indicator_id = $indicator_id
QUALIFY row_number() OVER (PARTITION BY id ORDER BY version DESC) = 1 AND NOT withdrawn
ORDER BY territory, period_end, published_on NULLS FIRST, vintage NULLS FIRST, change_no;
