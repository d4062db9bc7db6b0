-- needs: days, resolved_citation

-- A change that several pages tell of (an interview at two addresses) is one row with all its sources; it
-- is said to be made by the one that is a notice, else by the earliest.
CREATE OR REPLACE VIEW public.status_history AS
SELECT
    h.notice_key,
    h.document_number,
    h.title,
    h.relation,
    h.clause,
    h.since,
    h.until,
    h.open_ended,
    h.sources[1] AS by_notice_key,
    by_notice.document_number AS by_document_number,
    by_notice.title AS by_title,
    by_notice.page_kind AS by_page_kind,
    h.sources,
    h.quote,
    h.object,
    h.candidates,
    h.candidate_keys
FROM (
    SELECT
        a.cited_notice_key AS notice_key,
        coalesce(min(cited.document_number), min(a.document_number)) AS document_number,
        coalesce(min(cited.title), min(a.title)) AS title,
        a.relation,
        a.clause,
        coalesce(a.since, by_notice.since) AS since,
        least(a.until, ended.at) AS until,
        a.relation = 'suspends' AND a.until IS NULL AND ended.at IS NULL AS open_ended,
        array_agg(a.notice_key ORDER BY by_notice.page_kind IN ('notice', 'law') DESC,
            by_notice.since, a.notice_key) AS sources,
        (array_agg(a.quote ORDER BY by_notice.page_kind IN ('notice', 'law') DESC,
            by_notice.since, a.notice_key))[1] AS quote,
        a.object,
        max(a.candidates) AS candidates,
        max(a.candidate_keys) AS candidate_keys
    FROM ingest.resolved_citation AS a
    JOIN ingest.notice AS by_notice ON by_notice.notice_key = a.notice_key
    LEFT JOIN ingest.notice AS cited ON cited.notice_key = a.cited_notice_key
    LEFT JOIN LATERAL (
        -- What is resumed or repealed is suspended no longer.
        SELECT min(e.begins) AS at
        FROM (
            SELECT c.clause, coalesce(c.since, n.since) AS begins
            FROM ingest.resolved_citation AS c
            JOIN ingest.notice AS n ON n.notice_key = c.notice_key
            WHERE a.relation = 'suspends' AND c.relation IN ('resumes', 'repeals')
                AND c.reason IS NULL
                AND coalesce(c.number_key, c.title_key) = coalesce(a.number_key, a.title_key)
        ) AS e
        WHERE (e.clause IS NULL OR e.clause = a.clause)
            AND e.begins >= coalesce(a.since, by_notice.since)
    ) AS ended ON true
    WHERE ingest.is_change(a.relation) AND a.reason IS NULL
    GROUP BY 1, coalesce(a.cited_notice_key, a.number_key, a.title_key), 4, 5, 6, 7, 8, a.object
) AS h
JOIN ingest.notice AS by_notice ON by_notice.notice_key = h.sources[1]
UNION ALL
-- Deposits of a preliminary ruling are paid until the case is decided: by a notice that cites it, or
-- that is on the same product of the same origin.
SELECT
    p.notice_key, p.document_number, p.title, 'supersedes', NULL, f.since, NULL, false,
    f.notice_key, f.document_number, f.title, f.page_kind, ARRAY[f.notice_key], NULL, NULL, 1, NULL
FROM ingest.notice AS p
CROSS JOIN LATERAL (
    SELECT n.notice_key, n.document_number, n.title, n.page_kind, n.since
    FROM ingest.notice AS n
    WHERE n.remedy_stage IN ('duty', 'undertaking', 'none levied', 'ended')
        AND n.since > p.since
        AND (
            EXISTS (
                SELECT FROM ingest.citation AS c
                WHERE c.notice_key = n.notice_key AND c.number_key = p.notice_key)
            OR ingest.day_in_china(n.since) < ingest.day_in_china(p.since) + INTERVAL '18 months' AND EXISTS (
                SELECT FROM ingest.duty_rate AS d
                JOIN ingest.duty_rate AS o ON o.product = d.product
                    AND o.measure IS NOT DISTINCT FROM d.measure AND o.origin = d.origin
                WHERE d.notice_key = p.notice_key AND o.notice_key = n.notice_key))
    ORDER BY n.since, n.notice_key LIMIT 1
) AS f
WHERE p.remedy_stage = 'deposit';

COMMENT ON VIEW public.status_history IS
    'What suspended, resumed, extended, amended, repealed, corrected or superseded a notice or one of '
    'its clauses: from when, until when, and by which notice or interview; one row for each change. What '
    'a page has no power to change is in citations alone.';
COMMENT ON COLUMN public.status_history.notice_key IS
    'Key of the changed notice, e.g. 商务部2025-61; null if it is not in the database.';
COMMENT ON COLUMN public.status_history.document_number IS
    'Its number, or as cited if it is not in the database, e.g. 商务部公告2025年第61号.';
COMMENT ON COLUMN public.status_history.title IS
    'Its title, or as cited, e.g. 公布对境外相关稀土物项实施出口管制的决定.';
COMMENT ON COLUMN public.status_history.relation IS
    'suspends, resumes, extends, amends, repeals, corrects, or supersedes (a preliminary ruling).';
COMMENT ON COLUMN public.status_history.clause IS
    'The part concerned, e.g. 第二款; null for the whole.';
COMMENT ON COLUMN public.status_history.since IS
    'Start: as the text says, else when the changing notice starts to apply, e.g. 2025-11-07 '
    '00:00:00+08.';
COMMENT ON COLUMN public.status_history.until IS
    'End (exclusive): as the text says, or for a suspension when a later notice resumes or repeals '
    'it, e.g. 2026-11-11 00:00:00+08; null while open.';
COMMENT ON COLUMN public.status_history.open_ended IS
    'True for a suspension that names no end and has not been ended.';
COMMENT ON COLUMN public.status_history.by_notice_key IS
    'Key of the notice or interview that made the change, e.g. 商务部2025-70.';
COMMENT ON COLUMN public.status_history.by_document_number IS
    'Its number, e.g. 商务部 海关总署公告2025年第70号; null for an interview.';
COMMENT ON COLUMN public.status_history.by_title IS
    'Its title, e.g. 商务部新闻发言人就暂停17家美国实体不可靠实体清单措施答记者问.';
COMMENT ON COLUMN public.status_history.by_page_kind IS
    'What it is: notice, law, interview or interpretation.';
COMMENT ON COLUMN public.status_history.sources IS
    'Keys of all notices and interviews that say so, the one of by_notice_key first, e.g. '
    '{商务部2025-70}.';
COMMENT ON COLUMN public.status_history.quote IS
    'The sentence that says so, e.g. 自2025年8月12日起，继续暂停4月4日公告（不可靠实体清单工作机制〔2025〕7号）相关措施90天.';
COMMENT ON COLUMN public.status_history.object IS
    'What is extended or amended, e.g. measure, or investigation, whose extension leaves the measure '
    'as it is; null where the text does not say.';
COMMENT ON COLUMN public.status_history.candidates IS
    'Among how many notices of the cited title this one was taken, e.g. 1; of 2 and more it is the newest, '
    'which may be wrong.';
COMMENT ON COLUMN public.status_history.candidate_keys IS
    'Keys of the notices of the cited title, e.g. {商务部2018-1,商务部2020-1}; null where a number is cited.';
