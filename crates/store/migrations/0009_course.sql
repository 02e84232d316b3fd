-- Meetings and follow-ups: the statistics of a pair. What was said at a meeting is nowhere here.

CREATE TABLE meeting (
    id TEXT NOT NULL PRIMARY KEY,
    pair TEXT NOT NULL REFERENCES pair (id),
    day TEXT NOT NULL,
    minutes BIGINT NOT NULL,
    form TEXT NOT NULL,
    -- Who entered it; empty for staff.
    side TEXT NOT NULL,
    made_at TEXT NOT NULL,
    UNIQUE (pair, day)
);

CREATE TABLE follow_up (
    pair TEXT NOT NULL REFERENCES pair (id),
    kind TEXT NOT NULL,
    asked TEXT NOT NULL,
    side TEXT NOT NULL,
    answer BIGINT,
    answered TEXT,
    words TEXT NOT NULL DEFAULT '',
    -- Whether it has been looked at whether anybody answered.
    checked BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (pair, kind, asked, side)
);
CREATE INDEX follow_up_unchecked ON follow_up (asked) WHERE checked = 0;
