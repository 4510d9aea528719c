-- The ledger: one table for each kind of record, rows are only ever added.
-- A row is one version of one record; `change_no` leads to who, when and why. Lists and nested values are JSON text.

CREATE TABLE change (
    change_no BIGINT PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    reason VARCHAR
);

-- Up to which change a person (a role or pseudonym) has seen the plan; no part of the ledger.
CREATE TABLE look (
    person VARCHAR NOT NULL,
    change_no BIGINT NOT NULL,
    looked_at TIMESTAMP NOT NULL,
    PRIMARY KEY (person, change_no)
);

CREATE TABLE source (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    title VARCHAR NOT NULL,
    url VARCHAR,
    publisher VARCHAR,
    licence VARCHAR,
    retrieved_on VARCHAR,
    PRIMARY KEY (id, version)
);

CREATE TABLE plan (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    title VARCHAR NOT NULL,
    subtitle VARCHAR,
    character VARCHAR,
    owner VARCHAR,
    territory VARCHAR,
    PRIMARY KEY (id, version)
);

CREATE TABLE plan_version (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    plan_id VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    as_of VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    committee VARCHAR,
    change_reason VARCHAR,
    PRIMARY KEY (id, version)
);

CREATE TABLE vision (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    title VARCHAR NOT NULL,
    text VARCHAR,
    vision_kind VARCHAR NOT NULL,
    adopted_on VARCHAR,
    adopted_by VARCHAR,
    PRIMARY KEY (id, version)
);

CREATE TABLE principle (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    title VARCHAR NOT NULL,
    text VARCHAR,
    PRIMARY KEY (id, version)
);

CREATE TABLE perspective (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    title VARCHAR NOT NULL,
    title_en VARCHAR,
    position INTEGER NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE field_of_action (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    title VARCHAR NOT NULL,
    title_en VARCHAR,
    position INTEGER NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE goal (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    title VARCHAR NOT NULL,
    title_en VARCHAR,
    level VARCHAR NOT NULL,
    parent_ids VARCHAR NOT NULL,
    description VARCHAR,
    perspective_id VARCHAR,
    field_id VARCHAR,
    state VARCHAR NOT NULL,
    state_reason VARCHAR,
    owner VARCHAR,
    deputy VARCHAR,
    target_year INTEGER,
    target_shape VARCHAR,
    target_value DOUBLE,
    target_unit VARCHAR,
    benchmark VARCHAR,
    weight DOUBLE NOT NULL,
    stars INTEGER,
    origin VARCHAR,
    guiding_principle VARCHAR,
    introduced_in_id VARCHAR,
    position INTEGER NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE living_lab (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    title VARCHAR NOT NULL,
    title_en VARCHAR,
    project_phase INTEGER,
    goal_ids VARCHAR NOT NULL,
    phase VARCHAR NOT NULL,
    result VARCHAR,
    decided_on VARCHAR,
    starts VARCHAR,
    ends VARCHAR,
    owner VARCHAR,
    deputy VARCHAR,
    predecessor_id VARCHAR,
    background VARCHAR,
    question VARCHAR,
    hypothesis VARCHAR,
    focus VARCHAR,
    sub_goals VARCHAR NOT NULL,
    success_criteria VARCHAR NOT NULL,
    partners VARCHAR NOT NULL,
    parts VARCHAR NOT NULL,
    lessons VARCHAR NOT NULL,
    outlook VARCHAR,
    PRIMARY KEY (id, version)
);

CREATE TABLE lab_evaluation (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    living_lab_ids VARCHAR NOT NULL,
    form VARCHAR NOT NULL,
    held_on VARCHAR,
    result VARCHAR,
    recommendation VARCHAR,
    PRIMARY KEY (id, version)
);

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
    PRIMARY KEY (id, version)
);

CREATE TABLE indicator (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    title VARCHAR NOT NULL,
    title_en VARCHAR,
    unit VARCHAR NOT NULL,
    direction VARCHAR NOT NULL,
    territory VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,
    rhythm VARCHAR NOT NULL,
    publication_lag INTEGER NOT NULL,
    definition VARCHAR,
    procedure VARCHAR,
    data_holder VARCHAR,
    facet VARCHAR,
    goal_ids VARCHAR NOT NULL,
    measure_ids VARCHAR NOT NULL,
    living_lab_id VARCHAR,
    owner VARCHAR,
    deputy VARCHAR,
    state VARCHAR NOT NULL,
    decimals INTEGER NOT NULL,
    natural_minimum DOUBLE,
    natural_maximum DOUBLE,
    judge_across_breaks BOOLEAN NOT NULL,
    weight DOUBLE NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE target (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    indicator_id VARCHAR NOT NULL,
    demand VARCHAR NOT NULL,
    valid_from VARCHAR,
    valid_until VARCHAR,
    decided_by VARCHAR,
    PRIMARY KEY (id, version)
);

CREATE TABLE reading (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    indicator_id VARCHAR NOT NULL,
    period_start DATE NOT NULL,
    period_end DATE NOT NULL,
    period_kind VARCHAR NOT NULL,
    value DOUBLE NOT NULL,
    qualifier VARCHAR NOT NULL,
    vintage VARCHAR,
    published_on DATE,
    provisional BOOLEAN NOT NULL,
    derivation VARCHAR,
    document VARCHAR,
    break_before BOOLEAN NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE comparison (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    indicator_id VARCHAR NOT NULL,
    period_start DATE NOT NULL,
    period_end DATE NOT NULL,
    period_kind VARCHAR NOT NULL,
    value DOUBLE NOT NULL,
    qualifier VARCHAR NOT NULL,
    vintage VARCHAR,
    published_on DATE,
    provisional BOOLEAN NOT NULL,
    derivation VARCHAR,
    document VARCHAR,
    territory VARCHAR NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE organisation (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    title VARCHAR NOT NULL,
    sector VARCHAR NOT NULL,
    role VARCHAR,
    PRIMARY KEY (id, version)
);

CREATE TABLE organisation_rating (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    organisation_id VARCHAR NOT NULL,
    influence INTEGER NOT NULL,
    interest INTEGER NOT NULL,
    stance VARCHAR,
    PRIMARY KEY (id, version)
);

CREATE TABLE change_activity (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    aims VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    form VARCHAR NOT NULL,
    conduct VARCHAR,
    results VARCHAR NOT NULL,
    confidential BOOLEAN NOT NULL,
    state VARCHAR NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE finding (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    text VARCHAR NOT NULL,
    finding_kind VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    goal_ids VARCHAR NOT NULL,
    measure_ids VARCHAR NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE event (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    title VARCHAR NOT NULL,
    event_kind VARCHAR NOT NULL,
    happened_on VARCHAR NOT NULL,
    living_lab_id VARCHAR,
    PRIMARY KEY (id, version)
);

CREATE TABLE tool_area (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    title VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE tool (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    title VARCHAR NOT NULL,
    area_id VARCHAR NOT NULL,
    purpose VARCHAR,
    PRIMARY KEY (id, version)
);

CREATE TABLE scenario (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    description VARCHAR,
    PRIMARY KEY (id, version)
);

CREATE TABLE remark (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    topic VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    text VARCHAR,
    values VARCHAR NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE staffing (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    as_of VARCHAR NOT NULL,
    posts DOUBLE,
    staff INTEGER,
    extra_posts DOUBLE,
    fixed_term VARCHAR,
    purpose VARCHAR,
    PRIMARY KEY (id, version)
);

CREATE TABLE capacity_group (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    title VARCHAR NOT NULL,
    fte DOUBLE NOT NULL,
    days_per_quarter DOUBLE NOT NULL,
    absence_share DOUBLE NOT NULL,
    base_load_share DOUBLE NOT NULL,
    first_quarter VARCHAR,
    last_quarter VARCHAR,
    PRIMARY KEY (id, version)
);

CREATE TABLE resource_demand (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    measure_id VARCHAR NOT NULL,
    quarter VARCHAR NOT NULL,
    group_id VARCHAR NOT NULL,
    person_days DOUBLE NOT NULL,
    budget DOUBLE NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE criterion (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    title VARCHAR NOT NULL,
    weight DOUBLE NOT NULL,
    direction VARCHAR NOT NULL,
    axis VARCHAR,
    question VARCHAR,
    PRIMARY KEY (id, version)
);

CREATE TABLE rater_group (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    title VARCHAR NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE rating (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    measure_id VARCHAR NOT NULL,
    group_id VARCHAR NOT NULL,
    scores VARCHAR NOT NULL,
    PRIMARY KEY (id, version)
);
