CREATE OR REPLACE VIEW public.notice_addressees AS
SELECT n.notice_key, a.position::int AS position, a.addressee
FROM ingest.notice AS n
CROSS JOIN LATERAL unnest(n.addressees) WITH ORDINALITY AS a (addressee, position)
WHERE n.page_kind IN ('notice', 'law');

COMMENT ON VIEW public.notice_addressees IS
    'One row per addressee of a notice, for tools that cannot filter arrays.';
COMMENT ON COLUMN public.notice_addressees.notice_key IS
    'Key of the notice, e.g. 商办建函2022-318.';
COMMENT ON COLUMN public.notice_addressees."position" IS
    'Position among the addressees, from 1, e.g. 1.';
COMMENT ON COLUMN public.notice_addressees.addressee IS
    'Addressee, e.g. 各省、自治区、直辖市商务主管部门.';
