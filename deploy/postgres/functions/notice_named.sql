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

CREATE OR REPLACE FUNCTION ingest.notices_numbered(typed text) RETURNS text[]
LANGUAGE sql STABLE STRICT
SET search_path = pg_catalog
BEGIN ATOMIC
    SELECT ARRAY(
        SELECT DISTINCT n.notice_key
        -- Without an issuer it is none; 某 stands for any.
        FROM unnest(coalesce(
            ingest.typed_keys(ingest.short(typed)), ingest.number_keys('某' || ingest.short(typed)))) AS k (key)
        CROSS JOIN LATERAL regexp_match(k.key, '^(.*?)(令|通告|公示|)(\d{4}|)-(\d+)$') AS part
        JOIN ingest.notice AS n ON n.serial = part[4]::int AND n.document_number ~ (
            coalesce(nullif(part[2], ''), '公告') || CASE WHEN part[3] <> '' THEN part[3] || '年' ELSE '' END
            || '第' || part[4] || '号$')
        WHERE n.page_kind IN ('notice', 'law') AND (
            part[1] = '某'
            OR part[1] = ANY (n.issuers)
            OR EXISTS (
                SELECT FROM ingest.word AS w CROSS JOIN unnest(n.issuers) AS i (issuer)
                WHERE w.class = 'body' AND w.zh = part[1] AND w.forms @> ARRAY[lower(i.issuer)]))
        ORDER BY 1);
END;
COMMENT ON FUNCTION ingest.notices_numbered(text) IS
    'The keys of the notices that a document number may mean that does not begin with their first issuer: '
    '公告2025年第61号, and the number of 商务部 海关总署公告2025年第70号 with 海关总署 alone before it.';

CREATE OR REPLACE FUNCTION ingest.named_otherwise(typed text) RETURNS text[]
LANGUAGE sql STABLE STRICT
SET search_path = pg_catalog
RETURN CASE WHEN ingest.notices_named(typed) = '{}' THEN ARRAY[
    'no notice is numbered ' || quote_literal(typed) || ': these have that number of an issuer that it does not '
    'name, or not first; another one may have it, too'] ELSE '{}' END;
COMMENT ON FUNCTION ingest.named_otherwise(text) IS
    'What an answer on ingest.notice_named() says where only ingest.notices_numbered() found any.';

CREATE OR REPLACE FUNCTION ingest.notice_named(typed text) RETURNS text[]
LANGUAGE plpgsql STABLE STRICT
SET search_path = pg_catalog
AS $$
DECLARE
    known text[] := ingest.notices_named(typed);
BEGIN
    IF known = '{}' THEN
        known := ingest.notices_numbered(typed);
    END IF;
    IF known = '{}' THEN
        RAISE 'no notice % is in the database: give a notice_key or a document number, as printed or in English',
            quote_literal(typed) USING ERRCODE = 'no_data_found',
            HINT = 'completeness() says what is missing; search() finds notices by words.';
    END IF;
    RETURN known;
END
$$;
COMMENT ON FUNCTION ingest.notice_named(text) IS
    'As ingest.notices_named(), or else ingest.notices_numbered(); raises no_data_found where none is held.';
