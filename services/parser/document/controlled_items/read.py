"""Items that a control notice regulates, with control code, customs codes, direction, destination.

How they are printed: 商务部 海关总署公告2025年第10号 (control codes, items nested under headings), 2023年第23号
(customs codes for reference only), 许可证管理货物目录 (a table in which the customs code is the scope).
"""

import re
from typing import NamedTuple

from services.parser.document.controlled_items.direction import Direction, regulated_direction
from services.parser.document.controlled_items.lines import (
    MAY_HOLD_CODES,
    Code,
    clean_code,
    item_line,
)
from services.parser.document.controlled_items.sentences import controlled_in_sentences
from services.parser.document.controlled_items.tables import rows_of
from services.parser.document.controlled_items.tree import items_of
from services.parser.document.document import Document, Reading
from shared.chinese.text import Span
from shared.notice import Evidence, RegulatedItem

# 除甲物项（参考海关商品编号：…）外: what is left out.
_EXCEPTED = re.compile(r"除[^，。；：\n（）]{1,60}(?:（[^（）]*）)?(?:以|之)?外")
_FIELD = "regulated_items"
_CONTROL = re.compile(
    r"(?:进|出|进出)口(?:管制|许可|配额)|两用物项|许可证管理|不得出口|(?:禁止|限制|暂停|停止)[^，。；\n]{0,20}?(?:进|出)口"
)
_REMEDY = re.compile(r"反倾销|反补贴|保障措施|反规避|反垄断")
# Items that a notice no longer controls, or only speaks about.
_ENDS = re.compile(r"^[^（]*(?:暂停实施|停止执行|废止|不再|取消)")


class _Item(NamedTuple):
    code: Span | None
    name: Span
    hs: tuple[Code, ...]
    direction: Direction | None
    direction_span: Span | None
    destination: Span | None


def read(document: Document) -> Reading[tuple[RegulatedItem, ...]]:
    """The items of a control notice in the order of the text.

    Items with codes come from the lines and tables of the text and its annexes; a notice without
    any is read by its sentences (禁止两用物项对美国军事用户出口).
    """
    title = document.title.folded
    if _REMEDY.search(title) or _ENDS.search(title):
        return Reading(())
    if not _CONTROL.search(title) and not _CONTROL.search(
        document.body.folded, 0, document.main_end
    ):
        return Reading(())
    found = _coded(document) or [
        _Item(None, sentence.name, (), sentence.direction, sentence.word, sentence.place)
        for sentence in controlled_in_sentences(document)
    ]
    values: list[RegulatedItem] = []
    evidence: list[Evidence] = []
    for item in found:
        value, found_in = _value(document, item, len(values))
        values.append(value)
        evidence += found_in
    warnings: tuple[str, ...] = ()
    if values and any(value.direction is None for value in values):
        warnings = (f"{_FIELD}: the text does not say whether export or import is regulated",)
    return Reading(tuple(values), tuple(evidence), warnings)


def _coded(document: Document) -> list[_Item]:
    tables = document.tables
    if not tables and not MAY_HOLD_CODES.search(document.body.folded):
        return []
    regulated = regulated_direction(document)
    lines = (
        item_line(document, line)
        for line in document.body.lines
        if not any(table.start <= line.start <= table.end for table in tables)
    )
    printed = [*items_of(document.body.folded, lines)]
    rows = [row for table in tables for row in rows_of(document, table)]
    found = []
    for codes, name, hs in sorted([*printed, *rows], key=lambda item: item[1]):
        if _EXCEPTED.match(document.body.folded, name.start):
            continue
        found += [
            _Item(
                code,
                name,
                hs,
                regulated.direction,
                regulated.direction_span,
                regulated.destination_span,
            )
            for code in (codes or (None,))
        ]
    return found


def _value(document: Document, item: _Item, index: int) -> tuple[RegulatedItem, list[Evidence]]:
    path = f"{_FIELD}[{index}]"
    evidence = [
        document.body.evidence(f"{path}.{field}", *span)
        for field, span in (
            ("control_code", item.code),
            ("name", item.name),
            ("direction", item.direction_span if item.direction else None),
            ("destination", item.destination),
        )
        if span
    ]
    for number, code in enumerate(item.hs):
        evidence.append(document.body.evidence(f"{path}.hs_codes[{number}].code", *code.span))
        evidence.append(document.body.evidence(f"{path}.hs_codes[{number}].role", *code.label))
    value = RegulatedItem(
        control_code=clean_code(document.body.folded[item.code.start : item.code.end])
        if item.code
        else None,
        name=document.body.quote(item.name) or "",
        hs_codes=tuple(code.value for code in item.hs),
        direction=item.direction,
        destination=document.body.quote(item.destination),
    )
    return value, evidence
