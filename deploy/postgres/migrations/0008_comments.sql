-- What every view, column and function says of itself; docs/schema.md is made of it.

COMMENT ON VIEW public.notices IS
    'A notice or law as it stands now, one row whatever the number of addresses and captures: the newest reading that has a date of issue and a signature, else the newest.';
COMMENT ON VIEW public.pages IS
    'The same columns for every page that has a text: notices and laws, and news, interviews and interpretations, which are one row an address.';
COMMENT ON VIEW public.notice_keys IS
    'Every key that a notice ever had, with the one it has now: join through it what you kept of an earlier day.';
COMMENT ON VIEW public.notice_versions IS
    'A distinct wording of a notice at an address, after NFKC and without white space, with the captures that show it. None ever goes while its captures are read so.';
COMMENT ON VIEW public.notice_copies IS
    'An address at which a notice is published.';
COMMENT ON VIEW public.notice_issuers IS
    'One issuer of a notice a row, for tools that cannot filter arrays.';
COMMENT ON VIEW public.notice_addressees IS
    'One addressee of a notice a row, for tools that cannot filter arrays.';
COMMENT ON VIEW public.series IS
    'A numbering series, and how complete it is here. Joint announcements count in the series of their first issuer, as the ministries number them.';
COMMENT ON VIEW public.citations IS
    'One notice resting on, changing or repealing another.';
COMMENT ON VIEW public.status_history IS
    'What suspended, resumed, extended, amended, repealed or corrected a notice or a clause of it, from when, until when, by which notice or interview.';
COMMENT ON VIEW public.regulated_items IS
    'An item that a control notice regulates, one customs code a row: SELECT * FROM regulated_items WHERE hs_code LIKE ''280530%''.';
COMMENT ON VIEW public.duty_rates IS
    'A trade-remedy duty, one company a row.';
COMMENT ON VIEW public.deadlines IS
    'A sentence of a notice that sets a date or a period, and what is due by then.';
COMMENT ON VIEW public.evidence IS
    'A field of a notice, its value, and the quote it was read from. Ask by notice: the quotes are cut out when asked.';
COMMENT ON VIEW public.attachments IS
    'A file that a notice links to, and whether it is held.';
COMMENT ON VIEW public.listed_entities IS
    'A person or an organisation as a list notice names it: what the notice does, not what holds today.';
COMMENT ON VIEW public.listed_entities_current IS
    'The lists as they stand today in China: additions, suspensions and removals replayed. listed_entities_on(date) gives any other day.';
COMMENT ON VIEW public.captures IS
    'Every capture that the archive served, as last fetched with its bytes, and how it was classified.';
COMMENT ON VIEW public.records IS
    'One row for each page asked for, in the nine columns of the record that the project started from; what has not come yet is null.';
COMMENT ON VIEW public.changes IS
    'A notice or page that came, changed or went, in the order of commits: SELECT * FROM changes WHERE sequence > LAST ORDER BY sequence misses nothing and repeats nothing. LISTEN changes tells when to look.';
COMMENT ON VIEW public.pipeline_status IS
    'How many addresses and requests are in each state, how many came to it in the last hour, how long the oldest waits.';
COMMENT ON VIEW public.pipeline_gap IS
    'Addresses and requests that have no outcome yet.';

DO $$
DECLARE
    one record;
    view_name text;
BEGIN
    FOR one IN SELECT * FROM (VALUES
        ('pages notices', 'notice_key', 'Key of the notice: its first issuer''s series, year and serial, e.g. 商务部2025-70, 商办建函2022-318; the address''s key where it has no number. Keys that it had before are in notice_keys.'),
        ('pages notices', 'document_number', 'Document number in its normal form, e.g. 商办建函〔2022〕318号; null when the page prints none.'),
        ('pages notices', 'issued_on', 'Date of issue as signed, e.g. 2022-12-08; null when the page prints none.'),
        ('pages notices', 'title', 'Title, e.g. 商务部关于公布内外贸一体化试点地区名单的通知.'),
        ('pages notices', 'document_type', 'Type of document, e.g. 通知, 公告, 令.'),
        ('pages notices', 'issuers', 'Bodies that signed, in their order, e.g. {商务部办公厅,发展改革委办公厅}; empty when none are printed.'),
        ('pages notices', 'department', 'Department of the ministry that published it, e.g. 条约法律司.'),
        ('pages notices', 'addressees', 'Bodies that it is addressed to, in their order, e.g. {各省、自治区、直辖市商务主管部门}.'),
        ('pages notices', 'published_at', 'When the page was published, e.g. 2023-01-11 15:29:00+08.'),
        ('pages notices', 'effective_on', 'Day from which it is in force, e.g. 2025-12-01, when it names one.'),
        ('pages notices', 'effective_at', 'Instant from which it is in force, e.g. 2025-04-10 12:01:00+08, when it names an hour.'),
        ('pages notices', 'applies_from', 'The instant from which it applies: effective_at, else the day effective_on, else of issue, else published_at, e.g. 2025-11-08 00:00:00+08.'),
        ('pages notices', 'body_text', 'Text of the document, one paragraph a line, annexes printed in the page included.'),
        ('pages notices', 'title_en', 'English title, e.g. Notice on the list of pilot areas; null until it is translated.'),
        ('pages notices', 'text_en', 'English text, one paragraph a line; null until it is translated.'),
        ('pages notices', 'summary_en', 'English summary, e.g. The Ministry announced nine pilot areas.'),
        ('pages notices', 'translation_state', 'pending (waits for an engine), done, flagged (a check failed), failed; null until the translator saw it.'),
        ('pages notices', 'translation_provenance', 'For title, text and summary: state, engine, versions, flags, e.g. {"title": {"state": "done", "engine": "rules"}}.'),
        ('pages notices', 'source', 'Where the page says that it comes from, e.g. 流通发展司.'),
        ('pages notices', 'column_name', 'Column of the site that it stands in, e.g. 政策发布.'),
        ('pages notices', 'index_number', 'Index number of the disclosure catalogue, e.g. 000013022-2025-00123.'),
        ('pages notices', 'validity', 'Validity as the page states it, e.g. 有效; what other notices did to it is in status_history.'),
        ('pages notices', 'url', 'Original address of the page shown, e.g. http://www.mofcom.gov.cn/article/zwgk/gkgztz/202301/20230103378565.shtml; all are in notice_copies.'),
        ('pages notices', 'url_key', 'Key under which all forms of the address are one, e.g. cn,gov,mofcom)/article/zwgk/gkgztz/202301/20230103378565.shtml.'),
        ('pages notices', 'timestamp', 'Timestamp of the capture shown, 14 digits in UTC, e.g. 20230111174105.'),
        ('pages notices', 'captured_at', 'The same as a time, e.g. 2023-01-11 17:41:05+00.'),
        ('pages notices', 'first_captured_at', 'The first capture that shows it, at any address, e.g. 2023-01-11 17:41:05+00.'),
        ('pages notices', 'last_captured_at', 'The last one, e.g. 2024-05-02 08:00:00+00.'),
        ('pages notices', 'captures', 'How many captures show it, e.g. 4.'),
        ('pages notices', 'versions', 'How many wordings it has, counted at each address, e.g. 2; see notice_versions.'),
        ('pages notices', 'copies', 'At how many addresses it is published, e.g. 5; see notice_copies.'),
        ('pages notices', 'conflicting', 'True when the newest wordings of its copies differ.'),
        ('pages notices', 'page_kind', 'notice, law, news, interview or interpretation.'),
        ('pages notices', 'layout', 'Layout by which the page was read, e.g. article_2020.'),
        ('pages notices', 'layout_confidence', 'How surely that is its layout, 0 to 1, e.g. 0.95.'),
        ('pages notices', 'warnings', 'What the parser found odd, e.g. {no date of issue}; empty when nothing.'),
        ('pages notices', 'parser_version', 'Version of the parser that read it, a number that only grows, e.g. 1.'),
        ('pages notices', 'parsed_at', 'When it was read, e.g. 2026-01-02 03:04:05+00.'),
        ('pages notices', 'capture_id', 'The capture that is shown; see the view captures.'),
        ('pages notices', 'changed_at', 'When this row last came or changed, e.g. 2026-01-02 03:04:05+00; see the view changes.'),

        ('notice_keys', 'key', 'A key that a notice has or had, e.g. cn,gov,mofcom)/article/b/c/1.shtml before its number was read.'),
        ('notice_keys', 'notice_key', 'The key that it has now, e.g. 商务部2025-70; null when nothing reads that page as a notice any more.'),

        ('notice_versions', 'notice_key', 'Key of the notice, e.g. 商务部2025-70.'),
        ('notice_versions', 'url_key', 'Key of the address, e.g. cn,gov,mofcom)/article/b/c/1.shtml.'),
        ('notice_versions', 'version', 'Which wording at this address, from 1 in the order of first captures, e.g. 2.'),
        ('notice_versions', 'version_id', 'The first capture that shows it, for notice_diff(a, b), e.g. 5f0c… (64 hex digits).'),
        ('notice_versions', 'first_captured_at', 'When that was captured, e.g. 2023-01-11 17:41:05+00.'),
        ('notice_versions', 'last_captured_at', 'When the last capture that shows it was made, e.g. 2024-05-02 08:00:00+00.'),
        ('notice_versions', 'captures', 'How many captures show it, e.g. 3.'),
        ('notice_versions', 'capture_ids', 'Those captures in the order of time; see the view captures.'),
        ('notice_versions', 'title', 'Title in the first of them, e.g. 关于公布名单的通知.'),
        ('notice_versions', 'body_text', 'Text in the first of them, one paragraph a line.'),
        ('notice_versions', 'wording', 'sha256 of the text after NFKC and removal of white space, e.g. 9c1e… (64 hex digits).'),

        ('notice_copies', 'notice_key', 'Key of the notice, e.g. 商务部2025-70.'),
        ('notice_copies', 'url', 'Address, as last captured, e.g. http://www.mofcom.gov.cn/article/b/c/1.shtml.'),
        ('notice_copies', 'url_key', 'Its key, e.g. cn,gov,mofcom)/article/b/c/1.shtml.'),
        ('notice_copies', 'first_captured_at', 'When it was first seen there, e.g. 2023-01-11 17:41:05+00.'),
        ('notice_copies', 'last_alive_at', 'When it was last seen there, e.g. 2024-05-02 08:00:00+00.'),
        ('notice_copies', 'first_gone_at', 'The first later capture that shows an error or leads elsewhere, e.g. 2025-01-01 00:00:00+00; null while none does.'),
        ('notice_copies', 'captures', 'How many captures show it there, e.g. 3.'),
        ('notice_copies', 'wording', 'Its newest wording there: copies with the same value read alike, e.g. 9c1e… (64 hex digits).'),
        ('notice_copies', 'conflicting', 'True when the newest wordings of the notice''s copies differ.'),

        ('notice_issuers', 'notice_key', 'Key of the notice, e.g. 商务部2025-70.'),
        ('notice_issuers', 'position', 'Place in the order of signature, from 1, e.g. 2.'),
        ('notice_issuers', 'issuer', 'Body that signed, e.g. 海关总署.'),
        ('notice_addressees', 'notice_key', 'Key of the notice, e.g. 商办建函2022-318.'),
        ('notice_addressees', 'position', 'Place among the addressees, from 1, e.g. 1.'),
        ('notice_addressees', 'addressee', 'Body that it is addressed to, e.g. 各省、自治区、直辖市商务主管部门.'),

        ('series', 'series_key', 'What the keys of its notices begin with, e.g. 商务部2025.'),
        ('series', 'series', 'The series as it is printed, e.g. 商务部公告 2025年, 商办建函〔2022〕, 国务院令.'),
        ('series', 'held', 'How many of its numbers are held, e.g. 61.'),
        ('series', 'lowest_held', 'The lowest of them, e.g. 1.'),
        ('series', 'highest_seen', 'The highest that is held or cited, e.g. 88.'),
        ('series', 'missing', 'Numbers up to that which are not held, as ranges whose end is not in them, e.g. {[2,5),[7,8)} for 2, 3, 4 and 7; a series without years begins at its lowest.'),
        ('series', 'missing_count', 'How many that are, e.g. 4.'),
        ('series', 'missing_cited', 'Those of them that notices held here cite, e.g. {3,7}; SELECT * FROM citations WHERE document_number = … says which.'),

        ('citations', 'notice_key', 'Key of the notice or page that cites, e.g. 商务部2025-70.'),
        ('citations', 'position', 'Place among its citations, from 1, e.g. 1.'),
        ('citations', 'relation', 'basis, amends, extends, suspends, resumes, repeals, corrects, explains or mentions.'),
        ('citations', 'document_number', 'Document number cited, in its normal form, e.g. 商务部公告2025年第61号; null when the title alone is cited.'),
        ('citations', 'title', 'Title cited, e.g. 中华人民共和国出口管制法.'),
        ('citations', 'cited_notice_key', 'Key of the cited notice when it is held, by number, else by title, e.g. 商务部2025-61; null until it arrives.'),
        ('citations', 'clause', 'The part of it that is meant, e.g. 第二款; null for the whole.'),
        ('citations', 'since', 'From when the change holds, e.g. 2025-11-07 00:00:00+08; null when the text does not say.'),
        ('citations', 'until', 'Until when, that instant not included, e.g. 2026-11-11 00:00:00+08; null when the text names no end.'),

        ('status_history', 'notice_key', 'Key of the notice that was changed, e.g. 商务部2025-61; null when it is not held.'),
        ('status_history', 'document_number', 'Its number, or the one cited while it is not held, e.g. 商务部公告2025年第61号.'),
        ('status_history', 'title', 'Its title, or the one cited, e.g. 公布对境外相关稀土物项实施出口管制的决定.'),
        ('status_history', 'relation', 'suspends, resumes, extends, amends, repeals or corrects.'),
        ('status_history', 'clause', 'The part that is meant, e.g. 第二款; null for the whole.'),
        ('status_history', 'since', 'From when: as the text says, else from when the changing notice applies, e.g. 2025-11-07 00:00:00+08.'),
        ('status_history', 'until', 'Until when, that instant not included: as the text says, for a suspension also by a later resumption or repeal, e.g. 2026-11-11 00:00:00+08; null while open.'),
        ('status_history', 'open_ended', 'True for a suspension that names no end and that nothing has ended.'),
        ('status_history', 'by_notice_key', 'Key of the notice or interview that did it, e.g. 商务部2025-70.'),
        ('status_history', 'by_document_number', 'Its number, e.g. 商务部 海关总署公告2025年第70号; null for an interview.'),
        ('status_history', 'by_title', 'Its title, e.g. 商务部新闻发言人就暂停17家美国实体不可靠实体清单措施答记者问.'),
        ('status_history', 'by_page_kind', 'What it is: notice, law, interview or interpretation.'),

        ('regulated_items', 'notice_key', 'Key of the notice, e.g. 商务部2025-57.'),
        ('regulated_items', 'document_number', 'Its number, e.g. 商务部 海关总署公告2025年第57号.'),
        ('regulated_items', 'position', 'Place of the item in the notice, from 1, e.g. 1.'),
        ('regulated_items', 'control_code', 'Code of the control list, e.g. 1C909.a.'),
        ('regulated_items', 'name', 'The item, e.g. 金属钬、含钬合金及相关制品.'),
        ('regulated_items', 'hs_code', 'Customs code, digits only, e.g. 2805301811; null when the notice gives none.'),
        ('regulated_items', 'hs_role', 'reference (参考) or scope (the code defines the item).'),
        ('regulated_items', 'direction', 'export or import.'),
        ('regulated_items', 'destination', 'Country that it is about, e.g. 美国; null for all.'),
        ('regulated_items', 'status', 'Status of the notice now: in force, in force in part, not yet in force, suspended, repealed.'),
        ('regulated_items', 'until', 'Until when it is suspended, e.g. 2026-11-11 00:00:00+08.'),

        ('duty_rates', 'notice_key', 'Key of the notice, e.g. 商务部2018-47.'),
        ('duty_rates', 'document_number', 'Its number, e.g. 商务部公告2018年第47号.'),
        ('duty_rates', 'position', 'Place in the notice, from 1, e.g. 1.'),
        ('duty_rates', 'product', 'The product, e.g. 卤化丁基橡胶.'),
        ('duty_rates', 'origin', 'Where it comes from, e.g. 美国.'),
        ('duty_rates', 'company_zh', 'The company in Chinese, e.g. 埃克森美孚公司; 其他美国公司 for all others.'),
        ('duty_rates', 'company_latin', 'The company in its own writing, e.g. Exxon Mobil Corporation.'),
        ('duty_rates', 'rate', 'The duty in percent, e.g. 75.5.'),
        ('duty_rates', 'since', 'First day, e.g. 2018-08-20.'),
        ('duty_rates', 'until', 'Last day, e.g. 2023-08-19; null when the notice names none.'),
        ('duty_rates', 'status', 'Status of the notice now: in force, in force in part, not yet in force, suspended, repealed.'),

        ('deadlines', 'notice_key', 'Key of the notice, e.g. 商务部2022-36.'),
        ('deadlines', 'document_number', 'Its number, e.g. 商务部公告2022年第36号.'),
        ('deadlines', 'position', 'Place in the notice, from 1, e.g. 1.'),
        ('deadlines', 'on', 'The day, e.g. 2023-01-15; null for a period without a known beginning. A word of SQL: write "on".'),
        ('deadlines', 'due', 'What is due, e.g. 通过所在地商务主管部门提交申请材料.'),
        ('deadlines', 'sentence', 'The sentence, e.g. 申请企业应当于2023年1月15日前提交申请材料。'),

        ('evidence', 'notice_key', 'Key of the notice or page, e.g. 商务部2025-70.'),
        ('evidence', 'position', 'Place among its evidence, from 1, e.g. 3.'),
        ('evidence', 'field', 'The field, with an index from 0 for lists, e.g. issuers[0], citations[2].until.'),
        ('evidence', 'value', 'Its value as text, e.g. 商务部; objects as JSON.'),
        ('evidence', 'quote', 'The words it was read from, e.g. 中华人民共和国商务部.'),
        ('evidence', 'source', 'Where they stand: body_text, title or meta.'),
        ('evidence', 'meta_name', 'Which of the page''s metas or variables, e.g. PubDate; null for the others.'),
        ('evidence', 'starts', 'First character of the quote in its source, from 0, e.g. 1058.'),
        ('evidence', 'ends', 'The character after its last, e.g. 1068.'),

        ('attachments', 'notice_key', 'Key of the notice, e.g. 商办建函2022-318.'),
        ('attachments', 'document_number', 'Its number, e.g. 商办建函〔2022〕318号.'),
        ('attachments', 'position', 'Place among its attachments, from 1, e.g. 1.'),
        ('attachments', 'name', 'Name that the page gives it, e.g. 附件1.申请表.doc.'),
        ('attachments', 'url', 'Its original address, e.g. http://www.mofcom.gov.cn/table/2022/1.doc.'),
        ('attachments', 'type', 'File extension, e.g. pdf.'),
        ('attachments', 'state', 'held, asked (under way), not archived (the archive has none), not asked.'),
        ('attachments', 'sha256', 'sha256 of the file and its name in the blob store, e.g. 9c1e… (64 hex digits); null when not held.'),
        ('attachments', 'size', 'Its size in bytes, e.g. 20480.'),
        ('attachments', 'content_type', 'Content-Type that was archived, e.g. application/pdf.'),
        ('attachments', 'captured_at', 'When the file held was captured, e.g. 2023-01-11 17:41:05+00.'),

        ('listed_entities', 'notice_key', 'Key of the notice, e.g. 不可靠实体清单工作机制2025-7.'),
        ('listed_entities', 'document_number', 'Its number, e.g. 不可靠实体清单工作机制公告〔2025〕7号.'),
        ('listed_entities', 'position', 'Place in the notice, from 1, e.g. 1.'),
        ('listed_entities', 'list', 'The list, e.g. 不可靠实体清单, 出口管制管控名单.'),
        ('listed_entities', 'action', 'add, remove, suspend, resume or amend.'),
        ('listed_entities', 'name_zh', 'Chinese name, e.g. 斯凯迪奥公司.'),
        ('listed_entities', 'name_latin', 'Name in its own writing, e.g. Skydio Inc.'),
        ('listed_entities', 'kind', 'person or organisation; null when the notice does not tell.'),
        ('listed_entities', 'address', 'Address as printed, e.g. 3000 Clearview Way, San Mateo.'),
        ('listed_entities', 'printed_position', 'Its number in the annex, e.g. 1; null when it stands in a sentence.'),
        ('listed_entities', 'since', 'Day from which that holds, e.g. 2025-04-04.'),

        ('listed_entities_current', 'list', 'The list, e.g. 不可靠实体清单.'),
        ('listed_entities_current', 'name_zh', 'Chinese name, e.g. 斯凯迪奥公司.'),
        ('listed_entities_current', 'name_latin', 'Name in its own writing, e.g. Skydio Inc.'),
        ('listed_entities_current', 'kind', 'person or organisation; null when the notice does not tell.'),
        ('listed_entities_current', 'address', 'Address as printed, e.g. 3000 Clearview Way, San Mateo.'),
        ('listed_entities_current', 'status', 'listed, or suspended (on the list, its measures suspended).'),
        ('listed_entities_current', 'since', 'Day of the addition that holds, e.g. 2025-04-04.'),
        ('listed_entities_current', 'until', 'Until when it is suspended, that instant not included, e.g. 2025-08-12 00:00:00+08; null when open or not suspended.'),
        ('listed_entities_current', 'notice_key', 'Notice that added it, e.g. 不可靠实体清单工作机制2025-7.'),
        ('listed_entities_current', 'document_number', 'Its number, e.g. 不可靠实体清单工作机制公告〔2025〕7号.'),
        ('listed_entities_current', 'by_notice_key', 'Notice or interview that changed the entry last; null when none did.'),

        ('captures', 'notice_key', 'Notice or page that it shows, e.g. 商务部2025-70; null when it shows none.'),
        ('captures', 'layout', 'Layout by which it was read, e.g. article_2020.'),
        ('captures', 'parser_version', 'Version of the parser that read it, e.g. 1.'),

        ('records', 'html', 'The page, decoded, e.g. <!DOCTYPE html><html>…; null when none came or it is no text.'),
        ('records', 'title', 'Title, e.g. 商务部等14部门办公厅（室）关于公布内外贸一体化试点地区名单的通知.'),
        ('records', 'resulting_text', 'Text of the document on one line, e.g. 商办建函〔2022〕318号 各省、自治区、直辖市….'),
        ('records', 'input_url', 'What was asked: TIMESTAMP/URL, or the bare URL when the latest capture was asked for, e.g. 20230113054024/http://www.mofcom.gov.cn/article/zwgk/gkgztz/202301/20230103378565.shtml.'),
        ('records', 'returned_url', 'The capture that came, e.g. https://web.archive.org/web/20230111174105/http://www.mofcom.gov.cn/article/zwgk/gkgztz/202301/20230103378565.shtml.'),
        ('records', 'date', 'Midnight of the day asked for, or with none of the day of the capture that came, as UTC without a zone, e.g. 2023-01-13 00:00:00.'),
        ('records', 'translated_title', 'English title, e.g. Notice on the list of pilot areas; null until it is translated.'),
        ('records', 'translated_content', 'English text, one paragraph a line; null until it is translated.'),
        ('records', 'english_summary', 'English summary, e.g. The Ministry announced nine pilot areas.'),

        ('changes', 'sequence', 'Place in the order of commits; grows, with gaps, e.g. 1042.'),
        ('changes', 'notice_key', 'Key of the notice or page, e.g. 商务部2025-70.'),
        ('changes', 'page_kind', 'What it is, or was when it went: notice, law, news, interview or interpretation.'),
        ('changes', 'kind', 'came, changed or went.'),
        ('changes', 'fields', 'Columns of pages that changed, e.g. {title,body_text}; details stands for what the other views show; empty when it came or went.'),
        ('changes', 'at', 'When it was written, e.g. 2026-01-02 03:04:05+00.'),

        ('pipeline_status', 'last_hour', 'How many came to that state in the last hour, e.g. 120.'),
        ('pipeline_status', 'lag', 'How long the oldest has waited, e.g. 00:00:03; null for states that nobody works on.'),

        ('pipeline_gap', 'kind', 'address or request.'),
        ('pipeline_gap', 'id', 'Its id, as in addresses and requests, e.g. 07ab… (64 hex digits).'),
        ('pipeline_gap', 'address', 'What was asked, e.g. http://www.mofcom.gov.cn/article/b/c/1.shtml.'),
        ('pipeline_gap', 'state', 'waiting (for the fetcher), fetched (waiting for the parser) or retry (at next_attempt_at).'),
        ('pipeline_gap', 'attempt', 'Which attempt this is about, from 1, e.g. 2.'),
        ('pipeline_gap', 'since', 'Since when, e.g. 2026-01-02 03:04:05+00.'),
        ('pipeline_gap', 'next_attempt_at', 'When it will be asked again, e.g. 2026-01-02 04:00:00+00; null in other states than retry.'),
        ('pipeline_gap', 'last_error', 'The last thing that went wrong, e.g. throttled: 429.')
    ) AS m (views, column_name, meaning) LOOP
        FOREACH view_name IN ARRAY string_to_array(one.views, ' ') LOOP
            EXECUTE format('COMMENT ON COLUMN public.%I.%I IS %L',
                view_name, one.column_name, one.meaning);
        END LOOP;
    END LOOP;
END
$$;

COMMENT ON FUNCTION public.notices_in_force(timestamptz) IS
    'Every notice issued by that instant (now by default) with its status then: in force, in force in part (clauses are suspended or repealed), not yet in force, suspended, repealed; until when, and by which notice. SELECT * FROM notices_in_force(''2025-12-02 00:00+08'') WHERE NOT in_force.';
COMMENT ON FUNCTION public.listed_entities_on(date) IS
    'The lists as they stood at the end of that day in China, in the columns of listed_entities_current: SELECT * FROM listed_entities_on(''2025-05-20'') WHERE list = ''不可靠实体清单''.';
COMMENT ON FUNCTION public.notice_diff(text, text) IS
    'The difference by character between the texts of two versions (version_id of notice_versions, or any two captures): pieces in order, each = (kept), - (only in a) or + (only in b).';
COMMENT ON FUNCTION public.search_notices(text, text, text, date, date, int, boolean) IS
    'Notices in which every word stands: an exact document number with any brackets first, then hits in the title, then in the text, each newest first, of the newest 1,000 hits; more tells that there are others than those shown. Chinese words of two or more characters, simplified or traditional; one character searches titles; English words by their stem, "exact phrases" in quotation marks, beginnings as licen*. issuer, document_type, since and until (not included) filter; ranked orders the newest 1,000 by how well they fit. SELECT * FROM search_notices(''稀土 出口管制'', issuer => ''商务部'').';
