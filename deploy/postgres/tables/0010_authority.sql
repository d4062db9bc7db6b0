-- What a text says of a document, and whether it may change it. Rows that are there have the values that they
-- were read with, until `mofcom reparse` has read them again.
ALTER TABLE ingest.citation ADD COLUMN mood text NOT NULL DEFAULT 'asserted';
ALTER TABLE ingest.citation ADD COLUMN object text;
ALTER TABLE ingest.citation ADD COLUMN reason text;
-- The bodies that may change a document, from its issuers (shared/chinese/authority.py).
ALTER TABLE ingest.reading ADD COLUMN changeable_by text[];
ALTER TABLE ingest.notice ADD COLUMN changeable_by text[];
