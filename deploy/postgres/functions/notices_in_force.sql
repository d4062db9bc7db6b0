-- needs: notices, status_history, evidence

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
    by_document_number text,
    quote text
)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT
        n.notice_key, n.document_number, n.title, n.issued_on, n.applies_from,
        w.status IN ('in force', 'in force in part'),
        w.status,
        coalesce(s.clauses, '{}'),
        CASE
            WHEN w.status = 'suspended' THEN s.until
            WHEN w.status = 'in force in part' THEN s.part_until
            WHEN w.status = 'in force' AND s.extended THEN s.extended_until
            WHEN w.status IN ('in force', 'expired') THEN
                (n.last_day + 1)::timestamp AT TIME ZONE 'UTC' - INTERVAL '8 hours'
        END,
        CASE w.status WHEN 'repealed' THEN s.repealed_by
            WHEN 'superseded' THEN s.superseded_by WHEN 'suspended' THEN s.suspended_by
            WHEN 'in force in part' THEN s.part_by END,
        CASE w.status WHEN 'repealed' THEN s.repealed_number
            WHEN 'superseded' THEN s.superseded_number WHEN 'suspended' THEN s.suspended_number
            WHEN 'in force in part' THEN s.part_number END,
        CASE
            WHEN w.status = 'expired' AND p.overdue AND NOT p.expired AND NOT p.void
                THEN '反倾销条例 28, 反补贴条例 30, 保障措施条例 17: 不超过4个月 (9个月), 200天'
            ELSE (
                SELECT e.quote FROM public.evidence AS e
                WHERE e.notice_key = n.notice_key
                    AND e.field = CASE
                        WHEN w.status = 'not yet in force' THEN 'effective_on'
                        WHEN w.status = 'expired' AND p.expired THEN 'last_day'
                        WHEN w.status IN ('expired', 'repealed') AND p.void THEN 'validity'
                    END
                ORDER BY e.position LIMIT 1
            )
        END
    FROM public.notices AS n
    LEFT JOIN (
        SELECT
            h.notice_key,
            bool_or(h.relation = 'repeals' AND h.clause IS NULL) AS repealed,
            bool_or(h.relation = 'suspends' AND h.clause IS NULL) AS suspended,
            bool_or(h.relation = 'extends' AND h.clause IS NULL) AS extended,
            CASE WHEN NOT bool_or(h.relation = 'extends' AND h.clause IS NULL AND h.until IS NULL)
                THEN max(h.until) FILTER (WHERE h.relation = 'extends' AND h.clause IS NULL)
            END AS extended_until,
            array_agg(DISTINCT h.clause)
                FILTER (WHERE h.clause IS NOT NULL AND h.relation <> 'extends') AS clauses,
            CASE WHEN NOT bool_or(h.relation = 'suspends' AND h.clause IS NULL AND h.until IS NULL)
                THEN max(h.until) FILTER (WHERE h.relation = 'suspends' AND h.clause IS NULL)
            END AS until,
            max(h.until) FILTER (WHERE h.clause IS NOT NULL AND h.relation <> 'extends')
                AS part_until,
            min(h.by_notice_key) FILTER (WHERE h.relation = 'supersedes') AS superseded_by,
            min(h.by_document_number) FILTER (WHERE h.relation = 'supersedes')
                AS superseded_number,
            min(h.by_notice_key) FILTER (WHERE h.relation = 'repeals' AND h.clause IS NULL)
                AS repealed_by,
            min(h.by_document_number) FILTER (WHERE h.relation = 'repeals' AND h.clause IS NULL)
                AS repealed_number,
            min(h.by_notice_key) FILTER (WHERE h.relation = 'suspends' AND h.clause IS NULL)
                AS suspended_by,
            min(h.by_document_number) FILTER (WHERE h.relation = 'suspends' AND h.clause IS NULL)
                AS suspended_number,
            min(h.by_notice_key) FILTER (WHERE h.clause IS NOT NULL AND h.relation <> 'extends')
                AS part_by,
            min(h.by_document_number)
                FILTER (WHERE h.clause IS NOT NULL AND h.relation <> 'extends') AS part_number
        FROM public.status_history AS h
        WHERE h.notice_key IS NOT NULL AND h.relation IN ('repeals', 'suspends', 'extends', 'supersedes')
            -- An investigation that goes on for longer leaves the measure as it is.
            AND h.object IS DISTINCT FROM 'investigation'
            AND h.since <= $1 AND (h.until IS NULL OR h.until > $1)
        GROUP BY h.notice_key
    ) AS s ON s.notice_key = n.notice_key
    CROSS JOIN LATERAL (
        SELECT
            coalesce(n.last_day < ($1 AT TIME ZONE 'UTC' + INTERVAL '8 hours')::date
                AND s.extended IS NOT TRUE, false) AS expired,
            -- What the page prints (时效状态：失效) was so when it was captured.
            coalesce(n.validity ~ '失效|废止' AND n.validity !~ '部分|条款|未|尚'
                AND n.captured_at <= $1, false) AS void,
            -- The longest that deposits run: 反倾销条例 28, 反补贴条例 30, 保障措施条例 17.
            coalesce(n.remedy_stage = 'deposit' AND n.applies_from + CASE
                WHEN n.title ~ '保障措施' THEN INTERVAL '200 days'
                WHEN n.title ~ '反补贴' AND n.title !~ '反倾销' THEN INTERVAL '4 months'
                ELSE INTERVAL '9 months'
            END <= $1, false) AS overdue
    ) AS p
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN s.repealed OR (p.void AND n.validity ~ '废止') THEN 'repealed'
            WHEN s.superseded_by IS NOT NULL THEN 'superseded'
            WHEN p.expired OR p.overdue OR p.void THEN 'expired'
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
    'part (some clauses are suspended or repealed), not yet in force, suspended, expired (its last '
    'day is over, the page says 失效, or deposits run longer than the law lets them), superseded (a '
    'preliminary ruling by the final one), repealed; until when (exclusive), by which notice, and '
    'the words that say so. SELECT * FROM notices_in_force(''2025-12-02 00:00+08'') WHERE NOT '
    'in_force.';
