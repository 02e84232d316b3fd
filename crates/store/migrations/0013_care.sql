-- What has been done about a flag, and when it is looked at again; complaints.

ALTER TABLE flag ADD COLUMN act TEXT NOT NULL DEFAULT '';
ALTER TABLE flag ADD COLUMN acted_at TEXT;
-- The day on which it is asked whether the act has helped; until then it rests.
ALTER TABLE flag ADD COLUMN again TEXT;

-- A complaint goes to whoever answers for the organisation, past the coordinator.
CREATE TABLE complaint (
    id TEXT NOT NULL PRIMARY KEY,
    organisation TEXT NOT NULL REFERENCES organisation (code),
    -- Whoever complains.
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    words TEXT NOT NULL,
    since TEXT NOT NULL,
    ended_at TEXT,
    ended_by TEXT NOT NULL DEFAULT '',
    outcome TEXT NOT NULL DEFAULT ''
);
CREATE INDEX complaint_organisation ON complaint (organisation, since);
