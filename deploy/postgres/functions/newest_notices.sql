-- needs: days, short

-- What search() answers without words.
CREATE OR REPLACE FUNCTION ingest.newest_notices(
    issuer text, document_type text, kind text, since date, until date, max_rows int
) RETURNS TABLE (
    notice_key text,
    document_number text,
    issued_on date,
    title text,
    issuers text[],
    found_in text,
    snippet text,
    rank real,
    more boolean,
    day date,
    page_kind text
)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog
SET jit = off
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
    limited CONSTANT int := least(max_rows, 1000);
    by_whom CONSTANT text := ingest.short(newest_notices.issuer);
    of_type CONSTANT text := ingest.short(newest_notices.document_type);
BEGIN
    RETURN QUERY
    WITH one AS (
        -- By index from the newest on, until there are enough.
        (SELECT n.* FROM ingest.notice AS n
        WHERE n.page_kind IN ('notice', 'law') AND newest_notices.kind IS DISTINCT FROM 'interview'
            AND (newest_notices.kind IS NULL OR n.page_kind = newest_notices.kind)
            AND (by_whom IS NULL OR by_whom = ANY (n.issuers))
            AND (of_type IS NULL OR n.document_type = of_type)
            AND (newest_notices.since IS NULL OR n.issued_on >= newest_notices.since)
            AND (newest_notices.until IS NULL OR n.issued_on < newest_notices.until)
        ORDER BY n.issued_on DESC NULLS LAST, n.notice_key
        LIMIT limited + 1)
        UNION ALL
        -- Those that change something, as search_notices() has them.
        (SELECT n.* FROM ingest.notice AS n
        WHERE n.page_kind = 'interview' AND coalesce(newest_notices.kind, 'interview') = 'interview'
            AND (by_whom IS NULL OR by_whom = ANY (n.issuers))
            AND (of_type IS NULL OR n.document_type = of_type)
            AND (newest_notices.since IS NULL OR n.published_at >= ingest.midnight(newest_notices.since))
            AND (newest_notices.until IS NULL OR n.published_at < ingest.midnight(newest_notices.until))
            AND EXISTS (SELECT FROM ingest.passage AS p WHERE p.notice_key = n.notice_key)
        ORDER BY n.published_at DESC NULLS LAST, n.notice_key
        LIMIT limited + 1)
    )
    SELECT
        o.notice_key, o.document_number, o.issued_on, o.title, o.issuers, NULL::text, o.title, NULL::real,
        count(*) OVER () > limited, ingest.day_of(o.issued_on, o.published_at), o.page_kind
    FROM one AS o
    ORDER BY ingest.day_of(o.issued_on, o.published_at) DESC NULLS LAST, o.notice_key
    LIMIT limited;
END
$$;
COMMENT ON FUNCTION ingest.newest_notices(text, text, text, date, date, int) IS
    'Notices, laws and interviews that change something, of an issuer, a type, a kind and days, the newest first, '
    'in the columns of search_notices(); its snippet is the title.';
