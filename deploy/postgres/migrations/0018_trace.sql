-- The trace that a request's events share, kept with the row that they end in.

ALTER TABLE ingest.ledger ADD COLUMN trace text;
COMMENT ON COLUMN ingest.ledger.trace IS
    'The trace id (W3C Trace Context) of the record that the row was made of.';

CREATE OR REPLACE VIEW public.requests AS
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
    s.capture_id,
    l.trace
FROM ingest.ledger AS l
LEFT JOIN ingest.request AS q ON q.request_id = l.id
LEFT JOIN ingest.served AS s ON s.request_id = l.id
WHERE l.kind = 'request';
COMMENT ON COLUMN public.requests.trace IS
    'Trace id that every log line and event of the attempt carries, e.g. 4bf92f3577b34da6a3ce929d0e0e4736.';
