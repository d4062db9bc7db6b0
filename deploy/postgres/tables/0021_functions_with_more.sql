-- They have more parameters or columns now: made again by their own files.
DROP FUNCTION IF EXISTS public.changes(timestamptz);
DROP FUNCTION IF EXISTS public.completeness(text, int);
DROP FUNCTION IF EXISTS public.diff(text);
DROP FUNCTION IF EXISTS public.in_force(text, timestamptz);
DROP FUNCTION IF EXISTS public.search(text, date, date, int);
-- The first calls the second.
DROP FUNCTION IF EXISTS ingest.chain(text, timestamptz);
DROP FUNCTION IF EXISTS ingest.quote_of(text, text);
