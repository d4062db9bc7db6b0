CREATE OR REPLACE VIEW public.notice_issuers AS
SELECT notice_key, position, issuer FROM ingest.issuer;

COMMENT ON VIEW public.notice_issuers IS
    'One row per issuer of a notice, for tools that cannot filter arrays.';
COMMENT ON COLUMN public.notice_issuers.notice_key IS
    'Key of the notice, e.g. 商务部2025-70.';
COMMENT ON COLUMN public.notice_issuers."position" IS
    'Position in the order of signature, from 1, e.g. 2.';
COMMENT ON COLUMN public.notice_issuers.issuer IS
    'Issuer, e.g. 海关总署.';
