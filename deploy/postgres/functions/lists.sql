-- needs: newest_file

-- Notices that are read together with their attachments.

CREATE OR REPLACE FUNCTION ingest.files_at(keys text [], OUT files text, OUT is_any_read boolean)
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT string_agg(concat_ws(' ', k.n, f.sha256, f.digest), E'\n' ORDER BY k.n),
        coalesce(bool_or(f.state = 'read'), false)
    FROM unnest(files_at.keys) WITH ORDINALITY AS k (key, n)
    CROSS JOIN LATERAL (
        SELECT x.sha256, x.digest, x.state FROM ingest.newest_file AS x WHERE x.url_key = k.key OFFSET 0
    ) AS f;
END;
COMMENT ON FUNCTION ingest.files_at(text []) IS
    'What names the files at these addresses and all that was read in them, and whether any of them was read.';

CREATE OR REPLACE FUNCTION ingest.lists_requests(wanted text [])
RETURNS TABLE (
    inputs text, url text, capture_id text, "timestamp" text, status bigint, digest text,
    archive text, sha256 text, size bigint, content_type text, charset text, attachments text
)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT DISTINCT ON (n.inputs) n.inputs, c.url, c.capture_id, c."timestamp", c.status, c.digest, c.archive,
        c.body_sha256, c.body_size, c.content_type, c.charset,
        (
            SELECT json_agg(json_build_object('url', a.url, 'sha256', f.sha256) ORDER BY a.position)
            FROM ingest.attachment AS a
            CROSS JOIN LATERAL (
                SELECT x.sha256, x.state FROM ingest.newest_file AS x WHERE x.url_key = a.url_key OFFSET 0
            ) AS f
            WHERE a.notice_key = n.notice_key AND f.state = 'read'
        )::text
    FROM ingest.notice AS n
    JOIN ingest.capture AS c ON c.capture_id = n.capture_id AND c.body_sha256 IS NOT NULL
    WHERE n.inputs = ANY (lists_requests.wanted)
    ORDER BY n.inputs, n.notice_key;
END;
COMMENT ON FUNCTION ingest.lists_requests(text []) IS
    'What is needed to read notices, by their inputs, together with their attachments: the capture of each, and its '
    'files as JSON.';
