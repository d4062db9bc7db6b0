CREATE OR REPLACE VIEW public.notice_versions AS
SELECT
    r.notice_key,
    r.url_key,
    row_number() OVER (
        PARTITION BY r.notice_key, r.url_key ORDER BY min(r.captured_at), r.wording
    ) AS version,
    (array_agg(r.capture_id ORDER BY r.captured_at, r.capture_id))[1] AS version_id,
    min(r.captured_at) AS first_captured_at,
    max(r.captured_at) AS last_captured_at,
    count(*) AS captures,
    array_agg(r.capture_id ORDER BY r.captured_at, r.capture_id) AS capture_ids,
    (array_agg(r.title ORDER BY r.captured_at, r.capture_id))[1] AS title,
    (array_agg(r.body_text ORDER BY r.captured_at, r.capture_id))[1] AS body_text,
    r.wording
FROM ingest.reading AS r
WHERE r.notice_key IS NOT NULL
GROUP BY r.notice_key, r.url_key, r.wording;

COMMENT ON VIEW public.notice_versions IS
    'A distinct wording of a notice at one URL, compared after NFKC and without white space, and '
    'the captures that show it. A version stays as long as its captures are read this way.';
COMMENT ON COLUMN public.notice_versions.notice_key IS
    'Key of the notice, e.g. 商务部2025-70.';
COMMENT ON COLUMN public.notice_versions.url_key IS
    'URL key, e.g. cn,gov,mofcom)/article/b/c/1.shtml.';
COMMENT ON COLUMN public.notice_versions.version IS
    'Number of the wording at this URL, from 1 in order of first capture, e.g. 2.';
COMMENT ON COLUMN public.notice_versions.version_id IS
    'First capture that shows it, for notice_diff(a, b), e.g. 5f0c… (64 hex digits).';
COMMENT ON COLUMN public.notice_versions.first_captured_at IS
    'Time of the first capture that shows it, e.g. 2023-01-11 17:41:05+00.';
COMMENT ON COLUMN public.notice_versions.last_captured_at IS
    'Time of the last capture that shows it, e.g. 2024-05-02 08:00:00+00.';
COMMENT ON COLUMN public.notice_versions.captures IS
    'How many captures show it, e.g. 3.';
COMMENT ON COLUMN public.notice_versions.capture_ids IS
    'These captures in order of time; see the view captures.';
COMMENT ON COLUMN public.notice_versions.title IS
    'Title in the first capture, e.g. 关于公布名单的通知.';
COMMENT ON COLUMN public.notice_versions.body_text IS
    'Text in the first capture, one paragraph per line.';
COMMENT ON COLUMN public.notice_versions.wording IS
    'sha256 of the text after NFKC and without white space, e.g. 9c1e… (64 hex digits).';
