CREATE OR REPLACE VIEW public.alert_matches AS
SELECT
    m.alert,
    m.id,
    m.matched_at AS at,
    m.content->>'kind' AS kind,
    m.notice_key,
    m.content->>'document_number' AS document_number,
    m.content->>'title' AS title,
    m.content->>'title_en' AS title_en,
    m.content->>'said' AS said,
    m.content->>'archived_url' AS archived_url,
    m.content
FROM notifier.match AS m
WHERE m.content IS NOT NULL;

COMMENT ON VIEW public.alert_matches IS
    'A change that an alert has found, in the last 90 days and until it is sent.';
COMMENT ON COLUMN public.alert_matches.alert IS
    'The alert, e.g. rare earths.';
COMMENT ON COLUMN public.alert_matches.id IS
    'The id under which it is sent to every target, e.g. rare%20earths@1767294245/changes/1042.';
COMMENT ON COLUMN public.alert_matches.at IS
    'When it was found, e.g. 2026-01-02 03:04:05+08.';
COMMENT ON COLUMN public.alert_matches.kind IS
    'added, changed (its wording), removed, or status.';
COMMENT ON COLUMN public.alert_matches.notice_key IS
    'Key of the notice, e.g. 商务部2025-70.';
COMMENT ON COLUMN public.alert_matches.document_number IS
    'Its number, e.g. 商务部 海关总署公告2025年第70号.';
COMMENT ON COLUMN public.alert_matches.title IS
    'Its title, e.g. 公布暂停实施商务部 海关总署公告2025年第55、56、57、58号和商务部公告2025年第61、62号.';
COMMENT ON COLUMN public.alert_matches.title_en IS
    'The same in English, where there was any, e.g. Announcement on Rare Earths.';
COMMENT ON COLUMN public.alert_matches.said IS
    'What happened in a line, e.g. suspended until 2026-11-10, was in force.';
COMMENT ON COLUMN public.alert_matches.archived_url IS
    'The capture that it rests on, e.g. https://web.archive.org/web/20251110000000id_/http://www.mofcom.gov.cn/a.html.';
COMMENT ON COLUMN public.alert_matches.content IS
    'All that is sent to targets, e.g. {"kind": "added", "notice_key": "商务部2025-70"}.';
