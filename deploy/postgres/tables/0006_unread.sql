-- Words of a notice that were read for no field (shared/notice.py, Unread), one mark a row, and whether
-- verbs or codes are among them. Null in older rows, until `mofcom reparse` has read them again.
ALTER TABLE ingest.reading ADD COLUMN doubt boolean;
ALTER TABLE ingest.notice ADD COLUMN doubt boolean;

CREATE TABLE ingest.unread (
    notice_key text NOT NULL,
    position int NOT NULL,
    kind text NOT NULL,
    quote text NOT NULL,
    source text NOT NULL,
    starts int NOT NULL,
    ends int NOT NULL,
    PRIMARY KEY (notice_key, position)
);
CREATE INDEX unread_quote ON ingest.unread (quote, kind);
