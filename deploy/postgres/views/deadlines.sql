CREATE OR REPLACE VIEW public.deadlines AS
SELECT d.notice_key, n.document_number, d.position, d.due_on, d.due, d.sentence
FROM ingest.deadline AS d
JOIN ingest.notice AS n ON n.notice_key = d.notice_key;

COMMENT ON VIEW public.deadlines IS
    'A sentence of a notice that sets a date or a period, and what is due by then.';
COMMENT ON COLUMN public.deadlines.notice_key IS
    'Key of the notice, e.g. 商务部2022-36.';
COMMENT ON COLUMN public.deadlines.document_number IS
    'Its number, e.g. 商务部公告2022年第36号.';
COMMENT ON COLUMN public.deadlines."position" IS
    'Position in the notice, from 1, e.g. 1.';
COMMENT ON COLUMN public.deadlines.due_on IS
    'The day, e.g. 2023-01-15; null for a period whose start is unknown.';
COMMENT ON COLUMN public.deadlines.due IS
    'What is due, e.g. 通过所在地商务主管部门提交申请材料.';
COMMENT ON COLUMN public.deadlines.sentence IS
    'The sentence, e.g. 申请企业应当于2023年1月15日前提交申请材料。';
