-- needs: answers, chain, freshness, notice_named, pages, statuses_of

CREATE OR REPLACE FUNCTION public.notice(named text)
RETURNS TABLE (
    found boolean,
    notice_key text,
    document_number text,
    title text,
    title_en text,
    issued_on date,
    issuers text[],
    status text,
    until timestamptz,
    doubt boolean,
    warnings text[],
    body_text text,
    text_en text,
    translation_state text,
    items bigint,
    entities bigint,
    rates bigint,
    deadlines bigint,
    unread bigint,
    attachments text[],
    quote text,
    source text,
    starts int,
    archived_url text,
    sha256 text,
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
    keys CONSTANT text[] := ingest.notice_named(notice.named);
    missing CONSTANT text[] := ingest.named_otherwise(notice.named)
        || ingest.gaps(ARRAY['商务部', '海关总署', '税委会']);
BEGIN
    RETURN QUERY
    SELECT
        true, p.notice_key, p.document_number, p.title, p.title_en, p.issued_on, p.issuers, s.status,
        s.until, p.doubt, p.warnings, p.body_text, p.text_en, p.translation_state,
        (SELECT count(DISTINCT i.position) FROM ingest.regulated_item AS i WHERE i.notice_key = p.notice_key),
        (SELECT count(*) FROM ingest.listed_entity AS e WHERE e.notice_key = p.notice_key),
        (SELECT count(*) FROM ingest.duty_rate AS d WHERE d.notice_key = p.notice_key),
        (SELECT count(*) FROM ingest.deadline AS d WHERE d.notice_key = p.notice_key),
        (SELECT count(*) FROM ingest.unread AS u WHERE u.notice_key = p.notice_key),
        a.urls, q.quote, q.source, q.starts, q.archived_url, c.body_sha256,
        ingest.chain(p.notice_key, now()), f.as_of, f.index_asked_at,
        p.attachment_doubts
        || ARRAY(SELECT 'read for no field: ' || u.kind || ' ' || u.quote FROM ingest.unread AS u
            WHERE u.notice_key = p.notice_key ORDER BY u.position LIMIT 20)
        -- Another notice may have ended it.
        || missing
    FROM public.freshness AS f
    CROSS JOIN unnest(keys) AS k (key)
    JOIN public.pages AS p ON p.notice_key = k.key
    JOIN ingest.capture AS c ON c.capture_id = p.capture_id
    LEFT JOIN ingest.statuses_of(keys, now()) AS s ON s.notice_key = k.key
    CROSS JOIN LATERAL (
        SELECT array_agg(t.url ORDER BY t.position) AS urls
        FROM ingest.attachment AS t WHERE t.notice_key = p.notice_key
    ) AS a
    CROSS JOIN LATERAL ingest.quote_of(p.notice_key, ARRAY['document_number']) AS q
    ORDER BY p.issued_on DESC NULLS LAST, p.notice_key;
END
$$;
COMMENT ON FUNCTION public.notice(text) IS
    'A notice by its key or its number as printed: text, English, status today, how much of what was read '
    'in it, its attachments, the capture that it rests on, and what of it is not read. SELECT * FROM '
    'notice(''商务部公告2025年第61号'').';
