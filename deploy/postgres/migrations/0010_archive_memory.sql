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

CREATE VIEW public.archive_queries AS
SELECT
    url,
    match,
    since,
    until,
    state,
    why,
    pages,
    rows,
    malformed,
    new_captures,
    newest,
    begun_at,
    ended_at
FROM fetcher.listing;
COMMENT ON VIEW public.archive_queries IS
    'A question to the archive''s index a row. Only a complete one says that no more was there.';
COMMENT ON COLUMN public.archive_queries.url IS 'The address that was asked for, or how it begins.';
COMMENT ON COLUMN public.archive_queries.match IS
    'exact: the address; prefix: all that begin so; host: the host; domain: its sub-domains too.';
COMMENT ON COLUMN public.archive_queries.since IS
    'First moment asked for, YYYYMMDDhhmmss or the beginning of it; null for the earliest.';
COMMENT ON COLUMN public.archive_queries.until IS 'Last moment asked for; null for the latest.';
COMMENT ON COLUMN public.archive_queries.state IS
    'running; complete; partial: the index may hold more than it gave, and is asked again.';
COMMENT ON COLUMN public.archive_queries.why IS 'Why it is partial.';
COMMENT ON COLUMN public.archive_queries.pages IS 'How many pages the index gave.';
COMMENT ON COLUMN public.archive_queries.rows IS 'Captures that it listed, each counted once.';
COMMENT ON COLUMN public.archive_queries.malformed IS 'Lines that are no capture of a page here.';
COMMENT ON COLUMN public.archive_queries.new_captures IS 'Captures that were not listed before.';
COMMENT ON COLUMN public.archive_queries.newest IS
    'Timestamp of the newest capture listed: how far behind the archive is.';
COMMENT ON COLUMN public.archive_queries.begun_at IS 'When it was first asked.';
COMMENT ON COLUMN public.archive_queries.ended_at IS 'When it was answered; null while it runs.';

CREATE VIEW public.archive_captures AS
SELECT
    capture_id,
    url_key,
    url,
    "timestamp",
    kind,
    mimetype,
    listed_status,
    digest,
    CASE
        WHEN held_at IS NOT NULL THEN 'held'
        WHEN requested_at IS NULL THEN 'waiting'
        WHEN answered_at IS NULL THEN 'requested'
        ELSE 'answered'
    END AS state,
    request_id,
    listed_at,
    requested_at,
    answered_at,
    held_at,
    status,
    body_sha256,
    body_size
FROM fetcher.capture;
COMMENT ON VIEW public.archive_captures IS
    'A capture a row: all that the archive''s index has listed so far, and all that is held.';
COMMENT ON COLUMN public.archive_captures.capture_id IS 'The same as in every other view.';
COMMENT ON COLUMN public.archive_captures.url_key IS 'The same for all forms of an address.';
COMMENT ON COLUMN public.archive_captures.url IS 'The original address.';
COMMENT ON COLUMN public.archive_captures."timestamp" IS
    'When it was captured, YYYYMMDDhhmmss (UTC); the index has some that are no dates.';
COMMENT ON COLUMN public.archive_captures.kind IS 'page or attachment, by what the index says.';
COMMENT ON COLUMN public.archive_captures.mimetype IS 'As the index lists it.';
COMMENT ON COLUMN public.archive_captures.listed_status IS
    'HTTP status as the index lists it; null for one that repeats an earlier capture.';
COMMENT ON COLUMN public.archive_captures.digest IS 'SHA-1 of the body in base32, by the index.';
COMMENT ON COLUMN public.archive_captures.state IS
    'waiting: not asked for yet; requested; answered: asked for, and not held under this address '
    'and time; held.';
COMMENT ON COLUMN public.archive_captures.request_id IS 'Its request, as in records.';
COMMENT ON COLUMN public.archive_captures.listed_at IS
    'When the index first listed it; null when it never did.';
COMMENT ON COLUMN public.archive_captures.requested_at IS 'When it was put in the queue.';
COMMENT ON COLUMN public.archive_captures.answered_at IS 'When the archive had been asked for it.';
COMMENT ON COLUMN public.archive_captures.held_at IS 'When its body was stored.';
COMMENT ON COLUMN public.archive_captures.status IS 'HTTP status of the page when it was captured.';
COMMENT ON COLUMN public.archive_captures.body_sha256 IS 'Name of the body in the blob store.';
COMMENT ON COLUMN public.archive_captures.body_size IS 'Its size in bytes.';
