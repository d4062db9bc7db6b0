CREATE OR REPLACE VIEW public.addresses AS
SELECT
    l.id AS address_id,
    a.address,
    a.origin,
    a.asked_at,
    l.state,
    l.reason,
    l.detail,
    l.requests,
    l.attempt,
    l.last_error,
    l.last_error_at,
    l.next_attempt_at,
    l.updated_at
FROM ingest.ledger AS l
LEFT JOIN ingest.address AS a ON a.address_id = l.id
WHERE l.kind = 'address';

COMMENT ON VIEW public.addresses IS
    'Every address ever added, and whether it was expanded into requests.';
COMMENT ON COLUMN public.addresses.address_id IS
    'sha256 of the address and its day or seeds file, e.g. 11fe… (64 hex digits).';
COMMENT ON COLUMN public.addresses.address IS
    'The address as added, e.g. 20230113054024/http://www.mofcom.gov.cn/article/b/c/1.shtml.';
COMMENT ON COLUMN public.addresses.origin IS
    'Where it was added, e.g. demo.txt:3, cli, http.';
COMMENT ON COLUMN public.addresses.asked_at IS
    'When it was first added, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.addresses.state IS
    'waiting (for the fetcher), retry (at next_attempt_at), or an outcome: done, skipped, dead.';
COMMENT ON COLUMN public.addresses.reason IS
    'Why it was skipped, is retried or is dead, e.g. outage.';
COMMENT ON COLUMN public.addresses.detail IS
    'Details of the reason, e.g. more than 10000 pages.';
COMMENT ON COLUMN public.addresses.requests IS
    'How many requests it was expanded into, e.g. 1.';
COMMENT ON COLUMN public.addresses.attempt IS
    'Number of the attempt, from 1, e.g. 2.';
COMMENT ON COLUMN public.addresses.last_error IS
    'The last error, kept even if a later attempt succeeded, e.g. outage: 503.';
COMMENT ON COLUMN public.addresses.last_error_at IS
    'Time of the last error, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.addresses.next_attempt_at IS
    'When it will be retried, e.g. 2026-01-02 04:00:00+00; null unless the state is retry.';
COMMENT ON COLUMN public.addresses.updated_at IS
    'When the state was last written, e.g. 2026-01-02 03:04:05+00.';
