-- needs: archived_url

-- first_gone_at is looked up among the few captures and readings that show a page as gone.
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
    n.conflicting,
    a.site_section,
    a.archived_url
FROM (
    SELECT
        r.notice_key,
        r.url_key,
        (array_agg(c.url ORDER BY r.captured_at DESC, r.capture_id DESC))[1] AS url,
        min(r.captured_at) AS first_captured_at,
        max(r.captured_at) AS last_alive_at,
        count(*) AS captures,
        (array_agg(r.wording ORDER BY r.captured_at DESC, r.capture_id DESC))[1] AS wording,
        (array_agg(r.site_section ORDER BY r.captured_at DESC, r.capture_id DESC))[1]
            AS site_section,
        (array_agg(
            archived_url(c.archive, c."timestamp", c.url)
            ORDER BY r.captured_at DESC, r.capture_id DESC
        ))[1] AS archived_url
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
        UNION ALL
        -- A redirect that was captured has no page of its own: it is known by its request. One that leads
        -- to another form of its own address (http, https) says nothing.
        SELECT o.captured_at
        FROM ingest.request AS q
        JOIN ingest.ledger AS l ON l.kind = 'request' AND l.id = q.request_id
        LEFT JOIN ingest.served AS s ON s.request_id = q.request_id AND s.answer = 'archived redirect'
        LEFT JOIN ingest.capture AS c ON c.capture_id = s.capture_id
        CROSS JOIN LATERAL (
            SELECT CASE WHEN q."timestamp" ~ '^\d{14}$' THEN (q.asked_day + make_interval(
                hours => substr(q."timestamp", 9, 2)::int, mins => substr(q."timestamp", 11, 2)::int,
                secs => substr(q."timestamp", 13, 2)::int)) AT TIME ZONE 'UTC' END AS captured_at
        ) AS o
        WHERE q.url_key = a.url_key AND q.kind = 'page' AND o.captured_at > a.last_alive_at
            AND CASE WHEN s.request_id IS NOT NULL THEN c.url_key <> q.url_key
                ELSE l.reason = 'archived redirect' AND l.detail LIKE 'leads %'
                    AND l.detail NOT LIKE 'leads to itself %' END
    ) AS gone
) AS g ON true;

COMMENT ON VIEW public.notice_copies IS
    'A URL at which a notice is published: of a notice with a number, every page of that number; of '
    'one without, every page with its title, date of issue and wording.';
COMMENT ON COLUMN public.notice_copies.notice_key IS
    'Key of the notice, e.g. 商务部2025-70.';
COMMENT ON COLUMN public.notice_copies.url IS
    'The URL as last captured, e.g. http://www.mofcom.gov.cn/article/b/c/1.shtml.';
COMMENT ON COLUMN public.notice_copies.url_key IS
    'Its URL key, e.g. cn,gov,mofcom)/article/b/c/1.shtml.';
COMMENT ON COLUMN public.notice_copies.first_captured_at IS
    'First capture there, e.g. 2023-01-11 17:41:05+00.';
COMMENT ON COLUMN public.notice_copies.last_alive_at IS
    'Last capture there that shows the notice, e.g. 2024-05-02 08:00:00+00.';
COMMENT ON COLUMN public.notice_copies.first_gone_at IS
    'First later capture that shows an error or redirects elsewhere, e.g. 2025-01-01 00:00:00+00; '
    'null if there is none. A redirect to another form of the same address (https, www) is none.';
COMMENT ON COLUMN public.notice_copies.captures IS
    'How many captures show the notice there, e.g. 3.';
COMMENT ON COLUMN public.notice_copies.wording IS
    'Hash of the newest wording there, equal for copies with the same text, e.g. 9c1e… (64 hex '
    'digits).';
COMMENT ON COLUMN public.notice_copies.conflicting IS
    'True when the newest wordings of the notice''s copies differ.';
COMMENT ON COLUMN public.notice_copies.site_section IS
    'The section of the site that it belongs to, e.g. department; see pages.';
COMMENT ON COLUMN public.notice_copies.archived_url IS
    'Where its archive shows the last capture there, e.g. '
    'https://web.archive.org/web/20230111174105/http://www.mofcom.gov.cn/; null where none does.';
