-- Interviews about applications, and the mentors' promises of conduct and confidentiality.

CREATE TABLE interview (
    application TEXT NOT NULL PRIMARY KEY REFERENCES application (id),
    day TEXT NOT NULL,
    -- What the two have found out together, by question, where it is not what the form says.
    answers TEXT NOT NULL,
    words TEXT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
);

-- Who has promised what, word for word.
CREATE TABLE pledge (
    mentor TEXT NOT NULL REFERENCES mentor (id),
    agreement TEXT NOT NULL REFERENCES agreement (digest),
    at TEXT NOT NULL,
    PRIMARY KEY (mentor, at)
);
