-- Where the page of a reading stands on the site (shared/site_sections.py): its section, and the section's
-- rank among copies of one document. Null in older rows, until `mofcom reparse` has read them again.
ALTER TABLE ingest.reading ADD COLUMN site_section text;
ALTER TABLE ingest.reading ADD COLUMN site_rank int;
