-- What attachments contain, and what notices list in them.

CREATE TABLE ingest.file (
    sha256 text PRIMARY KEY,
    parser_version bigint NOT NULL,
    ocr boolean NOT NULL,
    read_at timestamptz NOT NULL,
    event_id text NOT NULL,
    digest text NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    reason text,
    pages int,
    doubts text [] NOT NULL,
    texts jsonb NOT NULL,
    rows jsonb NOT NULL
);
COMMENT ON TABLE ingest.file IS
    'What the bytes of an attachment contain, at however many addresses they stand: greatest (parser_version, '
    'read_at, event_id). texts: an object for each page or sheet; rows: one for each row of a table.';
COMMENT ON COLUMN ingest.file.ocr IS
    'Whether text was to be recognised in scans and pictures.';
COMMENT ON COLUMN ingest.file.digest IS
    'SHA-256 of all that was read, without the parser''s version.';
CREATE INDEX capture_body_sha256 ON ingest.capture (body_sha256);

CREATE TABLE ingest.lists (
    inputs text PRIMARY KEY,
    parser_version bigint NOT NULL,
    read_at timestamptz NOT NULL,
    event_id text NOT NULL,
    outcome text NOT NULL,
    reason text,
    detail text,
    lists jsonb
);
COMMENT ON TABLE ingest.lists IS
    'What a notice lists, read together with its attachments, by what it was read from (ingest.notice.inputs): '
    'greatest (parser_version, read_at, event_id).';
COMMENT ON COLUMN ingest.lists.lists IS
    'Fields in place of those of the page alone (shared/attachment.py, Lists); null where it could not be read.';

CREATE TABLE ingest.lists_requested (
    inputs text PRIMARY KEY,
    requested_at timestamptz NOT NULL,
    attempt int NOT NULL
);
COMMENT ON TABLE ingest.lists_requested IS 'What was requested to be read with attachments, and when last.';

ALTER TABLE ingest.notice
    -- What the notice would be read from together with its attachments: a hash of what its page says and of what
    -- the files contain. Null while none of them is read.
    ADD COLUMN inputs text,
    -- The row of ingest.lists that is shown: that of inputs, or until that is there the one before.
    ADD COLUMN lists text;
CREATE INDEX notice_inputs ON ingest.notice (inputs) WHERE inputs IS NOT NULL;

-- Where in an attachment it was read: its address (with the path of an archive's file behind #), page, sheet, and
-- block of the file and row of the block, from 1.
ALTER TABLE ingest.regulated_item
    ADD COLUMN attachment text,
    ADD COLUMN attachment_page int,
    ADD COLUMN attachment_sheet text,
    ADD COLUMN attachment_block int,
    ADD COLUMN attachment_row int;
ALTER TABLE ingest.duty_rate
    ADD COLUMN attachment text,
    ADD COLUMN attachment_page int,
    ADD COLUMN attachment_sheet text,
    ADD COLUMN attachment_block int,
    ADD COLUMN attachment_row int;
ALTER TABLE ingest.listed_entity
    ADD COLUMN attachment text,
    ADD COLUMN attachment_page int,
    ADD COLUMN attachment_sheet text,
    ADD COLUMN attachment_block int,
    ADD COLUMN attachment_row int;

-- The attachment and its page or sheet, of a passage that is not of the notice's own text.
ALTER TABLE ingest.passage ADD COLUMN place text;
