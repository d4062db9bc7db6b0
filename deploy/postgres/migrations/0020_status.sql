-- What notices do to each other, found by index: for one notice without a look at all, and for all
-- without a look at each pair.

CREATE VIEW ingest.resolved_citation AS
SELECT c.*, n.notice_key AS cited_notice_key
FROM ingest.citation AS c
JOIN ingest.notice AS n ON n.notice_key = c.number_key AND n.notice_key <> c.notice_key
UNION ALL
-- Of several with the title the newest.
SELECT c.*, n.notice_key
FROM ingest.citation AS c
JOIN ingest.notice AS n ON n.title_key = c.title_key AND n.notice_key <> c.notice_key
    AND n.page_kind IN ('notice', 'law')
WHERE c.number_key IS NULL AND NOT EXISTS (
    SELECT FROM ingest.notice AS o
    WHERE o.title_key = c.title_key AND o.notice_key <> c.notice_key
        AND o.page_kind IN ('notice', 'law')
        AND (coalesce(n.issued_on, '-infinity'), o.notice_key)
            < (coalesce(o.issued_on, '-infinity'), n.notice_key))
UNION ALL
SELECT c.*, NULL
FROM ingest.citation AS c
WHERE NOT EXISTS (
        SELECT FROM ingest.notice AS n
        WHERE n.notice_key = c.number_key AND n.notice_key <> c.notice_key)
    AND (c.number_key IS NOT NULL OR NOT EXISTS (
        SELECT FROM ingest.notice AS n
        WHERE n.title_key = c.title_key AND n.notice_key <> c.notice_key
            AND n.page_kind IN ('notice', 'law')));
COMMENT ON VIEW ingest.resolved_citation IS
    'Every citation with the notice that it means, by number, else by title; null while none is held.';

CREATE OR REPLACE VIEW public.citations AS
SELECT notice_key, position, relation, document_number, title, cited_notice_key, clause, since, until
FROM ingest.resolved_citation;

-- What changes another document is looked up by what it changes.
DROP INDEX ingest.citation_changes;
CREATE INDEX citation_changes ON ingest.citation ((coalesce(number_key, title_key)))
    WHERE relation NOT IN ('basis', 'mentions', 'explains');

CREATE OR REPLACE VIEW public.status_history AS
SELECT
    a.cited_notice_key AS notice_key,
    coalesce(cited.document_number, a.document_number) AS document_number,
    coalesce(cited.title, a.title) AS title,
    a.relation,
    a.clause,
    coalesce(a.since, by_notice.since) AS since,
    least(a.until, ended.at) AS until,
    a.relation = 'suspends' AND a.until IS NULL AND ended.at IS NULL AS open_ended,
    a.notice_key AS by_notice_key,
    by_notice.document_number AS by_document_number,
    by_notice.title AS by_title,
    by_notice.page_kind AS by_page_kind
FROM ingest.resolved_citation AS a
JOIN ingest.notice AS by_notice ON by_notice.notice_key = a.notice_key
LEFT JOIN ingest.notice AS cited ON cited.notice_key = a.cited_notice_key
LEFT JOIN LATERAL (
    -- What is resumed or repealed is suspended no longer.
    SELECT min(e.begins) AS at
    FROM (
        SELECT c.clause, coalesce(c.since, n.since) AS begins
        FROM ingest.citation AS c
        JOIN ingest.notice AS n ON n.notice_key = c.notice_key
        WHERE a.relation = 'suspends' AND c.relation IN ('resumes', 'repeals')
            AND coalesce(c.number_key, c.title_key) = coalesce(a.number_key, a.title_key)
    ) AS e
    WHERE (e.clause IS NULL OR e.clause = a.clause)
        AND e.begins >= coalesce(a.since, by_notice.since)
) AS ended ON true
WHERE a.relation NOT IN ('basis', 'mentions', 'explains');

CREATE OR REPLACE FUNCTION public.notices_in_force(at timestamptz DEFAULT now())
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
        WHERE h.notice_key IS NOT NULL AND h.relation IN ('repeals', 'suspends')
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
    -- Days are compared with the day in China, which is a constant.
    WHERE CASE WHEN n.issued_on IS NULL THEN coalesce(n.published_at, n.applies_from) <= $1
        ELSE n.issued_on <= ($1 AT TIME ZONE 'UTC' + INTERVAL '8 hours')::date END;
END;

-- -- what notices say ------------------------------------------------------------------------

-- OFFSET 0 has the status looked up for the notices that are shown, instead of made for all.
CREATE OR REPLACE VIEW public.regulated_items AS
SELECT
    i.notice_key, n.document_number, i.position, i.control_code, i.name, i.hs_code, i.hs_role,
    i.direction, i.destination, coalesce(s.status, 'not yet in force') AS status, s.until
FROM ingest.regulated_item AS i
JOIN ingest.notice AS n ON n.notice_key = i.notice_key
LEFT JOIN LATERAL (
    SELECT f.status, f.until FROM public.notices_in_force(now()) AS f
    WHERE f.notice_key = i.notice_key OFFSET 0
) AS s ON true;

CREATE OR REPLACE VIEW public.duty_rates AS
SELECT
    d.notice_key, n.document_number, d.position, d.product, d.origin, d.company_zh,
    d.company_latin, d.rate, d.since, d.until, coalesce(s.status, 'not yet in force') AS status,
    d.measure
FROM ingest.duty_rate AS d
JOIN ingest.notice AS n ON n.notice_key = d.notice_key
LEFT JOIN LATERAL (
    SELECT f.status FROM public.notices_in_force(now()) AS f
    WHERE f.notice_key = d.notice_key OFFSET 0
) AS s ON true;

CREATE OR REPLACE VIEW public.deadlines AS
SELECT d.notice_key, n.document_number, d.position, d."on", d.due, d.sentence
FROM ingest.deadline AS d
JOIN ingest.notice AS n ON n.notice_key = d.notice_key;

CREATE OR REPLACE VIEW public.listed_entities AS
SELECT
    e.notice_key, n.document_number, e.position, e.list, e.action, e.name_zh, e.name_latin, e.kind,
    e.address, e.printed_position, e.since,
    e.former_name
FROM ingest.listed_entity AS e
JOIN ingest.notice AS n ON n.notice_key = e.notice_key;

CREATE OR REPLACE VIEW public.attachments AS
SELECT
    a.notice_key, n.document_number, a.position, a.name, a.url, a.type,
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
