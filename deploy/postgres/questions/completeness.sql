-- needs: answers, freshness, quiet_columns, series, words

CREATE OR REPLACE FUNCTION public.completeness(body text DEFAULT NULL, year int DEFAULT NULL)
RETURNS TABLE (
    found boolean,
    series text,
    series_key text,
    counted_in int,
    held bigint,
    cited bigint,
    held_and_cited bigint,
    highest_seen int,
    missing bigint,
    missing_numbers text,
    estimated int,
    at_least int,
    at_most int,
    by_recapture int,
    newest_issued_on date,
    seen_in text,
    quote text,
    source text,
    starts int,
    archived_url text,
    as_of timestamptz,
    index_asked_at timestamptz,
    not_held text[]
)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
    WITH seen AS (
        SELECT s.series_key, s.serial, bool_or(s.held) AS held, bool_or(s.cited) AS cited,
            max(s.issued_on) AS issued_on
        FROM (
            SELECT n.series_key, n.serial, true AS held, false AS cited, n.issued_on
            FROM ingest.notice AS n WHERE n.series_key IS NOT NULL
            UNION ALL
            SELECT c.series_key, c.serial, false, true, NULL
            FROM ingest.citation AS c WHERE c.series_key IS NOT NULL AND c.serial IS NOT NULL
        ) AS s
        GROUP BY s.series_key, s.serial
    ), counted AS (
        SELECT s.series_key, count(*) FILTER (WHERE s.held) AS held, count(*) FILTER (WHERE s.cited) AS cited,
            count(*) FILTER (WHERE s.held AND s.cited) AS both_ways, count(*) AS numbers,
            max(s.serial) AS highest, max(s.issued_on) AS newest
        FROM seen AS s GROUP BY s.series_key
    ), quiet AS (
        SELECT coalesce(array_agg(
            'what ' || q.site_column || ' published since ' || q.last_day || ', if anything: it was never silent for '
            || 'more than ' || q.longest_silence || ' days before' ORDER BY q.site_column), '{}') AS columns
        FROM public.quiet_columns AS q
    ), answer AS (
        SELECT v.series, c.*, v.missing_count, v.missing_numbers, substring(c.series_key from '\d{4}$')::int AS year
        FROM counted AS c JOIN public.series AS v ON v.series_key = c.series_key
        WHERE (body IS NULL OR starts_with(c.series_key, coalesce((
                SELECT w.zh FROM ingest.word AS w
                WHERE w.class = 'body' AND w.forms @> ARRAY[lower(btrim(body))] LIMIT 1), body)))
            AND (completeness.year IS NULL OR c.series_key LIKE '%' || completeness.year)
    )
    SELECT
        a.series_key IS NOT NULL, a.series, a.series_key, a.year, a.held, a.cited, a.both_ways, a.highest,
        a.missing_count::bigint, a.missing_numbers,
        -- Of numbers that begin at 1, k were seen and the highest is m: m + m/k - 1 is the unbiased
        -- estimate of the last one, m/0.05^(1/k) its upper bound at 95 % (the German tank problem:
        -- Goodman 1952). It holds as far as what was seen is no matter of the number.
        CASE WHEN a.year IS NOT NULL THEN round(a.highest + a.highest::numeric / a.numbers - 1)::int END,
        CASE WHEN a.year IS NOT NULL THEN a.highest END,
        CASE WHEN a.year IS NOT NULL THEN
            ceil(a.highest / 0.05::float ^ (1.0 / a.numbers))::int END,
        -- Chapman (1951): what captures and citations would find independently of each other.
        CASE WHEN a.both_ways > 0 THEN
            ((a.held + 1) * (a.cited + 1) / (a.both_ways + 1) - 1)::int END,
        a.newest, o.notice_key, q.quote, q.source, q.starts, ingest.archive_link(o.notice_key), f.as_of,
        f.index_asked_at,
        CASE WHEN a.series_key IS NULL THEN ARRAY['no number of such a series is held or cited']
            WHEN a.missing_count > 0 THEN ARRAY[a.missing_count || ' numbers up to ' || a.highest]
            ELSE '{}' END
        || CASE WHEN a.highest IS NOT NULL THEN ARRAY['numbers above ' || a.highest || ', if there are any']
            ELSE '{}' END
        || g.columns
    FROM public.freshness AS f
    CROSS JOIN quiet AS g
    LEFT JOIN answer AS a ON true
    -- The page that prints the highest number.
    LEFT JOIN LATERAL (
        SELECT s.notice_key, s.field
        FROM (
            SELECT n.notice_key, 'document_number' AS field, 1 AS i FROM ingest.notice AS n
            WHERE n.series_key = a.series_key AND n.serial = a.highest
            UNION ALL
            SELECT c.notice_key, 'citations[' || c.position - 1 || '].document_number', 2
            FROM ingest.citation AS c
            WHERE c.series_key = a.series_key AND c.serial = a.highest
        ) AS s
        ORDER BY s.i, s.notice_key, s.field LIMIT 1
    ) AS o ON true
    LEFT JOIN LATERAL ingest.quote_of(o.notice_key, ARRAY[o.field]) AS q ON true
    ORDER BY a.held DESC, a.series_key
$$;
COMMENT ON FUNCTION public.completeness(text, int) IS
    'How complete the series of documents are: numbers held, cited, missing, and an estimate of how many '
    'the issuer gave: estimated from the highest number seen (at_least) with at_most as its 95 % bound, '
    'and by_recapture from how many held ones are cited. Both suppose that what is seen is no matter of '
    'the number. quote is where the highest is printed, in the notice seen_in. not_held names columns of the site '
    'that have gone quiet, too. SELECT * FROM completeness(''商务部'', 2025).';
