-- translate() compares each character with thousands, normalize() sorts the accents behind a letter, and neither
-- can be cancelled: a million traditional characters to search for would take a processor for half a minute.
CREATE OR REPLACE FUNCTION ingest.short(words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    IF length(words) > 1000 THEN
        RAISE '% … has % characters, at most 1,000 are read', substr(words, 1, 20), length(words)
            USING ERRCODE = 'string_data_right_truncation';
    END IF;
    RETURN words;
END
$$;
COMMENT ON FUNCTION ingest.short(text) IS
    'What somebody asks for, as it is; raises string_data_right_truncation for more than 1,000 characters.';
