-- fetcher.pause has a row at most; nothing else reads it.
-- squawk-ignore-file ban-drop-constraint, ban-drop-column, constraint-missing-not-valid, adding-serial-primary-key-field

-- Captures come from more than one archive. Those of before, and events that do not say so, are the
-- Wayback Machine's.
ALTER TABLE ingest.capture ADD COLUMN archive text DEFAULT 'https://web.archive.org/web/';
COMMENT ON COLUMN ingest.capture.archive IS
    'The address behind which TIMESTAMP/URL shows the capture, with a slash at its end; else where it '
    'came from, null for a WARC file that does not say so.';

ALTER TABLE ingest.request ADD COLUMN archive text NOT NULL DEFAULT 'https://web.archive.org/web/';
COMMENT ON COLUMN ingest.request.archive IS 'The archive that is asked, as in ingest.capture.';

ALTER TABLE fetcher.capture ADD COLUMN archive text DEFAULT 'https://web.archive.org/web/';
COMMENT ON COLUMN fetcher.capture.archive IS
    'Whose index lists it, or where it came from, as in ingest.capture.';

ALTER TABLE fetcher.listing ADD COLUMN archive text NOT NULL DEFAULT 'https://web.archive.org/web/';
COMMENT ON COLUMN fetcher.listing.archive IS 'Whose index was asked, as in ingest.capture.';

-- Each archive is left alone by itself.
ALTER TABLE fetcher.pause DROP CONSTRAINT pause_pkey;
ALTER TABLE fetcher.pause DROP CONSTRAINT pause_one_check;
ALTER TABLE fetcher.pause DROP COLUMN one;
ALTER TABLE fetcher.pause ADD COLUMN archive text NOT NULL DEFAULT 'archive';
ALTER TABLE fetcher.pause ADD CONSTRAINT pause_pkey PRIMARY KEY (archive);
COMMENT ON TABLE fetcher.pause IS 'The last time that an archive was left alone; one row for each.';
COMMENT ON COLUMN fetcher.pause.archive IS 'The name of the archive, e.g. arquivo.pt; archive: the Wayback Machine.';
