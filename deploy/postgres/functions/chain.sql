-- needs: answers, status_history

-- Runs with the rights of who asks: it is called by functions that run with their owner's.
CREATE OR REPLACE FUNCTION ingest.chain(key text, at timestamptz) RETURNS jsonb
LANGUAGE sql STABLE STRICT PARALLEL SAFE
-- The times in it are texts: whoever asks reads them with China's offset.
SET timezone = 'Asia/Shanghai'
RETURN (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
            'relation', s.relation, 'since', s.since, 'until', s.until, 'clause', s.clause,
            'notice_key', s.by_notice_key, 'document_number', s.by_document_number, 'title', s.by_title,
            'quote', s.quote, 'archived_url', ingest.archive_link(s.by_notice_key))
            ORDER BY s.since, s.relation <> 'made', s.by_notice_key), '[]')
    FROM (
        SELECT 'made' AS relation, n.since, NULL::timestamptz AS until, NULL AS clause,
            n.notice_key AS by_notice_key, n.document_number AS by_document_number, n.title AS by_title,
            (ingest.quote_of(n.notice_key, ARRAY['effective_at', 'effective_on', 'issued_on'])).quote AS quote
        FROM ingest.notice AS n WHERE n.notice_key = key
        UNION ALL
        SELECT h.relation, h.since, h.until, h.clause, h.by_notice_key, h.by_document_number, h.by_title,
            h.quote
        FROM public.status_history AS h
        WHERE h.notice_key = key AND h.since <= at
    ) AS s
);
COMMENT ON FUNCTION ingest.chain(text, timestamptz) IS
    'What made a notice and what suspended, resumed, extended, amended or ended it by a time: one object a '
    'step, each with the words and the capture in which they stand.';
