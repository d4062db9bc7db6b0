-- The newest notices of duties, of which ingest.origins_without_rate() says what was not read.
CREATE INDEX notice_of_duties ON ingest.notice (issued_on DESC NULLS LAST) WHERE remedy_stage IN ('deposit', 'duty');
-- The notices that a number without its issuer may mean.
CREATE INDEX notice_serial ON ingest.notice (serial) WHERE serial IS NOT NULL;
