-- Prioritisation in rounds: criteria become a set with anchors, raters rate on 0-10 in a round, and a decision ends it.
-- Criteria of before become one set; ratings of before a closed round, a seat for each group, 1-5 read as 0-10.

CREATE TABLE criteria_set (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    weighting VARCHAR NOT NULL,
    criteria VARCHAR NOT NULL,
    comparisons VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE priority_round (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    weighting VARCHAR NOT NULL,
    criteria VARCHAR NOT NULL,
    comparisons VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    purpose VARCHAR,
    state VARCHAR NOT NULL,
    deadline DATE NOT NULL,
    measure_ids VARCHAR NOT NULL,
    removed VARCHAR NOT NULL,
    seats VARCHAR NOT NULL,
    voice VARCHAR NOT NULL,
    vote INTEGER NOT NULL,
    revote_ids VARCHAR NOT NULL,
    criteria_set_id VARCHAR NOT NULL,
    criteria_set_version INTEGER NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE priority_decision (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    round_id VARCHAR NOT NULL,
    decided_on DATE NOT NULL,
    decided_by VARCHAR NOT NULL,
    capacity_days DOUBLE,
    capacity_count INTEGER,
    method VARCHAR NOT NULL,
    as_of_change INTEGER NOT NULL,
    inputs_sha256 VARCHAR NOT NULL,
    measures VARCHAR NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE group_rating AS SELECT * FROM rating;

DROP TABLE rating;

CREATE TABLE rating (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    round_id VARCHAR NOT NULL,
    measure_id VARCHAR NOT NULL,
    seat INTEGER NOT NULL,
    vote INTEGER NOT NULL,
    scores VARCHAR NOT NULL,
    PRIMARY KEY (id, version)
);

-- The criteria in their newest version. Weights were relative to each other; in a set they are per cent.
CREATE TABLE former_criterion AS
SELECT
    *,
    sum(weight) OVER () AS total
FROM criterion
QUALIFY row_number() OVER (PARTITION BY id ORDER BY version DESC) = 1 AND NOT withdrawn;

INSERT INTO criteria_set BY NAME
SELECT
    'KS-1' AS id,
    1 AS version,
    max(change_no) AS change_no,
    FALSE AS withdrawn,
    NULL AS source_id,
    if(bool_or(evidence = 'illustrative'), 'illustrative', 'own') AS evidence,
    NULL AS note,
    if(max(total) > 0, 'entered', 'equal') AS weighting,
    to_json(list({
        'code': id,
        'title': title,
        'question': left(replace(question, chr(10), ' '), 500),
        'direction': direction,
        'counts': TRUE,
        'points': if(total > 0, 100 * weight / total, NULL),
        'axis': axis
    } ORDER BY id))::VARCHAR AS criteria,
    '[]' AS comparisons,
    'Kriterien' AS title
FROM former_criterion
HAVING count(*) > 0;

-- A seat for each group that has rated, and every measure that it has rated.
CREATE TABLE group_seat AS
SELECT
    rater.group_id,
    row_number() OVER (ORDER BY rater.group_id) AS number
FROM (SELECT DISTINCT group_id FROM group_rating) AS rater;

INSERT INTO priority_round BY NAME
SELECT
    'PR-1' AS id,
    1 AS version,
    greatest(max(rated.change_no), any_value(chosen.change_no)) AS change_no,
    FALSE AS withdrawn,
    NULL AS source_id,
    if(
        bool_and(rated.evidence = 'illustrative') OR any_value(chosen.evidence) = 'illustrative', 'illustrative', 'own'
    ) AS evidence,
    NULL AS note,
    any_value(chosen.weighting) AS weighting,
    any_value(chosen.criteria) AS criteria,
    '[]' AS comparisons,
    'Bewertungen vor der ersten Runde' AS title,
    NULL AS purpose,
    'closed' AS state,
    (SELECT max(change.recorded_at)::DATE FROM change) AS deadline,
    to_json(list(DISTINCT rated.measure_id ORDER BY rated.measure_id))::VARCHAR AS measure_ids,
    '[]' AS removed,
    (
        SELECT
            to_json(list({
                'number': seat.number,
                'group_id': seat.group_id
            } ORDER BY seat.number))::VARCHAR
        FROM group_seat AS seat
    ) AS seats,
    'group' AS voice,
    1 AS vote,
    '[]' AS revote_ids,
    'KS-1' AS criteria_set_id,
    1 AS criteria_set_version
FROM group_rating AS rated
CROSS JOIN criteria_set AS chosen
HAVING count(*) > 0;

CREATE TABLE group_score AS
SELECT
    id,
    version,
    unnest(from_json(scores, '[{"criterion_id": "VARCHAR", "score": "DOUBLE"}]')) AS given
FROM group_rating;

INSERT INTO rating BY NAME
SELECT
    rated.id,
    rated.version,
    rated.change_no,
    rated.withdrawn,
    rated.source_id,
    rated.evidence,
    rated.note,
    'PR-1' AS round_id,
    rated.measure_id,
    seat.number AS seat,
    1 AS vote,
    coalesce((
        SELECT
            to_json(list({
                'code': score.given.criterion_id,
                'value': (score.given.score - 1) * 2.5
            } ORDER BY score.given.criterion_id))::VARCHAR
        FROM group_score AS score
        INNER JOIN former_criterion AS criterion ON score.given.criterion_id = criterion.id
        WHERE score.id = rated.id AND score.version = rated.version
    ), '[]') AS scores
FROM group_rating AS rated
INNER JOIN group_seat AS seat ON rated.group_id = seat.group_id
WHERE EXISTS (SELECT found.id FROM priority_round AS found);

DROP TABLE group_score;

DROP TABLE group_seat;

DROP TABLE former_criterion;

DROP TABLE group_rating;

DROP TABLE criterion;
