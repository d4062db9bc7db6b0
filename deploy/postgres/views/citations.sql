-- needs: resolved_citation

CREATE OR REPLACE VIEW public.citations AS
SELECT
    notice_key, position, relation, document_number, title, cited_notice_key, clause, since, until,
    mood, object, reason IS NULL AS authority, reason, candidates
FROM ingest.resolved_citation;

COMMENT ON VIEW public.citations IS
    'A reference from one notice to another document: as its basis, or to change or repeal it. Only '
    'changes with authority are in status_history.';
COMMENT ON COLUMN public.citations.notice_key IS
    'Key of the citing notice or page, e.g. 商务部2025-70.';
COMMENT ON COLUMN public.citations."position" IS
    'Position among its citations, from 1, e.g. 1.';
COMMENT ON COLUMN public.citations.relation IS
    'basis, amends, extends, suspends, resumes, repeals, corrects, explains or mentions.';
COMMENT ON COLUMN public.citations.document_number IS
    'Cited document number in its normal form, e.g. 商务部公告2025年第61号; null if only the title is '
    'cited.';
COMMENT ON COLUMN public.citations.title IS
    'Cited title, e.g. 中华人民共和国出口管制法.';
COMMENT ON COLUMN public.citations.cited_notice_key IS
    'Key of the cited notice, matched by number, else by title, e.g. 商务部2025-61; null until that '
    'notice is in the database.';
COMMENT ON COLUMN public.citations.clause IS
    'The part that is cited, e.g. 第二款; null for the whole.';
COMMENT ON COLUMN public.citations.since IS
    'When the change takes effect, e.g. 2025-11-07 00:00:00+08; null if the text does not say.';
COMMENT ON COLUMN public.citations.until IS
    'When the change ends (exclusive), e.g. 2026-11-11 00:00:00+08; null if the text names no end.';
COMMENT ON COLUMN public.citations.mood IS
    'asserted; or in which way a text speaks of a change without making it: negated (e.g. 不废止), '
    'hypothetical (拟废止), reported (网传…废止).';
COMMENT ON COLUMN public.citations.object IS
    'What is extended or amended, e.g. measure, or investigation; null where the text does not say.';
COMMENT ON COLUMN public.citations.authority IS
    'False for a change that the citing page has no power to make; see reason.';
COMMENT ON COLUMN public.citations.reason IS
    'Why it has none, e.g. 甲县商务局 cannot change what 商务部 issued.';
COMMENT ON COLUMN public.citations.candidates IS
    'How many notices have the cited title and are not of a later day, e.g. 1; of 2 and more the newest is '
    'taken for the cited one, which may be wrong. 1 where a number is cited.';
