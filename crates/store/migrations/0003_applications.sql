-- Interest forms, from the first answer to the decision.

CREATE TABLE application (
    id TEXT NOT NULL PRIMARY KEY,
    part TEXT NOT NULL,
    state TEXT NOT NULL,
    -- What is looked for; the same as in the answers, empty until answered.
    email TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    number TEXT NOT NULL DEFAULT '',
    programme TEXT NOT NULL DEFAULT '',
    municipality TEXT NOT NULL DEFAULT '',
    -- Where it has gone; empty until it is sent.
    organisation TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL,
    answers TEXT NOT NULL,
    made_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    sent_at TEXT,
    decided_at TEXT,
    decided_by TEXT,
    reason TEXT NOT NULL DEFAULT '',
    -- The mentor or mentee that came of it.
    person TEXT
);
CREATE INDEX application_organisation ON application (organisation, state, sent_at);
CREATE INDEX application_email ON application (email);
CREATE INDEX application_number ON application (number);
CREATE INDEX application_changed ON application (state, changed_at);

-- The organisation number, to find who applies twice.
ALTER TABLE mentee ADD COLUMN number TEXT NOT NULL DEFAULT '';
CREATE INDEX mentee_number ON mentee (number);
