-- A picture of a story, and its version, so that no text is overwritten unseen.

ALTER TABLE story ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
-- Digest of the picture; empty for none.
ALTER TABLE story ADD COLUMN picture TEXT NOT NULL DEFAULT '';
-- What it shows, for those who do not see it.
ALTER TABLE story ADD COLUMN picture_text TEXT NOT NULL DEFAULT '';

CREATE TABLE picture (
    story TEXT NOT NULL PRIMARY KEY REFERENCES story (id),
    -- A JPEG file in Base64.
    jpeg TEXT NOT NULL
);
