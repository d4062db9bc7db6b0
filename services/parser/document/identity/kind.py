"""What kind of page it is, and which of the document types 文种 the document is."""

from services.parser.document.document import Document, Reading
from services.parser.document.identity.issuer_forms import TITLE_GOES_ON
from services.parser.document.identity.kind_forms import (
    COLUMNS,
    ISSUING_TITLES,
    LAW_BY_ORDER,
    LAW_TITLES,
    OFFICIAL_TITLES,
    PATHS,
    PRESS_CONFERENCE,
    QUESTIONS,
    REPORTING_TITLES,
    TITLES,
    TYPES_AT_END,
    TYPES_BEFORE,
)
from shared.chinese.bodies import Body, bodies_at
from shared.chinese.document_numbers import DocumentNumber
from shared.chinese.document_types import TYPES
from shared.chinese.form import Forms
from shared.chinese.text import Text
from shared.notice import PageKind
from shared.site_sections import section_of

_KINDS: dict[str, PageKind] = {"interview": "interview", "interpretation": "interpretation"}


def read_page_kind(document: Document) -> Reading[PageKind]:
    """The kind of a page: what its markup tells, else by its text."""
    return Reading(document.page.kind or _page_kind(document))


def _page_kind(document: Document) -> PageKind:
    """The kind of a page that holds text.

    What anybody writes on a board is no document, whatever number it prints. The title decides first (答记者问, 解读, a law's name); a number or a label block makes a notice;
    then the column and the path, which the site names by what it publishes there.
    """
    if section_of(document.url).kind == "board":
        return "news"
    number = document.number.number if document.number else None
    signature = document.signature
    signed = signature is not None and bool(signature.bodies or signature.signed_by_person)
    title = document.title.bare
    if named := next(TITLES.ranked(title), None):
        return _KINDS[named.name]
    column = document.meta.get("ColumnName", "") + document.meta.get("breadcrumb", "")
    if number is None and _says(PATHS, document.url, "interpretation"):
        return "interpretation"
    is_news = _says(PATHS, document.url, "news") or _says(COLUMNS, column, "news")
    if not is_news and (number is None or number.code is None):
        by_president = number is not None and "国家主席" in number.issuers
        if LAW_TITLES.match(title) or (by_president and LAW_BY_ORDER.match(title)):
            return "law"
    if number is not None or document.label_block.get("number"):
        return "notice"
    asked = any(QUESTIONS.match(line.folded) for line in document.body.lines[:3])
    # A press conference is reported, questions included.
    if asked and not PRESS_CONFERENCE.search(title + column):
        return "interview"
    if is_official_title(title) and (signed or not is_news):
        return "notice"
    if is_news:
        return "news"
    if _says(COLUMNS, column, "interpretation"):
        return "interpretation"
    if document.meta.get("contype") == "新闻":
        return "news"
    return "notice" if signed or _says(PATHS, document.url, "notice") else "news"


def _says(forms: Forms, text: str, kind: PageKind) -> bool:
    return any(form.name == kind for form in forms.ranked(text))


def is_official_title(title: str) -> bool:
    """Whether a title is a document's own (关于…的通知, 公布《…》), not a report about one."""
    ending = TYPES_AT_END.search(title)
    if ending is None or ending.name != "ending" or title.rstrip("）").endswith("》"):
        return ISSUING_TITLES.match(title) is not None
    return OFFICIAL_TITLES.match(title) is not None and REPORTING_TITLES.search(title) is None


def read_document_type(document: Document) -> Reading[str | None]:
    """The document type 文种, with the words that name it."""
    own = document.number
    kind = document_type(document.title.bare, own.number if own else None)
    if kind is None:
        return Reading(None)
    start = document.title.raw.rfind(kind)
    if start >= 0:
        evidence = document.title.evidence("document_type", start, start + len(kind))
        return Reading(kind, (evidence,))
    return Reading(kind, (own.evidence("document_type"),) if own else ())


def document_type(title: str, number: DocumentNumber | None) -> str | None:
    """The document type: the number's own (公告, 令), else the last word of the title, which is folded
    and without white space, else 函 for the number of a letter. An order that issues measures is an
    order.
    """
    if number is not None and number.type is not None:
        return number.type
    if headed := TYPES_BEFORE.match(title):
        return headed["type"]
    named = None if title.endswith("》") else next(TYPES_AT_END.ranked(title), None)
    if named:
        return TYPES.names[named["type"]]
    if number is not None and number.code and "函" in number.code:
        return "函"
    return None


def title_bodies(title: Text) -> list[Body]:
    """The bodies that a title opens with when it goes on as a document's title does."""
    bodies = bodies_at(title.folded, 0)
    if not bodies:
        return []
    rest = title.folded[bodies[-1].end :].lstrip()
    return bodies if TITLE_GOES_ON.match(rest) else []
