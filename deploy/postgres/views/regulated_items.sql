-- needs: words, asked_at, notices_in_force

-- OFFSET 0: the status is looked up for the rows that are returned, not worked out for all notices.
CREATE OR REPLACE VIEW public.regulated_items AS
SELECT
    i.notice_key, n.document_number, i.position, i.control_code, i.name, i.hs_code, i.hs_role,
    i.direction, i.destination, coalesce(s.status, 'not yet in force') AS status, s.until,
    s.quote, i.measure, i.condition, c.last_change, c.last_change_quote,
    (SELECT w.en FROM ingest.word AS w WHERE w.class = 'place' AND w.zh = i.destination) AS destination_en,
    i.attachment, i.attachment_page, i.attachment_sheet, i.attachment_block, i.attachment_row
FROM ingest.regulated_item AS i
JOIN ingest.notice AS n ON n.notice_key = i.notice_key
LEFT JOIN LATERAL (
    SELECT f.status, f.until, f.quote FROM public.notices_in_force(ingest.asked_at()) AS f
    WHERE f.notice_key = i.notice_key OFFSET 0
) AS s ON true
-- The last suspension of the notice, or of a part of it: that it has run out is no news of its own.
LEFT JOIN LATERAL (
    SELECT
        coalesce(h.clause || ': ', '') || CASE
            WHEN h.until > ingest.asked_at() OR h.until IS NULL THEN 'suspended from '
                || ingest.day_in_china(h.since)
                || coalesce(' until ' || ingest.day_in_china(h.until), '')
            ELSE 'suspension ended ' || ingest.day_in_china(h.until)
                || CASE WHEN e.by_notice THEN '' ELSE ', no extension held' END
        END AS last_change,
        h.quote AS last_change_quote
    FROM public.status_history AS h
    CROSS JOIN LATERAL (
        SELECT EXISTS (
            SELECT FROM public.status_history AS o
            WHERE o.notice_key = h.notice_key AND o.relation IN ('resumes', 'repeals')
                AND o.since = h.until
        ) AS by_notice
    ) AS e
    WHERE h.notice_key = i.notice_key AND h.relation = 'suspends' AND h.since <= ingest.asked_at()
    ORDER BY h.until DESC NULLS FIRST, h.since DESC, h.clause LIMIT 1
) AS c ON true;

COMMENT ON VIEW public.regulated_items IS
    'An item that a notice bans or controls, one row per customs code: SELECT * FROM regulated_items WHERE '
    'hs_code LIKE ''280530%''.';
COMMENT ON COLUMN public.regulated_items.notice_key IS
    'Key of the notice, e.g. 商务部2025-57.';
COMMENT ON COLUMN public.regulated_items.document_number IS
    'Its number, e.g. 商务部 海关总署公告2025年第57号.';
COMMENT ON COLUMN public.regulated_items."position" IS
    'Position of the item in the notice, from 1, e.g. 1.';
COMMENT ON COLUMN public.regulated_items.control_code IS
    'Code in the control list, e.g. 1C909.a.';
COMMENT ON COLUMN public.regulated_items.name IS
    'Name of the item, e.g. 金属钬、含钬合金及相关制品.';
COMMENT ON COLUMN public.regulated_items.hs_code IS
    'Customs code, digits only, e.g. 2805301811; null if the notice gives none.';
COMMENT ON COLUMN public.regulated_items.hs_role IS
    'reference (参考) or scope (the code defines the item).';
COMMENT ON COLUMN public.regulated_items.direction IS
    'export or import.';
COMMENT ON COLUMN public.regulated_items.destination IS
    'Country that the goods go to (export) or come from (import), one row for each, e.g. 美国; null for '
    'all.';
COMMENT ON COLUMN public.regulated_items.status IS
    'Current status of the notice: in force, in force in part, not yet in force, suspended, '
    'expired, repealed.';
COMMENT ON COLUMN public.regulated_items.until IS
    'End of the suspension, else of the notice itself (exclusive), e.g. 2026-11-11 00:00:00+08.';
COMMENT ON COLUMN public.regulated_items.quote IS
    'The words by which the notice is expired or not yet in force, e.g. 有效期至2025年12月31日; null for '
    'another status.';
COMMENT ON COLUMN public.regulated_items.measure IS
    'ban (禁止), licence (管制, 许可, 配额, 限制: only with a licence or within a quota) or denial (licences '
    'are refused in principle: 原则上不予许可); null if the notice does not say.';
COMMENT ON COLUMN public.regulated_items.condition IS
    'What narrows the measure, in the notice''s words, e.g. 军事用户或军事用途.';
COMMENT ON COLUMN public.regulated_items.last_change IS
    'The last suspension of the notice or of a part of it, e.g. 第二款: suspended from 2025-11-09 until '
    '2026-11-28. One whose end has come says suspension ended 2026-11-11, no extension held: no document in the '
    'database prolongs it. Null if it never was suspended.';
COMMENT ON COLUMN public.regulated_items.last_change_quote IS
    'The sentence that says so, e.g. 自即日起至2026年11月10日，暂停实施商务部公告2025年第61号.';
COMMENT ON COLUMN public.regulated_items.destination_en IS
    'English of destination, e.g. United States.';
COMMENT ON COLUMN public.regulated_items.attachment IS
    'Address of the attachment in which it is listed, with the path of an archive''s file behind #, e.g. '
    'http://www.mofcom.gov.cn/table/2025/1.pdf; null where it stands in the page itself.';
COMMENT ON COLUMN public.regulated_items.attachment_page IS
    'Page of the attachment, from 1, e.g. 3; null unless it is a PDF file.';
COMMENT ON COLUMN public.regulated_items.attachment_sheet IS
    'Sheet of the attachment, e.g. Sheet1; null unless it is a workbook.';
COMMENT ON COLUMN public.regulated_items.attachment_block IS
    'Number of the paragraph or table in the attachment, as in attachment_rows, e.g. 4.';
COMMENT ON COLUMN public.regulated_items.attachment_row IS
    'Row of the table in the attachment, as in attachment_rows, e.g. 2.';
