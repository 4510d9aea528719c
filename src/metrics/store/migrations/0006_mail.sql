-- Outgoing mail, and the runs that wrote it. Beside the ledger: rows are changed and deleted.

CREATE TABLE mail (
    id VARCHAR NOT NULL PRIMARY KEY,
    account_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    due_day DATE NOT NULL,
    message_id VARCHAR NOT NULL,
    subject VARCHAR,
    body VARCHAR,
    about VARCHAR NOT NULL,
    written_at TIMESTAMP NOT NULL,
    next_try_at TIMESTAMP NOT NULL,
    delete_on DATE NOT NULL,
    state VARCHAR NOT NULL,
    tries INTEGER NOT NULL,
    unknown INTEGER NOT NULL CHECK (unknown BETWEEN 0 AND 2),
    trouble VARCHAR,
    detail VARCHAR,
    settled_at TIMESTAMP
);

-- The runs of a day: whether it was asked who is to be reminded, and what came of the last attempt to send.
CREATE TABLE reminder_run (
    day DATE NOT NULL PRIMARY KEY,
    ran_at TIMESTAMP NOT NULL,
    asked BOOLEAN NOT NULL,
    written INTEGER NOT NULL,
    sent INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    delete_on DATE NOT NULL
);
