CREATE OR REPLACE VIEW public.archive_queries AS
SELECT
    url,
    match,
    since,
    until,
    state,
    why,
    pages,
    rows,
    malformed,
    new_captures,
    newest,
    begun_at,
    ended_at
FROM fetcher.listing;

COMMENT ON VIEW public.archive_queries IS
    'A question to the archive''s index a row. Only a complete one says that no more was there.';
COMMENT ON COLUMN public.archive_queries.url IS
    'The address that was asked for, or how it begins, e.g. http://www.mofcom.gov.cn/article/b/.';
COMMENT ON COLUMN public.archive_queries.match IS
    'exact: the address; prefix: all that begin so; host: the host; domain: its sub-domains too.';
COMMENT ON COLUMN public.archive_queries.since IS
    'First moment asked for, YYYYMMDDhhmmss or the beginning of it, e.g. 2020; null for the '
    'earliest.';
COMMENT ON COLUMN public.archive_queries.until IS
    'Last moment asked for, e.g. 20231231; null for the latest.';
COMMENT ON COLUMN public.archive_queries.state IS
    'running; complete; partial: the index may hold more than it gave, and is asked again.';
COMMENT ON COLUMN public.archive_queries.why IS
    'Why it is partial, e.g. more than 10000 pages; null for the others.';
COMMENT ON COLUMN public.archive_queries.pages IS
    'How many pages the index gave, e.g. 3.';
COMMENT ON COLUMN public.archive_queries.rows IS
    'Captures that it listed, each counted once, e.g. 2145.';
COMMENT ON COLUMN public.archive_queries.malformed IS
    'Lines that are no capture of a page here, e.g. 2.';
COMMENT ON COLUMN public.archive_queries.new_captures IS
    'Captures that were not listed before, e.g. 17.';
COMMENT ON COLUMN public.archive_queries.newest IS
    'Timestamp of the newest capture listed, which tells how far behind the archive is, e.g. '
    '20251110022233.';
COMMENT ON COLUMN public.archive_queries.begun_at IS
    'When it was first asked, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.archive_queries.ended_at IS
    'When it was answered, e.g. 2026-01-02 03:04:09+00; null while it runs.';
