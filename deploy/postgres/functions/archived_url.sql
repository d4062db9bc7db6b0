CREATE OR REPLACE FUNCTION public.archived_url(archive text, "timestamp" text, url text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
-- A place without a slash at its end shows no captures: https://data.commoncrawl.org.
RETURN CASE WHEN archive LIKE '%/' THEN archive || "timestamp" || '/' || url END;
COMMENT ON FUNCTION public.archived_url IS
    'The address at which its archive shows a capture, e.g. '
    'https://web.archive.org/web/20230111174105/http://www.mofcom.gov.cn/; null where none does.';
