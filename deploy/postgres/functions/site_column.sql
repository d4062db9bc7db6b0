CREATE OR REPLACE FUNCTION public.site_column(url_key text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
-- The folder without the file, nor the year, month and `art` folders that hold it.
RETURN regexp_replace(url_key, '(/art)?(/\d+)*/[^/]*$', '');
COMMENT ON FUNCTION public.site_column IS
    'The column of the site to which a page belongs, from its url_key, e.g. '
    'cn,gov,mofcom)/article/zwgk/gkzcfb.';
