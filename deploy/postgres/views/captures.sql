-- needs: archived_url

CREATE OR REPLACE VIEW public.captures AS
SELECT
    c.capture_id, c.url, c.url_key, c."timestamp", c.captured_at, c.kind, c.answer, c.status,
    c.digest, r.page_kind,
    coalesce(f.state, r.reason, CASE WHEN r.outcome = 'done' THEN 'read' END) AS reading,
    c.content_type, c.charset, c.body_size, c.body_sha256, c.fetched_at,
    r.notice_key, r.layout, coalesce(r.parser_version, f.parser_version) AS parser_version,
    c.archive, archived_url(c.archive, c."timestamp", c.url) AS archived_url
FROM ingest.capture AS c
LEFT JOIN ingest.reading AS r USING (capture_id)
LEFT JOIN ingest.file AS f ON f.sha256 = c.body_sha256 AND c.kind = 'attachment' AND c.status = 200;

COMMENT ON VIEW public.captures IS
    'Every capture that the archive served, as last fetched with its body, and how it was '
    'classified.';
COMMENT ON COLUMN public.captures.capture_id IS
    'sha256 of URL key, timestamp and original URL, e.g. 5f0c… (64 hex digits).';
COMMENT ON COLUMN public.captures.url IS
    'Original URL as the archive served it, e.g. http://www.mofcom.gov.cn/article/b/c/1.shtml.';
COMMENT ON COLUMN public.captures.url_key IS
    'Key that all forms of the URL share, e.g. cn,gov,mofcom)/article/b/c/1.shtml.';
COMMENT ON COLUMN public.captures."timestamp" IS
    'Timestamp of the capture, 14 digits in UTC, e.g. 20230111174105.';
COMMENT ON COLUMN public.captures.captured_at IS
    'The timestamp as a time, e.g. 2023-01-11 17:41:05+00.';
COMMENT ON COLUMN public.captures.kind IS
    'What was requested: page or attachment.';
COMMENT ON COLUMN public.captures.answer IS
    'Class of the archive''s answer, e.g. memento, or substitute if it served another capture.';
COMMENT ON COLUMN public.captures.status IS
    'Archived HTTP status, e.g. 200.';
COMMENT ON COLUMN public.captures.digest IS
    'The archive''s digest of the payload, its SHA-1 in base32 (sha256:HEX of a WARC file that has only that), e.g. '
    '3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ.';
COMMENT ON COLUMN public.captures.page_kind IS
    'Kind of page, e.g. notice, redirect; null until it is parsed.';
COMMENT ON COLUMN public.captures.reading IS
    'read, or why it was skipped, e.g. redirect, and of an attachment why it is not read, e.g. encrypted; null until it is '
    'parsed.';
COMMENT ON COLUMN public.captures.content_type IS
    'Content-Type in the archived response, e.g. text/html; charset=utf-8.';
COMMENT ON COLUMN public.captures.charset IS
    'Charset of the body, e.g. utf-8.';
COMMENT ON COLUMN public.captures.body_size IS
    'Size of the decompressed body in bytes, e.g. 38211.';
COMMENT ON COLUMN public.captures.body_sha256 IS
    'sha256 of the body, its name in the blob store, e.g. 9c1e… (64 hex digits).';
COMMENT ON COLUMN public.captures.fetched_at IS
    'When it was fetched, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.captures.notice_key IS
    'Notice or page that it shows, e.g. 商务部2025-70; null if none.';
COMMENT ON COLUMN public.captures.layout IS
    'Layout as which it was parsed, e.g. article-2020.';
COMMENT ON COLUMN public.captures.parser_version IS
    'Version of the parser that parsed it, e.g. 1.';
COMMENT ON COLUMN public.captures.archive IS
    'The archive that it comes from: the address behind which TIMESTAMP/URL shows it, e.g. '
    'https://web.archive.org/web/, https://arquivo.pt/wayback/; without a slash at the end a place that '
    'shows none, e.g. https://data.commoncrawl.org; null for a WARC file that names none.';
COMMENT ON COLUMN public.captures.archived_url IS
    'Where the archive shows it, e.g. '
    'https://web.archive.org/web/20230111174105/http://www.mofcom.gov.cn/; null where none does.';
