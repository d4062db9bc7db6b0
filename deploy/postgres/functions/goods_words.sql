CREATE OR REPLACE FUNCTION ingest.goods_words(name text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ARRAY(
    SELECT DISTINCT w.word
    FROM (
        SELECT regexp_replace(part,
            '^(其|等|含|各类|全部|所有|进口|出口)+|(两用物项|物项|材料|制品|产品|商品|货物|技术|设备|类|等|相关)+$', '', 'g')
            AS word
        FROM regexp_split_to_table(normalize(name, NFKC), '[、,;()\s]|及其|以及|相关|用于|所控|[及和与或的]') AS part
    ) AS w
    WHERE w.word <> ''
);
COMMENT ON FUNCTION ingest.goods_words(text) IS
    'What a name of goods without a customs code is recognised by in other names: {镓,锗,锑,超硬} of '
    '镓、锗、锑、超硬材料相关两用物项; empty of 两用物项 and 所有进口商品, which may be any.';

CREATE OR REPLACE FUNCTION ingest.substrings(words text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ARRAY(
    SELECT DISTINCT substr(w.word, i, n)
    FROM unnest(words) AS w (word)
    CROSS JOIN generate_series(1, length(w.word)) AS i
    CROSS JOIN generate_series(1, least(8, length(w.word) - i + 1)) AS n
);

-- Rows that an older definition wrote.
UPDATE ingest.regulated_item SET words = ingest.goods_words(name)
WHERE hs_code IS NULL AND words IS DISTINCT FROM ingest.goods_words(name);
