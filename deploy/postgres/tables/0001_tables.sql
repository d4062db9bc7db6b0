-- What the indexer writes (schema ingest) and what the fetcher must know after a restart (schema
-- fetcher). What users query are the views in ../views.
--
-- Every table of ingest is written by guarded upserts: the row that stands is the one with the
-- greatest (or, for what was asked, the least) tuple of the columns named in its comment. So the
-- order in which events arrive, and how often, makes no difference.

CREATE SCHEMA ingest;
COMMENT ON SCHEMA ingest IS
    'Written by the indexer alone. Query the views in public; these tables may change at any time.';

-- -- functions of stored columns --------------------------------------------------------------

-- convert_to() counts as depending on the database, which is UTF-8 for good.
CREATE FUNCTION ingest.wording(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN encode(
    sha256(convert_to(regexp_replace(normalize(words, NFKC), '\s+', '', 'g'), 'UTF8')), 'hex');
COMMENT ON FUNCTION ingest.wording(text) IS
    'What two texts share that are one wording: sha256 after NFKC and removal of white space.';

-- -- what was asked for -----------------------------------------------------------------------

CREATE TABLE ingest.address (
    address_id text PRIMARY KEY,
    address text NOT NULL,
    origin text NOT NULL,
    asked_at timestamptz NOT NULL,
    asked jsonb NOT NULL
);
COMMENT ON TABLE ingest.address IS
    'Every address ever given. The first to ask stands: least (asked_at, asked).';
COMMENT ON COLUMN ingest.address.asked IS
    'The address.requested event at attempt 1, from which the scheduler makes the next.';

CREATE TABLE ingest.request (
    request_id text PRIMARY KEY,
    address_id text,
    url_key text NOT NULL,
    cdx_urlkey text,
    url text NOT NULL,
    "timestamp" text,
    asked_day date,
    kind text NOT NULL CHECK (kind IN ('page', 'attachment')),
    backlog boolean NOT NULL,
    asked_at timestamptz NOT NULL,
    asked jsonb NOT NULL
);
COMMENT ON TABLE ingest.request IS
    'Every request ever made. A live asking stands before a sweep''s, then the first to ask: '
    'least (backlog, asked_at, asked).';
COMMENT ON COLUMN ingest.request.cdx_urlkey IS
    'The archive''s own key, as its index gave it; url_key is always ours.';
COMMENT ON COLUMN ingest.request.asked_day IS
    'The day that the asked timestamp names, missing digits read as the first; null for the '
    'latest.';
COMMENT ON COLUMN ingest.request.asked IS
    'The capture.requested event at attempt 1, from which the scheduler makes the next.';
CREATE INDEX request_address_id ON ingest.request (address_id);
CREATE INDEX request_url_key ON ingest.request (url_key);

-- -- the ledger -------------------------------------------------------------------------------

CREATE TABLE ingest.ledger (
    kind text NOT NULL CHECK (kind IN ('address', 'request')),
    id text NOT NULL,
    attempt bigint NOT NULL,
    stage bigint NOT NULL,
    parser_version bigint NOT NULL,
    happened_at timestamptz NOT NULL,
    event_id text NOT NULL,
    state text NOT NULL
        CHECK (state IN ('waiting', 'fetched', 'done', 'skipped', 'retry', 'dead')),
    reason text,
    detail text,
    next_attempt_at timestamptz,
    requests bigint,
    last_error text,
    last_error_at timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now(),
    topic text,
    "partition" bigint,
    "offset" bigint,
    placed_at timestamptz,
    trace text,
    PRIMARY KEY (kind, id),
    CHECK ((state = 'retry') = (next_attempt_at IS NOT NULL))
);
COMMENT ON TABLE ingest.ledger IS
    'How far each address and each request has come: greatest (attempt, stage, parser_version, '
    'happened_at, event_id); last_error by the greatest (last_error_at, last_error), and kept when '
    'a later attempt goes well.';
COMMENT ON COLUMN ingest.ledger.stage IS
    '2 asked, 4 fetched or expanded, 6 parsed; a dead letter stands one after the stage whose '
    'record died, or one before it when the indexer itself could not take it in.';
COMMENT ON COLUMN ingest.ledger."offset" IS
    'Where the event stands that gave a row without outcome: the greatest place at which it was '
    'read. Null while it was written by the scheduler and is not read back.';
COMMENT ON COLUMN ingest.ledger.placed_at IS 'When that place was written.';
COMMENT ON COLUMN ingest.ledger.trace IS
    'The trace id (W3C Trace Context) of the record that the row was made of.';
CREATE INDEX ledger_due ON ingest.ledger (next_attempt_at) WHERE state = 'retry';
CREATE INDEX ledger_open ON ingest.ledger (kind, state)
    WHERE state IN ('waiting', 'fetched', 'retry');

-- -- what the archive served ------------------------------------------------------------------

CREATE TABLE ingest.capture (
    capture_id text PRIMARY KEY,
    url_key text NOT NULL,
    url text NOT NULL,
    "timestamp" text NOT NULL,
    captured_at timestamptz NOT NULL,
    kind text NOT NULL CHECK (kind IN ('page', 'attachment')),
    answer text NOT NULL,
    status bigint NOT NULL,
    digest text,
    body_sha256 text,
    body_size bigint,
    content_type text,
    charset text,
    fetched_at timestamptz NOT NULL,
    event_id text NOT NULL
);
COMMENT ON TABLE ingest.capture IS
    'Every capture that the archive served. A fetch that brought bytes stands before one that did '
    'not, then one that knew the digest, then the last: greatest (body_sha256 is there, digest is '
    'there, fetched_at, event_id).';
CREATE INDEX capture_url_key ON ingest.capture (url_key, captured_at);
CREATE INDEX capture_captured_at ON ingest.capture (captured_at);
CREATE INDEX capture_gone ON ingest.capture (url_key, captured_at) WHERE status IN (404, 410);

CREATE TABLE ingest.served (
    request_id text PRIMARY KEY,
    has_body boolean NOT NULL,
    attempt bigint NOT NULL,
    fetched_at timestamptz NOT NULL,
    event_id text NOT NULL,
    answer text NOT NULL,
    capture_id text NOT NULL
);
COMMENT ON TABLE ingest.served IS
    'The capture at which a request ended: greatest (has_body, attempt, fetched_at, event_id).';
CREATE INDEX served_capture_id ON ingest.served (capture_id);

CREATE TABLE ingest.body (
    sha256 text PRIMARY KEY,
    content_type text NOT NULL,
    charset text NOT NULL,
    html text NOT NULL
);
COMMENT ON TABLE ingest.body IS
    'Each distinct body of a text type, decoded; U+0000 is U+FFFD. Where captures name different '
    'content types, the greatest stands.';

-- -- what the parser read ---------------------------------------------------------------------

CREATE TABLE ingest.reading (
    capture_id text PRIMARY KEY,
    parser_version bigint NOT NULL,
    parsed_at timestamptz NOT NULL,
    event_id text NOT NULL,
    url_key text NOT NULL,
    captured_at timestamptz NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('done', 'skipped', 'retry')),
    reason text,
    detail text,
    page_kind text,
    layout text,
    layout_confidence double precision,
    title text,
    document_number text,
    document_number_raw text,
    document_type text,
    issuers text[] NOT NULL,
    department text,
    addressees text[] NOT NULL,
    issued_on date,
    published_at timestamptz,
    effective_on date,
    effective_at timestamptz,
    body_text text,
    resulting_text text,
    source text,
    column_name text,
    index_number text,
    validity text,
    warnings text[] NOT NULL,
    notice jsonb,
    attachment_keys text[] NOT NULL DEFAULT '{}',
    notice_key text,
    wording text GENERATED ALWAYS AS (ingest.wording(body_text)) STORED,
    series_key text,
    series text,
    serial int
);
COMMENT ON TABLE ingest.reading IS
    'What the parser read in a capture: greatest (parser_version, parsed_at, event_id).';
COMMENT ON COLUMN ingest.reading.notice IS
    'Everything that the parser read, as shared/notice.py describes it; null when it read nothing.';
COMMENT ON COLUMN ingest.reading.attachment_keys IS
    'The url key of each attachment, in their order; empty text where the address is none.';
COMMENT ON COLUMN ingest.reading.notice_key IS
    'The notice that the page shows: its own number''s key where it has one, else its address; '
    'null for pages without a text.';
CREATE INDEX reading_notice_key ON ingest.reading (notice_key);
CREATE INDEX reading_gone ON ingest.reading (url_key, captured_at)
    WHERE page_kind IN ('error', 'redirect');

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

-- -- notices ----------------------------------------------------------------------------------

-- What lists, counts and filters read, in a narrow row; texts stay in ingest.reading. The key of a
-- notice with a number is the number's key.
CREATE TABLE ingest.notice (
    notice_key text PRIMARY KEY,
    capture_id text NOT NULL,
    page_kind text NOT NULL,
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
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    document_number text,
    title text,
    document_type text,
    issuers text[] NOT NULL DEFAULT '{}',
    department text,
    addressees text[] NOT NULL DEFAULT '{}',
    published_at timestamptz,
    effective_on date,
    effective_at timestamptz,
    source text,
    column_name text,
    index_number text,
    validity text,
    captured_at timestamptz NOT NULL
);
COMMENT ON TABLE ingest.notice IS
    'A notice, or another page with a text, as it stands now; capture_id is the capture whose '
    'reading is shown.';
COMMENT ON COLUMN ingest.notice.since IS
    'From when it applies: the instant or day it names, else its date of issue, else of '
    'publication.';
COMMENT ON COLUMN ingest.notice.fingerprint IS
    'A hash of each field named by ingest.fields(), in that order.';
CREATE INDEX notice_newest_page ON ingest.notice (issued_on DESC NULLS LAST);
CREATE INDEX notice_series ON ingest.notice (series_key, serial);
CREATE INDEX notice_title ON ingest.notice (title_key);
CREATE INDEX notice_changed_at ON ingest.notice (changed_at);
CREATE INDEX notice_capture_id ON ingest.notice (capture_id);
CREATE INDEX notice_document_number ON ingest.notice (document_number);

CREATE TABLE ingest.issuer (
    notice_key text NOT NULL,
    position int NOT NULL,
    issuer text NOT NULL,
    PRIMARY KEY (notice_key, position)
);
COMMENT ON TABLE ingest.issuer IS
    'Who signed a notice, one body a row, so that its notices are found.';
CREATE INDEX issuer_issuer ON ingest.issuer (issuer);

CREATE TABLE ingest.change (
    sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    notice_key text NOT NULL,
    page_kind text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('came', 'changed', 'went')),
    fields text[] NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX change_notice_key ON ingest.change (notice_key);

-- -- what a notice says -----------------------------------------------------------------------

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
    series text,
    PRIMARY KEY (notice_key, position)
);
CREATE INDEX citation_number_key ON ingest.citation (number_key);
CREATE INDEX citation_series ON ingest.citation (series_key, serial);
CREATE INDEX citation_title_key ON ingest.citation (title_key) WHERE number_key IS NULL;
-- Citations that change a document are looked up by the document that they change.
CREATE INDEX citation_changes ON ingest.citation ((coalesce(number_key, title_key)))
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
    last_day date,
    measure text,
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
    former_name text,
    former_key text,
    PRIMARY KEY (notice_key, position)
);
CREATE INDEX listed_entity_zh ON ingest.listed_entity (zh_key);
CREATE INDEX listed_entity_latin ON ingest.listed_entity (latin_key);
CREATE INDEX listed_entity_former ON ingest.listed_entity (former_key);

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

-- -- search -----------------------------------------------------------------------------------

-- A tsvector ends at 1 MB, so long texts are cut; the pieces overlap, so that no phrase is cut. Each
-- carries the heading of its notice, so that one look at the index finds words of both, and says
-- whether it holds traditional characters, so that the others need not be folded whole.
CREATE TABLE ingest.passage (
    notice_key text NOT NULL,
    part int NOT NULL,
    issued_on date,
    heading text NOT NULL,
    words text NOT NULL,
    tokens tsvector NOT NULL,
    traditional boolean NOT NULL,
    PRIMARY KEY (notice_key, part)
-- A search visits many rows and few of their texts: rows without them are a tenth as large.
) WITH (toast_tuple_target = 512);
-- Tokens are sorted and hardly compress: trying costs more than it saves.
ALTER TABLE ingest.passage ALTER COLUMN tokens SET STORAGE EXTERNAL;
COMMENT ON TABLE ingest.passage IS
    'What search_notices() searches: parts 1 and on are the text, 100001 and on the English text, '
    'at most 4,000 characters each. Number and titles are the heading of every part. Tokens that '
    'begin with # @ % are marks: #DAYS:BUCKET of the date of issue, @issuer, %type, #long of a '
    'text in several parts, #parts of a notice with several of any kind; those of the heading '
    'stand a second time with ^ in the first part, each Chinese character too.';
CREATE INDEX passage_tokens ON ingest.passage USING gin (tokens);

CREATE TYPE ingest.term AS (needle text, tokens tsquery, title_tokens tsquery, exact text);
CREATE TYPE ingest.hit AS (notice_key text, issued_on date, part int, tier int);

-- -- dead letters -----------------------------------------------------------------------------

-- A dead letter counts by the event that died, however often and wherever it was written to Kafka,
-- and by its place only when the record is no event. What was done about it is kept beside it.
CREATE TABLE ingest.dead_letter (
    service text NOT NULL,
    topic text NOT NULL,
    "partition" bigint NOT NULL,
    "offset" bigint NOT NULL,
    version text NOT NULL,
    reason text NOT NULL,
    error text NOT NULL,
    record_key bytea,
    record_value bytea,
    record_headers jsonb NOT NULL,
    request_id text,
    address_id text,
    attempt bigint,
    first_seen_at timestamptz NOT NULL,
    event_id text,
    subject text NOT NULL,
    died_at timestamptz NOT NULL,
    PRIMARY KEY (service, subject)
);
COMMENT ON TABLE ingest.dead_letter IS
    'What could not be worked on, one row for each service and subject: greatest (died_at, '
    'version, reason, error, topic, partition, offset).';
COMMENT ON COLUMN ingest.dead_letter.record_headers IS 'Pairs of name and value, values in base64.';
COMMENT ON COLUMN ingest.dead_letter.subject IS
    'The id of the event, or TOPIC/PARTITION/OFFSET of a record that is none.';

CREATE TABLE ingest.dead_letter_handled (
    service text NOT NULL,
    subject text NOT NULL,
    handled_at timestamptz NOT NULL,
    event_id text NOT NULL,
    action text NOT NULL CHECK (action IN ('replayed', 'reinserted', 'dropped')),
    note text,
    PRIMARY KEY (service, subject)
);
COMMENT ON TABLE ingest.dead_letter_handled IS
    'What was last done about a dead letter: greatest (handled_at, event_id). It may come before '
    'its letter.';

-- -- how far Kafka was read -------------------------------------------------------------------

CREATE TABLE ingest.ingest_offset (
    topic text NOT NULL,
    "partition" bigint NOT NULL,
    next_offset bigint NOT NULL,
    event_id text,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (topic, "partition")
);
COMMENT ON TABLE ingest.ingest_offset IS
    'How far each partition was read, written in the transaction that wrote its rows; event_id is '
    'the ce_id of the record before next_offset.';

CREATE TABLE ingest.passed_offset (
    topic text NOT NULL,
    "partition" bigint NOT NULL,
    next_offset bigint NOT NULL,
    end_offset bigint NOT NULL,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (topic, "partition")
);
COMMENT ON TABLE ingest.passed_offset IS
    'How far the services that work on a topic had committed at seen_at, and where it ended; '
    'written once all that they had published by then was read.';

-- -- the fetcher's memory ---------------------------------------------------------------------

CREATE SCHEMA fetcher;
COMMENT ON SCHEMA fetcher IS 'Internal to the fetcher: what it must know after a restart.';

-- A line of a seeds file is asked once for ever. It is written here first, then published, then
-- confirmed, so that a line is neither lost nor asked with another time when the fetcher dies.
CREATE TABLE fetcher.seed_lines (
    line_id text PRIMARY KEY,
    position bigint GENERATED ALWAYS AS IDENTITY,
    origin text NOT NULL,
    address text NOT NULL,
    asked_at timestamptz NOT NULL,
    confirmed_at timestamptz
);
COMMENT ON TABLE fetcher.seed_lines IS 'Lines of seeds files that were asked.';
COMMENT ON COLUMN fetcher.seed_lines.line_id IS
    'Id of the address (sha256): the same line in another file is the same.';
COMMENT ON COLUMN fetcher.seed_lines.position IS
    'Order in which lines were read, and are published.';
COMMENT ON COLUMN fetcher.seed_lines.origin IS 'FILE:LINE where it was first read.';
COMMENT ON COLUMN fetcher.seed_lines.confirmed_at IS 'When Kafka had it, null until then.';
CREATE INDEX seed_lines_unconfirmed ON fetcher.seed_lines (position)
    WHERE confirmed_at IS NULL;

-- That the archive throttled us must outlive a restart and a change of owner: whoever asks again
-- too early is shut out for an hour, then two.
CREATE TABLE fetcher.pause (
    one boolean PRIMARY KEY DEFAULT TRUE CHECK (one),
    until timestamptz NOT NULL,
    seconds double precision NOT NULL,
    why text NOT NULL,
    "over" boolean NOT NULL
);
COMMENT ON TABLE fetcher.pause IS 'The last time that the archive was left alone; at most one row.';
COMMENT ON COLUMN fetcher.pause.until IS 'Nothing is asked of the archive before.';
COMMENT ON COLUMN fetcher.pause.seconds IS 'Length of the pause; the next incident doubles it.';
COMMENT ON COLUMN fetcher.pause."over" IS 'Whether the archive has answered since.';

-- The archive limits a network address, so one fetcher may ask at a time. Kafka decides which one
-- works, but one that was frozen learns late that another has its place: the lease is the fence.
CREATE TABLE fetcher.lease (
    one boolean PRIMARY KEY DEFAULT TRUE CHECK (one),
    holder text NOT NULL,
    until timestamptz NOT NULL
);
COMMENT ON TABLE fetcher.lease IS 'Which fetcher may ask the archive; at most one row.';

-- What the fetcher knows of the archive: what it asked the index, which captures that listed, and
-- which are held. So nothing is listed from the start again or fetched twice, whoever is at work.
CREATE TABLE fetcher.listing (
    listing_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    asked_for text NOT NULL,
    url text NOT NULL,
    match text NOT NULL CHECK (match IN ('exact', 'prefix', 'host', 'domain')),
    since text,
    until text,
    state text NOT NULL CHECK (state IN ('running', 'complete', 'partial')),
    why text,
    pages bigint NOT NULL DEFAULT 0,
    rows bigint NOT NULL DEFAULT 0,
    malformed bigint NOT NULL DEFAULT 0,
    new_captures bigint NOT NULL DEFAULT 0,
    newest text,
    begun_at timestamptz NOT NULL,
    ended_at timestamptz,
    cursor jsonb,
    CHECK ((state = 'running') = (ended_at IS NULL)),
    CHECK ((state = 'running') = (cursor IS NOT NULL))
);
COMMENT ON TABLE fetcher.listing IS
    'A question to the archive''s index, of as many pages as it took. One that runs goes on behind '
    'its cursor, also in another process.';
COMMENT ON COLUMN fetcher.listing.asked_for IS
    'The slice of the watch list, or the id of the address, that it was asked for.';
CREATE UNIQUE INDEX listing_running ON fetcher.listing (asked_for) WHERE state = 'running';
CREATE INDEX listing_asked_for ON fetcher.listing (asked_for, begun_at);

CREATE TABLE fetcher.capture (
    capture_id text PRIMARY KEY,
    url_key text NOT NULL,
    url text NOT NULL,
    "timestamp" text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('page', 'attachment')),
    digest text,
    -- as the index lists it
    cdx_urlkey text,
    mimetype text,
    listed_status text,
    length text,
    listing_id bigint REFERENCES fetcher.listing (listing_id),
    listed_at timestamptz,
    -- as it was asked for
    request_id text,
    backlog boolean,
    requested_at timestamptz,
    answered_at timestamptz,
    -- as it is held
    status bigint,
    body_sha256 text,
    body_size bigint,
    content_type text,
    charset text,
    replaced double precision,
    held_at timestamptz,
    CHECK ((held_at IS NULL) = (body_sha256 IS NULL)),
    CHECK ((requested_at IS NULL) = (request_id IS NULL))
);
COMMENT ON TABLE fetcher.capture IS 'A capture that the index lists, or that is held, or both.';
COMMENT ON COLUMN fetcher.capture.requested_at IS
    'When Kafka had the request; null for a listed one that waits here.';
COMMENT ON COLUMN fetcher.capture.answered_at IS
    'When the archive had been asked for it, whatever the outcome.';
CREATE INDEX capture_waiting ON fetcher.capture ("timestamp" DESC)
    WHERE listed_at IS NOT NULL AND requested_at IS NULL AND held_at IS NULL;
CREATE INDEX capture_unfetched ON fetcher.capture (requested_at)
    WHERE backlog AND answered_at IS NULL;
CREATE INDEX capture_request_id ON fetcher.capture (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX capture_same_digest ON fetcher.capture (url_key, digest)
    WHERE held_at IS NOT NULL AND digest IS NOT NULL;

CREATE TABLE fetcher.answered (
    request_id text PRIMARY KEY,
    capture_id text NOT NULL REFERENCES fetcher.capture (capture_id),
    answer text NOT NULL,
    fetched_at timestamptz NOT NULL
);
COMMENT ON TABLE fetcher.answered IS 'The capture that a request ended at.';
