CREATE OR REPLACE FUNCTION ingest.reached(round jsonb, d int, k int) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce((round->>(k + d))::int, -1);

-- Myers' greedy algorithm (1986), after what both have in common at both ends is cut off. Texts
-- that differ in more than 2,000 characters in a row count as replaced whole.
CREATE OR REPLACE FUNCTION ingest.difference(old_words text, new_words text)
RETURNS TABLE (operation text, words text)
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    a text[] := string_to_array(old_words, NULL);
    b text[] := string_to_array(new_words, NULL);
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
        words := CASE operation WHEN '+' THEN substr(new_words, y, n) ELSE substr(old_words, x, n) END;
        x := x + CASE operation WHEN '+' THEN 0 ELSE n END;
        y := y + CASE operation WHEN '-' THEN 0 ELSE n END;
        RETURN NEXT;
    END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION public.notice_diff(a text, b text)
RETURNS TABLE (place bigint, operation text, words text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
    SELECT row_number() OVER (), d.operation, d.words
    FROM ingest.reading AS old_reading
    CROSS JOIN ingest.reading AS new_reading
    CROSS JOIN LATERAL ingest.difference(old_reading.body_text, new_reading.body_text) AS d
    WHERE old_reading.capture_id = a AND new_reading.capture_id = b
$$;
COMMENT ON FUNCTION public.notice_diff(text, text) IS
    'The difference by character between the texts of two versions (version_id in notice_versions, '
    'or any two captures): pieces in order, each marked = (in both), - (only in a) or + (only in '
    'b).';
