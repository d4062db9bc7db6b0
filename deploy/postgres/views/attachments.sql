CREATE OR REPLACE VIEW public.attachments AS
SELECT
    a.notice_key, n.document_number, a.position, a.name, a.url, a.type,
    CASE
        WHEN f.body_sha256 IS NOT NULL THEN 'held'
        WHEN q.state IN ('skipped', 'dead') THEN 'not archived'
        WHEN q.state IS NOT NULL THEN 'asked'
        ELSE 'not asked'
    END AS state,
    f.body_sha256 AS sha256,
    f.body_size AS size,
    f.content_type,
    f.captured_at
FROM ingest.attachment AS a
JOIN ingest.notice AS n ON n.notice_key = a.notice_key
LEFT JOIN LATERAL (
    SELECT c.body_sha256, c.body_size, c.content_type, c.captured_at
    FROM ingest.capture AS c
    WHERE c.url_key = a.url_key AND c.body_sha256 IS NOT NULL AND c.status = 200
    ORDER BY c.captured_at DESC, c.capture_id DESC
    LIMIT 1
) AS f ON true
LEFT JOIN LATERAL (
    SELECT l.state
    FROM ingest.request AS q JOIN ingest.ledger AS l ON l.kind = 'request' AND l.id = q.request_id
    WHERE q.url_key = a.url_key
    ORDER BY l.state IN ('skipped', 'dead'), l.state
    LIMIT 1
) AS q ON true;

COMMENT ON VIEW public.attachments IS
    'A file that a notice links to, and whether it is stored.';
COMMENT ON COLUMN public.attachments.notice_key IS
    'Key of the notice, e.g. 商办建函2022-318.';
COMMENT ON COLUMN public.attachments.document_number IS
    'Its number, e.g. 商办建函〔2022〕318号.';
COMMENT ON COLUMN public.attachments."position" IS
    'Position among its attachments, from 1, e.g. 1.';
COMMENT ON COLUMN public.attachments.name IS
    'Name on the page, e.g. 附件1.申请表.doc.';
COMMENT ON COLUMN public.attachments.url IS
    'Original URL, e.g. http://www.mofcom.gov.cn/table/2022/1.doc.';
COMMENT ON COLUMN public.attachments.type IS
    'File extension, e.g. pdf.';
COMMENT ON COLUMN public.attachments.state IS
    'held (stored), asked (requested), not archived (the archive has no capture), not asked.';
COMMENT ON COLUMN public.attachments.sha256 IS
    'sha256 of the file, its name in the blob store, e.g. 9c1e… (64 hex digits); null unless '
    'stored.';
COMMENT ON COLUMN public.attachments.size IS
    'Size in bytes, e.g. 20480.';
COMMENT ON COLUMN public.attachments.content_type IS
    'Content-Type in the archived response, e.g. application/pdf.';
COMMENT ON COLUMN public.attachments.captured_at IS
    'When the stored file was captured, e.g. 2023-01-11 17:41:05+00.';
