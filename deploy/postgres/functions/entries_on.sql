-- needs: status_history

-- Entries that are amended show their new name from then on, and answer to any they ever had. What
-- amends an entry under its name (UEL No. 6 of 2025 on a firm listed by No. 4) adds measures.
-- All entries and some of them are found by plans of different kinds: two functions of one text.
DO $do$
DECLARE
    columns CONSTANT text := $columns$    keys text[],
    "position" int,
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
    last_change_quote text,
    measures text[],
    country text$columns$;
    body CONSTANT text := $body$
    WITH RECURSIVE added AS (
        SELECT DISTINCT ON (e.list, coalesce(e.latin_key, e.zh_key)) e.*
        FROM ingest.listed_entity AS e
        WHERE e.action = 'add' AND e.since <= day
            AND /* these */
        ORDER BY e.list, coalesce(e.latin_key, e.zh_key), e.since DESC, e.notice_key, e.position
    ), named AS (
        SELECT a.list, a.notice_key, a.position, a.since, a.name_zh, a.name_latin, a.kind, a.address,
            a.country, array_remove(ARRAY[a.latin_key, a.zh_key], NULL) AS keys,
            a.since AS named_since, NULL::text AS amended_by, NULL::text AS amended_quote,
            '{}'::text[] AS amendments
        FROM added AS a
        UNION ALL
        SELECT n.list, n.notice_key, n.position, n.since, coalesce(e.name_zh, n.name_zh),
            coalesce(e.name_latin, n.name_latin), coalesce(e.kind, n.kind),
            coalesce(e.address, n.address), coalesce(e.country, n.country),
            n.keys || array_remove(ARRAY[e.latin_key, e.zh_key], NULL),
            e.since, e.notice_key, e.quote, n.amendments || (e.notice_key || ' ' || e.position)
        FROM named AS n
        JOIN ingest.listed_entity AS e ON e.list = n.list AND e.action = 'amend'
            AND e.since BETWEEN n.named_since AND day AND e.former_key = ANY (n.keys)
            AND e.notice_key || ' ' || e.position <> ALL (n.amendments)
    ), entry AS (
        SELECT DISTINCT ON (n.notice_key, n.position) n.*
        FROM named AS n
        ORDER BY n.notice_key, n.position, cardinality(n.amendments) DESC, n.named_since DESC,
            n.amended_by DESC
    ), acted AS (
        -- Later decisions on an entry, by any of its names.
        SELECT DISTINCT a.notice_key, a.position, e.action, e.since, e.until, e.quote,
            e.former_key, e.notice_key AS by_key
        FROM entry AS a
        CROSS JOIN LATERAL unnest(a.keys) AS k (key)
        JOIN (
            SELECT e.*, n.key
            FROM ingest.listed_entity AS e
            CROSS JOIN LATERAL (VALUES (e.latin_key), (e.zh_key)) AS n (key)
            WHERE e.action <> 'add' AND e.since <= day
        ) AS e ON e.list = a.list AND e.key = k.key AND e.since >= a.since
    ), measure AS (
        SELECT a.notice_key, a.position, a.by_key AS measure_key, a.since, a.quote,
            coalesce(n.document_number, n.title) AS name
        FROM acted AS a
        JOIN ingest.notice AS n ON n.notice_key = a.by_key
        WHERE a.action = 'amend' AND a.former_key IS NULL
    ), object AS (
        SELECT notice_key, position, NULL AS measure, notice_key AS changed_key FROM entry
        UNION ALL
        SELECT notice_key, position, name, measure_key FROM measure
    ), whole AS (
        -- Each notice is looked up once; OFFSET 0 keeps its key within the view's own search.
        SELECT k.changed_key, h.*
        FROM (SELECT DISTINCT changed_key FROM object) AS k
        CROSS JOIN LATERAL (
            SELECT v.relation, v.since, v.until, v.by_notice_key, v.quote
            FROM public.status_history AS v
            WHERE v.notice_key = k.changed_key AND v.clause IS NULL
                AND v.relation IN ('suspends', 'resumes', 'repeals')
                AND v.since::date <= day
            OFFSET 0
        ) AS h
    ), change AS (
        -- What is done to the entity itself, …
        SELECT a.notice_key, a.position, NULL AS measure, a.action, a.since AS begins, a.until,
            a.by_key, a.quote
        FROM acted AS a
        WHERE a.action IN ('remove', 'suspend', 'resume')
        UNION ALL
        -- … to the notice that lists it, whole, and to one that adds measures.
        SELECT o.notice_key, o.position, o.measure,
            CASE w.relation WHEN 'suspends' THEN 'suspend' WHEN 'resumes' THEN 'resume'
                ELSE 'remove' END,
            w.since::date, w.until, w.by_notice_key, w.quote
        FROM object AS o
        JOIN whole AS w ON w.changed_key = o.changed_key
    ), suspension AS (
        SELECT c.*
        FROM change AS c
        WHERE c.action = 'suspend' AND NOT EXISTS (
            SELECT FROM change AS r
            WHERE r.notice_key = c.notice_key AND r.position = c.position
                AND r.measure IS NOT DISTINCT FROM c.measure AND r.action = 'resume'
                AND r.begins >= c.begins)
    ), event AS (
        -- Every change in words, and the ends of suspensions.
        SELECT c.notice_key, c.position, c.measure, c.begins AS changed_on, false AS is_end, c.by_key,
            c.quote,
            coalesce('measures of ' || c.measure || ' ', '')
                || CASE c.action
                    WHEN 'suspend' THEN 'suspended from ' || c.begins
                        || coalesce(' until ' || c.until::date, ', no end named')
                    WHEN 'resume' THEN 'resumed ' || c.begins
                    ELSE 'stopped ' || c.begins END AS words
        FROM change AS c
        UNION ALL
        SELECT c.notice_key, c.position, c.measure, c.until::date, true, c.by_key, c.quote,
            coalesce('measures of ' || c.measure || ': ', '')
                || 'suspension ended ' || c.until::date || ', no extension held'
        FROM suspension AS c
        WHERE c.until::date <= day AND NOT EXISTS (
            SELECT FROM suspension AS longer
            WHERE longer.notice_key = c.notice_key AND longer.position = c.position
                AND longer.measure IS NOT DISTINCT FROM c.measure
                AND (longer.until IS NULL OR longer.until > c.until))
        UNION ALL
        SELECT a.notice_key, a.position, NULL, a.named_since, false, a.amended_by, a.amended_quote,
            'renamed ' || a.named_since
        FROM entry AS a
        WHERE a.amended_by IS NOT NULL
        UNION ALL
        SELECT m.notice_key, m.position, m.name, m.since, false, m.measure_key, m.quote,
            'measures added ' || m.since || ' by ' || m.name
        FROM measure AS m
    ), last AS (
        SELECT DISTINCT ON (e.notice_key, e.position) e.*
        FROM event AS e
        ORDER BY e.notice_key, e.position, e.changed_on DESC, e.is_end, e.measure IS NOT NULL, e.by_key
    ), suspended AS (
        SELECT c.notice_key, c.position, c.measure,
            CASE WHEN bool_and(c.until IS NOT NULL) THEN max(c.until) END AS until
        FROM suspension AS c
        WHERE c.until IS NULL OR c.until::date > day
        GROUP BY c.notice_key, c.position, c.measure
    ), removed AS (
        SELECT DISTINCT c.notice_key, c.position, c.measure FROM change AS c WHERE c.action = 'remove'
    ), applied AS (
        SELECT m.notice_key, m.position, array_agg(m.name ORDER BY m.since, m.name) AS measures
        FROM measure AS m
        WHERE NOT EXISTS (
            SELECT FROM (TABLE removed UNION ALL SELECT notice_key, position, measure FROM suspended)
                AS o (notice_key, position, measure)
            WHERE o.notice_key = m.notice_key AND o.position = m.position AND o.measure = m.name)
        GROUP BY m.notice_key, m.position
    )
    SELECT
        a.keys, a.position, a.list, a.name_zh, a.name_latin, a.kind, a.address,
        CASE WHEN removed.notice_key IS NOT NULL THEN 'removed'
            WHEN suspended.notice_key IS NULL THEN 'listed' ELSE 'suspended' END,
        a.since,
        suspended.until,
        a.notice_key,
        n.document_number,
        last.by_key,
        by_notice.document_number,
        by_notice.title,
        last.changed_on,
        last.words,
        last.quote,
        coalesce(applied.measures, '{}'),
        a.country
    FROM entry AS a
    JOIN ingest.notice AS n ON n.notice_key = a.notice_key
    LEFT JOIN removed ON removed.notice_key = a.notice_key AND removed.position = a.position
        AND removed.measure IS NULL
    LEFT JOIN suspended ON suspended.notice_key = a.notice_key AND suspended.position = a.position
        AND suspended.measure IS NULL
    LEFT JOIN last ON last.notice_key = a.notice_key AND last.position = a.position
    LEFT JOIN applied ON applied.notice_key = a.notice_key AND applied.position = a.position
    LEFT JOIN ingest.notice AS by_notice ON by_notice.notice_key = last.by_key
$body$;
BEGIN
    -- How many rows the steps yield is not foreseen: nested loops over all would be quadratic.
    EXECUTE format($sql$
        CREATE OR REPLACE FUNCTION ingest.entries_on(day date) RETURNS TABLE (%s)
        LANGUAGE sql STABLE SET timezone = 'Asia/Shanghai' SET enable_nestloop = off AS %L$sql$,
        columns, replace(body, '/* these */', 'true'));
    EXECUTE format($sql$
        CREATE OR REPLACE FUNCTION ingest.entries_on(day date, wanted text[]) RETURNS TABLE (%s)
        LANGUAGE sql STABLE SET timezone = 'Asia/Shanghai' SET plan_cache_mode = force_generic_plan AS %L$sql$,
        columns, replace(body, '/* these */', '(e.latin_key = ANY (wanted) OR e.zh_key = ANY (wanted))'));
END
$do$;
COMMENT ON FUNCTION ingest.entries_on(date) IS
    'The entries of all lists as they stood at the end of that day in China, those that were removed too. '
    'keys are those of all names that an entry ever had.';
COMMENT ON FUNCTION ingest.entries_on(date, text[]) IS
    'Those of entries_on(date) with one of these keys of names (ingest.name_key).';
