CREATE OR REPLACE VIEW public.same_titles AS
SELECT n.notice_key, o.notice_key AS other_notice_key
FROM ingest.notice AS n
JOIN ingest.notice AS o ON o.title_key = n.title_key AND o.notice_key <> n.notice_key
WHERE EXISTS (
    SELECT FROM ingest.citation AS c
    WHERE c.number_key IS NULL AND c.title_key = n.title_key AND c.relation IN ('repeals', 'suspends'));

COMMENT ON VIEW public.same_titles IS
    'Notices that share a title by which a document repeals or suspends one of them without its number: each with '
    'each of the others.';
COMMENT ON COLUMN public.same_titles.notice_key IS
    'Key of a notice, e.g. 商务部2025-70.';
COMMENT ON COLUMN public.same_titles.other_notice_key IS
    'Key of another one of the same title, e.g. 商务部2024-12.';
