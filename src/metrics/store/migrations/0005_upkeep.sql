-- The upkeep loop: who releases a value, how often a measure is told of, what is answered, met about and closed.
-- Then what is kept about persons, beside the ledger: it may be overwritten and erased, unlike everything above.

ALTER TABLE indicator ADD COLUMN release_rule VARCHAR DEFAULT 'direct';
ALTER TABLE indicator ALTER COLUMN release_rule SET NOT NULL;
ALTER TABLE reading ADD COLUMN state VARCHAR DEFAULT 'released';
ALTER TABLE reading ALTER COLUMN state SET NOT NULL;
ALTER TABLE measure ADD COLUMN status_rhythm VARCHAR DEFAULT 'quarterly';
ALTER TABLE measure ALTER COLUMN status_rhythm SET NOT NULL;

CREATE TABLE status_note (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    measure_id VARCHAR NOT NULL,
    as_of DATE NOT NULL,
    standing VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    next_step VARCHAR,
    needs VARCHAR,
    PRIMARY KEY (id, version)
);

CREATE TABLE contribution (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    title VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    goal_ids VARCHAR NOT NULL,
    measure_ids VARCHAR NOT NULL,
    received_on DATE NOT NULL,
    answer_due DATE,
    owner VARCHAR,
    deputy VARCHAR,
    state VARCHAR NOT NULL,
    answer VARCHAR,
    answered_on DATE,
    PRIMARY KEY (id, version)
);

CREATE TABLE meeting (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    title VARCHAR NOT NULL,
    meeting_kind VARCHAR NOT NULL,
    held_on DATE NOT NULL,
    begins VARCHAR,
    ends VARCHAR,
    place VARCHAR,
    agenda VARCHAR NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE period_lock (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    title VARCHAR NOT NULL,
    lock_kind VARCHAR NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    state VARCHAR NOT NULL,
    gaps VARCHAR NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE account (
    id VARCHAR NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    purpose VARCHAR NOT NULL,
    delete_on DATE,
    name VARCHAR NOT NULL,
    email VARCHAR,
    subject VARCHAR,
    role VARCHAR,
    claimed_role VARCHAR,
    functions VARCHAR NOT NULL,
    group_ids VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    cadence VARCHAR NOT NULL,
    absent_from DATE,
    absent_until DATE,
    left_on DATE,
    blocked BOOLEAN NOT NULL,
    signed_out_at TIMESTAMP,
    calendar_sha256 VARCHAR
);

CREATE TABLE contact (
    id VARCHAR NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    purpose VARCHAR NOT NULL,
    delete_on DATE NOT NULL,
    organisation_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    position VARCHAR,
    email VARCHAR,
    phone VARCHAR,
    note VARCHAR
);

-- Sign-ins and refused attempts; kept until `delete_on`.
CREATE TABLE audit (
    id VARCHAR NOT NULL PRIMARY KEY,
    noted_at TIMESTAMP NOT NULL,
    account_id VARCHAR,
    event VARCHAR NOT NULL,
    detail VARCHAR,
    delete_on DATE NOT NULL
);

-- Sign-ins that were ended before their time, by a fingerprint; kept until they would have ended by themselves.
CREATE TABLE ended_sign_in (
    fingerprint VARCHAR NOT NULL PRIMARY KEY,
    ended_at TIMESTAMP NOT NULL,
    delete_on DATE NOT NULL
);

-- What somebody has typed and not stored yet, as JSON text by form.
CREATE TABLE draft (
    account_id VARCHAR NOT NULL,
    form VARCHAR NOT NULL,
    content VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    delete_on DATE NOT NULL,
    PRIMARY KEY (account_id, form)
);
