CREATE OR REPLACE VIEW public.changes AS
SELECT sequence, notice_key, page_kind, kind, fields, at FROM ingest.change;

COMMENT ON VIEW public.changes IS
    'A notice or page that came, changed or went, in the order of commits: SELECT * FROM changes '
    'WHERE sequence > LAST ORDER BY sequence misses nothing and repeats nothing. LISTEN changes '
    'tells when to look.';
COMMENT ON COLUMN public.changes.sequence IS
    'Place in the order of commits; grows, with gaps, e.g. 1042.';
COMMENT ON COLUMN public.changes.notice_key IS
    'Key of the notice or page, e.g. 商务部2025-70.';
COMMENT ON COLUMN public.changes.page_kind IS
    'What it is, or was when it went: notice, law, news, interview or interpretation.';
COMMENT ON COLUMN public.changes.kind IS
    'came, changed or went.';
COMMENT ON COLUMN public.changes.fields IS
    'Columns of pages that changed, e.g. {title,body_text}; details stands for what the other '
    'views show; empty when it came or went.';
COMMENT ON COLUMN public.changes.at IS
    'When it was written, e.g. 2026-01-02 03:04:05+00.';
