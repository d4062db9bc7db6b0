-- needs: pages

CREATE OR REPLACE VIEW public.notices AS
SELECT * FROM public.pages WHERE page_kind IN ('notice', 'law') AND language = 'zh';

COMMENT ON VIEW public.notices IS
    'A notice or law as it stands now, one row however many URLs and captures it has: that of the '
    'highest section of the site (site_section), there the newest with a date of issue and a '
    'signature, else the newest. Translations are in pages, with translation_of.';
-- The columns are those of pages and mean the same.
DO $$
DECLARE
    page record;
BEGIN
    FOR page IN
        SELECT attname AS name, col_description(attrelid, attnum) AS meaning
        FROM pg_attribute WHERE attrelid = 'public.pages'::regclass AND attnum > 0
    LOOP
        EXECUTE format('COMMENT ON COLUMN public.notices.%I IS %L', page.name, page.meaning);
    END LOOP;
END
$$;
