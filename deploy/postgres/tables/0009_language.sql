-- The language of a page, as an ISO 639-1 code, and of one in another than Chinese the number of the
-- document that it translates (shared/notice.py). Null in older readings, which took all for Chinese.
ALTER TABLE ingest.reading ADD COLUMN language text, ADD COLUMN translation_of text;
ALTER TABLE ingest.notice ADD COLUMN language text NOT NULL DEFAULT 'zh';
