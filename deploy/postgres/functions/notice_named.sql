-- needs: notice_keys, short, typed_numbers

CREATE OR REPLACE FUNCTION ingest.notices_named(typed text) RETURNS text[]
LANGUAGE sql STABLE STRICT
SET search_path = pg_catalog
BEGIN ATOMIC
    SELECT ARRAY(
        SELECT n.notice_key FROM ingest.notice AS n
        WHERE n.notice_key = typed OR n.notice_key = ANY (ingest.typed_keys(ingest.short(typed)))
        UNION
        SELECT k.notice_key FROM public.notice_keys AS k WHERE k.key = typed AND k.notice_key IS NOT NULL
        ORDER BY 1);
END;
COMMENT ON FUNCTION ingest.notices_named(text) IS
    'The keys of the notices that a person means by a key, a former key or a document number; empty where '
    'none is held.';

CREATE OR REPLACE FUNCTION ingest.notice_named(typed text) RETURNS text[]
LANGUAGE plpgsql STABLE STRICT
SET search_path = pg_catalog
AS $$
DECLARE
    known CONSTANT text[] := ingest.notices_named(typed);
BEGIN
    IF known = '{}' THEN
        RAISE 'no notice % is in the database: give a notice_key or a document number, as printed or in English',
            quote_literal(typed) USING ERRCODE = 'no_data_found',
            HINT = 'completeness() says what is missing; search() finds notices by words.';
    END IF;
    RETURN known;
END
$$;
COMMENT ON FUNCTION ingest.notice_named(text) IS
    'As ingest.notices_named(); raises no_data_found where none is held.';
