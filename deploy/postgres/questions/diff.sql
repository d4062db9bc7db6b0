-- needs: answers, archived_url, freshness, notice_diff, notice_named, pages

CREATE OR REPLACE FUNCTION public.diff(notice text)
RETURNS TABLE (
    found boolean,
    notice_key text,
    document_number text,
    url text,
    seen_on date,
    place int,
    old text,
    new text,
    quote text,
    old_quote text,
    source text,
    starts int,
    old_archived_url text,
    archived_url text,
    as_of timestamptz,
    index_asked_at timestamptz,
    not_held text[]
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
#variable_conflict use_column
DECLARE
    keys CONSTANT text[] := ingest.notice_named(diff.notice);
    missing CONSTANT text[] := ingest.named_otherwise(diff.notice) || ARRAY(
        SELECT v.url_key || ': what it said between its captures of ' || ingest.day_in_china(v.last_captured_at)
            || ' and ' || ingest.day_in_china(v.next_at) || ' is not held'
        FROM (
            SELECT n.*, lead(n.first_captured_at) OVER (
                PARTITION BY n.notice_key, n.url_key ORDER BY n.version) AS next_at
            FROM public.notice_versions AS n WHERE n.notice_key = ANY (keys)
        ) AS v
        WHERE v.next_at IS NOT NULL ORDER BY v.next_at, v.url_key)
        || ARRAY(
            SELECT 'before ' || ingest.day_in_china(min(v.first_captured_at)) || ' no capture of it is held'
            FROM public.notice_versions AS v WHERE v.notice_key = ANY (keys) HAVING count(*) > 0);
BEGIN
    RETURN QUERY
    WITH answer AS (
        SELECT p.notice_key, p.document_number, c.url, ingest.day_in_china(c.captured_at) AS seen_on, e.*,
            ingest.sentence_at(b.body_text, n.starts) AS quote, ingest.sentence_starts(b.body_text, n.starts) AS starts,
            ingest.sentence_at(a.body_text, least(e.old_starts, greatest(length(a.body_text) - 1, 0))) AS old_quote,
            public.archived_url(o.archive, o."timestamp", o.url) AS old_link,
            public.archived_url(c.archive, c."timestamp", c.url) AS link
        FROM public.pages AS p
        JOIN public.notice_versions AS a ON a.notice_key = p.notice_key
        JOIN public.notice_versions AS b
            ON b.notice_key = a.notice_key AND b.url_key = a.url_key AND b.version = a.version + 1
        JOIN ingest.capture AS o ON o.capture_id = a.version_id
        JOIN ingest.capture AS c ON c.capture_id = b.version_id
        CROSS JOIN LATERAL ingest.edits(coalesce(a.body_text, ''), coalesce(b.body_text, '')) AS e
        CROSS JOIN LATERAL (SELECT least(e.new_starts, greatest(length(b.body_text) - 1, 0)) AS starts) AS n
        WHERE p.notice_key = ANY (keys)
    )
    SELECT
        a.place IS NOT NULL, a.notice_key, a.document_number, a.url, a.seen_on, a.place, a.old, a.new,
        a.quote, a.old_quote, CASE WHEN a.quote IS NOT NULL THEN 'body_text' END, a.starts, a.old_link, a.link, f.as_of, f.index_asked_at, missing
    FROM public.freshness AS f
    LEFT JOIN answer AS a ON true
    ORDER BY a.notice_key, a.url, a.seen_on, a.place;
END
$$;
COMMENT ON FUNCTION public.diff(text) IS
    'How the text of a notice changed from one capture to the next at each of its addresses: old is what stood '
    'there, new what stands there instead (25.4 and 24.5), with the sentences of both and the captures that '
    'show them; seen_on is the day of the first capture that has the new text. found is false where all '
    'captures read alike. SELECT old, new, quote FROM diff(''商务部公告2025年第25号'').';
