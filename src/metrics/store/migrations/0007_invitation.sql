-- Whom the office has asked by e-mail: personal, erased on `delete_on`. Of a code only the SHA-256 is kept.
CREATE TABLE invitation (
    id VARCHAR NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    purpose VARCHAR NOT NULL,
    delete_on DATE NOT NULL,
    address VARCHAR NOT NULL,
    goal_ids VARCHAR NOT NULL,
    measure_ids VARCHAR NOT NULL,
    round_id VARCHAR,
    seat INTEGER,
    message VARCHAR,
    code_sha256 VARCHAR NOT NULL,
    invited_by VARCHAR NOT NULL,
    invited_at TIMESTAMP NOT NULL,
    expires_on DATE NOT NULL,
    used_on DATE,
    revoked BOOLEAN NOT NULL
);
