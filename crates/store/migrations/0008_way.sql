-- A pair from the proposal to its end, and phases: every state of a thing is an interval with a cause.

DROP INDEX pair_open;
DROP INDEX pair_mentor;
DROP INDEX pair_started;
ALTER TABLE pair RENAME TO pair_before;
CREATE TABLE pair (
    id TEXT NOT NULL PRIMARY KEY,
    programme TEXT NOT NULL REFERENCES programme (code),
    mentee TEXT NOT NULL REFERENCES mentee (id),
    mentor TEXT NOT NULL REFERENCES mentor (id),
    round TEXT REFERENCES round (id),
    points BIGINT,
    state TEXT NOT NULL,
    -- The day of the proposal.
    made TEXT NOT NULL,
    -- The last day to answer, and whether a reminder has gone out.
    due TEXT,
    reminded BIGINT NOT NULL DEFAULT 0,
    -- When both had said yes, and when each accepted the agreement.
    agreeing_since TEXT,
    mentor_agreed TEXT,
    mentee_agreed TEXT,
    -- First day, last day as planned, last day in fact.
    started TEXT,
    planned TEXT,
    closed TEXT,
    pause_from TEXT,
    pause_until TEXT,
    -- Code of the reason of a no or of an early end, and what was written with it.
    reason TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT '',
    version BIGINT NOT NULL DEFAULT 1
);
INSERT INTO pair (id, programme, mentee, mentor, round, points, state, made, started, planned, closed)
    -- Until now only the erasure of one of the two ended a pair: well before its time, it ended early.
    SELECT id, programme, mentee, mentor, round, points, CASE WHEN closed IS NULL THEN 'active'
    WHEN closed < CAST(CAST(SUBSTR(started, 1, 4) AS BIGINT) + 1 AS TEXT) || SUBSTR(started, 5) THEN 'early'
    ELSE 'completed' END,
    started, started, CAST(CAST(SUBSTR(started, 1, 4) AS BIGINT) + 1 AS TEXT) || '-' || SUBSTR(started, 6, 2) || '-'
    || CASE WHEN SUBSTR(started, 6) = '02-29' THEN '28' ELSE SUBSTR(started, 9) END, closed FROM pair_before;
DROP TABLE pair_before;
-- A mentee has at most one open pair in a programme.
CREATE UNIQUE INDEX pair_open ON pair (mentee, programme) WHERE closed IS NULL;
CREATE INDEX pair_mentor ON pair (mentor);
CREATE INDEX pair_made ON pair (made, id);
CREATE INDEX pair_due ON pair (state, due);

-- From when to when a thing was in a state, and the event that began it; the codes of the reason, if it had one.
CREATE TABLE phase (
    number SERIAL KEY,
    noun TEXT NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT,
    cause TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX phase_open ON phase (noun, subject) WHERE until IS NULL;
CREATE INDEX phase_subject ON phase (noun, subject, number);
INSERT INTO phase (noun, subject, state, since, cause)
    SELECT 'pair', id, state, COALESCE(closed, started) || 'T00:00:00.000000Z', 'before' FROM pair;
INSERT INTO phase (noun, subject, state, since, cause)
    SELECT 'round', id, state, created_at, 'before' FROM round;
INSERT INTO phase (noun, subject, state, since, cause)
    SELECT 'application', id, state, COALESCE(decided_at, sent_at, made_at), 'before' FROM application;

-- Something about a pair that a coordinator is to do something about.
CREATE TABLE flag (
    id TEXT NOT NULL PRIMARY KEY,
    pair TEXT NOT NULL REFERENCES pair (id),
    -- Who raised it; empty for the program itself.
    side TEXT NOT NULL,
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    since TEXT NOT NULL,
    ended_at TEXT,
    ended_by TEXT,
    outcome TEXT NOT NULL DEFAULT ''
);
CREATE INDEX flag_pair ON flag (pair);
CREATE INDEX flag_open ON flag (since) WHERE ended_at IS NULL;

-- Every agreement that somebody has accepted, word for word, and who accepted which.
CREATE TABLE agreement (
    digest TEXT NOT NULL PRIMARY KEY,
    language TEXT NOT NULL,
    body TEXT NOT NULL,
    since TEXT NOT NULL
);
CREATE TABLE acceptance (
    pair TEXT NOT NULL REFERENCES pair (id),
    side TEXT NOT NULL,
    agreement TEXT NOT NULL REFERENCES agreement (digest),
    at TEXT NOT NULL,
    PRIMARY KEY (pair, side)
);
