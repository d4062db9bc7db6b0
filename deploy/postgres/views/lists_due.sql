-- Internal: the indexer requests that these be read (functions/lists.sql).
CREATE OR REPLACE VIEW ingest.lists_due AS
SELECT DISTINCT n.inputs, coalesce(q.attempt, 0) + 1 AS attempt
FROM ingest.notice AS n
LEFT JOIN ingest.lists AS l ON l.inputs = n.inputs
LEFT JOIN ingest.lists_requested AS q ON q.inputs = n.inputs
WHERE n.inputs IS NOT NULL AND l.inputs IS NULL
    -- An answer takes seconds. What fails every time is a dead letter of the parser.
    AND (q.inputs IS NULL OR q.requested_at < now() - INTERVAL '1 hour' AND q.attempt < 3);

COMMENT ON VIEW ingest.lists_due IS
    'Notices, by their inputs, that are to be read together with their attachments and were not asked for yet.';
