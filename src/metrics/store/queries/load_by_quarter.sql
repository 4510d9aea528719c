-- What do the measures ask of each group in each quarter?
-- Grain: one row per quarter, group and measure.
SELECT
    quarter,
    group_id,
    measure_id,
    sum(person_days) AS person_days,
    sum(budget) AS budget,
    bool_or(evidence = 'illustrative') AS illustrative
FROM (
    SELECT *
    FROM z.resource_demand
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY version DESC) = 1 AND NOT withdrawn
) AS demand
GROUP BY quarter, group_id, measure_id
ORDER BY quarter, group_id, measure_id;
