-- What refers to what: every reference of every version of every record.
-- Grain: one row per (kind, id, version, field, referred id). A test compares the fields with the models.
-- A nested value that names nothing refers to nothing; `list_distinct` leaves NULL out.
-- What is no JSON refers to nothing here: `verify` finds such rows, and must get as far as that.
CREATE VIEW memory.v.reference AS
SELECT
    'source' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.source
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'plan' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.plan
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'plan_version' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.plan_version
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'plan_version' AS kind,
    id,
    version,
    'plan_id' AS field,
    'plan' AS referred_kind,
    plan_id AS referred_id
FROM z.plan_version
WHERE plan_id IS NOT NULL
UNION ALL
SELECT
    'vision' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.vision
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'principle' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.principle
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'perspective' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.perspective
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'field_of_action' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.field_of_action
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'goal' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.goal
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'goal' AS kind,
    id,
    version,
    'parent_ids' AS field,
    'goal' AS referred_kind,
    unnest(from_json(if(json_valid(parent_ids), parent_ids, NULL), '["VARCHAR"]')) AS referred_id
FROM z.goal
UNION ALL
SELECT
    'goal' AS kind,
    id,
    version,
    'perspective_id' AS field,
    'perspective' AS referred_kind,
    perspective_id AS referred_id
FROM z.goal
WHERE perspective_id IS NOT NULL
UNION ALL
SELECT
    'goal' AS kind,
    id,
    version,
    'field_id' AS field,
    'field_of_action' AS referred_kind,
    field_id AS referred_id
FROM z.goal
WHERE field_id IS NOT NULL
UNION ALL
SELECT
    'goal' AS kind,
    id,
    version,
    'introduced_in_id' AS field,
    'plan_version' AS referred_kind,
    introduced_in_id AS referred_id
FROM z.goal
WHERE introduced_in_id IS NOT NULL
UNION ALL
SELECT
    'living_lab' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.living_lab
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'living_lab' AS kind,
    id,
    version,
    'goal_ids' AS field,
    'goal' AS referred_kind,
    unnest(from_json(if(json_valid(goal_ids), goal_ids, NULL), '["VARCHAR"]')) AS referred_id
FROM z.living_lab
UNION ALL
SELECT
    'living_lab' AS kind,
    id,
    version,
    'predecessor_id' AS field,
    'living_lab' AS referred_kind,
    predecessor_id AS referred_id
FROM z.living_lab
WHERE predecessor_id IS NOT NULL
UNION ALL
SELECT
    'lab_evaluation' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.lab_evaluation
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'lab_evaluation' AS kind,
    id,
    version,
    'living_lab_ids' AS field,
    'living_lab' AS referred_kind,
    unnest(from_json(if(json_valid(living_lab_ids), living_lab_ids, NULL), '["VARCHAR"]')) AS referred_id
FROM z.lab_evaluation
UNION ALL
SELECT
    'measure' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.measure
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'measure' AS kind,
    id,
    version,
    'goal_ids' AS field,
    'goal' AS referred_kind,
    unnest(from_json(if(json_valid(goal_ids), goal_ids, NULL), '["VARCHAR"]')) AS referred_id
FROM z.measure
UNION ALL
SELECT
    'measure' AS kind,
    id,
    version,
    'living_lab_id' AS field,
    'living_lab' AS referred_kind,
    living_lab_id AS referred_id
FROM z.measure
WHERE living_lab_id IS NOT NULL
UNION ALL
SELECT
    'measure' AS kind,
    id,
    version,
    'depends_on.measure_id' AS field,
    'measure' AS referred_kind,
    unnest(
        list_distinct(json_extract_string(if(json_valid(depends_on), depends_on, NULL), '$[*].measure_id'))
    ) AS referred_id
FROM z.measure
UNION ALL
SELECT
    'indicator' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.indicator
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'indicator' AS kind,
    id,
    version,
    'goal_ids' AS field,
    'goal' AS referred_kind,
    unnest(from_json(if(json_valid(goal_ids), goal_ids, NULL), '["VARCHAR"]')) AS referred_id
FROM z.indicator
UNION ALL
SELECT
    'indicator' AS kind,
    id,
    version,
    'measure_ids' AS field,
    'measure' AS referred_kind,
    unnest(from_json(if(json_valid(measure_ids), measure_ids, NULL), '["VARCHAR"]')) AS referred_id
FROM z.indicator
UNION ALL
SELECT
    'indicator' AS kind,
    id,
    version,
    'living_lab_id' AS field,
    'living_lab' AS referred_kind,
    living_lab_id AS referred_id
FROM z.indicator
WHERE living_lab_id IS NOT NULL
UNION ALL
SELECT
    'indicator' AS kind,
    id,
    version,
    'total_id' AS field,
    'indicator' AS referred_kind,
    total_id AS referred_id
FROM z.indicator
WHERE total_id IS NOT NULL
UNION ALL
SELECT
    'target' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.target
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'target' AS kind,
    id,
    version,
    'indicator_id' AS field,
    'indicator' AS referred_kind,
    indicator_id AS referred_id
FROM z.target
WHERE indicator_id IS NOT NULL
UNION ALL
SELECT
    'reading' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.reading
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'reading' AS kind,
    id,
    version,
    'indicator_id' AS field,
    'indicator' AS referred_kind,
    indicator_id AS referred_id
FROM z.reading
WHERE indicator_id IS NOT NULL
UNION ALL
SELECT
    'comparison' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.comparison
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'comparison' AS kind,
    id,
    version,
    'indicator_id' AS field,
    'indicator' AS referred_kind,
    indicator_id AS referred_id
FROM z.comparison
WHERE indicator_id IS NOT NULL
UNION ALL
SELECT
    'organisation' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.organisation
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'organisation_rating' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.organisation_rating
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'organisation_rating' AS kind,
    id,
    version,
    'organisation_id' AS field,
    'organisation' AS referred_kind,
    organisation_id AS referred_id
FROM z.organisation_rating
WHERE organisation_id IS NOT NULL
UNION ALL
SELECT
    'change_activity' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.change_activity
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'finding' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.finding
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'finding' AS kind,
    id,
    version,
    'goal_ids' AS field,
    'goal' AS referred_kind,
    unnest(from_json(if(json_valid(goal_ids), goal_ids, NULL), '["VARCHAR"]')) AS referred_id
FROM z.finding
UNION ALL
SELECT
    'finding' AS kind,
    id,
    version,
    'measure_ids' AS field,
    'measure' AS referred_kind,
    unnest(from_json(if(json_valid(measure_ids), measure_ids, NULL), '["VARCHAR"]')) AS referred_id
FROM z.finding
UNION ALL
SELECT
    'event' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.event
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'event' AS kind,
    id,
    version,
    'living_lab_id' AS field,
    'living_lab' AS referred_kind,
    living_lab_id AS referred_id
FROM z.event
WHERE living_lab_id IS NOT NULL
UNION ALL
SELECT
    'tool_area' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.tool_area
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'tool' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.tool
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'tool' AS kind,
    id,
    version,
    'area_id' AS field,
    'tool_area' AS referred_kind,
    area_id AS referred_id
FROM z.tool
WHERE area_id IS NOT NULL
UNION ALL
SELECT
    'remark' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.remark
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'staffing' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.staffing
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'capacity_group' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.capacity_group
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'funding_pot' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.funding_pot
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'scenario' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.scenario
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'scenario' AS kind,
    id,
    version,
    'changes.measure_id' AS field,
    'measure' AS referred_kind,
    unnest(
        list_distinct(json_extract_string(if(json_valid(changes), changes, NULL), '$[*].measure_id'))
    ) AS referred_id
FROM z.scenario
UNION ALL
SELECT
    'scenario' AS kind,
    id,
    version,
    'changes.group_id' AS field,
    'capacity_group' AS referred_kind,
    unnest(
        list_distinct(json_extract_string(if(json_valid(changes), changes, NULL), '$[*].group_id'))
    ) AS referred_id
FROM z.scenario
UNION ALL
SELECT
    'scenario' AS kind,
    id,
    version,
    'changes.into_group_id' AS field,
    'capacity_group' AS referred_kind,
    unnest(
        list_distinct(json_extract_string(if(json_valid(changes), changes, NULL), '$[*].into_group_id'))
    ) AS referred_id
FROM z.scenario
UNION ALL
SELECT
    'scenario' AS kind,
    id,
    version,
    'changes.pot_id' AS field,
    'funding_pot' AS referred_kind,
    unnest(
        list_distinct(json_extract_string(if(json_valid(changes), changes, NULL), '$[*].pot_id'))
    ) AS referred_id
FROM z.scenario
UNION ALL
SELECT
    'resource_demand' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.resource_demand
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'resource_demand' AS kind,
    id,
    version,
    'measure_id' AS field,
    'measure' AS referred_kind,
    measure_id AS referred_id
FROM z.resource_demand
WHERE measure_id IS NOT NULL
UNION ALL
SELECT
    'resource_demand' AS kind,
    id,
    version,
    'group_id' AS field,
    'capacity_group' AS referred_kind,
    group_id AS referred_id
FROM z.resource_demand
WHERE group_id IS NOT NULL
UNION ALL
SELECT
    'money_line' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.money_line
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'money_line' AS kind,
    id,
    version,
    'measure_id' AS field,
    'measure' AS referred_kind,
    measure_id AS referred_id
FROM z.money_line
WHERE measure_id IS NOT NULL
UNION ALL
SELECT
    'money_line' AS kind,
    id,
    version,
    'pot_id' AS field,
    'funding_pot' AS referred_kind,
    pot_id AS referred_id
FROM z.money_line
WHERE pot_id IS NOT NULL
UNION ALL
SELECT
    'criteria_set' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.criteria_set
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'rater_group' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.rater_group
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'priority_round' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.priority_round
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'priority_round' AS kind,
    id,
    version,
    'measure_ids' AS field,
    'measure' AS referred_kind,
    unnest(from_json(if(json_valid(measure_ids), measure_ids, NULL), '["VARCHAR"]')) AS referred_id
FROM z.priority_round
UNION ALL
SELECT
    'priority_round' AS kind,
    id,
    version,
    'removed.measure_id' AS field,
    'measure' AS referred_kind,
    unnest(from_json(if(json_valid(removed), removed, NULL), '[{"measure_id": "VARCHAR"}]')).measure_id AS referred_id
FROM z.priority_round
UNION ALL
SELECT
    'priority_round' AS kind,
    id,
    version,
    'seats.group_id' AS field,
    'rater_group' AS referred_kind,
    unnest(from_json(if(json_valid(seats), seats, NULL), '[{"group_id": "VARCHAR"}]')).group_id AS referred_id
FROM z.priority_round
UNION ALL
SELECT
    'priority_round' AS kind,
    id,
    version,
    'revote_ids' AS field,
    'measure' AS referred_kind,
    unnest(from_json(if(json_valid(revote_ids), revote_ids, NULL), '["VARCHAR"]')) AS referred_id
FROM z.priority_round
UNION ALL
SELECT
    'priority_round' AS kind,
    id,
    version,
    'criteria_set_id' AS field,
    'criteria_set' AS referred_kind,
    criteria_set_id AS referred_id
FROM z.priority_round
WHERE criteria_set_id IS NOT NULL
UNION ALL
SELECT
    'rating' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.rating
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'rating' AS kind,
    id,
    version,
    'round_id' AS field,
    'priority_round' AS referred_kind,
    round_id AS referred_id
FROM z.rating
WHERE round_id IS NOT NULL
UNION ALL
SELECT
    'rating' AS kind,
    id,
    version,
    'measure_id' AS field,
    'measure' AS referred_kind,
    measure_id AS referred_id
FROM z.rating
WHERE measure_id IS NOT NULL
UNION ALL
SELECT
    'priority_decision' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.priority_decision
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'priority_decision' AS kind,
    id,
    version,
    'round_id' AS field,
    'priority_round' AS referred_kind,
    round_id AS referred_id
FROM z.priority_decision
WHERE round_id IS NOT NULL
UNION ALL
SELECT
    'priority_decision' AS kind,
    id,
    version,
    'measures.measure_id' AS field,
    'measure' AS referred_kind,
    unnest(from_json(if(json_valid(measures), measures, NULL), '[{"measure_id": "VARCHAR"}]')).measure_id AS referred_id
FROM z.priority_decision
UNION ALL
SELECT
    'status_note' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.status_note
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'status_note' AS kind,
    id,
    version,
    'measure_id' AS field,
    'measure' AS referred_kind,
    measure_id AS referred_id
FROM z.status_note
WHERE measure_id IS NOT NULL
UNION ALL
SELECT
    'contribution' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.contribution
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'contribution' AS kind,
    id,
    version,
    'goal_ids' AS field,
    'goal' AS referred_kind,
    unnest(from_json(if(json_valid(goal_ids), goal_ids, NULL), '["VARCHAR"]')) AS referred_id
FROM z.contribution
UNION ALL
SELECT
    'contribution' AS kind,
    id,
    version,
    'measure_ids' AS field,
    'measure' AS referred_kind,
    unnest(from_json(if(json_valid(measure_ids), measure_ids, NULL), '["VARCHAR"]')) AS referred_id
FROM z.contribution
UNION ALL
SELECT
    'meeting' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.meeting
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'period_lock' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.period_lock
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'period_lock' AS kind,
    id,
    version,
    'gaps.indicator_id' AS field,
    'indicator' AS referred_kind,
    unnest(from_json(if(json_valid(gaps), gaps, NULL), '[{"indicator_id": "VARCHAR"}]')).indicator_id AS referred_id
FROM z.period_lock
UNION ALL
SELECT
    'sitting' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.sitting
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'sitting' AS kind,
    id,
    version,
    'decisions.indicator_id' AS field,
    'indicator' AS referred_kind,
    unnest(
        list_distinct(json_extract_string(if(json_valid(decisions), decisions, NULL), '$[*].indicator_id'))
    ) AS referred_id
FROM z.sitting
UNION ALL
SELECT
    'sitting' AS kind,
    id,
    version,
    'goal_texts.goal_id' AS field,
    'goal' AS referred_kind,
    unnest(from_json(if(json_valid(goal_texts), goal_texts, NULL), '[{"goal_id": "VARCHAR"}]')).goal_id AS referred_id
FROM z.sitting
UNION ALL
SELECT
    'follow_up' AS kind,
    id,
    version,
    'source_id' AS field,
    'source' AS referred_kind,
    source_id AS referred_id
FROM z.follow_up
WHERE source_id IS NOT NULL
UNION ALL
SELECT
    'follow_up' AS kind,
    id,
    version,
    'sitting_id' AS field,
    'sitting' AS referred_kind,
    sitting_id AS referred_id
FROM z.follow_up
WHERE sitting_id IS NOT NULL
UNION ALL
SELECT
    'follow_up' AS kind,
    id,
    version,
    'goal_ids' AS field,
    'goal' AS referred_kind,
    unnest(from_json(if(json_valid(goal_ids), goal_ids, NULL), '["VARCHAR"]')) AS referred_id
FROM z.follow_up
UNION ALL
SELECT
    'follow_up' AS kind,
    id,
    version,
    'measure_ids' AS field,
    'measure' AS referred_kind,
    unnest(from_json(if(json_valid(measure_ids), measure_ids, NULL), '["VARCHAR"]')) AS referred_id
FROM z.follow_up
UNION ALL
SELECT
    'follow_up' AS kind,
    id,
    version,
    'target_id' AS field,
    'target' AS referred_kind,
    target_id AS referred_id
FROM z.follow_up
WHERE target_id IS NOT NULL;
