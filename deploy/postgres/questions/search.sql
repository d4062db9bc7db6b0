-- needs: answers, freshness, search_notices, notices_in_force

CREATE OR REPLACE FUNCTION public.search(
    words text, since date DEFAULT NULL, last_day date DEFAULT NULL, max_rows int DEFAULT 50
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
    more boolean,
    archived_url text,
    as_of timestamptz,
    index_asked_at timestamptz,
    not_held text[]
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT
        s.notice_key IS NOT NULL, s.notice_key, s.document_number, s.issued_on, s.day, s.page_kind, s.title, t.title_en,
        v.status, n.doubt, s.found_in, s.snippet, s.more, ingest.archive_link(s.notice_key), f.as_of,
        f.index_asked_at, ingest.gaps(ARRAY['商务部']) || ARRAY[
            'attachments that are not read (attachment_doubts of notices) are not searched',
            'news, and interviews that change nothing, are not searched']
    FROM public.freshness AS f
    LEFT JOIN LATERAL public.search_notices(
        search.words, since => search.since, until => search.last_day + 1, max_rows => search.max_rows)
        WITH ORDINALITY AS s ON true
    LEFT JOIN ingest.notice AS n ON n.notice_key = s.notice_key
    LEFT JOIN ingest.translation AS t ON t.capture_id = n.capture_id
    LEFT JOIN LATERAL (
        SELECT i.status FROM public.notices_in_force(now()) AS i
        WHERE i.notice_key = s.notice_key OFFSET 0
    ) AS v ON true
    ORDER BY s.ordinality;
END
$$;
COMMENT ON FUNCTION public.search(text, date, date, int) IS
    'search_notices() with the status of each notice, its English title, an archive link and what is not '
    'searched. SELECT * FROM search(''rare earth'').';
