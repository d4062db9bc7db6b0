-- What the parser has come to give: the measure of a duty, the former name of an entry on a list.
-- Entries that are amended show their new name from then on, and answer to any they ever had. And
-- passages tell whether they hold traditional characters, so that others need not be folded whole, and
-- have a token of every number with its 号.

ALTER TABLE ingest.duty_rate ADD COLUMN measure text;
ALTER TABLE ingest.listed_entity ADD COLUMN former_name text, ADD COLUMN former_key text;
CREATE INDEX listed_entity_former ON ingest.listed_entity (former_key);

CREATE FUNCTION ingest.lowered(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(lower(words), '[]()【】', '〔〕〔〕〔〕');
COMMENT ON FUNCTION ingest.lowered(text) IS
    'A text as ingest.folded() makes it, but for traditional characters; several times faster.';

-- Numbers alone tell documents badly apart: many a text of 1995 has a 5 somewhere.
CREATE OR REPLACE FUNCTION ingest.tokens(plain text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ARRAY(
    SELECT pair.one || pair.other
    FROM (
        -- Each character beside the next: faster than regular expressions over pairs.
        SELECT unnest(c.characters) AS one, unnest(c.characters[2:]) AS other
        FROM (SELECT string_to_array(regexp_replace(plain, '[^一-鿿㐀-䶿]+', ' ', 'g'), NULL))
            AS c (characters)
    ) AS pair
    WHERE pair.one <> ' ' AND pair.other <> ' '
) || CASE WHEN plain ~ '[a-z0-9]'
    THEN tsvector_to_array(to_tsvector('english', regexp_replace(plain, '[^a-z0-9]+', ' ', 'g')))
        || ARRAY(SELECT n.found[1] FROM regexp_matches(plain, '[0-9]+号', 'g') AS n (found))
    ELSE '{}' END;
COMMENT ON FUNCTION ingest.tokens(text) IS
    'The tokens of a folded text, be it a passage or a query: every pair of neighbouring Chinese '
    'characters, every English word by its stem, every number, and again with 号 where that follows.';

DELETE FROM ingest.passage;
ALTER TABLE ingest.passage ADD COLUMN traditional boolean NOT NULL;

CREATE OR REPLACE FUNCTION ingest.refresh_parts(keys text[]) RETURNS void
LANGUAGE plpgsql VOLATILE
SET timezone = 'Asia/Shanghai'
AS $$
BEGIN
    DELETE FROM ingest.citation WHERE notice_key = ANY (keys);
    DELETE FROM ingest.regulated_item WHERE notice_key = ANY (keys);
    DELETE FROM ingest.duty_rate WHERE notice_key = ANY (keys);
    DELETE FROM ingest.listed_entity WHERE notice_key = ANY (keys);
    DELETE FROM ingest.deadline WHERE notice_key = ANY (keys);
    DELETE FROM ingest.attachment WHERE notice_key = ANY (keys);
    DELETE FROM ingest.passage WHERE notice_key = ANY (keys);

    -- One statement, so that each notice's JSON is read once.
    WITH shown AS MATERIALIZED (
        SELECT n.notice_key, n.since, r.attachment_keys, d.*
        FROM ingest.notice AS n
        JOIN ingest.reading AS r USING (capture_id)
        CROSS JOIN LATERAL jsonb_to_record(r.notice) AS d (
            citations jsonb, regulated_items jsonb, duty_rates jsonb, listed_entities jsonb,
            deadlines jsonb, attachments jsonb)
        WHERE n.notice_key = ANY (keys)
    ), citation AS (
        INSERT INTO ingest.citation
        SELECT s.notice_key, e.n, e.item->>'relation', e.item->>'document_number',
            e.item->>'title', p.number_key, p.series_key, p.serial,
            ingest.title_key(e.item->>'title'),
            e.item->>'clause', (e.item->>'since')::timestamptz, (e.item->>'until')::timestamptz
        FROM shown AS s
        CROSS JOIN LATERAL jsonb_array_elements(s.citations) WITH ORDINALITY AS e (item, n)
        CROSS JOIN LATERAL ingest.number_parts(e.item->>'document_number') AS p
    ), regulated_item AS (
        INSERT INTO ingest.regulated_item
        SELECT s.notice_key, e.n, coalesce(h.n, 0), e.item->>'control_code', e.item->>'name',
            h.code->>'code', h.code->>'role', e.item->>'direction', e.item->>'destination'
        FROM shown AS s
        CROSS JOIN LATERAL jsonb_array_elements(s.regulated_items) WITH ORDINALITY AS e (item, n)
        LEFT JOIN LATERAL jsonb_array_elements(e.item->'hs_codes')
            WITH ORDINALITY AS h (code, n) ON true
    ), duty_rate AS (
        INSERT INTO ingest.duty_rate
        SELECT s.notice_key, e.n, e.item->>'product', e.item->>'origin', e.item->>'company_zh',
            e.item->>'company_latin', (e.item->>'rate')::numeric,
            (e.item->>'since')::date, (e.item->>'until')::date, e.item->>'measure'
        FROM shown AS s
        CROSS JOIN LATERAL jsonb_array_elements(s.duty_rates) WITH ORDINALITY AS e (item, n)
    ), listed_entity AS (
        INSERT INTO ingest.listed_entity
        SELECT s.notice_key, e.n, e.item->>'list', e.item->>'action', e.item->>'name_zh',
            e.item->>'name_latin', ingest.name_key(e.item->>'name_zh'),
            ingest.name_key(e.item->>'name_latin'), e.item->>'kind', e.item->>'address',
            (e.item->>'position')::int,
            coalesce((e.item->>'effective_on')::date, (s.since AT TIME ZONE 'Asia/Shanghai')::date),
            e.item->>'former_name', ingest.name_key(e.item->>'former_name')
        FROM shown AS s
        CROSS JOIN LATERAL jsonb_array_elements(s.listed_entities) WITH ORDINALITY AS e (item, n)
    ), deadline AS (
        INSERT INTO ingest.deadline
        SELECT s.notice_key, e.n, (e.item->>'on')::date, e.item->>'due', e.item->>'text'
        FROM shown AS s
        CROSS JOIN LATERAL jsonb_array_elements(s.deadlines) WITH ORDINALITY AS e (item, n)
    )
    INSERT INTO ingest.attachment
    SELECT s.notice_key, e.n, e.item->>'name', e.item->>'url', e.item->>'type',
        nullif(s.attachment_keys[e.n], '')
    FROM shown AS s
    CROSS JOIN LATERAL jsonb_array_elements(s.attachments) WITH ORDINALITY AS e (item, n);

    INSERT INTO ingest.passage
    SELECT h.notice_key, p.part, h.issued_on, h.heading, p.words,
        array_to_tsvector(ingest.tokens(f.words) || h.tokens || h.marks
            || CASE WHEN p.long THEN ARRAY['#long'] ELSE '{}' END
            || CASE WHEN p.parts > 1 THEN ARRAY['#parts'] ELSE '{}' END
            || CASE WHEN p.place = 1 THEN ARRAY(SELECT '^' || t FROM unnest(
                h.tokens || ingest.characters(h.folded)) AS t) ELSE '{}' END),
        h.folded <> ingest.lowered(h.heading) OR f.words <> ingest.lowered(p.words)
    FROM (
        SELECT g.*, ingest.tokens(g.folded) AS tokens
        FROM (
            SELECT x.*, ingest.folded(x.heading) AS folded
            FROM (
                SELECT n.notice_key, n.issued_on, r.body_text,
                    concat_ws(' ', t.summary_en, t.text_en) AS english,
                    ingest.readable(concat_ws(' ', r.document_number, r.title, t.title_en))
                        AS heading,
                    array_remove(
                        ARRAY[ingest.bucket(n.issued_on, 10), ingest.bucket(n.issued_on, 160),
                            ingest.bucket(n.issued_on, 2560), '%' || r.document_type]
                        || ARRAY(SELECT '@' || i FROM unnest(r.issuers) AS i), NULL) AS marks
                FROM ingest.notice AS n
                JOIN ingest.reading AS r USING (capture_id)
                LEFT JOIN ingest.translation AS t USING (capture_id)
                WHERE n.notice_key = ANY (keys) AND n.page_kind IN ('notice', 'law')
                OFFSET 0
            ) AS x
            OFFSET 0
        ) AS g
        OFFSET 0
    ) AS h
    CROSS JOIN LATERAL (
        SELECT w.part, w.words, w.long, count(*) OVER () AS parts,
            row_number() OVER (ORDER BY w.part) AS place
        FROM (
            SELECT z.part, z.words, count(*) OVER () > 1 AS long
            FROM ingest.pieces(h.body_text) AS z
            UNION ALL
            SELECT 100000 + e.part, e.words, count(*) OVER () > 1
            FROM ingest.pieces(h.english) AS e
            UNION ALL
            -- A heading alone is searched, too.
            SELECT 1, '', false WHERE coalesce(h.body_text, '') = '' AND h.english = ''
        ) AS w
    ) AS p
    CROSS JOIN LATERAL (SELECT ingest.folded(p.words) AS words OFFSET 0) AS f;
END
$$;

SELECT ingest.refresh_parts(ARRAY(SELECT notice_key FROM ingest.notice));

CREATE OR REPLACE VIEW public.duty_rates AS
SELECT
    d.notice_key, r.document_number, d.position, d.product, d.origin, d.company_zh,
    d.company_latin, d.rate, d.since, d.until, coalesce(f.status, 'not yet in force') AS status,
    d.measure
FROM ingest.duty_rate AS d
JOIN ingest.notice AS n ON n.notice_key = d.notice_key
JOIN ingest.reading AS r ON r.capture_id = n.capture_id
LEFT JOIN public.notices_in_force(now()) AS f ON f.notice_key = d.notice_key;
COMMENT ON COLUMN public.duty_rates.measure IS
    'anti-dumping, countervailing or safeguard; null when the notice does not tell.';

CREATE OR REPLACE VIEW public.listed_entities AS
SELECT
    e.notice_key, r.document_number, e.position, e.list, e.action, e.name_zh, e.name_latin, e.kind,
    e.address, e.printed_position, e.since,
    e.former_name
FROM ingest.listed_entity AS e
JOIN ingest.notice AS n ON n.notice_key = e.notice_key
JOIN ingest.reading AS r ON r.capture_id = n.capture_id;
COMMENT ON COLUMN public.listed_entities.former_name IS
    'Name under which an amended entry was listed, e.g. 斯凯迪奥公司; null for other actions.';

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
    by_notice_key text
)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
    WITH RECURSIVE added AS (
        SELECT DISTINCT ON (e.list, coalesce(e.latin_key, e.zh_key)) e.*
        FROM ingest.listed_entity AS e
        WHERE e.action = 'add' AND e.since <= day
        ORDER BY e.list, coalesce(e.latin_key, e.zh_key), e.since DESC, e.notice_key, e.position
    ), named AS (
        SELECT a.list, a.notice_key, a.position, a.since, a.name_zh, a.name_latin, a.kind, a.address,
            array_remove(ARRAY[a.latin_key, a.zh_key], NULL) AS keys,
            a.since AS named_since, NULL::text AS amended_by, '{}'::text[] AS amendments
        FROM added AS a
        UNION ALL
        SELECT n.list, n.notice_key, n.position, n.since, coalesce(e.name_zh, n.name_zh),
            coalesce(e.name_latin, n.name_latin), coalesce(e.kind, n.kind),
            coalesce(e.address, n.address),
            n.keys || array_remove(ARRAY[e.latin_key, e.zh_key], NULL),
            e.since, e.notice_key, n.amendments || (e.notice_key || ' ' || e.position)
        FROM named AS n
        JOIN ingest.listed_entity AS e ON e.list = n.list AND e.action = 'amend'
            AND e.since BETWEEN n.named_since AND day
            AND (e.former_key = ANY (n.keys)
                OR e.former_key IS NULL AND (e.latin_key = ANY (n.keys) OR e.zh_key = ANY (n.keys)))
            AND e.notice_key || ' ' || e.position <> ALL (n.amendments)
    ), entry AS (
        SELECT DISTINCT ON (n.notice_key, n.position) n.*
        FROM named AS n
        ORDER BY n.notice_key, n.position, cardinality(n.amendments) DESC, n.named_since DESC,
            n.amended_by DESC
    )
    SELECT
        a.list, a.name_zh, a.name_latin, a.kind, a.address,
        CASE WHEN later.action = 'suspend' OR whole.by_notice_key IS NOT NULL
            THEN 'suspended' ELSE 'listed' END,
        a.since,
        whole.until,
        a.notice_key,
        r.document_number,
        coalesce(later.notice_key, whole.by_notice_key, a.amended_by)
    FROM entry AS a
    JOIN ingest.notice AS n ON n.notice_key = a.notice_key
    JOIN ingest.reading AS r ON r.capture_id = n.capture_id
    LEFT JOIN LATERAL (
        SELECT e.action, e.notice_key
        FROM ingest.listed_entity AS e
        WHERE e.list = a.list AND e.action IN ('remove', 'suspend', 'resume')
            AND (e.latin_key = ANY (a.keys) OR e.zh_key = ANY (a.keys))
            AND e.since >= a.since AND e.since <= day
        ORDER BY e.since DESC, e.action = 'remove' DESC, e.notice_key DESC
        LIMIT 1
    ) AS later ON true
    LEFT JOIN LATERAL (
        -- A notice that is suspended or repealed whole takes all its entries with it.
        SELECT h.relation, h.by_notice_key, h.until
        FROM public.status_history AS h
        WHERE h.notice_key = a.notice_key AND h.clause IS NULL
            AND h.relation IN ('suspends', 'repeals')
            AND h.since < ingest.midnight(day + 1)
            AND (h.until IS NULL OR h.until >= ingest.midnight(day + 1))
        ORDER BY h.relation = 'repeals' DESC, h.until DESC NULLS FIRST, h.by_notice_key
        LIMIT 1
    ) AS whole ON true
    WHERE later.action IS DISTINCT FROM 'remove' AND whole.relation IS DISTINCT FROM 'repeals'
$$;
