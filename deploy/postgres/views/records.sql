-- needs: archived_url

CREATE OR REPLACE VIEW public.records AS
SELECT
    b.html,
    r.title,
    r.resulting_text,
    CASE WHEN q."timestamp" IS NULL THEN q.url ELSE q."timestamp" || '/' || q.url END AS input_url,
    archived_url(c.archive, c."timestamp", c.url) AS returned_url,
    coalesce(q.asked_day, (c.captured_at AT TIME ZONE 'UTC')::date)::timestamp AS "date",
    t.title_en AS translated_title,
    t.text_en AS translated_content,
    t.summary_en AS english_summary
FROM ingest.request AS q
LEFT JOIN ingest.served AS s USING (request_id)
LEFT JOIN ingest.capture AS c USING (capture_id)
LEFT JOIN ingest.body AS b ON b.sha256 = c.body_sha256
LEFT JOIN ingest.reading AS r ON r.capture_id = c.capture_id
LEFT JOIN ingest.translation AS t ON t.capture_id = c.capture_id
WHERE q.kind = 'page';

COMMENT ON VIEW public.records IS
    'One row per requested page, in the nine columns of the original data set; what is not there '
    'yet is null.';
COMMENT ON COLUMN public.records.html IS
    'The page, decoded, e.g. <!DOCTYPE html><html>…; null if there is none or it is not text.';
COMMENT ON COLUMN public.records.title IS
    'Title, e.g. 商务部等14部门办公厅（室）关于公布内外贸一体化试点地区名单的通知.';
COMMENT ON COLUMN public.records.resulting_text IS
    'Text of the document on one line, e.g. 商办建函〔2022〕318号 各省、自治区、直辖市….';
COMMENT ON COLUMN public.records.input_url IS
    'What was requested: TIMESTAMP/URL, or the URL alone for the latest capture, e.g. '
    '20230113054024/http://www.mofcom.gov.cn/article/zwgk/gkgztz/202301/20230103378565.shtml.';
COMMENT ON COLUMN public.records.returned_url IS
    'The capture served, in the archive that it comes from, e.g. '
    'https://web.archive.org/web/20230111174105/http://www.mofcom.gov.cn/article/zwgk/gkgztz/202301/20230103378565.shtml; '
    'null for one of a file that names no archive.';
COMMENT ON COLUMN public.records.date IS
    'Midnight of the requested day, else of the day of the capture served, in UTC without a time '
    'zone, e.g. 2023-01-13 00:00:00.';
COMMENT ON COLUMN public.records.translated_title IS
    'English title, e.g. Notice on the List of Pilot Areas; all of it is English, null until it is.';
COMMENT ON COLUMN public.records.translated_content IS
    'English text, one paragraph per line; null until it is translated.';
COMMENT ON COLUMN public.records.english_summary IS
    'English summary, e.g. The Ministry announced nine pilot areas.';
