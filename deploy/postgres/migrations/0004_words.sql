-- Texts as they are compared and searched: wordings, document numbers, tokens.

-- -- wordings --------------------------------------------------------------------------------

-- convert_to() counts as depending on the database, which is UTF-8 for good.
CREATE FUNCTION ingest.wording(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN encode(
    sha256(convert_to(regexp_replace(normalize(words, NFKC), '\s+', '', 'g'), 'UTF8')), 'hex');
COMMENT ON FUNCTION ingest.wording(text) IS
    'What two texts share that are one wording: sha256 after NFKC and removal of white space.';

-- -- document numbers ------------------------------------------------------------------------

CREATE TYPE ingest.number_parts AS (
    number_key text,
    series_key text,
    series text,
    serial int
);

-- The same document is cited with 公告 and without, with 第 and without, with any bracket, with all
-- its issuers or the first alone. Joint announcements are counted in the series of the first
-- issuer, so that one, the year and the serial name the document.
CREATE FUNCTION ingest.number_parts(printed text, issuers text[] DEFAULT '{}')
RETURNS ingest.number_parts
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    plain text := translate(btrim(normalize(printed, NFKC)), '[]()【】', '〔〕〔〕〔〕');
    found text[];
    head text[];
    kind text;
    lead text;
    bracketed boolean;
    parts ingest.number_parts;
BEGIN
    IF plain IS NULL OR length(plain) > 200 THEN
        RETURN NULL;
    END IF;
    found := regexp_match(plain,
        '^(.*?)[\s〔]*(\d{4})\s*(年\s*〕?|〕|(?=第))\s*第?\s*(\d{1,6})\s*号〕?$');
    IF found IS NULL THEN
        found := regexp_match(plain, '^(.*?)()()[\s〔]*第?\s*(\d{1,6})\s*号〕?$');
    END IF;
    IF found IS NULL THEN
        RETURN NULL;
    END IF;
    head := regexp_split_to_array(btrim(replace(found[1], '中华人民共和国', '')), '[\s、]+');
    kind := coalesce(substring(head[cardinality(head)] FROM '(?:公告|通告|令)$'), '');
    -- Without a year only orders and announcements are numbered.
    IF found[2] = '' AND kind = '' AND head[1] <> '' THEN
        RETURN NULL;
    END IF;
    lead := CASE WHEN cardinality(head) > 1 THEN head[1] || kind ELSE head[1] END;
    IF lead = kind THEN
        lead := coalesce(issuers[1], '') || kind;
    END IF;
    IF lead = '' OR lead = kind THEN
        RETURN NULL;
    END IF;
    bracketed := found[3] = '〕';
    -- Orders of the State Council, the President and the Foreign Minister carry no year.
    IF lead IN ('国务院令', '主席令', '国家主席令', '外交部令') THEN
        found[2] := '';
    END IF;
    parts.serial := found[4]::int;
    parts.series_key := regexp_replace(lead, '公告$', '') || found[2];
    parts.number_key := parts.series_key || '-' || parts.serial;
    parts.series := CASE
        WHEN found[2] = '' THEN lead
        WHEN bracketed THEN lead || '〔' || found[2] || '〕'
        ELSE lead || ' ' || found[2] || '年'
    END;
    RETURN parts;
END
$$;
COMMENT ON FUNCTION ingest.number_parts(text, text[]) IS
    'A document number taken apart: 商务部 海关总署公告2025年第70号 is (商务部2025-70, 商务部2025, '
    '商务部公告 2025年, 70); null when it is none. A number without an issuer takes the first given.';

CREATE FUNCTION ingest.number_key(printed text, issuers text[] DEFAULT '{}') RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (ingest.number_parts(printed, issuers)).number_key;
COMMENT ON FUNCTION ingest.number_key(text, text[]) IS
    'What all forms of a document number share, e.g. 商务部2025-70; null when it is none.';

CREATE FUNCTION ingest.title_key(title text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(normalize(title, NFKC), '[\s《》“”"]+', '', 'g');
COMMENT ON FUNCTION ingest.title_key(text) IS
    'What all forms of a title share: NFKC, no white space, no quotation marks.';

-- -- search ----------------------------------------------------------------------------------

CREATE FUNCTION ingest.readable(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(regexp_replace(normalize(words, NFKC),
    '(?<=[一-鿿㐀-䶿])\s+(?=[一-鿿㐀-䶿])', '', 'g'), '\s+', ' ', 'g');
COMMENT ON FUNCTION ingest.readable(text) IS
    'A text as passages hold it: NFKC, no white space between Chinese characters (商 务 部 is 商务部), '
    'one space elsewhere.';

CREATE FUNCTION ingest.folded(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(ingest.simplified(lower(words)), '[]()【】', '〔〕〔〕〔〕');
COMMENT ON FUNCTION ingest.folded(text) IS
    'A readable text as it is compared: lower case, simplified characters, one kind of bracket; '
    'character for character as long as it was.';

CREATE FUNCTION ingest.tokens(plain text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ARRAY(
    SELECT pair.one || pair.other
    FROM (SELECT regexp_replace(plain, '[^一-鿿㐀-䶿]+', ' ', 'g')) AS chinese (words)
    -- Each character beside the next: faster than regular expressions over pairs.
    CROSS JOIN LATERAL ROWS FROM (
        string_to_table(chinese.words, NULL), string_to_table(substr(chinese.words, 2), NULL)
    ) AS pair (one, other)
    WHERE pair.one <> ' ' AND pair.other <> ' '
) || tsvector_to_array(to_tsvector('english', regexp_replace(plain, '[^a-z0-9]+', ' ', 'g')));
COMMENT ON FUNCTION ingest.tokens(text) IS
    'The tokens of a folded text, be it a passage or a query: every pair of neighbouring Chinese '
    'characters, every English word by its stem, every number.';

CREATE FUNCTION ingest.characters(plain text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_remove(
    string_to_array(regexp_replace(plain, '[^一-鿿㐀-䶿]+', '', 'g'), NULL), NULL);
COMMENT ON FUNCTION ingest.characters(text) IS
    'The Chinese characters of a folded text, each one: tokens of titles, for words of one character.';
