-- needs: keys, words

CREATE OR REPLACE FUNCTION ingest.english_number_keys(typed text) RETURNS text[]
LANGUAGE sql STABLE STRICT
RETURN (
    WITH said AS (
        -- No. 61 of 2025, [2025] No. 61, 2025 No. 61, 61/2025, 61 of 2025.
        SELECT ' ' || regexp_replace(t.plain, '[^a-z0-9]+', ' ', 'g') || ' ' AS words,
            coalesce(substring(t.plain FROM '\mno\.?\s*(\d{1,6})\M'),
                substring(t.plain FROM '\m(\d{1,6})\s*(?:/|of)\s*(?:19|20)\d\d\M')) AS number,
            coalesce(substring(t.plain FROM '(?:/|\mof)\s*((?:19|20)\d\d)\M'),
                substring(t.plain FROM '\m((?:19|20)\d\d)\M')) AS year,
            CASE WHEN t.plain ~ '\m(order|decree)\M' THEN '令' ELSE '公告' END AS kind
        FROM (SELECT lower(normalize(typed, NFKC)) AS plain) AS t
        WHERE t.plain !~ '[一-鿿]' AND length(t.plain) < 300
            AND t.plain ~ '\m(announcement|notice|order|decree)\M'
    ), issuer AS (
        SELECT w.zh FROM said AS s CROSS JOIN ingest.word AS w CROSS JOIN LATERAL unnest(w.forms) AS form
        WHERE w.class = 'body' AND s.words LIKE '% ' || form || ' %'
    )
    SELECT array_agg(k.key)
    FROM said AS s
    CROSS JOIN (SELECT i.zh FROM issuer AS i UNION SELECT '商务部' WHERE NOT EXISTS (SELECT FROM issuer)) AS b
    CROSS JOIN LATERAL unnest(ingest.number_keys(
        b.zh || s.kind || coalesce(s.year || '年', '') || '第' || s.number || '号')) AS k (key)
    WHERE s.number IS NOT NULL AND (s.year IS NOT NULL OR s.kind = '令')
);
COMMENT ON FUNCTION ingest.english_number_keys(text) IS
    'The keys of a document number as it is said in English, e.g. {商务部2025-61} of MOFCOM Announcement No. 61 of '
    '2025 and of Announcement [2025] No. 61; of the ministry where no issuer is named. Null when it is none.';

CREATE OR REPLACE FUNCTION ingest.typed_keys(typed text) RETURNS text[]
LANGUAGE sql STABLE STRICT
RETURN (
    WITH typed_key AS (
        SELECT unnest(ingest.number_keys(typed)) AS key
    )
    SELECT array_agg(DISTINCT k.key)
    FROM (
        SELECT key FROM typed_key
        UNION ALL
        -- A key has the short name of a body, of whatever name is typed: 税委会 of 国务院关税税则委员会.
        SELECT w.zh || substr(t.key, length(p.body) + 1)
        FROM typed_key AS t
        CROSS JOIN LATERAL (
            -- (Once a key: without OFFSET for each word.)
            SELECT substring(t.key FROM '^(.*?)(?:令|通告)?(?:\d{4}|第\d+届)?-\d+$') OFFSET 0
        ) AS p (body)
        CROSS JOIN LATERAL (
            -- By index: few are the words of a body, and of them one.
            SELECT w.zh FROM ingest.word AS w
            WHERE w.class = 'body' AND w.forms @> ARRAY[lower(p.body)] OFFSET 0
        ) AS w
        UNION ALL
        SELECT unnest(ingest.english_number_keys(typed))
    ) AS k
);
COMMENT ON FUNCTION ingest.typed_keys(text) IS
    'The keys that notices may have whose document number a person types, with any name of its issuer and any '
    'brackets, or in English; null when it is none.';
