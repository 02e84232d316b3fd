-- More people in a pair than two: a second mentor, a colleague of the mentee.

CREATE TABLE companion (
    id TEXT NOT NULL PRIMARY KEY,
    pair TEXT NOT NULL REFERENCES pair (id),
    side TEXT NOT NULL,
    -- The mentor or the mentee.
    person TEXT NOT NULL,
    since TEXT NOT NULL,
    -- The agreement that they have accepted, and when; before that nothing of the pair is shown to them.
    agreement TEXT REFERENCES agreement (digest),
    agreed_at TEXT,
    ended TEXT,
    -- Whether it ended with the pair: whoever took part until then keeps what the two keep.
    until_end BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX companion_open ON companion (pair, person) WHERE ended IS NULL;
CREATE INDEX companion_person ON companion (person);
