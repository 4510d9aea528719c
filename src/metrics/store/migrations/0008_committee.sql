-- What goes before a committee and what comes back: sittings with their papers, and what follows from them.
-- A snapshot stands beside the ledger: what a committee was shown, kept as it was, never changed.

CREATE TABLE sitting (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    title VARCHAR NOT NULL,
    committee VARCHAR NOT NULL,
    held_on DATE NOT NULL,
    role VARCHAR NOT NULL,
    paper_kind VARCHAR NOT NULL,
    public BOOLEAN NOT NULL,
    agenda_item VARCHAR,
    paper_number VARCHAR,
    file_reference VARCHAR,
    lead VARCHAR,
    involved VARCHAR NOT NULL,
    consultations VARCHAR NOT NULL,
    decisions VARCHAR NOT NULL,
    summary VARCHAR,
    facts VARCHAR,
    finances VARCHAR,
    climate VARCHAR,
    goal_texts VARCHAR NOT NULL,
    paper_url VARCHAR,
    PRIMARY KEY (id, version)
);

CREATE TABLE follow_up (
    id VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    change_no BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    source_id VARCHAR,
    evidence VARCHAR NOT NULL,
    note VARCHAR,
    title VARCHAR NOT NULL,
    sitting_id VARCHAR NOT NULL,
    follow_up_kind VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    owner VARCHAR,
    due DATE,
    state VARCHAR NOT NULL,
    result VARCHAR,
    done_on DATE,
    goal_ids VARCHAR NOT NULL,
    measure_ids VARCHAR NOT NULL,
    target_id VARCHAR,
    confidential BOOLEAN NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE snapshot (
    id VARCHAR NOT NULL PRIMARY KEY,
    sitting_id VARCHAR NOT NULL,
    sitting_version INTEGER NOT NULL,
    taken_at TIMESTAMP NOT NULL,
    taken_by VARCHAR NOT NULL,
    change_no BIGINT NOT NULL,
    template VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    content VARCHAR NOT NULL
);
