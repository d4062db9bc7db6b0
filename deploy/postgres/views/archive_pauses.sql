CREATE OR REPLACE VIEW public.archive_pauses AS
SELECT archive, began_at, until, why FROM fetcher.past_pause;

COMMENT ON VIEW public.archive_pauses IS
    'When an archive was left alone, since it said so or did not answer. A pause that grew longer is several rows, '
    'which overlap.';
COMMENT ON COLUMN public.archive_pauses.archive IS
    'Which archive, e.g. arquivo.pt; archive is the Wayback Machine.';
COMMENT ON COLUMN public.archive_pauses.began_at IS
    'From when on it was left alone, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.archive_pauses.until IS
    'Until when, e.g. 2026-01-02 03:05:05+00.';
COMMENT ON COLUMN public.archive_pauses.why IS
    'What it answered, e.g. throttled: 429.';
