-- needs: notices_in_force

-- Planned once by a connection, which takes 40 ms, and not by each question for itself.
CREATE OR REPLACE FUNCTION ingest.statuses_of(keys text[], at timestamptz)
RETURNS TABLE (
    notice_key text,
    status text,
    clauses text[],
    until timestamptz,
    by_notice_key text,
    by_document_number text,
    quote text
)
LANGUAGE plpgsql STABLE STRICT ROWS 20
SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    RETURN QUERY
    SELECT s.notice_key, s.status, s.clauses, s.until, s.by_notice_key, s.by_document_number, s.quote
    FROM (SELECT DISTINCT unnest(keys) AS key) AS k
    -- One after the other, by index; together all changes would be read.
    CROSS JOIN LATERAL (
        SELECT v.* FROM public.notices_in_force(at) AS v WHERE v.notice_key = k.key OFFSET 0
    ) AS s;
END
$$;
COMMENT ON FUNCTION ingest.statuses_of(text[], timestamptz) IS
    'What notices_in_force() says of some notices; no row for what is no notice, or was not issued by then.';
