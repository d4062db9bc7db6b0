-- needs: words, listed_entities_on, days

CREATE OR REPLACE VIEW public.listed_entities_current AS
SELECT
    e.list, e.name_zh, e.name_latin, e.kind, e.address, e.status, e.since, e.until, e.notice_key,
    e.document_number, e.by_notice_key, e.by_document_number, e.by_title, e.changed_on, e.last_change,
    e.last_change_quote, e.measures,
    (SELECT w.en FROM ingest.word AS w WHERE w.class = 'list' AND w.zh = e.list) AS list_en,
    e.country,
    (SELECT w.en FROM ingest.word AS w WHERE w.class = 'place' AND w.zh = e.country) AS country_en
FROM public.listed_entities_on(ingest.day_in_china(now())) AS e;

COMMENT ON VIEW public.listed_entities_current IS
    'The lists as they stand today in China, with all additions, suspensions and removals applied. '
    'listed_entities_on(date) gives any other day.';
COMMENT ON COLUMN public.listed_entities_current.list IS
    'The list, e.g. 不可靠实体清单.';
COMMENT ON COLUMN public.listed_entities_current.name_zh IS
    'Chinese name, e.g. 斯凯迪奥公司.';
COMMENT ON COLUMN public.listed_entities_current.name_latin IS
    'Name in Latin script, e.g. Skydio Inc.';
COMMENT ON COLUMN public.listed_entities_current.kind IS
    'person or organisation; null if the notice does not say.';
COMMENT ON COLUMN public.listed_entities_current.address IS
    'Address as printed, e.g. 3000 Clearview Way, San Mateo.';
COMMENT ON COLUMN public.listed_entities_current.status IS
    'listed, or suspended (on the list, its measures suspended).';
COMMENT ON COLUMN public.listed_entities_current.since IS
    'Day of the addition in force, e.g. 2025-04-04.';
COMMENT ON COLUMN public.listed_entities_current.until IS
    'End of the suspension (exclusive), e.g. 2025-08-12 00:00:00+08; null if open-ended or not '
    'suspended.';
COMMENT ON COLUMN public.listed_entities_current.notice_key IS
    'Key of the notice that added it, e.g. 不可靠实体清单工作机制2025-7.';
COMMENT ON COLUMN public.listed_entities_current.document_number IS
    'Its number, e.g. 不可靠实体清单工作机制公告〔2025〕7号.';
COMMENT ON COLUMN public.listed_entities_current.by_notice_key IS
    'Key of the notice or interview that last changed the entry, e.g. 不可靠实体清单工作机制2025-9; null if '
    'none did.';
COMMENT ON COLUMN public.listed_entities_current.by_document_number IS
    'Its number, e.g. 不可靠实体清单工作机制公告〔2025〕9号; null for an interview.';
COMMENT ON COLUMN public.listed_entities_current.by_title IS
    'Its title, e.g. 商务部新闻发言人就调整不可靠实体清单措施答记者问.';
COMMENT ON COLUMN public.listed_entities_current.changed_on IS
    'Day of that change, e.g. 2025-08-12; of a suspension that has ended, the day of its end.';
COMMENT ON COLUMN public.listed_entities_current.last_change IS
    'What changed, e.g. suspended from 2025-08-12 until 2025-11-10. A suspension whose end has come says '
    'suspension ended 2025-11-10, no extension held: no document in the database prolongs it.';
COMMENT ON COLUMN public.listed_entities_current.last_change_quote IS
    'The sentence that says so, e.g. 自2025年8月12日起，继续暂停4月4日公告相关措施90天.';
COMMENT ON COLUMN public.listed_entities_current.measures IS
    'Numbers of later notices with further measures on it that apply, e.g. 不可靠实体清单工作机制〔2025〕6号.';
COMMENT ON COLUMN public.listed_entities_current.list_en IS
    'English name of the list, e.g. Unreliable Entity List.';
COMMENT ON COLUMN public.listed_entities_current.country IS
    'Country that the notice says they are of (等28家美国实体), e.g. 美国; null where it says none.';
COMMENT ON COLUMN public.listed_entities_current.country_en IS
    'English name of the country, e.g. United States.';
