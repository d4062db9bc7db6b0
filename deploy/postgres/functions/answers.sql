-- needs: archived_url, attachment_doubt, evidence, newest_file

-- What every answer of a question (questions/) says besides its rows.

CREATE OR REPLACE FUNCTION ingest.archive_link(key text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT public.archived_url(c.archive, c."timestamp", c.url)
    FROM ingest.notice AS n JOIN ingest.capture AS c ON c.capture_id = n.capture_id
    WHERE n.notice_key = key;
END;
COMMENT ON FUNCTION ingest.archive_link(text) IS
    'The address at which everybody can read the capture that a notice was read from; null where its archive '
    'shows none.';

CREATE OR REPLACE FUNCTION ingest.archive_link(key text, attachment text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(
        (
            SELECT public.archived_url(c.archive, c."timestamp", c.url)
            FROM ingest.attachment AS a
            CROSS JOIN LATERAL (
                SELECT x.capture_id FROM ingest.newest_file AS x WHERE x.url_key = a.url_key OFFSET 0
            ) AS f
            JOIN ingest.capture AS c ON c.capture_id = f.capture_id
            -- Behind # is the path in an archive.
            WHERE a.notice_key = archive_link.key AND a.url = split_part(archive_link.attachment, '#', 1)
            ORDER BY a.position LIMIT 1),
        ingest.archive_link(archive_link.key));
END;
COMMENT ON FUNCTION ingest.archive_link(text, text) IS
    'The address at which everybody can read where words of a notice stand: the capture of an attachment (as in the '
    'view evidence), that of the notice itself where it is null or its archive shows none.';

CREATE OR REPLACE FUNCTION ingest.quote_of(
    key text, fields text[], OUT quote text, OUT source text, OUT starts int, OUT archived_url text
)
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT o.quote, o.source, o.starts,
        -- (The second takes longer.)
        CASE WHEN o.attachment IS NULL THEN ingest.archive_link(quote_of.key)
            ELSE ingest.archive_link(quote_of.key, o.attachment) END
    FROM (
        SELECT e.quote, e.source, e.starts, e.attachment, array_position(fields, e.field) AS n, e.position
        FROM public.evidence AS e
        WHERE e.notice_key = quote_of.key AND e.field = ANY (fields) AND e.quote <> ''
        UNION ALL
        SELECT n.title, 'title', 0, NULL, cardinality(fields) + 1, 0
        FROM ingest.notice AS n WHERE n.notice_key = quote_of.key AND n.title IS NOT NULL
        UNION ALL
        SELECT NULL, NULL, NULL, NULL, cardinality(fields) + 2, 0
    ) AS o
    ORDER BY o.n, o.position LIMIT 1;
END;
COMMENT ON FUNCTION ingest.quote_of(text, text[]) IS
    'The passage that the first of these fields of a notice was read from, e.g. {listed_entities[0].name_zh}, '
    'where it stands (as in the view evidence) and the link to it; the title where there is none.';

CREATE OR REPLACE FUNCTION ingest.place_of(
    key text, quote text, OUT source text, OUT starts int
)
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT o.source, o.starts
    FROM (
        SELECT e.source, e.starts, 1 AS n, e.position
        FROM public.evidence AS e WHERE e.notice_key = place_of.key AND e.quote = place_of.quote
        UNION ALL
        SELECT 'body_text', strpos(r.body_text, place_of.quote) - 1, 2, 0
        FROM ingest.notice AS n JOIN ingest.reading AS r ON r.capture_id = n.capture_id
        WHERE n.notice_key = place_of.key AND strpos(r.body_text, place_of.quote) > 0
    ) AS o
    ORDER BY o.n, o.position LIMIT 1;
END;
COMMENT ON FUNCTION ingest.place_of(text, text) IS
    'Where words of a notice stand in it, as in the view evidence; null where they do not.';

-- Numbers begin at 1 each year: what lies below the highest that was seen exists.
CREATE OR REPLACE FUNCTION ingest.gaps(bodies text[]) RETURNS text[]
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(array_agg(
        CASE WHEN s.seen IS NULL THEN k.key || ': no number is held or cited'
            ELSE k.key || ': ' || s.seen - s.held || ' of ' || s.seen || ' numbers are not held' END
        ORDER BY k.n, k.key DESC), '{}')
    FROM (
        SELECT b.body || y.year AS key, b.n
        FROM unnest(bodies) WITH ORDINALITY AS b (body, n)
        -- Since the ministry publishes lists (不可靠实体清单规定, 2020).
        CROSS JOIN generate_series(2020, extract(year FROM now())::int) AS y (year)
    ) AS k
    CROSS JOIN LATERAL (
        SELECT
            (SELECT count(DISTINCT n.serial) FROM ingest.notice AS n WHERE n.series_key = k.key) AS held,
            greatest(
                (SELECT max(n.serial) FROM ingest.notice AS n WHERE n.series_key = k.key),
                (SELECT max(c.serial) FROM ingest.citation AS c WHERE c.series_key = k.key)) AS seen
        -- (Counted once for each series, and not wherever the number is used.)
        OFFSET 0
    ) AS s
    WHERE s.seen IS NULL OR s.seen > s.held;
END;
COMMENT ON FUNCTION ingest.gaps(text[]) IS
    'By year since 2020, how many numbers of these bodies'' announcements are not in the database: '
    'ingest.gaps(ARRAY[''商务部'']) says 商务部2025: 74 of 93 numbers are not held.';

CREATE OR REPLACE FUNCTION ingest.unread_attachments(named text) RETURNS text[]
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(array_agg(
        coalesce(n.document_number, n.notice_key) || ': ' || d.doubt
        ORDER BY n.issued_on DESC, n.notice_key, d.position, d.n), '{}')
    FROM (
        SELECT n.notice_key, n.document_number, n.issued_on, n.title
        FROM ingest.notice AS n
        -- (The words of the index notice_with_lists.)
        WHERE n.title ~ '管制|禁止|限制|目录|许可|配额|关税|清单|名单' AND n.page_kind IN ('notice', 'law')
        ORDER BY n.issued_on DESC NULLS LAST LIMIT 500
    ) AS n
    CROSS JOIN LATERAL (
        SELECT v.* FROM ingest.attachment_doubt AS v WHERE v.notice_key = n.notice_key OFFSET 0
    ) AS d
    WHERE n.title ~ named;
END;
COMMENT ON FUNCTION ingest.unread_attachments(text) IS
    'The attachments that are not read, or doubtful, of the newest 500 notices whose title speaks of lists or '
    'controls, where it matches a regular expression: lists are often published as files.';
