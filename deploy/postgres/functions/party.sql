-- needs: texts

-- What of a company's name is compared: who asks for Skydio, Inc. means 斯凯迪奥公司(Skydio), too.
CREATE OR REPLACE FUNCTION ingest.party(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT coalesce(nullif(btrim(regexp_replace(regexp_replace(s.words,
        -- Forms of a company say nothing of which company it is. Chinese ones stand behind the name,
        -- those of one or two Latin letters (AB, AS, SA) only at the end.
        '((集团|控股|股份|有限责任|有限)*(公司|会社)|(控股|集团)+|株式会社|有限合伙|合伙企业)(?![一-鿿])|^株式会社'
        || '|\m(incorporated|inc|corporation|corp|company|limited|ltd|llc|llp|plc|gmbh|sarl|srl|spa|pty'
        || '|pvt|pte|jsc|pjsc|ooo|partnership|group|holding|holdings|the)\M'
        || '|\m(co|kg|lp|ag|sa|se|ab|as|asa|oy|oyj|nv|bv|kk)\M(?=\W*$)'
        || '|\mco\M(?=\W+(ltd|limited|inc|kg|llc))'
        , ' ', 'g'), '\s+', ' ', 'g')), ''), s.words)
    FROM (
        SELECT btrim(regexp_replace(regexp_replace(regexp_replace(
            -- Accents (Société), then the dots of L.L.C. and S.A., then what is no letter and no digit.
            regexp_replace(normalize(ingest.folded(normalize(name, NFKD)), NFKD), '[\u0300-\u036f]+', '', 'g'),
            '(?<=\m[a-z])\.(?=[a-z]\M)', '', 'g'),
            '[^a-z0-9一-鿿㐀-䶿]+', ' ', 'g'),
            -- 洛克希德·马丁 is 洛克希德马丁.
            '(?<=[一-鿿㐀-䶿]) (?=[一-鿿㐀-䶿])', '', 'g')) AS words
    ) AS w
    -- Words that are often shortened are all compared by their short form, at the end of a longer word,
    -- too: Alphainstruments is nearly Alpha Instruments.
    CROSS JOIN LATERAL (
        SELECT regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
            regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(w.words,
            'international\M', 'intl', 'g'), 'technolog[a-z]*\M', 'tech', 'g'),
            'laborator(?:y|ies)\M|\mlabs\M', 'lab', 'g'), 'systems?\M', 'sys', 'g'),
            'electronics?\M', 'elec', 'g'), 'instruments?\M', 'instr', 'g'),
            '\mdefence\M', 'defense', 'g'), 'manufacturing\M', 'mfg', 'g'),
            'management\M|\mmgt\M', 'mgmt', 'g'), 'engineering\M|\mengr\M', 'eng', 'g'),
            'industr(?:y|ies)\M|\minds\M', 'ind', 'g'), 'services?\M|\msvcs\M', 'svc', 'g') AS words
    ) AS s
);
COMMENT ON FUNCTION ingest.party(text) IS
    'The part of a name by which companies are told apart: skydio of Skydio, Inc., 斯凯迪奥 of 斯凱迪奧公司.';

-- Rows that an older definition wrote.
UPDATE ingest.listed_entity SET
    zh_party = ingest.party(name_zh),
    latin_party = ingest.party(name_latin),
    former_party = ingest.party(former_name)
WHERE (zh_party, latin_party, former_party)
    IS DISTINCT FROM (ingest.party(name_zh), ingest.party(name_latin), ingest.party(former_name));
