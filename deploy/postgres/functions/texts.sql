-- needs: simplified

-- Normal forms of texts, for search and comparison.

CREATE OR REPLACE FUNCTION ingest.readable(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(regexp_replace(normalize(words, NFKC),
    '(?<=[一-鿿㐀-䶿])\s+(?=[一-鿿㐀-䶿])', '', 'g'), '\s+', ' ', 'g');
COMMENT ON FUNCTION ingest.readable(text) IS
    'A text in the form of passages: NFKC, no white space between Chinese characters (商 务 部 is '
    '商务部), one space elsewhere.';

CREATE OR REPLACE FUNCTION ingest.folded(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(ingest.simplified(lower(words)), '[]()【】', '〔〕〔〕〔〕');
COMMENT ON FUNCTION ingest.folded(text) IS
    'A readable text in the form for comparison: lower case, simplified characters, one kind of '
    'bracket; its length in characters is unchanged.';

CREATE OR REPLACE FUNCTION ingest.lowered(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(lower(words), '[]()【】', '〔〕〔〕〔〕');
COMMENT ON FUNCTION ingest.lowered(text) IS
    'Like ingest.folded(), but with traditional characters unchanged; several times faster.';

CREATE OR REPLACE FUNCTION ingest.folded_as(plain text) RETURNS TABLE (words text, traditional boolean)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT translate(s.simplified, '[]()【】', '〔〕〔〕〔〕'), s.simplified <> s.lowered
    FROM (
        SELECT l.lowered, ingest.simplified(l.lowered) AS simplified
        FROM (SELECT lower(plain) AS lowered OFFSET 0) AS l
        OFFSET 0
    ) AS s
    OFFSET 0
$$;
COMMENT ON FUNCTION ingest.folded_as(text) IS
    'ingest.folded() of a readable text, and whether it had traditional characters.';

CREATE OR REPLACE FUNCTION ingest.sentence_at(words text, starts int) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN btrim(
    substring(substr(words, greatest(1, starts - 399), least(starts, 400)) from '[^。！？\n]*$')
    || substring(substr(words, starts + 1, 400) from '^[^。！？\n]*[。！？]?'), E' \t　\u00a0');
COMMENT ON FUNCTION ingest.sentence_at(text, int) IS
    'The sentence of a text round the character at an offset from 0, at most 400 characters to each '
    'side.';

CREATE OR REPLACE FUNCTION ingest.sentence_starts(words text, starts int) RETURNS int
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN starts - length(ltrim(
    substring(substr(words, greatest(1, starts - 399), least(starts, 400)) from '[^。！？\n]*$'), E' \t　\u00a0'));
COMMENT ON FUNCTION ingest.sentence_starts(text, int) IS
    'The offset at which the sentence of ingest.sentence_at() begins.';
