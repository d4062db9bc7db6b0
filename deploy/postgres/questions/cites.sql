-- needs: answers, citations, freshness, notice_named

CREATE OR REPLACE FUNCTION public.cites(notice text)
RETURNS TABLE (
    found boolean,
    direction text,
    relation text,
    notice_key text,
    document_number text,
    title text,
    issued_on date,
    clause text,
    since timestamptz,
    until timestamptz,
    mood text,
    authority boolean,
    quote text,
    source text,
    starts int,
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
    keys CONSTANT text[] := ingest.notice_named(cites.notice);
    missing CONSTANT text[] := ingest.named_otherwise(cites.notice) || ingest.gaps(ARRAY['商务部', '海关总署']);
BEGIN
    RETURN QUERY
    WITH answer AS (
        SELECT 'cites' AS direction, c.*, c.cited_notice_key AS other_key, c.notice_key AS citing_key
        FROM public.citations AS c WHERE c.notice_key = ANY (keys)
        UNION ALL
        SELECT 'cited by', c.*, c.notice_key, c.notice_key
        FROM public.citations AS c WHERE c.cited_notice_key = ANY (keys)
    )
    SELECT
        a.direction IS NOT NULL, a.direction, a.relation, a.other_key,
        coalesce(n.document_number, CASE WHEN a.direction = 'cites' THEN a.document_number END),
        coalesce(n.title, CASE WHEN a.direction = 'cites' THEN a.title END), n.issued_on, a.clause,
        a.since, a.until, a.mood, a.authority, q.quote, q.source, q.starts,
        q.archived_url, f.as_of, f.index_asked_at, missing
    FROM public.freshness AS f
    LEFT JOIN answer AS a ON true
    LEFT JOIN ingest.notice AS n ON n.notice_key = a.other_key
    LEFT JOIN LATERAL ingest.quote_of(a.citing_key, ARRAY[
        'citations[' || a.position - 1 || '].document_number', 'citations[' || a.position - 1 || '].title'
    ]) AS q ON true
    ORDER BY a.direction DESC, n.issued_on DESC NULLS LAST, a.position;
END
$$;
COMMENT ON FUNCTION public.cites(text) IS
    'What a notice cites and which notices and interviews in the database cite it, with the words. A cited '
    'document that is not held has no notice_key. SELECT * FROM cites(''商务部公告2024年第46号'').';
