-- needs: words

CREATE OR REPLACE VIEW public.listed_entities AS
SELECT
    e.notice_key, n.document_number, e.position, e.list, e.action, e.name_zh, e.name_latin, e.kind,
    e.address, e.printed_position, e.since,
    e.former_name, e.until, e.quote,
    (SELECT w.en FROM ingest.word AS w WHERE w.class = 'list' AND w.zh = e.list) AS list_en,
    e.country,
    (SELECT w.en FROM ingest.word AS w WHERE w.class = 'place' AND w.zh = e.country) AS country_en,
    e.attachment, e.attachment_page, e.attachment_sheet, e.attachment_block, e.attachment_row
FROM ingest.listed_entity AS e
JOIN ingest.notice AS n ON n.notice_key = e.notice_key;

COMMENT ON VIEW public.listed_entities IS
    'A person or organisation named by a notice about a list: what this notice does, not what '
    'applies today.';
COMMENT ON COLUMN public.listed_entities.notice_key IS
    'Key of the notice, e.g. 不可靠实体清单工作机制2025-7.';
COMMENT ON COLUMN public.listed_entities.document_number IS
    'Its number, e.g. 不可靠实体清单工作机制公告〔2025〕7号.';
COMMENT ON COLUMN public.listed_entities."position" IS
    'Position in the notice, from 1, e.g. 1.';
COMMENT ON COLUMN public.listed_entities.list IS
    'The list, e.g. 不可靠实体清单, 出口管制管控名单.';
COMMENT ON COLUMN public.listed_entities.action IS
    'add, remove, suspend, resume or amend.';
COMMENT ON COLUMN public.listed_entities.name_zh IS
    'Chinese name, e.g. 斯凯迪奥公司.';
COMMENT ON COLUMN public.listed_entities.name_latin IS
    'Name in Latin script, e.g. Skydio Inc.';
COMMENT ON COLUMN public.listed_entities.kind IS
    'person or organisation; null if the notice does not say.';
COMMENT ON COLUMN public.listed_entities.address IS
    'Address as printed, e.g. 3000 Clearview Way, San Mateo.';
COMMENT ON COLUMN public.listed_entities.printed_position IS
    'Number in the annex, e.g. 1; null if it is named in a sentence.';
COMMENT ON COLUMN public.listed_entities.since IS
    'Day on which this takes effect, e.g. 2025-04-04.';
COMMENT ON COLUMN public.listed_entities.former_name IS
    'Name before an amendment, e.g. 斯凯迪奥公司; null for other actions.';
COMMENT ON COLUMN public.listed_entities.until IS
    'End of a suspension (exclusive), e.g. 2026-11-10 00:00:00+08; null if it names none, and for other '
    'actions.';
COMMENT ON COLUMN public.listed_entities.quote IS
    'The sentence that says so, e.g. 决定将斯凯迪奥公司等11家实体列入不可靠实体清单.';
COMMENT ON COLUMN public.listed_entities.list_en IS
    'English name of the list, e.g. Unreliable Entity List.';
COMMENT ON COLUMN public.listed_entities.country IS
    'Country that the notice says they are of (等28家美国实体), e.g. 美国; null where it says none.';
COMMENT ON COLUMN public.listed_entities.country_en IS
    'English name of the country, e.g. United States.';
COMMENT ON COLUMN public.listed_entities.attachment IS
    'Address of the attachment in which it is listed, with the path of an archive''s file behind #, e.g. '
    'http://www.mofcom.gov.cn/table/2025/1.pdf; null where it stands in the page itself.';
COMMENT ON COLUMN public.listed_entities.attachment_page IS
    'Page of the attachment, from 1, e.g. 3; null unless it is a PDF file.';
COMMENT ON COLUMN public.listed_entities.attachment_sheet IS
    'Sheet of the attachment, e.g. Sheet1; null unless it is a workbook.';
COMMENT ON COLUMN public.listed_entities.attachment_block IS
    'Number of the paragraph or table in the attachment, as in attachment_rows, e.g. 4.';
COMMENT ON COLUMN public.listed_entities.attachment_row IS
    'Row of the table in the attachment, as in attachment_rows, e.g. 2.';
