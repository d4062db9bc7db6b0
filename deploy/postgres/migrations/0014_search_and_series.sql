-- Search plans once, and folds only the texts that need it; series tell where a missing number is cited,
-- and citations are found from both ends.

DROP FUNCTION ingest.matches(text, text[]);
CREATE FUNCTION ingest.matches(words text, traditional boolean, patterns text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
-- Most texts hold what is sought as it is; others in other letters or brackets; few in other characters.
RETURN words LIKE ALL (patterns)
    OR patterns::text ~ '[a-z〔〕]' AND ingest.lowered(words) LIKE ALL (patterns)
    OR traditional AND ingest.folded(words) LIKE ALL (patterns);

CREATE OR REPLACE FUNCTION ingest.newest_hits(
    terms ingest.term[], marks tsquery, titles boolean, since date, until date, most int
) RETURNS SETOF ingest.hit
LANGUAGE plpgsql STABLE
-- A term's frequency is not known when the statement is planned: always by the index.
SET enable_seqscan = off
SET jit = off
-- Planning anew for every query takes longer than finding what it asks for.
SET plan_cache_mode = force_generic_plan
-- Enough for an exact bitmap of a million passages: a lossy one reads every tsvector again.
SET work_mem = '64MB'
AS $$
#variable_conflict use_column
DECLARE
    tier CONSTANT int := CASE WHEN titles THEN 2 ELSE 3 END;
    patterns CONSTANT text[] := ARRAY(
        SELECT t.exact FROM unnest(terms) AS t WHERE t.exact IS NOT NULL);
    -- Of what stands in one passage, heading included, the index finds all words at once.
    together CONSTANT tsquery := (
        SELECT string_agg('(' || CASE WHEN titles THEN t.title_tokens ELSE t.tokens END::text || ')',
            ' & ')::tsquery FROM unnest(terms) AS t);
    -- Words may stand in different parts of a notice that has several; Chinese ones not in the one
    -- part of its text and the one of its English.
    apart CONSTANT tsquery := CASE
        WHEN titles OR cardinality(terms) < 2 THEN NULL
        WHEN EXISTS (SELECT FROM unnest(terms) AS t WHERE t.needle ~ '[a-z0-9]') THEN '''#parts'''
        ELSE '''#long''' END;
    last_day CONSTANT date := (
        SELECT max(n.issued_on) FROM ingest.notice AS n WHERE n.page_kind IN ('notice', 'law'));
    first_day CONSTANT date := (
        SELECT min(n.issued_on) FROM ingest.notice AS n WHERE n.page_kind IN ('notice', 'law'));
    days CONSTANT int := last_day - first_day + 1;
    a_day CONSTANT real := (
        SELECT greatest(c.reltuples, 1) / days FROM pg_class AS c
        WHERE c.oid = 'ingest.notice'::regclass);
    top date := least(last_day, until - 1) + 1;
    bottom date;
    -- The first window holds a few times as many notices as hits are sought.
    width int := least(ceil(4 * most / a_day), days);
    looked int := 0;
    found int := 0;
    seen int;
    size int;
    within tsquery;
BEGIN
    LOOP
        -- The rest, and what has no date, is read at once when it is no more than the next window.
        bottom := CASE WHEN top - width > greatest(first_day, since) + days / 3 THEN top - width END;
        within := marks;
        IF bottom IS NOT NULL THEN
            size := CASE WHEN width <= 200 THEN 10 WHEN width <= 3200 THEN 160 ELSE 2560 END;
            within := (SELECT string_agg('''' || ingest.bucket(bottom + d, size) || '''', ' | ')
                FROM generate_series(0, top - bottom + size - 1, size) AS d)::tsquery;
            within := coalesce(within && marks, within);
        END IF;
        RETURN QUERY
        SELECT DISTINCT ON (h.issued_on, h.notice_key) h.notice_key, h.issued_on, h.part, tier
        FROM (
            SELECT p.notice_key, p.issued_on, p.part, p.heading, p.words,
                p.traditional, true AS unsure
            FROM ingest.passage AS p
            WHERE p.tokens @@ coalesce(together && within, together)
                AND (since IS NULL OR p.issued_on >= since)
                AND (bottom IS NULL OR p.issued_on >= bottom)
                AND (top IS NULL OR p.issued_on IS NULL OR p.issued_on < top)
            UNION ALL
            SELECT a.* FROM (
                SELECT p.notice_key, max(p.issued_on), max(p.part), '', '', false, false
                FROM unnest(terms) WITH ORDINALITY AS t (needle, tokens, title_tokens, exact, n)
                JOIN ingest.passage AS p
                    ON p.tokens @@ (t.tokens && coalesce(apart && within, apart))
                WHERE (t.exact IS NULL
                        OR ingest.matches(
                        p.heading || ' ' || p.words, p.traditional, ARRAY[t.exact]))
                    AND (since IS NULL OR p.issued_on >= since)
                    AND (bottom IS NULL OR p.issued_on >= bottom)
                    AND (top IS NULL OR p.issued_on IS NULL OR p.issued_on < top)
                GROUP BY p.notice_key
                HAVING count(DISTINCT t.n) = cardinality(terms)
            ) AS a WHERE apart IS NOT NULL
            -- Sorted before the texts are looked at: of many hits only the newest are.
            ORDER BY issued_on DESC NULLS LAST, notice_key, part
            OFFSET 0
        ) AS h
        WHERE NOT h.unsure OR patterns = '{}' OR ingest.matches(
            CASE WHEN titles THEN h.heading ELSE h.heading || ' ' || h.words END,
            h.traditional, patterns)
        ORDER BY h.issued_on DESC NULLS LAST, h.notice_key, h.part
        LIMIT most - found;
        GET DIAGNOSTICS seen = ROW_COUNT;
        found := found + seen;
        EXIT WHEN found >= most OR bottom IS NULL;
        looked := looked + width;
        top := bottom;
        -- By what was found so far, but not in steps of any size.
        width := least(8 * width,
            greatest(2 * width, 1.5 * (most - found) * looked / greatest(found, 0.1))::int);
    END LOOP;
END
$$;

-- From left to right: at each place the longest needle that stands there.
CREATE OR REPLACE FUNCTION ingest.snippet(words text, needles text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    plain text;
    needle text;
    at int := 0;
    first int;
    cut text;
    marked text := '';
    pattern text;
    piece text[];
BEGIN
    -- As it is, in lower case, folded: what takes longest is tried last.
    FOREACH plain IN ARRAY ARRAY[words, ingest.lowered(words)] LOOP
        FOREACH needle IN ARRAY needles LOOP
            at := strpos(plain, needle);
            EXIT WHEN at > 0;
        END LOOP;
        EXIT WHEN at > 0;
    END LOOP;
    IF at = 0 THEN
        plain := ingest.folded(words);
        FOREACH needle IN ARRAY needles LOOP
            at := strpos(plain, needle);
            EXIT WHEN at > 0;
        END LOOP;
    END IF;
    IF length(plain) <> length(words) THEN
        at := 0;
    END IF;
    first := greatest(1, at - 30);
    cut := substr(words, first, 100);
    plain := ingest.folded(cut);
    pattern := (
        SELECT string_agg(regexp_replace(n, '([^[:alnum:][:space:]])', '\\\1', 'g'), '|'
            ORDER BY length(n) DESC)
        FROM unnest(needles) AS n WHERE n <> '');
    IF pattern IS NULL OR length(plain) <> length(cut) THEN
        marked := cut;
    ELSE
        at := 1;
        FOR piece IN
            SELECT m FROM regexp_matches(plain, '(.*?)(' || pattern || '|$)', 'g') AS m
        LOOP
            marked := marked || substr(cut, at, length(piece[1]));
            at := at + length(piece[1]);
            EXIT WHEN piece[2] = '';
            marked := marked || '«' || substr(cut, at, length(piece[2])) || '»';
            at := at + length(piece[2]);
        END LOOP;
    END IF;
    RETURN CASE WHEN first > 1 THEN '…' ELSE '' END || marked
        || CASE WHEN length(words) >= first + 100 THEN '…' ELSE '' END;
END
$$;

ALTER FUNCTION public.search_notices(text, text, text, date, date, int, boolean)
    SET plan_cache_mode = force_generic_plan;

-- -- series: where a number that is not held is cited ----------------------------------------

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
