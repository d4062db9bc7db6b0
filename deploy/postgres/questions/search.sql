-- needs: answers, freshness, newest_notices, search_notices, statuses_of

CREATE OR REPLACE FUNCTION public.search(
    words text DEFAULT NULL,
    since date DEFAULT NULL,
    last_day date DEFAULT NULL,
    max_rows int DEFAULT 50,
    issuer text DEFAULT NULL,
    document_type text DEFAULT NULL,
    only_status text DEFAULT NULL,
    only_kind text DEFAULT NULL
) RETURNS TABLE (
    found boolean,
    notice_key text,
    document_number text,
    issued_on date,
    day date,
    page_kind text,
    title text,
    title_en text,
    status text,
    doubt boolean,
    found_in text,
    quote text,
    source text,
    starts int,
    more boolean,
    archived_url text,
    as_of timestamptz,
    index_asked_at timestamptz,
    not_held text[]
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog
-- Planning takes longer than the rest.
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
    -- Status and kind are known of hits alone: they are looked for among the newest.
    most CONSTANT int := CASE
        WHEN only_status IS NULL AND (only_kind IS NULL OR words IS NULL) THEN max_rows ELSE 500 END;
    by_whom CONSTANT text := coalesce((
        SELECT w.zh FROM ingest.word AS w
        WHERE w.class = 'body' AND w.forms @> ARRAY[lower(btrim(search.issuer))] LIMIT 1), search.issuer);
    of_type CONSTANT text := coalesce((
        SELECT min(w.zh) FROM ingest.word AS w
        WHERE w.class = 'type' AND w.forms @> ARRAY[lower(btrim(search.document_type))]
        -- Circular may be 通告 or 通报.
        HAVING count(*) = 1), search.document_type);
    -- Worked out once, and not for each row.
    missing CONSTANT text[] := ingest.gaps(ARRAY['商务部']) || ARRAY[
            'attachments that are not read (attachment_doubts of notices) are not searched',
            'news, and interviews that change nothing, are not searched']
            || CASE WHEN most > max_rows
                THEN ARRAY['status and kind are looked for among the newest ' || most || ' hits'] ELSE '{}' END;
BEGIN
    RETURN QUERY
    WITH of_kind AS MATERIALIZED (
        SELECT s.*
        FROM (
            SELECT * FROM public.search_notices(
                search.words, by_whom, of_type, search.since, search.last_day + 1, most) WITH ORDINALITY
            WHERE search.words IS NOT NULL
            UNION ALL
            SELECT * FROM ingest.newest_notices(
                by_whom, of_type, only_kind, search.since, search.last_day + 1, most) WITH ORDINALITY
            WHERE search.words IS NULL
        ) AS s
        WHERE only_kind IS NULL OR s.page_kind = only_kind
    ), hit AS (
        SELECT a.*, v.status
        FROM of_kind AS a
        LEFT JOIN ingest.statuses_of(ARRAY(SELECT a.notice_key FROM of_kind AS a), now()) AS v
            ON v.notice_key = a.notice_key
        WHERE only_status IS NULL OR v.status = only_status
    ), first AS (
        SELECT h.*, h.more OR count(*) OVER () > max_rows AS or_more
        FROM hit AS h ORDER BY h.ordinality LIMIT max_rows
    )
    SELECT
        s.notice_key IS NOT NULL, s.notice_key, s.document_number, s.issued_on, s.day, s.page_kind, s.title, t.title_en,
        s.status, n.doubt, s.found_in, s.snippet,
        CASE WHEN s.found_in = 'attachment' THEN s.found_in ELSE p.source END, p.starts, s.or_more,
        ingest.archive_link(s.notice_key, w.url), f.as_of, f.index_asked_at, missing
    FROM public.freshness AS f
    LEFT JOIN first AS s ON true
    LEFT JOIN ingest.notice AS n ON n.notice_key = s.notice_key
    LEFT JOIN ingest.translation AS t ON t.capture_id = n.capture_id
    -- Where the first marked words of the quote stand; what another form of them has found is not marked.
    LEFT JOIN LATERAL (
        SELECT o.source, o.starts
        FROM ingest.reading AS r
        CROSS JOIN LATERAL (SELECT coalesce(
            substring(s.snippet FROM '«(.+?)»'), left(btrim(s.snippet, '…'), 10)) AS words) AS m
        CROSS JOIN LATERAL (VALUES
            (1, 'title', strpos(s.title, m.words) - 1), (2, 'body_text', strpos(r.body_text, m.words) - 1)
        ) AS o (n, source, starts)
        WHERE r.capture_id = n.capture_id AND o.starts >= 0 AND s.found_in IS DISTINCT FROM 'attachment'
            AND (s.found_in IS DISTINCT FROM 'text' OR o.n = 2)
        ORDER BY o.n LIMIT 1
    ) AS p ON true
    -- The quote from a file begins with its name.
    LEFT JOIN LATERAL (
        SELECT a.url FROM ingest.attachment AS a
        WHERE s.found_in = 'attachment' AND a.notice_key = s.notice_key AND starts_with(s.snippet, a.name)
        ORDER BY length(a.name) DESC LIMIT 1
    ) AS w ON true
    ORDER BY s.ordinality;
END
$$;
COMMENT ON FUNCTION public.search(text, date, date, int, text, text, text, text) IS
    'search_notices() with the status of each notice, its English title, an archive link and what is not '
    'searched; without words the newest notices that the filters leave. issuer and document_type in Chinese or English, only_status as in notices_in_force(), '
    'only_kind is notice, law or interview. SELECT * FROM search(''rare earth'', only_status => ''suspended'');';
