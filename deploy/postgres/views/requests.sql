CREATE OR REPLACE VIEW public.requests AS
SELECT
    l.id AS request_id,
    q.address_id,
    q.url,
    q.url_key,
    q."timestamp",
    q.kind,
    q.backlog,
    q.asked_at,
    l.state,
    l.reason,
    l.detail,
    l.attempt,
    l.last_error,
    l.last_error_at,
    l.next_attempt_at,
    l.updated_at,
    s.answer,
    s.capture_id,
    l.trace,
    q.archive
FROM ingest.ledger AS l
LEFT JOIN ingest.request AS q ON q.request_id = l.id
LEFT JOIN ingest.served AS s ON s.request_id = l.id
WHERE l.kind = 'request';

COMMENT ON VIEW public.requests IS
    'Every request ever made, and its progress.';
COMMENT ON COLUMN public.requests.request_id IS
    'sha256 of URL key, requested timestamp, original URL and archive, e.g. 07ab… (64 hex digits).';
COMMENT ON COLUMN public.requests.address_id IS
    'The address that it was expanded from; see the view addresses.';
COMMENT ON COLUMN public.requests.url IS
    'Requested original URL, e.g. http://www.mofcom.gov.cn/article/b/c/1.shtml; null if the request '
    'is known only from a dead letter.';
COMMENT ON COLUMN public.requests.url_key IS
    'Key that all forms of the URL share, e.g. cn,gov,mofcom)/article/b/c/1.shtml.';
COMMENT ON COLUMN public.requests."timestamp" IS
    'Requested timestamp, 1 to 14 digits as given, e.g. 20230113054024; null for the latest.';
COMMENT ON COLUMN public.requests.kind IS
    'page or attachment.';
COMMENT ON COLUMN public.requests.backlog IS
    'True if it comes from listing the past and is fetched after live requests.';
COMMENT ON COLUMN public.requests.asked_at IS
    'When it was first made, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.requests.state IS
    'waiting (for the fetcher), fetched (waiting for the parser), retry (at next_attempt_at), or '
    'an outcome: done, skipped, dead.';
COMMENT ON COLUMN public.requests.reason IS
    'Why it was skipped, is retried or is dead, e.g. redirect.';
COMMENT ON COLUMN public.requests.detail IS
    'Details of the reason, e.g. the target of a redirect; of one that is done, what was taken instead, '
    'e.g. the latest capture has status 404, 20190101000000 is good.';
COMMENT ON COLUMN public.requests.attempt IS
    'Number of the attempt, from 1, e.g. 2.';
COMMENT ON COLUMN public.requests.last_error IS
    'The last error, kept even if a later attempt succeeded, e.g. throttled: 429.';
COMMENT ON COLUMN public.requests.last_error_at IS
    'Time of the last error, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.requests.next_attempt_at IS
    'When it will be retried, e.g. 2026-01-02 04:00:00+00; null unless the state is retry.';
COMMENT ON COLUMN public.requests.updated_at IS
    'When the state was last written, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.requests.answer IS
    'Class of the archive''s answer if it served a capture, e.g. memento, substitute.';
COMMENT ON COLUMN public.requests.capture_id IS
    'The capture served; see the view captures.';
COMMENT ON COLUMN public.requests.trace IS
    'Trace id in every log line and event of the attempt, e.g. 4bf92f3577b34da6a3ce929d0e0e4736.';
COMMENT ON COLUMN public.requests.archive IS
    'The archive that is asked, e.g. https://web.archive.org/web/; null until the request itself is read.';
