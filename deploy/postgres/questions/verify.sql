-- needs: answers, freshness, keys, notice_named, short, status_history, statuses_of

CREATE OR REPLACE FUNCTION ingest.has_title(n ingest.notice, cited_key text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    -- A page whose title is its number has none to compare.
    WHEN n.title_key IS NULL OR ingest.number_key(n.title) IS NOT NULL THEN NULL
    -- The page's has number or issuers before it (商务部公告2025年第61号 公布…), or the text cites a list by
    -- its own title that the notice publishes.
    ELSE strpos(n.title_key, cited_key) > 0
        OR length(n.title_key) > 5 AND strpos(cited_key, n.title_key) > 0
    END;
COMMENT ON FUNCTION ingest.has_title IS
    'Whether a notice has a title that a text cites, by the title''s key without 中华人民共和国 and 关于 before '
    'it; null where its page prints no title but its number.';

CREATE OR REPLACE FUNCTION public.verify(mentions jsonb, at timestamptz DEFAULT now())
RETURNS TABLE (
    found boolean,
    verdict text,
    cited_number text,
    cited_title text,
    quote text,
    starts int,
    times int,
    notice_key text,
    document_number text,
    title text,
    issued_on date,
    status text,
    until timestamptz,
    by_notice_key text,
    by_document_number text,
    status_quote text,
    candidates text[],
    doubt text,
    archived_url text,
    by_archived_url text,
    as_of timestamptz,
    index_asked_at timestamptz,
    not_held text[]
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
#variable_conflict use_column
DECLARE
    moment CONSTANT timestamptz := coalesce(verify.at, now());
    missing CONSTANT text[] := ingest.gaps(ARRAY['商务部', '海关总署', '税委会']);
BEGIN
    RETURN QUERY
    WITH mention AS MATERIALIZED (
        SELECT
            m.n, m.quote, m.starts, m.times, m.number, m.key, m.bare, m.title, m.doubt,
            ingest.title_key(ingest.short(m.title)) AS title_key,
            ingest.title_key(ingest.short(m.core)) AS core
        FROM ROWS FROM (
            jsonb_to_recordset(verify.mentions) AS (
                quote text, starts int, times int, number text, key text, bare boolean, title text, core text,
                doubt text)
        ) WITH ORDINALITY AS m (quote, starts, times, number, key, bare, title, core, doubt, n)
    ), numbered AS MATERIALIZED (
        -- Whose number it is, the text may not say, or not first.
        SELECT m.n, CASE WHEN e.keys = '{}' THEN ARRAY(
                SELECT o.notice_key
                FROM unnest(ingest.notices_numbered(m.number)) AS k (key)
                JOIN ingest.notice AS o ON o.notice_key = k.key
                WHERE m.bare OR ingest.has_title(o, m.core) IS NOT FALSE)
            ELSE e.keys END AS keys, e.keys = '{}' AS loose
        FROM mention AS m
        CROSS JOIN LATERAL (
            SELECT ARRAY(
                SELECT unnest(ingest.notices_named(m.key)) UNION SELECT unnest(ingest.notices_named(m.number))
            ) AS keys
        ) AS e
        WHERE m.number IS NOT NULL
    ), titled AS MATERIALIZED (
        SELECT m.n, ARRAY(
            SELECT o.notice_key FROM ingest.notice AS o
            WHERE o.title_key IN (m.title_key, m.core, '关于' || m.core, '中华人民共和国' || m.core)
                AND o.page_kind IN ('notice', 'law')
            ORDER BY o.issued_on DESC NULLS LAST, o.notice_key) AS keys
        FROM mention AS m
        WHERE m.core IS NOT NULL
    ), ended AS MATERIALIZED (
        -- A page may print more before its title: looked for only where no title is the same.
        SELECT t.n, ARRAY(
            SELECT o.notice_key FROM ingest.notice AS o
            WHERE length(m.core) > 5 AND o.page_kind IN ('notice', 'law')
                AND right(o.title_key, length(m.core)) = m.core
            ORDER BY o.issued_on DESC NULLS LAST, o.notice_key) AS keys
        FROM titled AS t
        JOIN mention AS m USING (n)
        WHERE t.keys = '{}'
    ), meant AS MATERIALIZED (
        SELECT
            m.*,
            coalesce(CASE
                WHEN m.number IS NULL THEN coalesce(e.keys, t.keys)
                -- Of several with that number, the one of the title that stands beside it.
                WHEN (cardinality(x.keys) > 1 OR x.loose) AND narrowed.keys <> '{}' THEN narrowed.keys
                ELSE x.keys END, '{}') AS keys,
            coalesce(e.keys, t.keys) AS keys_of_title,
            x.loose AND narrowed.keys = '{}' AS anyones
        FROM mention AS m
        LEFT JOIN numbered AS x USING (n)
        LEFT JOIN titled AS t USING (n)
        LEFT JOIN ended AS e USING (n)
        CROSS JOIN LATERAL (
            SELECT ARRAY(
                SELECT o.notice_key FROM ingest.notice AS o
                WHERE o.notice_key = ANY (x.keys) AND ingest.has_title(o, m.core)) AS keys
        ) AS narrowed
    ), one AS MATERIALIZED (
        SELECT DISTINCT m.keys[1] AS notice_key FROM meant AS m
        WHERE cardinality(m.keys) = 1 AND m.anyones IS NOT TRUE
    ), state AS MATERIALIZED (
        SELECT
            o.notice_key,
            CASE WHEN o.page_kind NOT IN ('notice', 'law') THEN 'no notice'
                ELSE coalesce(s.status, 'not yet issued') END AS status,
            s.until, s.by_notice_key, s.by_document_number, coalesce(s.quote, h.quote) AS quote
        FROM one
        JOIN ingest.notice AS o USING (notice_key)
        LEFT JOIN ingest.statuses_of(ARRAY(SELECT one.notice_key FROM one), moment) AS s USING (notice_key)
        LEFT JOIN LATERAL (
            SELECT v.quote FROM public.status_history AS v
            WHERE v.notice_key = one.notice_key AND v.by_notice_key = s.by_notice_key
                AND v.since <= moment
            ORDER BY v.since DESC, v.clause LIMIT 1
        ) AS h ON true
    )
    SELECT
        m.n IS NOT NULL,
        CASE
            WHEN m.n IS NULL THEN NULL
            WHEN m.number IS NULL AND m.title IS NULL THEN 'not read'
            WHEN m.keys = '{}' THEN 'not held'
            WHEN s.notice_key IS NULL THEN 'ambiguous'
            WHEN m.number IS NOT NULL AND NOT ingest.has_title(o, m.core) THEN 'other title'
            WHEN s.status IN ('in force', 'no notice') THEN 'found'
            ELSE s.status
        END,
        m.number, m.title, m.quote, m.starts, m.times, o.notice_key, o.document_number, o.title, o.issued_on,
        s.status, s.until, s.by_notice_key, s.by_document_number, s.quote,
        CASE WHEN m.n IS NOT NULL AND s.notice_key IS NULL THEN
            coalesce(nullif(m.keys, '{}'), m.keys_of_title, '{}') END,
        coalesce(m.doubt, CASE
            WHEN m.number IS NOT NULL AND m.core IS NOT NULL AND s.notice_key IS NOT NULL
                AND ingest.has_title(o, m.core) IS NULL
                THEN 'its page prints no title to compare' END),
        ingest.archive_link(o.notice_key), ingest.archive_link(s.by_notice_key), f.as_of,
        f.index_asked_at,
        missing || CASE WHEN m.n IS NULL THEN ARRAY[
            'no document number, and no title in 《》, was read in the text'] ELSE '{}' END
    FROM public.freshness AS f
    LEFT JOIN meant AS m ON true
    LEFT JOIN state AS s ON s.notice_key = m.keys[1] AND cardinality(m.keys) = 1
        AND m.anyones IS NOT TRUE
    LEFT JOIN ingest.notice AS o ON o.notice_key = s.notice_key
    ORDER BY m.n;
END
$$;
COMMENT ON FUNCTION public.verify(jsonb, timestamptz) IS
    'What of the documents that a text cites is held and holds, now or at another time: each document number '
    'and title in 《》 of the text with a verdict: found, other title (the number is held under a title that is not '
    'the cited one), what its status is if it is not in force (repealed, suspended, expired …), ambiguous (it '
    'may be any of candidates), not held, or not read. quote and starts are those of the text; status_quote '
    'says what ended or suspended the document. The text is read before it is asked: people give it as text '
    '(mofcom ask verify memo.txt). SELECT verdict, document_number, title FROM verify(''[{"quote": "61号", '
    '"number": "商务部公告2025年第61号"}]'').';
