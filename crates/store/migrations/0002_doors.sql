-- Accounts and what they may, sessions, links that are mailed, mail, jobs, and who read about whom.

ALTER TABLE round ADD COLUMN organisation TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN account TEXT;
CREATE INDEX event_account ON event (account);
CREATE INDEX mentor_organisation ON mentor (organisation);
CREATE INDEX mentee_organisation ON mentee (organisation);
CREATE INDEX mentor_email ON mentor (LOWER(email));
CREATE INDEX mentee_email ON mentee (LOWER(email));

-- Somebody who can sign in: by address, in lower case.
CREATE TABLE account (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL
);

-- A role at an organisation, from when to when.
CREATE TABLE appointment (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    role TEXT NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisation (code),
    given_at TEXT NOT NULL,
    given_by TEXT NOT NULL,
    ended_at TEXT,
    ended_by TEXT
);
CREATE UNIQUE INDEX appointment_held ON appointment (account, role, organisation) WHERE ended_at IS NULL;
CREATE INDEX appointment_organisation ON appointment (organisation);

-- A browser that is signed in. The cookie itself is not kept, only its digest.
CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY,
    cookie TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES account (id),
    way TEXT NOT NULL,
    device TEXT NOT NULL,
    began_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    ends_at TEXT NOT NULL
);
CREATE INDEX session_account ON session (account);

-- A link in a mail, by the digest of its secret; or a proof under way, such as a passkey's.
CREATE TABLE link (
    secret TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    email TEXT NOT NULL,
    subject TEXT NOT NULL,
    browser TEXT NOT NULL,
    code TEXT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    made_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    used_at TEXT
);
CREATE INDEX link_ends ON link (ends_at);

CREATE TABLE passkey (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    credential TEXT NOT NULL,
    made_at TEXT NOT NULL,
    used_at TEXT NOT NULL
);
CREATE INDEX passkey_account ON passkey (account);

-- Who somebody is at a provider of identities.
CREATE TABLE identity (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES account (id),
    made_at TEXT NOT NULL,
    PRIMARY KEY (issuer, subject)
);

-- How often something was tried in a stretch of time.
CREATE TABLE attempt (
    what TEXT NOT NULL,
    stretch TEXT NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (what, stretch)
);

CREATE TABLE mail (
    id TEXT NOT NULL PRIMARY KEY,
    event TEXT NOT NULL,
    recipient TEXT NOT NULL,
    template TEXT NOT NULL,
    lane TEXT NOT NULL,
    language TEXT NOT NULL,
    organisation TEXT NOT NULL,
    facts TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    doubts BIGINT NOT NULL DEFAULT 0,
    due_at TEXT NOT NULL,
    lease_until TEXT NOT NULL DEFAULT '',
    ends_at TEXT NOT NULL,
    made_at TEXT NOT NULL,
    sent_at TEXT,
    subject TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL DEFAULT '',
    answer TEXT NOT NULL DEFAULT '',
    UNIQUE (event, recipient, template)
);
CREATE INDEX mail_due ON mail (state, due_at);
CREATE INDEX mail_recipient ON mail (recipient);
CREATE INDEX mail_made ON mail (made_at);

-- Addresses that a server has refused for good.
CREATE TABLE bounce (
    address TEXT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    answer TEXT NOT NULL
);

-- Work to be done at a time, by whichever server comes first.
CREATE TABLE job (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL UNIQUE,
    facts TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    due_at TEXT NOT NULL,
    lease_until TEXT NOT NULL DEFAULT '',
    made_at TEXT NOT NULL,
    ended_at TEXT,
    fault TEXT NOT NULL DEFAULT ''
);
CREATE INDEX job_due ON job (state, due_at);

-- Which member of staff has read about which person, once a day.
CREATE TABLE reading (
    day TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES account (id),
    noun TEXT NOT NULL,
    subject TEXT NOT NULL,
    reader TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (day, account, noun, subject)
);
CREATE INDEX reading_subject ON reading (noun, subject);
