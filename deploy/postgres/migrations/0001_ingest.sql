-- What the indexer writes (schema ingest) and what users query (views in public).
--
-- Every table is written by guarded upserts: the row that stands is the one with the greatest
-- (or, for what was asked, the first) tuple of the columns named in its comment. So the order in
-- which events arrive, and how often, makes no difference.

CREATE SCHEMA ingest;
COMMENT ON SCHEMA ingest IS
    'Written by the indexer alone. Query the views in public; these tables may change at any time.';

-- -- what was asked --------------------------------------------------------------------------

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
    'The day that the asked timestamp names, missing digits read as the first; null for the latest.';
COMMENT ON COLUMN ingest.request.asked IS
    'The capture.requested event at attempt 1, from which the scheduler makes the next.';
CREATE INDEX request_address_id ON ingest.request (address_id);

-- -- the ledger ------------------------------------------------------------------------------

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
CREATE INDEX ledger_due ON ingest.ledger (next_attempt_at) WHERE state = 'retry';
CREATE INDEX ledger_open ON ingest.ledger (kind, state)
    WHERE state IN ('waiting', 'fetched', 'retry');

-- -- what came -------------------------------------------------------------------------------

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
    notice jsonb
);
COMMENT ON TABLE ingest.reading IS
    'What the parser read in a capture: greatest (parser_version, parsed_at, event_id).';
COMMENT ON COLUMN ingest.reading.notice IS
    'Everything that the parser read, as shared/notice.py describes it; null when it read nothing.';
CREATE INDEX reading_newest ON ingest.reading (url_key, captured_at DESC, capture_id DESC)
    WHERE page_kind IN ('notice', 'news', 'interview', 'interpretation', 'law');

-- -- what died, and how far Kafka was read ---------------------------------------------------

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
    PRIMARY KEY (service, topic, "partition", "offset")
);
COMMENT ON TABLE ingest.dead_letter IS
    'Records that could not be worked on, one for each service and place in Kafka: greatest '
    '(version, reason, error).';
COMMENT ON COLUMN ingest.dead_letter.record_headers IS 'Pairs of name and value, values in base64.';

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

-- -- what users query ------------------------------------------------------------------------

CREATE VIEW public.pages AS
SELECT DISTINCT ON (r.url_key)
    r.document_number,
    r.issued_on,
    r.title,
    r.document_type,
    r.issuers,
    r.department,
    r.addressees,
    r.published_at,
    r.effective_on,
    r.effective_at,
    r.body_text,
    r.source,
    r.column_name,
    r.index_number,
    r.validity,
    c.url,
    r.url_key,
    c."timestamp",
    r.captured_at,
    r.page_kind,
    r.layout,
    r.layout_confidence,
    r.warnings,
    r.parser_version,
    r.parsed_at,
    r.capture_id
FROM ingest.reading AS r
JOIN ingest.capture AS c USING (capture_id)
WHERE r.page_kind IN ('notice', 'news', 'interview', 'interpretation', 'law')
ORDER BY r.url_key, r.captured_at DESC, r.capture_id DESC;
COMMENT ON VIEW public.pages IS
    'Every page with a text of its own, one row for each address, as its newest capture shows it.';

CREATE VIEW public.notices AS
SELECT * FROM public.pages WHERE page_kind IN ('notice', 'law');
COMMENT ON VIEW public.notices IS
    'The notices and laws among the pages, one row for each address: '
    'SELECT document_number, issued_on, title FROM notices ORDER BY issued_on DESC NULLS LAST.';

-- The same columns mean the same in both.
DO $$
DECLARE
    meaning record;
    view_name text;
BEGIN
    FOR meaning IN SELECT * FROM (VALUES
        ('document_number', 'Document number in its normal form, e.g. 商办建函〔2022〕318号; null when the page prints none.'),
        ('issued_on', 'Date of issue as signed, e.g. 2022-12-08; null when the page prints none.'),
        ('title', 'Title, e.g. 商务部关于公布内外贸一体化试点地区名单的通知.'),
        ('document_type', 'Type of document, e.g. 通知, 公告, 令.'),
        ('issuers', 'Bodies that signed, in their order, e.g. {商务部办公厅,发展改革委办公厅}; empty when none are printed.'),
        ('department', 'Department of the ministry that published it, e.g. 条约法律司.'),
        ('addressees', 'Bodies that it is addressed to, in their order, e.g. {各省、自治区、直辖市商务主管部门}.'),
        ('published_at', 'When the page was published, e.g. 2023-01-11 15:29:00+08.'),
        ('effective_on', 'Day from which it is in force, e.g. 2025-12-01, when it names one.'),
        ('effective_at', 'Instant from which it is in force, e.g. 2025-10-09 00:00:00+08, when it names one.'),
        ('body_text', 'Text of the document, one paragraph a line, annexes printed in the page included.'),
        ('source', 'Where the page says that it comes from, e.g. 流通发展司.'),
        ('column_name', 'Column of the site that it stands in, e.g. 政策发布.'),
        ('index_number', 'Index number of the disclosure catalogue, e.g. 000013022-2025-00123.'),
        ('validity', 'Validity as the page states it, e.g. 有效.'),
        ('url', 'Original address of the page, e.g. http://www.mofcom.gov.cn/article/zwgk/gkgztz/202301/20230103378565.shtml.'),
        ('url_key', 'Key under which all forms of the address are one, e.g. cn,gov,mofcom)/article/zwgk/gkgztz/202301/20230103378565.shtml.'),
        ('timestamp', 'Timestamp of the capture in the archive, 14 digits in UTC, e.g. 20230111174105.'),
        ('captured_at', 'The same as a time, e.g. 2023-01-11 17:41:05+00.'),
        ('page_kind', 'notice, law, news, interview or interpretation.'),
        ('layout', 'Layout by which the page was read, e.g. article_2020.'),
        ('layout_confidence', 'How surely that is its layout, 0 to 1, e.g. 0.95.'),
        ('warnings', 'What the parser found odd, e.g. {no date of issue}; empty when nothing.'),
        ('parser_version', 'Version of the parser that read it, a number that only grows, e.g. 1.'),
        ('parsed_at', 'When it was read, e.g. 2026-01-02 03:04:05+00.'),
        ('capture_id', 'The capture that was read; see the view captures.')
    ) AS m (column_name, text) LOOP
        FOREACH view_name IN ARRAY ARRAY['pages', 'notices'] LOOP
            EXECUTE format('COMMENT ON COLUMN public.%I.%I IS %L',
                view_name, meaning.column_name, meaning.text);
        END LOOP;
    END LOOP;
END
$$;

CREATE VIEW public.records AS
SELECT
    b.html,
    r.title,
    r.resulting_text,
    CASE WHEN q."timestamp" IS NULL THEN q.url ELSE q."timestamp" || '/' || q.url END AS input_url,
    'https://web.archive.org/web/' || c."timestamp" || '/' || c.url AS returned_url,
    coalesce(q.asked_day, (c.captured_at AT TIME ZONE 'UTC')::date)::timestamp AS "date",
    NULL::text AS translated_title,
    NULL::text AS translated_content,
    NULL::text AS english_summary
FROM ingest.request AS q
LEFT JOIN ingest.served AS s USING (request_id)
LEFT JOIN ingest.capture AS c USING (capture_id)
LEFT JOIN ingest.body AS b ON b.sha256 = c.body_sha256
LEFT JOIN ingest.reading AS r ON r.capture_id = c.capture_id
WHERE q.kind = 'page';
COMMENT ON VIEW public.records IS
    'One row for each page asked for, in the nine columns of the record that the project started '
    'from; what has not come yet is null.';
COMMENT ON COLUMN public.records.html IS
    'The page, decoded, e.g. <!DOCTYPE html><html>…; null when none came or it is no text.';
COMMENT ON COLUMN public.records.title IS
    'Title, e.g. 商务部等14部门办公厅（室）关于公布内外贸一体化试点地区名单的通知.';
COMMENT ON COLUMN public.records.resulting_text IS
    'Text of the document on one line, e.g. 商办建函〔2022〕318号 各省、自治区、直辖市….';
COMMENT ON COLUMN public.records.input_url IS
    'What was asked: TIMESTAMP/URL, or the bare URL when the latest capture was asked for, e.g. '
    '20230113054024/http://www.mofcom.gov.cn/article/zwgk/gkgztz/202301/20230103378565.shtml.';
COMMENT ON COLUMN public.records.returned_url IS
    'The capture that came, e.g. https://web.archive.org/web/20230111174105/http://www.mofcom.gov.cn/article/zwgk/gkgztz/202301/20230103378565.shtml.';
COMMENT ON COLUMN public.records."date" IS
    'Midnight of the day asked for, or with none of the day of the capture that came, as UTC '
    'without a zone, e.g. 2023-01-13 00:00:00.';
COMMENT ON COLUMN public.records.translated_title IS
    'English title; null until translations are made, e.g. Notice on the list of pilot areas.';
COMMENT ON COLUMN public.records.translated_content IS
    'English text; null until translations are made, e.g. 商办建函〔2022〕318号 in English.';
COMMENT ON COLUMN public.records.english_summary IS
    'English summary; null until summaries are made, e.g. The Ministry announced nine pilot areas.';

CREATE VIEW public.captures AS
SELECT
    c.capture_id,
    c.url,
    c.url_key,
    c."timestamp",
    c.captured_at,
    c.kind,
    c.answer,
    c.status,
    c.digest,
    r.page_kind,
    coalesce(r.reason, CASE WHEN r.outcome = 'done' THEN 'read' END) AS reading,
    c.content_type,
    c.charset,
    c.body_size,
    c.body_sha256,
    c.fetched_at
FROM ingest.capture AS c
LEFT JOIN ingest.reading AS r USING (capture_id);
COMMENT ON VIEW public.captures IS
    'Every capture that the archive served, as last fetched with its bytes.';
COMMENT ON COLUMN public.captures.capture_id IS
    'sha256 of url key, timestamp and original URL, e.g. 5f0c… (64 hex digits).';
COMMENT ON COLUMN public.captures.url IS
    'Original URL as the archive served it, e.g. http://www.mofcom.gov.cn/article/b/c/1.shtml.';
COMMENT ON COLUMN public.captures.url_key IS
    'Key under which all forms of the address are one, e.g. cn,gov,mofcom)/article/b/c/1.shtml.';
COMMENT ON COLUMN public.captures."timestamp" IS
    'Timestamp of the capture, 14 digits in UTC, e.g. 20230111174105.';
COMMENT ON COLUMN public.captures.captured_at IS
    'The same as a time, e.g. 2023-01-11 17:41:05+00.';
COMMENT ON COLUMN public.captures.kind IS 'What was asked for: page or attachment.';
COMMENT ON COLUMN public.captures.answer IS
    'What the archive''s answer was, e.g. memento, or substitute when it served another capture.';
COMMENT ON COLUMN public.captures.status IS 'HTTP status that was archived, e.g. 200.';
COMMENT ON COLUMN public.captures.digest IS
    'The archive''s digest of the payload, base32 of its SHA-1, e.g. 3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ.';
COMMENT ON COLUMN public.captures.page_kind IS
    'Kind of page that the parser saw, e.g. notice, redirect; null until it is read.';
COMMENT ON COLUMN public.captures.reading IS
    'read, or why it was skipped, e.g. redirect; null until the parser saw it.';
COMMENT ON COLUMN public.captures.content_type IS
    'Content-Type that was archived, e.g. text/html; charset=utf-8.';
COMMENT ON COLUMN public.captures.charset IS 'Charset that it names, e.g. utf-8.';
COMMENT ON COLUMN public.captures.body_size IS 'Bytes of the body, decompressed, e.g. 38211.';
COMMENT ON COLUMN public.captures.body_sha256 IS
    'sha256 of the body and its name in the blob store, e.g. 9c1e… (64 hex digits).';
COMMENT ON COLUMN public.captures.fetched_at IS
    'When that was, e.g. 2026-01-02 03:04:05+00.';

CREATE VIEW public.requests AS
SELECT
    l.id AS request_id,
    q.address_id,
    q.url,
    q.url_key,
    q."timestamp",
    q.kind,
    q.backlog,
    q.asked_at,
    l.state,
    l.reason,
    l.detail,
    l.attempt,
    l.last_error,
    l.last_error_at,
    l.next_attempt_at,
    l.updated_at,
    s.answer,
    s.capture_id
FROM ingest.ledger AS l
LEFT JOIN ingest.request AS q ON q.request_id = l.id
LEFT JOIN ingest.served AS s ON s.request_id = l.id
WHERE l.kind = 'request';
COMMENT ON VIEW public.requests IS 'Every request ever made, and how far it has come.';
COMMENT ON COLUMN public.requests.request_id IS
    'sha256 of url key, asked timestamp and original URL, e.g. 07ab… (64 hex digits).';
COMMENT ON COLUMN public.requests.address_id IS
    'The address that it came from; see the view addresses.';
COMMENT ON COLUMN public.requests.url IS
    'Original URL asked for, e.g. http://www.mofcom.gov.cn/article/b/c/1.shtml; null when all '
    'that is known of the request is a dead letter.';
COMMENT ON COLUMN public.requests.url_key IS
    'Key under which all forms of the address are one, e.g. cn,gov,mofcom)/article/b/c/1.shtml.';
COMMENT ON COLUMN public.requests."timestamp" IS
    'Timestamp asked for, 1 to 14 digits as given, e.g. 20230113054024; null for the latest.';
COMMENT ON COLUMN public.requests.kind IS 'page or attachment.';
COMMENT ON COLUMN public.requests.backlog IS
    'True when it came from a sweep of the past and waits behind live requests.';
COMMENT ON COLUMN public.requests.asked_at IS 'When it was first asked, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.requests.state IS
    'waiting (for the fetcher), fetched (waiting for the parser), retry (at next_attempt_at), or an '
    'outcome: done, skipped, dead.';
COMMENT ON COLUMN public.requests.reason IS 'Why it was skipped, is asked again or died, e.g. redirect.';
COMMENT ON COLUMN public.requests.detail IS
    'More about the reason, e.g. the address that a redirect leads to.';
COMMENT ON COLUMN public.requests.attempt IS 'Which attempt this is about, from 1.';
COMMENT ON COLUMN public.requests.last_error IS
    'The last thing that went wrong, kept when a later attempt went well, e.g. throttled: 429.';
COMMENT ON COLUMN public.requests.last_error_at IS 'When that was, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.requests.next_attempt_at IS
    'When it will be asked again, e.g. 2026-01-02 04:00:00+00; null in other states than retry.';
COMMENT ON COLUMN public.requests.updated_at IS
    'When the state was last written, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.requests.answer IS
    'What the archive''s answer was when it served a capture, e.g. memento, substitute.';
COMMENT ON COLUMN public.requests.capture_id IS
    'The capture that was served; see the view captures.';

CREATE VIEW public.addresses AS
SELECT
    l.id AS address_id,
    a.address,
    a.origin,
    a.asked_at,
    l.state,
    l.reason,
    l.detail,
    l.requests,
    l.attempt,
    l.last_error,
    l.last_error_at,
    l.next_attempt_at,
    l.updated_at
FROM ingest.ledger AS l
LEFT JOIN ingest.address AS a ON a.address_id = l.id
WHERE l.kind = 'address';
COMMENT ON VIEW public.addresses IS
    'Every address ever given, and whether it was turned into requests.';
COMMENT ON COLUMN public.addresses.address_id IS
    'sha256 of the address with its day or seeds file, e.g. 11fe… (64 hex digits).';
COMMENT ON COLUMN public.addresses.address IS
    'The address as given, e.g. 20230113054024/http://www.mofcom.gov.cn/article/b/c/1.shtml.';
COMMENT ON COLUMN public.addresses.origin IS 'Where it came from, e.g. demo.txt:3, cli, http.';
COMMENT ON COLUMN public.addresses.asked_at IS 'When it was first given, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.addresses.state IS
    'waiting (for the fetcher), retry (at next_attempt_at), or an outcome: done, skipped, dead.';
COMMENT ON COLUMN public.addresses.reason IS 'Why it was skipped, is asked again or died, e.g. outage.';
COMMENT ON COLUMN public.addresses.detail IS 'More about the reason.';
COMMENT ON COLUMN public.addresses.requests IS 'How many requests it was turned into, e.g. 1.';
COMMENT ON COLUMN public.addresses.attempt IS 'Which attempt this is about, from 1.';
COMMENT ON COLUMN public.addresses.last_error IS
    'The last thing that went wrong, kept when a later attempt went well, e.g. outage: 503.';
COMMENT ON COLUMN public.addresses.last_error_at IS 'When that was, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.addresses.next_attempt_at IS
    'When it will be tried again, e.g. 2026-01-02 04:00:00+00; null in other states than retry.';
COMMENT ON COLUMN public.addresses.updated_at IS
    'When the state was last written, e.g. 2026-01-02 03:04:05+00.';

CREATE VIEW public.dead_letters AS
SELECT
    d.service,
    d.topic,
    d."partition",
    d."offset",
    d.reason,
    d.error,
    d.request_id,
    d.address_id,
    coalesce(q.url, a.address) AS url,
    d.attempt,
    d.version,
    d.first_seen_at,
    d.record_key,
    d.record_value,
    d.record_headers
FROM ingest.dead_letter AS d
LEFT JOIN ingest.request AS q USING (request_id)
LEFT JOIN ingest.address AS a ON a.address_id = d.address_id;
COMMENT ON VIEW public.dead_letters IS
    'Records that could not be worked on, whole, with the cause; one for each service and place.';
COMMENT ON COLUMN public.dead_letters.service IS 'Service that gave it up, e.g. parser.';
COMMENT ON COLUMN public.dead_letters.topic IS 'Topic in which it stood, e.g. capture.fetched.';
COMMENT ON COLUMN public.dead_letters."partition" IS 'Partition of the topic, e.g. 3.';
COMMENT ON COLUMN public.dead_letters."offset" IS 'Offset in the partition, e.g. 1042.';
COMMENT ON COLUMN public.dead_letters.reason IS 'Why, in short, e.g. invalid event.';
COMMENT ON COLUMN public.dead_letters.error IS 'Why, in full: the message or the traceback.';
COMMENT ON COLUMN public.dead_letters.request_id IS
    'The request that it was about, when it names one; see the view requests.';
COMMENT ON COLUMN public.dead_letters.address_id IS
    'The address that it was about, when it names one; see the view addresses.';
COMMENT ON COLUMN public.dead_letters.url IS
    'URL of that request or text of that address, e.g. http://www.mofcom.gov.cn/article/b/c/1.shtml.';
COMMENT ON COLUMN public.dead_letters.attempt IS 'Which attempt it was, e.g. 1.';
COMMENT ON COLUMN public.dead_letters.version IS 'Version of the software that gave it up, e.g. 0.1.0.';
COMMENT ON COLUMN public.dead_letters.first_seen_at IS
    'When the record was written to Kafka, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.dead_letters.record_key IS 'Key of the record, its bytes.';
COMMENT ON COLUMN public.dead_letters.record_value IS
    'Value of the record, its bytes; most are JSON: convert_from(record_value, ''UTF8'').';
COMMENT ON COLUMN public.dead_letters.record_headers IS
    'Headers of the record, pairs of name and value, values in base64, e.g. [["ce_id", "MDdhYg=="]].';

CREATE VIEW public.pipeline_status AS
SELECT
    l.kind,
    l.state,
    count(*) AS rows,
    min(l.updated_at) AS oldest,
    max(l.updated_at) AS newest,
    min(l.next_attempt_at) AS next_attempt_at
FROM ingest.ledger AS l
GROUP BY l.kind, l.state;
COMMENT ON VIEW public.pipeline_status IS 'How many addresses and requests are in each state.';
COMMENT ON COLUMN public.pipeline_status.kind IS 'address or request.';
COMMENT ON COLUMN public.pipeline_status.state IS
    'waiting, fetched, retry, or an outcome: done, skipped, dead.';
COMMENT ON COLUMN public.pipeline_status.rows IS 'How many are in that state, e.g. 500.';
COMMENT ON COLUMN public.pipeline_status.oldest IS
    'Since when the longest has been in it, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.pipeline_status.newest IS
    'When the last came to it, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.pipeline_status.next_attempt_at IS
    'When the first of them will be asked again, e.g. 2026-01-02 04:00:00+00; null but for retry.';

-- One row, so that one SELECT sees the ledger and the offsets of the same moment.
CREATE VIEW public.pipeline_open AS
SELECT
    (SELECT count(*) FROM ingest.ledger
     WHERE kind = 'address' AND state IN ('waiting', 'fetched', 'retry')) AS addresses,
    (SELECT count(*) FROM ingest.ledger
     WHERE kind = 'request' AND state IN ('waiting', 'fetched', 'retry')) AS requests,
    (SELECT coalesce(jsonb_object_agg(topic || '/' || "partition", next_offset), '{}')
     FROM ingest.ingest_offset) AS next_offsets;
COMMENT ON VIEW public.pipeline_open IS
    'What has no outcome yet. All is done when addresses and requests are 0 and then, asked after '
    'this row was read, no partition''s end offset in Kafka is above next_offsets (0 when it is not '
    'there): an address.expanded is published after its requests are, and a request waits until its '
    'outcome is read, so nothing can be under way that neither the ledger nor Kafka shows.';
COMMENT ON COLUMN public.pipeline_open.addresses IS 'Addresses without an outcome, e.g. 0.';
COMMENT ON COLUMN public.pipeline_open.requests IS 'Requests without an outcome, e.g. 12.';
COMMENT ON COLUMN public.pipeline_open.next_offsets IS
    'Offset of the first record not yet read, by TOPIC/PARTITION, e.g. {"capture.fetched/3": 17}.';
