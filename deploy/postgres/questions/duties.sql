-- needs: answers, asked_at, countries, customs_code, duty_rates, freshness, origins_without_rate, stems

CREATE OR REPLACE FUNCTION ingest.is_called(product text, codes text[], named text, meant text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN named IS NULL OR strpos(product, named) > 0
    OR EXISTS (SELECT FROM unnest(meant) AS m WHERE strpos(product, m) > 0)
    OR EXISTS (SELECT FROM unnest(codes) AS c WHERE starts_with(c, named) OR starts_with(named, c));
COMMENT ON FUNCTION ingest.is_called IS
    'Whether goods are those that are named by a part of their name or by a customs code, or meant, in Chinese.';

CREATE OR REPLACE FUNCTION public.duties(
    goods text DEFAULT NULL, origin text DEFAULT NULL, at timestamptz DEFAULT now()
) RETURNS TABLE (
    found boolean,
    measure text,
    stage text,
    status text,
    product text,
    hs_codes text[],
    origin_zh text,
    origin_en text,
    company_zh text,
    company_latin text,
    rate numeric,
    since date,
    last_day date,
    notice_key text,
    document_number text,
    quote text,
    source text,
    starts int,
    archived_url text,
    by_notice_key text,
    status_quote text,
    by_archived_url text,
    as_of timestamptz,
    index_asked_at timestamptz,
    not_held text[]
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
#variable_conflict use_column
DECLARE
    before CONSTANT text := coalesce(current_setting('mofcom.at', true), '');
    -- A code as printed, 4002.39, or words of the product's name.
    named CONSTANT text := CASE WHEN ingest.customs_code(duties.goods) ~ '^[0-9]+$'
        THEN ingest.customs_code(duties.goods) ELSE btrim(duties.goods) END;
    -- As the glossary says it in Chinese.
    meant CONSTANT text[] := (SELECT t.zh FROM ingest.search_term AS t WHERE t.en = ingest.stems(duties.goods));
    places CONSTANT text[] := ingest.countries(duties.origin);
    missing CONSTANT text[] := ingest.gaps(ARRAY['商务部', '税委会', '海关总署'])
        || ingest.unread_attachments('关税')
        || ingest.origins_without_rate(ARRAY(
            SELECT r.notice_key FROM ingest.duty_rate AS r
            WHERE ingest.is_called(r.product, r.hs_codes, named, meant)), places)
        || ARRAY(
            SELECT u.notice_key || ': a percentage was read for no field: ' || u.quote
            FROM ingest.unread AS u
            JOIN ingest.notice AS n ON n.notice_key = u.notice_key AND n.remedy_stage IN ('deposit', 'duty')
            WHERE u.kind = 'percentage' ORDER BY u.notice_key, u.position LIMIT 20);
BEGIN
    PERFORM set_config('mofcom.at', coalesce(duties.at, now())::text, true);
    RETURN QUERY
    WITH answer AS (
        SELECT d.*
        FROM public.duty_rates AS d
        WHERE ingest.is_called(d.product, d.hs_codes, named, meant)
            AND ingest.may_be_of(d.origin, places)
    )
    SELECT
        a.notice_key IS NOT NULL, a.measure, a.stage, a.status, a.product, a.hs_codes, a.origin, a.origin_en,
        a.company_zh, a.company_latin, a.rate, a.since, a.last_day, a.notice_key, a.document_number, q.quote,
        q.source, q.starts, q.archived_url, a.by_notice_key, a.quote,
        ingest.archive_link(a.by_notice_key), f.as_of, f.index_asked_at, missing
    FROM public.freshness AS f
    LEFT JOIN answer AS a ON true
    LEFT JOIN LATERAL ingest.quote_of(
        a.notice_key, ARRAY['duty_rates[' || a.position - 1 || '].rate']) AS q ON true
    ORDER BY a.since DESC NULLS LAST, a.notice_key, a.position;
    PERFORM set_config('mofcom.at', before, true);
END
$$;
COMMENT ON FUNCTION public.duties(text, text, timestamptz) IS
    'Rates of anti-dumping, countervailing and safeguard duties and deposits, and of duties on top of the '
    'tariff''s: on goods (a part of the name as printed, or a customs code) of an origin, each with its status, '
    'now or at another time; those whose origin is not known too. Always at least one row: found is false '
    'where nothing is held. SELECT * FROM duties(''卤化丁基橡胶'', ''SG'').';
