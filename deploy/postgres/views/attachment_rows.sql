-- needs: newest_file

CREATE OR REPLACE VIEW public.attachment_rows AS
SELECT
    a.notice_key, n.document_number, a.position AS attachment_position,
    concat_ws('#', a.url, r.member) AS attachment,
    r.page, r.sheet, r.block, r."row", r.cells
FROM ingest.attachment AS a
JOIN ingest.notice AS n ON n.notice_key = a.notice_key
CROSS JOIN LATERAL (
    SELECT x.rows FROM ingest.newest_file AS x WHERE x.url_key = a.url_key OFFSET 0
) AS f
CROSS JOIN LATERAL jsonb_to_recordset(f.rows)
    AS r (member text, block int, "row" int, page int, sheet text, cells text []);

COMMENT ON VIEW public.attachment_rows IS
    'A row of a table in an attachment, header rows among them. Filter by notice_key: SELECT * FROM attachment_rows '
    'WHERE notice_key = ''商务部2025-61'' ORDER BY attachment_position, attachment, block, row.';
COMMENT ON COLUMN public.attachment_rows.notice_key IS
    'Key of the notice, e.g. 商务部2025-61.';
COMMENT ON COLUMN public.attachment_rows.document_number IS
    'Its number, e.g. 商务部公告2025年第61号.';
COMMENT ON COLUMN public.attachment_rows.attachment_position IS
    'Position of the file among the notice''s attachments, from 1, e.g. 1.';
COMMENT ON COLUMN public.attachment_rows.attachment IS
    'Address of the file, with the path of an archive''s file behind #, e.g. '
    'http://www.mofcom.gov.cn/table/2025/1.zip#附件1.docx.';
COMMENT ON COLUMN public.attachment_rows.page IS
    'Page of a PDF file on which the row begins, from 1, e.g. 3; null for other files.';
COMMENT ON COLUMN public.attachment_rows.sheet IS
    'Sheet of a workbook, e.g. Sheet1; null for other files.';
COMMENT ON COLUMN public.attachment_rows.block IS
    'Number of the table among the paragraphs and tables of the file, from 1, e.g. 4.';
COMMENT ON COLUMN public.attachment_rows."row" IS
    'Number of the row in its table, from 1, e.g. 2.';
COMMENT ON COLUMN public.attachment_rows.cells IS
    'The cells from left to right; one that spans columns is one, e.g. {1,金属钬,2805301811}.';
