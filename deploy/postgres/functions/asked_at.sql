CREATE OR REPLACE FUNCTION ingest.asked_at() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(nullif(current_setting('mofcom.at', true), '')::timestamptz, now());
COMMENT ON FUNCTION ingest.asked_at() IS
    'The instant for which views give the status: now, or SET mofcom.at = ''2025-12-01 00:00+08''.';
