-- Joined, the count is kept for the rows with the same words (Memoize), and is not made where it is not
-- selected.
CREATE OR REPLACE VIEW public.unread AS
SELECT
    u.notice_key,
    n.document_number,
    n.page_kind,
    u.position,
    u.kind,
    u.quote,
    w.notices,
    u.source,
    u.starts,
    u.ends
FROM ingest.unread AS u
JOIN ingest.notice AS n ON n.notice_key = u.notice_key
LEFT JOIN LATERAL (
    SELECT count(DISTINCT o.notice_key) AS notices FROM ingest.unread AS o
    WHERE o.quote = u.quote AND o.kind = u.kind
) AS w ON true;

COMMENT ON VIEW public.unread IS
    'Numbers, dates, codes, names and verbs in the text of a notice, law or interview that the parser '
    'took for none of its fields, and of which no rule says that they do not matter: what stands '
    'there may be missing from the fields or wrong in them. Notices with unread verbs or codes have '
    'notices.doubt.';
COMMENT ON COLUMN public.unread.notice_key IS
    'Key of the notice or page, e.g. 商务部2025-70.';
COMMENT ON COLUMN public.unread.document_number IS
    'Its number, e.g. 商务部公告2025年第70号; null if it has none.';
COMMENT ON COLUMN public.unread.page_kind IS
    'notice, law or interview.';
COMMENT ON COLUMN public.unread."position" IS
    'Position among its unread words, from 1, e.g. 2.';
COMMENT ON COLUMN public.unread.kind IS
    'verb (of an act: 暂停, 废止, 列入), document number, title, date, period, percentage, customs code, '
    'control code or name (of a company or another organisation).';
COMMENT ON COLUMN public.unread.quote IS
    'The words, e.g. 暂停实施; at most 300 characters.';
COMMENT ON COLUMN public.unread.notices IS
    'In how many notices these words are unread, e.g. 12: what is frequent is a wording that the '
    'parser does not know.';
COMMENT ON COLUMN public.unread.source IS
    'Where the words are: body_text or title.';
COMMENT ON COLUMN public.unread.starts IS
    'Offset of the first character in its source, from 0, e.g. 1058.';
COMMENT ON COLUMN public.unread.ends IS
    'Offset after the last character, e.g. 1062.';
