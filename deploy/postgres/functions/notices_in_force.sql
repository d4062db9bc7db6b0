-- needs: notices, status_history

-- Reads views alone, so that it runs with the rights of who asks and is planned with the query.
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
COMMENT ON FUNCTION public.notices_in_force(timestamptz) IS
    'Every notice issued by that time (now by default) with its status then: in force, in force in '
    'part (some clauses are suspended or repealed), not yet in force, suspended, repealed; until '
    'when, and by which notice. SELECT * FROM notices_in_force(''2025-12-02 00:00+08'') WHERE NOT '
    'in_force.';
