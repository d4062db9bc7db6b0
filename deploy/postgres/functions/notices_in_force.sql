-- needs: days, evidence, notices, pages, same_titles, status_history

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
        CASE WHEN w.status <> 'unclear' THEN w.status IN ('in force', 'in force in part') END,
        w.status,
        coalesce(s.clauses, '{}'),
        CASE w.status
            WHEN 'suspended' THEN s.suspended_until
            WHEN 'in force in part' THEN s.part_until
            WHEN 'in force' THEN CASE WHEN s.extended THEN s.extended_until
                ELSE ingest.midnight(n.last_day + 1) END
            WHEN 'expired' THEN ingest.midnight(n.last_day + 1)
        END,
        c.by_notice_key,
        b.document_number,
        CASE
            WHEN w.status = 'expired' AND p.overdue AND NOT p.expired AND NOT p.void
                THEN '反倾销条例 28, 反补贴条例 30, 保障措施条例 17: 不超过4个月 (9个月), 200天'
            WHEN w.status = 'unclear' THEN s.unclear_quote
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
            min(h.by_notice_key) FILTER (WHERE h.effect = 'repealed') AS repealed_by,
            min(h.by_notice_key) FILTER (WHERE h.effect = 'superseded') AS superseded_by,
            min(h.by_notice_key) FILTER (WHERE h.effect = 'suspended') AS suspended_by,
            CASE WHEN bool_and(h.until IS NOT NULL) FILTER (WHERE h.effect = 'suspended')
                THEN max(h.until) FILTER (WHERE h.effect = 'suspended') END AS suspended_until,
            min(h.by_notice_key) FILTER (WHERE h.effect = 'in part') AS part_by,
            max(h.until) FILTER (WHERE h.effect = 'in part') AS part_until,
            array_agg(DISTINCT h.clause) FILTER (WHERE h.effect = 'in part') AS clauses,
            bool_or(h.effect = 'extended') AS extended,
            CASE WHEN bool_and(h.until IS NOT NULL) FILTER (WHERE h.effect = 'extended')
                THEN max(h.until) FILTER (WHERE h.effect = 'extended') END AS extended_until,
            min(h.by_notice_key) FILTER (WHERE h.effect = 'unclear') AS unclear_by,
            min(h.quote) FILTER (WHERE h.effect = 'unclear') AS unclear_quote
        FROM (
            SELECT v.notice_key, v.clause, v.until, v.by_notice_key, v.quote, CASE
                WHEN v.clause IS NULL THEN CASE v.relation WHEN 'repeals' THEN 'repealed'
                    WHEN 'suspends' THEN 'suspended' WHEN 'supersedes' THEN 'superseded'
                    WHEN 'extends' THEN 'extended' END
                WHEN v.relation IN ('repeals', 'suspends') THEN 'in part'
            END AS effect
            FROM public.status_history AS v
            WHERE v.relation IN ('repeals', 'suspends', 'extends', 'supersedes')
                AND (v.candidate_keys IS NULL OR v.notice_key = ANY (v.candidate_keys))
                -- An investigation that goes on for longer leaves the measure as it is.
                AND v.object IS DISTINCT FROM 'investigation'
                AND v.since <= $1 AND (v.until IS NULL OR v.until > $1)
            UNION ALL
            -- An older notice of the title by which the newest was found; a part of its own, so that for one
            -- notice not all changes are read.
            SELECT t.notice_key, v.clause, v.until, v.by_notice_key, v.quote, 'unclear'
            FROM public.same_titles AS t
            CROSS JOIN LATERAL (
                SELECT c.* FROM public.status_history AS c WHERE c.notice_key = t.other_notice_key OFFSET 0
            ) AS v
            WHERE t.notice_key = ANY (v.candidate_keys) AND v.relation IN ('repeals', 'suspends')
                AND v.clause IS NULL AND v.object IS DISTINCT FROM 'investigation'
                AND v.since <= $1 AND (v.until IS NULL OR v.until > $1)
        ) AS h
        GROUP BY h.notice_key
    ) AS s ON s.notice_key = n.notice_key
    CROSS JOIN LATERAL (
        SELECT
            coalesce(n.last_day < ingest.day_in_china($1)
                AND s.extended IS NOT TRUE, false) AS expired,
            -- What the page prints (时效状态：失效) was so when it was captured.
            coalesce(n.validity ~ '失效|废止' AND n.validity !~ '部分|条款|未|尚'
                AND n.captured_at <= $1, false) AS void,
            -- The longest that deposits run: 反倾销条例 28, 反补贴条例 30, 保障措施条例 17.
            coalesce(n.remedy_stage = 'deposit' AND (ingest.day_in_china(n.applies_from) + CASE
                WHEN n.title ~ '保障措施' THEN INTERVAL '200 days'
                WHEN n.title ~ '反补贴' AND n.title !~ '反倾销' THEN INTERVAL '4 months'
                ELSE INTERVAL '9 months'
            END)::date <= ingest.day_in_china($1), false) AS overdue
    ) AS p
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN s.repealed_by IS NOT NULL OR (p.void AND n.validity ~ '废止') THEN 'repealed'
            WHEN s.superseded_by IS NOT NULL THEN 'superseded'
            WHEN p.expired OR p.overdue OR p.void THEN 'expired'
            WHEN s.suspended_by IS NOT NULL THEN 'suspended'
            WHEN s.unclear_by IS NOT NULL THEN 'unclear'
            WHEN n.applies_from > $1 THEN 'not yet in force'
            WHEN s.part_by IS NOT NULL THEN 'in force in part'
            ELSE 'in force'
        END AS status
    ) AS w
    CROSS JOIN LATERAL (
        SELECT CASE w.status
            WHEN 'repealed' THEN s.repealed_by
            WHEN 'superseded' THEN s.superseded_by
            WHEN 'suspended' THEN s.suspended_by
            WHEN 'in force in part' THEN s.part_by
            WHEN 'unclear' THEN s.unclear_by
        END AS by_notice_key
    ) AS c
    LEFT JOIN public.pages AS b ON b.notice_key = c.by_notice_key
    -- Days are compared with the day in China, which is a constant.
    WHERE CASE WHEN n.issued_on IS NULL THEN coalesce(n.published_at, n.applies_from) <= $1
        ELSE n.issued_on <= ingest.day_in_china($1) END;
END;
COMMENT ON FUNCTION public.notices_in_force(timestamptz) IS
    'Every notice issued by that time (now by default) with its status then: in force, in force in '
    'part (some clauses are suspended or repealed), not yet in force, suspended, expired (its last '
    'day is over, the page says 失效, or deposits run longer than the law lets them), superseded (a '
    'preliminary ruling by the final one), repealed, or unclear (in_force is null: a title that it shares with '
    'a newer notice is repealed or suspended); until when (exclusive), by which notice, and '
    'the words that say so. SELECT * FROM notices_in_force(''2025-12-02 00:00+08'') WHERE NOT '
    'in_force.';
