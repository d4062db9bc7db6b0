"""The SQL that writes each table: which of several rows with one key stands.

Each statement's parameters are its row's fields in order. A replay (an equal tuple) writes nothing.
"""

from dataclasses import dataclass

from services.indexer.ledger import LedgerChange, LedgerError
from services.indexer.tables import (
    AddressRow,
    BodyRow,
    CaptureRow,
    DeadLetterRow,
    HandledRow,
    OffsetRow,
    ReadingKeyRow,
    ReadingRow,
    RequestRow,
    Row,
    ServedRow,
    TranslationRow,
)


@dataclass(frozen=True, slots=True)
class Upsert:
    """`key` says how many of the row's leading fields are its key.

    `shown`: notices are made of this table, so the statement answers the captures it changed.
    """

    row: type[Row]
    key: int
    sql: str
    shown: bool = False


# Every transaction writes the tables in this order and each table in the order of its keys, so
# that two indexers and the scheduler never wait for each other in a circle.
UPSERTS = (
    Upsert(
        AddressRow,
        1,
        """
        INSERT INTO ingest.address AS old (address_id, address, origin, asked_at, asked)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (address_id) DO UPDATE SET
            address = excluded.address,
            origin = excluded.origin,
            asked_at = excluded.asked_at,
            asked = excluded.asked
        WHERE (excluded.asked_at, excluded.asked::text COLLATE "C")
            < (old.asked_at, old.asked::text COLLATE "C")
        """,
    ),
    Upsert(
        RequestRow,
        1,
        """
        INSERT INTO ingest.request AS old (
            request_id, address_id, url_key, cdx_urlkey, url, timestamp, asked_day, kind, backlog,
            asked_at, asked
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (request_id) DO UPDATE SET
            address_id = excluded.address_id,
            url_key = excluded.url_key,
            cdx_urlkey = excluded.cdx_urlkey,
            url = excluded.url,
            timestamp = excluded.timestamp,
            asked_day = excluded.asked_day,
            kind = excluded.kind,
            backlog = excluded.backlog,
            asked_at = excluded.asked_at,
            asked = excluded.asked
        WHERE (excluded.backlog, excluded.asked_at, excluded.asked::text COLLATE "C")
            < (old.backlog, old.asked_at, old.asked::text COLLATE "C")
        """,
    ),
    Upsert(
        LedgerChange,
        2,
        """
        INSERT INTO ingest.ledger AS old (
            kind, id, attempt, stage, parser_version, happened_at, event_id,
            state, reason, detail, next_attempt_at, requests, topic, partition, "offset", trace,
            placed_at
        ) VALUES (
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, now()
        )
        ON CONFLICT (kind, id) DO UPDATE SET
            attempt = excluded.attempt,
            stage = excluded.stage,
            parser_version = excluded.parser_version,
            happened_at = excluded.happened_at,
            event_id = excluded.event_id,
            state = excluded.state,
            reason = excluded.reason,
            detail = excluded.detail,
            next_attempt_at = excluded.next_attempt_at,
            requests = excluded.requests,
            topic = excluded.topic,
            partition = excluded.partition,
            "offset" = excluded."offset",
            trace = excluded.trace,
            placed_at = now(),
            -- The same event at another place says nothing new of the state.
            updated_at = CASE WHEN excluded.event_id = old.event_id THEN old.updated_at
                ELSE now() END
        WHERE (excluded.attempt, excluded.stage, excluded.parser_version,
               excluded.happened_at, excluded.event_id, coalesce(excluded.topic, '') COLLATE "C",
               coalesce(excluded.partition, -1), coalesce(excluded."offset", -1))
            > (old.attempt, old.stage, old.parser_version, old.happened_at, old.event_id,
               coalesce(old.topic, '') COLLATE "C", coalesce(old.partition, -1),
               coalesce(old."offset", -1))
        """,
    ),
    # The row is there: what gives an error gives a change too.
    Upsert(
        LedgerError,
        2,
        """
        UPDATE ingest.ledger
        SET last_error_at = $3, last_error = $4
        WHERE kind = $1 AND id = $2 AND (
            last_error_at IS NULL
            OR (last_error_at, last_error COLLATE "C") < ($3, $4::text COLLATE "C")
        )
        """,
    ),
    Upsert(
        CaptureRow,
        1,
        """
        INSERT INTO ingest.capture AS old (
            capture_id, url_key, url, timestamp, captured_at, kind, answer, status, digest,
            body_sha256, body_size, content_type, charset, fetched_at, event_id
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        ON CONFLICT (capture_id) DO UPDATE SET
            url_key = excluded.url_key,
            kind = excluded.kind,
            answer = excluded.answer,
            status = excluded.status,
            digest = excluded.digest,
            body_sha256 = excluded.body_sha256,
            body_size = excluded.body_size,
            content_type = excluded.content_type,
            charset = excluded.charset,
            fetched_at = excluded.fetched_at,
            event_id = excluded.event_id
        WHERE (excluded.body_sha256 IS NOT NULL, excluded.digest IS NOT NULL,
               excluded.fetched_at, excluded.event_id)
            > (old.body_sha256 IS NOT NULL, old.digest IS NOT NULL,
               old.fetched_at, old.event_id)
        """,
    ),
    Upsert(
        ServedRow,
        1,
        """
        INSERT INTO ingest.served AS old (
            request_id, has_body, attempt, fetched_at, event_id, answer, capture_id
        ) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (request_id) DO UPDATE SET
            has_body = excluded.has_body,
            attempt = excluded.attempt,
            fetched_at = excluded.fetched_at,
            event_id = excluded.event_id,
            answer = excluded.answer,
            capture_id = excluded.capture_id
        WHERE (excluded.has_body, excluded.attempt, excluded.fetched_at, excluded.event_id)
            > (old.has_body, old.attempt, old.fetched_at, old.event_id)
        """,
    ),
    Upsert(
        BodyRow,
        1,
        """
        INSERT INTO ingest.body AS old (sha256, content_type, charset, html)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (sha256) DO UPDATE SET
            content_type = excluded.content_type,
            charset = excluded.charset,
            html = excluded.html
        WHERE excluded.content_type COLLATE "C" > old.content_type COLLATE "C"
        """,
    ),
    Upsert(
        ReadingRow,
        1,
        """
        INSERT INTO ingest.reading AS old (
            capture_id, parser_version, parsed_at, event_id, url_key, captured_at,
            outcome, reason, detail, page_kind, layout, layout_confidence,
            title, document_number, document_number_raw, document_type, issuers, department,
            addressees, issued_on, published_at, effective_on, effective_at, body_text,
            resulting_text, source, column_name, index_number, validity, warnings, notice,
            attachment_keys
        )
        SELECT
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
            $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32
        -- Not even the key and the wording of what is there already are worked out again.
        WHERE NOT EXISTS (
            SELECT FROM ingest.reading
            WHERE capture_id = $1 AND (parser_version, parsed_at, event_id) >= ($2, $3, $4)
        )
        ON CONFLICT (capture_id) DO UPDATE SET
            parser_version = excluded.parser_version,
            parsed_at = excluded.parsed_at,
            event_id = excluded.event_id,
            url_key = excluded.url_key,
            outcome = excluded.outcome,
            reason = excluded.reason,
            detail = excluded.detail,
            page_kind = excluded.page_kind,
            layout = excluded.layout,
            layout_confidence = excluded.layout_confidence,
            title = excluded.title,
            document_number = excluded.document_number,
            document_number_raw = excluded.document_number_raw,
            document_type = excluded.document_type,
            issuers = excluded.issuers,
            department = excluded.department,
            addressees = excluded.addressees,
            issued_on = excluded.issued_on,
            published_at = excluded.published_at,
            effective_on = excluded.effective_on,
            effective_at = excluded.effective_at,
            body_text = excluded.body_text,
            resulting_text = excluded.resulting_text,
            source = excluded.source,
            column_name = excluded.column_name,
            index_number = excluded.index_number,
            validity = excluded.validity,
            warnings = excluded.warnings,
            notice = excluded.notice,
            attachment_keys = excluded.attachment_keys
        WHERE (excluded.parser_version, excluded.parsed_at, excluded.event_id)
            > (old.parser_version, old.parsed_at, old.event_id)
        RETURNING capture_id
        """,
        shown=True,
    ),
    Upsert(
        ReadingKeyRow,
        1,
        """
        INSERT INTO ingest.reading_key (capture_id, notice_key)
        SELECT k.capture_id, k.notice_key
        FROM (
            -- The reading that stands has worked out its own.
            SELECT r.capture_id, r.notice_key FROM ingest.reading AS r
            WHERE r.capture_id = $1 AND (r.event_id, r.parsed_at) = ($2, $3)
            UNION ALL
            SELECT $1, ingest.notice_key($4, $5, $6, $7)
            WHERE NOT EXISTS (
                SELECT FROM ingest.reading
                WHERE capture_id = $1 AND (event_id, parsed_at) = ($2, $3))
            OFFSET 0
        ) AS k
        WHERE k.notice_key IS NOT NULL
        ON CONFLICT DO NOTHING
        """,
    ),
    Upsert(
        TranslationRow,
        1,
        """
        INSERT INTO ingest.translation AS old (
            capture_id, parser_version, translated_at, event_id, state, title_en, text_en,
            summary_en, made_by, provenance
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (capture_id) DO UPDATE SET
            parser_version = excluded.parser_version,
            translated_at = excluded.translated_at,
            event_id = excluded.event_id,
            state = excluded.state,
            title_en = excluded.title_en,
            text_en = excluded.text_en,
            summary_en = excluded.summary_en,
            made_by = excluded.made_by,
            provenance = excluded.provenance
        WHERE (excluded.parser_version, excluded.translated_at, excluded.event_id)
            > (old.parser_version, old.translated_at, old.event_id)
        RETURNING capture_id
        """,
        shown=True,
    ),
    Upsert(
        DeadLetterRow,
        2,
        """
        INSERT INTO ingest.dead_letter AS old (
            service, subject, died_at, version, reason, error, event_id, topic, partition, "offset",
            record_key, record_value, record_headers, request_id, address_id, attempt, first_seen_at
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        ON CONFLICT (service, subject) DO UPDATE SET
            died_at = excluded.died_at,
            version = excluded.version,
            reason = excluded.reason,
            error = excluded.error,
            event_id = excluded.event_id,
            topic = excluded.topic,
            partition = excluded.partition,
            "offset" = excluded."offset",
            record_key = excluded.record_key,
            record_value = excluded.record_value,
            record_headers = excluded.record_headers,
            request_id = excluded.request_id,
            address_id = excluded.address_id,
            attempt = excluded.attempt,
            first_seen_at = excluded.first_seen_at
        WHERE (excluded.died_at, excluded.version COLLATE "C", excluded.reason COLLATE "C",
               excluded.error COLLATE "C", excluded.topic COLLATE "C", excluded.partition,
               excluded."offset")
            > (old.died_at, old.version COLLATE "C", old.reason COLLATE "C",
               old.error COLLATE "C", old.topic COLLATE "C", old.partition, old."offset")
        """,
    ),
    Upsert(
        HandledRow,
        2,
        """
        INSERT INTO ingest.dead_letter_handled AS old (
            service, subject, handled_at, event_id, action, note
        ) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (service, subject) DO UPDATE SET
            handled_at = excluded.handled_at,
            event_id = excluded.event_id,
            action = excluded.action,
            note = excluded.note
        WHERE (excluded.handled_at, excluded.event_id) > (old.handled_at, old.event_id)
        """,
    ),
    # A consumer that was frozen while another took over must not set the offset back; the first
    # batch after an assignment may, since the partition is then truly read again.
    Upsert(
        OffsetRow,
        2,
        """
        INSERT INTO ingest.ingest_offset AS old (topic, partition, next_offset, event_id)
        SELECT $1, $2, $3, $4
        ON CONFLICT (topic, partition) DO UPDATE SET
            next_offset = excluded.next_offset,
            event_id = excluded.event_id,
            updated_at = now()
        WHERE excluded.next_offset > old.next_offset OR $5
        """,
    ),
)
