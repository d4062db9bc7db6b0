-- What a question cannot find by the code or the name that it asks for.
CREATE INDEX duty_rate_uncoded ON ingest.duty_rate (notice_key, position) WHERE hs_codes = '{}';
CREATE INDEX regulated_item_uncoded ON ingest.regulated_item (direction) WHERE hs_code IS NULL;
CREATE INDEX listed_entity_one_script ON ingest.listed_entity (list) WHERE latin_key IS NULL OR zh_key IS NULL;
