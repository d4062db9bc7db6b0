-- The fetcher's memory: what it must know after a restart. Nobody else writes here.

CREATE SCHEMA fetcher;

COMMENT ON SCHEMA fetcher IS 'Internal to the fetcher: what it must know after a restart.';

-- A line of a seeds file is asked once for ever. It is written here first, then published, then
-- confirmed, so that a line is neither lost nor asked with another time when the fetcher dies.
CREATE TABLE fetcher.seed_lines (
    line_id text PRIMARY KEY,
    position bigint GENERATED ALWAYS AS IDENTITY,
    origin text NOT NULL,
    address text NOT NULL,
    asked_at timestamptz NOT NULL,
    confirmed_at timestamptz
);

COMMENT ON TABLE fetcher.seed_lines IS 'Lines of seeds files that were asked.';
COMMENT ON COLUMN fetcher.seed_lines.line_id IS 'Id of the address (sha256): the same line in another file is the same.';
COMMENT ON COLUMN fetcher.seed_lines.position IS 'Order in which lines were read, and are published.';
COMMENT ON COLUMN fetcher.seed_lines.origin IS 'FILE:LINE where it was first read.';
COMMENT ON COLUMN fetcher.seed_lines.confirmed_at IS 'When Kafka had it, null until then.';

CREATE INDEX seed_lines_unconfirmed ON fetcher.seed_lines (position)
WHERE confirmed_at IS NULL;

-- That the archive throttled us must outlive a restart and a change of owner: whoever asks again
-- too early is shut out for an hour, then two.
CREATE TABLE fetcher.pause (
    one boolean PRIMARY KEY DEFAULT TRUE CHECK (one),
    until timestamptz NOT NULL,
    seconds double precision NOT NULL,
    why text NOT NULL,
    "over" boolean NOT NULL
);

COMMENT ON TABLE fetcher.pause IS 'The last time that the archive was left alone; at most one row.';
COMMENT ON COLUMN fetcher.pause.until IS 'Nothing is asked of the archive before.';
COMMENT ON COLUMN fetcher.pause.seconds IS 'Length of the pause; the next incident doubles it.';
COMMENT ON COLUMN fetcher.pause."over" IS 'Whether the archive has answered since.';

-- The archive limits a network address, so one fetcher may ask at a time. Kafka decides which one
-- works, but one that was frozen learns late that another has its place: the lease is the fence.
CREATE TABLE fetcher.lease (
    one boolean PRIMARY KEY DEFAULT TRUE CHECK (one),
    holder text NOT NULL,
    until timestamptz NOT NULL
);

COMMENT ON TABLE fetcher.lease IS 'Which fetcher may ask the archive; at most one row.';
