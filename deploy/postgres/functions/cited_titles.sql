CREATE OR REPLACE FUNCTION ingest.may_be_cited(
    n ingest.notice, title_key text, serial int, by_notice_key text
) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN n.title_key = $2 AND n.notice_key <> $4 AND n.page_kind IN ('notice', 'law')
    AND coalesce(n.serial = $3, true);
COMMENT ON FUNCTION ingest.may_be_cited IS
    'Whether a notice may be the one that another cites by this title: where the citation prints a '
    'number that does not tell its year (主席令第7号), one of that number or without any.';
