"""One event of each type, every optional part filled, for the tests of shared code."""

from datetime import UTC, date, datetime

from shared.attachment import (
    AttachmentContent,
    AttachmentEvidence,
    Cell,
    Lists,
    Member,
    Paragraph,
    Table,
)
from shared.events import (
    AddressExpanded,
    AddressRequested,
    Answer,
    AttachedFile,
    AttachmentRead,
    Body,
    Capture,
    CaptureFetched,
    CaptureRequested,
    CdxRow,
    DeadLetter,
    DeadLetterHandled,
    Done,
    Event,
    ListEntry,
    ListsRead,
    ListsRequested,
    NoticeBlob,
    NoticeChanged,
    NoticeParsed,
    NoticeTranslated,
    Origin,
    RetryAt,
    TranslationRequested,
)
from shared.identity import address_id, capture_id, request_id
from shared.notice import HsCode, Notice, RegulatedItem
from shared.translation import (
    TranslatedField,
    Translation,
    TranslationFlag,
    TranslationSource,
)

AT = datetime(2023, 1, 13, 5, 40, 24, tzinfo=UTC)
URL = "http://www.mofcom.gov.cn/article/zwgk/gkgztz/202301/20230103378565.shtml"

ADDRESS = AddressRequested(
    address_id=address_id(URL, date(2023, 1, 13)), address=URL, origin="cli", asked_at=AT
)
REQUEST = CaptureRequested(
    request_id=request_id(URL, "20230113054024", date(2023, 1, 13)),
    address_id=ADDRESS.address_id,
    url=URL,
    timestamp="20230113054024",
    listed=CdxRow(urlkey="cn,gov,mofcom)/", timestamp="20230113054024", original=URL),
    asked_at=AT,
    asked_on=AT.date(),
)
FETCHED = CaptureFetched(
    request=REQUEST,
    answer=Answer.SUBSTITUTE,
    outcome=Done(),
    capture=Capture(
        capture_id=capture_id(URL, "20230111174105"),
        url=URL,
        timestamp="20230111174105",
        status=200,
        digest="3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ",
    ),
    body=Body(sha256="0" * 64, size=3, content_type="text/html", charset="utf-8"),
    fetched_at=AT,
)
NOTICE = Notice(
    page_kind="notice",
    layout="sample",
    layout_confidence=1.0,
    parser_version=1,
    title="商务部等14部门办公厅（室）关于公布内外贸一体化试点地区名单的通知",
    document_number="商办建函〔2022〕318号",
    issued_on=date(2022, 12, 8),
)
PARSED = NoticeParsed(
    fetched=FETCHED, parser_version=1, outcome=Done(), notice=NOTICE, parsed_at=AT
)
CONTENT = AttachmentContent(
    kind="zip",
    members=(
        Member(
            name="附件1.pdf",
            size=1000,
            content=AttachmentContent(
                kind="pdf",
                pages=1,
                blocks=(
                    Paragraph(text="附件1", page=1),
                    Table(rows=((Cell(text="金属钬", page=1, box=(1.0, 2.0, 3.0, 4.0)),),)),
                ),
                warnings=("page 1: a picture, whose text is not recognised",),
            ),
        ),
    ),
)
READ = AttachmentRead(
    fetched=FETCHED.model_copy(
        update={"request": REQUEST.model_copy(update={"kind": "attachment"})}
    ),
    parser_version=1,
    outcome=Done(),
    content=CONTENT,
    read_at=AT,
)
LISTS_REQUESTED = ListsRequested(
    inputs="2" * 64,
    capture=Capture(
        capture_id=capture_id(URL, "20230111174105"),
        url=URL,
        timestamp="20230111174105",
        status=200,
    ),
    body=Body(sha256="0" * 64, size=3),
    attachments=(AttachedFile(url="http://www.mofcom.gov.cn/table/2022/1.zip", sha256="3" * 64),),
    asked_at=AT,
)
LISTS_READ = ListsRead(
    requested=LISTS_REQUESTED,
    parser_version=1,
    outcome=Done(),
    lists=Lists(
        regulated_items=(
            RegulatedItem(name="金属钬", hs_codes=(HsCode(code="2805301811", role="reference"),)),
        ),
        in_attachments=(
            AttachmentEvidence(
                field="regulated_items[0].name",
                attachment="http://www.mofcom.gov.cn/table/2022/1.zip#附件1.pdf",
                block=1,
                row=0,
                cell="0",
                page=1,
                quote="金属钬",
            ),
        ),
        doubts=("regulated_items: the text states 2, 1 were found",),
        settled=("regulated_items: the text states 2, 0 were found",),
    ),
    read_at=AT,
)
SOURCE = NoticeBlob(sha256="1" * 64, size=1000)
FIELD = TranslatedField(
    text="Shang Ban Jian Han [2022] No. 318",
    state="flagged",
    reason="firefox: no model",
    engine="firefox",
    engine_version="2.0",
    glossary_version="0123456789ab",
    rules_version=1,
    translated_at=AT,
    sentences=2,
    untranslated=1,
    flags=(TranslationFlag(check="number missing", detail="14", line=3, source="十四个部门"),),
)
TRANSLATED = NoticeTranslated(
    capture=Capture(
        capture_id=capture_id(URL, "20230111174105"),
        url=URL,
        timestamp="20230111174105",
        status=200,
    ),
    parser_version=1,
    source=SOURCE,
    on=date(2022, 12, 8),
    state="flagged",
    made_by="firefox 2.0 glossary 0123456789ab rules 1",
    translation=Translation(
        title=FIELD,
        text=FIELD,
        summary=FIELD,
        source=TranslationSource(sha256="1" * 64, size=1000, on=date(2022, 12, 8)),
    ),
    translated_at=AT,
)
EVENTS: tuple[Event, ...] = (
    ADDRESS,
    AddressExpanded(
        address=ADDRESS, requests=0, outcome=RetryAt(at=AT, reason="cdx", detail="504")
    ),
    REQUEST,
    FETCHED,
    PARSED,
    READ,
    LISTS_REQUESTED,
    LISTS_READ,
    TRANSLATED,
    TranslationRequested(
        capture=TRANSLATED.capture,
        parser_version=1,
        source=SOURCE,
        on=date(2022, 12, 8),
        reason="pending",
        asked_at=AT,
    ),
    DeadLetter(
        origin=Origin(topic="capture.fetched", partition=3, offset=14),
        service="parser",
        version="0.1.0",
        reason="invalid event",
        error="not JSON",
        record_key="a2V5",
        record_value="dmFsdWU=",
        record_headers=(("ce_id", "MQ=="),),
        request_id=REQUEST.request_id,
        attempt=1,
        first_seen_at=AT,
    ),
    DeadLetterHandled(
        service="parser",
        subject="capture.fetched/3/14",
        action="dropped",
        note="sent by hand",
        handled_at=AT,
    ),
    NoticeChanged(
        log="statuses",
        sequence=7,
        at=AT,
        change="status",
        notice_key="商务部2025-21",
        page_kind="notice",
        document_number="商务部公告2025年第21号",
        issued_on=date(2025, 4, 9),
        entry=ListEntry(list="出口管制管控名单", name_latin="Orlin Defense Systems"),
        old_status="listed",
        status="suspended",
        until=AT,
        by_notice_key="商务部2025-33",
    ),
)
