-- Internal: attachments and refresh() look a file up by its address, in a lateral subquery with OFFSET 0, into
-- which the planner takes the condition on url_key.
CREATE OR REPLACE VIEW ingest.newest_file AS
SELECT DISTINCT ON (c.url_key)
    c.url_key, c.capture_id, c.body_sha256 AS sha256, c.body_size AS size, c.content_type, c.captured_at,
    f.kind, f.state, f.reason, f.pages, f.doubts, f.digest, f.texts, f.rows
FROM ingest.capture AS c JOIN ingest.file AS f ON f.sha256 = c.body_sha256
WHERE c.status = 200
-- A page in place of a file says, more often than not, that the file is gone.
ORDER BY c.url_key, f.kind = 'html', c.captured_at DESC, c.capture_id DESC;

COMMENT ON VIEW ingest.newest_file IS
    'The newest file at an address that was tried to be read, and what it contains.';
