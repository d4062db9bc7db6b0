CREATE OR REPLACE VIEW public.freshness AS
SELECT
    (SELECT max(o.updated_at) FROM ingest.ingest_offset AS o) AS as_of,
    (SELECT max(l.ended_at) FROM fetcher.listing AS l WHERE l.state = 'complete') AS index_asked_at,
    (SELECT max(c.captured_at) FROM ingest.capture AS c) AS newest_capture_at,
    (SELECT max(n.issued_on) FROM ingest.notice AS n WHERE n.page_kind IN ('notice', 'law'))
        AS newest_issued_on;

COMMENT ON VIEW public.freshness IS
    'How fresh the database is, one row. What happened later than it says is not in any answer.';
COMMENT ON COLUMN public.freshness.as_of IS
    'When the last event was taken in, e.g. 2026-01-02 03:04:05+08; null while the database is empty.';
COMMENT ON COLUMN public.freshness.index_asked_at IS
    'When the archive''s index last answered completely which captures there are, e.g. 2026-01-02 '
    '03:04:05+08; null if it never was asked.';
COMMENT ON COLUMN public.freshness.newest_capture_at IS
    'Time of the newest capture in the database, e.g. 2025-11-12 08:00:00+08.';
COMMENT ON COLUMN public.freshness.newest_issued_on IS
    'Date of issue of the newest notice, e.g. 2025-11-09.';
