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
    body_size,
    archive
FROM fetcher.capture;

COMMENT ON VIEW public.archive_captures IS
    'One row per capture: all that the archives'' CDX indexes have listed so far, and all that are '
    'stored.';
COMMENT ON COLUMN public.archive_captures.capture_id IS
    'sha256 of URL key, timestamp and original URL, as in every other view, e.g. 5f0c… (64 hex '
    'digits).';
COMMENT ON COLUMN public.archive_captures.url_key IS
    'Key that all forms of the URL share, e.g. cn,gov,mofcom)/article/b/c/1.shtml.';
COMMENT ON COLUMN public.archive_captures.url IS
    'Original URL, e.g. http://www.mofcom.gov.cn/article/b/c/1.shtml.';
COMMENT ON COLUMN public.archive_captures."timestamp" IS
    'When it was captured, YYYYMMDDhhmmss in UTC, e.g. 20230111174105; a few in the index are not '
    'valid dates.';
COMMENT ON COLUMN public.archive_captures.kind IS
    'page or attachment, judged by the index.';
COMMENT ON COLUMN public.archive_captures.mimetype IS
    'Media type in the index, e.g. text/html, warc/revisit.';
COMMENT ON COLUMN public.archive_captures.listed_status IS
    'HTTP status in the index, e.g. 200; null for a capture that repeats an earlier one.';
COMMENT ON COLUMN public.archive_captures.digest IS
    'SHA-1 of the body in base32, from the index, e.g. 3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ.';
COMMENT ON COLUMN public.archive_captures.state IS
    'waiting: not requested yet; requested; answered: requested, but not served at this URL and '
    'timestamp; held: its body is stored.';
COMMENT ON COLUMN public.archive_captures.request_id IS
    'Its request; see the view requests.';
COMMENT ON COLUMN public.archive_captures.listed_at IS
    'When the index first listed it, e.g. 2026-01-02 03:04:05+00; null if it never did.';
COMMENT ON COLUMN public.archive_captures.requested_at IS
    'When it was requested, e.g. 2026-01-02 03:04:05+00; null while it is waiting.';
COMMENT ON COLUMN public.archive_captures.answered_at IS
    'When the archive answered the request, e.g. 2026-01-02 03:04:06+00.';
COMMENT ON COLUMN public.archive_captures.held_at IS
    'When its body was stored, e.g. 2026-01-02 03:04:06+00.';
COMMENT ON COLUMN public.archive_captures.status IS
    'HTTP status of the page when it was captured, e.g. 200.';
COMMENT ON COLUMN public.archive_captures.body_sha256 IS
    'sha256 of the body, its name in the blob store, e.g. 9c1e… (64 hex digits).';
COMMENT ON COLUMN public.archive_captures.body_size IS
    'Size of the body in bytes, e.g. 20480.';
COMMENT ON COLUMN public.archive_captures.archive IS
    'The archive that lists it, or that it comes from, e.g. https://web.archive.org/web/; see captures.';
