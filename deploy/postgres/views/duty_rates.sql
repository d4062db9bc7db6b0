-- needs: words, asked_at, notices_in_force

-- OFFSET 0: as in regulated_items.
CREATE OR REPLACE VIEW public.duty_rates AS
SELECT
    d.notice_key, n.document_number, d.position, d.product, d.origin, d.company_zh,
    d.company_latin, d.rate, d.since, d.last_day,
    CASE
        WHEN s.status IN ('repealed', 'superseded', 'expired', 'suspended') THEN s.status
        WHEN r.by_notice_key IS NOT NULL THEN 'superseded'
        WHEN d.since > t.day THEN 'not yet in force'
        -- A step of a duty that falls year by year is over before its notice is.
        WHEN d.last_day < least(t.day, n.last_day) THEN 'expired'
        ELSE coalesce(s.status, 'not yet in force')
    END AS status,
    d.measure, coalesce(r.by_notice_key, s.by_notice_key) AS by_notice_key, s.quote, d.stage,
    d.hs_codes,
    (SELECT w.en FROM ingest.word AS w WHERE w.class = 'place' AND w.zh = d.origin) AS origin_en,
    d.attachment, d.attachment_page, d.attachment_sheet, d.attachment_block, d.attachment_row
FROM ingest.duty_rate AS d
JOIN ingest.notice AS n ON n.notice_key = d.notice_key
LEFT JOIN LATERAL (
    SELECT f.status, f.by_notice_key, f.quote FROM public.notices_in_force(ingest.asked_at()) AS f
    WHERE f.notice_key = d.notice_key OFFSET 0
) AS s ON true
-- A rate on top of the tariff's that a later notice raised or lowered, while that one is not repealed.
LEFT JOIN LATERAL (
    SELECT min(h.by_notice_key) AS by_notice_key
    FROM public.status_history AS h
    WHERE d.measure = 'additional' AND h.notice_key = d.notice_key AND h.relation = 'amends'
        AND h.since <= ingest.asked_at()
        AND EXISTS (
            SELECT FROM ingest.duty_rate AS o
            WHERE o.notice_key = h.by_notice_key AND o.measure = 'additional'
                AND o.origin IS NOT DISTINCT FROM d.origin)
        AND NOT EXISTS (
            SELECT FROM public.notices_in_force(ingest.asked_at()) AS f
            WHERE f.notice_key = h.by_notice_key AND f.status IN ('repealed', 'expired'))
) AS r ON true
CROSS JOIN (SELECT ingest.day_in_china(ingest.asked_at())) AS t (day);

COMMENT ON VIEW public.duty_rates IS
    'A trade-remedy duty or deposit, one row per company, or a duty on top of the tariff''s: SELECT * '
    'FROM duty_rates WHERE status = ''in force'' AND ''39071010'' = ANY (hs_codes).';
COMMENT ON COLUMN public.duty_rates.notice_key IS
    'Key of the notice, e.g. 商务部2018-47.';
COMMENT ON COLUMN public.duty_rates.document_number IS
    'Its number, e.g. 商务部公告2018年第47号.';
COMMENT ON COLUMN public.duty_rates."position" IS
    'Position in the notice, from 1, e.g. 1.';
COMMENT ON COLUMN public.duty_rates.product IS
    'Product, e.g. 卤化丁基橡胶.';
COMMENT ON COLUMN public.duty_rates.origin IS
    'Country or region of origin, e.g. 美国.';
COMMENT ON COLUMN public.duty_rates.company_zh IS
    'Company in Chinese, e.g. 埃克森美孚公司; 其他美国公司 for all others.';
COMMENT ON COLUMN public.duty_rates.company_latin IS
    'Company in Latin script, e.g. Exxon Mobil Corporation.';
COMMENT ON COLUMN public.duty_rates.rate IS
    'Duty rate in percent, e.g. 75.5.';
COMMENT ON COLUMN public.duty_rates.since IS
    'First day, e.g. 2018-08-20.';
COMMENT ON COLUMN public.duty_rates.last_day IS
    'Last day, e.g. 2023-08-19; null if the notice names none.';
COMMENT ON COLUMN public.duty_rates.status IS
    'Current status of the rate: in force, in force in part, not yet in force, suspended, expired, '
    'superseded (a deposit by the final ruling, an additional duty by its new rate), repealed.';
COMMENT ON COLUMN public.duty_rates.measure IS
    'anti-dumping, countervailing, safeguard or additional (加征关税, on top of the tariff''s); null if the '
    'notice does not say.';
COMMENT ON COLUMN public.duty_rates.by_notice_key IS
    'Key of the notice that repealed, suspended or superseded it, e.g. 商务部2024-17; null if none did.';
COMMENT ON COLUMN public.duty_rates.quote IS
    'The words by which it is expired or not yet in force, e.g. 实施期限自2018年8月20日起5年; null for '
    'another status.';
COMMENT ON COLUMN public.duty_rates.stage IS
    'deposit (paid by a preliminary ruling until the final one) or duty; null if the notice does not '
    'say.';
COMMENT ON COLUMN public.duty_rates.hs_codes IS
    'Customs codes of the product, digits only, e.g. {40023910,40023990}; empty if the notice names '
    'none.';
COMMENT ON COLUMN public.duty_rates.origin_en IS
    'English of origin, e.g. United States; null for a region that the lexicon does not have.';
COMMENT ON COLUMN public.duty_rates.attachment IS
    'Address of the attachment in which it is listed, with the path of an archive''s file behind #, e.g. '
    'http://www.mofcom.gov.cn/table/2025/1.pdf; null where it stands in the page itself.';
COMMENT ON COLUMN public.duty_rates.attachment_page IS
    'Page of the attachment, from 1, e.g. 3; null unless it is a PDF file.';
COMMENT ON COLUMN public.duty_rates.attachment_sheet IS
    'Sheet of the attachment, e.g. Sheet1; null unless it is a workbook.';
COMMENT ON COLUMN public.duty_rates.attachment_block IS
    'Number of the paragraph or table in the attachment, as in attachment_rows, e.g. 4.';
COMMENT ON COLUMN public.duty_rates.attachment_row IS
    'Row of the table in the attachment, as in attachment_rows, e.g. 2.';
