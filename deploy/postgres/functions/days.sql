CREATE OR REPLACE FUNCTION ingest.midnight(day date) RETURNS timestamptz
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN day::timestamp AT TIME ZONE 'UTC' - INTERVAL '8 hours';
COMMENT ON FUNCTION ingest.midnight(date) IS 'The instant at which a day begins in China.';

CREATE OR REPLACE FUNCTION ingest.day_of(issued_on date, published_at timestamptz) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(issued_on, (published_at AT TIME ZONE 'UTC' + INTERVAL '8 hours')::date);
COMMENT ON FUNCTION ingest.day_of IS
    'The day in China on which a page speaks: its date of issue, else that of its publication.';

CREATE OR REPLACE FUNCTION ingest.bucket(day date, days int) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN '#' || days || ':' || (day - DATE '1949-10-01') / days;
COMMENT ON FUNCTION ingest.bucket(date, int) IS
    'The label of a range of days of issue: search reads the newest range first and stops when it '
    'has enough. Three sizes (10, 160, 2560 days), since an index is slow for a query with hundreds '
    'of labels.';
