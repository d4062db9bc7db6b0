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
    l.trace
FROM ingest.ledger AS l
LEFT JOIN ingest.request AS q ON q.request_id = l.id
LEFT JOIN ingest.served AS s ON s.request_id = l.id
WHERE l.kind = 'request';

COMMENT ON VIEW public.requests IS
    'Every request ever made, and how far it has come.';
COMMENT ON COLUMN public.requests.request_id IS
    'sha256 of url key, asked timestamp and original URL, e.g. 07ab… (64 hex digits).';
COMMENT ON COLUMN public.requests.address_id IS
    'The address that it came from; see the view addresses.';
COMMENT ON COLUMN public.requests.url IS
    'Original URL asked for, e.g. http://www.mofcom.gov.cn/article/b/c/1.shtml; null when all '
    'that is known of the request is a dead letter.';
COMMENT ON COLUMN public.requests.url_key IS
    'Key under which all forms of the address are one, e.g. cn,gov,mofcom)/article/b/c/1.shtml.';
COMMENT ON COLUMN public.requests."timestamp" IS
    'Timestamp asked for, 1 to 14 digits as given, e.g. 20230113054024; null for the latest.';
COMMENT ON COLUMN public.requests.kind IS
    'page or attachment.';
COMMENT ON COLUMN public.requests.backlog IS
    'True when it came from a sweep of the past and waits behind live requests.';
COMMENT ON COLUMN public.requests.asked_at IS
    'When it was first asked, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.requests.state IS
    'waiting (for the fetcher), fetched (waiting for the parser), retry (at next_attempt_at), or '
    'an outcome: done, skipped, dead.';
COMMENT ON COLUMN public.requests.reason IS
    'Why it was skipped, is asked again or died, e.g. redirect.';
COMMENT ON COLUMN public.requests.detail IS
    'More about the reason, e.g. the address that a redirect leads to.';
COMMENT ON COLUMN public.requests.attempt IS
    'Which attempt this is about, from 1, e.g. 2.';
COMMENT ON COLUMN public.requests.last_error IS
    'The last thing that went wrong, kept when a later attempt went well, e.g. throttled: 429.';
COMMENT ON COLUMN public.requests.last_error_at IS
    'When that was, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.requests.next_attempt_at IS
    'When it will be asked again, e.g. 2026-01-02 04:00:00+00; null in other states than retry.';
COMMENT ON COLUMN public.requests.updated_at IS
    'When the state was last written, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.requests.answer IS
    'What the archive''s answer was when it served a capture, e.g. memento, substitute.';
COMMENT ON COLUMN public.requests.capture_id IS
    'The capture that was served; see the view captures.';
COMMENT ON COLUMN public.requests.trace IS
    'Trace id that every log line and event of the attempt carries, e.g. '
    '4bf92f3577b34da6a3ce929d0e0e4736.';
