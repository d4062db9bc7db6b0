-- What search reads, written in one pass: each passage carries the heading of its notice, so that
-- words of both are found by one look at the index, and a short notice is one row. It tells whether it
-- holds traditional characters, so that others need not be folded whole.

DROP TABLE ingest.passage;
CREATE TABLE ingest.passage (
    notice_key text NOT NULL,
    part int NOT NULL,
    issued_on date,
    heading text NOT NULL,
    words text NOT NULL,
    tokens tsvector NOT NULL,
    traditional boolean NOT NULL,
    PRIMARY KEY (notice_key, part)
-- Hits are many and their texts are seldom looked at: rows without them are a tenth as large.
) WITH (toast_tuple_target = 512);
-- Tokens are sorted and do not shrink: trying costs more than it saves.
ALTER TABLE ingest.passage ALTER COLUMN tokens SET STORAGE EXTERNAL;
COMMENT ON TABLE ingest.passage IS
    'What search_notices() searches: parts 1 and on are the text, 100001 and on the English text, at '
    'most 4,000 characters each. Number and titles are the heading of every part. Tokens that begin '
    'with # @ % are marks: #DAYS:BUCKET of the date of issue, @issuer, %type, #long of a text in '
    'several parts, #parts of a notice with several of any kind; those of the heading stand a second '
    'time with ^ in the first part, each Chinese character too.';
CREATE INDEX passage_tokens ON ingest.passage USING gin (tokens);

CREATE OR REPLACE FUNCTION ingest.pieces(words text) RETURNS TABLE (part int, words text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    -- OFFSET 0: without it each use of the text would be made readable anew.
    SELECT i, substr(r.words, (i - 1) * 3800 + 1, 4000)
    FROM (SELECT ingest.readable($1) AS words OFFSET 0) AS r
    CROSS JOIN LATERAL generate_series(1, greatest(1, ceil((length(r.words) - 200) / 3800.0)::int)) AS i
    WHERE r.words <> ''
$$;

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

-- A reading's text stood in its JSON a second time. That it goes is no change of a notice.
UPDATE ingest.reading SET notice = notice - 'body_text' WHERE notice ? 'body_text';
UPDATE ingest.notice AS n
SET fingerprint[array_position(ingest.fields(), 'details')]
    = hashtextextended((r.notice - 'parser_version')::text, 0)
FROM ingest.reading AS r
WHERE r.capture_id = n.capture_id;
