-- The room of a pair: what the two write to each other and agree on, and what each notes for themselves.

CREATE TABLE entry (
    id TEXT NOT NULL PRIMARY KEY,
    pair TEXT NOT NULL REFERENCES pair (id),
    -- The mentor, mentee or companion who wrote it.
    writer TEXT NOT NULL,
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    due TEXT,
    done TEXT,
    -- The name of the file that goes with it, and its size in bytes.
    file TEXT NOT NULL DEFAULT '',
    size BIGINT NOT NULL DEFAULT 0,
    made_at TEXT NOT NULL,
    -- When somebody else opened the room after it had been written.
    seen_at TEXT
);
CREATE INDEX entry_pair ON entry (pair, made_at);

-- Files in Base64, apart so that a list need not read them.
CREATE TABLE attachment (
    entry TEXT NOT NULL PRIMARY KEY REFERENCES entry (id),
    content TEXT NOT NULL
);
