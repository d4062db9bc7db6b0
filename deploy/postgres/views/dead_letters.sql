CREATE OR REPLACE VIEW public.dead_letters AS
SELECT
    d.service,
    d.topic,
    d."partition",
    d."offset" AS record_offset,
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
-- One that failed again after it was handled counts as not handled.
LEFT JOIN ingest.dead_letter_handled AS h
    ON h.service = d.service AND h.subject = d.subject AND h.handled_at >= d.died_at;

COMMENT ON VIEW public.dead_letters IS
    'Messages that could not be processed, stored whole with the cause, and what was done about '
    'them. One row per service and event, or per service and position of a record that is not a '
    'valid event.';
COMMENT ON COLUMN public.dead_letters.service IS
    'Service that gave up, e.g. parser.';
COMMENT ON COLUMN public.dead_letters.topic IS
    'Topic of the record, e.g. capture.fetched.';
COMMENT ON COLUMN public.dead_letters.partition IS
    'Partition of the topic, e.g. 3.';
COMMENT ON COLUMN public.dead_letters.record_offset IS
    'Offset in the partition, e.g. 1042.';
COMMENT ON COLUMN public.dead_letters.reason IS
    'Short reason, e.g. invalid event.';
COMMENT ON COLUMN public.dead_letters.error IS
    'Full error message or traceback, e.g. ValueError: no date.';
COMMENT ON COLUMN public.dead_letters.request_id IS
    'Request of the event, if it has one; see the view requests.';
COMMENT ON COLUMN public.dead_letters.address_id IS
    'Address of the event, if it has one; see the view addresses.';
COMMENT ON COLUMN public.dead_letters.url IS
    'URL of the request or text of the address, e.g. http://www.mofcom.gov.cn/article/b/c/1.shtml.';
COMMENT ON COLUMN public.dead_letters.attempt IS
    'Number of the attempt, e.g. 1.';
COMMENT ON COLUMN public.dead_letters.version IS
    'Version of the software that gave up, e.g. 0.1.0.';
COMMENT ON COLUMN public.dead_letters.first_seen_at IS
    'When the record was written to Kafka, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.dead_letters.record_key IS
    'Key of the record as bytes, e.g. \x636e2c676f76.';
COMMENT ON COLUMN public.dead_letters.record_value IS
    'Value of the record as bytes; most are JSON, e.g. convert_from(record_value, ''UTF8'') shows '
    '{"request_id": …}.';
COMMENT ON COLUMN public.dead_letters.record_headers IS
    'Headers of the record as pairs of name and base64 value, e.g. [["ce_id", "MDdhYg=="]].';
COMMENT ON COLUMN public.dead_letters.subject IS
    'Id of the event (64 hex digits), or TOPIC/PARTITION/OFFSET of a record that is not a valid '
    'event, e.g. capture.fetched/3/1042.';
COMMENT ON COLUMN public.dead_letters.died_at IS
    'When the service gave up, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.dead_letters.handled IS
    'replayed, reinserted or dropped; null if not handled yet, or dead again since.';
COMMENT ON COLUMN public.dead_letters.handled_at IS
    'When it was handled, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.dead_letters.handled_note IS
    'Note of the person who dropped it, e.g. page is a test of the ministry.';
