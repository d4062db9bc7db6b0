"""What a notice decides that takes countermeasures 反制措施."""

import re
from collections.abc import Iterator

from services.parser.document.document import Document
from services.parser.document.entity_lists.decision import (
    Decision,
    annex_named,
    counts_in,
    is_decided,
    object_behind,
    sentence_bounds,
)
from services.parser.document.entity_lists.lists import COUNTER, list_named
from shared.chinese.markers import marker_at
from shared.chinese.text import Span

_COUNTERMEASURES = re.compile(r"采取(?:以下|下列|如下|相应|有关)?(?P<list>反制(?:裁)?措施)")
# 二、对甲、乙等10名后附《反制清单》列明的企业高级管理人员，不予签发签证
_COUNTERMEASURE_CLAUSE = re.compile(r"对(?P<who>[^。；\n]{1,4000}?)，(?=冻结|禁止|不予|限制|不准)")


def countermeasures(document: Document) -> Iterator[Decision]:
    """采取以下反制措施 and the numbered clauses behind it that name whom they meet; the title's when only a
    list is printed.
    """
    folded = document.body.folded
    first: Decision | None = None
    for match in _COUNTERMEASURES.finditer(folded, 0, document.main_end):
        begin, end = sentence_bounds(folded, match.start())
        start = object_behind(folded, "对", begin, match.start())
        if not start and _has_counter_list(document):
            # 决定采取以下反制措施: whom they meet stands in the list behind.
            start = match.start()
        names = Span(start, match.start())
        # 暂停实施《关于对…采取反制措施的决定》 is about another document's list.
        quoting = folded.rfind("《", begin, start) > folded.rfind("》", begin, start)
        if not start or quoting or not is_decided(document, begin, start - 1):
            continue
        first = Decision(
            document.body,
            COUNTER,
            "add",
            Span(*match.span("list")),
            Span(match.start(), match.end()),
            names,
            tuple(counts_in(folded, names.start, names.end)),
            end,
            annex_named(folded, begin, end),
            about_persons=bool(
                re.search(r"(?:个人|人员)$", folded[start : match.start()])
                or re.search(r"对其本人|直系亲属|对其不予签发签证", folded[: document.main_end])
            ),
        )
        yield first
        break
    if first is None:
        if _has_counter_list(document):
            yield from _counter_title(document)
        return
    for line in document.main_lines:
        marker = marker_at(line.folded)
        if line.start < first.until or marker is None:
            continue
        clause = _COUNTERMEASURE_CLAUSE.match(folded, line.start + marker.end, line.end)
        # 对其本人及直系亲属不予签发签证 names nobody.
        if clause is None or clause["who"].startswith(("其", "上述")):
            continue
        names = Span(*clause.span("who"))
        yield first._replace(
            names=names,
            counts=tuple(counts_in(folded, names.start, names.end)),
            until=line.end,
            annex=annex_named(folded, names.start, names.end),
        )


def _has_counter_list(document: Document) -> bool:
    return any(
        list_named(annex.title, 0, len(annex.title)) == COUNTER
        for annex in document.printed_annexes
    )


def _counter_title(document: Document) -> Iterator[Decision]:
    """关于对某国公司采取反制措施的决定: the title decides where the text only prints the list."""
    title = document.title.folded
    match = _COUNTERMEASURES.search(title)
    start = object_behind(title, "对", 0, match.start()) if match else 0
    if match and start:
        yield Decision(
            document.title,
            COUNTER,
            "add",
            Span(*match.span("list")),
            Span(*match.span()),
            Span(start, match.start()),
            tuple(counts_in(title, start, match.start())),
            len(title),
        )
