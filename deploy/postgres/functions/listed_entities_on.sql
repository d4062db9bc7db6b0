-- needs: status_history, days

-- Runs with its owner's rights: the spellings of a name are compared by keys that no view shows.
-- Entries that are amended show their new name from then on, and answer to any they ever had.
CREATE OR REPLACE FUNCTION public.listed_entities_on(day date)
RETURNS TABLE (
    list text,
    name_zh text,
    name_latin text,
    kind text,
    address text,
    status text,
    since date,
    until timestamptz,
    notice_key text,
    document_number text,
    by_notice_key text
)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
    WITH RECURSIVE added AS (
        SELECT DISTINCT ON (e.list, coalesce(e.latin_key, e.zh_key)) e.*
        FROM ingest.listed_entity AS e
        WHERE e.action = 'add' AND e.since <= day
        ORDER BY e.list, coalesce(e.latin_key, e.zh_key), e.since DESC, e.notice_key, e.position
    ), named AS (
        SELECT a.list, a.notice_key, a.position, a.since, a.name_zh, a.name_latin, a.kind, a.address,
            array_remove(ARRAY[a.latin_key, a.zh_key], NULL) AS keys,
            a.since AS named_since, NULL::text AS amended_by, '{}'::text[] AS amendments
        FROM added AS a
        UNION ALL
        SELECT n.list, n.notice_key, n.position, n.since, coalesce(e.name_zh, n.name_zh),
            coalesce(e.name_latin, n.name_latin), coalesce(e.kind, n.kind),
            coalesce(e.address, n.address),
            n.keys || array_remove(ARRAY[e.latin_key, e.zh_key], NULL),
            e.since, e.notice_key, n.amendments || (e.notice_key || ' ' || e.position)
        FROM named AS n
        JOIN ingest.listed_entity AS e ON e.list = n.list AND e.action = 'amend'
            AND e.since BETWEEN n.named_since AND day
            AND (e.former_key = ANY (n.keys)
                OR e.former_key IS NULL AND (e.latin_key = ANY (n.keys) OR e.zh_key = ANY (n.keys)))
            AND e.notice_key || ' ' || e.position <> ALL (n.amendments)
    ), entry AS (
        SELECT DISTINCT ON (n.notice_key, n.position) n.*
        FROM named AS n
        ORDER BY n.notice_key, n.position, cardinality(n.amendments) DESC, n.named_since DESC,
            n.amended_by DESC
    )
    SELECT
        a.list, a.name_zh, a.name_latin, a.kind, a.address,
        CASE WHEN later.action = 'suspend' OR whole.by_notice_key IS NOT NULL
            THEN 'suspended' ELSE 'listed' END,
        a.since,
        whole.until,
        a.notice_key,
        r.document_number,
        coalesce(later.notice_key, whole.by_notice_key, a.amended_by)
    FROM entry AS a
    JOIN ingest.notice AS n ON n.notice_key = a.notice_key
    JOIN ingest.reading AS r ON r.capture_id = n.capture_id
    LEFT JOIN LATERAL (
        SELECT e.action, e.notice_key
        FROM ingest.listed_entity AS e
        WHERE e.list = a.list AND e.action IN ('remove', 'suspend', 'resume')
            AND (e.latin_key = ANY (a.keys) OR e.zh_key = ANY (a.keys))
            AND e.since >= a.since AND e.since <= day
        ORDER BY e.since DESC, e.action = 'remove' DESC, e.notice_key DESC
        LIMIT 1
    ) AS later ON true
    LEFT JOIN LATERAL (
        -- A notice that is suspended or repealed whole takes all its entries with it.
        SELECT h.relation, h.by_notice_key, h.until
        FROM public.status_history AS h
        WHERE h.notice_key = a.notice_key AND h.clause IS NULL
            AND h.relation IN ('suspends', 'repeals')
            AND h.since < ingest.midnight(day + 1)
            AND (h.until IS NULL OR h.until >= ingest.midnight(day + 1))
        ORDER BY h.relation = 'repeals' DESC, h.until DESC NULLS FIRST, h.by_notice_key
        LIMIT 1
    ) AS whole ON true
    WHERE later.action IS DISTINCT FROM 'remove' AND whole.relation IS DISTINCT FROM 'repeals'
$$;
COMMENT ON FUNCTION public.listed_entities_on(date) IS
    'The lists as they stood at the end of that day in China, in the columns of '
    'listed_entities_current: SELECT * FROM listed_entities_on(''2025-05-20'') WHERE list = '
    '''不可靠实体清单''.';
