ALTER TABLE ingest.reading ADD COLUMN remedy_stage text;
ALTER TABLE ingest.notice ADD COLUMN remedy_stage text;
ALTER TABLE ingest.duty_rate ADD COLUMN stage text;
ALTER TABLE ingest.duty_rate ADD COLUMN hs_codes text[] NOT NULL DEFAULT '{}';
CREATE INDEX notice_remedy_stage ON ingest.notice (remedy_stage) WHERE remedy_stage IS NOT NULL;
CREATE INDEX duty_rate_product ON ingest.duty_rate (product);
