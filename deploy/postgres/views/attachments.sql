-- needs: archived_url, newest_file

CREATE OR REPLACE VIEW public.attachments AS
SELECT
    a.notice_key, n.document_number, a.position, a.name, a.url, a.type,
    CASE
        WHEN f.state IS NOT NULL THEN f.state
        WHEN h.body_sha256 IS NOT NULL THEN 'held'
        WHEN q.state IN ('skipped', 'dead') THEN 'not archived'
        WHEN q.state IS NOT NULL THEN 'asked'
        ELSE 'not asked'
    END AS state,
    coalesce(f.sha256, h.body_sha256) AS sha256,
    coalesce(f.size, h.body_size) AS size,
    coalesce(f.content_type, h.content_type) AS content_type,
    coalesce(f.captured_at, h.captured_at) AS captured_at,
    f.kind, f.reason, f.pages, f.doubts,
    (
        SELECT string_agg(x.text ->> 'text', E'\n' ORDER BY x.n)
        FROM jsonb_array_elements(f.texts) WITH ORDINALITY AS x (text, n)
    ) AS text,
    (
        SELECT count(DISTINCT c.body_sha256) FROM ingest.capture AS c
        WHERE c.url_key = a.url_key AND c.status = 200
    ) AS versions,
    (
        SELECT archived_url(c.archive, c."timestamp", c.url) FROM ingest.capture AS c
        WHERE c.capture_id = coalesce(f.capture_id, h.capture_id)
    ) AS archived_url
FROM ingest.attachment AS a
JOIN ingest.notice AS n ON n.notice_key = a.notice_key
LEFT JOIN LATERAL (
    SELECT x.* FROM ingest.newest_file AS x WHERE x.url_key = a.url_key OFFSET 0
) AS f ON true
LEFT JOIN LATERAL (
    SELECT c.capture_id, c.body_sha256, c.body_size, c.content_type, c.captured_at
    FROM ingest.capture AS c
    WHERE c.url_key = a.url_key AND c.body_sha256 IS NOT NULL AND c.status = 200
    ORDER BY c.captured_at DESC, c.capture_id DESC
    LIMIT 1
) AS h ON true
LEFT JOIN LATERAL (
    SELECT l.state
    FROM ingest.request AS q JOIN ingest.ledger AS l ON l.kind = 'request' AND l.id = q.request_id
    WHERE q.url_key = a.url_key
    ORDER BY l.state IN ('skipped', 'dead'), l.state
    LIMIT 1
) AS q ON true;

COMMENT ON VIEW public.attachments IS
    'A file that a notice links to, whether it is stored and read, and its text. Its newest version at that address.';
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
    'read; encrypted, too large, damaged, unread kind (stored and not readable); held (stored, not read yet), asked '
    '(requested), not archived (the archive has no capture), not asked.';
COMMENT ON COLUMN public.attachments.sha256 IS
    'sha256 of the file, its name in the blob store, e.g. 9c1e… (64 hex digits); null unless '
    'stored.';
COMMENT ON COLUMN public.attachments.size IS
    'Size in bytes, e.g. 20480.';
COMMENT ON COLUMN public.attachments.content_type IS
    'Content-Type in the archived response, e.g. application/pdf.';
COMMENT ON COLUMN public.attachments.captured_at IS
    'When the stored file was captured, e.g. 2023-01-11 17:41:05+00.';
COMMENT ON COLUMN public.attachments.kind IS
    'What the file is by its bytes, whatever its name says: pdf, docx, doc, wps, xlsx, xls, et, ods, zip, html, text, '
    'image, rar …; null until it was tried to be read.';
COMMENT ON COLUMN public.attachments.reason IS
    'Why it is not read, e.g. the Office file has a password; null if it is.';
COMMENT ON COLUMN public.attachments.pages IS
    'Number of pages of a PDF file, e.g. 7.';
COMMENT ON COLUMN public.attachments.doubts IS
    'What of it may be missing or wrong, e.g. {1.rar is not read: unread kind: no reader for rar} in an archive.';
COMMENT ON COLUMN public.attachments.text IS
    'Its text, a line for each paragraph and row of a table, with tabs between cells, e.g. 附件：管制物项清单…; '
    'attachment_rows has the cells.';
COMMENT ON COLUMN public.attachments.versions IS
    'How many different files were captured at the address, e.g. 1; see attachment_versions.';
COMMENT ON COLUMN public.attachments.archived_url IS
    'The capture in its archive, e.g. '
    'https://web.archive.org/web/20230111174105/http://www.mofcom.gov.cn/table/2022/1.doc.';
