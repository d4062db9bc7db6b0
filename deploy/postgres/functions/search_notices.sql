-- needs: texts, passages, days, short, stems, typed_numbers

-- search_notices(): search in Chinese and English. It reads windows of days from the newest back, each
-- several times as long as the one before, until it has enough: hardly more hits than it returns.

CREATE OR REPLACE FUNCTION ingest.all_of(
    lexemes text[], prefix boolean DEFAULT false, lead text DEFAULT ''
) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT string_agg(
        '''' || replace(replace(lead || l.lexeme, '\', '\\'), '''', '''''') || ''''
        || CASE WHEN prefix AND l.n = cardinality(lexemes) THEN ':*' ELSE '' END, ' & ')::tsquery
    FROM unnest(lexemes) WITH ORDINALITY AS l (lexeme, n)
);

CREATE OR REPLACE FUNCTION ingest.other_spelling(word text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
-- Rules write license, catalogue and anti-dumping; an engine and who asks may write others.
RETURN coalesce(
    (
        SELECT w.long
        FROM (
            VALUES ('eu', 'european union'), ('us', 'united states'), ('usa', 'united states'),
                ('uk', 'united kingdom'), ('mofcom', 'ministry of commerce'),
                ('gacc', 'general administration of customs'),
                ('ndrc', 'national development and reform commission')
        ) AS w (short, long)
        WHERE word = w.short
    ),
    (
        SELECT CASE WHEN starts_with(word, w.one)
            THEN w.other || substr(word, length(w.one) + 1)
            ELSE w.one || substr(word, length(w.other) + 1) END
        FROM (
            VALUES ('licenc', 'licens'), ('catalogue', 'catalog'), ('programme', 'program'),
                ('anti-dumping', 'antidumping'), ('anti-subsidy', 'antisubsidy'),
                ('anti-monopoly', 'antimonopoly'), ('e-commerce', 'ecommerce'),
                ('labour', 'labor'), ('behaviour', 'behavior'), ('defence', 'defense'),
                ('centre', 'center'), ('organis', 'organiz'), ('authoris', 'authoriz'),
                ('recognis', 'recogniz')
        ) AS w (one, other)
        WHERE starts_with(word, w.one) OR starts_with(word, w.other)
        LIMIT 1
    )
);
COMMENT ON FUNCTION ingest.other_spelling(text) IS
    'What else an English word in lower case may be written as: licence and license, antidumping and '
    'anti-dumping, EU and European Union; null for most.';

-- Rare earth is 稀土 in texts that wait in Chinese. The words of a query that are such a name are one term.
CREATE OR REPLACE FUNCTION ingest.with_names(query text)
RETURNS TABLE (word text, names text[])
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
    words CONSTANT text[] := ARRAY(
        SELECT w.found[1] FROM regexp_matches(translate(query, '“”', '""'), '"[^"]+"|[^\s"]+', 'g')
            WITH ORDINALITY AS w (found, n)
        ORDER BY w.n);
    at int := 1;
BEGIN
    WHILE at <= cardinality(words) LOOP
        word := words[at];
        names := NULL;
        FOR n IN REVERSE least(5, cardinality(words) - at + 1)..1 LOOP
            CONTINUE WHEN array_to_string(words[at:at + n - 1], '') !~ '^[A-Za-z][A-Za-z0-9.'',()-]*$';
            names := (SELECT t.zh FROM ingest.search_term AS t
                WHERE t.en = ingest.stems(array_to_string(words[at:at + n - 1], ' ')));
            IF names IS NOT NULL THEN
                word := array_to_string(words[at:at + n - 1], ' ');
                at := at + n - 1;
                EXIT;
            END IF;
        END LOOP;
        RETURN NEXT;
        at := at + 1;
    END LOOP;
END
$$;
COMMENT ON FUNCTION ingest.with_names(text) IS
    'The words and "phrases" of a query; those that the glossary has as one English name, with its Chinese ones.';

CREATE OR REPLACE FUNCTION ingest.terms(query text) RETURNS SETOF ingest.term
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
    names text[];
    zh text;
    word text;
    prefix boolean;
    plain text;
    tokens text[];
    one_character boolean;
    other text;
    term ingest.term;
BEGIN
    FOR word, names IN SELECT btrim(w.word, '"'), w.names FROM ingest.with_names(query) AS w LOOP
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
        IF plain ~ '^[a-z]+(-[a-z]+)+$' THEN
            -- Export-control and export control.
            term.exact := replace(term.exact, '-', '_');
        END IF;
        FOREACH zh IN ARRAY coalesce(names, '{}') LOOP
            term.exact := NULL;
            -- One character is looked for in titles alone.
            term.tokens := coalesce(term.tokens || ingest.all_of(ingest.tokens(zh)), term.tokens);
            term.title_tokens := coalesce(
                term.title_tokens || ingest.all_of(
                    CASE WHEN length(zh) = 1 THEN ARRAY[zh] ELSE ingest.tokens(zh) END, false, '^'),
                term.title_tokens);
        END LOOP;
        other := ingest.other_spelling(plain);
        IF other IS NOT NULL AND NOT prefix THEN
            term.exact := NULL;
            term.tokens := term.tokens || ingest.all_of(ingest.tokens(other));
            term.title_tokens := term.title_tokens || ingest.all_of(ingest.tokens(other), false, '^');
        END IF;
        IF term.tokens IS NOT NULL THEN
            RETURN NEXT term;
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION ingest.terms(text) IS
    'The words and "phrases" of a query: what to mark, which tokens to look for, which of titles, '
    'and the pattern that a passage must match besides.';

CREATE OR REPLACE FUNCTION ingest.matches(words text, traditional boolean, patterns text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
-- Most texts hold the words as they were asked for; some in other case or brackets; few in
-- traditional characters.
RETURN words LIKE ALL (patterns)
    OR patterns::text ~ '[a-z〔〕]' AND ingest.lowered(words) LIKE ALL (patterns)
    OR traditional AND ingest.folded(words) LIKE ALL (patterns);

CREATE OR REPLACE FUNCTION ingest.newest_hits(
    terms ingest.term[], marks tsquery, titles boolean, since date, until date, most int
) RETURNS SETOF ingest.hit
LANGUAGE plpgsql STABLE
-- How frequent a term is, is not known when the statement is planned: always use the index.
SET enable_seqscan = off
SET jit = off
-- Starting workers takes longer than the few milliseconds of work, and costs others theirs.
SET max_parallel_workers_per_gather = 0
-- Planning every query again would take longer than executing it.
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
    last_day CONSTANT date := greatest(
        (SELECT max(n.issued_on) FROM ingest.notice AS n WHERE n.page_kind IN ('notice', 'law')),
        (SELECT ingest.day_in_china(max(n.published_at)) FROM ingest.notice AS n WHERE n.page_kind = 'interview'));
    first_day CONSTANT date := least(
        (SELECT min(n.issued_on) FROM ingest.notice AS n WHERE n.page_kind IN ('notice', 'law')),
        (SELECT ingest.day_in_china(min(n.published_at)) FROM ingest.notice AS n WHERE n.page_kind = 'interview'));
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

-- Marks the needles from left to right, at each position the longest one.
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

CREATE OR REPLACE FUNCTION public.search_notices(
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
    more boolean,
    day date,
    page_kind text
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog
SET jit = off
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
    -- Ranking or sorting all hits of a common word takes seconds.
    limited CONSTANT int := least(max_rows, 1000);
    most CONSTANT int := CASE WHEN ranked THEN 1000 ELSE limited END;
    terms CONSTANT ingest.term[] := ARRAY(
        SELECT t FROM ingest.terms(ingest.short(query)) AS t);
    marks CONSTANT tsquery := ingest.all_of(
        array_remove(ARRAY['@' || ingest.short(issuer), '%' || ingest.short(document_type)], NULL));
    needles CONSTANT text[] := ARRAY(SELECT t.needle FROM unnest(terms) AS t);
    sought CONSTANT text[] := ingest.typed_keys(query);
    hits ingest.hit[];
BEGIN
    hits := ARRAY(
        SELECT (n.notice_key, n.issued_on, p.part, 1)::ingest.hit
        FROM ingest.notice AS n
        JOIN ingest.passage AS p ON p.notice_key = n.notice_key
        WHERE n.notice_key = ANY (sought)
            AND p.part = (SELECT min(f.part) FROM ingest.passage AS f WHERE f.notice_key = n.notice_key)
            AND (marks IS NULL OR p.tokens @@ marks)
            AND (search_notices.since IS NULL OR p.issued_on >= search_notices.since)
            AND (search_notices.until IS NULL OR p.issued_on < search_notices.until)
    );
    -- Each step may find again what those before it have found.
    FOR step IN 2..3 LOOP
        IF terms <> '{}' AND (ranked OR cardinality(hits) <= most) THEN
            hits := hits || ARRAY(
                SELECT h FROM ingest.newest_hits(
                    terms, marks, step = 2, search_notices.since, search_notices.until,
                    most + 1 + cardinality(hits)) AS h);
        END IF;
    END LOOP;
    RETURN QUERY
    WITH first AS (
        SELECT DISTINCT ON (h.notice_key) h.* FROM unnest(hits) AS h ORDER BY h.notice_key, h.tier
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
        SELECT s.*, count(*) OVER () > limited AS more
        FROM scored AS s
        ORDER BY s.tier, s.rank DESC NULLS LAST, s.issued_on DESC NULLS LAST, s.notice_key
        LIMIT limited
    )
    SELECT
        t.notice_key, n.document_number, n.issued_on, n.title, n.issuers,
        CASE WHEN t.tier = 1 THEN 'number' WHEN t.tier = 2 THEN 'title'
            WHEN p.place IS NOT NULL THEN 'attachment' ELSE 'text' END,
        CASE WHEN t.tier < 3 THEN ingest.snippet(p.heading, needles)
            ELSE coalesce(p.place || ': ', '') || ingest.snippet(p.words, needles) END,
        t.rank, t.more, ingest.day_of(n.issued_on, n.published_at), n.page_kind
    FROM top AS t
    JOIN ingest.notice AS n ON n.notice_key = t.notice_key
    JOIN ingest.passage AS p ON p.notice_key = t.notice_key AND p.part = t.part
    ORDER BY t.tier, t.rank DESC NULLS LAST, t.issued_on DESC NULLS LAST, t.notice_key;
END
$$;
COMMENT ON FUNCTION public.search_notices(text, text, text, date, date, int, boolean) IS
    'Notices that contain every word, and interviews that suspend, stop or otherwise change something: first an exact document number with any brackets, then hits '
    'in the title, then in the text or in an attachment (the snippet names it and its page), each newest first, among the newest 1,000 hits; more is true '
    'if there are further hits. Chinese words of two or more characters, simplified or traditional; '
    'a single character searches titles; English words by stem, "exact phrases" in quotation marks, '
    'prefixes as licen*. issuer, document_type, since and until (exclusive) filter; ranked orders '
    'the newest 1,000 hits by relevance. SELECT * FROM search_notices(''稀土 出口管制'', issuer => '
    '''商务部'').';
