-- Events are sealed in a chain: each link is a digest of the link before and of the event, so that none can be
-- changed, taken out or put in between unseen.

-- The place in the chain; none until the event is sealed.
ALTER TABLE event ADD COLUMN place BIGINT;
-- What is mixed into the digest of what may be erased; blanked with it, so that nobody can guess from the digest.
ALTER TABLE event ADD COLUMN salt TEXT NOT NULL DEFAULT '';
-- Digest of who and what in detail.
ALTER TABLE event ADD COLUMN said TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN link TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX event_place ON event (place);
CREATE INDEX event_unsealed ON event (number) WHERE place IS NULL;

-- Where the chain begins, after what has been kept long enough is gone, and where it ends.
CREATE TABLE chain (
    id BIGINT NOT NULL PRIMARY KEY,
    start_place BIGINT NOT NULL,
    start_link TEXT NOT NULL,
    end_place BIGINT NOT NULL,
    end_link TEXT NOT NULL
);
INSERT INTO chain (id, start_place, start_link, end_place, end_link) VALUES (1, 0, '', 0, '');
