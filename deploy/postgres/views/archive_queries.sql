CREATE OR REPLACE VIEW public.archive_queries AS
SELECT
    url,
    match,
    since AS first_timestamp,
    until AS last_timestamp,
    state,
    why,
    pages,
    rows,
    malformed,
    new_captures,
    newest,
    begun_at,
    ended_at,
    archive
FROM fetcher.listing;

COMMENT ON VIEW public.archive_queries IS
    'One row per query to an archive''s CDX index. Only a complete query proves that there are no '
    'more captures.';
COMMENT ON COLUMN public.archive_queries.url IS
    'The URL queried, or its beginning, e.g. http://www.mofcom.gov.cn/article/b/.';
COMMENT ON COLUMN public.archive_queries.match IS
    'exact: this URL; prefix: every URL that starts with it; host: every URL of its host; domain: '
    'subdomains too.';
COMMENT ON COLUMN public.archive_queries.first_timestamp IS
    'First timestamp queried, YYYYMMDDhhmmss or its first digits, e.g. 2020; null for the '
    'earliest.';
COMMENT ON COLUMN public.archive_queries.last_timestamp IS
    'Last timestamp queried, included, e.g. 20231231; null for the latest.';
COMMENT ON COLUMN public.archive_queries.state IS
    'running; complete; partial: the index may have more, and the query is repeated.';
COMMENT ON COLUMN public.archive_queries.why IS
    'Why it is partial, e.g. more than 10000 pages; null otherwise.';
COMMENT ON COLUMN public.archive_queries.pages IS
    'Pages of results read, e.g. 3.';
COMMENT ON COLUMN public.archive_queries.rows IS
    'Distinct captures listed, e.g. 2145.';
COMMENT ON COLUMN public.archive_queries.malformed IS
    'Lines skipped because they are not captures of a page, e.g. 2.';
COMMENT ON COLUMN public.archive_queries.new_captures IS
    'Captures that were not known before, e.g. 17.';
COMMENT ON COLUMN public.archive_queries.newest IS
    'Timestamp of the newest capture listed: how up to date the archive is, e.g. 20251110022233.';
COMMENT ON COLUMN public.archive_queries.begun_at IS
    'When it started, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.archive_queries.ended_at IS
    'When it ended, e.g. 2026-01-02 03:04:09+00; null while it is running.';
COMMENT ON COLUMN public.archive_queries.archive IS
    'The archive whose index was asked, e.g. https://web.archive.org/web/.';
