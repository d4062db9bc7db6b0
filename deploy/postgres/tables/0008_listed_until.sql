ALTER TABLE ingest.citation ADD COLUMN said text;
ALTER TABLE ingest.listed_entity ADD COLUMN until timestamptz, ADD COLUMN said text;
-- listed_entities_on and status_history have columns more; what reads them is made again with them.
DROP VIEW IF EXISTS public.listed_entities_current;
DROP FUNCTION IF EXISTS public.listed_entities_on(date);
