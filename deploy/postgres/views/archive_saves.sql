CREATE OR REPLACE VIEW public.archive_saves AS
SELECT
    url,
    state,
    reason,
    detail,
    missing_at,
    puts,
    put_at,
    ended_at,
    captured AS "timestamp",
    CASE WHEN state IN ('waiting', 'failed', 'unclear') THEN due_at END AS due_at,
    EXISTS (
        SELECT FROM fetcher.capture AS c WHERE c.url_key = s.url_key AND c.held_at IS NOT NULL
    ) AS held
FROM fetcher.save AS s;

COMMENT ON VIEW public.archive_saves IS
    'Pages that were asked for and that the archive lacks, put to Save Page Now where '
    'MOFCOM_SAVE_KEY_FILE has keys.';
COMMENT ON COLUMN public.archive_saves.url IS
    'Original URL, e.g. http://www.mofcom.gov.cn/zcfb/blgg/art/2025/art_1.html.';
COMMENT ON COLUMN public.archive_saves.state IS
    'waiting; pending: being captured; saved; failed, with the reason; unclear: no answer said whether it '
    'was captured, and the archive is asked for it.';
COMMENT ON COLUMN public.archive_saves.reason IS
    'Why it failed, as Save Page Now calls it, e.g. error:no-access.';
COMMENT ON COLUMN public.archive_saves.detail IS
    'What it said, e.g. Target URL could not be accessed (status=403).';
COMMENT ON COLUMN public.archive_saves.missing_at IS
    'When the archive said that it has no capture, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.archive_saves.puts IS 'How often it was put, e.g. 1.';
COMMENT ON COLUMN public.archive_saves.put_at IS
    'When it was put last, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.archive_saves.ended_at IS
    'When that ended, e.g. 2026-01-02 03:05:10+00.';
COMMENT ON COLUMN public.archive_saves."timestamp" IS
    'Timestamp of the capture that was made, e.g. 20260102030507.';
COMMENT ON COLUMN public.archive_saves.due_at IS
    'When it may be put (again), e.g. 2026-02-01 03:04:05+00; null for never.';
COMMENT ON COLUMN public.archive_saves.held IS
    'Whether a capture of it is stored by now.';
