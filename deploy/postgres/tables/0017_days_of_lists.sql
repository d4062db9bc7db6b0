-- It has a column more: made again by its own file.
DROP FUNCTION IF EXISTS public.listed(text, timestamptz, boolean);
