CREATE OR REPLACE VIEW public.attachment_versions AS
SELECT
    c.url_key,
    row_number() OVER (PARTITION BY c.url_key ORDER BY min(c.captured_at), c.body_sha256) AS version,
    (array_agg(c.url ORDER BY c.captured_at, c.capture_id))[1] AS url,
    c.body_sha256 AS sha256,
    min(c.captured_at) AS first_captured_at,
    max(c.captured_at) AS last_captured_at,
    count(*) AS captures,
    f.kind, f.state, f.pages
FROM ingest.capture AS c
LEFT JOIN ingest.file AS f ON f.sha256 = c.body_sha256
WHERE c.status = 200 AND c.body_sha256 IS NOT NULL
    AND EXISTS (SELECT FROM ingest.attachment AS a WHERE a.url_key = c.url_key)
GROUP BY c.url_key, c.body_sha256, f.kind, f.state, f.pages;

COMMENT ON VIEW public.attachment_versions IS
    'A different file at the address of an attachment, and when it was captured. A file that changes is a change of its '
    'notices, too: see changes.';
COMMENT ON COLUMN public.attachment_versions.url_key IS
    'Key that all forms of the address share, e.g. cn,gov,mofcom)/table/2022/1.doc.';
COMMENT ON COLUMN public.attachment_versions.version IS
    'Number of the file at this address, from 1 in order of first capture, e.g. 2.';
COMMENT ON COLUMN public.attachment_versions.url IS
    'Original URL of its first capture, e.g. http://www.mofcom.gov.cn/table/2022/1.doc.';
COMMENT ON COLUMN public.attachment_versions.sha256 IS
    'sha256 of the file, its name in the blob store, e.g. 9c1e… (64 hex digits).';
COMMENT ON COLUMN public.attachment_versions.first_captured_at IS
    'Time of its first capture, e.g. 2023-01-11 17:41:05+00.';
COMMENT ON COLUMN public.attachment_versions.last_captured_at IS
    'Time of its last capture, e.g. 2024-05-02 08:00:00+00.';
COMMENT ON COLUMN public.attachment_versions.captures IS
    'How many captures have it, e.g. 3.';
COMMENT ON COLUMN public.attachment_versions.kind IS
    'What it is by its bytes, e.g. pdf; null until it was tried to be read.';
COMMENT ON COLUMN public.attachment_versions.state IS
    'read, or why it is not, e.g. encrypted.';
COMMENT ON COLUMN public.attachment_versions.pages IS
    'Number of pages of a PDF file, e.g. 7.';
