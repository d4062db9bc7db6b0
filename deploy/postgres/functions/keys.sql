-- needs: texts

-- One key for all spellings of a title, and of a name.

CREATE OR REPLACE FUNCTION ingest.title_key(title text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(normalize(title, NFKC), '[\s《》“”"]+', '', 'g');
COMMENT ON FUNCTION ingest.title_key(text) IS
    'What all forms of a title share: NFKC, no white space, no quotation marks.';

-- Keys of numbers are the parser's. What a person types is made like one: the first issuer alone counts,
-- 公告 is left out, and so are 第 and any brackets.
CREATE OR REPLACE FUNCTION ingest.number_key(typed text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT regexp_replace(n.typed, '[\s、].*?((?:令|通告)?(?:\d{4})?-\d+)$', '\1')
    FROM (
        SELECT regexp_replace(
            -- 商务部2025年第61号公告 is 商务部公告2025年第61号.
            regexp_replace(
                replace(translate(btrim(normalize(typed, NFKC)), '[]()【】', '〔〕〔〕〔〕'), '中华人民共和国', ''),
                '((?:\d{4}\s*年\s*)?第\s*\d{1,6}\s*号)\s*(公告|通告|公示|令)$', '\2\1'),
            '\s*(?:公告)?[\s〔]*(?:(\d{4})\s*(?:(?:年\s*〕?|〕)\s*第?|第)|第)\s*0*(\d{1,6})\s*号〕?$',
            '\1-\2') AS typed
    ) AS n
    WHERE n.typed ~ '[一-鿿](?:\d{4})?-\d{1,6}$'
);
COMMENT ON FUNCTION ingest.number_key(text) IS
    'The key of the document number that a person types, e.g. 商务部2025-70; null when it is none.';

-- Who types an order without its year, or one that is not counted by years with it, means any of these:
-- 商务部令第7号 is 商务部令2020-7 or 商务部令2014-7, 主席令2003年第7号 is 主席令第10届-7.
CREATE OR REPLACE FUNCTION ingest.number_keys(typed text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT ARRAY(
        SELECT k.key
        UNION
        SELECT part[1] || '-' || part[3] WHERE part IS NOT NULL
        UNION
        SELECT part[1] || y || '-' || part[3] FROM generate_series(1980, 2049) AS y
        WHERE part[2] = ''
        UNION
        SELECT part[1] || '第' || n || '届-' || part[3] FROM generate_series(6, 20) AS n
        -- The year of an election has two.
        WHERE part[2] = '' OR n IN ((nullif(part[2], '')::int - 1953) / 5, (nullif(part[2], '')::int - 1954) / 5)
    )
    FROM (
        SELECT n.key, regexp_match(n.key, '^(.*令)(\d{4}|)-(\d+)$') AS part
        -- (OFFSET has each worked out once, and not for each year.)
        FROM (SELECT ingest.number_key(typed) AS key OFFSET 0) AS n OFFSET 0
    ) AS k
    WHERE k.key IS NOT NULL
);
COMMENT ON FUNCTION ingest.number_keys(text) IS
    'The keys that notices of a typed document number may have; null when it is none.';

CREATE OR REPLACE FUNCTION ingest.name_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN nullif(regexp_replace(ingest.folded(normalize(name, NFKC)), '[^a-z0-9一-鿿㐀-䶿]+', '', 'g'), '');
COMMENT ON FUNCTION ingest.name_key(text) IS
    'What all spellings of a name share: Skydio, Inc. and SKYDIO INC are skydioinc.';
