-- fetcher.pause has the last one alone. Each keeps its end; one that grows longer is another row.
CREATE TABLE fetcher.past_pause (
    archive text NOT NULL,
    until timestamptz NOT NULL,
    began_at timestamptz NOT NULL DEFAULT now(),
    why text NOT NULL,
    PRIMARY KEY (archive, until)
);
COMMENT ON TABLE fetcher.past_pause IS 'When each archive was left alone.';
COMMENT ON COLUMN fetcher.past_pause.archive IS 'As in fetcher.pause.';
COMMENT ON COLUMN fetcher.past_pause.until IS 'Nothing was asked of the archive before.';
