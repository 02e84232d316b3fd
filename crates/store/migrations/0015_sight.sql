-- Who exactly asks for help, how much of the goals was reached, and until when each has seen a room.

-- The mentor, mentee or companion who raised it; empty if the program did.
ALTER TABLE flag ADD COLUMN person TEXT NOT NULL DEFAULT '';
UPDATE flag SET person = COALESCE((SELECT CASE WHEN flag.side = 'mentor' THEN pair.mentor ELSE pair.mentee END
    FROM pair WHERE pair.id = flag.pair), '') WHERE side <> '';

-- What had been done before the last act, to go back to: `act|when|again`.
ALTER TABLE flag ADD COLUMN former TEXT NOT NULL DEFAULT '';

-- With an evaluation: how much of what they wanted to reach was reached, one to five; 0 if not told.
ALTER TABLE follow_up ADD COLUMN reached BIGINT NOT NULL DEFAULT 0;

CREATE TABLE sight (
    pair TEXT NOT NULL REFERENCES pair (id),
    -- The mentor, mentee or companion who looked into the room.
    person TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    PRIMARY KEY (pair, person)
);
INSERT INTO sight (pair, person, seen_at)
    SELECT pair.id, CASE WHEN entry.writer = pair.mentor THEN pair.mentee ELSE pair.mentor END, MAX(entry.seen_at)
    FROM entry JOIN pair ON pair.id = entry.pair WHERE entry.seen_at IS NOT NULL GROUP BY 1, 2;
ALTER TABLE entry DROP COLUMN seen_at;
