CREATE OR REPLACE VIEW public.captures AS
SELECT
    c.capture_id, c.url, c.url_key, c."timestamp", c.captured_at, c.kind, c.answer, c.status,
    c.digest, r.page_kind,
    coalesce(r.reason, CASE WHEN r.outcome = 'done' THEN 'read' END) AS reading,
    c.content_type, c.charset, c.body_size, c.body_sha256, c.fetched_at,
    r.notice_key, r.layout, r.parser_version
FROM ingest.capture AS c
LEFT JOIN ingest.reading AS r USING (capture_id);

COMMENT ON VIEW public.captures IS
    'Every capture that the archive served, as last fetched with its bytes, and how it was '
    'classified.';
COMMENT ON COLUMN public.captures.capture_id IS
    'sha256 of url key, timestamp and original URL, e.g. 5f0c… (64 hex digits).';
COMMENT ON COLUMN public.captures.url IS
    'Original URL as the archive served it, e.g. http://www.mofcom.gov.cn/article/b/c/1.shtml.';
COMMENT ON COLUMN public.captures.url_key IS
    'Key under which all forms of the address are one, e.g. cn,gov,mofcom)/article/b/c/1.shtml.';
COMMENT ON COLUMN public.captures."timestamp" IS
    'Timestamp of the capture, 14 digits in UTC, e.g. 20230111174105.';
COMMENT ON COLUMN public.captures.captured_at IS
    'The same as a time, e.g. 2023-01-11 17:41:05+00.';
COMMENT ON COLUMN public.captures.kind IS
    'What was asked for: page or attachment.';
COMMENT ON COLUMN public.captures.answer IS
    'What the archive''s answer was, e.g. memento, or substitute when it served another capture.';
COMMENT ON COLUMN public.captures.status IS
    'HTTP status that was archived, e.g. 200.';
COMMENT ON COLUMN public.captures.digest IS
    'The archive''s digest of the payload, base32 of its SHA-1, e.g. '
    '3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ.';
COMMENT ON COLUMN public.captures.page_kind IS
    'Kind of page that the parser saw, e.g. notice, redirect; null until it is read.';
COMMENT ON COLUMN public.captures.reading IS
    'read, or why it was skipped, e.g. redirect; null until the parser saw it.';
COMMENT ON COLUMN public.captures.content_type IS
    'Content-Type that was archived, e.g. text/html; charset=utf-8.';
COMMENT ON COLUMN public.captures.charset IS
    'Charset that it names, e.g. utf-8.';
COMMENT ON COLUMN public.captures.body_size IS
    'Bytes of the body, decompressed, e.g. 38211.';
COMMENT ON COLUMN public.captures.body_sha256 IS
    'sha256 of the body and its name in the blob store, e.g. 9c1e… (64 hex digits).';
COMMENT ON COLUMN public.captures.fetched_at IS
    'When that was, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.captures.notice_key IS
    'Notice or page that it shows, e.g. 商务部2025-70; null when it shows none.';
COMMENT ON COLUMN public.captures.layout IS
    'Layout by which it was read, e.g. article_2020.';
COMMENT ON COLUMN public.captures.parser_version IS
    'Version of the parser that read it, e.g. 1.';
