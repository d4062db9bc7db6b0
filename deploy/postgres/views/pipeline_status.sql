CREATE OR REPLACE VIEW public.pipeline_status AS
SELECT
    l.kind,
    l.state,
    count(*) AS rows,
    min(l.updated_at) AS oldest,
    max(l.updated_at) AS newest,
    min(l.next_attempt_at) AS next_attempt_at,
    count(*) FILTER (WHERE l.updated_at > now() - INTERVAL '1 hour') AS last_hour,
    CASE WHEN l.state IN ('waiting', 'fetched') THEN
        extract(epoch FROM now() - min(l.updated_at))::float END AS lag_seconds
FROM ingest.ledger AS l
GROUP BY l.kind, l.state;

COMMENT ON VIEW public.pipeline_status IS
    'Addresses and requests in each state: how many, how many entered it in the last hour, how long '
    'the oldest has waited.';
COMMENT ON COLUMN public.pipeline_status.kind IS
    'address or request.';
COMMENT ON COLUMN public.pipeline_status.state IS
    'waiting, fetched, retry, or an outcome: done, skipped, dead.';
COMMENT ON COLUMN public.pipeline_status.rows IS
    'Number in this state, e.g. 500.';
COMMENT ON COLUMN public.pipeline_status.oldest IS
    'When the oldest entered it, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.pipeline_status.newest IS
    'When the newest entered it, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.pipeline_status.next_attempt_at IS
    'When the first of them will be retried, e.g. 2026-01-02 04:00:00+00; null unless the state is '
    'retry.';
COMMENT ON COLUMN public.pipeline_status.last_hour IS
    'How many entered it in the last hour, e.g. 120.';
COMMENT ON COLUMN public.pipeline_status.lag_seconds IS
    'How many seconds the oldest has waited, e.g. 3.2; null for final states.';
