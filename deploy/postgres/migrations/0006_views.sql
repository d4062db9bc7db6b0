-- What users query: views over what 0005 keeps.

DROP VIEW public.notices;
DROP VIEW public.pages;
DROP VIEW public.records;
DROP INDEX ingest.reading_newest;

-- -- notices ---------------------------------------------------------------------------------

CREATE VIEW public.pages AS
SELECT
    n.notice_key,
    r.document_number,
    n.issued_on,
    r.title,
    r.document_type,
    r.issuers,
    r.department,
    r.addressees,
    r.published_at,
    r.effective_on,
    r.effective_at,
    n.since AS applies_from,
    r.body_text,
    t.title_en,
    t.text_en,
    t.summary_en,
    t.state AS translation_state,
    t.provenance - 'source' AS translation_provenance,
    r.source,
    r.column_name,
    r.index_number,
    r.validity,
    c.url,
    r.url_key,
    c."timestamp",
    r.captured_at,
    n.first_captured_at,
    n.last_captured_at,
    n.captures,
    n.versions,
    n.copies,
    n.conflicting,
    n.page_kind,
    r.layout,
    r.layout_confidence,
    r.warnings,
    r.parser_version,
    r.parsed_at,
    n.capture_id,
    n.changed_at
FROM ingest.notice AS n
JOIN ingest.reading AS r ON r.capture_id = n.capture_id
JOIN ingest.capture AS c ON c.capture_id = n.capture_id
LEFT JOIN ingest.translation AS t ON t.capture_id = n.capture_id;

CREATE VIEW public.notices AS
SELECT * FROM public.pages WHERE page_kind IN ('notice', 'law');

CREATE VIEW public.notice_keys AS
SELECT DISTINCT ON (k.notice_key)
    k.notice_key AS key,
    r.notice_key
FROM ingest.reading_key AS k
JOIN ingest.reading AS r ON r.capture_id = k.capture_id
ORDER BY k.notice_key, (r.notice_key IS NOT NULL) DESC, (r.notice_key = k.notice_key) DESC,
    r.captured_at DESC, r.capture_id DESC;

CREATE VIEW public.notice_versions AS
SELECT
    r.notice_key,
    r.url_key,
    row_number() OVER (
        PARTITION BY r.notice_key, r.url_key ORDER BY min(r.captured_at), r.wording
    ) AS version,
    (array_agg(r.capture_id ORDER BY r.captured_at, r.capture_id))[1] AS version_id,
    min(r.captured_at) AS first_captured_at,
    max(r.captured_at) AS last_captured_at,
    count(*) AS captures,
    array_agg(r.capture_id ORDER BY r.captured_at, r.capture_id) AS capture_ids,
    (array_agg(r.title ORDER BY r.captured_at, r.capture_id))[1] AS title,
    (array_agg(r.body_text ORDER BY r.captured_at, r.capture_id))[1] AS body_text,
    r.wording
FROM ingest.reading AS r
WHERE r.notice_key IS NOT NULL
GROUP BY r.notice_key, r.url_key, r.wording;

CREATE VIEW public.notice_copies AS
SELECT
    a.notice_key,
    a.url,
    a.url_key,
    a.first_captured_at,
    a.last_alive_at,
    g.first_gone_at,
    a.captures,
    a.wording,
    n.conflicting
FROM (
    SELECT
        r.notice_key,
        r.url_key,
        (array_agg(c.url ORDER BY r.captured_at DESC, r.capture_id DESC))[1] AS url,
        min(r.captured_at) AS first_captured_at,
        max(r.captured_at) AS last_alive_at,
        count(*) AS captures,
        (array_agg(r.wording ORDER BY r.captured_at DESC, r.capture_id DESC))[1] AS wording
    FROM ingest.reading AS r
    JOIN ingest.capture AS c ON c.capture_id = r.capture_id
    WHERE r.notice_key IS NOT NULL
    GROUP BY r.notice_key, r.url_key
) AS a
JOIN ingest.notice AS n ON n.notice_key = a.notice_key
LEFT JOIN LATERAL (
    SELECT min(c.captured_at) AS first_gone_at
    FROM ingest.capture AS c
    LEFT JOIN ingest.reading AS r ON r.capture_id = c.capture_id
    WHERE c.url_key = a.url_key AND c.captured_at > a.last_alive_at
        AND (c.status IN (404, 410) OR r.page_kind IN ('error', 'redirect'))
) AS g ON true;

CREATE VIEW public.notice_issuers AS
SELECT n.notice_key, i.position::int AS position, i.issuer
FROM ingest.notice AS n
JOIN ingest.reading AS r ON r.capture_id = n.capture_id
CROSS JOIN LATERAL unnest(r.issuers) WITH ORDINALITY AS i (issuer, position)
WHERE n.page_kind IN ('notice', 'law');

CREATE VIEW public.notice_addressees AS
SELECT n.notice_key, i.position::int AS position, i.addressee
FROM ingest.notice AS n
JOIN ingest.reading AS r ON r.capture_id = n.capture_id
CROSS JOIN LATERAL unnest(r.addressees) WITH ORDINALITY AS i (addressee, position)
WHERE n.page_kind IN ('notice', 'law');

-- -- numbering series ------------------------------------------------------------------------

CREATE VIEW public.series AS
SELECT
    h.series_key,
    h.series,
    h.held,
    h.lowest_held,
    greatest(h.highest_held, c.highest_cited) AS highest_seen,
    m.missing,
    coalesce((
        SELECT sum(upper(gap.numbers) - lower(gap.numbers)) FROM unnest(m.missing) AS gap (numbers)
    ), 0) AS missing_count,
    coalesce(c.missing_cited, '{}') AS missing_cited
FROM (
    SELECT n.series_key, min(n.series) AS series, count(DISTINCT n.serial) AS held,
        min(n.serial) AS lowest_held, max(n.serial) AS highest_held,
        range_agg(int4range(n.serial, n.serial, '[]')) AS numbers
    FROM ingest.notice AS n
    WHERE n.series_key IS NOT NULL
    GROUP BY n.series_key
) AS h
LEFT JOIN LATERAL (
    SELECT
        max(c.serial) AS highest_cited,
        array_agg(DISTINCT c.serial ORDER BY c.serial)
            FILTER (WHERE NOT h.numbers @> c.serial) AS missing_cited
    FROM ingest.citation AS c
    WHERE c.series_key = h.series_key
) AS c ON true
CROSS JOIN LATERAL (
    -- Numbers begin at 1 each year; a series without years is held from where it is held.
    SELECT int4multirange(int4range(
        CASE WHEN h.series_key ~ '\d{4}$' THEN 1 ELSE h.lowest_held END,
        greatest(h.highest_held, c.highest_cited), '[]')) - h.numbers AS missing
) AS m;

-- -- what notices do to each other -----------------------------------------------------------

CREATE VIEW public.citations AS
SELECT
    c.notice_key,
    c.position,
    c.relation,
    c.document_number,
    c.title,
    coalesce(by_number.notice_key, by_title.notice_key) AS cited_notice_key,
    c.clause,
    c.since,
    c.until
FROM ingest.citation AS c
LEFT JOIN ingest.notice AS by_number
    ON by_number.notice_key = c.number_key AND by_number.notice_key <> c.notice_key
LEFT JOIN LATERAL (
    SELECT n.notice_key FROM ingest.notice AS n
    WHERE c.number_key IS NULL AND n.title_key = c.title_key
        AND n.page_kind IN ('notice', 'law') AND n.notice_key <> c.notice_key
    ORDER BY n.issued_on DESC NULLS LAST, n.notice_key
    LIMIT 1
) AS by_title ON true;

CREATE VIEW public.status_history AS
WITH act AS (
    SELECT c.*, coalesce(c.since, n.since) AS begins
    FROM ingest.citation AS c
    JOIN ingest.notice AS n ON n.notice_key = c.notice_key
    WHERE c.relation NOT IN ('basis', 'mentions', 'explains')
)
SELECT
    v.cited_notice_key AS notice_key,
    coalesce(cited.document_number, a.document_number) AS document_number,
    coalesce(cited.title, a.title) AS title,
    a.relation,
    a.clause,
    a.begins AS since,
    least(a.until, ended.at) AS until,
    a.relation = 'suspends' AND a.until IS NULL AND ended.at IS NULL AS open_ended,
    a.notice_key AS by_notice_key,
    by_reading.document_number AS by_document_number,
    by_reading.title AS by_title,
    by_notice.page_kind AS by_page_kind
FROM act AS a
JOIN public.citations AS v ON v.notice_key = a.notice_key AND v.position = a.position
JOIN ingest.notice AS by_notice ON by_notice.notice_key = a.notice_key
JOIN ingest.reading AS by_reading ON by_reading.capture_id = by_notice.capture_id
LEFT JOIN ingest.notice AS cited_notice ON cited_notice.notice_key = v.cited_notice_key
LEFT JOIN ingest.reading AS cited ON cited.capture_id = cited_notice.capture_id
LEFT JOIN LATERAL (
    -- What is resumed or repealed is suspended no longer.
    SELECT min(e.begins) AS at
    FROM act AS e
    WHERE a.relation = 'suspends' AND e.relation IN ('resumes', 'repeals')
        AND coalesce(e.number_key, e.title_key) = coalesce(a.number_key, a.title_key)
        AND (e.clause IS NULL OR e.clause = a.clause) AND e.begins >= a.begins
) AS ended ON true;

-- Reads views alone, so that it runs with the rights of who asks and is planned with the query.
CREATE FUNCTION public.notices_in_force(at timestamptz DEFAULT now())
RETURNS TABLE (
    notice_key text,
    document_number text,
    title text,
    issued_on date,
    since timestamptz,
    in_force boolean,
    status text,
    clauses text[],
    until timestamptz,
    by_notice_key text,
    by_document_number text
)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT
        n.notice_key, n.document_number, n.title, n.issued_on, n.applies_from,
        w.status IN ('in force', 'in force in part'),
        w.status,
        coalesce(s.clauses, '{}'),
        CASE w.status WHEN 'suspended' THEN s.until WHEN 'in force in part' THEN s.part_until END,
        CASE w.status WHEN 'repealed' THEN s.repealed_by WHEN 'suspended' THEN s.suspended_by
            WHEN 'in force in part' THEN s.part_by END,
        CASE w.status WHEN 'repealed' THEN s.repealed_number WHEN 'suspended' THEN s.suspended_number
            WHEN 'in force in part' THEN s.part_number END
    FROM public.notices AS n
    LEFT JOIN (
        SELECT
            h.notice_key,
            bool_or(h.relation = 'repeals' AND h.clause IS NULL) AS repealed,
            bool_or(h.relation = 'suspends' AND h.clause IS NULL) AS suspended,
            array_agg(DISTINCT h.clause) FILTER (WHERE h.clause IS NOT NULL) AS clauses,
            CASE WHEN NOT bool_or(h.relation = 'suspends' AND h.clause IS NULL AND h.until IS NULL)
                THEN max(h.until) FILTER (WHERE h.relation = 'suspends' AND h.clause IS NULL)
            END AS until,
            max(h.until) FILTER (WHERE h.clause IS NOT NULL) AS part_until,
            min(h.by_notice_key) FILTER (WHERE h.relation = 'repeals' AND h.clause IS NULL)
                AS repealed_by,
            min(h.by_document_number) FILTER (WHERE h.relation = 'repeals' AND h.clause IS NULL)
                AS repealed_number,
            min(h.by_notice_key) FILTER (WHERE h.relation = 'suspends' AND h.clause IS NULL)
                AS suspended_by,
            min(h.by_document_number) FILTER (WHERE h.relation = 'suspends' AND h.clause IS NULL)
                AS suspended_number,
            min(h.by_notice_key) FILTER (WHERE h.clause IS NOT NULL) AS part_by,
            min(h.by_document_number) FILTER (WHERE h.clause IS NOT NULL) AS part_number
        FROM public.status_history AS h
        WHERE h.relation IN ('repeals', 'suspends')
            AND h.since <= $1 AND (h.until IS NULL OR h.until > $1)
        GROUP BY h.notice_key
    ) AS s ON s.notice_key = n.notice_key
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN s.repealed THEN 'repealed'
            WHEN s.suspended THEN 'suspended'
            WHEN n.applies_from > $1 THEN 'not yet in force'
            WHEN s.clauses <> '{}' THEN 'in force in part'
            ELSE 'in force'
        END AS status
    ) AS w
    WHERE coalesce(ingest.midnight(n.issued_on), n.published_at, n.applies_from) <= $1;
END;

-- -- what notices say ------------------------------------------------------------------------

CREATE VIEW public.regulated_items AS
SELECT
    i.notice_key, r.document_number, i.position, i.control_code, i.name, i.hs_code, i.hs_role,
    i.direction, i.destination, coalesce(f.status, 'not yet in force') AS status, f.until
FROM ingest.regulated_item AS i
JOIN ingest.notice AS n ON n.notice_key = i.notice_key
JOIN ingest.reading AS r ON r.capture_id = n.capture_id
LEFT JOIN public.notices_in_force(now()) AS f ON f.notice_key = i.notice_key;

CREATE VIEW public.duty_rates AS
SELECT
    d.notice_key, r.document_number, d.position, d.product, d.origin, d.company_zh,
    d.company_latin, d.rate, d.since, d.until, coalesce(f.status, 'not yet in force') AS status
FROM ingest.duty_rate AS d
JOIN ingest.notice AS n ON n.notice_key = d.notice_key
JOIN ingest.reading AS r ON r.capture_id = n.capture_id
LEFT JOIN public.notices_in_force(now()) AS f ON f.notice_key = d.notice_key;

CREATE VIEW public.deadlines AS
SELECT d.notice_key, r.document_number, d.position, d."on", d.due, d.sentence
FROM ingest.deadline AS d
JOIN ingest.notice AS n ON n.notice_key = d.notice_key
JOIN ingest.reading AS r ON r.capture_id = n.capture_id;

CREATE VIEW public.evidence AS
SELECT
    n.notice_key,
    e.position::int AS position,
    e.item->>'field' AS field,
    CASE WHEN e.item->>'field' ~ '^[a-z_]+(\[\d+\])?(\.[a-z_]+(\[\d+\])?)*$'
        THEN jsonb_path_query_first(r.notice, ('$.' || (e.item->>'field'))::jsonpath) #>> '{}'
    END AS value,
    substr(
        CASE e.item->>'source'
            WHEN 'body_text' THEN r.body_text
            WHEN 'title' THEN r.title
            ELSE r.notice->'meta'->>(e.item->>'key')
        END,
        (e.item->>'start')::int + 1,
        greatest(0, (e.item->>'end')::int - (e.item->>'start')::int)) AS quote,
    e.item->>'source' AS source,
    e.item->>'key' AS meta_name,
    (e.item->>'start')::int AS starts,
    (e.item->>'end')::int AS ends
FROM ingest.notice AS n
JOIN ingest.reading AS r ON r.capture_id = n.capture_id
CROSS JOIN LATERAL jsonb_array_elements(r.notice->'evidence') WITH ORDINALITY AS e (item, position);

CREATE VIEW public.attachments AS
SELECT
    a.notice_key, r.document_number, a.position, a.name, a.url, a.type,
    CASE
        WHEN f.body_sha256 IS NOT NULL THEN 'held'
        WHEN q.state IN ('skipped', 'dead') THEN 'not archived'
        WHEN q.state IS NOT NULL THEN 'asked'
        ELSE 'not asked'
    END AS state,
    f.body_sha256 AS sha256,
    f.body_size AS size,
    f.content_type,
    f.captured_at
FROM ingest.attachment AS a
JOIN ingest.notice AS n ON n.notice_key = a.notice_key
JOIN ingest.reading AS r ON r.capture_id = n.capture_id
LEFT JOIN LATERAL (
    SELECT c.body_sha256, c.body_size, c.content_type, c.captured_at
    FROM ingest.capture AS c
    WHERE c.url_key = a.url_key AND c.body_sha256 IS NOT NULL AND c.status = 200
    ORDER BY c.captured_at DESC, c.capture_id DESC
    LIMIT 1
) AS f ON true
LEFT JOIN LATERAL (
    SELECT l.state
    FROM ingest.request AS q JOIN ingest.ledger AS l ON l.kind = 'request' AND l.id = q.request_id
    WHERE q.url_key = a.url_key
    ORDER BY l.state IN ('skipped', 'dead'), l.state
    LIMIT 1
) AS q ON true;

CREATE VIEW public.listed_entities AS
SELECT
    e.notice_key, r.document_number, e.position, e.list, e.action, e.name_zh, e.name_latin, e.kind,
    e.address, e.printed_position, e.since
FROM ingest.listed_entity AS e
JOIN ingest.notice AS n ON n.notice_key = e.notice_key
JOIN ingest.reading AS r ON r.capture_id = n.capture_id;

-- Runs with its owner's rights: the spellings of a name are compared by keys that no view shows.
CREATE FUNCTION public.listed_entities_on(day date)
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
    WITH added AS (
        SELECT DISTINCT ON (e.list, coalesce(e.latin_key, e.zh_key)) e.*
        FROM ingest.listed_entity AS e
        WHERE e.action = 'add' AND e.since <= day
        ORDER BY e.list, coalesce(e.latin_key, e.zh_key), e.since DESC, e.notice_key, e.position
    )
    SELECT
        a.list, a.name_zh, a.name_latin, a.kind, a.address,
        CASE WHEN later.action = 'suspend' OR whole.by_notice_key IS NOT NULL
            THEN 'suspended' ELSE 'listed' END,
        a.since,
        whole.until,
        a.notice_key,
        r.document_number,
        coalesce(later.notice_key, whole.by_notice_key)
    FROM added AS a
    JOIN ingest.notice AS n ON n.notice_key = a.notice_key
    JOIN ingest.reading AS r ON r.capture_id = n.capture_id
    LEFT JOIN LATERAL (
        SELECT e.action, e.notice_key
        FROM ingest.listed_entity AS e
        WHERE e.list = a.list AND e.action IN ('remove', 'suspend', 'resume')
            AND (e.latin_key = a.latin_key OR e.zh_key = a.zh_key)
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

CREATE VIEW public.listed_entities_current AS
SELECT * FROM public.listed_entities_on((now() AT TIME ZONE 'Asia/Shanghai')::date);

-- -- differences -----------------------------------------------------------------------------

-- Myers' greedy algorithm (1986), after what both have in common at both ends is cut off. Texts
-- that differ in more than 2,000 characters in a row count as replaced whole.
CREATE FUNCTION ingest.difference(old_words text, new_words text)
RETURNS TABLE (operation text, words text)
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    a text[] := string_to_array(old_words, NULL);
    b text[] := string_to_array(new_words, NULL);
    head int := 0;
    tail int := 0;
    n int;
    m int;
    furthest int[];
    trace jsonb[] := '{}';
    most int;
    found int := -1;
    x int;
    y int;
    before int;
    script text := '';
BEGIN
    WHILE head < cardinality(a) AND head < cardinality(b) AND a[head + 1] = b[head + 1] LOOP
        head := head + 1;
    END LOOP;
    WHILE tail < cardinality(a) - head AND tail < cardinality(b) - head
        AND a[cardinality(a) - tail] = b[cardinality(b) - tail] LOOP
        tail := tail + 1;
    END LOOP;
    n := cardinality(a) - head - tail;
    m := cardinality(b) - head - tail;
    most := least(n + m, 2000);
    furthest := array_fill(0, ARRAY[2 * most + 3], ARRAY[-most - 1]);
    <<rounds>>
    FOR d IN 0..most LOOP
        FOR k IN -d..d BY 2 LOOP
            x := CASE WHEN k = -d OR (k <> d AND furthest[k - 1] < furthest[k + 1])
                THEN furthest[k + 1] ELSE furthest[k - 1] + 1 END;
            y := x - k;
            WHILE x < n AND y < m AND a[head + x + 1] = b[head + y + 1] LOOP
                x := x + 1;
                y := y + 1;
            END LOOP;
            furthest[k] := x;
            IF x >= n AND y >= m THEN
                found := d;
                EXIT rounds;
            END IF;
        END LOOP;
        trace := trace || to_jsonb(furthest[-d:d]);
    END LOOP;
    IF found < 0 THEN
        script := repeat('-', n) || repeat('+', m);
    ELSE
        x := n;
        y := m;
        FOR d IN REVERSE found..1 LOOP
            before := x - y;
            before := CASE WHEN before = -d OR (before <> d AND
                    ingest.reached(trace[d], d - 1, before - 1)
                        < ingest.reached(trace[d], d - 1, before + 1))
                THEN before + 1 ELSE before - 1 END;
            n := ingest.reached(trace[d], d - 1, before);
            m := n - before;
            -- The step itself comes before the run of equals that follows it.
            IF before > x - y THEN
                script := '+' || repeat('=', x - n) || script;
            ELSE
                script := '-' || repeat('=', x - n - 1) || script;
            END IF;
            x := n;
            y := m;
        END LOOP;
        script := repeat('=', x) || script;
    END IF;
    script := repeat('=', head) || script || repeat('=', tail);
    x := 1;
    y := 1;
    FOR operation, n IN
        SELECT s[1], length(s[1] || s[2]) FROM regexp_matches(script, '(.)(\1*)', 'g') AS s
    LOOP
        words := CASE operation WHEN '+' THEN substr(new_words, y, n) ELSE substr(old_words, x, n) END;
        x := x + CASE operation WHEN '+' THEN 0 ELSE n END;
        y := y + CASE operation WHEN '-' THEN 0 ELSE n END;
        RETURN NEXT;
    END LOOP;
END
$$;
CREATE FUNCTION ingest.reached(round jsonb, d int, k int) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce((round->>(k + d))::int, -1);

CREATE FUNCTION public.notice_diff(a text, b text)
RETURNS TABLE (place bigint, operation text, words text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
    SELECT row_number() OVER (), d.operation, d.words
    FROM ingest.reading AS old_reading
    CROSS JOIN ingest.reading AS new_reading
    CROSS JOIN LATERAL ingest.difference(old_reading.body_text, new_reading.body_text) AS d
    WHERE old_reading.capture_id = a AND new_reading.capture_id = b
$$;

-- -- captures, records, changes, the pipeline ------------------------------------------------

CREATE OR REPLACE VIEW public.captures AS
SELECT
    c.capture_id, c.url, c.url_key, c."timestamp", c.captured_at, c.kind, c.answer, c.status,
    c.digest, r.page_kind,
    coalesce(r.reason, CASE WHEN r.outcome = 'done' THEN 'read' END) AS reading,
    c.content_type, c.charset, c.body_size, c.body_sha256, c.fetched_at,
    r.notice_key, r.layout, r.parser_version
FROM ingest.capture AS c
LEFT JOIN ingest.reading AS r USING (capture_id);

CREATE VIEW public.records AS
SELECT
    b.html,
    r.title,
    r.resulting_text,
    CASE WHEN q."timestamp" IS NULL THEN q.url ELSE q."timestamp" || '/' || q.url END AS input_url,
    'https://web.archive.org/web/' || c."timestamp" || '/' || c.url AS returned_url,
    coalesce(q.asked_day, (c.captured_at AT TIME ZONE 'UTC')::date)::timestamp AS "date",
    t.title_en AS translated_title,
    t.text_en AS translated_content,
    t.summary_en AS english_summary
FROM ingest.request AS q
LEFT JOIN ingest.served AS s USING (request_id)
LEFT JOIN ingest.capture AS c USING (capture_id)
LEFT JOIN ingest.body AS b ON b.sha256 = c.body_sha256
LEFT JOIN ingest.reading AS r ON r.capture_id = c.capture_id
LEFT JOIN ingest.translation AS t ON t.capture_id = c.capture_id
WHERE q.kind = 'page';

CREATE VIEW public.changes AS
SELECT sequence, notice_key, page_kind, kind, fields, at FROM ingest.change;

CREATE OR REPLACE VIEW public.pipeline_status AS
SELECT
    l.kind,
    l.state,
    count(*) AS rows,
    min(l.updated_at) AS oldest,
    max(l.updated_at) AS newest,
    min(l.next_attempt_at) AS next_attempt_at,
    count(*) FILTER (WHERE l.updated_at > now() - INTERVAL '1 hour') AS last_hour,
    CASE WHEN l.state IN ('waiting', 'fetched') THEN now() - min(l.updated_at) END AS lag
FROM ingest.ledger AS l
GROUP BY l.kind, l.state;

CREATE VIEW public.pipeline_gap AS
SELECT
    l.kind,
    l.id,
    coalesce(q.url, a.address) AS address,
    l.state,
    l.attempt,
    l.updated_at AS since,
    l.next_attempt_at,
    l.last_error
FROM ingest.ledger AS l
LEFT JOIN ingest.request AS q ON l.kind = 'request' AND q.request_id = l.id
LEFT JOIN ingest.address AS a ON l.kind = 'address' AND a.address_id = l.id
WHERE l.state IN ('waiting', 'fetched', 'retry');
