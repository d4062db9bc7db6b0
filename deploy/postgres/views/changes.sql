CREATE OR REPLACE VIEW public.changes AS
SELECT sequence, notice_key, page_kind, kind, fields, at FROM ingest.change;

COMMENT ON VIEW public.changes IS
    'A notice or page that was added, changed or removed, in commit order: SELECT * FROM changes '
    'WHERE sequence > LAST ORDER BY sequence misses nothing and repeats nothing. LISTEN changes '
    'says when to look.';
COMMENT ON COLUMN public.changes.sequence IS
    'Position in commit order; increasing, with gaps, e.g. 1042.';
COMMENT ON COLUMN public.changes.notice_key IS
    'Key of the notice or page, e.g. 商务部2025-70.';
COMMENT ON COLUMN public.changes.page_kind IS
    'What it is, or was when removed: notice, law, news, interview or interpretation.';
COMMENT ON COLUMN public.changes.kind IS
    'added, changed or removed.';
COMMENT ON COLUMN public.changes.fields IS
    'Columns of the view pages that changed, e.g. {title,body_text}; details means something in the '
    'other views; empty if added or removed.';
COMMENT ON COLUMN public.changes.at IS
    'When the change was written, e.g. 2026-01-02 03:04:05+00.';
