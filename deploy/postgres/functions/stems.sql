CREATE OR REPLACE FUNCTION ingest.stems(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT string_agg(coalesce((ts_lexize('english_stem', w.word))[1], w.word), ' ' ORDER BY w.n)
    FROM regexp_split_to_table(replace(lower(words), 'licenc', 'licens'), '[^a-z0-9]+') WITH ORDINALITY AS w (word, n)
    WHERE w.word NOT IN ('', 'the', 'of', 'and', 'on', 'for', 'in', 'to', 'a')
);
COMMENT ON FUNCTION ingest.stems(text) IS 'The stems of English words in their order: rare earth of the rare earths.';
