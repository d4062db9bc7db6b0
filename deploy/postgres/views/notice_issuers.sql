-- needs: words

CREATE OR REPLACE VIEW public.notice_issuers AS
SELECT
    i.notice_key, i.position, i.issuer,
    (SELECT w.en FROM ingest.word AS w WHERE w.class = 'body' AND w.zh = i.issuer) AS issuer_en
FROM ingest.issuer AS i;

COMMENT ON VIEW public.notice_issuers IS
    'One row per issuer of a notice, for tools that cannot filter arrays.';
COMMENT ON COLUMN public.notice_issuers.notice_key IS
    'Key of the notice, e.g. 商务部2025-70.';
COMMENT ON COLUMN public.notice_issuers."position" IS
    'Position in the order of signature, from 1, e.g. 2.';
COMMENT ON COLUMN public.notice_issuers.issuer IS
    'Issuer, e.g. 海关总署.';
COMMENT ON COLUMN public.notice_issuers.issuer_en IS
    'Present English name of the body, e.g. Ministry of Commerce; null for one that the lexicon does not '
    'have.';
