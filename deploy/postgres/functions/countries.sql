-- needs: words

CREATE OR REPLACE FUNCTION ingest.countries(typed text) RETURNS text[]
LANGUAGE plpgsql STABLE STRICT
SET search_path = pg_catalog
AS $$
DECLARE
    known ingest.word;
BEGIN
    SELECT w.* INTO known FROM ingest.word AS w
    WHERE w.class = 'place' AND w.forms @> ARRAY[lower(btrim(typed))]
    ORDER BY w.code IS NULL, w.zh LIMIT 1;
    IF known IS NULL THEN
        RAISE 'unknown country %: give its ISO 3166 code, or its name in English or Chinese',
            quote_literal(typed) USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- A duty on goods of the European Union is on goods of each member.
    RETURN known.forms || CASE WHEN known.code = ANY (string_to_array(
        'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK', ' '))
        THEN ARRAY['欧盟', '欧洲联盟'] ELSE '{}' END;
END
$$;
COMMENT ON FUNCTION ingest.countries(text) IS
    'All forms under which notices may print a country, unions of which it is a member among them: '
    '{美国,美利坚合众国,…} of US, us, U.S., United States or 美国.';
