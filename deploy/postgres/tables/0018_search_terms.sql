CREATE TABLE ingest.search_term (
    en text PRIMARY KEY,
    zh text [] NOT NULL
);
COMMENT ON TABLE ingest.search_term IS
    'English names of the glossary by their stems, e.g. rare earth, and what texts in Chinese call so '
    '(functions/search_terms.sql).';
