"""What kind of page it is, and which of the document types 文种 the document is."""

import re

from services.parser.document.document import Document, Reading
from shared.chinese.acts import ISSUE
from shared.chinese.bodies import Body, bodies_at
from shared.chinese.document_numbers import LETTER, DocumentNumber
from shared.chinese.document_types import DOCUMENT_TYPE, TYPES
from shared.chinese.numerals import TENS
from shared.chinese.text import Text
from shared.notice import PageKind

_INTERVIEW = re.compile(
    r"答记者问|答问$|答.{0,8}记者(?:提?问|的问题)|记者专访|接受.{0,20}(?:专访|采访)"
)
_INTERPRETATION = re.compile(
    rf"解读|一图(?:读懂|看懂|了解)|图解|图说|政策问答|热点问答|问答[{TENS}\d]*$|政策说明$|读懂《"
)
_QUESTION = re.compile(r"^\s*(?:有?(?:媒体|记者)(?:提?问|[：，])|问：|\d+[.、]\s?问：)")
# A number in a bracket may have round brackets of its own: （商办电函（2009）944号）.
_NOTES = r"(?:（(?:[^（）]|（[^（）]*）)*）)*"
_ENDING = re.compile(rf"(?P<type>{DOCUMENT_TYPE})》?{_NOTES}$")
# 公示：第三批拟认定名单
_HEADED = re.compile(r"(?P<type>公示|公告|通告|通知|通报)：")
_NUMBER_BEHIND = re.compile(rf"^(?P<title>.*{DOCUMENT_TYPE})[—:：-]*{LETTER}$")
_OFFICIAL = re.compile(
    rf"^(?:.{{0,60}}?关于|{ISSUE}|中华人民共和国|.{{2,60}}(?:令|公告)|.{{2,80}}(?:通知|公告|决定|函)$)"
)
_LAW = re.compile(
    r"^(?!.*(?:关于|办法|通知|公告|解读))(?:中华人民共和国.{2,40}法|.{2,60}条例)(?:（[^（）]*）)*$"
)
_LAW_BY_ORDER = re.compile(r"^.{2,30}法(?:（[^（）]*）)*$")
_PRESS_CONFERENCE = re.compile(r"发布会|吹风会")
_NEWS_PATH = re.compile(
    r"/article/(?:ae|ai|i|xwfb|difang|jiguanzx|resume|shangwubangzhu|todayheader)/|/(?:xwfb|syxwfb|xwfyrth"
    r"|rcxwfb|ldrhd|bldhd|sjjd|xwfbh|gndt|gjdt|jmxw|gzdt|dfxx|swxw)/"
)
_INTERPRETATION_PATH = re.compile(r"/(?:zhengcejd|zcjd|zcjdhy|jiedu|zctj)/")
_NOTICE_PATH = re.compile(
    r"/article/(?:b|h|zwgk|zcfb|bh|cwgongzuo)/|/(?:zcfb|zwgk|tzgg|gkml|blgg|gztz|zcfg|flzc|gkgztz|gkzcfb)/"
)
_NEWS_COLUMN = re.compile(r"新闻|动态|领导人活动|司局负责人|发言人|要闻|会议|讲话")
# 商务部关于…, 商务部等14部门…
_GOES_ON = re.compile(rf"(?:关于|等|令|公告|通告|{ISSUE}|办公)")
_INTERPRETATION_COLUMN = re.compile(r"解读")


def read_page_kind(document: Document) -> Reading[PageKind]:
    """The kind of a page: what its markup tells, else by its text."""
    return Reading(document.page.kind or _page_kind(document))


def _page_kind(document: Document) -> PageKind:
    """The kind of a page that holds text.

    The title decides first (答记者问, 解读, a law's name); a number or a label block makes a notice;
    then the column and the path, which the site names by what it publishes there.
    """
    number = document.number.number if document.number else None
    signature = document.signature
    signed = signature is not None and bool(signature.bodies or signature.signed_by_person)
    title = document.title.bare
    if _INTERVIEW.search(title):
        return "interview"
    if _INTERPRETATION.search(title):
        return "interpretation"
    path = document.url
    column = document.meta.get("ColumnName", "") + document.meta.get("breadcrumb", "")
    if _INTERPRETATION_PATH.search(path) and number is None:
        return "interpretation"
    is_news = bool(_NEWS_PATH.search(path) or _NEWS_COLUMN.search(column))
    if not is_news and (number is None or number.code is None):
        by_president = number is not None and "国家主席" in number.issuers
        if _LAW.match(title) or (by_president and _LAW_BY_ORDER.match(title)):
            return "law"
    if number is not None or document.label_block.get("number"):
        return "notice"
    asked = any(_QUESTION.match(line.folded) for line in document.body.lines[:3])
    # A press conference is told, questions included.
    if asked and not _PRESS_CONFERENCE.search(title + column):
        return "interview"
    if is_official_title(title) and (signed or not is_news):
        return "notice"
    if is_news:
        return "news"
    if _INTERPRETATION_COLUMN.search(column):
        return "interpretation"
    if document.meta.get("contype") == "新闻":
        return "news"
    if signed or _NOTICE_PATH.search(path):
        return "notice"
    return "news"


def is_official_title(title: str) -> bool:
    """Whether a title is a document's own (关于…的通知, 公布《…》), not a report about one."""
    ending = _ENDING.search(title)
    if not ending or title.rstrip("）").endswith("》"):
        return bool(re.match(rf"^{ISSUE}《.*》$", title))
    return bool(_OFFICIAL.match(title)) and not re.search(
        rf"(?:{ISSUE}|出台)《[^》]*》[^的]*$", title
    )


def read_document_type(document: Document) -> Reading[str | None]:
    """The document type 文种, with the place that names it."""
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
    headed = _HEADED.match(title)
    if headed:
        return headed["type"]
    ending = _ENDING.search(title) or _ENDING.search(_NUMBER_BEHIND.sub(r"\g<title>", title))
    if ending and not title.endswith("》"):
        return TYPES.names[ending["type"]]
    if number is not None and number.code and "函" in number.code:
        return "函"
    return None


def title_bodies(title: Text) -> list[Body]:
    """The bodies that a title opens with when it goes on as a document's title does."""
    bodies = bodies_at(title.folded, 0)
    if not bodies:
        return []
    rest = title.folded[bodies[-1].end :].lstrip()
    return bodies if _GOES_ON.match(rest) else []
