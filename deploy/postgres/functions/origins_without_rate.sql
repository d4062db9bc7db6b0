-- needs: countries

CREATE OR REPLACE FUNCTION ingest.origins_without_rate(keys text[], places text[]) RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT ARRAY(
        SELECT n.notice_key || ': its title names ' || o.origin || ', and no rate of goods from there was read'
        FROM (
            SELECT k.notice_key, k.title, k.issued_on FROM ingest.notice AS k
            WHERE k.notice_key = ANY (keys) AND k.remedy_stage IN ('deposit', 'duty')
            UNION
            SELECT k.notice_key, k.title, k.issued_on
            FROM (
                SELECT d.notice_key, d.title, d.issued_on FROM ingest.notice AS d WHERE d.remedy_stage IN ('deposit', 'duty')
                ORDER BY d.issued_on DESC NULLS LAST LIMIT 500
            ) AS k
            WHERE NOT EXISTS (SELECT FROM ingest.duty_rate AS r WHERE r.notice_key = k.notice_key)
        ) AS n
        -- 原产于捷克共和国、美国和中国台湾地区的进口…
        CROSS JOIN LATERAL regexp_split_to_table(
            substring(n.title FROM '原产于([^的]{1,100})的'), '[、，,]|以及|及|与|和(?!国)') AS part
        CROSS JOIN LATERAL (SELECT btrim(regexp_replace(part, '等(国家|地区|国)*$', '')) AS origin) AS o
        WHERE o.origin <> '' AND NOT EXISTS (
            SELECT FROM ingest.duty_rate AS r
            WHERE r.notice_key = n.notice_key AND (
                r.origin IS NULL
                OR ingest.place_key(r.origin) = ingest.place_key(o.origin)
                OR EXISTS (
                    SELECT FROM ingest.word AS w
                    WHERE w.class = 'place' AND w.forms @> ARRAY[lower(r.origin), lower(o.origin)])))
            AND ingest.may_be_of(o.origin, places)
        ORDER BY n.issued_on DESC NULLS LAST, n.notice_key, o.origin LIMIT 20);
END;
COMMENT ON FUNCTION ingest.origins_without_rate(text[], text[]) IS
    'What an answer on duties lacks: the origins, if they may be of these places (any for null), that the titles of '
    'notices of duties or deposits name and of which no rate was read; of these notices, and of those without any '
    'rate among the newest 500.';
