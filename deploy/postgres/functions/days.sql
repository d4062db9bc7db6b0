CREATE OR REPLACE FUNCTION ingest.midnight(day date) RETURNS timestamptz
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN day::timestamp AT TIME ZONE INTERVAL '8 hours';
COMMENT ON FUNCTION ingest.midnight(date) IS 'The instant at which a day begins in China.';

-- As the parser reads times, without the summer times of 1986 to 1991.
CREATE OR REPLACE FUNCTION ingest.day_in_china(at timestamptz) RETURNS date
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (at AT TIME ZONE INTERVAL '8 hours')::date;
COMMENT ON FUNCTION ingest.day_in_china(timestamptz) IS 'The day that it is in China at an instant.';

CREATE OR REPLACE FUNCTION ingest.day_of(issued_on date, published_at timestamptz) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(issued_on, ingest.day_in_china(published_at));
COMMENT ON FUNCTION ingest.day_of IS
    'The day in China on which a page speaks: its date of issue, else that of its publication.';

CREATE OR REPLACE FUNCTION ingest.bucket(day date, days int) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN '#' || days || ':' || (day - DATE '1949-10-01') / days;
COMMENT ON FUNCTION ingest.bucket(date, int) IS
    'The label of a range of days of issue: search reads the newest range first and stops when it '
    'has enough. Three sizes (10, 160, 2560 days), since an index is slow for a query with hundreds '
    'of labels.';
