ALTER TABLE fetcher.capture ADD COLUMN declared_size bigint;
COMMENT ON COLUMN fetcher.capture.declared_size IS
    'Content-Length that the site sent, where fewer bytes than that were captured.';
