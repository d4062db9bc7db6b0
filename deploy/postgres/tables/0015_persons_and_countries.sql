ALTER TABLE ingest.reading ADD COLUMN signatories text[] NOT NULL DEFAULT '{}';

ALTER TABLE ingest.listed_entity ADD COLUMN country text;
-- These have a column more: made again by their own files.
DROP VIEW IF EXISTS public.listed_entities_current;
DROP FUNCTION IF EXISTS public.listed_entities_on(date);
DROP FUNCTION IF EXISTS ingest.entries_on(date);
DROP FUNCTION IF EXISTS ingest.entries_on(date, text []);
DROP FUNCTION IF EXISTS public.listed(text, timestamptz, boolean);
DROP FUNCTION IF EXISTS public.screen(text, timestamptz, real);
DROP FUNCTION IF EXISTS public.search_notices(text, text, text, date, date, int, boolean);
DROP FUNCTION IF EXISTS public.search(text, date, date, int);
CREATE INDEX notice_interview ON ingest.notice (published_at) WHERE page_kind = 'interview';
