-- Which values of other territories does an indicator have?
-- Grain: one row per comparison value in its newest version.
-- Parameters: indicator_id.
WITH newest AS (
    SELECT *
    FROM z.comparison
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY version DESC) = 1
)

SELECT *
FROM newest
WHERE indicator_id = $indicator_id AND NOT withdrawn
ORDER BY territory, period_end, published_on NULLS FIRST, vintage NULLS FIRST, change_no;
