-- needs: short

CREATE OR REPLACE FUNCTION ingest.customs_code(typed text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(
    regexp_replace(normalize(ingest.short(typed), NFKC), '^\s*hs(\s*code)?\s*:?', '', 'i'), '[.\s-]', '', 'g');
COMMENT ON FUNCTION ingest.customs_code(text) IS
    'The digits of a customs code as people write it: 28053018 of HS 2805.30.18.';
