-- needs: lists_due

-- One row, so that one SELECT sees the ledger and the offsets of the same moment.
CREATE OR REPLACE VIEW public.pipeline_open AS
SELECT
    (SELECT count(*) FROM ingest.ledger
     WHERE kind = 'address' AND state IN ('waiting', 'fetched', 'retry')) AS addresses,
    (SELECT count(*) FROM ingest.ledger
     WHERE kind = 'request' AND state IN ('waiting', 'fetched', 'retry')) AS requests,
    (SELECT coalesce(jsonb_object_agg(topic || '/' || "partition", next_offset), '{}')
     FROM ingest.ingest_offset) AS next_offsets,
    (SELECT count(*) FROM ingest.lists_due) AS lists;

COMMENT ON VIEW public.pipeline_open IS
    'What has no outcome yet. Everything is done when addresses, requests and lists are 0 and, checked '
    'after reading this row, no partition''s end offset in Kafka is above next_offsets (0 if '
    'absent): an address.expanded is published after its requests, and a request waits until its '
    'outcome is read, so everything in flight shows in the ledger or in Kafka.';
COMMENT ON COLUMN public.pipeline_open.addresses IS
    'Addresses without an outcome, e.g. 0.';
COMMENT ON COLUMN public.pipeline_open.requests IS
    'Requests without an outcome, e.g. 12.';
COMMENT ON COLUMN public.pipeline_open.next_offsets IS
    'Offset of the next record to read, by TOPIC/PARTITION, e.g. {"capture.fetched/3": 17}.';
COMMENT ON COLUMN public.pipeline_open.lists IS
    'Notices that are to be read together with their attachments, and were not asked for yet, e.g. 1.';
