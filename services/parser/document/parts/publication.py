"""The data around the document: the page's time of publication, source, column and validity."""

from datetime import datetime

from services.parser.document.document import Document, Reading
from shared.chinese.bodies import ministry_level
from shared.chinese.dates import BEIJING, InstantFound, find_instants, parse_instant
from shared.chinese.form import Form, Forms
from shared.chinese.text import Text, trimmed

# What the header of a page prints on one line.
SOURCES = Forms(
    Form(
        "source",
        r"(?:文章|信息|稿件)?来\s?源\s?：\s*(?!(?:文章)?类型|分类|内容分类)"
        r"(?P<source>\S+(?:\s(?!类型|分类|文章|时效|发布|内容|\d)\S+)*)",
        yes=("文章来源：商务部新闻办公室 文章类型：原创", "来 源：外贸司"),
        no=("来源：类型：原创",),
    )
)
VALIDITIES = Forms(
    Form(
        "validity",
        r"时\s?效\s?(?:状态|性)\s?：\s*(?P<validity>\S+)",
        yes=("时效状态：现行有效 2025-10-09", "时效性：有效"),
    )
)
# Page variables that scripts print, then metas; `MakeTime` is when the page was built again.
_TIMES = (
    "tm",
    "publishTime",
    "PubDate",
    "pubdate",
    "publishdate",
    "firstpublishedtime",
    "createDate",
)


def read_published_at(document: Document) -> Reading[datetime | None]:
    """The visible time of publication in Beijing time, else the page variable's, else the meta's.

    A visible day without an hour takes the hour that a variable or meta states for that day.
    """
    best: tuple[Text, InstantFound] | None = None
    # 发布日期 of an information table is a day; the header holds what a reader sees.
    for key in ("header", "发布日期", "公开日期", *_TIMES):
        if key not in document.meta:
            continue
        text = document.meta_text(key)
        exact = find_instants(text.folded)
        if exact and (best is None or exact[0].value.date() == best[1].value.date()):
            best = text, exact[0]
            break
        if best is None and (day := parse_instant(text.folded)) is not None:
            best = text, day
    if best is None:
        return Reading(None)
    text, instant = best
    evidence = text.evidence("published_at", instant.start, instant.end)
    return Reading(instant.value.astimezone(BEIJING), (evidence,))


def read_source(document: Document) -> Reading[str | None]:
    """来源 as the header prints it, else the page variable's, else the meta's."""
    header = document.meta_text("header")
    if form := SOURCES.search(header.folded):
        return _quoted("source", header, *form.span("source"))
    for key in ("var source", "source", "ContentSource"):
        text = document.meta_text(key)
        if span := trimmed(text.folded, 0, len(text)):
            return _quoted("source", text, *span)
    return Reading(None)


def read_column(document: Document) -> Reading[str | None]:
    """The column's name: the last of the visible path when the page has one, else the meta's."""
    path = document.meta_text("breadcrumb")
    if span := trimmed(path.folded, path.folded.rfind(">") + 1, len(path)):
        return _quoted("column", path, *span)
    name = document.meta_text("ColumnName")
    return _quoted("column", name, 0, len(name)) if name.raw else Reading(None)


def read_validity(document: Document) -> Reading[str | None]:
    """时效状态, from the header or a label."""
    header = document.meta_text("header")
    if form := VALIDITIES.search(header.folded):
        return _quoted("validity", header, *form.span("validity"))
    label = document.label_block.get("validity")
    return Reading(label.value, (label.evidence("validity"),)) if label else Reading(None)


def read_index_number(document: Document) -> Reading[str | None]:
    """索引号, the label's."""
    label = document.label_block.get("index")
    return Reading(label.value, (label.evidence("index_number"),)) if label else Reading(None)


def read_department(document: Document) -> Reading[str | None]:
    """The label's unit, when it is a department of the ministry and not a body in its own right."""
    unit = document.label_block.get("unit")
    if unit is None or ministry_level(unit.folded) is not None:
        return Reading(None)
    return Reading(unit.value, (unit.evidence("department"),))


def _quoted(field: str, text: Text, start: int, end: int) -> Reading[str | None]:
    return Reading(text.raw[start:end], (text.evidence(field, start, end),))
