-- Lost work: its service has committed past the event, the indexer has read everything that the
-- service had published by then, and there is no outcome.
CREATE OR REPLACE VIEW public.pipeline_gap AS
SELECT
    l.kind,
    l.id,
    coalesce(q.url, a.address) AS address,
    l.state,
    l.attempt,
    l.updated_at AS since,
    l.last_error
FROM ingest.ledger AS l
LEFT JOIN ingest.request AS q ON l.kind = 'request' AND q.request_id = l.id
LEFT JOIN ingest.address AS a ON l.kind = 'address' AND a.address_id = l.id
WHERE l.state IN ('waiting', 'fetched')
    AND EXISTS (
        SELECT FROM ingest.passed_offset AS p
        WHERE p.topic = l.topic AND p."partition" = l."partition"
            AND (l."offset" < p.next_offset OR l."offset" >= p.end_offset)
            AND greatest(l.updated_at, l.placed_at) < p.seen_at
        UNION ALL
        -- Written by the scheduler, and yet nowhere in Kafka.
        SELECT WHERE l.topic IS NULL
            AND l.placed_at < (SELECT min(p.seen_at) FROM ingest.passed_offset AS p)
    );

COMMENT ON VIEW public.pipeline_gap IS
    'Lost work: an address or request without an outcome that its service has already read past. It '
    'is requested again at the next check; what waits in the backlog is not listed. Should be '
    'empty.';
COMMENT ON COLUMN public.pipeline_gap.kind IS
    'address or request.';
COMMENT ON COLUMN public.pipeline_gap.id IS
    'Its id, as in addresses and requests, e.g. 07ab… (64 hex digits).';
COMMENT ON COLUMN public.pipeline_gap.address IS
    'The address or URL, e.g. http://www.mofcom.gov.cn/article/b/c/1.shtml.';
COMMENT ON COLUMN public.pipeline_gap.state IS
    'waiting (lost by the fetcher) or fetched (lost by the parser).';
COMMENT ON COLUMN public.pipeline_gap.attempt IS
    'Number of the attempt, from 1, e.g. 2.';
COMMENT ON COLUMN public.pipeline_gap.since IS
    'When it entered this state, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.pipeline_gap.last_error IS
    'The last error, e.g. throttled: 429.';
