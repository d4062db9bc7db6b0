CREATE OR REPLACE FUNCTION ingest.is_change(relation text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN relation NOT IN ('basis', 'mentions', 'explains');
COMMENT ON FUNCTION ingest.is_change IS
    'Whether a citation of this relation changes the cited document.';

CREATE OR REPLACE FUNCTION ingest.against(
    issuers text[], day date, their_issuers text[], changeable_by text[], their_day date
) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN issuers <> '{}' AND their_issuers <> '{}' AND NOT issuers && changeable_by
        THEN array_to_string(issuers, ' ') || ' cannot change what '
            || array_to_string(their_issuers, ' ') || ' issued'
    WHEN their_day > day THEN 'it is of a later day than this document'
END;
COMMENT ON FUNCTION ingest.against IS
    'Why a document cannot change another, from the issuers and the days of both; null where it may, or '
    'where they are not known. changeable_by are the bodies that may change the other.';
