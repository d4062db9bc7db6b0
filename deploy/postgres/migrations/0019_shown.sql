-- What lists, counts and filters look at stands in the notice's own narrow row; texts are joined when
-- they are asked for: a LEFT JOIN on a key falls away when nothing of its table is.

ALTER TABLE ingest.notice
    ADD COLUMN document_number text,
    ADD COLUMN title text,
    ADD COLUMN document_type text,
    ADD COLUMN issuers text[] NOT NULL DEFAULT '{}',
    ADD COLUMN department text,
    ADD COLUMN addressees text[] NOT NULL DEFAULT '{}',
    ADD COLUMN published_at timestamptz,
    ADD COLUMN effective_on date,
    ADD COLUMN effective_at timestamptz,
    ADD COLUMN source text,
    ADD COLUMN column_name text,
    ADD COLUMN index_number text,
    ADD COLUMN validity text,
    ADD COLUMN captured_at timestamptz;

UPDATE ingest.notice AS n SET
    document_number = r.document_number,
    title = r.title,
    document_type = r.document_type,
    issuers = r.issuers,
    department = r.department,
    addressees = r.addressees,
    published_at = r.published_at,
    effective_on = r.effective_on,
    effective_at = r.effective_at,
    source = r.source,
    column_name = r.column_name,
    index_number = r.index_number,
    validity = r.validity,
    captured_at = r.captured_at
FROM ingest.reading AS r
WHERE r.capture_id = n.capture_id;
ALTER TABLE ingest.notice ALTER COLUMN captured_at SET NOT NULL;

DROP INDEX ingest.reading_document_number;
-- A notice with a number has it for its key; and most pages are notices.
ALTER TABLE ingest.notice DROP COLUMN number_key;
DROP INDEX ingest.notice_newest;
-- capture_url_key finds the same.
DROP INDEX ingest.reading_address;
CREATE INDEX notice_document_number ON ingest.notice (document_number);
CREATE INDEX capture_captured_at ON ingest.capture (captured_at);

ALTER TABLE ingest.citation ADD COLUMN series text;
UPDATE ingest.citation SET series = (ingest.number_parts(document_number)).series
WHERE series_key IS NOT NULL;

CREATE TABLE ingest.issuer (
    notice_key text NOT NULL,
    position int NOT NULL,
    issuer text NOT NULL,
    PRIMARY KEY (notice_key, position)
);
COMMENT ON TABLE ingest.issuer IS 'Who signed a notice, one body a row, so that its notices are found.';
CREATE INDEX issuer_issuer ON ingest.issuer (issuer);
INSERT INTO ingest.issuer
SELECT n.notice_key, i.position, i.issuer
FROM ingest.notice AS n CROSS JOIN unnest(n.issuers) WITH ORDINALITY AS i (issuer, position)
WHERE n.page_kind IN ('notice', 'law');

-- -- notices ---------------------------------------------------------------------------------

CREATE OR REPLACE VIEW public.pages AS
SELECT
    n.notice_key,
    n.document_number,
    n.issued_on,
    n.title,
    n.document_type,
    n.issuers,
    n.department,
    n.addressees,
    n.published_at,
    n.effective_on,
    n.effective_at,
    n.since AS applies_from,
    r.body_text,
    t.title_en,
    t.text_en,
    t.summary_en,
    t.state AS translation_state,
    t.provenance - 'source' AS translation_provenance,
    n.source,
    n.column_name,
    n.index_number,
    n.validity,
    c.url,
    c.url_key,
    c."timestamp",
    n.captured_at,
    n.first_captured_at,
    n.last_captured_at,
    n.captures,
    n.versions,
    n.copies,
    n.conflicting,
    n.page_kind,
    r.layout,
    r.layout_confidence,
    r.warnings,
    r.parser_version,
    r.parsed_at,
    n.capture_id,
    n.changed_at
FROM ingest.notice AS n
LEFT JOIN ingest.reading AS r ON r.capture_id = n.capture_id
LEFT JOIN ingest.capture AS c ON c.capture_id = n.capture_id
LEFT JOIN ingest.translation AS t ON t.capture_id = n.capture_id;

CREATE OR REPLACE VIEW public.notice_issuers AS
SELECT notice_key, position, issuer FROM ingest.issuer;

CREATE OR REPLACE VIEW public.notice_addressees AS
SELECT n.notice_key, a.position::int AS position, a.addressee
FROM ingest.notice AS n
CROSS JOIN LATERAL unnest(n.addressees) WITH ORDINALITY AS a (addressee, position)
WHERE n.page_kind IN ('notice', 'law');

-- -- keeping them ----------------------------------------------------------------------------

-- Of what JSON holds the planner thinks a hundred times too much: where PostgreSQL has a compiler, it
-- would compile each batch.

CREATE OR REPLACE FUNCTION ingest.refresh(captures text[]) RETURNS bigint
LANGUAGE plpgsql VOLATILE
SET timezone = 'Asia/Shanghai'
SET jit = off
AS $$
DECLARE
    keys text[] := ARRAY(
        SELECT DISTINCT k.notice_key FROM ingest.reading_key AS k
        WHERE k.capture_id = ANY (captures) ORDER BY k.notice_key);
    touched text[];
    gone text[];
BEGIN
    WITH shown AS (
        SELECT r.notice_key, r.capture_id, r.captured_at, r.url_key, r.wording,
            r.issued_on IS NOT NULL AND r.issuers <> '{}' AS signed
        FROM ingest.reading AS r
        WHERE r.notice_key = ANY (keys)
    ), chosen AS (
        SELECT DISTINCT ON (notice_key) notice_key, capture_id
        FROM shown
        ORDER BY notice_key, signed DESC, captured_at DESC, capture_id DESC
    ), span AS (
        SELECT notice_key, min(captured_at) AS first_captured_at,
            max(captured_at) AS last_captured_at, count(*) AS captures,
            count(DISTINCT (url_key, wording)) AS versions
        FROM shown GROUP BY notice_key
    ), newest AS (
        SELECT DISTINCT ON (notice_key, url_key) notice_key, wording
        FROM shown
        ORDER BY notice_key, url_key, captured_at DESC, capture_id DESC
    ), copy AS (
        SELECT notice_key, count(*) AS copies, count(DISTINCT wording) > 1 AS conflicting
        FROM newest GROUP BY notice_key
    ), written AS (
        INSERT INTO ingest.notice AS held (
            notice_key, capture_id, captured_at, page_kind, series_key, series, serial,
            document_number, title, title_key, document_type, issuers, department, addressees,
            issued_on, published_at, effective_on, effective_at, source, column_name,
            index_number, validity, since, first_captured_at, last_captured_at, captures,
            versions, copies, conflicting, fingerprint
        )
        SELECT
            chosen.notice_key, chosen.capture_id, r.captured_at, r.page_kind,
            p.series_key, p.series, p.serial,
            r.document_number, r.title, ingest.title_key(r.title), r.document_type, r.issuers,
            r.department, r.addressees, r.issued_on, r.published_at, r.effective_on,
            r.effective_at, r.source, r.column_name, r.index_number, r.validity,
            coalesce(r.effective_at, ingest.midnight(r.effective_on),
                ingest.midnight(r.issued_on), r.published_at),
            span.first_captured_at, span.last_captured_at, span.captures, span.versions,
            copy.copies, copy.conflicting,
            ingest.hashes(ARRAY[
                r.page_kind, r.document_number, r.title, r.document_type, r.issuers::text,
                r.department, r.addressees::text, r.issued_on::text, r.published_at::text,
                r.effective_on::text, r.effective_at::text, r.wording, r.source,
                r.column_name, r.index_number, r.validity, c.url,
                (r.notice - 'parser_version')::text, r.attachment_keys::text,
                t.title_en, t.text_en, t.summary_en, t.state,
                span.versions::text, copy.copies::text, copy.conflicting::text])
        FROM chosen
        JOIN span USING (notice_key)
        JOIN copy USING (notice_key)
        JOIN ingest.reading AS r ON r.capture_id = chosen.capture_id
        JOIN ingest.capture AS c ON c.capture_id = chosen.capture_id
        LEFT JOIN ingest.translation AS t ON t.capture_id = chosen.capture_id
        LEFT JOIN LATERAL ingest.number_parts(r.document_number, r.issuers) AS p
            ON r.page_kind IN ('notice', 'law')
        ORDER BY chosen.notice_key
        ON CONFLICT (notice_key) DO UPDATE SET
            capture_id = excluded.capture_id,
            captured_at = excluded.captured_at,
            page_kind = excluded.page_kind,
            series_key = excluded.series_key,
            series = excluded.series,
            serial = excluded.serial,
            document_number = excluded.document_number,
            title = excluded.title,
            title_key = excluded.title_key,
            document_type = excluded.document_type,
            issuers = excluded.issuers,
            department = excluded.department,
            addressees = excluded.addressees,
            issued_on = excluded.issued_on,
            published_at = excluded.published_at,
            effective_on = excluded.effective_on,
            effective_at = excluded.effective_at,
            source = excluded.source,
            column_name = excluded.column_name,
            index_number = excluded.index_number,
            validity = excluded.validity,
            since = excluded.since,
            first_captured_at = excluded.first_captured_at,
            last_captured_at = excluded.last_captured_at,
            captures = excluded.captures,
            versions = excluded.versions,
            copies = excluded.copies,
            conflicting = excluded.conflicting,
            fingerprint = excluded.fingerprint,
            changed_at = CASE WHEN held.fingerprint = excluded.fingerprint
                THEN held.changed_at ELSE excluded.changed_at END
        WHERE (held.capture_id, held.captures, held.first_captured_at, held.last_captured_at,
               held.fingerprint)
            IS DISTINCT FROM
              (excluded.capture_id, excluded.captures, excluded.first_captured_at,
               excluded.last_captured_at, excluded.fingerprint)
        RETURNING WITH (OLD AS was, NEW AS became)
            became.notice_key, became.page_kind, became.fingerprint,
            was.fingerprint AS old_fingerprint
    ), logged AS (
        INSERT INTO ingest.change (notice_key, page_kind, kind, fields)
        SELECT w.notice_key, w.page_kind,
            CASE WHEN w.old_fingerprint IS NULL THEN 'came' ELSE 'changed' END,
            ARRAY(
                SELECT f.name FROM unnest(ingest.fields()) WITH ORDINALITY AS f (name, n)
                WHERE w.old_fingerprint IS NOT NULL
                    AND w.fingerprint[f.n] IS DISTINCT FROM w.old_fingerprint[f.n]
                ORDER BY f.n)
        FROM written AS w
        WHERE w.fingerprint IS DISTINCT FROM w.old_fingerprint
        ORDER BY w.notice_key
        RETURNING notice_key
    )
    SELECT array_agg(notice_key) INTO touched FROM logged;

    WITH deleted AS (
        DELETE FROM ingest.notice AS n
        WHERE n.notice_key = ANY (keys)
            AND NOT EXISTS (SELECT FROM ingest.reading AS r WHERE r.notice_key = n.notice_key)
        RETURNING n.notice_key, n.page_kind
    ), logged AS (
        INSERT INTO ingest.change (notice_key, page_kind, kind, fields)
        SELECT notice_key, page_kind, 'went', '{}' FROM deleted ORDER BY notice_key
        RETURNING notice_key
    )
    SELECT array_agg(notice_key) INTO gone FROM logged;

    touched := coalesce(touched, '{}') || coalesce(gone, '{}');
    IF touched = '{}' THEN
        RETURN 0;
    END IF;
    PERFORM ingest.refresh_parts(touched);
    -- Without a payload all of a transaction's are one; a queue half full means a listener that
    -- reads nothing, and one that is full would stop the writer.
    IF pg_notification_queue_usage() < 0.5 THEN
        NOTIFY changes;
    END IF;
    RETURN cardinality(touched);
END
$$;

CREATE OR REPLACE FUNCTION ingest.number_parts(printed text, issuers text[] DEFAULT '{}')
RETURNS ingest.number_parts
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    plain text := translate(btrim(normalize(printed, NFKC)), '[]()【】', '〔〕〔〕〔〕');
    found text[];
    head text[];
    kind text;
    lead text;
    bracketed boolean;
    parts ingest.number_parts;
BEGIN
    IF plain IS NULL OR length(plain) > 200 THEN
        RETURN NULL;
    END IF;
    -- Its end alone is matched, and the rest is its head: an expression that begins with any characters
    -- takes five times as long.
    found := regexp_match(plain,
        '([\s〔]*(\d{4})\s*(年\s*〕?|〕|(?=第))\s*第?\s*(\d{1,6})\s*号〕?)$');
    IF found IS NULL THEN
        found := regexp_match(plain, '([\s〔]*()()第?\s*(\d{1,6})\s*号〕?)$');
    END IF;
    IF found IS NULL THEN
        RETURN NULL;
    END IF;
    found[1] := left(plain, -length(found[1]));
    head := regexp_split_to_array(btrim(replace(found[1], '中华人民共和国', '')), '[\s、]+');
    kind := coalesce(substring(head[cardinality(head)] FROM '(?:公告|通告|令)$'), '');
    -- Without a year only orders and announcements are numbered.
    IF found[2] = '' AND kind = '' AND head[1] <> '' THEN
        RETURN NULL;
    END IF;
    lead := CASE WHEN cardinality(head) > 1 THEN head[1] || kind ELSE head[1] END;
    IF lead = kind THEN
        lead := coalesce(issuers[1], '') || kind;
    END IF;
    IF lead = '' OR lead = kind THEN
        RETURN NULL;
    END IF;
    bracketed := found[3] = '〕';
    -- Orders of the State Council, the President and the Foreign Minister carry no year.
    IF lead IN ('国务院令', '主席令', '国家主席令', '外交部令') THEN
        found[2] := '';
    END IF;
    parts.serial := found[4]::int;
    parts.series_key := regexp_replace(lead, '公告$', '') || found[2];
    parts.number_key := parts.series_key || '-' || parts.serial;
    parts.series := CASE
        WHEN found[2] = '' THEN lead
        WHEN bracketed THEN lead || '〔' || found[2] || '〕'
        ELSE lead || ' ' || found[2] || '年'
    END;
    RETURN parts;
END
$$;

CREATE FUNCTION ingest.folded_as(plain text) RETURNS TABLE (words text, traditional boolean)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT translate(s.simplified, '[]()【】', '〔〕〔〕〔〕'), s.simplified <> s.lowered
    FROM (
        SELECT l.lowered, ingest.simplified(l.lowered) AS simplified
        FROM (SELECT lower(plain) AS lowered OFFSET 0) AS l
        OFFSET 0
    ) AS s
    OFFSET 0
$$;
COMMENT ON FUNCTION ingest.folded_as(text) IS
    'A readable text as ingest.folded() makes it, and whether it held traditional characters.';

CREATE OR REPLACE FUNCTION ingest.refresh_parts(keys text[]) RETURNS void
LANGUAGE plpgsql VOLATILE
SET timezone = 'Asia/Shanghai'
SET jit = off
AS $$
BEGIN
    DELETE FROM ingest.issuer WHERE notice_key = ANY (keys);
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
            e.item->>'clause', (e.item->>'since')::timestamptz, (e.item->>'until')::timestamptz,
            p.series
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

    INSERT INTO ingest.issuer
    SELECT n.notice_key, i.position, i.issuer
    FROM ingest.notice AS n
    CROSS JOIN LATERAL unnest(n.issuers) WITH ORDINALITY AS i (issuer, position)
    WHERE n.notice_key = ANY (keys) AND n.page_kind IN ('notice', 'law');

    -- Each OFFSET 0 keeps what was made from being made anew at each use.
    INSERT INTO ingest.passage
    SELECT h.notice_key, p.part, h.issued_on, h.heading, p.words,
        array_to_tsvector(ingest.tokens(f.words) || h.tokens || h.marks
            || CASE WHEN p.long THEN ARRAY['#long'] ELSE '{}' END
            || CASE WHEN p.parts > 1 THEN ARRAY['#parts'] ELSE '{}' END
            || CASE WHEN p.place = 1 THEN ARRAY(SELECT '^' || t FROM unnest(
                h.tokens || ingest.characters(h.folded)) AS t) ELSE '{}' END),
        h.traditional OR f.traditional
    FROM (
        SELECT x.*, f.words AS folded, f.traditional, ingest.tokens(f.words) AS tokens
        FROM (
            SELECT n.notice_key, n.issued_on, r.body_text,
                concat_ws(' ', t.summary_en, t.text_en) AS english,
                ingest.readable(concat_ws(' ', n.document_number, n.title, t.title_en))
                    AS heading,
                array_remove(
                    ARRAY[ingest.bucket(n.issued_on, 10), ingest.bucket(n.issued_on, 160),
                        ingest.bucket(n.issued_on, 2560), '%' || n.document_type]
                    || ARRAY(SELECT '@' || i FROM unnest(n.issuers) AS i), NULL) AS marks
            FROM ingest.notice AS n
            JOIN ingest.reading AS r USING (capture_id)
            LEFT JOIN ingest.translation AS t USING (capture_id)
            WHERE n.notice_key = ANY (keys) AND n.page_kind IN ('notice', 'law')
            OFFSET 0
        ) AS x
        CROSS JOIN LATERAL ingest.folded_as(x.heading) AS f
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
    CROSS JOIN LATERAL ingest.folded_as(p.words) AS f;
END
$$;

-- -- search ----------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION public.search_notices(
    query text,
    issuer text DEFAULT NULL,
    document_type text DEFAULT NULL,
    since date DEFAULT NULL,
    until date DEFAULT NULL,
    max_rows int DEFAULT 50,
    ranked boolean DEFAULT false
) RETURNS TABLE (
    notice_key text,
    document_number text,
    issued_on date,
    title text,
    issuers text[],
    found_in text,
    snippet text,
    rank real,
    more boolean
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog
SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    -- Ranking or sorting all hits of a common word takes seconds.
    limited CONSTANT int := least(max_rows, 1000);
    most CONSTANT int := CASE WHEN ranked THEN 1000 ELSE limited END;
    terms CONSTANT ingest.term[] := ARRAY(SELECT t FROM ingest.terms(query) AS t);
    marks CONSTANT tsquery := ingest.all_of(
        array_remove(ARRAY['@' || issuer, '%' || document_type], NULL));
    needles CONSTANT text[] := ARRAY(SELECT t.needle FROM unnest(terms) AS t);
    sought CONSTANT text := ingest.number_key(query);
    hits ingest.hit[];
BEGIN
    hits := ARRAY(
        SELECT (n.notice_key, n.issued_on, p.part, 1)::ingest.hit
        FROM ingest.notice AS n
        JOIN ingest.passage AS p ON p.notice_key = n.notice_key
        WHERE n.notice_key = sought
            AND p.part = (SELECT min(f.part) FROM ingest.passage AS f WHERE f.notice_key = n.notice_key)
            AND (marks IS NULL OR p.tokens @@ marks)
            AND (search_notices.since IS NULL OR n.issued_on >= search_notices.since)
            AND (search_notices.until IS NULL OR n.issued_on < search_notices.until)
    );
    -- Each step may find again what those before it have found.
    FOR step IN 2..3 LOOP
        IF terms <> '{}' AND (ranked OR cardinality(hits) <= most) THEN
            hits := hits || ARRAY(
                SELECT h FROM ingest.newest_hits(
                    terms, marks, step = 2, search_notices.since, search_notices.until,
                    most + 1 + cardinality(hits)) AS h);
        END IF;
    END LOOP;
    RETURN QUERY
    WITH first AS (
        SELECT DISTINCT ON (h.notice_key) h.* FROM unnest(hits) AS h ORDER BY h.notice_key, h.tier
    ), scored AS (
        SELECT f.*, CASE WHEN ranked THEN (
            SELECT ts_rank(
                p.tokens,
                (SELECT string_agg(t.tokens::text, ' | ')::tsquery FROM unnest(terms) AS t))
                * ln(2 + (length(p.words) - length(replace(ingest.folded(p.words), needles[1], '')))
                    / greatest(1, length(needles[1])))
            FROM ingest.passage AS p WHERE p.notice_key = f.notice_key AND p.part = f.part
        )::real END AS rank
        FROM first AS f
    ), top AS (
        SELECT s.*, count(*) OVER () > limited AS more
        FROM scored AS s
        ORDER BY s.tier, s.rank DESC NULLS LAST, s.issued_on DESC NULLS LAST, s.notice_key
        LIMIT limited
    )
    SELECT
        t.notice_key, n.document_number, t.issued_on, n.title, n.issuers,
        CASE t.tier WHEN 1 THEN 'number' WHEN 2 THEN 'title' ELSE 'text' END,
        ingest.snippet(CASE WHEN t.tier < 3 THEN p.heading ELSE p.words END, needles),
        t.rank, t.more
    FROM top AS t
    JOIN ingest.notice AS n ON n.notice_key = t.notice_key
    JOIN ingest.passage AS p ON p.notice_key = t.notice_key AND p.part = t.part
    ORDER BY t.tier, t.rank DESC NULLS LAST, t.issued_on DESC NULLS LAST, t.notice_key;
END
$$;

ALTER FUNCTION public.search_notices(text, text, text, date, date, int, boolean)
    SET plan_cache_mode = force_generic_plan;
