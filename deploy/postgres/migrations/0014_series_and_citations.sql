-- Series tell where a missing number is cited, and citations are found from both ends.

CREATE OR REPLACE VIEW public.series AS
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
    coalesce(c.missing_cited, '{}') AS missing_cited,
    coalesce(c.cited_by, '{}') AS missing_cited_by
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
            FILTER (WHERE NOT h.numbers @> c.serial) AS missing_cited,
        jsonb_object_agg(c.serial, c.notice_keys)
            FILTER (WHERE NOT h.numbers @> c.serial) AS cited_by
    FROM (
        SELECT k.serial, array_agg(DISTINCT k.notice_key ORDER BY k.notice_key) AS notice_keys
        FROM ingest.citation AS k
        WHERE k.series_key = h.series_key
        GROUP BY k.serial
    ) AS c
) AS c ON true
CROSS JOIN LATERAL (
    -- Numbers begin at 1 each year; a series without years is held from where it is held.
    SELECT int4multirange(int4range(
        CASE WHEN h.series_key ~ '\d{4}$' THEN 1 ELSE h.lowest_held END,
        greatest(h.highest_held, c.highest_cited), '[]')) - h.numbers AS missing
) AS m;
COMMENT ON COLUMN public.series.missing_cited_by IS
    'The notices that cite each of them, by number, e.g. {"38": ["商务部2024-66"]}.';

-- -- citations: found from the cited notice, too, without a look at all of them ----------------

CREATE INDEX reading_document_number ON ingest.reading (document_number);

CREATE OR REPLACE VIEW public.citations AS
SELECT c.notice_key, c.position, c.relation, c.document_number, c.title,
    n.notice_key AS cited_notice_key, c.clause, c.since, c.until
FROM ingest.citation AS c
JOIN ingest.notice AS n ON n.notice_key = c.number_key AND n.notice_key <> c.notice_key
UNION ALL
-- Of several with the title the newest.
SELECT c.notice_key, c.position, c.relation, c.document_number, c.title,
    n.notice_key, c.clause, c.since, c.until
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
SELECT c.notice_key, c.position, c.relation, c.document_number, c.title,
    NULL, c.clause, c.since, c.until
FROM ingest.citation AS c
WHERE NOT EXISTS (
        SELECT FROM ingest.notice AS n
        WHERE n.notice_key = c.number_key AND n.notice_key <> c.notice_key)
    AND (c.number_key IS NOT NULL OR NOT EXISTS (
        SELECT FROM ingest.notice AS n
        WHERE n.title_key = c.title_key AND n.notice_key <> c.notice_key
            AND n.page_kind IN ('notice', 'law')));
