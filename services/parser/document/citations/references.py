"""References to documents in a text: titles in 《》, numbers, and which belong together.

GB/T 9704-2012 (7.3.3) and 党政机关公文处理工作条例: a document is cited by its title first and its number in
round brackets behind it, 《关于…的通知》（商建函〔2022〕114号). Announcements are also cited the other way
round, 商务部公告2024年第46号（关于…的公告); a title within a title stands in 〈〉 (GB/T 15834).
"""

import re
from bisect import bisect_left
from typing import NamedTuple

from services.parser.document.citations.numbers import NumberMention, find_cited_numbers
from services.parser.document.text.characters import fold, squeeze
from services.parser.document.text.number_forms import DocumentNumber

_LONGEST_TITLE = 200
_LONGEST_NOTE = 160
# The longest list of repealed documents holds some hundreds; a page of nothing else must not hold up
# the worker.
_MOST = 1000
_ALIAS = re.compile(
    r"以下(?:统|合|并)?(?:简)?称(?:为)?[：:]?\s?[“\"‘《]?(?P<alias>[^”\"’》（）《，,。；]{2,24})"
)
# A bracket that points elsewhere does not number the title before it.
_POINTER = re.compile(r"见|参照|根据|依据|按照|替代|代替|废止|修[订改正]|同时|取代")
_NOTE_OF_TITLE = re.compile(
    r"^(?:[^，。；]{0,30}(?:版|本|稿|年|修[订正改]|修正案|试行|暂行)|以下.*称.*)$"
)
# What a bracket behind a number must be like to be the title.
_PLAIN_TITLE = re.compile(
    r"^(?!以下|见|详见|附|含|原|已|即)(?:关于|公布|发布|印发|对)?[^，。；：]{4,120}?"
    r"(?:公告|通告|决定|通知|办法|规定|规则|细则|条例|目录|清单|名单|裁定|意见|方案|批复|函|令|通报|名录|标准|指引|控制|管制)$"
)
_BETWEEN = re.compile(r"\s?(?:公布|发布|印发|颁布)?的?\s?(?=《)")
# 1.关于…的通知（商资发〔2005〕1号）: a title that a list prints without its marks.
_PRINTED = (
    r"(?P<title>(?!根据|按照|依据|为|经|现|请|各|对(?!外)|在)[^《》\n\t，。；：]{4,150}?"
    r"(?:通知|公告|决定|办法|规定|规则|细则|条例|目录|意见|方案|批复|复函|函|通报|说明|解释))"
)
_ITEM_TITLE = re.compile(rf"^[\s\d一二三四五六七八九十（）.．、]*{_PRINTED}\s?(?:（|\s)\s?$")
# In a table the number may stand before it.
_CELL_TITLE = re.compile(rf"\t{_PRINTED}(?=\t|\n|$)")
# Papers that one hands in or holds, and periodicals: cited in 《》 and yet no documents to rest on.
_NO_DOCUMENT = re.compile(
    r"(?:表|申请书|许可证|证书|证明|证明书|批件|合同|合同书|协议书|问卷|答卷|报关单|通关单|申报单|回执|承诺书"
    r"|保证书|报告书|授权书|委托书|通知书|登记证|告知书|意见书|说明书|执照|许可证件|建议书|确认书|提单|发票|批准书"
    r"|日报|晚报|时报|商报|周报|周刊|杂志|文告|人民网|护照|责任书|倡议书|声明书|计划书|确认函|备案证)(?:（[^（）]*）)?$"
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
_GENERIC = re.compile(
    r"^(?:本)?(?:办法|条例|规定|通知|公告|决定|细则|意见|方案|目录|清单|法|规则|指导意见|实施细则|暂行办法|管理办法"
    r"|暂行规定|行动计划|行动方案|实施方案|计划|规划|纲要|措施|若干措施|指引|协定|议定书|标准|备忘录|报告|声明|公约|令|函|批复|通报)$"
)


class Reference(NamedTuple):
    """One mention of a document: its title, its number or both, each with its span in the text.

    `start` to `end` holds both and the brackets behind them; `alias` is what the text calls the
    document from here on; `inner` are the titles that stand within the title.
    """

    start: int
    end: int
    title: str | None = None
    title_start: int = 0
    title_end: int = 0
    number: DocumentNumber | None = None
    number_start: int = 0
    number_end: int = 0
    alias: str | None = None
    doubt: str | None = None
    inner: tuple["Reference", ...] = ()


class Mentions(NamedTuple):
    """The references of a text in order; `unnamed` are titles such as 《办法》 that name none, `cut` is
    set when there are more than are read.
    """

    references: tuple[Reference, ...]
    unnamed: tuple[str, ...] = ()
    cut: bool = False


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


def find_references(text: str, folded: str, issuers: tuple[str, ...] = ()) -> Mentions:
    """All references in a text, in order; `folded` is its folded twin. Forms, certificates and
    newspapers are left out; 《办法》 is the document that the text has so called.
    """
    numbers = find_cited_numbers(folded, issuers)[:_MOST]
    titles = _titles(text, folded)[:_MOST]
    used: set[int] = set()
    read: list[Reference] = []
    for title in titles:
        number = _before(folded, title, numbers, used, read)
        read.append(_with_brackets(folded, title, numbers, used, number))
    inside = [(title.start, title.end) for title in titles]
    for place, number in enumerate(numbers):
        if place in used or any(start < number.own_start < end for start, end in inside):
            continue
        read.append(_numbered(text, folded, number))
    read.sort(key=lambda reference: (_own_start(reference), reference.end))
    cut = len(titles) == _MOST or len(numbers) == _MOST
    return _named(read, folded)._replace(cut=cut)


def _own_start(reference: Reference) -> int:
    return reference.number_end if reference.title is None else reference.start


def _titles(text: str, folded: str) -> list[Reference]:
    found: list[Reference] = []
    at = folded.find("《")
    # Marks that never close are each looked at once.
    for _ in range(2 * _MOST):
        if at == -1 or len(found) == _MOST:
            break
        end = _closing(folded, at)
        if end is None:
            at = folded.find("《", at + 1)
            continue
        title = _title(text, folded, at, end)
        if len(_WORDS.findall(title.title or "")) > 1:
            found.append(title)
        at = folded.find("《", end)
    return found


def _title(text: str, folded: str, start: int, end: int) -> Reference:
    inner: list[Reference] = []
    for match in re.finditer(r"[《〈]([^《》〈〉]{2,})[》〉]", folded[start + 1 : end - 1]):
        begins, stops = start + 1 + match.start(1), start + 1 + match.end(1)
        inner.append(Reference(begins - 1, stops + 1, text[begins:stops].strip(), begins, stops))
    printed = text[start + 1 : end - 1]
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


def _bracket(folded: str, start: int) -> int | None:
    """Behind the bracket that opens at `start`; None when it does not close on the line."""
    depth = 0
    for place in range(start, min(len(folded), start + _LONGEST_NOTE)):
        char = folded[place]
        if char == "\n":
            return None
        depth += (char == "（") - (char == "）")
        if depth == 0:
            return place + 1
    return None


def _standing(numbers: list[NumberMention], start: int, end: int) -> range:
    """The places of the numbers that begin between two offsets."""
    first = bisect_left(numbers, start, key=lambda number: number.own_start)
    return range(first, bisect_left(numbers, end, key=lambda number: number.own_start))


def _before(
    folded: str,
    title: Reference,
    numbers: list[NumberMention],
    used: set[int],
    read: list[Reference],
) -> NumberMention | None:
    """The number right before a title: 商务部令2016年第3号公布的《…》, 商务部公告2025年第1号（《…》）."""
    for place in _standing(numbers, title.start - _LONGEST_NOTE, title.start):
        number = numbers[place]
        if place in used or not 0 <= title.start - number.end <= 5:
            continue
        gap = folded[number.end : title.start]
        if not re.fullmatch(r"\s?(?:（|公布|发布|印发|颁布)?的?\s?", gap):
            continue
        if any(known.end > number.start for known in read):
            continue
        if number.start < number.own_start:
            continue
        used.add(place)
        return number
    return None


def _with_brackets(
    folded: str,
    title: Reference,
    numbers: list[NumberMention],
    used: set[int],
    number: NumberMention | None,
) -> Reference:
    end, alias, doubt = title.end, None, None
    for _ in range(3):
        begins = end + (end < len(folded) and folded[end] == " ")
        if begins >= len(folded) or folded[begins] != "（":
            break
        stop = _bracket(folded, begins)
        if stop is None:
            break
        note = folded[begins + 1 : stop - 1]
        within = [place for place in _standing(numbers, begins, stop) if place not in used]
        named = _ALIAS.search(note)
        if named:
            alias = named["alias"].strip()
        if within and number is None:
            first = numbers[within[0]]
            lead_in = folded[begins : first.start]
            if not _POINTER.search(lead_in) and "《" not in lead_in:
                number = first
                used.add(within[0])
        elif not named and not _NOTE_OF_TITLE.match(note):
            break
        end = stop
    if number is None:
        return title._replace(end=end, alias=alias)
    doubt = number.doubt
    start = min(title.start, number.start)
    return title._replace(
        start=start,
        end=end,
        number=number.number,
        number_start=number.start,
        number_end=number.end,
        alias=alias,
        doubt=doubt,
    )


def _numbered(text: str, folded: str, number: NumberMention) -> Reference:
    """A number without 《》; the bracket behind an announcement's may hold its title."""
    reference = Reference(
        max(number.start, number.own_start),
        number.end,
        number=number.number,
        number_start=number.start,
        number_end=number.end,
        doubt=number.doubt,
    )
    begins = number.end
    if begins < len(folded) and folded[begins] == "（":
        stop = _bracket(folded, begins)
        if stop is not None:
            note = folded[begins + 1 : stop - 1]
            named = _ALIAS.search(note)
            if named:
                reference = reference._replace(end=stop, alias=named["alias"].strip())
            elif _PLAIN_TITLE.match(note):
                return reference._replace(
                    end=stop,
                    title=text[begins + 1 : stop - 1].strip(),
                    title_start=begins + 1,
                    title_end=stop - 1,
                )
    line = folded.rfind("\n", 0, number.start) + 1
    item = _ITEM_TITLE.match(folded[line : number.start]) if number.start - line < 200 else None
    behind = None if item else _CELL_TITLE.match(text, number.end)
    title = item or behind
    if title is not None:
        start, stop = title.span("title")
        if item:
            start, stop = line + start, line + stop
        end = number.end + (folded[number.end : number.end + 1] == "）")
        return reference._replace(
            start=min(start, reference.start),
            end=max(end, stop),
            title=text[start:stop],
            title_start=start,
            title_end=stop,
        )
    return reference


def _named(read: list[Reference], folded: str) -> Mentions:
    """Every reference under its full name, and those in plain words that an alias makes."""
    aliases: dict[str, Reference] = {}
    named: list[Reference] = []
    unnamed: list[str] = []
    for reference in read:
        title = plain_title(reference.title or "")
        if reference.alias and reference.number is None and reference.title is None:
            continue
        meant = aliases.get(title)
        if reference.number is None and meant is None and _GENERIC.match(title):
            endings = [
                known for known in named if known.title and plain_title(known.title).endswith(title)
            ]
            if len({plain_title(known.title or "") for known in endings}) == 1:
                meant = endings[0]
            else:
                unnamed.append(reference.title or "")
                continue
        if meant is not None and reference.number is None:
            named.append(meant._replace(start=reference.start, end=reference.end, alias=None))
            continue
        if reference.title is not None and _NO_DOCUMENT.search(title):
            continue
        named.append(reference)
        if reference.alias:
            aliases.setdefault(plain_title(reference.alias), reference)
    spans = [(reference.start, reference.end) for reference in named]
    for alias, reference in aliases.items():
        if len(alias) < 4 or not re.search(
            r"公告|通知|办法|规定|条例|决定|目录|清单|令|意见", alias
        ):
            continue
        at = folded.find(alias, reference.end)
        while at != -1:
            end = at + len(alias)
            if not any(start < end and at < stop for start, stop in spans):
                named.append(reference._replace(start=at, end=end, alias=None))
            at = folded.find(alias, end)
    named.sort(key=lambda reference: reference.start)
    return Mentions(tuple(named), tuple(dict.fromkeys(unnamed)))
