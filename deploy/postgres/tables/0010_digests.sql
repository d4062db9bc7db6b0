ALTER TABLE ingest.reading ADD COLUMN digest text;
COMMENT ON COLUMN ingest.reading.digest IS
    'SHA-256 of all that was read, without the parser''s version: what a newer parser reads alike is left as it '
    'is. Null in readings stored before it was there.';
