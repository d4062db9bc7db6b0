-- needs: texts

-- One key for all spellings of a title, and of a name.

CREATE OR REPLACE FUNCTION ingest.title_key(title text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(normalize(title, NFKC), '[\s《》“”"]+', '', 'g');
COMMENT ON FUNCTION ingest.title_key(text) IS
    'What all forms of a title share: NFKC, no white space, no quotation marks.';

CREATE OR REPLACE FUNCTION ingest.name_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN nullif(regexp_replace(ingest.folded(normalize(name, NFKC)), '[^a-z0-9一-鿿㐀-䶿]+', '', 'g'), '');
COMMENT ON FUNCTION ingest.name_key(text) IS
    'What all spellings of a name share: Skydio, Inc. and SKYDIO INC are skydioinc.';
