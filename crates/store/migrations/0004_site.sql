-- What the owner says on the public pages, and stories of pairs.

CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
);

CREATE TABLE story (
    id TEXT NOT NULL PRIMARY KEY,
    language TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    video TEXT NOT NULL,
    shown BIGINT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
);

-- Who has been erased, by digest: a copy put back later must forget them as well.
CREATE TABLE erasure (
    person TEXT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL
);
