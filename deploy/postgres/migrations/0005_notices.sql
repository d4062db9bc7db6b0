-- Notices as they stand now, and what is kept of each so that it can be found fast.
--
-- What is current follows from the table reading alone (one current reading a capture), and all
-- tables below follow from what is current: ingest.refresh() makes them anew for the notices that a
-- batch touched, in the batch's own transaction. So neither the order of arrival nor a replay makes
-- a difference. Whoever calls it first takes the lock of ingest.one_writer(): the readings it sees
-- are then all there are, and the order of ingest.change.sequence is the order of commits.

-- -- what a reading is a reading of -----------------------------------------------------------

CREATE FUNCTION ingest.notice_key(
    page_kind text, document_number text, issuers text[], url_key text
) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN page_kind IN ('notice', 'law')
        THEN coalesce(ingest.number_key(document_number, issuers), url_key)
    WHEN page_kind IN ('news', 'interview', 'interpretation') THEN url_key
END;

ALTER TABLE ingest.reading
    ADD COLUMN attachment_keys text[] NOT NULL DEFAULT '{}',
    ADD COLUMN notice_key text GENERATED ALWAYS AS (
        ingest.notice_key(page_kind, document_number, issuers, url_key)
    ) STORED,
    ADD COLUMN wording text GENERATED ALWAYS AS (ingest.wording(body_text)) STORED;
COMMENT ON COLUMN ingest.reading.attachment_keys IS
    'The url key of each attachment, in their order; empty text where the address is none.';
COMMENT ON COLUMN ingest.reading.notice_key IS
    'The notice that the page shows: its own number''s key where it has one, else its address; null '
    'for pages without a text.';
CREATE INDEX reading_notice_key ON ingest.reading (notice_key);
CREATE INDEX reading_address ON ingest.reading (url_key, captured_at);
CREATE INDEX capture_url_key ON ingest.capture (url_key, captured_at);
CREATE INDEX request_url_key ON ingest.request (url_key);

CREATE TABLE ingest.reading_key (
    notice_key text NOT NULL,
    capture_id text NOT NULL,
    PRIMARY KEY (capture_id, notice_key)
);
COMMENT ON TABLE ingest.reading_key IS
    'Every key under which any parser ever read a capture: none goes, so that old keys stay valid.';
CREATE INDEX reading_key_notice_key ON ingest.reading_key (notice_key);

CREATE TABLE ingest.translation (
    capture_id text PRIMARY KEY,
    parser_version bigint NOT NULL,
    translated_at timestamptz NOT NULL,
    event_id text NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'done', 'flagged', 'failed')),
    title_en text,
    text_en text,
    summary_en text,
    made_by text NOT NULL,
    provenance jsonb NOT NULL
);
COMMENT ON TABLE ingest.translation IS
    'What the translator made of a capture''s text: greatest (parser_version, translated_at, '
    'event_id).';
COMMENT ON COLUMN ingest.translation.provenance IS
    'Where the translated notice lies in the blob store, and for title, text and summary what '
    'shared/translation.py has of them without the texts.';

-- -- notices ---------------------------------------------------------------------------------

CREATE TABLE ingest.notice (
    notice_key text PRIMARY KEY,
    capture_id text NOT NULL,
    page_kind text NOT NULL,
    number_key text,
    series_key text,
    series text,
    serial int,
    title_key text,
    issued_on date,
    since timestamptz,
    first_captured_at timestamptz NOT NULL,
    last_captured_at timestamptz NOT NULL,
    captures bigint NOT NULL,
    versions bigint NOT NULL,
    copies bigint NOT NULL,
    conflicting boolean NOT NULL,
    fingerprint bigint[] NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE ingest.notice IS
    'A notice, or another page with a text, as it stands now; capture_id is the capture whose '
    'reading is shown.';
COMMENT ON COLUMN ingest.notice.since IS
    'From when it applies: the instant or day it names, else its date of issue, else of publication.';
COMMENT ON COLUMN ingest.notice.fingerprint IS
    'A hash of each field named by ingest.fields(), in that order.';
CREATE INDEX notice_newest ON ingest.notice (issued_on DESC NULLS LAST)
    WHERE page_kind IN ('notice', 'law');
CREATE INDEX notice_newest_page ON ingest.notice (issued_on DESC NULLS LAST);
CREATE INDEX notice_number ON ingest.notice (number_key);
CREATE INDEX notice_series ON ingest.notice (series_key, serial);
CREATE INDEX notice_title ON ingest.notice (title_key);
CREATE INDEX notice_changed_at ON ingest.notice (changed_at);
CREATE INDEX notice_capture_id ON ingest.notice (capture_id);

CREATE TABLE ingest.change (
    sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    notice_key text NOT NULL,
    page_kind text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('came', 'changed', 'went')),
    fields text[] NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX change_notice_key ON ingest.change (notice_key);

-- -- what a notice says ----------------------------------------------------------------------

CREATE TABLE ingest.citation (
    notice_key text NOT NULL,
    position int NOT NULL,
    relation text NOT NULL,
    document_number text,
    title text,
    number_key text,
    series_key text,
    serial int,
    title_key text,
    clause text,
    since timestamptz,
    until timestamptz,
    PRIMARY KEY (notice_key, position)
);
CREATE INDEX citation_number_key ON ingest.citation (number_key);
CREATE INDEX citation_series ON ingest.citation (series_key, serial);
CREATE INDEX citation_title_key ON ingest.citation (title_key) WHERE number_key IS NULL;
CREATE INDEX citation_changes ON ingest.citation (relation)
    WHERE relation NOT IN ('basis', 'mentions', 'explains');

CREATE TABLE ingest.regulated_item (
    notice_key text NOT NULL,
    position int NOT NULL,
    code_position int NOT NULL,
    control_code text,
    name text NOT NULL,
    hs_code text,
    hs_role text,
    direction text,
    destination text,
    PRIMARY KEY (notice_key, position, code_position)
);
CREATE INDEX regulated_item_hs_code ON ingest.regulated_item (hs_code text_pattern_ops);
CREATE INDEX regulated_item_control_code ON ingest.regulated_item (control_code text_pattern_ops);

CREATE TABLE ingest.duty_rate (
    notice_key text NOT NULL,
    position int NOT NULL,
    product text NOT NULL,
    origin text,
    company_zh text,
    company_latin text,
    rate numeric NOT NULL,
    since date,
    until date,
    PRIMARY KEY (notice_key, position)
);

CREATE TABLE ingest.listed_entity (
    notice_key text NOT NULL,
    position int NOT NULL,
    list text NOT NULL,
    action text NOT NULL,
    name_zh text,
    name_latin text,
    zh_key text,
    latin_key text,
    kind text,
    address text,
    printed_position int,
    since date,
    PRIMARY KEY (notice_key, position)
);
CREATE INDEX listed_entity_zh ON ingest.listed_entity (zh_key);
CREATE INDEX listed_entity_latin ON ingest.listed_entity (latin_key);

CREATE TABLE ingest.deadline (
    notice_key text NOT NULL,
    position int NOT NULL,
    "on" date,
    due text NOT NULL,
    sentence text NOT NULL,
    PRIMARY KEY (notice_key, position)
);
CREATE INDEX deadline_on ON ingest.deadline ("on");

CREATE TABLE ingest.attachment (
    notice_key text NOT NULL,
    position int NOT NULL,
    name text NOT NULL,
    url text NOT NULL,
    type text,
    url_key text,
    PRIMARY KEY (notice_key, position)
);
CREATE INDEX attachment_url_key ON ingest.attachment (url_key);

-- A tsvector ends at 1 MB, so long texts are cut; the pieces overlap, so that no phrase is cut.
CREATE TABLE ingest.passage (
    notice_key text NOT NULL,
    part int NOT NULL,
    issued_on date,
    words text NOT NULL,
    tokens tsvector NOT NULL,
    PRIMARY KEY (notice_key, part)
);
COMMENT ON TABLE ingest.passage IS
    'What search_notices() searches: part 0 is number and title, 1 and on the text, 100001 and on '
    'the English text. Tokens that begin with # @ % are marks: #DAYS:BUCKET of the date of issue, @issuer, '
    '%type; those of titles stand a second time with ^, each character too.';
CREATE INDEX passage_tokens ON ingest.passage USING gin (tokens);

-- -- keeping them ----------------------------------------------------------------------------

CREATE FUNCTION ingest.one_writer() RETURNS void
LANGUAGE sql VOLATILE AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('mofcom notices', 0))
$$;
COMMENT ON FUNCTION ingest.one_writer() IS
    'To be called first in a transaction that calls refresh(); held until its end.';

CREATE FUNCTION ingest.fields() RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY[
    'page_kind', 'document_number', 'title', 'document_type', 'issuers', 'department', 'addressees',
    'issued_on', 'published_at', 'effective_on', 'effective_at', 'body_text', 'source',
    'column_name', 'index_number', 'validity', 'url', 'details', 'attachments', 'title_en',
    'text_en', 'summary_en', 'translation_state', 'versions', 'copies', 'conflicting'
];

CREATE FUNCTION ingest.hashes(fields text[]) RETURNS bigint[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY(
    SELECT coalesce(hashtextextended(f.field, 0), 0)
    FROM unnest(fields) WITH ORDINALITY AS f (field, n) ORDER BY f.n
);

CREATE FUNCTION ingest.midnight(day date) RETURNS timestamptz
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN day::timestamp AT TIME ZONE 'UTC' - INTERVAL '8 hours';
COMMENT ON FUNCTION ingest.midnight(date) IS 'The instant at which a day begins in China.';

CREATE FUNCTION ingest.bucket(day date, days int) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN '#' || days || ':' || (day - DATE '1949-10-01') / days;
COMMENT ON FUNCTION ingest.bucket(date, int) IS
    'The mark of so many days of issue: search looks at the newest first and stops when it has enough. '
    'Three sizes (10, 160, 2560), since an index is slow with a query of hundreds of marks.';

CREATE FUNCTION ingest.name_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN nullif(regexp_replace(ingest.folded(normalize(name, NFKC)), '[^a-z0-9一-鿿㐀-䶿]+', '', 'g'), '');
COMMENT ON FUNCTION ingest.name_key(text) IS
    'What the spellings of a name share: Skydio, Inc. and SKYDIO INC are skydioinc.';

CREATE FUNCTION ingest.refresh(captures text[]) RETURNS bigint
LANGUAGE plpgsql VOLATILE
SET timezone = 'Asia/Shanghai'
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
            notice_key, capture_id, page_kind, number_key, series_key, series, serial, title_key,
            issued_on, since, first_captured_at, last_captured_at, captures, versions, copies,
            conflicting, fingerprint
        )
        SELECT
            chosen.notice_key, chosen.capture_id, r.page_kind,
            p.number_key, p.series_key, p.series, p.serial,
            ingest.title_key(r.title),
            r.issued_on,
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
            page_kind = excluded.page_kind,
            number_key = excluded.number_key,
            series_key = excluded.series_key,
            series = excluded.series,
            serial = excluded.serial,
            title_key = excluded.title_key,
            issued_on = excluded.issued_on,
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
COMMENT ON FUNCTION ingest.refresh(text[]) IS
    'Bring the notices that these captures are or were readings of up to date; answers how many came, '
    'changed or went.';

CREATE FUNCTION ingest.refresh_parts(keys text[]) RETURNS void
LANGUAGE plpgsql VOLATILE
SET timezone = 'Asia/Shanghai'
AS $$
BEGIN
    DELETE FROM ingest.citation WHERE notice_key = ANY (keys);
    INSERT INTO ingest.citation
    SELECT n.notice_key, e.n, e.item->>'relation', e.item->>'document_number', e.item->>'title',
        p.number_key, p.series_key, p.serial,
        ingest.title_key(e.item->>'title'),
        e.item->>'clause', (e.item->>'since')::timestamptz, (e.item->>'until')::timestamptz
    FROM ingest.notice AS n
    JOIN ingest.reading AS r USING (capture_id)
    CROSS JOIN LATERAL jsonb_array_elements(r.notice->'citations') WITH ORDINALITY AS e (item, n)
    CROSS JOIN LATERAL ingest.number_parts(e.item->>'document_number') AS p
    WHERE n.notice_key = ANY (keys);

    DELETE FROM ingest.regulated_item WHERE notice_key = ANY (keys);
    INSERT INTO ingest.regulated_item
    SELECT n.notice_key, e.n, coalesce(h.n, 0), e.item->>'control_code', e.item->>'name',
        h.code->>'code', h.code->>'role', e.item->>'direction', e.item->>'destination'
    FROM ingest.notice AS n
    JOIN ingest.reading AS r USING (capture_id)
    CROSS JOIN LATERAL jsonb_array_elements(r.notice->'regulated_items')
        WITH ORDINALITY AS e (item, n)
    LEFT JOIN LATERAL jsonb_array_elements(e.item->'hs_codes')
        WITH ORDINALITY AS h (code, n) ON true
    WHERE n.notice_key = ANY (keys);

    DELETE FROM ingest.duty_rate WHERE notice_key = ANY (keys);
    INSERT INTO ingest.duty_rate
    SELECT n.notice_key, e.n, e.item->>'product', e.item->>'origin', e.item->>'company_zh',
        e.item->>'company_latin', (e.item->>'rate')::numeric,
        (e.item->>'since')::date, (e.item->>'until')::date
    FROM ingest.notice AS n
    JOIN ingest.reading AS r USING (capture_id)
    CROSS JOIN LATERAL jsonb_array_elements(r.notice->'duty_rates') WITH ORDINALITY AS e (item, n)
    WHERE n.notice_key = ANY (keys);

    DELETE FROM ingest.listed_entity WHERE notice_key = ANY (keys);
    INSERT INTO ingest.listed_entity
    SELECT n.notice_key, e.n, e.item->>'list', e.item->>'action', e.item->>'name_zh',
        e.item->>'name_latin', ingest.name_key(e.item->>'name_zh'),
        ingest.name_key(e.item->>'name_latin'), e.item->>'kind', e.item->>'address',
        (e.item->>'position')::int,
        coalesce((e.item->>'effective_on')::date, (n.since AT TIME ZONE 'Asia/Shanghai')::date)
    FROM ingest.notice AS n
    JOIN ingest.reading AS r USING (capture_id)
    CROSS JOIN LATERAL jsonb_array_elements(r.notice->'listed_entities')
        WITH ORDINALITY AS e (item, n)
    WHERE n.notice_key = ANY (keys);

    DELETE FROM ingest.deadline WHERE notice_key = ANY (keys);
    INSERT INTO ingest.deadline
    SELECT n.notice_key, e.n, (e.item->>'on')::date, e.item->>'due', e.item->>'text'
    FROM ingest.notice AS n
    JOIN ingest.reading AS r USING (capture_id)
    CROSS JOIN LATERAL jsonb_array_elements(r.notice->'deadlines') WITH ORDINALITY AS e (item, n)
    WHERE n.notice_key = ANY (keys);

    DELETE FROM ingest.attachment WHERE notice_key = ANY (keys);
    INSERT INTO ingest.attachment
    SELECT n.notice_key, e.n, e.item->>'name', e.item->>'url', e.item->>'type',
        nullif(r.attachment_keys[e.n], '')
    FROM ingest.notice AS n
    JOIN ingest.reading AS r USING (capture_id)
    CROSS JOIN LATERAL jsonb_array_elements(r.notice->'attachments') WITH ORDINALITY AS e (item, n)
    WHERE n.notice_key = ANY (keys);

    DELETE FROM ingest.passage WHERE notice_key = ANY (keys);
    INSERT INTO ingest.passage
    SELECT n.notice_key, w.part, n.issued_on, w.words,
        array_to_tsvector(ingest.tokens(ingest.folded(w.words)) || w.more || m.marks)
    FROM ingest.notice AS n
    JOIN ingest.reading AS r USING (capture_id)
    LEFT JOIN ingest.translation AS t USING (capture_id)
    CROSS JOIN LATERAL (
        SELECT array_remove(
            ARRAY[ingest.bucket(n.issued_on, 10), ingest.bucket(n.issued_on, 160),
                ingest.bucket(n.issued_on, 2560), '%' || r.document_type]
            || ARRAY(SELECT '@' || i FROM unnest(r.issuers) AS i), NULL) AS marks
    ) AS m
    CROSS JOIN LATERAL (
        SELECT 0 AS part, h.words, ARRAY(
            SELECT '^' || token FROM unnest(
                ingest.tokens(ingest.folded(h.words)) || ingest.characters(ingest.folded(h.words))
            ) AS token) AS more
        FROM (SELECT ingest.readable(concat_ws(' ', r.document_number, r.title, t.title_en)))
            AS h (words)
        UNION ALL
        SELECT p.part, p.words, '{}' FROM ingest.pieces(r.body_text) AS p
        UNION ALL
        SELECT 100000 + p.part, p.words, '{}'
        FROM ingest.pieces(concat_ws(' ', t.summary_en, t.text_en)) AS p
    ) AS w
    WHERE n.notice_key = ANY (keys) AND n.page_kind IN ('notice', 'law');
END
$$;

CREATE FUNCTION ingest.pieces(words text) RETURNS TABLE (part int, words text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT i, substr(r.words, (i - 1) * 3800 + 1, 4000)
    FROM (SELECT ingest.readable($1) AS words) AS r
    CROSS JOIN LATERAL generate_series(1, greatest(1, ceil((length(r.words) - 200) / 3800.0)::int)) AS i
    WHERE r.words <> ''
$$;
COMMENT ON FUNCTION ingest.pieces(text) IS
    'A text in pieces of at most 4,000 characters, each of which repeats the last 200 of the one before.';

-- What was read before this migration.
INSERT INTO ingest.reading_key (notice_key, capture_id)
SELECT notice_key, capture_id FROM ingest.reading WHERE notice_key IS NOT NULL;
SELECT ingest.refresh(ARRAY(SELECT capture_id FROM ingest.reading));
