-- Pages that the archive lacks, and Save Page Now (docs/archive.md#save-page-now): what was asked for stands
-- here before it is asked, so that a restart repeats nothing.
CREATE TABLE fetcher.save (
    url_key text PRIMARY KEY,
    url text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('page', 'attachment')),
    state text NOT NULL CHECK (state IN ('waiting', 'pending', 'saved', 'failed', 'unclear')),
    missing_at timestamptz NOT NULL,
    due_at timestamptz,
    puts int NOT NULL DEFAULT 0,
    put_at timestamptz,
    put_before timestamptz,
    job_id text,
    ended_at timestamptz,
    captured text,
    requested_at timestamptz,
    reason text,
    detail text,
    CHECK (state <> 'pending' OR put_at IS NOT NULL)
);
COMMENT ON TABLE fetcher.save IS 'Pages that the archive lacks, and how it went to have them captured.';
COMMENT ON COLUMN fetcher.save.due_at IS 'When it may be put (again); null for never.';
COMMENT ON COLUMN fetcher.save.put_before IS 'The last time but one, for a put that was not taken.';
COMMENT ON COLUMN fetcher.save.captured IS 'The timestamp of the capture, 14 digits.';
COMMENT ON COLUMN fetcher.save.requested_at IS 'When Kafka had the request for it.';
CREATE INDEX save_due ON fetcher.save (due_at) WHERE state IN ('waiting', 'failed', 'unclear');
CREATE INDEX save_put_at ON fetcher.save (put_at);

CREATE TABLE fetcher.save_pause (
    one boolean PRIMARY KEY DEFAULT TRUE CHECK (one),
    until timestamptz NOT NULL,
    why text NOT NULL
);
COMMENT ON TABLE fetcher.save_pause IS 'The last time that nothing could be put; at most one row.';
