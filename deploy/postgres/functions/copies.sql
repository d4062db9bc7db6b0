-- needs: keys

-- A notice without a number is its address; at two addresses it is one notice if title, date of issue and
-- wording are the same. All copies then have the least of their URL keys, whichever came first: what the
-- readings say decides, and not the order in which they arrive.

-- (Two look-ups, each planned once: as one query, planned without statistics, it reads all pages.)
CREATE OR REPLACE FUNCTION ingest.copies_of(page text) RETURNS SETOF text
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    reading record;
BEGIN
    FOR reading IN
        SELECT DISTINCT r.wording, r.issued_on, ingest.title_key(r.title) AS title_key
        FROM ingest.reading AS r
        WHERE r.url_key = page AND r.series_key IS NULL AND r.body_text <> ''
            AND r.page_kind IN ('notice', 'law')
    LOOP
        RETURN QUERY
        SELECT r.url_key FROM ingest.reading AS r
        WHERE r.wording = reading.wording AND r.issued_on = reading.issued_on
            AND ingest.title_key(r.title) = reading.title_key
            AND r.series_key IS NULL AND r.issued_on IS NOT NULL
            AND r.page_kind IN ('notice', 'law');
    END LOOP;
END
$$;
COMMENT ON FUNCTION ingest.copies_of(text) IS
    'The URL keys at which an unnumbered notice stands with the title, date of issue and wording '
    'that it has at this one.';

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
BEGIN
    pages := ARRAY(
        WITH RECURSIVE page (url_key) AS (
            SELECT unnest(pages)
            UNION
            SELECT c.url_key
            FROM page AS p CROSS JOIN LATERAL ingest.copies_of(p.url_key) AS c (url_key)
        )
        SELECT p.url_key FROM page AS p);
    keys := keys || ARRAY(
        SELECT j.notice_key FROM ingest.joined_page AS j WHERE j.url_key = ANY (pages));
    DELETE FROM ingest.joined_page AS j WHERE j.url_key = ANY (pages);
    -- Each page's copies are looked up once, not once for each page that reaches it: of a notice that stands on
    -- a hundred sub-sites that would be ten thousand times.
    WITH RECURSIVE copy (url_key, other) AS MATERIALIZED (
        SELECT p.url_key, c.other
        FROM unnest(pages) AS p (url_key) CROSS JOIN LATERAL ingest.copies_of(p.url_key) AS c (other)
    ),
    reach (root, url_key) AS (
        SELECT p.url_key, p.url_key FROM unnest(pages) AS p (url_key)
        UNION
        SELECT r.root, c.other FROM reach AS r JOIN copy AS c USING (url_key)
    )
    INSERT INTO ingest.joined_page (url_key, notice_key)
    SELECT r.root, min(r.url_key COLLATE "C")
    FROM reach AS r
    GROUP BY r.root
    HAVING min(r.url_key COLLATE "C") <> r.root
    ORDER BY r.root;
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
