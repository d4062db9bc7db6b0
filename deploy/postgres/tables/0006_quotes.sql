-- Before a first release: nothing else reads these names, and the tables are small.
-- squawk-ignore-file renaming-column, ban-drop-constraint, constraint-missing-not-valid

-- Words of a notice are called quote in every view, as in evidence; beside last_change they are its own.
ALTER TABLE ingest.citation RENAME COLUMN said TO quote;
ALTER TABLE ingest.listed_entity RENAME COLUMN said TO quote;
-- In a view a column is renamed here: its file could only add one. An older database has none of them.
DO $$
DECLARE
    renamed record;
BEGIN
    FOR renamed IN
        SELECT a.attrelid::regclass AS view, v.new_name
        FROM (VALUES
            ('ingest.resolved_citation', 'quote'),
            ('public.status_history', 'quote'),
            ('public.listed_entities', 'quote'),
            ('public.regulated_items', 'last_change_quote')) AS v (name, new_name)
        JOIN pg_attribute AS a ON a.attrelid = to_regclass(v.name) AND a.attname = 'said'
    LOOP
        EXECUTE format('ALTER VIEW %s RENAME COLUMN said TO %I', renamed.view, renamed.new_name);
    END LOOP;
END
$$;
-- A function's columns cannot be renamed; the view that reads it is made again with it.
DROP VIEW IF EXISTS public.listed_entities_current;
DROP FUNCTION IF EXISTS public.listed_entities_on(date);

ALTER TABLE ingest.change DROP CONSTRAINT change_kind_check;
UPDATE ingest.change SET kind = CASE kind WHEN 'came' THEN 'added' ELSE 'removed' END
WHERE kind IN ('came', 'went');
ALTER TABLE ingest.change
    ADD CONSTRAINT change_kind CHECK (kind IN ('added', 'changed', 'removed'));
