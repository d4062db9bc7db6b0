-- needs: answers, days, freshness, status_history

CREATE OR REPLACE FUNCTION public.calendar(
    first_day date DEFAULT ingest.day_in_china(now()),
    last_day date DEFAULT ingest.day_in_china(now()) + 30
) RETURNS TABLE (
    found boolean,
    day date,
    event text,
    what text,
    notice_key text,
    document_number text,
    title text,
    by_notice_key text,
    by_document_number text,
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
    missing CONSTANT text[] := ingest.gaps(ARRAY['商务部', '海关总署', '税委会']);
    first CONSTANT date := coalesce(calendar.first_day, ingest.day_in_china(now()));
    last CONSTANT date := coalesce(calendar.last_day, ingest.day_in_china(now()) + 30);
    begins CONSTANT timestamptz := ingest.midnight(first);
    ends CONSTANT timestamptz := ingest.midnight(last + 1);
BEGIN
    IF last < first THEN
        RAISE 'calendar(first_day, last_day): % is after %', first, last
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN QUERY
    WITH otherwise AS (
        -- Last days that others have changed: the notice was repealed before, or is extended beyond.
        SELECT d.notice_key, d.day
        FROM (
            SELECT n.notice_key, n.last_day AS day FROM ingest.notice AS n
            WHERE n.last_day BETWEEN first AND last
            UNION
            SELECT r.notice_key, r.last_day FROM ingest.duty_rate AS r
            WHERE r.last_day BETWEEN first AND last
        ) AS d
        JOIN public.status_history AS h ON h.notice_key = d.notice_key
        WHERE h.clause IS NULL AND (
            h.relation = 'repeals' AND h.since <= ingest.midnight(d.day)
            OR h.relation = 'extends' AND h.object IS DISTINCT FROM 'investigation'
                AND coalesce(h.until, 'infinity') > ingest.midnight(d.day + 1))
    ), answer AS (
        SELECT ingest.day_in_china(n.since) AS day, 'takes effect' AS event, NULL AS what, n.notice_key,
            NULL AS by_notice_key, NULL AS words, 'effective_on' AS field
        FROM ingest.notice AS n
        WHERE n.effective_on BETWEEN first AND last
            AND n.page_kind IN ('notice', 'law') AND n.language = 'zh'
        UNION ALL
        SELECT n.last_day, 'last day', NULL, n.notice_key, NULL, NULL, 'last_day'
        FROM ingest.notice AS n
        WHERE n.last_day BETWEEN first AND last
            AND n.page_kind IN ('notice', 'law') AND n.language = 'zh'
            AND NOT EXISTS (SELECT FROM otherwise AS o WHERE o.notice_key = n.notice_key AND o.day = n.last_day)
        UNION ALL
        SELECT ingest.day_in_china(h.since), h.relation, h.clause, h.notice_key, h.by_notice_key, h.quote, NULL
        FROM public.status_history AS h
        WHERE h.since >= begins AND h.since < ends AND h.notice_key IS NOT NULL
        UNION ALL
        -- until is the first instant after: the last day is the one before.
        SELECT ingest.day_in_china(h.until - INTERVAL '1 second'),
            CASE WHEN h.relation = 'suspends' THEN 'last day suspended'
                WHEN h.object = 'investigation' THEN 'last day of an investigation' ELSE 'last day' END,
            h.clause, h.notice_key, h.by_notice_key, h.quote, NULL
        FROM public.status_history AS h
        WHERE h.relation IN ('suspends', 'extends') AND h.until > begins AND h.until <= ends
            AND h.notice_key IS NOT NULL
        UNION ALL
        SELECT ingest.day_in_china(e.until - INTERVAL '1 second'), 'last day suspended',
            coalesce(e.name_latin, e.name_zh) || ' (' || e.list || ')', e.notice_key, NULL, e.quote, NULL
        FROM ingest.listed_entity AS e
        WHERE e.until > begins AND e.until <= ends
        UNION ALL
        SELECT d.since, 'duty begins', concat_ws(', ', d.product, d.origin), d.notice_key, NULL, NULL,
            'duty_rates[' || min(d.position) - 1 || '].since'
        FROM ingest.duty_rate AS d
        WHERE d.since BETWEEN first AND last
        GROUP BY d.notice_key, d.product, d.origin, d.since
        UNION ALL
        SELECT d.last_day, 'last day of a duty', concat_ws(', ', d.product, d.origin), d.notice_key, NULL,
            NULL, 'duty_rates[' || min(d.position) - 1 || '].last_day'
        FROM ingest.duty_rate AS d
        WHERE d.last_day BETWEEN first AND last
            AND NOT EXISTS (SELECT FROM otherwise AS o WHERE o.notice_key = d.notice_key AND o.day = d.last_day)
        GROUP BY d.notice_key, d.product, d.origin, d.last_day
        UNION ALL
        SELECT d.due_on, 'deadline', d.due, d.notice_key, NULL, d.sentence, NULL
        FROM ingest.deadline AS d
        WHERE d.due_on BETWEEN first AND last
    )
    SELECT
        a.event IS NOT NULL, a.day, a.event, a.what, a.notice_key, n.document_number, n.title,
        a.by_notice_key, b.document_number, coalesce(a.words, q.quote), coalesce(p.source, q.source),
        coalesce(p.starts, q.starts),
        coalesce(q.archived_url, ingest.archive_link(coalesce(a.by_notice_key, a.notice_key))),
        f.as_of, f.index_asked_at, missing
    FROM public.freshness AS f
    LEFT JOIN answer AS a ON true
    LEFT JOIN ingest.notice AS n ON n.notice_key = a.notice_key
    LEFT JOIN ingest.notice AS b ON b.notice_key = a.by_notice_key
    -- The words of what changes it stand in the notice that does.
    LEFT JOIN LATERAL ingest.place_of(coalesce(a.by_notice_key, a.notice_key), a.words) AS p ON true
    LEFT JOIN LATERAL ingest.quote_of(
        coalesce(a.by_notice_key, a.notice_key), array_remove(ARRAY[a.field], NULL)) AS q ON a.words IS NULL
    ORDER BY a.day, a.event, a.notice_key, a.what;
END
$$;
COMMENT ON FUNCTION public.calendar(date, date) IS
    'What starts, ends, lapses or is due in these days, both included (the next 30 by default): notices that '
    'take effect or have their last day, suspensions, repeals and other changes, duties, deadlines. SELECT '
    '* FROM calendar(''2026-11-01'', ''2026-11-30'').';
