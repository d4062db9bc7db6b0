-- needs: entries_on

-- Runs with its owner's rights: the spellings of a name are compared by keys that no view shows.
CREATE OR REPLACE FUNCTION public.listed_entities_on(day date)
RETURNS TABLE (
    list text,
    name_zh text,
    name_latin text,
    kind text,
    address text,
    status text,
    since date,
    until timestamptz,
    notice_key text,
    document_number text,
    by_notice_key text,
    by_document_number text,
    by_title text,
    changed_on date,
    last_change text,
    last_change_quote text,
    measures text[],
    country text
)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
    SELECT
        e.list, e.name_zh, e.name_latin, e.kind, e.address, e.status, e.since, e.until, e.notice_key,
        e.document_number, e.by_notice_key, e.by_document_number, e.by_title, e.changed_on,
        e.last_change, e.last_change_quote, e.measures, e.country
    FROM ingest.entries_on(day) AS e
    WHERE e.status <> 'removed'
$$;
COMMENT ON FUNCTION public.listed_entities_on(date) IS
    'The lists as they stood at the end of that day in China, in the columns of '
    'listed_entities_current: SELECT * FROM listed_entities_on(''2025-05-20'') WHERE list = '
    '''不可靠实体清单''.';
