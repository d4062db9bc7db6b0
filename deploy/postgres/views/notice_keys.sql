CREATE OR REPLACE VIEW public.notice_keys AS
SELECT DISTINCT ON (k.notice_key)
    k.notice_key AS key,
    r.notice_key
FROM ingest.reading_key AS k
JOIN ingest.reading AS r ON r.capture_id = k.capture_id
ORDER BY k.notice_key, (r.notice_key IS NOT NULL) DESC, (r.notice_key = k.notice_key) DESC,
    r.captured_at DESC, r.capture_id DESC;

COMMENT ON VIEW public.notice_keys IS
    'Every key that a notice ever had, and its current one: join through this view data that you '
    'saved earlier.';
COMMENT ON COLUMN public.notice_keys.key IS
    'A current or former key of a notice, e.g. cn,gov,mofcom)/article/b/c/1.shtml before its number '
    'was read.';
COMMENT ON COLUMN public.notice_keys.notice_key IS
    'Current key, e.g. 商务部2025-70; null if the page is no longer read as a notice.';
