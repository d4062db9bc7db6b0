-- needs: short, texts, words

-- 台湾, 中国台湾, 台湾地区 and 中国台湾地区 are words of their own in the lexicon, and one place.
CREATE OR REPLACE FUNCTION ingest.place_key(zh text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(zh, '^中国(?=.)|(地区|特别行政区|省)$', '', 'g');

CREATE OR REPLACE FUNCTION ingest.plain_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN nullif(regexp_replace(ingest.folded(normalize(name, NFKD)), '[^a-z0-9一-鿿]+', '', 'g'), '');
COMMENT ON FUNCTION ingest.plain_key(text) IS
    'What all spellings of a name share, with and without accents: turkiye of Türkiye, usa of U.S.A.';

CREATE OR REPLACE FUNCTION ingest.countries(typed text) RETURNS text[]
LANGUAGE plpgsql STABLE STRICT
SET search_path = pg_catalog
AS $$
DECLARE
    known ingest.word[];
    members CONSTANT text[] := string_to_array(
        'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK', ' ');
BEGIN
    -- AU is Australia and not the African Union; Congo may be either.
    known := ARRAY(
        SELECT w FROM ingest.word AS w
        WHERE w.class = 'place' AND w.forms @> ARRAY[lower(btrim(ingest.short(typed)))]
        ORDER BY w.code IS NULL FETCH FIRST ROW WITH TIES);
    IF known = '{}' THEN
        -- U.S.A., Viet-Nam, Turkiye, 美國.
        known := ARRAY(
            SELECT w FROM ingest.word AS w
            WHERE w.class = 'place' AND EXISTS (
                SELECT FROM unnest(w.forms) AS form WHERE ingest.plain_key(form) = ingest.plain_key(typed))
            ORDER BY w.code IS NULL FETCH FIRST ROW WITH TIES);
    END IF;
    IF known = '{}' THEN
        RAISE 'unknown country %: give its ISO 3166 code, or its name in English or Chinese',
            quote_literal(typed) USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN ARRAY(
        SELECT DISTINCT form
        FROM unnest(known) AS k
        JOIN ingest.word AS w ON ingest.place_key(w.zh) = ingest.place_key(k.zh)
            -- A duty on goods of the European Union is on goods of each member, and who asks of the
            -- Union asks of each.
            OR w.zh = '欧盟' AND k.code = ANY (members)
            OR k.zh = '欧盟' AND w.code = ANY (members)
        CROSS JOIN LATERAL unnest(w.forms) AS form
        WHERE w.class = 'place');
END
$$;
COMMENT ON FUNCTION ingest.countries(text) IS
    'All forms under which notices may print a country, unions of which it is a member among them: '
    '{美国,美利坚合众国,…} of US, us, U.S., United States or 美国.';

CREATE OR REPLACE FUNCTION ingest.may_be_of(place text, countries text[]) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(lower(place) = ANY (countries), true)
    OR NOT EXISTS (
        SELECT FROM ingest.word AS w WHERE w.class = 'place' AND w.forms @> ARRAY[lower(place)]);
COMMENT ON FUNCTION ingest.may_be_of(text, text[]) IS
    'Whether goods of (or for) a place that a notice prints may be those of a country in question, all whose '
    'forms are given: so are those of no place, and of one that no lexicon knows.';
