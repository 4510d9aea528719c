-- Resources: funding pots and money by year; posts with dates and deviations; demands that are spread over periods;
-- windows and dependencies of measures; changes, discussion and decision of a scenario.

CREATE TABLE funding_pot (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    title VARCHAR NOT NULL,
    funder VARCHAR,
    starts VARCHAR,
    ends VARCHAR,
    own_share DOUBLE,
    years VARCHAR NOT NULL,
    conditions VARCHAR NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE money_line (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    measure_id VARCHAR NOT NULL,
    pot_id VARCHAR,
    year INTEGER NOT NULL,
    planned DOUBLE,
    committed DOUBLE,
    spent DOUBLE,
    PRIMARY KEY (id, version)
);

ALTER TABLE capacity_group ADD COLUMN posts VARCHAR DEFAULT '[]';
ALTER TABLE capacity_group ALTER COLUMN posts SET NOT NULL;
ALTER TABLE capacity_group ADD COLUMN weekly_hours DOUBLE DEFAULT 39.0;
ALTER TABLE capacity_group ALTER COLUMN weekly_hours SET NOT NULL;
ALTER TABLE capacity_group ADD COLUMN deviations VARCHAR DEFAULT '[]';
ALTER TABLE capacity_group ALTER COLUMN deviations SET NOT NULL;

ALTER TABLE resource_demand RENAME COLUMN quarter TO period;
ALTER TABLE resource_demand ADD COLUMN until VARCHAR;
ALTER TABLE resource_demand ADD COLUMN profile VARCHAR DEFAULT '[]';
ALTER TABLE resource_demand ALTER COLUMN profile SET NOT NULL;
ALTER TABLE resource_demand ADD COLUMN contributed_by VARCHAR;

-- A new column of truth values cannot be made NOT NULL beside rows that are there already ("outstanding updates"), so
-- the table is made anew.
CREATE TABLE former_measure AS SELECT * FROM measure;

DROP TABLE measure;

CREATE TABLE measure (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    title VARCHAR NOT NULL,
    title_en VARCHAR,
    goal_ids VARCHAR NOT NULL,
    living_lab_id VARCHAR,
    responsibility VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    state_reason VARCHAR,
    owner VARCHAR,
    deputy VARCHAR,
    coordination VARCHAR,
    partners VARCHAR NOT NULL,
    starts VARCHAR,
    ends VARCHAR,
    decision_due VARCHAR,
    funding VARCHAR NOT NULL,
    budget DOUBLE,
    background VARCHAR,
    activities VARCHAR NOT NULL,
    target_groups VARCHAR NOT NULL,
    added_value VARCHAR,
    results VARCHAR NOT NULL,
    outlook VARCHAR,
    milestones VARCHAR NOT NULL,
    earliest_start VARCHAR,
    latest_end VARCHAR,
    mandatory BOOLEAN NOT NULL,
    depends_on VARCHAR NOT NULL,
    PRIMARY KEY (id, version)
);

INSERT INTO measure BY NAME
SELECT
    *,
    NULL AS earliest_start,
    NULL AS latest_end,
    FALSE AS mandatory,
    '[]' AS depends_on
FROM former_measure;

DROP TABLE former_measure;

ALTER TABLE scenario ADD COLUMN changes VARCHAR DEFAULT '[]';
ALTER TABLE scenario ALTER COLUMN changes SET NOT NULL;
ALTER TABLE scenario ADD COLUMN discussion VARCHAR DEFAULT '[]';
ALTER TABLE scenario ALTER COLUMN discussion SET NOT NULL;
ALTER TABLE scenario ADD COLUMN reason VARCHAR;
ALTER TABLE scenario ADD COLUMN decided_by VARCHAR;
ALTER TABLE scenario ADD COLUMN decided_on DATE;
