CREATE OR REPLACE VIEW public.notice_keys AS
SELECT DISTINCT ON (k.notice_key)
    k.notice_key AS key,
    r.notice_key
FROM ingest.reading_key AS k
JOIN ingest.reading AS r ON r.capture_id = k.capture_id
ORDER BY k.notice_key, (r.notice_key IS NOT NULL) DESC, (r.notice_key = k.notice_key) DESC,
    r.captured_at DESC, r.capture_id DESC;

COMMENT ON VIEW public.notice_keys IS
    'Every key that a notice ever had, with the one it has now: join through it what you kept of '
    'an earlier day.';
COMMENT ON COLUMN public.notice_keys.key IS
    'A key that a notice has or had, e.g. cn,gov,mofcom)/article/b/c/1.shtml before its number '
    'was read.';
COMMENT ON COLUMN public.notice_keys.notice_key IS
    'The key that it has now, e.g. 商务部2025-70; null when nothing reads that page as a notice any '
    'more.';
