-- Rows that are written a second time, when a page is read or its English comes: the room of the first ones is
-- used again before a table has grown by a fifth, which is PostgreSQL's default.
ALTER TABLE ingest.ledger SET (autovacuum_vacuum_scale_factor = 0.03);
ALTER TABLE ingest.notice SET (autovacuum_vacuum_scale_factor = 0.03);
ALTER TABLE ingest.translation SET (
    autovacuum_vacuum_scale_factor = 0.03, toast.autovacuum_vacuum_scale_factor = 0.03);
ALTER TABLE ingest.passage SET (
    autovacuum_vacuum_scale_factor = 0.03, toast.autovacuum_vacuum_scale_factor = 0.03);
