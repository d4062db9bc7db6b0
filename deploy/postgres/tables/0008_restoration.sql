-- A database that was lost leaves a fetcher that remembers nothing, beside a blob store that holds what
-- it fetched: it reads that before it asks the archive for anything.
CREATE TABLE fetcher.restoration (
    one boolean PRIMARY KEY DEFAULT TRUE CHECK (one),
    begun_at timestamptz NOT NULL,
    parts bigint NOT NULL DEFAULT 0,
    sidecars bigint NOT NULL DEFAULT 0,
    damaged bigint NOT NULL DEFAULT 0,
    moved_at timestamptz NOT NULL,
    ended_at timestamptz
);
COMMENT ON TABLE fetcher.restoration IS
    'The last time that the fetcher''s memory was read from the blob store; at most one row. While it is '
    'under way the archive is not asked.';
COMMENT ON COLUMN fetcher.restoration.parts IS
    'How many of the 256 folders are read; one that was interrupted goes on there.';
COMMENT ON COLUMN fetcher.restoration.damaged IS 'Sidecars that are none.';
COMMENT ON COLUMN fetcher.restoration.moved_at IS 'When the last folder was read.';

ALTER TABLE fetcher.ending ADD COLUMN asked json;
COMMENT ON COLUMN fetcher.ending.asked IS
    'The event of the attempt, for a dead letter; null in rows from before there was this column.';
