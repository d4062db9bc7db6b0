"""Finds titles in 《》, and tells which of them are those of documents.

A title within a title is in 〈〉 (GB/T 15834-2011, 4.13).
"""

import re
from typing import NamedTuple

from shared.chinese.characters import HAN, fold, squeeze
from shared.chinese.text import Text

_LONGEST = 200
# The longest list of repealed documents holds some hundreds; a page of nothing else must not hold up
# the worker.
MOST_TITLES = 1000
_WORDS = re.compile(rf"[{HAN}A-Za-z]")
_INNER = re.compile(r"[《〈]([^《》〈〉]{2,})[》〉]")
# What a document's title ends with; books and essays stand in 《》 as well.
_DOCUMENT = re.compile(
    r"(?:法|法典|条例|规定|办法|通知|公告|通告|意见|决定|决议|方案|规划|计划|目录|名录|清单|名单|协定|协议|公约|议定书|条约"
    r"|宣言|声明|备忘录|章程|规则|细则|税则|总则|通则|准则|规范|规程|标准|指南|指引|纲要|要点|措施|政策|安排|函|批复|令|公报|解释|条款"
    r"|说明|行动|报告|白皮书|裁定|制度|通报|框架|制裁|管制|倡议|路线图|补充|事项|条件|程序|基准|要求)(?:[（〔][^（）〔〕]*[）〕])*$"
)
# Papers that one hands in or holds, and periodicals: cited in 《》 and yet no documents to rest on.
_PAPER = re.compile(
    r"(?:表|申请书|许可证|证书|证明|证明书|批件|合同|合同书|协议书|问卷|答卷|报关单|通关单|申报单|回执|承诺书"
    r"|保证书|报告书|授权书|委托书|通知书|登记证|告知书|意见书|说明书|执照|许可证件|建议书|确认书|提单|发票|批准书"
    r"|日报|晚报|时报|商报|周报|周刊|杂志|文告|人民网|护照|责任书|倡议书|声明书|计划书|确认函|备案证)(?:（[^（）]*）)?$"
)
# A title of one word stands for a document that was named before.
_GENERIC = re.compile(
    r"^(?:本)?(?:办法|条例|规定|通知|公告|决定|细则|意见|方案|目录|清单|法|规则|指导意见|实施细则|暂行办法|管理办法"
    r"|暂行规定|行动计划|行动方案|实施方案|计划|规划|纲要|措施|若干措施|指引|协定|议定书|标准|备忘录|报告|声明|公约|令|函|批复|通报)$"
)
# 商务部等12部门关于…的意见 and 关于…的意见 are one title.
_MARKS = re.compile('[《》〈〉“”"‘’]')
_QUOTES = re.compile(r"[“”\"\s]")
_ISSUED_BY = re.compile(
    r"^[^《》，。；]{2,80}?(?:[部委局署院会厅办]|部门|单位|机关|办公室|银行)(?:（[^（）]*）)?(?=关于)"
)


class Title(NamedTuple):
    """A title: with its marks from `start` to `end`, its trimmed words from `words_start` to
    `words_end`, and the titles within it.
    """

    start: int
    end: int
    words: str
    words_start: int
    words_end: int
    inner: tuple["Title", ...] = ()


def find_titles(text: Text) -> list[Title]:
    """The titles of a text in order, at most `MOST_TITLES`; marks without words are left out."""
    folded = text.folded
    found: list[Title] = []
    at = folded.find("《")
    # Marks that never close are each looked at once.
    for _ in range(2 * MOST_TITLES):
        if at == -1 or len(found) == MOST_TITLES:
            break
        end = _closing(folded, at)
        if end is not None:
            title = _title(text.raw, folded, at, end)
            if len(_WORDS.findall(title.words)) > 1:
                found.append(title)
        at = folded.find("《", end or at + 1)
    return found


def plain_title(title: str) -> str:
    """A title for comparison: without white space, marks, 中华人民共和国 or issuers before it."""
    text = _MARKS.sub("", squeeze(title))
    if "关于" in text:
        text = _ISSUED_BY.sub("", text)
    return text.removeprefix("中华人民共和国")


def is_document_title(title: str) -> bool:
    """Whether a title ends like the title of a document."""
    return bool(_DOCUMENT.search(fold(_QUOTES.sub("", title))))


def is_paper(plain: str) -> bool:
    """Whether a plain title is that of a form, a certificate or a periodical: 《进口许可证》, 《国际商报》."""
    return bool(_PAPER.search(plain))


def is_generic(plain: str) -> bool:
    """Whether a plain title refers to a document named before: 《办法》."""
    return bool(_GENERIC.match(plain))


def _title(raw: str, folded: str, start: int, end: int) -> Title:
    inner = []
    for match in _INNER.finditer(folded, start + 1, end - 1):
        first, last = match.span(1)
        inner.append(Title(match.start(), match.end(), raw[first:last].strip(), first, last))
    words = raw[start + 1 : end - 1]
    first = start + 1 + len(words) - len(words.lstrip())
    words = words.strip()
    return Title(start, end, words, first, first + len(words), tuple(inner))


def _closing(folded: str, start: int) -> int | None:
    """The offset after the 》 that closes the 《 at `start`, or after the first if none does."""
    depth = 0
    first: int | None = None
    for at in range(start, min(len(folded), start + _LONGEST)):
        char = folded[at]
        if char == "\n":
            break
        if char == "《":
            depth += 1
        elif char == "》":
            first = first or at + 1
            depth -= 1
            if depth == 0:
                return at + 1
    return first
