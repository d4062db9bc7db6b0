-- needs: newest_file

-- Internal: what pages, notice() and not_held say of attachments.
CREATE OR REPLACE VIEW ingest.attachment_doubt AS
SELECT a.notice_key, a.position, w.n, 'attachment ' || a.name || ' ' || w.why AS doubt
FROM ingest.attachment AS a
LEFT JOIN LATERAL (
    SELECT x.state, x.reason, x.doubts FROM ingest.newest_file AS x WHERE x.url_key = a.url_key OFFSET 0
) AS f ON true
CROSS JOIN LATERAL unnest(CASE
    WHEN f.state IS NULL THEN ARRAY['is not read']
    WHEN f.state <> 'read' THEN ARRAY['is not read: ' || concat_ws(': ', f.state, f.reason)]
    ELSE ARRAY(SELECT 'is doubtful: ' || d FROM unnest(f.doubts) AS d)
END) WITH ORDINALITY AS w (why, n)
UNION ALL
-- Behind all attachments.
SELECT n.notice_key, 1000000, 1, CASE
    WHEN l.inputs IS NULL THEN 'what it lists in its attachments is not read yet'
    ELSE 'not read together with its attachments: ' || concat_ws(': ', l.reason, l.detail) END
FROM ingest.notice AS n
LEFT JOIN ingest.lists AS l ON l.inputs = n.inputs
WHERE n.inputs IS NOT NULL AND l.lists IS NULL;

COMMENT ON VIEW ingest.attachment_doubt IS
    'Why something that stands in the attachments of a notice may be missing or wrong, e.g. attachment 附件1.rar is not '
    'read: unread kind: no reader for rar.';
