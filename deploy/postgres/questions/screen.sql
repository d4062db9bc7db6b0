-- needs: answers, entries_on, freshness, keys, party, short

-- Loads the library whose parameters are set below: only a superuser may set what nobody defines.
SELECT matching.show_limit();

CREATE OR REPLACE FUNCTION ingest.is_swapped(a text, b text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT substr(a, d.at, 2) = reverse(substr(b, d.at, 2)) AND substr(a, d.at + 2) = substr(b, d.at + 2)
    FROM (SELECT min(i) AS at FROM generate_series(1, length(a)) AS i WHERE substr(a, i, 1) <> substr(b, i, 1)) AS d
    WHERE d.at IS NOT NULL
);
COMMENT ON FUNCTION ingest.is_swapped(text, text) IS
    'Whether two texts of one length differ in that two letters next to each other are swapped: skydoi and skydio.';

CREATE OR REPLACE FUNCTION ingest.likeness(asked text, party text) RETURNS real
-- (Not strict, and so a part of the query and no call for each name.)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN asked = party THEN 1
    ELSE least(0.99, greatest(
        matching.similarity(asked, party),
        -- Of short names a typing error changes most groups of three letters: Skydoi.
        1 - (matching.levenshtein(left(asked, 255), left(party, 255))
            - CASE WHEN length(asked) = length(party) AND matching.levenshtein(left(asked, 255), left(party, 255)) = 2
                AND ingest.is_swapped(asked, party) THEN 1 ELSE 0 END)::real
            / greatest(length(asked), length(party)),
        -- A name of which the other is a part: Lockheed Martin of Lockheed Martin Aeronautics. A common
        -- word of a long name says little.
        CASE WHEN ' ' || party || ' ' LIKE '% ' || asked || ' %'
                OR party ~ '[一-鿿]' AND length(asked) > 2 AND strpos(party, asked) > 0
            THEN 0.5 + 0.4 * length(asked) / length(party)
            WHEN ' ' || asked || ' ' LIKE '% ' || party || ' %'
                OR party ~ '[一-鿿]' AND length(party) > 2 AND strpos(asked, party) > 0
            THEN 0.5 + 0.4 * length(party) / length(asked)
            ELSE 0 END))
    END::real;

CREATE OR REPLACE FUNCTION ingest.shortened(party text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
    regexp_replace(regexp_replace(regexp_replace(regexp_replace(party,
    'internat[a-z]*\M', 'intl', 'g'), 'technol[a-z]*\M', 'tech', 'g'), 'laborat[a-z]*\M', 'lab', 'g'),
    'syst[a-z]{0,4}\M', 'sys', 'g'), 'electron[a-z]*\M', 'elec', 'g'), 'instrum[a-z]*\M', 'instr', 'g'),
    'manufact[a-z]*\M', 'mfg', 'g'), 'manag[a-z]*\M', 'mgmt', 'g'), 'engin[a-z]{2,}\M', 'eng', 'g'),
    'indust[a-z]*\M', 'ind', 'g'), 'servi[a-z]+\M', 'svc', 'g');
COMMENT ON FUNCTION ingest.shortened(text) IS
    'What ingest.party() makes of a name without the error in the ending of a word that is often shortened: '
    'alpha instr of alpha instrumants.';

CREATE OR REPLACE FUNCTION ingest.phrases(party text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT array_agg(DISTINCT array_to_string(w.words[i:j], ' '))
    FROM (SELECT (string_to_array(party, ' '))[1:10] AS words) AS w
    CROSS JOIN generate_series(1, cardinality(w.words)) AS i
    CROSS JOIN generate_series(i, cardinality(w.words)) AS j
);
COMMENT ON FUNCTION ingest.phrases(text) IS
    'The names of which a name may be made: lockheed martin of lockheed martin aeronautics; of the first ten words.';

CREATE OR REPLACE FUNCTION ingest.similar_entries(name text, lowest real)
RETURNS SETOF ingest.similar_entry
LANGUAGE plpgsql STABLE
-- (That of screen(): functions that both call would be planned anew for each other one.)
SET search_path = pg_catalog
SET plan_cache_mode = force_generic_plan
-- How like names are that are compared at all; the first is set anew below, until the call ends.
SET pg_trgm.similarity_threshold = 0.3
SET pg_trgm.strict_word_similarity_threshold = 0.95
AS $$
#variable_conflict use_column
BEGIN
    -- A letter changes a third of a short name's groups of three, and few of a long one's. What is compared is
    -- less like than what is shown by as much as costs no name that is written otherwise (bench/questions).
    IF length(name) > 12 THEN
        PERFORM set_config('pg_trgm.similarity_threshold', greatest(0.3, lowest - CASE WHEN length(name) > 20 THEN 0.1 ELSE 0.15 END)::text, true);
    ELSIF ingest.party(name) ~ '^[a-z0-9 ]{1,8}$' THEN
        -- Ksydio has three of eleven groups in common with Skydio.
        PERFORM set_config('pg_trgm.similarity_threshold', '0.2', true);
    END IF;
    RETURN QUERY
    WITH asked AS MATERIALIZED (
        -- Who asks for 斯凯迪奥公司（Skydio） gives two names of one company.
        SELECT a.party, max(a.most) AS most, string_to_array(a.party, ' ') AS words,
            ingest.phrases(a.party) AS phrases
        FROM (
            SELECT ingest.party(part) AS party, 1::real AS most
            FROM regexp_split_to_table(name, '[()（）]') AS part
            UNION ALL
            SELECT ingest.shortened(ingest.party(part)), 0.99
            FROM regexp_split_to_table(name, '[()（）]') AS part
        ) AS a
        WHERE a.party <> ''
        GROUP BY a.party
    )
    SELECT DISTINCT ON (s.matched_on, s.keys) s.score, s.printed, s.matched_on, array_remove(s.keys, NULL)
    FROM (
        SELECT c.printed, c.matched_on, c.keys, least(ingest.likeness(asked.party, c.party), asked.most) AS score
        FROM asked
        CROSS JOIN LATERAL (
            -- One index each: with OR, whatever any of them gives is tried by all conditions.
            SELECT e.name_zh AS printed, e.zh_party AS party, 'name_zh' AS matched_on,
                ARRAY[e.latin_key, e.zh_key, e.former_key] AS keys
            FROM ingest.listed_entity AS e
            WHERE e.action IN ('add', 'amend') AND e.zh_party OPERATOR(matching.%) asked.party
            UNION ALL
            SELECT e.name_zh, e.zh_party, 'name_zh', ARRAY[e.latin_key, e.zh_key, e.former_key]
            FROM ingest.listed_entity AS e
            WHERE e.action IN ('add', 'amend') AND string_to_array(e.zh_party, ' ') @> asked.words
            UNION ALL
            SELECT e.name_latin, e.latin_party, 'name_latin', ARRAY[e.latin_key, e.zh_key, e.former_key]
            FROM ingest.listed_entity AS e
            WHERE e.action IN ('add', 'amend') AND e.latin_party OPERATOR(matching.%) asked.party
            UNION ALL
            SELECT e.name_latin, e.latin_party, 'name_latin', ARRAY[e.latin_key, e.zh_key, e.former_key]
            FROM ingest.listed_entity AS e
            WHERE e.action IN ('add', 'amend')
                AND (string_to_array(e.latin_party, ' ') @> asked.words OR e.latin_party = ANY (asked.phrases))
            UNION ALL
            SELECT e.former_name, e.former_party, 'former name',
                ARRAY[e.latin_key, e.zh_key, e.former_key]
            FROM ingest.listed_entity AS e
            WHERE e.action IN ('add', 'amend')
                AND (e.former_party OPERATOR(matching.%) asked.party OR asked.party OPERATOR(matching.<<%) e.former_party)
        ) AS c
        -- (Compared once, and not where a score is asked for again.)
        OFFSET 0
    ) AS s
    WHERE s.score >= lowest
    ORDER BY s.matched_on, s.keys, s.score DESC;
END
$$;
COMMENT ON FUNCTION ingest.similar_entries(text, real) IS
    'The names on any list, present or former, that are like a name: 1 is the same but for the form of '
    'the company, case, accents, traditional characters and punctuation. Keys are those of the entry.';

-- Names of one entry in Chinese and in Latin script, and those that it was given later, hang together
-- by what any decision printed side by side.
CREATE OR REPLACE FUNCTION ingest.all_keys(known text[]) RETURNS text[]
LANGUAGE sql STABLE STRICT
RETURN (
    WITH RECURSIVE same AS (
        SELECT unnest(known) AS key
        UNION
        SELECT n.key
        FROM same AS s
        CROSS JOIN LATERAL (
            SELECT e.latin_key, e.zh_key, e.former_key FROM ingest.listed_entity AS e WHERE e.latin_key = s.key
            UNION ALL
            SELECT e.latin_key, e.zh_key, e.former_key FROM ingest.listed_entity AS e WHERE e.zh_key = s.key
            UNION ALL
            SELECT e.latin_key, e.zh_key, e.former_key FROM ingest.listed_entity AS e WHERE e.former_key = s.key
        ) AS e
        CROSS JOIN LATERAL (VALUES (e.latin_key), (e.zh_key), (e.former_key)) AS n (key)
        WHERE n.key IS NOT NULL
    )
    SELECT array_agg(key) FROM same
);

CREATE OR REPLACE FUNCTION public.screen(
    name text, at timestamptz DEFAULT now(), lowest_score real DEFAULT 0.7
) RETURNS TABLE (
    found boolean,
    score real,
    matched text,
    matched_on text,
    list text,
    status text,
    name_zh text,
    name_latin text,
    since date,
    until timestamptz,
    last_change text,
    measures text[],
    country text,
    notice_key text,
    document_number text,
    quote text,
    source text,
    starts int,
    archived_url text,
    by_notice_key text,
    last_change_quote text,
    by_archived_url text,
    as_of timestamptz,
    index_asked_at timestamptz,
    not_held text[]
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
    moment CONSTANT timestamptz := coalesce(screen.at, now());
    most CONSTANT int := 100;
    asked CONSTANT text := ingest.party(ingest.short(screen.name));
    hits CONSTANT ingest.similar_entry[] := ARRAY(
        SELECT (s.score, s.matched, s.matched_on, ingest.all_keys(s.keys))::ingest.similar_entry
        FROM ingest.similar_entries(screen.name, coalesce(screen.lowest_score, 0.7)) AS s
        ORDER BY s.score DESC LIMIT most);
    missing CONSTANT text[] := ingest.gaps(ARRAY['商务部', '不可靠实体清单工作机制'])
        || ingest.unread_attachments('清单|名单')
        || ARRAY(
            SELECT u.notice_key || ': a name was read for no field: ' || u.quote
            FROM ingest.unread AS u
            WHERE u.kind = 'name' AND u.quote OPERATOR(matching.%) screen.name LIMIT 20)
        -- Who asks in the other script does not find these.
        || ARRAY(
            SELECT e.list || ': ' || count(DISTINCT coalesce(e.zh_key, e.latin_key))
                || ' names are printed in ' || e.script || ' script only'
            FROM (
                SELECT e.*, CASE WHEN e.latin_key IS NULL THEN 'Chinese' ELSE 'Latin' END AS script
                FROM ingest.listed_entity AS e
                WHERE e.action = 'add' AND (e.latin_key IS NULL OR e.zh_key IS NULL)
            ) AS e
            GROUP BY e.list, e.script ORDER BY e.list, e.script)
        || CASE WHEN cardinality(hits) = most
            THEN ARRAY['only the ' || most || ' names that are most alike are compared'] ELSE '{}' END;
BEGIN
    IF coalesce(asked, '') = '' THEN
        RAISE 'a name to screen has letters or Chinese characters, % has none', quote_nullable(screen.name)
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN QUERY
    WITH entry AS (
        SELECT * FROM ingest.entries_on(
            ingest.day_in_china(moment),
            ARRAY(SELECT DISTINCT k FROM unnest(hits) AS s CROSS JOIN unnest(s.keys) AS k))
    ), best AS (
        SELECT e.*, s.score, s.matched, s.matched_on
        FROM entry AS e
        CROSS JOIN LATERAL (
            SELECT s.* FROM unnest(hits) AS s WHERE s.keys && e.keys
            ORDER BY s.score DESC, s.matched_on DESC LIMIT 1
        ) AS s
    ), answer AS (
        SELECT b.*, q.quote AS name_quote, q.source, q.starts, q.archived_url
        FROM best AS b
        -- An entry may be printed in one script alone.
        LEFT JOIN LATERAL ingest.quote_of(b.notice_key, ARRAY(
            SELECT 'listed_entities[' || b.position - 1 || '].' || f.field
            FROM (VALUES ('name_zh'), ('name_latin')) AS f (field)
            ORDER BY f.field <> b.matched_on, f.field DESC
        )) AS q ON true
    )
    SELECT
        a.score IS NOT NULL, a.score, a.matched, a.matched_on, a.list, a.status, a.name_zh, a.name_latin,
        a.since, a.until, a.last_change, a.measures, a.country, a.notice_key, a.document_number, a.name_quote, a.source,
        a.starts, a.archived_url, a.by_notice_key, a.last_change_quote,
        ingest.archive_link(a.by_notice_key), f.as_of, f.index_asked_at, missing
    FROM public.freshness AS f
    LEFT JOIN answer AS a ON true
    ORDER BY a.score DESC, a.list, a.since, a.name_latin, a.name_zh;
END
$$;
COMMENT ON FUNCTION public.screen(text, timestamptz, real) IS
    'Whether a name is on a list, now or at another time: every entry with a like name in Chinese or Latin '
    'script, former names too, best first; status is listed, suspended or removed. Always at least one '
    'row: found is false where nothing is like it, and not_held says what the database lacks, where the '
    'name might stand. score is 1 for the same name but for the form of the company; ask again with a '
    'lower lowest_score to see more. SELECT * FROM screen(''Skydio, Inc.'').';
