-- needs: status_history, days

-- Runs with its owner's rights: the spellings of a name are compared by keys that no view shows.
-- Entries that are amended show their new name from then on, and answer to any they ever had. What
-- amends an entry under its name (UEL No. 6 of 2025 on a firm listed by No. 4) adds measures.
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
    by_notice_key text,
    by_document_number text,
    by_title text,
    changed_on date,
    last_change text,
    said text,
    measures text[]
)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog
SET timezone = 'Asia/Shanghai'
AS $$
    WITH RECURSIVE added AS (
        SELECT DISTINCT ON (e.list, coalesce(e.latin_key, e.zh_key)) e.*
        FROM ingest.listed_entity AS e
        WHERE e.action = 'add' AND e.since <= day
        ORDER BY e.list, coalesce(e.latin_key, e.zh_key), e.since DESC, e.notice_key, e.position
    ), named AS (
        SELECT a.list, a.notice_key, a.position, a.since, a.name_zh, a.name_latin, a.kind, a.address,
            array_remove(ARRAY[a.latin_key, a.zh_key], NULL) AS keys,
            a.since AS named_since, NULL::text AS amended_by, NULL::text AS amended_saying,
            '{}'::text[] AS amendments
        FROM added AS a
        UNION ALL
        SELECT n.list, n.notice_key, n.position, n.since, coalesce(e.name_zh, n.name_zh),
            coalesce(e.name_latin, n.name_latin), coalesce(e.kind, n.kind),
            coalesce(e.address, n.address),
            n.keys || array_remove(ARRAY[e.latin_key, e.zh_key], NULL),
            e.since, e.notice_key, e.said, n.amendments || (e.notice_key || ' ' || e.position)
        FROM named AS n
        JOIN ingest.listed_entity AS e ON e.list = n.list AND e.action = 'amend'
            AND e.since BETWEEN n.named_since AND day AND e.former_key = ANY (n.keys)
            AND e.notice_key || ' ' || e.position <> ALL (n.amendments)
    ), entry AS (
        SELECT DISTINCT ON (n.notice_key, n.position) n.*
        FROM named AS n
        ORDER BY n.notice_key, n.position, cardinality(n.amendments) DESC, n.named_since DESC,
            n.amended_by DESC
    ), measure AS (
        SELECT a.notice_key, a.position, e.notice_key AS measure_key, e.since, e.said,
            coalesce(n.document_number, n.title) AS name
        FROM entry AS a
        JOIN ingest.listed_entity AS e ON e.list = a.list AND e.action = 'amend'
            AND e.former_key IS NULL AND e.since BETWEEN a.since AND day
            AND (e.latin_key = ANY (a.keys) OR e.zh_key = ANY (a.keys))
        JOIN ingest.notice AS n ON n.notice_key = e.notice_key
    ), change AS (
        -- What is done to the entity itself, …
        SELECT a.notice_key, a.position, NULL AS measure, e.action, e.since AS begins, e.until,
            e.notice_key AS by_key, e.said
        FROM entry AS a
        JOIN ingest.listed_entity AS e ON e.list = a.list
            AND e.action IN ('remove', 'suspend', 'resume')
            AND (e.latin_key = ANY (a.keys) OR e.zh_key = ANY (a.keys))
            AND e.since BETWEEN a.since AND day
        UNION ALL
        -- … to the notice that lists it, whole, and to one that adds measures.
        SELECT o.notice_key, o.position, o.measure,
            CASE h.relation WHEN 'suspends' THEN 'suspend' WHEN 'resumes' THEN 'resume'
                ELSE 'remove' END,
            h.since::date, h.until, h.by_notice_key, h.said
        FROM (
            SELECT notice_key, position, NULL AS measure, notice_key AS changed_key FROM entry
            UNION ALL
            SELECT notice_key, position, name, measure_key FROM measure
        ) AS o
        JOIN public.status_history AS h ON h.notice_key = o.changed_key AND h.clause IS NULL
            AND h.relation IN ('suspends', 'resumes', 'repeals')
            AND h.since < ingest.midnight(day + 1)
    ), told AS (
        -- Every change as one says it, and the ends of suspensions.
        SELECT c.notice_key, c.position, c.begins AS changed_on, c.by_key, c.said,
            CASE WHEN c.measure IS NULL THEN '' ELSE 'measures of ' || c.measure || ' ' END
                || CASE c.action
                    WHEN 'suspend' THEN 'suspended from ' || c.begins
                        || coalesce(' until ' || c.until::date, ', no end named')
                    WHEN 'resume' THEN 'resumed ' || c.begins
                    ELSE 'stopped ' || c.begins END AS words,
            1 AS weight
        FROM change AS c
        UNION ALL
        SELECT c.notice_key, c.position, c.until::date, c.by_key, c.said,
            CASE WHEN c.measure IS NULL THEN '' ELSE 'measures of ' || c.measure || ': ' END
                || 'suspension ended ' || c.until::date || ', no extension held',
            0
        FROM change AS c
        WHERE c.action = 'suspend' AND c.until < ingest.midnight(day + 1) AND NOT EXISTS (
            SELECT FROM change AS longer
            WHERE longer.notice_key = c.notice_key AND longer.position = c.position
                AND longer.measure IS NOT DISTINCT FROM c.measure AND longer.action = 'suspend'
                AND longer.begins <= c.until::date
                AND (longer.until IS NULL OR longer.until > c.until))
        UNION ALL
        SELECT a.notice_key, a.position, a.named_since, a.amended_by, a.amended_saying,
            'renamed ' || a.named_since, 1
        FROM entry AS a
        WHERE a.amended_by IS NOT NULL
        UNION ALL
        SELECT m.notice_key, m.position, m.since, m.measure_key, m.said,
            'measures added ' || m.since || ' by ' || m.name, 1
        FROM measure AS m
    )
    SELECT
        a.list, a.name_zh, a.name_latin, a.kind, a.address,
        CASE WHEN suspended.is_so THEN 'suspended' ELSE 'listed' END,
        a.since,
        suspended.until,
        a.notice_key,
        n.document_number,
        last.by_key,
        by_notice.document_number,
        by_notice.title,
        last.changed_on,
        last.words,
        last.said,
        ARRAY(
            SELECT m.name FROM measure AS m
            WHERE m.notice_key = a.notice_key AND m.position = a.position AND NOT EXISTS (
                SELECT FROM change AS c
                WHERE c.notice_key = m.notice_key AND c.position = m.position
                    AND c.measure = m.name
                    AND (c.action = 'remove' OR c.action = 'suspend'
                        AND (c.until IS NULL OR c.until >= ingest.midnight(day + 1))))
            ORDER BY m.since, m.name)
    FROM entry AS a
    JOIN ingest.notice AS n ON n.notice_key = a.notice_key
    LEFT JOIN LATERAL (
        SELECT true AS is_so, CASE WHEN bool_and(c.until IS NOT NULL) THEN max(c.until) END AS until
        FROM change AS c
        WHERE c.notice_key = a.notice_key AND c.position = a.position AND c.measure IS NULL
            AND c.action = 'suspend' AND (c.until IS NULL OR c.until >= ingest.midnight(day + 1))
            AND NOT EXISTS (
                SELECT FROM change AS r
                WHERE r.notice_key = a.notice_key AND r.position = a.position
                    AND r.measure IS NULL AND r.action = 'resume' AND r.begins >= c.begins)
        HAVING count(*) > 0
    ) AS suspended ON true
    LEFT JOIN LATERAL (
        SELECT t.* FROM told AS t
        WHERE t.notice_key = a.notice_key AND t.position = a.position
        ORDER BY t.changed_on DESC, t.weight DESC, t.words LIKE 'measures%', t.by_key
        LIMIT 1
    ) AS last ON true
    LEFT JOIN ingest.notice AS by_notice ON by_notice.notice_key = last.by_key
    WHERE NOT EXISTS (
        SELECT FROM change AS c
        WHERE c.notice_key = a.notice_key AND c.position = a.position AND c.measure IS NULL
            AND c.action = 'remove')
$$;
COMMENT ON FUNCTION public.listed_entities_on(date) IS
    'The lists as they stood at the end of that day in China, in the columns of '
    'listed_entities_current: SELECT * FROM listed_entities_on(''2025-05-20'') WHERE list = '
    '''不可靠实体清单''.';
