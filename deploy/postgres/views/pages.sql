-- needs: archived_url, attachment_doubt, days, newest_file, words

-- Lists, counts and filters read only ingest.notice: the planner drops a LEFT JOIN on a key if no
-- column of its table is selected.
CREATE OR REPLACE VIEW public.pages AS
SELECT
    n.notice_key,
    n.document_number,
    n.issued_on,
    n.title,
    n.document_type,
    n.issuers,
    n.department,
    n.addressees,
    n.published_at,
    n.effective_on,
    n.effective_at,
    n.since AS applies_from,
    r.body_text,
    t.title_en,
    t.text_en,
    t.summary_en,
    t.state AS translation_state,
    t.provenance - 'source' - 'terms' AS translation_provenance,
    n.source,
    n.column_name,
    n.index_number,
    n.validity,
    c.url,
    c.url_key,
    c."timestamp",
    n.captured_at,
    n.first_captured_at,
    n.last_captured_at,
    n.captures,
    n.versions,
    n.copies,
    n.conflicting,
    n.page_kind,
    r.layout,
    r.layout_confidence,
    CASE WHEN l.inputs IS NULL THEN r.warnings ELSE ARRAY(
        SELECT w FROM unnest(r.warnings) AS w WHERE NOT l.lists->'settled' ? w
    ) || ARRAY(SELECT jsonb_array_elements_text(l.lists->'doubts')) END AS warnings,
    r.parser_version,
    r.parsed_at,
    n.capture_id,
    n.changed_at,
    r.site_section,
    n.last_day,
    n.doubt,
    n.remedy_stage,
    ARRAY(SELECT jsonb_array_elements_text(t.provenance -> 'terms')) AS terms_en,
    n.language,
    r.translation_of,
    ARRAY(
        SELECT coalesce(u.company ->> 'company_zh', u.company ->> 'company_latin')
        FROM jsonb_array_elements(r.notice -> 'undertakings') AS u (company)
    ) AS undertakings,
    archived_url(c.archive, c."timestamp", c.url) AS archived_url,
    (SELECT w.en FROM ingest.word AS w WHERE w.class = 'type' AND w.zh = n.document_type) AS document_type_en,
    ARRAY(
        SELECT coalesce(w.en, i.issuer)
        FROM unnest(n.issuers) WITH ORDINALITY AS i (issuer, position)
        LEFT JOIN ingest.word AS w ON w.class = 'body' AND w.zh = i.issuer
        ORDER BY i.position
    ) AS issuers_en,
    (SELECT count(DISTINCT i.position) FROM ingest.regulated_item AS i
        WHERE i.notice_key = n.notice_key) AS items,
    (SELECT count(*) FROM ingest.listed_entity AS e WHERE e.notice_key = n.notice_key) AS entities,
    (SELECT count(*) FROM ingest.duty_rate AS d WHERE d.notice_key = n.notice_key) AS rates,
    (SELECT count(*) FROM ingest.attachment AS a
        WHERE a.notice_key = n.notice_key AND NOT EXISTS (
            SELECT FROM ingest.newest_file AS f
            WHERE f.url_key = a.url_key AND f.state = 'read' OFFSET 0)) AS unread_attachments,
    r.signatories,
    ingest.day_of(n.issued_on, n.published_at) AS day,
    ARRAY(
        SELECT d.doubt FROM ingest.attachment_doubt AS d
        WHERE d.notice_key = n.notice_key ORDER BY d.position, d.n
    ) AS attachment_doubts,
    (SELECT w.en FROM ingest.word AS w WHERE w.class = 'office' AND w.zh = n.department) AS department_en
FROM ingest.notice AS n
LEFT JOIN ingest.reading AS r ON r.capture_id = n.capture_id
LEFT JOIN ingest.capture AS c ON c.capture_id = n.capture_id
LEFT JOIN ingest.translation AS t ON t.capture_id = n.capture_id
LEFT JOIN ingest.lists AS l ON l.inputs = n.lists;

COMMENT ON VIEW public.pages IS
    'The columns of notices, for every page with a text: notices and laws, and also news, '
    'interviews and interpretations, which have one row per URL.';
COMMENT ON COLUMN public.pages.notice_key IS
    'Key of the notice: its first issuer''s series, year and serial number, e.g. 商务部2025-70, '
    '商办建函2022-318, 主席令第14届-69 (an order of a congress); the least URL key of its copies if '
    'it has no number. Former keys are in notice_keys.';
COMMENT ON COLUMN public.pages.document_number IS
    'Document number in its normal form, e.g. 商办建函〔2022〕318号; null if the page prints none.';
COMMENT ON COLUMN public.pages.issued_on IS
    'Date of issue as signed, e.g. 2022-12-08; null if the page prints none.';
COMMENT ON COLUMN public.pages.title IS
    'Title, e.g. 商务部关于公布内外贸一体化试点地区名单的通知.';
COMMENT ON COLUMN public.pages.document_type IS
    'Type of document, e.g. 通知, 公告, 令.';
COMMENT ON COLUMN public.pages.issuers IS
    'Issuers in the order of signature, e.g. {商务部办公厅,发展改革委办公厅}; empty if none are printed.';
COMMENT ON COLUMN public.pages.department IS
    'Department of the ministry that published it, e.g. 条约法律司.';
COMMENT ON COLUMN public.pages.addressees IS
    'Addressees in printed order, e.g. {各省、自治区、直辖市商务主管部门}.';
COMMENT ON COLUMN public.pages.published_at IS
    'When the page was published, e.g. 2023-01-11 15:29:00+08.';
COMMENT ON COLUMN public.pages.effective_on IS
    'Day on which it takes effect, e.g. 2025-12-01, if it names one.';
COMMENT ON COLUMN public.pages.effective_at IS
    'Time at which it takes effect, e.g. 2025-04-10 12:01:00+08, if it names one.';
COMMENT ON COLUMN public.pages.applies_from IS
    'When it starts to apply: effective_at, else effective_on, else issued_on, else published_at, '
    'e.g. 2025-11-08 00:00:00+08.';
COMMENT ON COLUMN public.pages.body_text IS
    'Text of the document as a reader of the page sees it, without what is hidden or struck out: one '
    'paragraph per line, including annexes printed on the page.';
COMMENT ON COLUMN public.pages.title_en IS
    'English title, e.g. Notice on the List of Pilot Areas; all of it is English, null until it is.';
COMMENT ON COLUMN public.pages.text_en IS
    'English text, one paragraph per line; null until it is translated.';
COMMENT ON COLUMN public.pages.summary_en IS
    'English summary, e.g. The Ministry announced nine pilot areas.';
COMMENT ON COLUMN public.pages.terms_en IS
    'English names of what it speaks of, e.g. {graphite,"export control",Japan}; by these a search in '
    'English finds it before its text is translated.';
COMMENT ON COLUMN public.pages.translation_state IS
    'pending (waiting for an engine), done, flagged (a check failed), failed; null until the '
    'translator has processed it.';
COMMENT ON COLUMN public.pages.translation_provenance IS
    'For title, text and summary: state, engine, versions, flags, e.g. {"title": {"state": '
    '"done", "engine": "rules"}}.';
COMMENT ON COLUMN public.pages.source IS
    'Source named by the page, e.g. 流通发展司.';
COMMENT ON COLUMN public.pages.column_name IS
    'Column of the site, e.g. 政策发布.';
COMMENT ON COLUMN public.pages.index_number IS
    'Index number in the catalogue of government information, e.g. 000013022-2025-00123.';
COMMENT ON COLUMN public.pages.validity IS
    'Validity as stated by the page, e.g. 有效; effects of other notices are in status_history.';
COMMENT ON COLUMN public.pages.url IS
    'Original URL of the page shown, e.g. '
    'http://www.mofcom.gov.cn/article/zwgk/gkgztz/202301/20230103378565.shtml; all its URLs are in '
    'notice_copies.';
COMMENT ON COLUMN public.pages.url_key IS
    'Key that all forms of the URL share, e.g. '
    'cn,gov,mofcom)/article/zwgk/gkgztz/202301/20230103378565.shtml.';
COMMENT ON COLUMN public.pages."timestamp" IS
    'Timestamp of the capture shown, 14 digits in UTC, e.g. 20230111174105.';
COMMENT ON COLUMN public.pages.captured_at IS
    'The timestamp as a time, e.g. 2023-01-11 17:41:05+00.';
COMMENT ON COLUMN public.pages.first_captured_at IS
    'First capture that shows it, at any URL, e.g. 2023-01-11 17:41:05+00.';
COMMENT ON COLUMN public.pages.last_captured_at IS
    'Last capture that shows it, at any URL, e.g. 2024-05-02 08:00:00+00.';
COMMENT ON COLUMN public.pages.captures IS
    'How many captures show it, e.g. 4.';
COMMENT ON COLUMN public.pages.versions IS
    'Number of distinct wordings, counted per URL, e.g. 2; see notice_versions.';
COMMENT ON COLUMN public.pages.copies IS
    'Number of URLs at which it is published, e.g. 5; see notice_copies.';
COMMENT ON COLUMN public.pages.conflicting IS
    'True when the newest wordings of its copies differ.';
COMMENT ON COLUMN public.pages.page_kind IS
    'notice, law, news, interview or interpretation.';
COMMENT ON COLUMN public.pages.layout IS
    'Layout as which the page was parsed, e.g. article-2020.';
COMMENT ON COLUMN public.pages.layout_confidence IS
    'Confidence that this is its layout, 0 to 1, e.g. 0.95.';
COMMENT ON COLUMN public.pages.warnings IS
    'Doubts of the parser, e.g. {"issued_on: none found"}; empty if none.';
COMMENT ON COLUMN public.pages.parser_version IS
    'Version of the parser that parsed it, an increasing number, e.g. 1.';
COMMENT ON COLUMN public.pages.parsed_at IS
    'When it was parsed, e.g. 2026-01-02 03:04:05+00.';
COMMENT ON COLUMN public.pages.capture_id IS
    'The capture shown; see the view captures.';
COMMENT ON COLUMN public.pages.changed_at IS
    'When this row was added or last changed, e.g. 2026-01-02 03:04:05+00; see the view changes.';
COMMENT ON COLUMN public.pages.site_section IS
    'The section of the site that its page belongs to, e.g. policy: the highest of those that have a '
    'copy. From the highest: policy, law library, department, ministry, news, interpretation, '
    'government (another body''s site), mirror, commissioner''s office, local, economic office abroad, '
    'news from abroad, foreign language, board, elsewhere.';
COMMENT ON COLUMN public.pages.last_day IS
    'Last day in force as the text states it, e.g. 2027-12-31 of 有效期至2027年12月31日; null if it states '
    'none.';
COMMENT ON COLUMN public.pages.doubt IS
    'True if a verb of an act, a customs code or a control code in the text was read for nothing: what '
    'the notice does may be more or other than its fields say; the words are in unread. Null if it '
    'was parsed by a version that did not look.';
COMMENT ON COLUMN public.pages.remedy_stage IS
    'What a notice on a trade remedy does: initiation, deposit (by a preliminary ruling), undertaking '
    '(of a price), duty, none levied, ended; null for others.';
COMMENT ON COLUMN public.pages.language IS
    'Language of the page as an ISO 639-1 code, e.g. zh, or en on the English site. A page in another '
    'language than Chinese has no number, issuers or acts of its own, and is not a row of notices.';
COMMENT ON COLUMN public.pages.translation_of IS
    'Number of the Chinese document that it is a translation of, e.g. 商务部公告2025年第61号 for MOFCOM '
    'Announcement No. 61 of 2025; null if the title does not print it, and for Chinese pages.';
COMMENT ON COLUMN public.pages.undertakings IS
    'Companies whose price undertakings (价格承诺) the notice accepts, e.g. {马爹利公司}: while they keep '
    'them, they pay none of its duty_rates; empty if it names none.';
COMMENT ON COLUMN public.pages.archived_url IS
    'Where the archive that its capture comes from shows it, e.g. '
    'https://web.archive.org/web/20230111174105/http://www.mofcom.gov.cn/; null where none does.';
COMMENT ON COLUMN public.pages.department_en IS
    'English of department, e.g. Department of Treaty and Law; null for one that the lexicon does not have.';
COMMENT ON COLUMN public.pages.document_type_en IS
    'English of document_type, e.g. Announcement.';
COMMENT ON COLUMN public.pages.issuers_en IS
    'Present English names of the issuers, e.g. {"Ministry of Commerce"}; one that the lexicon does not have in '
    'Chinese.';
COMMENT ON COLUMN public.pages.items IS
    'How many goods it bans or controls, e.g. 7; they are in regulated_items.';
COMMENT ON COLUMN public.pages.entities IS
    'How many persons and organisations it puts on a list or decides on, e.g. 11; they are in '
    'listed_entities.';
COMMENT ON COLUMN public.pages.rates IS
    'How many rates of duty it sets, e.g. 4; they are in duty_rates.';
COMMENT ON COLUMN public.pages.unread_attachments IS
    'How many attached files it has that are not read, e.g. 1: what stands in them is in no other column.';
COMMENT ON COLUMN public.pages.signatories IS
    'Persons who sign, as ministers sign orders, e.g. {王文涛}; empty where bodies sign.';
COMMENT ON COLUMN public.pages.day IS
    'The day in China on which it speaks, e.g. 2025-11-05: issued_on, else that of published_at, as of '
    'interviews and news.';
COMMENT ON COLUMN public.pages.attachment_doubts IS
    'Why something that stands in its attachments may be missing or wrong, e.g. '
    '{attachment 附件1.rar is not read: unread kind: no reader for rar}; empty if all of them are read without a doubt.';
