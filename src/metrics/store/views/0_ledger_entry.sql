-- Every version of every record, for the history and for finding out which ids exist.
-- Grain: one row per (kind, id, version). Title: what the kind calls itself by, where it does.
CREATE VIEW memory.v.ledger_entry AS
SELECT
    'source' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.source
UNION ALL
SELECT
    'plan' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.plan
UNION ALL
SELECT
    'plan_version' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.plan_version
UNION ALL
SELECT
    'vision' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.vision
UNION ALL
SELECT
    'principle' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.principle
UNION ALL
SELECT
    'perspective' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.perspective
UNION ALL
SELECT
    'field_of_action' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.field_of_action
UNION ALL
SELECT
    'goal' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.goal
UNION ALL
SELECT
    'living_lab' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.living_lab
UNION ALL
SELECT
    'lab_evaluation' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    form AS title
FROM z.lab_evaluation
UNION ALL
SELECT
    'measure' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.measure
UNION ALL
SELECT
    'indicator' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.indicator
UNION ALL
SELECT
    'target' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    indicator_id AS title
FROM z.target
UNION ALL
SELECT
    'reading' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    indicator_id AS title
FROM z.reading
UNION ALL
SELECT
    'comparison' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    indicator_id AS title
FROM z.comparison
UNION ALL
SELECT
    'organisation' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.organisation
UNION ALL
SELECT
    'organisation_rating' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    id AS title
FROM z.organisation_rating
UNION ALL
SELECT
    'change_activity' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    method AS title
FROM z.change_activity
UNION ALL
SELECT
    'finding' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    text AS title
FROM z.finding
UNION ALL
SELECT
    'event' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.event
UNION ALL
SELECT
    'tool_area' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.tool_area
UNION ALL
SELECT
    'tool' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.tool
UNION ALL
SELECT
    'remark' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.remark
UNION ALL
SELECT
    'staffing' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    id AS title
FROM z.staffing
UNION ALL
SELECT
    'capacity_group' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.capacity_group
UNION ALL
SELECT
    'funding_pot' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.funding_pot
UNION ALL
SELECT
    'scenario' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.scenario
UNION ALL
SELECT
    'resource_demand' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    measure_id AS title
FROM z.resource_demand
UNION ALL
SELECT
    'money_line' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    measure_id AS title
FROM z.money_line
UNION ALL
SELECT
    'criteria_set' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.criteria_set
UNION ALL
SELECT
    'rater_group' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.rater_group
UNION ALL
SELECT
    'priority_round' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.priority_round
UNION ALL
SELECT
    'rating' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    measure_id AS title
FROM z.rating
UNION ALL
SELECT
    'priority_decision' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    round_id AS title
FROM z.priority_decision
UNION ALL
SELECT
    'status_note' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    measure_id AS title
FROM z.status_note
UNION ALL
SELECT
    'contribution' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.contribution
UNION ALL
SELECT
    'meeting' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.meeting
UNION ALL
SELECT
    'period_lock' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.period_lock
UNION ALL
SELECT
    'sitting' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.sitting
UNION ALL
SELECT
    'follow_up' AS kind,
    id,
    version,
    change_no,
    withdrawn,
    title AS title
FROM z.follow_up;
