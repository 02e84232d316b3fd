-- A session gets a new cookie when its account gets a role; requests under way may still hold the one before.

ALTER TABLE session ADD COLUMN renew BIGINT NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN cookie_before TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN renewed_at TEXT NOT NULL DEFAULT '';
CREATE INDEX session_before ON session (cookie_before) WHERE cookie_before <> '';
