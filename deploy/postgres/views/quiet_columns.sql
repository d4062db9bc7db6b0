-- needs: days, asked_at, site_column

CREATE OR REPLACE VIEW public.quiet_columns AS
WITH published AS (
    -- A column has few folders and many pages: a million names are not taken apart with site_column().
    SELECT DISTINCT substring(r.url_key FROM '^.*/') AS folder,
        coalesce(ingest.day_in_china(r.published_at), r.issued_on) AS day
    FROM ingest.reading AS r
    WHERE coalesce(ingest.day_in_china(r.published_at), r.issued_on)
        <= ingest.day_in_china(ingest.asked_at())
),
heard AS (
    SELECT DISTINCT public.site_column(p.folder) AS site_column, p.day FROM published AS p
),
silences AS (
    SELECT h.site_column, h.day,
        h.day - lag(h.day) OVER (PARTITION BY h.site_column ORDER BY h.day) AS days
    FROM heard AS h
),
judged AS (
    SELECT s.site_column, max(s.day) AS last_day, max(s.days) AS longest_silence,
        ingest.day_in_china(ingest.asked_at()) - max(s.day) AS silent_days
    FROM silences AS s
    GROUP BY s.site_column
    -- By fewer days no column is judged.
    HAVING count(*) >= 10
)
SELECT j.site_column, j.last_day, j.silent_days, j.longest_silence
FROM judged AS j
-- After a year, and twice its longest silence, a column is closed.
WHERE j.silent_days > j.longest_silence AND j.silent_days <= greatest(365, 2 * j.longest_silence);

COMMENT ON VIEW public.quiet_columns IS
    'A column of the site from which nothing has come for longer than ever before: closed, moved, or no longer read.';
COMMENT ON COLUMN public.quiet_columns.site_column IS
    'The column, e.g. cn,gov,mofcom)/article/zwgk/gkzcfb.';
COMMENT ON COLUMN public.quiet_columns.last_day IS
    'Day of its newest page, e.g. 2025-10-09.';
COMMENT ON COLUMN public.quiet_columns.silent_days IS
    'Days since then, e.g. 60.';
COMMENT ON COLUMN public.quiet_columns.longest_silence IS
    'The longest that it was silent before, in days, e.g. 21.';
