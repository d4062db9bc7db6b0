-- Whoever writes a line into seeds/ that is no address must see it somewhere else than in a log.
CREATE TABLE fetcher.seed_refusals (
    file text NOT NULL,
    line_number integer NOT NULL,
    line text NOT NULL,
    reason text NOT NULL,
    refused_at timestamptz NOT NULL,
    PRIMARY KEY (file, line_number)
);
COMMENT ON TABLE fetcher.seed_refusals IS
    'Lines of seeds files that are no address, as the files are now.';
COMMENT ON COLUMN fetcher.seed_refusals.refused_at IS 'When the file was last read.';

ALTER TABLE fetcher.capture ADD COLUMN declared_size bigint;
COMMENT ON COLUMN fetcher.capture.declared_size IS
    'Content-Length that the site sent, where fewer bytes than that were captured.';
