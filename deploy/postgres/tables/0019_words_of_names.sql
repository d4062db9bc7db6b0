-- A name of which another one is a part is found by its words, the rarest first, and not by all trigrams again.
CREATE INDEX listed_entity_latin_words ON ingest.listed_entity USING gin (string_to_array(latin_party, ' '));
CREATE INDEX listed_entity_zh_words ON ingest.listed_entity USING gin (string_to_array(zh_party, ' '));
CREATE INDEX listed_entity_latin_name ON ingest.listed_entity (latin_party);
