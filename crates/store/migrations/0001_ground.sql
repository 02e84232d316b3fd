-- One text for both databases. dialect.rs puts in the words that differ: BIGINT, STRICT and SERIAL KEY.
-- Days are text YYYY-MM-DD, moments text in UTC with microseconds: both sort as they are.

CREATE TABLE organisation (
    code TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    parent TEXT REFERENCES organisation (code),
    areas TEXT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE programme (
    code TEXT NOT NULL PRIMARY KEY,
    definition TEXT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE mentor (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisation (code),
    county TEXT NOT NULL,
    programmes TEXT NOT NULL,
    capacity BIGINT NOT NULL,
    used BIGINT NOT NULL DEFAULT 0,
    -- What says whether the mentor can be proposed on a day; empty where there is none.
    approved BIGINT NOT NULL,
    agreement_until TEXT NOT NULL,
    pause_from TEXT NOT NULL,
    pause_until TEXT NOT NULL,
    search TEXT NOT NULL,
    sort TEXT NOT NULL,
    profile TEXT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    CONSTRAINT mentor_has_place CHECK (used >= 0 AND used <= capacity)
);
CREATE INDEX mentor_sort ON mentor (sort, id);
CREATE INDEX mentor_county ON mentor (county);

CREATE TABLE mentee (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisation (code),
    county TEXT NOT NULL,
    programme TEXT NOT NULL REFERENCES programme (code),
    state TEXT NOT NULL,
    waiting_since TEXT NOT NULL,
    search TEXT NOT NULL,
    sort TEXT NOT NULL,
    profile TEXT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
);
CREATE INDEX mentee_sort ON mentee (sort, id);
CREATE INDEX mentee_waiting ON mentee (state, waiting_since);

CREATE TABLE round (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    setting TEXT NOT NULL,
    acts TEXT NOT NULL,
    rules_version TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    mentees BIGINT NOT NULL,
    pairs BIGINT NOT NULL,
    total BIGINT NOT NULL,
    proof TEXT NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
);

-- What a round saw: everybody as they were when it was made.
CREATE TABLE round_person (
    round TEXT NOT NULL REFERENCES round (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    person TEXT NOT NULL,
    profile TEXT NOT NULL,
    PRIMARY KEY (round, role, person)
);

CREATE TABLE proposal (
    round TEXT NOT NULL REFERENCES round (id) ON DELETE CASCADE,
    mentee TEXT NOT NULL REFERENCES mentee (id),
    mentor TEXT NOT NULL REFERENCES mentor (id),
    points BIGINT NOT NULL,
    PRIMARY KEY (round, mentee)
);

CREATE TABLE scenario (
    round TEXT NOT NULL REFERENCES round (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    definition TEXT NOT NULL,
    PRIMARY KEY (round, name)
);

CREATE TABLE pair (
    id TEXT NOT NULL PRIMARY KEY,
    programme TEXT NOT NULL REFERENCES programme (code),
    mentee TEXT NOT NULL REFERENCES mentee (id),
    mentor TEXT NOT NULL REFERENCES mentor (id),
    round TEXT REFERENCES round (id),
    points BIGINT,
    started TEXT NOT NULL,
    closed TEXT
);
-- A mentee has at most one open pair in a programme.
CREATE UNIQUE INDEX pair_open ON pair (mentee, programme) WHERE closed IS NULL;
CREATE INDEX pair_mentor ON pair (mentor);
CREATE INDEX pair_started ON pair (started, id);

CREATE TABLE event (
    number SERIAL KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    noun TEXT NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX event_subject ON event (noun, subject);

-- Headings of a file, and what a person said they mean.
CREATE TABLE heading_map (
    headings TEXT NOT NULL PRIMARY KEY,
    meaning TEXT NOT NULL
);
