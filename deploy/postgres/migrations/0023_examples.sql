-- Every column says what it holds with an example, where its values are not all named.

COMMENT ON COLUMN public.archive_queries.url IS
    'The address that was asked for, or how it begins, e.g. http://www.mofcom.gov.cn/article/b/.';
COMMENT ON COLUMN public.archive_queries.since IS
    'First moment asked for, YYYYMMDDhhmmss or the beginning of it, e.g. 2020; null for the earliest.';
COMMENT ON COLUMN public.archive_queries.until IS
    'Last moment asked for, e.g. 20231231; null for the latest.';
COMMENT ON COLUMN public.archive_queries.why IS
    'Why it is partial, e.g. more than 10000 pages; null for the others.';
COMMENT ON COLUMN public.archive_queries.pages IS
    'How many pages the index gave, e.g. 3.';
COMMENT ON COLUMN public.archive_queries.rows IS
    'Captures that it listed, each counted once, e.g. 2145.';
COMMENT ON COLUMN public.archive_queries.malformed IS
    'Lines that are no capture of a page here, e.g. 2.';
COMMENT ON COLUMN public.archive_queries.new_captures IS
    'Captures that were not listed before, e.g. 17.';
COMMENT ON COLUMN public.archive_queries.newest IS
    'Timestamp of the newest capture listed, which tells how far behind the archive is, e.g. 20251110022233.';
COMMENT ON COLUMN public.archive_queries.begun_at IS
    'When it was first asked, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.archive_queries.ended_at IS
    'When it was answered, e.g. 2026-01-02 03:04:09+00; null while it runs.';
COMMENT ON COLUMN public.archive_captures.capture_id IS
    'sha256 of url key, timestamp and original URL, the same as in every other view, e.g. 5f0c… (64 hex digits).';
COMMENT ON COLUMN public.archive_captures.url_key IS
    'Key under which all forms of the address are one, e.g. cn,gov,mofcom)/article/b/c/1.shtml.';
COMMENT ON COLUMN public.archive_captures.url IS
    'The original address, e.g. http://www.mofcom.gov.cn/article/b/c/1.shtml.';
COMMENT ON COLUMN public.archive_captures."timestamp" IS
    'When it was captured, YYYYMMDDhhmmss in UTC, e.g. 20230111174105; the index has some that are no dates.';
COMMENT ON COLUMN public.archive_captures.mimetype IS
    'As the index lists it, e.g. text/html, warc/revisit.';
COMMENT ON COLUMN public.archive_captures.listed_status IS
    'HTTP status as the index lists it, e.g. 200; null for one that repeats an earlier capture.';
COMMENT ON COLUMN public.archive_captures.digest IS
    'SHA-1 of the body in base32, by the index, e.g. 3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ.';
COMMENT ON COLUMN public.archive_captures.request_id IS
    'Its request; see the view requests.';
COMMENT ON COLUMN public.archive_captures.listed_at IS
    'When the index first listed it, e.g. 2026-01-02 03:04:05+00; null when it never did.';
COMMENT ON COLUMN public.archive_captures.requested_at IS
    'When it was put in the queue, e.g. 2026-01-02 03:04:05+00; null while it waits.';
COMMENT ON COLUMN public.archive_captures.answered_at IS
    'When the archive had been asked for it, e.g. 2026-01-02 03:04:06+00.';
COMMENT ON COLUMN public.archive_captures.held_at IS
    'When its body was stored, e.g. 2026-01-02 03:04:06+00.';
COMMENT ON COLUMN public.archive_captures.status IS
    'HTTP status of the page when it was captured, e.g. 200.';
COMMENT ON COLUMN public.archive_captures.body_sha256 IS
    'Name of the body in the blob store, its sha256, e.g. 9c1e… (64 hex digits).';
COMMENT ON COLUMN public.archive_captures.body_size IS
    'Its size in bytes, e.g. 20480.';
COMMENT ON COLUMN public.addresses.detail IS
    'More about the reason, e.g. more than 10000 pages.';
COMMENT ON COLUMN public.addresses.attempt IS
    'Which attempt this is about, from 1, e.g. 2.';
COMMENT ON COLUMN public.requests.attempt IS
    'Which attempt this is about, from 1, e.g. 2.';
COMMENT ON COLUMN public.dead_letters.error IS
    'Why, in full: the message or the traceback, e.g. ValueError: no date.';
COMMENT ON COLUMN public.dead_letters.record_key IS
    'Key of the record, its bytes, e.g. \x636e2c676f76.';
COMMENT ON COLUMN public.dead_letters.record_value IS
    'Value of the record, its bytes; most are JSON, e.g. convert_from(record_value, ''UTF8'') shows {"request_id": …}.';
COMMENT ON COLUMN public.listed_entities_current.by_notice_key IS
    'Notice or interview that changed the entry last, e.g. 不可靠实体清单工作机制2025-9; null when none did.';
