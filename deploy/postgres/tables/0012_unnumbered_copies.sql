-- A notice without a number is found again at another address by its wording (functions/copies.sql).
CREATE TABLE ingest.joined_page (
    url_key text PRIMARY KEY,
    notice_key text NOT NULL
);
COMMENT ON TABLE ingest.joined_page IS
    'The pages of unnumbered notices whose key is another page''s, of which they are copies.';
CREATE INDEX joined_page_notice_key ON ingest.joined_page (notice_key);
CREATE INDEX reading_unnumbered_wording ON ingest.reading (wording)
    WHERE series_key IS NULL AND issued_on IS NOT NULL AND page_kind IN ('notice', 'law');
CREATE INDEX reading_unnumbered_page ON ingest.reading (url_key) WHERE series_key IS NULL;
