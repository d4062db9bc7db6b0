-- One pass over notices and citations; a series that is only cited is a series, too.
CREATE OR REPLACE VIEW public.series AS
SELECT
    s.series_key,
    s.series,
    s.held,
    s.lowest_held,
    s.highest_seen,
    (
        SELECT string_agg(CASE WHEN upper(r) = lower(r) + 1 THEN lower(r)::text
            ELSE lower(r) || '-' || upper(r) - 1 END, ', ' ORDER BY lower(r))
        FROM unnest(s.missing) AS r
    ) AS missing_numbers,
    coalesce((
        SELECT sum(upper(gap.numbers) - lower(gap.numbers)) FROM unnest(s.missing) AS gap (numbers)
    ), 0) AS missing_count,
    coalesce(s.missing_cited, '{}') AS missing_cited,
    coalesce(s.missing_cited_by, '{}') AS missing_cited_by
FROM (
    SELECT n.series_key, coalesce(min(n.series) FILTER (WHERE n.held), min(n.series)) AS series,
        count(DISTINCT n.serial) FILTER (WHERE n.held) AS held,
        min(n.serial) FILTER (WHERE n.held) AS lowest_held,
        max(n.serial) AS highest_seen,
        -- Numbers begin at 1 each year, or with each congress; a series that runs on is held from
        -- where it is held.
        int4multirange(int4range(
            CASE WHEN n.series_key ~ '(\d{4}|届)$' THEN 1
                ELSE coalesce(min(n.serial) FILTER (WHERE n.held), min(n.serial)) END,
            max(n.serial), '[]'))
            - coalesce(range_agg(int4range(n.serial, n.serial, '[]')) FILTER (WHERE n.held), '{}')
            AS missing,
        array_agg(n.serial ORDER BY n.serial) FILTER (WHERE NOT n.held) AS missing_cited,
        jsonb_object_agg(n.serial, n.cited_by) FILTER (WHERE NOT n.held) AS missing_cited_by
    FROM (
        SELECT series_key, series, serial, true AS held, NULL::text[] AS cited_by
        FROM ingest.notice
        WHERE series_key IS NOT NULL
        UNION ALL
        SELECT c.series_key, min(c.series), c.serial, false,
            array_agg(DISTINCT c.notice_key ORDER BY c.notice_key)
        FROM ingest.citation AS c
        WHERE c.series_key IS NOT NULL AND NOT EXISTS (
            SELECT FROM ingest.notice AS n
            WHERE n.series_key = c.series_key AND n.serial = c.serial)
        GROUP BY c.series_key, c.serial
    ) AS n
    GROUP BY n.series_key
) AS s;

COMMENT ON VIEW public.series IS
    'A numbering series with at least one number stored or cited, and how complete it is. Joint '
    'announcements count in the series of their first issuer, as the ministries number them.';
COMMENT ON COLUMN public.series.series_key IS
    'Prefix of the keys of its notices, e.g. 商务部2025.';
COMMENT ON COLUMN public.series.series IS
    'The series, e.g. 商务部公告 2025年, 商办建函〔2022〕, 国务院令, 主席令 第14届 (of a congress).';
COMMENT ON COLUMN public.series.held IS
    'How many of its notices are in the database, e.g. 61; 0 if the series is only cited.';
COMMENT ON COLUMN public.series.lowest_held IS
    'The lowest number in the database, e.g. 1; null if there is none.';
COMMENT ON COLUMN public.series.highest_seen IS
    'The highest number in the database or cited, e.g. 88.';
COMMENT ON COLUMN public.series.missing_numbers IS
    'Numbers up to highest_seen that are not in the database, e.g. 2-4, 7; a series without years starts at '
    'its lowest number; null if none is missing.';
COMMENT ON COLUMN public.series.missing_count IS
    'How many numbers are missing, e.g. 4.';
COMMENT ON COLUMN public.series.missing_cited IS
    'Missing numbers that notices in the database cite, e.g. {3,7}; missing_cited_by says which '
    'notices.';
COMMENT ON COLUMN public.series.missing_cited_by IS
    'The notices that cite each of these numbers, e.g. {"38": ["商务部2024-66"]}.';
