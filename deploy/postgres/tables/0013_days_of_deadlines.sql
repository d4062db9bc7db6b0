-- Before a first release: nothing else reads this name, which SQL reserves.
-- squawk-ignore-file renaming-column
ALTER TABLE ingest.deadline RENAME COLUMN "on" TO due_on;
DO $$
BEGIN
    IF EXISTS (
        SELECT FROM pg_attribute AS a
        WHERE a.attrelid = to_regclass('public.deadlines') AND a.attname = 'on')
    THEN
        ALTER VIEW public.deadlines RENAME COLUMN "on" TO due_on;
    END IF;
END
$$;
