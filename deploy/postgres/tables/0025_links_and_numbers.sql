-- It says the address of where a quote stands, too: made again by its own file, and so is what calls it.
DROP FUNCTION IF EXISTS ingest.chain(text, timestamptz);
DROP FUNCTION IF EXISTS ingest.quote_of(text, text[]);

-- The newest notices of duties, of which ingest.origins_without_rate() says what was not read.
CREATE INDEX notice_of_duties ON ingest.notice (issued_on DESC NULLS LAST) WHERE remedy_stage IN ('deposit', 'duty');
-- The notices that a number without its issuer may mean.
CREATE INDEX notice_serial ON ingest.notice (serial) WHERE serial IS NOT NULL;
