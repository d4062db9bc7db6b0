-- needs: answers, entries_on, freshness, words

CREATE OR REPLACE FUNCTION public.listed(
    list text DEFAULT NULL, at timestamptz DEFAULT now(), removed boolean DEFAULT false
) RETURNS TABLE (
    found boolean,
    list_zh text,
    list_en text,
    status text,
    name_zh text,
    name_latin text,
    kind text,
    address text,
    since date,
    until timestamptz,
    last_change text,
    measures text[],
    country text,
    changed_on date,
    notice_key text,
    document_number text,
    quote text,
    source text,
    starts int,
    archived_url text,
    by_notice_key text,
    last_change_quote text,
    by_archived_url text,
    as_of timestamptz,
    index_asked_at timestamptz,
    not_held text[]
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog
SET enable_nestloop = off
AS $$
#variable_conflict use_column
DECLARE
    wanted CONSTANT text[] := ARRAY(
        SELECT w.zh FROM ingest.word AS w
        WHERE w.class = 'list' AND w.forms @> ARRAY[lower(btrim(listed.list))]);
    missing CONSTANT text[] := ingest.gaps(ARRAY['商务部', '不可靠实体清单工作机制'])
        || ingest.unread_attachments('清单|名单');
BEGIN
    IF listed.list IS NOT NULL AND wanted = '{}' THEN
        RAISE 'unknown list %: one of %', quote_literal(listed.list), (
            SELECT string_agg(w.zh || ' (' || w.en || ')', ', ') FROM ingest.word AS w WHERE w.class = 'list')
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN QUERY
    WITH answer AS MATERIALIZED (
        SELECT * FROM ingest.entries_on(ingest.day_in_china(coalesce(listed.at, now()))) AS e
        WHERE (listed.list IS NULL OR e.list = ANY (wanted))
            AND (listed.removed OR e.status <> 'removed')
    ), cited AS MATERIALIZED (
        -- Each notice's evidence is read once for all entries that it lists.
        SELECT k.notice_key, ingest.archive_link(k.notice_key) AS link,
            (SELECT jsonb_object_agg(t.url, ingest.archive_link(k.notice_key, t.url))
                FROM ingest.attachment AS t
                WHERE t.notice_key = k.notice_key AND t.url IS NOT NULL) AS links,
            (SELECT jsonb_build_object('quote', n.title, 'source', 'title', 'starts', 0)
                FROM ingest.notice AS n WHERE n.notice_key = k.notice_key) AS title,
            (SELECT jsonb_object_agg(v.field, jsonb_build_object(
                    'quote', v.quote, 'source', v.source, 'starts', v.starts, 'attachment', v.attachment))
                FROM public.evidence AS v
                WHERE v.notice_key = k.notice_key AND v.field LIKE 'listed_entities[%') AS quotes
        FROM (SELECT DISTINCT a.notice_key FROM answer AS a) AS k
    )
    SELECT
        a.notice_key IS NOT NULL, a.list, ingest.english('list', a.list), a.status, a.name_zh,
        a.name_latin, a.kind, a.address, a.since, a.until, a.last_change, a.measures, a.country, a.changed_on, a.notice_key,
        a.document_number, q.item->>'quote', q.item->>'source', (q.item->>'starts')::int,
        coalesce(c.links ->> split_part(q.item->>'attachment', '#', 1), c.link),
        a.by_notice_key, a.last_change_quote, ingest.archive_link(a.by_notice_key), f.as_of,
        f.index_asked_at, missing
    FROM public.freshness AS f
    LEFT JOIN answer AS a ON true
    LEFT JOIN cited AS c ON c.notice_key = a.notice_key
    LEFT JOIN LATERAL (
        SELECT coalesce(c.quotes -> ('listed_entities[' || a.position - 1 || '].name_zh'),
            c.quotes -> ('listed_entities[' || a.position - 1 || '].name_latin'), c.title) AS item
    ) AS q ON true
    ORDER BY a.list, a.since, a.notice_key, a.position;
END
$$;
COMMENT ON FUNCTION public.listed(text, timestamptz, boolean) IS
    'Who is on a list, now or at another time, with the words and the links that say so; all lists if none is '
    'named, with removed the entries that were taken off, too. Always at least one row: found is false '
    'where nobody is held to be listed. SELECT * FROM listed(''Unreliable Entity List'', ''2025-08-15'').';
