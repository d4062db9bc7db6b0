-- search_notices(): ranked search in Chinese and English.

CREATE TYPE ingest.term AS (needle text, tokens tsquery, title_tokens tsquery, exact text);

CREATE FUNCTION ingest.all_of(
    lexemes text[], prefix boolean DEFAULT false, lead text DEFAULT ''
) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT string_agg(
        '''' || replace(replace(lead || l.lexeme, '\', '\\'), '''', '''''') || ''''
        || CASE WHEN prefix AND l.n = cardinality(lexemes) THEN ':*' ELSE '' END, ' & ')::tsquery
    FROM unnest(lexemes) WITH ORDINALITY AS l (lexeme, n)
);

CREATE FUNCTION ingest.terms(query text) RETURNS SETOF ingest.term
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    word text;
    prefix boolean;
    plain text;
    tokens text[];
    one_character boolean;
    term ingest.term;
BEGIN
    FOR word IN
        SELECT coalesce(w[1], w[2])
        FROM regexp_matches(translate(query, '“”', '""'), '"([^"]+)"|([^\s"]+)', 'g') AS w
    LOOP
        prefix := right(word, 1) = '*' AND rtrim(word, '*') ~ '[A-Za-z0-9]$';
        word := btrim(rtrim(word, '*'));
        plain := ingest.folded(ingest.readable(word));
        tokens := ingest.tokens(plain);
        term.needle := plain;
        term.exact := NULL;
        -- Pairs are what texts are searched by.
        one_character := plain ~ '[一-鿿㐀-䶿]' AND plain !~ '[一-鿿㐀-䶿]{2}|[a-z0-9]';
        IF prefix AND plain ~ '^[a-z0-9]+$' THEN
            -- The beginning of a word, not of its stem: licences* must not lose licences.
            tokens := ARRAY[plain];
        ELSIF one_character THEN
            tokens := ingest.characters(plain);
        ELSE
            -- A pair or a word is what its token says; of anything longer tokens say too little.
            IF plain !~ '^([一-鿿㐀-䶿]{2}|[a-z0-9]+)$' THEN
                term.exact := '%' || regexp_replace(plain, '([\\%_])', '\\\1', 'g') || '%';
            END IF;
        END IF;
        term.title_tokens := ingest.all_of(tokens, prefix, '^');
        term.tokens := CASE WHEN one_character
            THEN term.title_tokens ELSE ingest.all_of(tokens, prefix) END;
        IF term.tokens IS NOT NULL THEN
            RETURN NEXT term;
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION ingest.terms(text) IS
    'The words and "phrases" of a query: what to mark, which tokens to look for, which of titles, and '
    'the pattern that a passage must match besides.';

-- One window of dates: notices of it in which every term stands, wherever in the notice.
CREATE FUNCTION ingest.hits(
    terms ingest.term[], marks tsquery, titles boolean, oldest date, newest date, most int
) RETURNS TABLE (notice_key text, issued_on date, part int)
LANGUAGE sql STABLE
-- A term's frequency is not known when the statement is planned: always by the index.
SET enable_seqscan = off
SET jit = off
-- Enough for an exact bitmap of a million passages: a lossy one reads every tsvector again.
SET work_mem = '64MB'
AS $$
    SELECT h.notice_key, max(h.issued_on), max(h.part)
    FROM (
        SELECT u.n, u.exact, CASE WHEN titles THEN u.title_tokens ELSE u.tokens END AS sought
        FROM unnest(terms) WITH ORDINALITY AS u (needle, tokens, title_tokens, exact, n)
    ) AS t
    CROSS JOIN LATERAL (
        SELECT p.notice_key, p.issued_on, p.part
        FROM ingest.passage AS p
        WHERE p.tokens @@ coalesce(t.sought && marks, t.sought)
            -- Most texts hold what is sought as it is; only the others are folded to be sure.
            AND (t.exact IS NULL OR p.words LIKE t.exact OR ingest.folded(p.words) LIKE t.exact)
            AND (oldest IS NULL OR p.issued_on >= oldest)
            AND (newest IS NULL OR p.issued_on IS NULL OR p.issued_on < newest)
    ) AS h
    GROUP BY h.notice_key
    HAVING count(DISTINCT t.n) = cardinality(terms)
    ORDER BY max(h.issued_on) DESC NULLS LAST, h.notice_key
    LIMIT most
$$;

CREATE FUNCTION ingest.newest_hits(
    terms ingest.term[], marks tsquery, titles boolean, since date, until date, most int
) RETURNS TABLE (notice_key text, issued_on date, part int)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    last_day date := (
        SELECT max(n.issued_on) FROM ingest.notice AS n WHERE n.page_kind IN ('notice', 'law'));
    first_day date := (
        SELECT min(n.issued_on) FROM ingest.notice AS n WHERE n.page_kind IN ('notice', 'law'));
    total real := (
        SELECT greatest(c.reltuples, 1) FROM pg_class AS c WHERE c.oid = 'ingest.notice'::regclass);
    top date := least(last_day, until - 1) + 1;
    days int := last_day - first_day + 1;
    -- The first window holds about as many notices as hits are sought.
    width int := ceil(most * days / total);
    looked int := 0;
    found int := 0;
    seen int;
    bottom date;
    size int;
    buckets tsquery;
BEGIN
    -- A common word has its newest hits in the last months: a window finds them without a look at
    -- all others, and says how long the next must be. When the word is rare, or the window would
    -- be half of all, the rest is read at once.
    WHILE width < days / 2 AND found < most AND (since IS NULL OR since < top) LOOP
        bottom := greatest(top - width, since);
        size := CASE WHEN width <= 200 THEN 10 WHEN width <= 3200 THEN 160 ELSE 2560 END;
        buckets := (SELECT string_agg('''' || ingest.bucket(bottom + d, size) || '''', ' | ')
            FROM generate_series(0, top - bottom + size - 1, size) AS d)::tsquery;
        RETURN QUERY SELECT * FROM ingest.hits(
            terms, coalesce(buckets && marks, buckets), titles, bottom, top, most - found);
        GET DIAGNOSTICS seen = ROW_COUNT;
        found := found + seen;
        looked := looked + width;
        top := bottom;
        EXIT WHEN found::real / looked * days < 2 * most;
        width := ceil(1.3 * (most - found) * looked / found);
    END LOOP;
    IF found < most AND (since IS NULL OR top IS NULL OR since < top) THEN
        RETURN QUERY SELECT * FROM ingest.hits(
            terms, marks, titles, since, top, most - found);
    END IF;
END
$$;

CREATE FUNCTION ingest.snippet(words text, needles text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    plain text := ingest.folded(words);
    needle text;
    at int := 0;
    first int;
    cut text;
    cut_plain text;
    marked text := '';
BEGIN
    FOREACH needle IN ARRAY needles LOOP
        at := strpos(plain, needle);
        EXIT WHEN at > 0;
    END LOOP;
    first := greatest(1, at - 30);
    cut := substr(words, first, 100);
    IF length(plain) <> length(words) THEN
        RETURN cut;
    END IF;
    cut_plain := substr(plain, first, 100);
    -- From left to right: at each place the longest needle that stands there.
    at := 1;
    WHILE at <= length(cut) LOOP
        needle := (SELECT n FROM unnest(needles) AS n
            WHERE n <> '' AND substr(cut_plain, at, length(n)) = n ORDER BY length(n) DESC LIMIT 1);
        IF needle IS NULL THEN
            marked := marked || substr(cut, at, 1);
            at := at + 1;
        ELSE
            marked := marked || '«' || substr(cut, at, length(needle)) || '»';
            at := at + length(needle);
        END IF;
    END LOOP;
    RETURN CASE WHEN first > 1 THEN '…' ELSE '' END || marked
        || CASE WHEN length(words) >= first + 100 THEN '…' ELSE '' END;
END
$$;

CREATE FUNCTION public.search_notices(
    query text,
    issuer text DEFAULT NULL,
    document_type text DEFAULT NULL,
    since date DEFAULT NULL,
    until date DEFAULT NULL,
    max_rows int DEFAULT 50,
    ranked boolean DEFAULT false
) RETURNS TABLE (
    notice_key text,
    document_number text,
    issued_on date,
    title text,
    issuers text[],
    found_in text,
    snippet text,
    rank real,
    more boolean
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog
SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    -- Ranking or sorting all hits of a common word takes seconds.
    most CONSTANT int := 1000;
    terms ingest.term[] := ARRAY(SELECT t FROM ingest.terms(query) AS t);
    marks tsquery := ingest.all_of(
        array_remove(ARRAY['@' || issuer, '%' || document_type], NULL));
    needles text[] := ARRAY(SELECT t.needle FROM unnest(terms) AS t);
    sought text := ingest.number_key(query);
BEGIN
    IF terms = '{}' AND sought IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH numbered AS (
        SELECT n.notice_key, n.issued_on, 0 AS part, 1 AS tier
        FROM ingest.notice AS n
        JOIN ingest.passage AS p ON p.notice_key = n.notice_key AND p.part = 0
        WHERE n.number_key = sought
            AND (marks IS NULL OR p.tokens @@ marks)
            AND (search_notices.since IS NULL OR n.issued_on >= search_notices.since)
            AND (search_notices.until IS NULL OR n.issued_on < search_notices.until)
    ), titled AS (
        SELECT h.notice_key, h.issued_on, h.part, 2 AS tier
        FROM ingest.newest_hits(
            terms, marks, true, search_notices.since, search_notices.until, most + 1) AS h
        WHERE terms <> '{}'
    ), worded AS (
        -- Not asked when titles alone fill the answer.
        SELECT h.notice_key, h.issued_on, h.part, 3 AS tier
        FROM ingest.newest_hits(
            terms, marks, false, search_notices.since, search_notices.until, most + 1) AS h
        WHERE terms <> '{}' AND (ranked OR (SELECT count(*) FROM titled) <= max_rows)
    ), first AS (
        SELECT DISTINCT ON (h.notice_key) h.*
        FROM (SELECT * FROM numbered UNION ALL SELECT * FROM titled UNION ALL SELECT * FROM worded)
            AS h
        ORDER BY h.notice_key, h.tier
    ), scored AS (
        SELECT f.*, CASE WHEN ranked THEN (
            SELECT ts_rank(
                p.tokens,
                (SELECT string_agg(t.tokens::text, ' | ')::tsquery FROM unnest(terms) AS t))
                * ln(2 + (length(p.words) - length(replace(ingest.folded(p.words), needles[1], '')))
                    / greatest(1, length(needles[1])))
            FROM ingest.passage AS p WHERE p.notice_key = f.notice_key AND p.part = f.part
        )::real END AS rank
        FROM first AS f
    ), top AS (
        SELECT s.*, count(*) OVER () > least(max_rows, most) AS more
        FROM scored AS s
        ORDER BY s.tier, s.rank DESC NULLS LAST, s.issued_on DESC NULLS LAST, s.notice_key
        LIMIT least(max_rows, most)
    )
    SELECT
        t.notice_key, r.document_number, t.issued_on, r.title, r.issuers,
        CASE t.tier WHEN 1 THEN 'number' WHEN 2 THEN 'title' ELSE 'text' END,
        ingest.snippet(p.words, needles),
        t.rank, t.more
    FROM top AS t
    JOIN ingest.notice AS n ON n.notice_key = t.notice_key
    JOIN ingest.reading AS r ON r.capture_id = n.capture_id
    JOIN ingest.passage AS p ON p.notice_key = t.notice_key AND p.part = t.part
    ORDER BY t.tier, t.rank DESC NULLS LAST, t.issued_on DESC NULLS LAST, t.notice_key;
END
$$;
