-- Series of which nothing is held, but which are cited, and all series by one pass over notices and
-- citations; copies that are gone by a look at what shows that a page is gone, which is little.

CREATE OR REPLACE VIEW public.series AS
SELECT
    s.series_key,
    s.series,
    s.held,
    s.lowest_held,
    s.highest_seen,
    s.missing,
    coalesce((
        SELECT sum(upper(gap.numbers) - lower(gap.numbers)) FROM unnest(s.missing) AS gap (numbers)
    ), 0) AS missing_count,
    coalesce(s.missing_cited, '{}') AS missing_cited,
    coalesce(s.missing_cited_by, '{}') AS missing_cited_by
FROM (
    SELECT n.series_key, coalesce(min(n.series) FILTER (WHERE n.held), min(n.series)) AS series,
        count(DISTINCT n.serial) FILTER (WHERE n.held) AS held,
        min(n.serial) FILTER (WHERE n.held) AS lowest_held,
        max(n.serial) AS highest_seen,
        -- Numbers begin at 1 each year; a series without years is held from where it is held.
        int4multirange(int4range(
            CASE WHEN n.series_key ~ '\d{4}$' THEN 1
                ELSE coalesce(min(n.serial) FILTER (WHERE n.held), min(n.serial)) END,
            max(n.serial), '[]'))
            - coalesce(range_agg(int4range(n.serial, n.serial, '[]')) FILTER (WHERE n.held), '{}')
            AS missing,
        array_agg(n.serial ORDER BY n.serial) FILTER (WHERE NOT n.held) AS missing_cited,
        jsonb_object_agg(n.serial, n.cited_by) FILTER (WHERE NOT n.held) AS missing_cited_by
    FROM (
        SELECT series_key, series, serial, true AS held, NULL::text[] AS cited_by
        FROM ingest.notice
        WHERE series_key IS NOT NULL
        UNION ALL
        SELECT c.series_key, min(c.series), c.serial, false,
            array_agg(DISTINCT c.notice_key ORDER BY c.notice_key)
        FROM ingest.citation AS c
        WHERE c.series_key IS NOT NULL AND NOT EXISTS (
            SELECT FROM ingest.notice AS n
            WHERE n.series_key = c.series_key AND n.serial = c.serial)
        GROUP BY c.series_key, c.serial
    ) AS n
    GROUP BY n.series_key
) AS s;
COMMENT ON VIEW public.series IS
    'A numbering series of which a number is held or cited, and how complete it is here. Joint '
    'announcements count in the series of their first issuer, as the ministries number them.';
COMMENT ON COLUMN public.series.held IS
    'How many of its numbers are held, e.g. 61; 0 for a series that is only cited.';
COMMENT ON COLUMN public.series.lowest_held IS
    'The lowest of them, e.g. 1; null when none is held.';
COMMENT ON COLUMN public.series.missing_cited IS
    'Those of them that notices held here cite, e.g. {3,7}; missing_cited_by says which notices.';

CREATE INDEX capture_gone ON ingest.capture (url_key, captured_at) WHERE status IN (404, 410);
CREATE INDEX reading_gone ON ingest.reading (url_key, captured_at)
    WHERE page_kind IN ('error', 'redirect');

CREATE OR REPLACE VIEW public.notice_copies AS
SELECT
    a.notice_key,
    a.url,
    a.url_key,
    a.first_captured_at,
    a.last_alive_at,
    g.first_gone_at,
    a.captures,
    a.wording,
    n.conflicting
FROM (
    SELECT
        r.notice_key,
        r.url_key,
        (array_agg(c.url ORDER BY r.captured_at DESC, r.capture_id DESC))[1] AS url,
        min(r.captured_at) AS first_captured_at,
        max(r.captured_at) AS last_alive_at,
        count(*) AS captures,
        (array_agg(r.wording ORDER BY r.captured_at DESC, r.capture_id DESC))[1] AS wording
    FROM ingest.reading AS r
    JOIN ingest.capture AS c ON c.capture_id = r.capture_id
    WHERE r.notice_key IS NOT NULL
    GROUP BY r.notice_key, r.url_key
) AS a
JOIN ingest.notice AS n ON n.notice_key = a.notice_key
LEFT JOIN LATERAL (
    SELECT min(gone.captured_at) AS first_gone_at
    FROM (
        SELECT c.captured_at FROM ingest.capture AS c
        WHERE c.url_key = a.url_key AND c.captured_at > a.last_alive_at AND c.status IN (404, 410)
        UNION ALL
        SELECT r.captured_at FROM ingest.reading AS r
        WHERE r.url_key = a.url_key AND r.captured_at > a.last_alive_at
            AND r.page_kind IN ('error', 'redirect')
    ) AS gone
) AS g ON true;
