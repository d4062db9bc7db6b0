-- needs: answers, freshness

CREATE OR REPLACE FUNCTION public.changes(after timestamptz DEFAULT now() - INTERVAL '7 days')
RETURNS TABLE (
    found boolean,
    sequence bigint,
    at timestamptz,
    kind text,
    fields text[],
    page_kind text,
    notice_key text,
    document_number text,
    title text,
    day date,
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
AS $$
#variable_conflict use_column
DECLARE
    missing CONSTANT text[] := ingest.gaps(ARRAY['商务部']);
BEGIN
    RETURN QUERY
    SELECT
        c.sequence IS NOT NULL, c.sequence, c.at, c.kind, c.fields, c.page_kind, c.notice_key,
        n.document_number, n.title, ingest.day_of(n.issued_on, n.published_at),
        n.title, CASE WHEN n.title IS NOT NULL THEN 'title' END, CASE WHEN n.title IS NOT NULL THEN 0 END,
        ingest.archive_link(c.notice_key), f.as_of, f.index_asked_at, missing
    FROM public.freshness AS f
    LEFT JOIN ingest.change AS c ON c.at > coalesce(changes.after, now() - INTERVAL '7 days')
    LEFT JOIN ingest.notice AS n ON n.notice_key = c.notice_key
    ORDER BY c.sequence;
END
$$;
COMMENT ON FUNCTION public.changes(timestamptz) IS
    'Which notices and pages came into the database, changed or went after a time (7 days by default), in '
    'the order of the view changes; a change of translation_state alone is in fields. SELECT * FROM '
    'changes(now() - INTERVAL ''1 day'') WHERE page_kind = ''notice''.';
