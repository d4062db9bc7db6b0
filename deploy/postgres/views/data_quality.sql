-- needs: newest_file, site_column

-- Detects a redesign of the site: it does not break any service, but pages are parsed less well.
CREATE OR REPLACE VIEW public.data_quality AS
WITH page AS (
    SELECT
        public.site_column(r.url_key) AS site_column,
        date_trunc('month', r.captured_at AT TIME ZONE 'UTC')::date AS month,
        r.page_kind IN ('notice', 'law') AND coalesce(r.language, 'zh') = 'zh' AS is_notice,
        r.page_kind IN ('shell', 'blocked', 'error') AS is_rejected,
        r.layout = 'generic' AS is_generic,
        EXISTS (
            SELECT FROM unnest(r.attachment_keys) AS a (key)
            WHERE NOT EXISTS (
                SELECT FROM ingest.newest_file AS f
                WHERE f.url_key = a.key AND f.state = 'read' AND f.doubts = '{}' OFFSET 0)
        ) AS lacks_attachment,
        r.*
    FROM ingest.reading AS r
    JOIN ingest.capture AS c USING (capture_id)
    WHERE c.kind = 'page' AND r.page_kind NOT IN ('index', 'redirect')
),
dead AS (
    SELECT
        public.site_column(c.url_key) AS site_column,
        date_trunc('month', c.captured_at AT TIME ZONE 'UTC')::date AS month,
        count(*) AS pages
    FROM ingest.ledger AS l
    JOIN ingest.served AS s ON s.request_id = l.id
    JOIN ingest.capture AS c USING (capture_id)
    WHERE l.kind = 'request' AND l.state = 'dead' AND c.kind = 'page'
        AND NOT EXISTS (SELECT FROM ingest.reading AS r WHERE r.capture_id = c.capture_id)
    GROUP BY 1, 2
),
rejection AS (
    SELECT site_column, month, jsonb_object_agg(why, pages ORDER BY why) AS rejections
    FROM (
        SELECT
            public.site_column(r.url_key) AS site_column,
            date_trunc('month', r.captured_at AT TIME ZONE 'UTC')::date AS month,
            concat_ws(': ', r.reason, r.detail) AS why,
            count(*) AS pages
        FROM ingest.reading AS r
        JOIN ingest.capture AS c USING (capture_id)
        WHERE c.kind = 'page' AND r.outcome = 'skipped' AND r.reason <> 'redirect'
        GROUP BY 1, 2, 3
    ) AS x
    GROUP BY 1, 2
),
read AS (
    SELECT
        site_column,
        month,
        count(*) AS pages,
        count(*) FILTER (WHERE is_notice) AS notices,
        count(*) FILTER (WHERE is_rejected) AS rejected,
        count(*) FILTER (WHERE is_generic) AS generic,
        count(*) FILTER (WHERE is_notice AND title IS NOT NULL) AS title,
        count(*) FILTER (WHERE is_notice AND document_number IS NOT NULL) AS document_number,
        count(*) FILTER (WHERE is_notice AND issued_on IS NOT NULL) AS issued_on,
        count(*) FILTER (WHERE is_notice AND cardinality(issuers) > 0) AS issuers,
        count(*) FILTER (WHERE is_notice AND cardinality(addressees) > 0) AS addressees,
        count(*) FILTER (WHERE is_notice AND department IS NOT NULL) AS department,
        count(*) FILTER (WHERE is_notice AND published_at IS NOT NULL) AS published_at,
        count(*) FILTER (WHERE is_notice AND effective_on IS NOT NULL) AS effective_on,
        count(*) FILTER (WHERE is_notice AND source IS NOT NULL) AS source,
        count(*) FILTER (WHERE is_notice AND body_text <> '') AS body_text,
        count(*) FILTER (WHERE is_notice AND doubt) AS doubt,
        count(*) FILTER (WHERE is_notice AND lacks_attachment) AS lacks_attachment
    FROM page
    GROUP BY site_column, month
)
SELECT
    site_column,
    month,
    coalesce(r.pages, 0) + coalesce(d.pages, 0) AS pages,
    coalesce(r.notices, 0) AS notices,
    r.title::double precision / nullif(r.notices, 0) AS title,
    r.document_number::double precision / nullif(r.notices, 0) AS document_number,
    r.issued_on::double precision / nullif(r.notices, 0) AS issued_on,
    r.issuers::double precision / nullif(r.notices, 0) AS issuers,
    r.addressees::double precision / nullif(r.notices, 0) AS addressees,
    r.department::double precision / nullif(r.notices, 0) AS department,
    r.published_at::double precision / nullif(r.notices, 0) AS published_at,
    r.effective_on::double precision / nullif(r.notices, 0) AS effective_on,
    r.source::double precision / nullif(r.notices, 0) AS source,
    r.body_text::double precision / nullif(r.notices, 0) AS body_text,
    coalesce(r.generic, 0)::double precision
        / nullif(coalesce(r.pages, 0) + coalesce(d.pages, 0), 0) AS generic,
    (coalesce(r.rejected, 0) + coalesce(d.pages, 0))::double precision
        / nullif(coalesce(r.pages, 0) + coalesce(d.pages, 0), 0) AS rejected,
    coalesce(j.rejections, '{}') AS rejections,
    r.doubt::double precision / nullif(r.notices, 0) AS doubt,
    r.lacks_attachment::double precision / nullif(r.notices, 0) AS unread_attachments
FROM read AS r
FULL JOIN dead AS d USING (site_column, month)
FULL JOIN rejection AS j USING (site_column, month);

COMMENT ON VIEW public.data_quality IS
    'How well the pages of a column of the site were parsed, by month of capture. A share that '
    'drops from one month to the next suggests that the site was redesigned: see mofcom check.';
COMMENT ON COLUMN public.data_quality.site_column IS
    'The column: the URL key without the file and date folders, e.g. '
    'cn,gov,mofcom)/article/zwgk/gkzcfb.';
COMMENT ON COLUMN public.data_quality.month IS
    'First day of the month of the captures, in UTC, e.g. 2023-01-01.';
COMMENT ON COLUMN public.data_quality.pages IS
    'Captured pages that should have a text (all but listings and redirects), e.g. 40.';
COMMENT ON COLUMN public.data_quality.notices IS
    'How many of them are notices or laws, e.g. 31.';
COMMENT ON COLUMN public.data_quality.generic IS
    'Share of the pages that fit no known layout and were parsed by the generic one, e.g. 0.02; null '
    'when there are none.';
COMMENT ON COLUMN public.data_quality.rejected IS
    'Share of the pages that could not be parsed (refusals, error pages, empty shells, dead '
    'letters), e.g. 0.01; null when there are none.';
COMMENT ON COLUMN public.data_quality.rejections IS
    'How many pages were found to be no document, by what they are and why, listings and front pages '
    'among them, e.g. {"shell: unfilled template": 2, "index: front page": 1}.';
COMMENT ON COLUMN public.data_quality.doubt IS
    'Share of the notices with a verb or code that was read for nothing, e.g. 0.08; see unread.';
COMMENT ON COLUMN public.data_quality.unread_attachments IS
    'Share of the notices with an attachment that is not stored, not read or doubtful, e.g. 0.2; see attachments.';
DO $$
DECLARE
    field text;
BEGIN
    FOREACH field IN ARRAY ARRAY['title', 'document_number', 'issued_on', 'issuers', 'addressees',
        'department', 'published_at', 'effective_on', 'source', 'body_text']
    LOOP
        EXECUTE format('COMMENT ON COLUMN public.data_quality.%I IS %L', field,
            'Share of the notices with the field of that name, 0 to 1, e.g. 0.97; null when there are none.');
    END LOOP;
END
$$;
