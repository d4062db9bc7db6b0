-- needs: answers, asked_at, chain, countries, duty_rates, freshness, questions/screen, regulated_items

CREATE OR REPLACE FUNCTION public.applies(
    hs text DEFAULT NULL,
    direction text DEFAULT NULL,
    country text DEFAULT NULL,
    party text DEFAULT NULL,
    at timestamptz DEFAULT now()
) RETURNS TABLE (
    found boolean,
    matched_by text,
    kind text,
    status text,
    since timestamptz,
    until timestamptz,
    what text,
    hs_code text,
    goods_direction text,
    goods_country text,
    company text,
    rate numeric,
    condition text,
    doubt boolean,
    notice_key text,
    document_number text,
    quote text,
    source text,
    starts int,
    archived_url text,
    last_change text,
    last_change_quote text,
    chain jsonb,
    as_of timestamptz,
    index_asked_at timestamptz,
    not_held text[]
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog
SET timezone = 'Asia/Shanghai'
-- Planning takes longer than the rest: one plan serves every code.
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
    before CONSTANT text := coalesce(current_setting('mofcom.at', true), '');
    code CONSTANT text := nullif(regexp_replace(applies.hs, '\D', '', 'g'), '');
    prefixes CONSTANT text[] := ingest.code_prefixes(ARRAY[code]);
    places CONSTANT text[] := ingest.countries(applies.country);
    missing CONSTANT text[] := ingest.gaps(ARRAY['商务部', '海关总署', '国务院关税税则委员会'])
        || ingest.unread_attachments('管制|禁止|限制|目录|许可|配额|关税|清单')
        || ARRAY(
            SELECT u.notice_key || ': a customs code was read for no field: ' || u.quote
            FROM ingest.unread AS u
            WHERE u.kind = 'customs code' AND (
                regexp_replace(u.quote, '\D', '', 'g') LIKE code || '%'
                OR regexp_replace(u.quote, '\D', '', 'g') = ANY (prefixes))
            ORDER BY u.notice_key LIMIT 20);
BEGIN
    IF code IS NULL AND applies.party IS NULL THEN
        RAISE 'say what is shipped or with whom: applies(hs => ''280530'') or applies(party => ''Skydio'')'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF applies.direction NOT IN ('export', 'import') THEN
        RAISE 'direction is export or import, not %', quote_literal(applies.direction)
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF length(code) NOT BETWEEN 2 AND 10 THEN
        RAISE 'a customs code has 2 to 10 digits, not %', quote_literal(applies.hs)
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- (SET of a function would need a superuser, for a parameter that no library defines.)
    PERFORM set_config('mofcom.at', applies.at::text, true);
    RETURN QUERY
    WITH coded AS (
        SELECT i.* FROM public.regulated_items AS i
        -- (As LIKE '28%' in a form that an index serves whatever the code is: ':' comes behind '9'.)
        WHERE (i.hs_code ~>=~ code AND i.hs_code ~<~ (code || ':') OR i.hs_code = ANY (prefixes))
            AND coalesce(i.direction = applies.direction, true)
    ), named AS (
        -- Goods of which the notice prints no code: those whose words stand in the names of the coded
        -- ones (镓 in 金属镓), and those that may be any where their country is the one of the question.
        SELECT i.* FROM public.regulated_items AS i
        JOIN ingest.regulated_item AS w ON w.notice_key = i.notice_key AND w.position = i.position
        WHERE w.hs_code IS NULL AND code IS NOT NULL
            AND coalesce(i.direction = applies.direction, true)
            AND (w.words && ingest.substrings(ARRAY(SELECT DISTINCT c.name FROM coded AS c))
                OR w.words = '{}' AND w.destination = ANY (places))
    ), measure AS (
        SELECT
            CASE WHEN i.hs_code IS NULL THEN 'name' ELSE 'code' END AS matched_by,
            coalesce(i.measure, 'control') AS kind, i.status, i.until, i.name AS what, i.hs_code,
            i.direction, i.destination AS country, NULL AS party, NULL::numeric AS rate, i.condition,
            i.notice_key, i.document_number, i.last_change, i.last_change_quote,
            'regulated_items[' || i.position - 1 || '].name' AS field
        FROM (TABLE coded UNION ALL TABLE named) AS i
        WHERE coalesce(lower(i.destination) = ANY (places), true)
        UNION ALL
        SELECT
            'code', coalesce(d.stage, 'duty'), d.status, ingest.midnight(d.last_day + 1), d.product, (
                SELECT string_agg(c, ', ') FROM unnest(d.hs_codes) AS c
                WHERE c LIKE code || '%' OR c = ANY (prefixes)),
            'import', d.origin, coalesce(d.company_latin, d.company_zh), d.rate, d.measure,
            d.notice_key, d.document_number, NULL, NULL,
            'duty_rates[' || d.position - 1 || '].rate'
        FROM public.duty_rates AS d
        WHERE (d.notice_key, d.position) IN (
                SELECT r.notice_key, r.position FROM ingest.duty_rate AS r
                WHERE ingest.code_prefixes(r.hs_codes) @> ARRAY[code] OR r.hs_codes && prefixes)
            AND applies.direction IS DISTINCT FROM 'export'
            AND coalesce(lower(d.origin) = ANY (places), true)
        UNION ALL
        SELECT
            'party', 'list', s.status, s.until, s.list, NULL, NULL, NULL, coalesce(s.name_latin, s.name_zh), NULL,
            CASE WHEN s.score < 1 THEN 'similar name, score ' || round(s.score::numeric, 2) END,
            s.notice_key, s.document_number, s.last_change, s.last_change_quote, NULL
        FROM public.screen(applies.party, applies.at) AS s
        WHERE applies.party IS NOT NULL AND s.found
            AND NOT (s.list IN ('出口管制管控名单', '关注名单') AND applies.direction IS NOT DISTINCT FROM 'import')
    )
    SELECT
        m.kind IS NOT NULL, m.matched_by, m.kind, m.status, n.since, m.until, m.what, m.hs_code, m.direction, m.country,
        m.party, m.rate, m.condition, n.doubt, m.notice_key, m.document_number, q.quote, q.source, q.starts,
        ingest.archive_link(m.notice_key), m.last_change, m.last_change_quote, ingest.chain(m.notice_key, applies.at),
        f.as_of, f.index_asked_at, missing
    FROM public.freshness AS f
    LEFT JOIN measure AS m ON true
    LEFT JOIN ingest.notice AS n ON n.notice_key = m.notice_key
    LEFT JOIN LATERAL ingest.quote_of(m.notice_key, m.field) AS q ON true
    WHERE coalesce(n.since <= applies.at, true)
    ORDER BY m.status ~ '^in force' DESC, m.status, m.kind, m.notice_key, m.hs_code, m.party;
    PERFORM set_config('mofcom.at', before, true);
END
$$;
COMMENT ON FUNCTION public.applies(text, text, text, text, timestamptz) IS
    'Every measure that touches a shipment: bans, licences and denials on its customs code (a code matches '
    'what it is part of and what is part of it), duties and deposits on it, lists on which the other party '
    'is; with the status at that time, the words, and the chain of notices behind it. Not each applies: '
    'read status, country, condition. Always at least one row: found is false where nothing is held, and '
    'not_held says what the database lacks. SELECT * FROM applies(hs => ''2805.30'', direction => '
    '''export'', country => ''US'', party => ''Skydio'');';
