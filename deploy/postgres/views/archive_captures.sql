CREATE OR REPLACE VIEW public.archive_captures AS
SELECT
    capture_id,
    url_key,
    url,
    "timestamp",
    kind,
    mimetype,
    listed_status,
    digest,
    CASE
        WHEN held_at IS NOT NULL THEN 'held'
        WHEN requested_at IS NULL THEN 'waiting'
        WHEN answered_at IS NULL THEN 'requested'
        ELSE 'answered'
    END AS state,
    request_id,
    listed_at,
    requested_at,
    answered_at,
    held_at,
    status,
    body_sha256,
    body_size
FROM fetcher.capture;

COMMENT ON VIEW public.archive_captures IS
    'A capture a row: all that the archive''s index has listed so far, and all that is held.';
COMMENT ON COLUMN public.archive_captures.capture_id IS
    'sha256 of url key, timestamp and original URL, the same as in every other view, e.g. 5f0c… '
    '(64 hex digits).';
COMMENT ON COLUMN public.archive_captures.url_key IS
    'Key under which all forms of the address are one, e.g. cn,gov,mofcom)/article/b/c/1.shtml.';
COMMENT ON COLUMN public.archive_captures.url IS
    'The original address, e.g. http://www.mofcom.gov.cn/article/b/c/1.shtml.';
COMMENT ON COLUMN public.archive_captures."timestamp" IS
    'When it was captured, YYYYMMDDhhmmss in UTC, e.g. 20230111174105; the index has some that '
    'are no dates.';
COMMENT ON COLUMN public.archive_captures.kind IS
    'page or attachment, by what the index says.';
COMMENT ON COLUMN public.archive_captures.mimetype IS
    'As the index lists it, e.g. text/html, warc/revisit.';
COMMENT ON COLUMN public.archive_captures.listed_status IS
    'HTTP status as the index lists it, e.g. 200; null for one that repeats an earlier capture.';
COMMENT ON COLUMN public.archive_captures.digest IS
    'SHA-1 of the body in base32, by the index, e.g. 3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ.';
COMMENT ON COLUMN public.archive_captures.state IS
    'waiting: not asked for yet; requested; answered: asked for, and not held under this address '
    'and time; held.';
COMMENT ON COLUMN public.archive_captures.request_id IS
    'Its request; see the view requests.';
COMMENT ON COLUMN public.archive_captures.listed_at IS
    'When the index first listed it, e.g. 2026-01-02 03:04:05+00; null when it never did.';
COMMENT ON COLUMN public.archive_captures.requested_at IS
    'When it was put in the queue, e.g. 2026-01-02 03:04:05+00; null while it waits.';
COMMENT ON COLUMN public.archive_captures.answered_at IS
    'When the archive had been asked for it, e.g. 2026-01-02 03:04:06+00.';
COMMENT ON COLUMN public.archive_captures.held_at IS
    'When its body was stored, e.g. 2026-01-02 03:04:06+00.';
COMMENT ON COLUMN public.archive_captures.status IS
    'HTTP status of the page when it was captured, e.g. 200.';
COMMENT ON COLUMN public.archive_captures.body_sha256 IS
    'Name of the body in the blob store, its sha256, e.g. 9c1e… (64 hex digits).';
COMMENT ON COLUMN public.archive_captures.body_size IS
    'Its size in bytes, e.g. 20480.';
