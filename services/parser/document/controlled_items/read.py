"""Items that a control notice regulates, with codes, direction, measure, country and condition.

How they are printed: 商务部 海关总署公告2025年第10号 (control codes, items nested under headings), 2023年第23号
(customs codes for reference only), 许可证管理货物目录 (a table in which the customs code is the scope), 2018年第4号
(sentences).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from services.parser.document.controlled_items.codes import MAY_HOLD_CODES, clean_code
from services.parser.document.controlled_items.contained import Names
from services.parser.document.controlled_items.goods import Good
from services.parser.document.controlled_items.governing import Governing
from services.parser.document.controlled_items.lines import ItemLine, item_line
from services.parser.document.controlled_items.regulation import Regulation
from services.parser.document.controlled_items.sentences import (
    Controlled,
    controlled_in_sentences,
)
from services.parser.document.controlled_items.stated import (
    Stated,
    StatedCodes,
    stated_codes,
)
from services.parser.document.controlled_items.tables import rows_of
from services.parser.document.controlled_items.tree import is_sentence, items_of
from services.parser.document.controlled_items.uncoded import uncoded_items
from services.parser.document.document import Document, Reading
from services.parser.document.field_names import without_indexes
from shared.chinese.acts import ISSUE
from shared.chinese.annexes import ANNEX, ANY_ANNEX
from shared.chinese.form import Form, Forms
from shared.chinese.places import full_name
from shared.chinese.spans import Spans
from shared.chinese.text import Line, Passage, Span
from shared.notice import Evidence, RegulatedItem

_FIELD = "regulated_items"
# 除甲物项（参考海关商品编号：…）外: what is left out.
EXCEPTED = Forms(
    Form(
        "excepted",
        r"除[^，。；：\n（）]{1,60}(?:（[^（）]*）)?(?:以|之)?外",
        yes=("除甲物项（参考海关商品编号：8806221011）外",),
    ),
    anchored=True,
)
# A notice that regulates goods, by its title or its text.
CONTROL = Form(
    "control",
    r"(?:进|出)口(?:管制|许可|配额)|两用物项|许可证管理|(?:禁止|限制|暂停|停止|严禁|不准|不得)[^，。；\n]{0,20}?(?:(?:进|出)口|输入)|禁运|禁止类"
    r"|(?:进|出)口[^，。；\n]{1,60}的，(?:须|应|一律|均)[^，。；\n]{0,6}(?:许可|禁止)",
    yes=(
        "实施出口管制",
        "全面禁止自朝鲜进口煤",
        "禁止从德国输入偶蹄动物",
        "加工贸易禁止类商品目录",
        "自缅甸进口柚木的，一律禁止",
    ),
)
CONTROLS = Forms(CONTROL)
# By its title.
NOTICES = Forms(
    Form(
        "remedy",
        r"反倾销|反补贴|保障措施|反规避|反垄断",
        yes=("关于原产于美国的进口高粱反倾销立案的公告",),
    ),
    # Items that a notice no longer controls, or only speaks about.
    Form(
        "ends",
        r"^[^（]*(?:暂停实施|停止执行|废止|不再|取消)",
        yes=("公布暂停实施公告2025年第55号的决定",),
        no=("公布实施出口管制的决定",),
    ),
    CONTROL,
)


_ENTITIES = r"的?(?:(?!的|物项|产品|商品|货物|技术|设备)[^，。；\n]){0,12}?(?:实体|企业|公司|机构|组织|个人|人员|国家|地区)"
# A list of goods that stands in an annex.
ATTACHED = Forms(
    Form(
        "attached",
        rf"(?:清单|目录|名录|详情|物项|货物|产品|商品|技术)(?:》)?(?:（[^（）\n]{{0,12}}）)?(?:详见|见|（详?见)(?:本公告)?{ANNEX}"
        # What is listed may be the entities to which no goods go: 向附件所列实体出口.
        rf"|{ANY_ANNEX}(?:第[^，。；\n]{{1,4}})?所列(?!{_ENTITIES})|{ISSUE}《[^》\n]{{0,40}}(?:目录|清单)",
        yes=(
            "清单见附件",
            "目录》（见附件）",
            "附件1第二部分所列",
            "附件所列物项的出口企业",
            "现公布《出口许可证管理货物目录",
        ),
        no=("附件：管控名单", "将附件所列15家美国实体列入", "向附件所列实体出口两用物项"),
    )
)
# Behind the goods, where their list stands in an annex: 禁止向索马里出口制造爆炸装置的部件|，清单见附件.
SEE_BELOW = Forms(
    Form(
        "see below",
        rf"[，（](?:具体)?(?:物项|商品|产品|货物|部件)?(?:清单|目录|名录|范围|详情)?(?:详见|见|列于|如){ANNEX}",
        yes=("，清单见附件", "（详见附件2", "，具体商品范围见附件"),
        no=("。有关禁运产品详情见附件",),
    ),
    anchored=True,
)


@dataclass(frozen=True, slots=True)
class _Item:
    good: Good
    regulation: Regulation


def read(document: Document) -> Reading[tuple[RegulatedItem, ...]]:
    """The items of a control notice in the order of the text: one for each control code, direction
    and country.

    Items come from the sentences that forbid or control goods by name, and from the lists and tables
    that such sentences lead to.
    """
    title = NOTICES.search(document.title.folded)
    if title and title.name != "control":
        return Reading(())
    if document.draft is not None or (title is None and not _is_control(document)):
        return Reading(())
    titles = _cited_titles(document)
    controlled = [
        one
        for one in controlled_in_sentences(document)
        if not any(title.start <= one.start and one.end <= title.end for title in titles)
    ]
    stated = stated_codes(document)
    governing = Governing(document, controlled)
    warnings: list[str] = []
    rows = [
        _Item(row.good, regulation)
        for table in document.tables
        for row in rows_of(document, table)
        if (regulation := governing.of_row(table, row)) is not None
    ]
    listed = [*_in_lines(document, controlled, stated, governing, warnings), *rows]
    # The lists of one notice are of one kind: with codes, or without.
    listed = listed or [*_uncoded(document, controlled, governing)]
    found = sorted(
        [*listed, *_in_sentences(document, controlled, governing, listed)],
        key=lambda item: item.good.name,
    )
    values: list[RegulatedItem] = []
    evidence: list[Evidence] = []
    said = StatedCodes(document.body.folded, stated)
    for item in found:
        good = said.given_to(item.good)
        warnings += [f"{_FIELD}[{len(values)}].hs_codes: {doubt}" for doubt in good.doubts]
        for value, found_in in _values(document, good, item.regulation, len(values)):
            values.append(value)
            evidence += found_in
    warnings += [f"{_FIELD}: {doubt}" for doubt in governing.doubts]
    annexed = any(item.good.name.start >= document.main_end for item in listed)
    if not (rows or annexed) and document.attachments and (one := _attached(document)):
        warnings.append(f"{_FIELD}: goods stand in an attachment, and none are read there: {one}")
    if values and any(value.direction is None for value in values):
        warnings.append(f"{_FIELD}: the text does not say whether export or import is regulated")
    if values and any(value.measure is None for value in values):
        warnings.append(f"{_FIELD}: whether goods are forbidden or need a licence is not read")
    return Reading(tuple(values), tuple(evidence), tuple(warnings))


def _is_control(document: Document) -> bool:
    return CONTROLS.search(document.body.folded, 0, document.main_end) is not None


def _cited_titles(document: Document) -> list[Span]:
    """Titles of other documents, which say what those did: （关于对甲物项实施临时出口管制的公告）同时废止."""
    return [
        Span(one.start, one.end)
        for one in document.evidence
        if one.source == "body_text" and without_indexes(one.field) == "citations.title"
    ]


def _attached(document: Document) -> str | None:
    """The words by which the main text sends to a list that is attached."""
    found = ATTACHED.search(document.body.folded, 0, document.main_end)
    return document.body.quote((found.start, found.end)) if found else None


def _in_sentences(
    document: Document,
    controlled: list[Controlled],
    governing: Governing,
    elsewhere: list[_Item],
) -> Iterator[_Item]:
    """The goods that sentences name. Those that a list or a table of the notice names with their
    codes are not named twice, nor is what such a list as a whole is called.
    """
    names = {_text(document, item.good.name) for item in elsewhere}
    ours = {_text(document, good.name) for one in controlled for good in one.goods}
    listed, named = Names(names), Names(ours)
    known = {name for name in ours if next(listed.within(name), None) is not None}
    known |= {within for name in names for within in named.within(name)}
    for one in controlled:
        summary = bool(elsewhere) and (
            one.regulation.measure == "licence"
            or SEE_BELOW.match(document.body.folded, one.end) is not None
        )
        for good in one.goods:
            is_known = _text(document, good.name) in known
            if good.hs or good.codes or not (summary or is_known):
                yield _Item(good, governing.of_sentence(one.regulation))


def _uncoded(
    document: Document, controlled: list[Controlled], governing: Governing
) -> Iterator[_Item]:
    """Items of lists without codes."""
    for lead in controlled:
        if lead.points == "below" and not lead.frees:
            for good in uncoded_items(document, lead):
                regulation = governing.of_listed(good.name.start)
                if regulation is not None:
                    yield _Item(good, regulation)


def _text(document: Document, span: Span) -> str:
    return document.body.folded[span.start : span.end]


def _in_lines(
    document: Document,
    controlled: list[Controlled],
    stated: list[Stated],
    governing: Governing,
    warnings: list[str],
) -> Iterator[_Item]:
    if not MAY_HOLD_CODES.search(document.body.folded):
        return
    folded = document.body.folded
    said = {one.line.index for one in stated}
    lines = _lines(document, controlled, warnings)
    for good in items_of(folded, (line for line in lines if line.line.index not in said)):
        if EXCEPTED.match(folded, good.name.start):
            continue
        regulation = governing.of_listed(good.name.start)
        if regulation is not None:
            yield _Item(good, regulation)


def _lines(
    document: Document, controlled: list[Controlled], warnings: list[str]
) -> Iterator[ItemLine]:
    """The lines outside of tables whose goods no sentence has named or set free."""
    named = Spans(
        Span(one.start, one.start + 1)
        for one in controlled
        if any(good.hs or good.codes for good in one.goods) or (one.frees and one.points is None)
    )
    for line in document.lines_besides(document.tables, 0, len(document.body)):
        if named.touch(line.start, line.end + 1):
            continue
        taken = item_line(document, line)
        if taken.marked and is_sentence(document.body.folded, taken):
            if not _is_excepted(document, line):
                warnings.append(
                    f"{_FIELD}: the codes of a sentence are not read: {line.raw.strip()[:60]}"
                )
            continue
        yield taken


def _is_excepted(document: Document, line: Line) -> bool:
    at = document.body.folded.find("除", line.start, line.end)
    return at != -1 and EXCEPTED.match(document.body.folded, at) is not None


def _values(
    document: Document, good: Good, regulation: Regulation, first: int
) -> Iterator[tuple[RegulatedItem, list[Evidence]]]:
    """The goods once for each control code, direction and country."""
    body = document.body
    condition = good.condition or regulation.condition
    each = product(
        good.codes or (None,), regulation.directions or (None,), regulation.places or (None,)
    )
    for index, (code, direction, place) in enumerate(each, first):
        path = f"{_FIELD}[{index}]"
        evidence = [
            body.evidence(f"{path}.{field}", *span)
            for field, span in (
                ("control_code", code),
                ("name", good.name),
                ("direction", regulation.word if direction else None),
                ("destination", place),
                ("measure", regulation.verb if regulation.measure else None),
                ("condition", condition),
            )
            if span
        ]
        for number, printed in enumerate(good.hs):
            evidence.append(body.evidence(f"{path}.hs_codes[{number}].code", *printed.span))
            evidence.append(body.evidence(f"{path}.hs_codes[{number}].role", *printed.label))
        value = RegulatedItem(
            control_code=clean_code(body.folded[code.start : code.end]) if code else None,
            name=body.quote(good.name) or "",
            hs_codes=tuple(printed.value for printed in good.hs),
            direction=direction,
            destination=full_name(Passage(body, *place).quote) if place else None,
            measure=regulation.measure,
            condition=body.quote(condition),
        )
        yield value, evidence
