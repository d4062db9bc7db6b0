-- needs: keys

-- A notice without a number is its address; at two addresses it is one notice if title, date of issue and
-- wording are the same. All copies then have the least of their URL keys, whichever came first: what the
-- readings say decides, and not the order in which they arrive.

-- (Each look-up is planned once: as one query, planned without statistics, they read all pages.)
CREATE OR REPLACE FUNCTION ingest.wordings_of(
    page text, OUT wording text, OUT issued_on date, OUT title_key text
) RETURNS SETOF record
LANGUAGE plpgsql STABLE STRICT
AS $$
BEGIN
    RETURN QUERY
    SELECT DISTINCT r.wording, r.issued_on, ingest.title_key(r.title)
    FROM ingest.reading AS r
    WHERE r.url_key = page AND r.series_key IS NULL AND r.body_text <> ''
        AND r.issued_on IS NOT NULL AND r.title IS NOT NULL
        AND r.page_kind IN ('notice', 'law');
END
$$;
COMMENT ON FUNCTION ingest.wordings_of(text) IS
    'Wording, date of issue and title that an unnumbered notice has at this URL key, of each capture.';

CREATE OR REPLACE FUNCTION ingest.pages_with(of_wording text, of_day date, of_title text)
RETURNS SETOF text
LANGUAGE plpgsql STABLE STRICT
AS $$
BEGIN
    RETURN QUERY
    SELECT DISTINCT r.url_key FROM ingest.reading AS r
    WHERE r.wording = of_wording AND r.issued_on = of_day
        AND ingest.title_key(r.title) = of_title
        AND r.series_key IS NULL AND r.issued_on IS NOT NULL
        AND r.page_kind IN ('notice', 'law');
END
$$;
COMMENT ON FUNCTION ingest.pages_with(text, date, text) IS
    'The URL keys at which an unnumbered notice has this wording, date of issue and title.';

DROP FUNCTION IF EXISTS ingest.copies_of(text);

CREATE OR REPLACE FUNCTION ingest.join_copies(captures text[]) RETURNS text[]
LANGUAGE plpgsql VOLATILE
SET jit = off
AS $$
DECLARE
    urls CONSTANT text[] := ARRAY(
        SELECT DISTINCT r.url_key FROM ingest.reading AS r WHERE r.capture_id = ANY (captures));
    -- The keys that these pages had until now, their own or another page's.
    keys text[] := urls || ARRAY(
        SELECT j.notice_key FROM ingest.joined_page AS j WHERE j.url_key = ANY (urls));
    pages text[] := keys || ARRAY(
        SELECT j.url_key FROM ingest.joined_page AS j WHERE j.notice_key = ANY (keys));
    -- A page and a wording that it has, as often as there are such pairs, and the least page known to be a copy.
    having_it text[];
    wordings text[];
    least text[];
    lesser text[];
BEGIN
    pages := ARRAY(
        -- From pages to wordings, and from these to all pages that have them. (A notice may stand on a
        -- hundred sub-sites: from page to page that would be ten thousand steps.)
        WITH RECURSIVE reached (url_key, wording, issued_on, title_key) AS (
            SELECT p.url_key, NULL::text, NULL::date, NULL::text FROM unnest(pages) AS p (url_key)
            UNION
            SELECT n.* FROM reached AS f CROSS JOIN LATERAL (
                SELECT NULL::text, w.* FROM ingest.wordings_of(f.url_key) AS w
                UNION ALL
                SELECT p.url_key, NULL::text, NULL::date, NULL::text
                FROM ingest.pages_with(f.wording, f.issued_on, f.title_key) AS p (url_key)
            ) AS n
        )
        SELECT f.url_key FROM reached AS f WHERE f.url_key IS NOT NULL);
    keys := keys || ARRAY(
        SELECT j.notice_key FROM ingest.joined_page AS j WHERE j.url_key = ANY (pages));
    DELETE FROM ingest.joined_page AS j WHERE j.url_key = ANY (pages);
    SELECT array_agg(p.url_key), array_agg(w::text) INTO having_it, wordings
    FROM unnest(pages) AS p (url_key) CROSS JOIN LATERAL ingest.wordings_of(p.url_key) AS w;
    least := having_it;
    -- Pages that share no wording may both share one with a third.
    LOOP
        SELECT array_agg(o.least ORDER BY o.n) INTO lesser
        FROM (
            SELECT g.n, min(g.least COLLATE "C") OVER (PARTITION BY g.page) AS least
            FROM (
                SELECT e.n, e.page,
                    min(e.least COLLATE "C") OVER (PARTITION BY e.wording) AS least
                FROM unnest(having_it, wordings, least)
                    WITH ORDINALITY AS e (page, wording, least, n)
            ) AS g
        ) AS o;
        EXIT WHEN lesser IS NOT DISTINCT FROM least;
        least := lesser;
    END LOOP;
    INSERT INTO ingest.joined_page (url_key, notice_key)
    SELECT DISTINCT e.page, e.least
    FROM unnest(having_it, least) AS e (page, least)
    WHERE e.least <> e.page
    ORDER BY e.page;
    keys := keys || ARRAY(
        SELECT j.notice_key FROM ingest.joined_page AS j WHERE j.url_key = ANY (pages));
    UPDATE ingest.reading AS r SET notice_key = coalesce(j.notice_key, p.url_key)
    FROM unnest(pages) AS p (url_key)
    LEFT JOIN ingest.joined_page AS j USING (url_key)
    WHERE r.url_key = p.url_key AND r.series_key IS NULL
        AND r.notice_key <> coalesce(j.notice_key, p.url_key);
    RETURN keys || pages;
END
$$;
COMMENT ON FUNCTION ingest.join_copies(text[]) IS
    'Gives the copies of an unnumbered notice one key, as the readings of these captures now say; '
    'returns the keys whose notices may have other pages than before.';
