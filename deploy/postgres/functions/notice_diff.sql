CREATE OR REPLACE FUNCTION ingest.reached(round jsonb, d int, k int) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce((round->>(k + d))::int, -1);

-- What is compared as one: a number with its decimals (25.4), a word in Latin letters, else a character.
CREATE OR REPLACE FUNCTION ingest.units(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ARRAY(
    SELECT m.unit[1]
    FROM regexp_matches(words, '\d+(?:[.,]\d+)*[%％]?|[A-Za-z\u00c0-\u024f]+|.', 'g')
        WITH ORDINALITY AS m (unit, n)
    ORDER BY m.n
);

-- Myers' greedy algorithm (1986), after what both have in common at both ends is cut off. Texts
-- that differ in more than 2,000 units in a row count as replaced whole.
CREATE OR REPLACE FUNCTION ingest.difference(old_words text, new_words text)
RETURNS TABLE (operation text, words text)
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    a text[] := ingest.units(old_words);
    b text[] := ingest.units(new_words);
    head int := 0;
    tail int := 0;
    n int;
    m int;
    furthest int[];
    trace jsonb[] := '{}';
    most int;
    found int := -1;
    x int;
    y int;
    before int;
    script text := '';
BEGIN
    WHILE head < cardinality(a) AND head < cardinality(b) AND a[head + 1] = b[head + 1] LOOP
        head := head + 1;
    END LOOP;
    WHILE tail < cardinality(a) - head AND tail < cardinality(b) - head
        AND a[cardinality(a) - tail] = b[cardinality(b) - tail] LOOP
        tail := tail + 1;
    END LOOP;
    n := cardinality(a) - head - tail;
    m := cardinality(b) - head - tail;
    most := least(n + m, 2000);
    furthest := array_fill(0, ARRAY[2 * most + 3], ARRAY[-most - 1]);
    <<rounds>>
    FOR d IN 0..most LOOP
        FOR k IN -d..d BY 2 LOOP
            x := CASE WHEN k = -d OR (k <> d AND furthest[k - 1] < furthest[k + 1])
                THEN furthest[k + 1] ELSE furthest[k - 1] + 1 END;
            y := x - k;
            WHILE x < n AND y < m AND a[head + x + 1] = b[head + y + 1] LOOP
                x := x + 1;
                y := y + 1;
            END LOOP;
            furthest[k] := x;
            IF x >= n AND y >= m THEN
                found := d;
                EXIT rounds;
            END IF;
        END LOOP;
        trace := trace || to_jsonb(furthest[-d:d]);
    END LOOP;
    IF found < 0 THEN
        script := repeat('-', n) || repeat('+', m);
    ELSE
        x := n;
        y := m;
        FOR d IN REVERSE found..1 LOOP
            before := x - y;
            before := CASE WHEN before = -d OR (before <> d AND
                    ingest.reached(trace[d], d - 1, before - 1)
                        < ingest.reached(trace[d], d - 1, before + 1))
                THEN before + 1 ELSE before - 1 END;
            n := ingest.reached(trace[d], d - 1, before);
            m := n - before;
            -- The step itself comes before the run of equals that follows it.
            IF before > x - y THEN
                script := '+' || repeat('=', x - n) || script;
            ELSE
                script := '-' || repeat('=', x - n - 1) || script;
            END IF;
            x := n;
            y := m;
        END LOOP;
        script := repeat('=', x) || script;
    END IF;
    script := repeat('=', head) || script || repeat('=', tail);
    x := 1;
    y := 1;
    FOR operation, n IN
        SELECT s[1], length(s[1] || s[2]) FROM regexp_matches(script, '(.)(\1*)', 'g') AS s
    LOOP
        words := array_to_string(
            CASE operation WHEN '+' THEN b[y:y + n - 1] ELSE a[x:x + n - 1] END, '');
        x := x + CASE operation WHEN '+' THEN 0 ELSE n END;
        y := y + CASE operation WHEN '-' THEN 0 ELSE n END;
        RETURN NEXT;
    END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION ingest.edits(old_words text, new_words text)
RETURNS TABLE (place int, old text, new text, old_starts int, new_starts int)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    WITH piece AS (
        SELECT d.operation, d.words, d.n,
            count(*) FILTER (WHERE d.operation = '=') OVER (ORDER BY d.n) AS equals,
            coalesce(sum(length(d.words)) FILTER (WHERE d.operation <> '+') OVER before, 0) AS old_starts,
            coalesce(sum(length(d.words)) FILTER (WHERE d.operation <> '-') OVER before, 0) AS new_starts
        FROM ingest.difference(old_words, new_words) WITH ORDINALITY AS d (operation, words, n)
        WINDOW before AS (ORDER BY d.n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    )
    SELECT row_number() OVER (ORDER BY min(p.n))::int,
        coalesce(string_agg(p.words, '' ORDER BY p.n) FILTER (WHERE p.operation = '-'), ''),
        coalesce(string_agg(p.words, '' ORDER BY p.n) FILTER (WHERE p.operation = '+'), ''),
        min(p.old_starts)::int, min(p.new_starts)::int
    FROM piece AS p WHERE p.operation <> '='
    GROUP BY p.equals
$$;
COMMENT ON FUNCTION ingest.edits(text, text) IS
    'What stands in one text instead of what in the other: 25.4 and 24.5, the offsets from 0; either may be '
    'empty.';

CREATE OR REPLACE FUNCTION public.notice_diff(a text, b text)
RETURNS TABLE (place bigint, operation text, words text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    unknown CONSTANT text := (
        SELECT string_agg(quote_nullable(v.id), ', ') FROM unnest(ARRAY[a, b]) AS v (id)
        WHERE NOT EXISTS (SELECT FROM ingest.reading AS r WHERE r.capture_id = v.id));
BEGIN
    IF unknown IS NOT NULL THEN
        RAISE 'no text of version %: give two of version_id in notice_versions', unknown
            USING ERRCODE = 'no_data_found';
    END IF;
    RETURN QUERY
    SELECT row_number() OVER (), d.operation, d.words
    FROM ingest.reading AS old_reading
    CROSS JOIN ingest.reading AS new_reading
    CROSS JOIN LATERAL ingest.difference(
        coalesce(old_reading.body_text, ''), coalesce(new_reading.body_text, '')) AS d
    WHERE old_reading.capture_id = a AND new_reading.capture_id = b;
END
$$;
COMMENT ON FUNCTION public.notice_diff(text, text) IS
    'The difference between the texts of two versions (version_id in notice_versions, or any two captures), '
    'by numbers, words in Latin letters and Chinese characters: pieces in order, each marked = (in both), - '
    '(only in a) or + (only in b). Raises no_data_found for an id that is none. diff() has what replaced what.';
