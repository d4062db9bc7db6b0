-- Whether the goods are banned or need a licence, and what narrows that. Null in older rows, until
-- `mofcom reparse` has read them again.
ALTER TABLE ingest.regulated_item ADD COLUMN measure text;
ALTER TABLE ingest.regulated_item ADD COLUMN condition text;
