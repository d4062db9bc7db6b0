-- needs: texts

-- Passages: their tokens, for the index, and the split into pieces.

-- A number alone hardly distinguishes documents: many a text of 1995 has a 5 somewhere.
CREATE OR REPLACE FUNCTION ingest.tokens(plain text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ARRAY(
    SELECT pair.one || pair.other
    FROM (
        -- Each character beside the next: faster than regular expressions over pairs.
        SELECT unnest(c.characters) AS one, unnest(c.characters[2:]) AS other
        FROM (SELECT string_to_array(regexp_replace(plain, '[^一-鿿㐀-䶿]+', ' ', 'g'), NULL))
            AS c (characters)
    ) AS pair
    WHERE pair.one <> ' ' AND pair.other <> ' '
) || CASE WHEN plain ~ '[a-z0-9]'
    THEN tsvector_to_array(to_tsvector('english', regexp_replace(plain, '[^a-z0-9]+', ' ', 'g')))
        || ARRAY(SELECT n.found[1] FROM regexp_matches(plain, '[0-9]+号', 'g') AS n (found))
    ELSE '{}' END;
COMMENT ON FUNCTION ingest.tokens(text) IS
    'The tokens of a folded text, a passage or a query: every pair of adjacent Chinese characters, '
    'every English word''s stem, every number, and a number followed by 号 also with it.';

CREATE OR REPLACE FUNCTION ingest.characters(plain text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_remove(
    string_to_array(regexp_replace(plain, '[^一-鿿㐀-䶿]+', '', 'g'), NULL), NULL);
COMMENT ON FUNCTION ingest.characters(text) IS
    'The single Chinese characters of a folded text: tokens of titles, for words of one character.';

CREATE OR REPLACE FUNCTION ingest.pieces(words text) RETURNS TABLE (part int, words text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    -- OFFSET 0: without it each use of the text would be made readable anew.
    SELECT i, substr(r.words, (i - 1) * 3800 + 1, 4000)
    FROM (SELECT ingest.readable($1) AS words OFFSET 0) AS r
    CROSS JOIN LATERAL generate_series(1, greatest(1, ceil((length(r.words) - 200) / 3800.0)::int)) AS i
    WHERE r.words <> ''
$$;
COMMENT ON FUNCTION ingest.pieces(text) IS
    'Splits a text into pieces of at most 4,000 characters, each repeating the last 200 of the one '
    'before.';
