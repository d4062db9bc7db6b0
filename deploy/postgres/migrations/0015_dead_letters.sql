-- A dead letter counts by the event that died, however often and wherever it was written to Kafka,
-- and by its place only when the record is no event. What was done about it is kept beside it.

ALTER TABLE ingest.dead_letter ADD COLUMN event_id text;
ALTER TABLE ingest.dead_letter ADD COLUMN subject text;
ALTER TABLE ingest.dead_letter ADD COLUMN died_at timestamptz;
UPDATE ingest.dead_letter SET
    subject = topic || '/' || "partition" || '/' || "offset",
    died_at = first_seen_at;
ALTER TABLE ingest.dead_letter ALTER COLUMN subject SET NOT NULL;
ALTER TABLE ingest.dead_letter ALTER COLUMN died_at SET NOT NULL;
ALTER TABLE ingest.dead_letter DROP CONSTRAINT dead_letter_pkey;
ALTER TABLE ingest.dead_letter ADD PRIMARY KEY (service, subject);
COMMENT ON TABLE ingest.dead_letter IS
    'What could not be worked on, one row for each service and subject: greatest (died_at, version, '
    'reason, error, topic, partition, offset).';
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
    'What could not be worked on, whole, with the cause, and what was done about it; one row for each '
    'service and event, or for each service and place of a record that is no event.';
COMMENT ON COLUMN public.dead_letters.subject IS
    'Id of the event that died (64 hex digits), or TOPIC/PARTITION/OFFSET of a record that is none, '
    'e.g. capture.fetched/3/1042.';
COMMENT ON COLUMN public.dead_letters.died_at IS
    'When the service gave it up, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.dead_letters.handled IS
    'replayed, reinserted or dropped; null while nobody has seen to it, or when it died again since.';
COMMENT ON COLUMN public.dead_letters.handled_at IS 'When that was, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.dead_letters.handled_note IS
    'Why, as whoever dropped it said, e.g. page is a test of the ministry.';
