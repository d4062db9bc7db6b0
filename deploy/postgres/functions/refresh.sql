-- needs: authority, copies, goods_words, keys, lists, newest_file, party, passages, days

-- Current notices, and the derived tables that make queries fast.
--
-- What is current follows from ingest.reading alone (one current reading a capture; of several copies
-- of a document that of the highest section of the site, there the newest that is signed and dated), and
-- ingest.notice and the tables of a notice's details follow from what is current: ingest.refresh()
-- rebuilds them for the notices that a batch touched, in the batch's own transaction. So neither the
-- order of arrival nor a replay makes a difference. Its caller takes the lock of ingest.one_writer() first: the readings
-- that it sees are then all there are, and the order of ingest.change.sequence is the order of commits.

CREATE OR REPLACE FUNCTION ingest.one_writer() RETURNS void
LANGUAGE sql VOLATILE AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('mofcom notices', 0))
$$;
COMMENT ON FUNCTION ingest.one_writer() IS
    'Takes the lock that refresh() needs, until the end of the transaction; to be called first in '
    'it.';

CREATE OR REPLACE FUNCTION ingest.fields() RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY[
    'page_kind', 'document_number', 'title', 'document_type', 'issuers', 'department', 'addressees',
    'issued_on', 'published_at', 'effective_on', 'effective_at', 'body_text', 'source',
    'column_name', 'index_number', 'validity', 'url', 'details', 'attachments', 'title_en',
    'text_en', 'summary_en', 'translation_state', 'versions', 'copies', 'conflicting'
];

CREATE OR REPLACE FUNCTION ingest.hashes(fields text[]) RETURNS bigint[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY(
    SELECT coalesce(hashtextextended(f.field, 0), 0)
    FROM unnest(fields) WITH ORDINALITY AS f (field, n) ORDER BY f.n
);

-- jit off: the planner overestimates what JSON holds a hundredfold, and would compile each batch.
CREATE OR REPLACE FUNCTION ingest.refresh(captures text[]) RETURNS bigint
LANGUAGE plpgsql VOLATILE
SET timezone = 'Asia/Shanghai'
SET jit = off
AS $$
DECLARE
    joined CONSTANT text[] := ingest.join_copies(captures);
    keys CONSTANT text[] := ARRAY(
        SELECT k.notice_key FROM ingest.reading_key AS k WHERE k.capture_id = ANY (captures)
        UNION
        SELECT unnest(joined)
        ORDER BY 1);
    english CONSTANT text[] := ARRAY['title_en', 'text_en', 'summary_en', 'translation_state'];
    touched text[];
    reread text[];
    gone text[];
BEGIN
    WITH shown AS (
        SELECT r.notice_key, r.capture_id, r.captured_at, r.url_key, r.wording,
            coalesce(r.site_rank, 0) AS site_rank,
            r.issued_on IS NOT NULL AND r.issuers <> '{}' AS signed
        FROM ingest.reading AS r
        WHERE r.notice_key = ANY (keys)
    ), chosen AS (
        SELECT DISTINCT ON (notice_key) notice_key, capture_id
        FROM shown
        ORDER BY notice_key, site_rank DESC, signed DESC, captured_at DESC, capture_id DESC
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
    ), attached AS (
        -- OFFSET 0: what a file contains is looked up once for each notice.
        SELECT x.notice_key, x.files, x.inputs,
            CASE WHEN x.inputs IS NOT NULL THEN coalesce(l.inputs, x.lists) END AS lists
        FROM (
            SELECT chosen.notice_key, f.files, was.lists,
                CASE WHEN f.is_any_read THEN encode(sha256(convert_to(
                    concat_ws(E'\n', c.url, r.wording, (r.notice - 'parser_version')::text, f.files),
                    'UTF8')), 'hex') END AS inputs
            FROM chosen
            JOIN ingest.reading AS r ON r.capture_id = chosen.capture_id
            JOIN ingest.capture AS c ON c.capture_id = chosen.capture_id
            CROSS JOIN LATERAL ingest.files_at(nullif(r.attachment_keys, '{}')) AS f
            LEFT JOIN ingest.notice AS was ON was.notice_key = chosen.notice_key
            OFFSET 0
        ) AS x
        LEFT JOIN ingest.lists AS l ON l.inputs = x.inputs AND l.lists IS NOT NULL
    ), written AS (
        INSERT INTO ingest.notice AS held (
            notice_key, capture_id, captured_at, page_kind, series_key, series, serial,
            document_number, title, title_key, document_type, issuers, department, addressees,
            issued_on, published_at, effective_on, effective_at, last_day, remedy_stage, source,
            column_name, index_number, validity, doubt, language, changeable_by, since,
            first_captured_at, last_captured_at,
            captures, versions, copies, conflicting, inputs, lists, fingerprint
        )
        SELECT
            chosen.notice_key, chosen.capture_id, r.captured_at, r.page_kind,
            r.series_key, r.series, r.serial,
            r.document_number, r.title, ingest.title_key(r.title), r.document_type, r.issuers,
            r.department, r.addressees, r.issued_on, r.published_at, r.effective_on,
            r.effective_at, r.last_day, r.remedy_stage, r.source, r.column_name,
            r.index_number, r.validity, r.doubt, coalesce(r.language, 'zh'), r.changeable_by,
            coalesce(r.effective_at, ingest.midnight(r.effective_on),
                ingest.midnight(r.issued_on), r.published_at),
            span.first_captured_at, span.last_captured_at, span.captures, span.versions,
            copy.copies, copy.conflicting, attached.inputs, attached.lists,
            ingest.hashes(ARRAY[
                r.page_kind, r.document_number, r.title, r.document_type, r.issuers::text,
                r.department, r.addressees::text, r.issued_on::text, r.published_at::text,
                r.effective_on::text, r.effective_at::text, r.wording, r.source,
                r.column_name, r.index_number, r.validity, c.url,
                (r.notice - 'parser_version')::text || coalesce(l.lists::text, ''),
                r.attachment_keys::text || coalesce(attached.files, ''),
                t.title_en, t.text_en, t.summary_en, t.state,
                span.versions::text, copy.copies::text, copy.conflicting::text])
        FROM chosen
        JOIN span USING (notice_key)
        JOIN copy USING (notice_key)
        JOIN attached USING (notice_key)
        JOIN ingest.reading AS r ON r.capture_id = chosen.capture_id
        JOIN ingest.capture AS c ON c.capture_id = chosen.capture_id
        LEFT JOIN ingest.translation AS t ON t.capture_id = chosen.capture_id
        LEFT JOIN ingest.lists AS l ON l.inputs = attached.lists
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
            last_day = excluded.last_day,
            remedy_stage = excluded.remedy_stage,
            source = excluded.source,
            column_name = excluded.column_name,
            index_number = excluded.index_number,
            validity = excluded.validity,
            doubt = excluded.doubt,
            language = excluded.language,
            changeable_by = excluded.changeable_by,
            since = excluded.since,
            first_captured_at = excluded.first_captured_at,
            last_captured_at = excluded.last_captured_at,
            captures = excluded.captures,
            versions = excluded.versions,
            copies = excluded.copies,
            conflicting = excluded.conflicting,
            inputs = excluded.inputs,
            lists = excluded.lists,
            fingerprint = excluded.fingerprint,
            changed_at = CASE WHEN held.fingerprint = excluded.fingerprint
                THEN held.changed_at ELSE excluded.changed_at END
        WHERE (held.capture_id, held.captures, held.first_captured_at, held.last_captured_at,
               held.changeable_by, held.inputs, held.lists, held.fingerprint)
            IS DISTINCT FROM
              (excluded.capture_id, excluded.captures, excluded.first_captured_at,
               excluded.last_captured_at, excluded.changeable_by, excluded.inputs, excluded.lists,
               excluded.fingerprint)
        RETURNING WITH (OLD AS was, NEW AS became)
            became.notice_key, became.page_kind, became.fingerprint,
            was.fingerprint AS old_fingerprint
    ), logged AS (
        INSERT INTO ingest.change (notice_key, page_kind, kind, fields)
        SELECT w.notice_key, w.page_kind,
            CASE WHEN w.old_fingerprint IS NULL THEN 'added' ELSE 'changed' END,
            ARRAY(
                SELECT f.name FROM unnest(ingest.fields()) WITH ORDINALITY AS f (name, n)
                WHERE w.old_fingerprint IS NOT NULL
                    AND w.fingerprint[f.n] IS DISTINCT FROM w.old_fingerprint[f.n]
                ORDER BY f.n)
        FROM written AS w
        WHERE w.fingerprint IS DISTINCT FROM w.old_fingerprint
        ORDER BY w.notice_key
        RETURNING notice_key, kind, fields
    )
    SELECT array_agg(notice_key),
        array_agg(notice_key) FILTER (WHERE kind = 'added' OR NOT fields <@ english)
    INTO touched, reread FROM logged;

    WITH deleted AS (
        DELETE FROM ingest.notice AS n
        WHERE n.notice_key = ANY (keys)
            AND NOT EXISTS (SELECT FROM ingest.reading AS r WHERE r.notice_key = n.notice_key)
        RETURNING n.notice_key, n.page_kind
    ), logged AS (
        INSERT INTO ingest.change (notice_key, page_kind, kind, fields)
        SELECT notice_key, page_kind, 'removed', '{}' FROM deleted ORDER BY notice_key
        RETURNING notice_key
    )
    SELECT array_agg(notice_key) INTO gone FROM logged;

    touched := coalesce(touched, '{}') || coalesce(gone, '{}');
    IF touched = '{}' THEN
        RETURN 0;
    END IF;
    -- English comes later than the rest, and is none of its parts: those are not written twice.
    PERFORM ingest.refresh_parts(coalesce(reread, '{}') || coalesce(gone, '{}'));
    PERFORM ingest.refresh_passages(touched);
    -- Without a payload all of a transaction's are one; a queue half full means a listener that
    -- reads nothing, and one that is full would stop the writer.
    IF pg_notification_queue_usage() < 0.5 THEN
        NOTIFY changes;
    END IF;
    RETURN cardinality(touched);
END
$$;
COMMENT ON FUNCTION ingest.refresh(text[]) IS
    'Updates the notices that these captures are or were readings of; returns how many were added, '
    'changed or removed.';

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
    DELETE FROM ingest.unread WHERE notice_key = ANY (keys);
    DELETE FROM ingest.attachment WHERE notice_key = ANY (keys);

    -- One statement, so that each notice's JSON is read once.
    WITH shown AS MATERIALIZED (
        SELECT n.notice_key, n.since, r.attachment_keys, r.body_text, r.title, d.*
        FROM ingest.notice AS n
        JOIN ingest.reading AS r USING (capture_id)
        LEFT JOIN ingest.lists AS l ON l.inputs = n.lists
        CROSS JOIN LATERAL jsonb_to_record(r.notice || coalesce(l.lists, '{}')) AS d (
            citations jsonb, regulated_items jsonb, duty_rates jsonb, listed_entities jsonb,
            deadlines jsonb, attachments jsonb, unread jsonb, evidence jsonb, in_attachments jsonb)
        WHERE n.notice_key = ANY (keys)
    ), located AS MATERIALIZED (
        -- The place in an attachment of an item, a rate, an entity: that of the first of its values in a row.
        SELECT DISTINCT ON (s.notice_key, x.item) s.notice_key, x.item,
            v.place->>'attachment' AS attachment, (v.place->>'page')::int AS page,
            v.place->>'sheet' AS sheet, (v.place->>'block')::int + 1 AS block,
            (v.place->>'row')::int + 1 AS "row"
        FROM shown AS s
        CROSS JOIN LATERAL jsonb_array_elements(s.in_attachments) WITH ORDINALITY AS v (place, n)
        CROSS JOIN LATERAL (SELECT split_part(v.place->>'field', '.', 1) AS item) AS x
        ORDER BY s.notice_key, x.item, v.place->>'row' IS NULL, v.n
    ), quoted AS MATERIALIZED (
        -- The sentence in which the verb of a change or of a list's decision stands.
        SELECT s.notice_key, v.item->>'field' AS field, ingest.sentence_at(
            CASE v.item->>'source' WHEN 'body_text' THEN s.body_text WHEN 'title' THEN s.title END,
            (v.item->>'start')::int) AS quote
        FROM shown AS s
        CROSS JOIN LATERAL jsonb_array_elements(s.evidence) AS v (item)
        WHERE (s.citations <> '[]' OR s.listed_entities <> '[]')
            AND v.item->>'field' ~ '^(citations\[\d+\]\.relation|listed_entities\[\d+\]\.action)$'
    ), citation AS (
        INSERT INTO ingest.citation
        SELECT s.notice_key, e.n, e.item->>'relation', e.item->>'document_number',
            e.item->>'title', e.number->>'key', e.number->>'series_key', (e.number->>'serial')::int,
            ingest.title_key(e.item->>'title'),
            e.item->>'clause', (e.item->>'since')::timestamptz, (e.item->>'until')::timestamptz,
            e.number->>'series', v.quote, coalesce(e.item->>'mood', 'asserted'),
            e.item->>'object', e.item->>'reason'
        FROM shown AS s
        CROSS JOIN LATERAL (
            SELECT c.item, c.n, c.item->'document_number_parts' AS number
            FROM jsonb_array_elements(s.citations) WITH ORDINALITY AS c (item, n)
        ) AS e
        LEFT JOIN LATERAL (
            SELECT quote FROM quoted
            WHERE quoted.notice_key = s.notice_key
                AND quoted.field = 'citations[' || e.n - 1 || '].relation'
                AND ingest.is_change(e.item->>'relation')
            LIMIT 1
        ) AS v ON true
    -- What was recognised in a picture counts for nothing: it is in recognised_values.
    ), regulated_item AS (
        INSERT INTO ingest.regulated_item
        SELECT s.notice_key, e.n, coalesce(h.n, 0), e.item->>'control_code', e.item->>'name',
            h.code->>'code', h.code->>'role', e.item->>'direction', e.item->>'destination',
            e.item->>'measure', e.item->>'condition',
            CASE WHEN h.code IS NULL THEN ingest.goods_words(e.item->>'name') END,
            p.attachment, p.page, p.sheet, p.block, p."row"
        FROM shown AS s
        CROSS JOIN LATERAL jsonb_array_elements(s.regulated_items) WITH ORDINALITY AS e (item, n)
        LEFT JOIN LATERAL jsonb_array_elements(e.item->'hs_codes')
            WITH ORDINALITY AS h (code, n) ON true
        LEFT JOIN located AS p ON p.notice_key = s.notice_key
            AND p.item = 'regulated_items[' || e.n - 1 || ']'
        WHERE e.item->>'confidence' IS NULL
    ), duty_rate AS (
        INSERT INTO ingest.duty_rate
        SELECT s.notice_key, e.n, e.item->>'product', e.item->>'origin', e.item->>'company_zh',
            e.item->>'company_latin', (e.item->>'rate')::numeric,
            (e.item->>'since')::date, (e.item->>'last_day')::date, e.item->>'measure',
            e.item->>'stage',
            ARRAY(SELECT jsonb_array_elements_text(e.item->'hs_codes')),
            p.attachment, p.page, p.sheet, p.block, p."row"
        FROM shown AS s
        CROSS JOIN LATERAL jsonb_array_elements(s.duty_rates) WITH ORDINALITY AS e (item, n)
        LEFT JOIN located AS p ON p.notice_key = s.notice_key
            AND p.item = 'duty_rates[' || e.n - 1 || ']'
        WHERE e.item->>'confidence' IS NULL
    ), listed_entity AS (
        INSERT INTO ingest.listed_entity
        SELECT s.notice_key, e.n, e.item->>'list', e.item->>'action', e.item->>'name_zh',
            e.item->>'name_latin', ingest.name_key(e.item->>'name_zh'),
            ingest.name_key(e.item->>'name_latin'), e.item->>'kind', e.item->>'address',
            (e.item->>'position')::int,
            coalesce((e.item->>'effective_on')::date, ingest.day_in_china(s.since)),
            e.item->>'former_name', ingest.name_key(e.item->>'former_name'),
            (e.item->>'until')::timestamptz, v.quote, ingest.party(e.item->>'name_zh'),
            ingest.party(e.item->>'name_latin'), ingest.party(e.item->>'former_name'),
            e.item->>'country', p.attachment, p.page, p.sheet, p.block, p."row"
        FROM shown AS s
        CROSS JOIN LATERAL jsonb_array_elements(s.listed_entities) WITH ORDINALITY AS e (item, n)
        LEFT JOIN quoted AS v ON v.notice_key = s.notice_key
            AND v.field = 'listed_entities[' || e.n - 1 || '].action'
        LEFT JOIN located AS p ON p.notice_key = s.notice_key
            AND p.item = 'listed_entities[' || e.n - 1 || ']'
        WHERE e.item->>'confidence' IS NULL
    ), deadline AS (
        INSERT INTO ingest.deadline
        SELECT s.notice_key, e.n, (e.item->>'on')::date, e.item->>'due', e.item->>'text'
        FROM shown AS s
        CROSS JOIN LATERAL jsonb_array_elements(s.deadlines) WITH ORDINALITY AS e (item, n)
        WHERE e.item->>'confidence' IS NULL
    ), unread AS (
        INSERT INTO ingest.unread
        SELECT s.notice_key, e.n, e.item->>'kind',
            substr(CASE e.item->>'source' WHEN 'title' THEN s.title ELSE s.body_text END,
                (e.item->>'start')::int + 1,
                least(300, (e.item->>'end')::int - (e.item->>'start')::int)),
            e.item->>'source', (e.item->>'start')::int, (e.item->>'end')::int
        FROM shown AS s
        CROSS JOIN LATERAL jsonb_array_elements(s.unread) WITH ORDINALITY AS e (item, n)
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
    WHERE n.notice_key = ANY (keys) AND n.page_kind IN ('notice', 'law') AND n.language = 'zh';
END
$$;

CREATE OR REPLACE FUNCTION ingest.refresh_passages(keys text[]) RETURNS void
LANGUAGE plpgsql VOLATILE
SET timezone = 'Asia/Shanghai'
SET jit = off
AS $$
BEGIN
    DELETE FROM ingest.passage WHERE notice_key = ANY (keys);

    -- Each OFFSET 0 keeps what was made from being made anew at each use.
    INSERT INTO ingest.passage
    SELECT h.notice_key, p.part, h.issued_on, h.heading, p.words,
        array_to_tsvector(ingest.tokens(f.words) || h.tokens || h.marks
            || CASE WHEN p.long THEN ARRAY['#long'] ELSE '{}' END
            || CASE WHEN p.parts > 1 THEN ARRAY['#parts'] ELSE '{}' END
            || CASE WHEN p.nth = 1 THEN ARRAY(SELECT '^' || t FROM unnest(
                h.tokens || ingest.characters(h.folded)) AS t) ELSE '{}' END),
        h.traditional OR f.traditional, p.place
    FROM (
        SELECT x.*, f.words AS folded, f.traditional, ingest.tokens(f.words) AS tokens
        FROM (
            SELECT n.notice_key, d.day AS issued_on, r.body_text,
                concat_ws(' ', t.summary_en, t.text_en, (
                    SELECT string_agg(e.term, '; ' ORDER BY e.n)
                    FROM jsonb_array_elements_text(t.provenance -> 'terms')
                        WITH ORDINALITY AS e (term, n)
                )) AS english,
                ingest.readable(concat_ws(' ', n.document_number, n.title, t.title_en))
                    AS heading,
                array_remove(
                    ARRAY[ingest.bucket(d.day, 10), ingest.bucket(d.day, 160),
                        ingest.bucket(d.day, 2560), '%' || n.document_type]
                    || ARRAY(SELECT '@' || i FROM unnest(n.issuers) AS i), NULL) AS marks
            FROM ingest.notice AS n
            JOIN ingest.reading AS r USING (capture_id)
            LEFT JOIN ingest.translation AS t USING (capture_id)
            -- An interview is of the day on which it was published.
            CROSS JOIN LATERAL (
                SELECT CASE WHEN n.page_kind = 'interview' THEN ingest.day_of(n.issued_on, n.published_at)
                    ELSE n.issued_on END AS day
            ) AS d
            WHERE n.notice_key = ANY (keys) AND n.language = 'zh'
                AND (n.page_kind IN ('notice', 'law') OR n.page_kind = 'interview' AND (
                    -- All suspensions of lists in 2025 were announced in interviews.
                    EXISTS (SELECT FROM ingest.listed_entity AS e WHERE e.notice_key = n.notice_key)
                    OR EXISTS (
                        SELECT FROM ingest.citation AS c
                        WHERE c.notice_key = n.notice_key AND ingest.is_change(c.relation))))
            OFFSET 0
        ) AS x
        CROSS JOIN LATERAL ingest.folded_as(x.heading) AS f
        OFFSET 0
    ) AS h
    CROSS JOIN LATERAL (
        SELECT w.part, w.words, w.long, count(*) OVER () AS parts,
            row_number() OVER (ORDER BY w.part) AS nth, w.place
        FROM (
            SELECT z.part, z.words, count(*) OVER () > 1 AS long, z.place
            FROM (
                SELECT t.part, t.words, NULL AS place FROM ingest.pieces(h.body_text) AS t
                UNION ALL
                SELECT 200000 + row_number() OVER (ORDER BY a.position, x.n, t.part)::int, t.words,
                    concat_ws(', ', concat_ws('#', a.name, x.text ->> 'member'),
                        'page ' || (x.text ->> 'page'), x.text ->> 'sheet')
                FROM ingest.attachment AS a
                CROSS JOIN LATERAL (
                    SELECT v.texts FROM ingest.newest_file AS v WHERE v.url_key = a.url_key OFFSET 0
                ) AS f
                CROSS JOIN LATERAL jsonb_array_elements(f.texts) WITH ORDINALITY AS x (text, n)
                CROSS JOIN LATERAL ingest.pieces(x.text ->> 'text') AS t
                WHERE a.notice_key = h.notice_key
            ) AS z
            UNION ALL
            SELECT 100000 + e.part, e.words, count(*) OVER () > 1, NULL
            FROM ingest.pieces(h.english) AS e
            UNION ALL
            -- A heading alone is searched, too.
            SELECT 1, '', false, NULL WHERE coalesce(h.body_text, '') = '' AND h.english = ''
        ) AS w
    ) AS p
    CROSS JOIN LATERAL ingest.folded_as(p.words) AS f;
END
$$;
