-- needs: answers, asked_at, chain, countries, customs_code, duty_rates, freshness, goods_words, origins_without_rate, questions/screen, regulated_items

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
-- Planning takes longer than the rest: one plan serves every code.
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
    before CONSTANT text := coalesce(current_setting('mofcom.at', true), '');
    moment CONSTANT timestamptz := coalesce(applies.at, now());
    code CONSTANT text := ingest.customs_code(applies.hs);
    prefixes CONSTANT text[] := ingest.code_prefixes(ARRAY[code]);
    places CONSTANT text[] := ingest.countries(applies.country);
    missing CONSTANT text[] := ingest.gaps(ARRAY['商务部', '海关总署', '税委会'])
        || ingest.unread_attachments('管制|禁止|限制|目录|许可|配额|关税|清单')
        || ARRAY(
            SELECT u.notice_key || ': a customs code was read for no field: ' || u.quote
            FROM ingest.unread AS u
            WHERE u.kind = 'customs code' AND (
                regexp_replace(u.quote, '\D', '', 'g') LIKE code || '%'
                OR regexp_replace(u.quote, '\D', '', 'g') = ANY (prefixes))
            ORDER BY u.notice_key LIMIT 20)
        || ARRAY(
            SELECT r.notice_key || ': no customs code was read of the goods on which a duty is: ' || r.product
            FROM ingest.duty_rate AS r
            WHERE r.hs_codes = '{}' AND code IS NOT NULL AND applies.direction IS DISTINCT FROM 'export'
                AND ingest.goods_words(r.product) <> '{}' AND ingest.may_be_of(r.origin, places)
            GROUP BY r.notice_key, r.product
            ORDER BY max(r.since) DESC, r.notice_key, r.product LIMIT 20)
        || CASE WHEN code IS NOT NULL AND applies.direction IS DISTINCT FROM 'export' THEN
            ingest.origins_without_rate(ARRAY(
                SELECT r.notice_key FROM ingest.duty_rate AS r
                WHERE ingest.code_prefixes(r.hs_codes) @> ARRAY[code] OR r.hs_codes && prefixes), places)
            ELSE '{}' END
        || ARRAY(
            SELECT 'without a country, measures on any goods are not in the answer: those of '
                || string_agg(DISTINCT o.country, ', ')
            FROM (
                SELECT i.destination AS country FROM ingest.regulated_item AS i WHERE i.words = '{}'
                UNION
                SELECT r.origin FROM ingest.duty_rate AS r
                WHERE r.hs_codes = '{}' AND ingest.goods_words(r.product) = '{}'
            ) AS o
            WHERE code IS NOT NULL AND places IS NULL
            HAVING count(o.country) > 0)
        || ARRAY(
            SELECT 'goods of which a notice prints no customs code are found only by words that they share with '
                'goods of this code: regulated_items WHERE hs_code IS NULL'
            WHERE code IS NOT NULL AND EXISTS (
                SELECT FROM ingest.regulated_item AS i
                WHERE i.hs_code IS NULL AND coalesce(i.direction = applies.direction, true)));
BEGIN
    IF code IS NULL AND applies.party IS NULL THEN
        RAISE 'say what is shipped or with whom: applies(hs => ''280530'') or applies(party => ''Skydio'')'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF applies.direction NOT IN ('export', 'import') THEN
        RAISE 'direction is export or import, not %', quote_literal(applies.direction)
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF code !~ '^[0-9]{2,10}$' THEN
        RAISE 'a customs code has 2 to 10 digits, as 2805.30 or 28053018, not %', quote_literal(applies.hs)
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- (SET of a function would need a superuser, for a parameter that no library defines.)
    PERFORM set_config('mofcom.at', moment::text, true);
    RETURN QUERY
    WITH coded AS (
        SELECT i.* FROM public.regulated_items AS i
        -- (As LIKE '28%' in a form that an index serves whatever the code is: ':' comes behind '9'.)
        WHERE (i.hs_code ~>=~ code AND i.hs_code ~<~ (code || ':') OR i.hs_code = ANY (prefixes))
            AND coalesce(i.direction = applies.direction, true)
    ), taxed AS (
        SELECT d.* FROM public.duty_rates AS d
        WHERE (d.notice_key, d.position) IN (
                SELECT r.notice_key, r.position FROM ingest.duty_rate AS r
                WHERE ingest.code_prefixes(r.hs_codes) @> ARRAY[code] OR r.hs_codes && prefixes)
    ), named AS (
        -- Goods of which the notice prints no code: those whose words stand in the names of the coded
        -- ones (镓 in 金属镓), and those that may be any where their country is the one of the question.
        SELECT i.* FROM public.regulated_items AS i
        JOIN ingest.regulated_item AS w ON w.notice_key = i.notice_key AND w.position = i.position
        WHERE w.hs_code IS NULL AND code IS NOT NULL
            AND coalesce(i.direction = applies.direction, true)
            AND (w.words && ingest.substrings(ARRAY(SELECT DISTINCT c.name FROM coded AS c))
                OR w.words = '{}' AND w.destination = ANY (places))
    ), taxed_by_name AS (
        SELECT d.* FROM public.duty_rates AS d
        WHERE code IS NOT NULL AND (d.notice_key, d.position) IN (
                SELECT r.notice_key, r.position
                FROM ingest.duty_rate AS r CROSS JOIN LATERAL ingest.goods_words(r.product) AS words
                WHERE r.hs_codes = '{}' AND (
                    words && ingest.substrings(ARRAY(
                        SELECT c.name FROM coded AS c UNION SELECT t.product FROM taxed AS t))
                    OR words = '{}' AND lower(r.origin) = ANY (places)))
    ), measure AS (
        SELECT
            CASE WHEN i.hs_code IS NULL THEN 'name' ELSE 'code' END AS matched_by,
            coalesce(i.measure, 'control') AS kind, i.status, i.until, i.name AS what, i.hs_code,
            i.direction, i.destination AS country, NULL AS party, NULL::numeric AS rate, i.condition,
            i.notice_key, i.document_number, i.last_change, i.last_change_quote,
            'regulated_items[' || i.position - 1 || '].name' AS field, NULL AS quote, NULL AS source,
            NULL::int AS starts, NULL AS link
        FROM (TABLE coded UNION ALL TABLE named) AS i
        WHERE ingest.may_be_of(i.destination, places)
        UNION ALL
        SELECT
            CASE WHEN d.hs_codes = '{}' THEN 'name' ELSE 'code' END, coalesce(d.stage, 'duty'), d.status,
            ingest.midnight(d.last_day + 1), d.product, (
                SELECT string_agg(c, ', ') FROM unnest(d.hs_codes) AS c
                WHERE c LIKE code || '%' OR c = ANY (prefixes)),
            'import', d.origin, coalesce(d.company_latin, d.company_zh), d.rate, d.measure,
            d.notice_key, d.document_number, NULL, NULL,
            'duty_rates[' || d.position - 1 || '].rate', NULL, NULL, NULL, NULL
        FROM (TABLE taxed UNION ALL TABLE taxed_by_name) AS d
        WHERE applies.direction IS DISTINCT FROM 'export'
            AND ingest.may_be_of(d.origin, places)
        UNION ALL
        SELECT
            'party', 'list', s.status, s.until, s.list, NULL, NULL, NULL, coalesce(s.name_latin, s.name_zh), NULL,
            CASE WHEN s.score < 1 THEN 'similar name, score ' || round(s.score::numeric, 2) END,
            s.notice_key, s.document_number, s.last_change, s.last_change_quote, NULL,
            s.quote, s.source, s.starts, s.archived_url
        FROM public.screen(applies.party, moment) AS s
        WHERE applies.party IS NOT NULL AND s.found
            AND NOT (s.list IN ('出口管制管控名单', '关注名单') AND applies.direction IS NOT DISTINCT FROM 'import')
    )
    SELECT
        m.kind IS NOT NULL, m.matched_by, m.kind, m.status, n.since, m.until, m.what, m.hs_code, m.direction, m.country,
        m.party, m.rate, m.condition, n.doubt, m.notice_key, m.document_number,
        coalesce(m.quote, q.quote), coalesce(m.source, q.source), coalesce(m.starts, q.starts),
        coalesce(m.link, q.archived_url), m.last_change, m.last_change_quote, ingest.chain(m.notice_key, moment),
        f.as_of, f.index_asked_at, missing
    FROM public.freshness AS f
    LEFT JOIN measure AS m ON true
    LEFT JOIN ingest.notice AS n ON n.notice_key = m.notice_key
    LEFT JOIN LATERAL ingest.quote_of(m.notice_key, ARRAY[m.field]) AS q ON true
    -- What is announced and begins later is an answer, too; a notice of a later day is none.
    WHERE coalesce(CASE WHEN n.issued_on IS NULL THEN coalesce(n.published_at, n.since) <= moment
        ELSE n.issued_on <= ingest.day_in_china(moment) END, true)
    ORDER BY m.status ~ '^(in force|listed)' DESC, m.status, m.kind, m.notice_key, m.hs_code, m.party;
    PERFORM set_config('mofcom.at', before, true);
END
$$;
COMMENT ON FUNCTION public.applies(text, text, text, text, timestamptz) IS
    'Every measure that touches a shipment: bans, licences and denials on its customs code (a code matches '
    'what it is part of and what is part of it), duties and deposits on it, lists on which the other party '
    'is; with the status at that time (not yet in force: announced, to begin later), the words, and the '
    'chain of notices behind it. Not each applies: read status, country, condition. Always at least one '
    'row: found is false where nothing is held, and not_held says what the database lacks. SELECT * FROM applies(hs => ''2805.30'', direction => '
    '''export'', country => ''US'', party => ''Skydio'');';
