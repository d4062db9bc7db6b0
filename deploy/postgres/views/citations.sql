-- needs: resolved_citation

CREATE OR REPLACE VIEW public.citations AS
SELECT notice_key, position, relation, document_number, title, cited_notice_key, clause, since, until
FROM ingest.resolved_citation;

COMMENT ON VIEW public.citations IS
    'One notice resting on, changing or repealing another.';
COMMENT ON COLUMN public.citations.notice_key IS
    'Key of the notice or page that cites, e.g. 商务部2025-70.';
COMMENT ON COLUMN public.citations."position" IS
    'Place among its citations, from 1, e.g. 1.';
COMMENT ON COLUMN public.citations.relation IS
    'basis, amends, extends, suspends, resumes, repeals, corrects, explains or mentions.';
COMMENT ON COLUMN public.citations.document_number IS
    'Document number cited, in its normal form, e.g. 商务部公告2025年第61号; null when the title alone is '
    'cited.';
COMMENT ON COLUMN public.citations.title IS
    'Title cited, e.g. 中华人民共和国出口管制法.';
COMMENT ON COLUMN public.citations.cited_notice_key IS
    'Key of the cited notice when it is held, by number, else by title, e.g. 商务部2025-61; null '
    'until it arrives.';
COMMENT ON COLUMN public.citations.clause IS
    'The part of it that is meant, e.g. 第二款; null for the whole.';
COMMENT ON COLUMN public.citations.since IS
    'From when the change holds, e.g. 2025-11-07 00:00:00+08; null when the text does not say.';
COMMENT ON COLUMN public.citations.until IS
    'Until when, that instant not included, e.g. 2026-11-11 00:00:00+08; null when the text names '
    'no end.';
