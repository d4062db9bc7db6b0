-- needs: authority, cited_titles, days

-- Found by index: for one notice without reading all, and for all without comparing each pair.
CREATE OR REPLACE VIEW ingest.resolved_citation AS
SELECT
    c.notice_key, c.position, c.relation, c.document_number, c.title, c.number_key, c.series_key,
    c.serial, c.title_key, c.clause, c.since, c.until, c.series, c.cited_notice_key,
    c.quote, c.mood, c.object,
    -- What the page itself shows, else what the two documents show together.
    CASE WHEN ingest.is_change(c.relation) THEN coalesce(
        c.reason,
        ingest.against(
            b.issuers, ingest.day_of(b.issued_on, b.published_at), n.issuers, n.changeable_by, n.issued_on))
    END AS reason,
    CASE WHEN c.number_key IS NULL THEN cardinality(t.keys)::bigint ELSE 1 END AS candidates,
    CASE WHEN c.number_key IS NULL THEN t.keys END AS candidate_keys
FROM (
    SELECT c.*, n.notice_key AS cited_notice_key
    FROM ingest.citation AS c
    JOIN ingest.notice AS n ON n.notice_key = c.number_key AND n.notice_key <> c.notice_key
    UNION ALL
    -- Of several notices with that title the newest that the citing page can know.
    SELECT c.*, n.notice_key
    FROM ingest.citation AS c
    JOIN ingest.notice AS by_notice ON by_notice.notice_key = c.notice_key
    JOIN ingest.notice AS n ON ingest.may_be_cited(n, c.title_key, c.serial, c.notice_key)
    CROSS JOIN LATERAL (
        SELECT ingest.day_of(by_notice.issued_on, by_notice.published_at) AS today
    ) AS d
    WHERE c.number_key IS NULL AND NOT EXISTS (
        SELECT FROM ingest.notice AS o
        WHERE ingest.may_be_cited(o, c.title_key, c.serial, c.notice_key)
            AND (coalesce(n.issued_on <= d.today, true), coalesce(n.issued_on, '-infinity'),
                    o.notice_key)
                < (coalesce(o.issued_on <= d.today, true), coalesce(o.issued_on, '-infinity'),
                    n.notice_key))
    UNION ALL
    SELECT c.*, NULL
    FROM ingest.citation AS c
    WHERE NOT EXISTS (
            SELECT FROM ingest.notice AS n
            WHERE n.notice_key = c.number_key AND n.notice_key <> c.notice_key)
        AND (c.number_key IS NOT NULL OR NOT EXISTS (
            SELECT FROM ingest.notice AS n
            WHERE ingest.may_be_cited(n, c.title_key, c.serial, c.notice_key)))
) AS c
JOIN ingest.notice AS b ON b.notice_key = c.notice_key
LEFT JOIN ingest.notice AS n ON n.notice_key = c.cited_notice_key
-- (Looked for only where it is selected.)
CROSS JOIN LATERAL (
    SELECT ARRAY(
        SELECT o.notice_key FROM ingest.notice AS o
        WHERE ingest.may_be_cited(o, c.title_key, c.serial, c.notice_key)
            AND coalesce(o.issued_on <= ingest.day_of(b.issued_on, b.published_at), true)
        ORDER BY o.notice_key
    ) AS keys
) AS t;

COMMENT ON VIEW ingest.resolved_citation IS
    'Every citation with the key of the cited notice, matched by number, else by title; null if '
    'that notice is not in the database. reason says why a change has no authority; candidates, among how '
    'many notices of that title, and candidate_keys, among which.';
