-- needs: answers, chain, freshness, keys, notice_named, pages, status_history, statuses_of

CREATE OR REPLACE FUNCTION public.in_force(notice text, at timestamptz DEFAULT now())
RETURNS TABLE (
    found boolean,
    status text,
    until timestamptz,
    clauses text[],
    notice_key text,
    document_number text,
    title text,
    since timestamptz,
    by_notice_key text,
    by_document_number text,
    doubt boolean,
    quote text,
    source text,
    starts int,
    archived_url text,
    by_archived_url text,
    chain jsonb,
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
    moment CONSTANT timestamptz := coalesce(in_force.at, now());
    -- Who names a translation means what it translates.
    keys CONSTANT text[] := ARRAY(
        SELECT DISTINCT coalesce(o.notice_key, k.key)
        FROM unnest(ingest.notice_named(in_force.notice)) AS k (key)
        LEFT JOIN public.pages AS p ON p.notice_key = k.key
        LEFT JOIN ingest.notice AS o ON o.notice_key = ANY (ingest.number_keys(p.translation_of)));
    missing CONSTANT text[] := ingest.named_otherwise(in_force.notice)
        || ingest.gaps(ARRAY['商务部', '海关总署', '税委会']);
BEGIN
    RETURN QUERY
    SELECT
        true, CASE
            WHEN n.page_kind NOT IN ('notice', 'law') OR n.language <> 'zh' THEN 'no notice'
            ELSE coalesce(s.status, 'not yet issued') END, s.until, s.clauses, n.notice_key,
        n.document_number, n.title, n.since, s.by_notice_key, s.by_document_number, n.doubt,
        coalesce(w.words, q.quote), coalesce(p.source, CASE WHEN w.words IS NULL THEN q.source ELSE 'law' END),
        CASE WHEN w.words IS NULL THEN q.starts ELSE p.starts END, ingest.archive_link(n.notice_key),
        ingest.archive_link(s.by_notice_key), ingest.chain(n.notice_key, moment), f.as_of, f.index_asked_at, missing
    FROM public.freshness AS f
    CROSS JOIN unnest(keys) AS k (key)
    JOIN ingest.notice AS n ON n.notice_key = k.key
    LEFT JOIN ingest.statuses_of(keys, moment) AS s ON s.notice_key = k.key
    -- What suspended or ended it says so in its own words, which stand in the chain with their capture.
    LEFT JOIN LATERAL (
        SELECT v.quote FROM public.status_history AS v
        WHERE v.notice_key = k.key AND v.by_notice_key = s.by_notice_key AND v.since <= moment
        ORDER BY v.since DESC, v.clause LIMIT 1
    ) AS h ON true
    CROSS JOIN LATERAL (SELECT coalesce(s.quote, h.quote) AS words) AS w
    -- In its own text, or in that of what changed it; how long deposits run at most is the law's.
    LEFT JOIN LATERAL (
        SELECT o.source, o.starts
        FROM unnest(ARRAY[s.by_notice_key, n.notice_key]) WITH ORDINALITY AS k (key, n)
        CROSS JOIN LATERAL ingest.place_of(k.key, w.words) AS o
        WHERE o.source IS NOT NULL ORDER BY k.n LIMIT 1
    ) AS p ON true
    CROSS JOIN LATERAL ingest.quote_of(
        n.notice_key, ARRAY['effective_at', 'effective_on', 'issued_on', 'published_at']) AS q
    ORDER BY n.issued_on DESC NULLS LAST, n.notice_key;
END
$$;
COMMENT ON FUNCTION public.in_force(text, timestamptz) IS
    'Whether a notice is in force, now or at another time, and the chain of notices that made and changed '
    'it. The notice is named by its key or its number as printed; several rows where a number means '
    'several. status is also: not yet issued (then), no notice (an interview, say). SELECT * FROM '
    'in_force(''商务部公告2025年第61号'', ''2025-12-01'').';
