-- They have columns more: made again by their own files.
DROP FUNCTION IF EXISTS public.changes(timestamptz);
DROP FUNCTION IF EXISTS public.completeness(text, int);
DROP FUNCTION IF EXISTS public.diff(text);
DROP FUNCTION IF EXISTS public.in_force(text, timestamptz);
DROP FUNCTION IF EXISTS public.search(text, date, date, int, text, text, text, text);
