-- What the questions (questions/) look up by.

-- A schema of their own: fuzzystrmatch has a function called difference, as ingest has.
CREATE SCHEMA IF NOT EXISTS matching;
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA matching;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch SCHEMA matching;

-- The part of each name by which companies are told apart (functions/party.sql).
ALTER TABLE ingest.listed_entity
    ADD COLUMN zh_party text,
    ADD COLUMN latin_party text,
    ADD COLUMN former_party text;
CREATE INDEX listed_entity_zh_party ON ingest.listed_entity USING gin (zh_party matching.gin_trgm_ops);
CREATE INDEX listed_entity_latin_party ON ingest.listed_entity USING gin (latin_party matching.gin_trgm_ops);
CREATE INDEX listed_entity_former_party ON ingest.listed_entity USING gin (former_party matching.gin_trgm_ops);

-- Unread words in which the answer to a question may stand.
CREATE INDEX unread_code ON ingest.unread (regexp_replace(quote, '\D', '', 'g') text_pattern_ops)
    WHERE kind = 'customs code';
CREATE INDEX unread_name ON ingest.unread USING gin (quote matching.gin_trgm_ops) WHERE kind = 'name';

CREATE TYPE ingest.similar_entry AS (score real, matched text, matched_on text, keys text[]);

-- A code matches in both directions: 8112 is of 81129210, and 81129210 of 8112.
CREATE FUNCTION ingest.code_prefixes(codes text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY(
    SELECT DISTINCT left(c.code, n) FROM unnest(codes) AS c (code), generate_series(2, length(c.code)) AS n
);
CREATE INDEX duty_rate_code ON ingest.duty_rate USING gin (ingest.code_prefixes(hs_codes));
CREATE INDEX duty_rate_codes ON ingest.duty_rate USING gin (hs_codes);

CREATE TABLE ingest.word (
    class text NOT NULL,
    zh text NOT NULL,
    en text NOT NULL,
    code text,
    forms text[] NOT NULL,
    PRIMARY KEY (class, zh)
);
COMMENT ON TABLE ingest.word IS
    'The lexicon''s present English of lists, places, bodies, types of documents and offices, and all '
    'forms that mean the same, in lower case (functions/words.sql).';
CREATE INDEX word_forms ON ingest.word USING gin (forms);

-- What goods without a customs code are recognised by; empty where they may be any, null with a code.
ALTER TABLE ingest.regulated_item ADD COLUMN words text[];
CREATE INDEX regulated_item_words ON ingest.regulated_item USING gin (words) WHERE hs_code IS NULL;
CREATE INDEX regulated_item_any ON ingest.regulated_item (destination) WHERE words = '{}';
