-- Columns whose name is reserved or whose type few programs read: made again by the views' own files.
DROP VIEW IF EXISTS public.series;
DROP VIEW IF EXISTS public.dead_letters;
DROP VIEW IF EXISTS public.pipeline_status;
