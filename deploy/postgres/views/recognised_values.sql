CREATE OR REPLACE VIEW public.recognised_values AS
SELECT n.notice_key, n.document_number, f.field, e.n::int AS "position",
    (e.item->>'confidence')::double precision AS confidence, e.item - 'confidence' AS "value"
FROM ingest.notice AS n
JOIN ingest.lists AS l ON l.inputs = n.lists
CROSS JOIN unnest(ARRAY['regulated_items', 'listed_entities', 'duty_rates', 'deadlines']) AS f (field)
CROSS JOIN LATERAL jsonb_array_elements(l.lists->f.field) WITH ORDINALITY AS e (item, n)
WHERE e.item->>'confidence' IS NOT NULL;

COMMENT ON VIEW public.recognised_values IS
    'What was recognised in scans and pictures (MOFCOM_PARSE_OCR): names are often wrong, so that none of it is in '
    'regulated_items, listed_entities, duty_rates or deadlines, nor in what rests on them. SELECT * FROM '
    'recognised_values WHERE notice_key = ''商务部2025-61'' ORDER BY field, position.';
COMMENT ON COLUMN public.recognised_values.notice_key IS
    'Key of the notice, e.g. 商务部2025-61.';
COMMENT ON COLUMN public.recognised_values.document_number IS
    'Its number, e.g. 商务部公告2025年第61号.';
COMMENT ON COLUMN public.recognised_values.field IS
    'The view that it would be a row of, e.g. regulated_items.';
COMMENT ON COLUMN public.recognised_values."position" IS
    'Position there, from 1, e.g. 3.';
COMMENT ON COLUMN public.recognised_values.confidence IS
    'How sure the recognition of its least certain words is, 0 to 1, e.g. 0.84.';
COMMENT ON COLUMN public.recognised_values."value" IS
    'What was read, e.g. {"name": "金属铽", "direction": "export"}.';
