CREATE OR REPLACE VIEW public.evidence AS
SELECT
    n.notice_key,
    e.position::int AS position,
    e.item->>'field' AS field,
    CASE WHEN e.item->>'field' ~ '^[a-z_]+(\[\d+\])?(\.[a-z_]+(\[\d+\])?)*$'
        THEN jsonb_path_query_first(m.notice, ('$.' || (e.item->>'field'))::jsonpath) #>> '{}'
    END AS value,
    coalesce(e.item->>'quote', substr(
        CASE e.item->>'source'
            WHEN 'body_text' THEN r.body_text
            WHEN 'title' THEN r.title
            ELSE r.notice->'meta'->>(e.item->>'key')
        END,
        (e.item->>'start')::int + 1,
        greatest(0, (e.item->>'end')::int - (e.item->>'start')::int))) AS quote,
    coalesce(e.item->>'source', 'attachment') AS source,
    e.item->>'key' AS meta_name,
    (e.item->>'start')::int AS starts,
    (e.item->>'end')::int AS ends,
    e.item->>'attachment' AS attachment,
    (e.item->>'page')::int AS page,
    e.item->>'sheet' AS sheet,
    (e.item->>'block')::int + 1 AS block,
    (e.item->>'row')::int + 1 AS "row",
    e.item->>'cell' AS cell
FROM ingest.notice AS n
JOIN ingest.reading AS r ON r.capture_id = n.capture_id
LEFT JOIN ingest.lists AS l ON l.inputs = n.lists
CROSS JOIN LATERAL (SELECT r.notice || coalesce(l.lists, '{}') AS notice OFFSET 0) AS m
CROSS JOIN LATERAL jsonb_array_elements(
    (m.notice->'evidence') || coalesce(m.notice->'in_attachments', '[]'))
    WITH ORDINALITY AS e (item, position);

COMMENT ON VIEW public.evidence IS
    'A field of a notice, its value, and the passage it was read from. Filter by notice_key: the '
    'quotes are cut out of the text at query time.';
COMMENT ON COLUMN public.evidence.notice_key IS
    'Key of the notice or page, e.g. 商务部2025-70.';
COMMENT ON COLUMN public.evidence."position" IS
    'Position among its evidence, from 1, e.g. 3.';
COMMENT ON COLUMN public.evidence.field IS
    'Name of the field, with an index from 0 for lists, e.g. issuers[0], citations[2].until.';
COMMENT ON COLUMN public.evidence.value IS
    'Value as text, e.g. 商务部; objects as JSON.';
COMMENT ON COLUMN public.evidence.quote IS
    'The passage that it was read from, e.g. 中华人民共和国商务部.';
COMMENT ON COLUMN public.evidence.source IS
    'Where the passage is: body_text, title, meta or attachment.';
COMMENT ON COLUMN public.evidence.meta_name IS
    'Name of the page''s meta tag or script variable, e.g. PubDate; null for other sources.';
COMMENT ON COLUMN public.evidence.starts IS
    'Offset of the quote''s first character in its source, from 0, e.g. 1058; null in an attachment.';
COMMENT ON COLUMN public.evidence.ends IS
    'Offset after its last character, e.g. 1068; null in an attachment.';
COMMENT ON COLUMN public.evidence.attachment IS
    'Of a passage in an attachment, the address of the file, with the path of an archive''s file behind #, e.g. '
    'http://www.mofcom.gov.cn/table/2025/1.pdf; null for other sources.';
COMMENT ON COLUMN public.evidence.page IS
    'Its page, from 1, e.g. 3; null unless it is a PDF file.';
COMMENT ON COLUMN public.evidence.sheet IS
    'Its sheet, e.g. Sheet1; null unless it is a workbook.';
COMMENT ON COLUMN public.evidence.block IS
    'Number of the paragraph or table in the file, from 1, e.g. 4.';
COMMENT ON COLUMN public.evidence."row" IS
    'Row of the table, from 1, e.g. 2; null in a paragraph.';
COMMENT ON COLUMN public.evidence.cell IS
    'Name of a sheet''s cell, e.g. B7, else the number of the cell in its row, from 0; null in a paragraph.';
