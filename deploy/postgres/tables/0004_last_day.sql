ALTER TABLE ingest.reading ADD COLUMN last_day date;
ALTER TABLE ingest.notice ADD COLUMN last_day date;
-- notices_in_force has a column more; what reads it is made again with it.
DROP VIEW IF EXISTS public.duty_rates, public.regulated_items;
DROP FUNCTION IF EXISTS public.notices_in_force(timestamptz);
