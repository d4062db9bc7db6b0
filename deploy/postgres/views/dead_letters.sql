CREATE OR REPLACE VIEW public.dead_letters AS
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
    d.record_headers,
    d.subject,
    d.died_at,
    h.action AS handled,
    h.handled_at,
    h.note AS handled_note
FROM ingest.dead_letter AS d
LEFT JOIN ingest.request AS q USING (request_id)
LEFT JOIN ingest.address AS a ON a.address_id = d.address_id
-- One that died again after it was handled is to be looked at again.
LEFT JOIN ingest.dead_letter_handled AS h
    ON h.service = d.service AND h.subject = d.subject AND h.handled_at >= d.died_at;

COMMENT ON VIEW public.dead_letters IS
    'What could not be worked on, whole, with the cause, and what was done about it; one row for '
    'each service and event, or for each service and place of a record that is no event.';
COMMENT ON COLUMN public.dead_letters.service IS
    'Service that gave it up, e.g. parser.';
COMMENT ON COLUMN public.dead_letters.topic IS
    'Topic in which it stood, e.g. capture.fetched.';
COMMENT ON COLUMN public.dead_letters.partition IS
    'Partition of the topic, e.g. 3.';
COMMENT ON COLUMN public.dead_letters."offset" IS
    'Offset in the partition, e.g. 1042.';
COMMENT ON COLUMN public.dead_letters.reason IS
    'Why, in short, e.g. invalid event.';
COMMENT ON COLUMN public.dead_letters.error IS
    'Why, in full: the message or the traceback, e.g. ValueError: no date.';
COMMENT ON COLUMN public.dead_letters.request_id IS
    'The request that it was about, when it names one; see the view requests.';
COMMENT ON COLUMN public.dead_letters.address_id IS
    'The address that it was about, when it names one; see the view addresses.';
COMMENT ON COLUMN public.dead_letters.url IS
    'URL of that request or text of that address, e.g. '
    'http://www.mofcom.gov.cn/article/b/c/1.shtml.';
COMMENT ON COLUMN public.dead_letters.attempt IS
    'Which attempt it was, e.g. 1.';
COMMENT ON COLUMN public.dead_letters.version IS
    'Version of the software that gave it up, e.g. 0.1.0.';
COMMENT ON COLUMN public.dead_letters.first_seen_at IS
    'When the record was written to Kafka, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.dead_letters.record_key IS
    'Key of the record, its bytes, e.g. \x636e2c676f76.';
COMMENT ON COLUMN public.dead_letters.record_value IS
    'Value of the record, its bytes; most are JSON, e.g. convert_from(record_value, ''UTF8'') '
    'shows {"request_id": …}.';
COMMENT ON COLUMN public.dead_letters.record_headers IS
    'Headers of the record, pairs of name and value, values in base64, e.g. [["ce_id", '
    '"MDdhYg=="]].';
COMMENT ON COLUMN public.dead_letters.subject IS
    'Id of the event that died (64 hex digits), or TOPIC/PARTITION/OFFSET of a record that is '
    'none, e.g. capture.fetched/3/1042.';
COMMENT ON COLUMN public.dead_letters.died_at IS
    'When the service gave it up, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.dead_letters.handled IS
    'replayed, reinserted or dropped; null while nobody has seen to it, or when it died again '
    'since.';
COMMENT ON COLUMN public.dead_letters.handled_at IS
    'When that was, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.dead_letters.handled_note IS
    'Why, as whoever dropped it said, e.g. page is a test of the ministry.';
