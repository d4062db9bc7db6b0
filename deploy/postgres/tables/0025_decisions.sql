-- What is decided on entries of lists after they are added, few among many: ingest.entries_on() reads it each time.
CREATE INDEX listed_entity_decisions ON ingest.listed_entity (since) WHERE action <> 'add';
