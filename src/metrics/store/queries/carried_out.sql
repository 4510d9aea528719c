-- By which act of writing was a scenario carried out? Its reason begins with the scenario's id.
-- Grain: one row per change, oldest first.
-- Parameters: id.
SELECT
    change_no,
    recorded_at,
    recorded_by,
    action,
    reason
FROM z.change
WHERE action = 'carry_out_scenario' AND starts_with(reason, $id || ' ')
ORDER BY change_no;
