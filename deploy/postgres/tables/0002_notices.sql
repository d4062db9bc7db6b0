-- Columns that may be null are null in older rows until `mofcom reparse` has read their pages again.

ALTER TABLE ingest.reading
    -- Where the page stands on the site, and the rank of that section among the copies of one document
    -- (shared/site_sections.py).
    ADD COLUMN site_section text,
    ADD COLUMN site_rank int,
    ADD COLUMN last_day date,
    -- Whether verbs or codes are among the unread words.
    ADD COLUMN doubt boolean,
    ADD COLUMN remedy_stage text,
    -- An ISO 639-1 code; and of a page that is not in Chinese, the number of the document that it translates.
    ADD COLUMN language text,
    ADD COLUMN translation_of text,
    -- The bodies that may change the document, from its issuers (shared/chinese/authority.py).
    ADD COLUMN changeable_by text[];

ALTER TABLE ingest.notice
    ADD COLUMN last_day date,
    ADD COLUMN doubt boolean,
    ADD COLUMN remedy_stage text,
    ADD COLUMN language text NOT NULL DEFAULT 'zh',
    ADD COLUMN changeable_by text[];
CREATE INDEX notice_remedy_stage ON ingest.notice (remedy_stage) WHERE remedy_stage IS NOT NULL;

-- Whether the goods are banned or need a licence, and what narrows that.
ALTER TABLE ingest.regulated_item
    ADD COLUMN measure text,
    ADD COLUMN condition text;

ALTER TABLE ingest.duty_rate
    ADD COLUMN stage text,
    ADD COLUMN hs_codes text[] NOT NULL DEFAULT '{}';
CREATE INDEX duty_rate_product ON ingest.duty_rate (product);

-- said is the sentence, reason why the page that says so has no power to change the document.
ALTER TABLE ingest.citation
    ADD COLUMN said text,
    ADD COLUMN mood text NOT NULL DEFAULT 'asserted',
    ADD COLUMN object text,
    ADD COLUMN reason text;

ALTER TABLE ingest.listed_entity
    ADD COLUMN until timestamptz,
    ADD COLUMN said text;

-- Words of a notice that were read for no field (shared/notice.py, Unread), one mark a row.
CREATE TABLE ingest.unread (
    notice_key text NOT NULL,
    position int NOT NULL,
    kind text NOT NULL,
    quote text NOT NULL,
    source text NOT NULL,
    starts int NOT NULL,
    ends int NOT NULL,
    PRIMARY KEY (notice_key, position)
);
CREATE INDEX unread_quote ON ingest.unread (quote, kind);

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

-- These functions have columns more; what reads them is made again with them.
DROP VIEW IF EXISTS public.duty_rates, public.regulated_items, public.listed_entities_current;
DROP FUNCTION IF EXISTS public.notices_in_force(timestamptz);
DROP FUNCTION IF EXISTS public.listed_entities_on(date);
