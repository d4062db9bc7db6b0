"""What stands around the document: when the page was published, its source, column and validity."""

import re
from datetime import datetime

from services.parser.document.document import Document, Found, meta_evidence
from services.parser.document.identity.label_block import Label
from shared.chinese.characters import fold
from shared.chinese.dates import BEIJING, InstantFound, find_instants, parse_instant

_SOURCE = re.compile(
    r"(?:文章|信息|稿件)?来\s?源\s?：\s*(?!(?:文章)?类型|分类|内容分类)(\S+(?:\s(?!类型|分类|文章|时效|发布|内容|\d)\S+)*)"
)
_VALIDITY = re.compile(r"时\s?效\s?(?:状态|性)\s?：\s*(\S+)")
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


def published_at(document: Document) -> Found[datetime] | None:
    """The visible time of publication in Beijing time, else the page variable's, else the meta's.

    A visible day without an hour takes the hour that a variable or meta states for that day.
    """
    best: tuple[str, InstantFound] | None = None
    # 发布日期 of an information table is a day; the header holds what a reader sees.
    for key in ("header", "发布日期", "公开日期", *_TIMES):
        if key not in document.meta:
            continue
        folded = fold(document.meta[key])
        exact = find_instants(folded)
        if exact and (best is None or exact[0].value.date() == best[1].value.date()):
            best = key, exact[0]
            break
        if best is None and (day := parse_instant(folded)) is not None:
            best = key, day
    if best is None:
        return None
    key, instant = best
    return Found(
        instant.value.astimezone(BEIJING),
        meta_evidence("published_at", key, instant.start, instant.end),
    )


def source(document: Document) -> Found[str] | None:
    """来源 as the header prints it, else the page variable's, else the meta's."""
    header = document.meta.get("header", "")
    match = _SOURCE.search(fold(header))
    if match:
        start, end = match.span(1)
        return Found(header[start:end], meta_evidence("source", "header", start, end))
    for key in ("var source", "source", "ContentSource"):
        value = document.meta.get(key, "").strip()
        if value:
            start = document.meta[key].index(value)
            return Found(value, meta_evidence("source", key, start, start + len(value)))
    return None


def column(document: Document) -> Found[str] | None:
    """The column's name: the last of the visible path when the page has one, else the meta's."""
    path = document.meta.get("breadcrumb", "")
    if path:
        name = path.rsplit(">", 1)[-1].strip()
        start = path.rindex(name) if name else 0
        if name:
            return Found(name, meta_evidence("column", "breadcrumb", start, start + len(name)))
    name = document.meta.get("ColumnName", "")
    return Found(name, meta_evidence("column", "ColumnName", 0, len(name))) if name else None


def validity(document: Document, labels: dict[str, Label]) -> Found[str] | None:
    """时效状态, from the header or a label."""
    header = document.meta.get("header", "")
    match = _VALIDITY.search(fold(header))
    if match:
        start, end = match.span(1)
        return Found(header[start:end], meta_evidence("validity", "header", start, end))
    label = labels.get("validity")
    return Found(label.value, label.evidence("validity")) if label else None
