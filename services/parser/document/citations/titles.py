"""Titles in 《》: where they stand in a text, and what is a document's.

A title within a title stands in 〈〉 (GB/T 15834).
"""

import re

from services.parser.document.citations.reference import Reference
from shared.chinese.acts import ISSUE
from shared.chinese.bodies import bodies_before
from shared.chinese.characters import fold, squeeze
from shared.chinese.text import Text

_LONGEST_TITLE = 200
# The longest list of repealed documents holds some hundreds; a page of nothing else must not hold up
# the worker.
MOST = 1000
# Papers that one hands in or holds, and periodicals: cited in 《》 and yet no documents to rest on.
NO_DOCUMENT = re.compile(
    r"(?:表|申请书|许可证|证书|证明|证明书|批件|合同|合同书|协议书|问卷|答卷|报关单|通关单|申报单|回执|承诺书"
    r"|保证书|报告书|授权书|委托书|通知书|登记证|告知书|意见书|说明书|执照|许可证件|建议书|确认书|提单|发票|批准书"
    r"|日报|晚报|时报|商报|周报|周刊|杂志|文告|人民网|护照|责任书|倡议书|声明书|计划书|确认函|备案证)(?:（[^（）]*）)?$"
)
_COVER_BEFORE = re.compile(
    rf"关于(?:{ISSUE}|修改|修订|废止|执行|贯彻|实施|转发|调整)[^，。；《》]{{0,10}}$"
)
_COVER_BEHIND = re.compile(
    r"(?P<rest>(?:等[^，。；《》]{0,16})?的(?:通知|公告|通告|决定|函|批复|意见))\s?"
    r"(?=（[^（）]{0,30}(?:〔[^〔〕]*〕|\d{4}年)[^（）]{0,16}号)"
)
_WORDS = re.compile(r"[一-龥A-Za-z]")
# What a document's title ends with; books and essays stand in 《》 as well.
_DOCUMENT = re.compile(
    r"(?:法|法典|条例|规定|办法|通知|公告|通告|意见|决定|决议|方案|规划|计划|目录|名录|清单|名单|协定|协议|公约|议定书|条约"
    r"|宣言|声明|备忘录|章程|规则|细则|税则|总则|通则|准则|规范|规程|标准|指南|指引|纲要|要点|措施|政策|安排|函|批复|令|公报|解释|条款"
    r"|说明|行动|报告|白皮书|裁定|制度|通报|框架|制裁|管制|倡议|路线图|补充|事项|条件|程序|基准|要求)(?:[（〔][^（）〔〕]*[）〕])*$"
)
# 商务部等12部门关于…的意见 and 关于…的意见 are one title.
_MARKS = dict.fromkeys(map(ord, '《》〈〉“”"‘’'))
_ISSUED_BY = re.compile(
    r"^[^《》，。；]{2,80}?(?:[部委局署院会厅办]|部门|单位|机关|办公室|银行)(?:（[^（）]*）)?(?=关于)"
)
# A title of one word stands for a document that was named before.
GENERIC = re.compile(
    r"^(?:本)?(?:办法|条例|规定|通知|公告|决定|细则|意见|方案|目录|清单|法|规则|指导意见|实施细则|暂行办法|管理办法"
    r"|暂行规定|行动计划|行动方案|实施方案|计划|规划|纲要|措施|若干措施|指引|协定|议定书|标准|备忘录|报告|声明|公约|令|函|批复|通报)$"
)


def plain_title(title: str) -> str:
    """A title for comparison: no white space, no marks, neither 中华人民共和国 nor issuers before it."""
    text = squeeze(title).translate(_MARKS)
    if "关于" in text:
        text = _ISSUED_BY.sub("", text)
    return text.removeprefix("中华人民共和国")


def is_document(reference: Reference) -> bool:
    """Whether a reference is by number or by a title that ends as documents' titles do."""
    title = re.sub(r"[“”\"\s]", "", reference.title or "")
    return reference.number is not None or bool(_DOCUMENT.search(fold(title)))


def find_titles(text: Text) -> list[Reference]:
    """The titles of a text, in order, each with those that stand within it."""
    raw, folded = text.raw, text.folded
    found: list[Reference] = []
    at = folded.find("《")
    # Marks that never close are each looked at once.
    for _ in range(2 * MOST):
        if at == -1 or len(found) == MOST:
            break
        end = _closing(folded, at)
        if end is None:
            at = folded.find("《", at + 1)
            continue
        title = _title(raw, folded, at, end)
        title = _with_cover(raw, folded, title)
        if len(_WORDS.findall(title.title or "")) > 1:
            found.append(title)
        at = folded.find("《", max(end, title.end))
    return found


def _with_cover(raw: str, folded: str, title: Reference) -> Reference:
    """某部、某局关于印发《…》的通知（〔1997〕某发第267号) without marks of its own: the number is the covering
    document's.
    """
    behind = _COVER_BEHIND.match(folded, title.end)
    before = _COVER_BEFORE.search(folded, max(0, title.start - 40), title.start)
    if not behind or not before:
        return title
    bodies = bodies_before(folded, before.start())
    start, end = bodies[0].start if bodies else before.start(), behind.end("rest")
    return Reference(start, end, raw[start:end], start, end, inner=(title,))


def _title(raw: str, folded: str, start: int, end: int) -> Reference:
    inner: list[Reference] = []
    for match in re.finditer(r"[《〈]([^《》〈〉]{2,})[》〉]", folded[start + 1 : end - 1]):
        begins, stops = start + 1 + match.start(1), start + 1 + match.end(1)
        inner.append(Reference(begins - 1, stops + 1, raw[begins:stops].strip(), begins, stops))
    printed = raw[start + 1 : end - 1]
    left = len(printed) - len(printed.lstrip())
    title = printed.strip()
    begins = start + 1 + left
    return Reference(start, end, title, begins, begins + len(title), inner=tuple(inner))


def _closing(folded: str, start: int) -> int | None:
    """Behind the 》 that closes the 《 at `start`; the first one when inner marks do not balance."""
    depth = 0
    first: int | None = None
    for place in range(start, min(len(folded), start + _LONGEST_TITLE)):
        char = folded[place]
        if char == "\n":
            break
        if char == "《":
            depth += 1
        elif char == "》":
            first = first or place + 1
            depth -= 1
            if depth == 0:
                return place + 1
    return first
