-- Times agreed on, for meetings of a pair and for interviews; and addresses of calendars to subscribe to.

CREATE TABLE booking (
    id TEXT NOT NULL PRIMARY KEY,
    -- 'meeting' of a pair or 'interview' about an application, and which.
    occasion TEXT NOT NULL,
    subject TEXT NOT NULL,
    -- The account of whoever interviews.
    host TEXT REFERENCES account (id),
    state TEXT NOT NULL,
    -- The next moment at which time does something by itself.
    due TEXT,
    -- The booking as the rules see it.
    body TEXT NOT NULL,
    made_at TEXT NOT NULL
);
CREATE INDEX booking_subject ON booking (occasion, subject);
CREATE INDEX booking_host ON booking (host);
CREATE INDEX booking_due ON booking (due) WHERE due IS NOT NULL;

-- One address an account, known by a digest only.
CREATE TABLE feed (
    account TEXT NOT NULL PRIMARY KEY REFERENCES account (id),
    secret TEXT NOT NULL UNIQUE,
    made_at TEXT NOT NULL
);
