"""发文字号: the forms in which a document number is printed, and the one canonical form.

GB/T 9704-2012: code of the issuing body, year in full within 〔〕, serial without 第 and without
leading zeros (商办建函〔2022〕318号). Announcements and orders have a number in a year
(商务部公告2025年第1号).
Orders of the State Council, the President and the Foreign Minister run on without year.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from shared.chinese.bodies import bodies_before, short_name
from shared.chinese.characters import fold, squeeze
from shared.chinese.numerals import NUMERAL, ZEROS, number

_YEAR = rf"(?:(?:19|20)\d\s?\d|[一二][九{ZEROS}][{ZEROS}一二三四五六七八九]{{2}})"
_SERIAL = rf"(?:\d{{1,5}}|{NUMERAL}{{1,7}})"
_TYPE = r"(?:公\s{0,4}告|通\s{0,4}告|令)"
# 〔〕 stands for all square brackets after folding; numbers are also printed with 【】 and （）.
_OPEN, _CLOSE = "[〔【（〈]", "[〕】）〉]"
_FORMS = re.compile(
    # 公告2018年第47号, 令（2012年第2号）, 令2019第27号, 公告2018年47号
    rf"(?P<type1>{_TYPE})\s*（?\s*(?P<year1>{_YEAR})\s*(?:年\s*第?|第)\s*(?P<serial1>{_SERIAL})\s*号）?"
    # 公告〔2023〕1号, 令（〔2024〕第1号）
    rf"|(?P<type2>{_TYPE})\s*（?\s*{_OPEN}\s*(?P<year2>{_YEAR})\s*年?\s*{_CLOSE}\s*第?\s*"
    rf"(?P<serial2>{_SERIAL})\s*号）?"
    # 2010年第15号公告
    rf"|(?P<year3>{_YEAR})\s*年\s*第\s*(?P<serial3>{_SERIAL})\s*号\s*(?P<type3>公告|通告|令)"
    # 国务院令第792号
    rf"|(?P<type4>{_TYPE})\s*（?\s*第\s*(?P<serial4>{_SERIAL})\s*号）?"
    # 第15号公告, 第792号令: only with a known body before it
    rf"|第\s*(?P<serial5>{_SERIAL})\s*号\s*(?P<type5>公告|令)"
    # [2001]外经贸法发第606号, before 2004
    rf"|{_OPEN}\s*(?P<year7>{_YEAR})\s*年?\s*{_CLOSE}\s*(?P<code7>[一-龥]{{2,10}}?)\s*第\s*"
    rf"(?P<serial7>{_SERIAL})\s*号"
    # 商办建函〔2022〕318号
    rf"|(?P<code>[一-龥]{{1,24}})\s*{_OPEN}\s*(?P<year6>{_YEAR})\s*年?\s*{_CLOSE}\s*第?\s*"
    rf"(?P<serial6>{_SERIAL})\s*号"
)
_WITH_YEAR = "12367"
_BARE = re.compile(rf"^（?(?:(?P<year>{_YEAR})年)?第?(?P<serial>{_SERIAL})号）?$")
_BARE_BRACKETED = re.compile(rf"^{_OPEN}(?P<year>{_YEAR})年?{_CLOSE}第?(?P<serial>{_SERIAL})号$")

# Words that end before a code begins: 根据国发〔2007〕37号, …的通知国发〔2007〕37号.
_BEFORE_CODE = re.compile(
    r"特急|加急|急件|平急|限时|的通知|的意见|的函|的决定|的批复|的公告|的通报|的请示|通知|意见|公告|通报|批复|决定|(?<!商)办法|规定|暂行"
    r"|根据|按照|依据|依照|参照|遵照|贯彻|落实|关于|以及|印发|发布|下发|转发|废止|停止|修改|执行|详见|见|即|的|于|日"
    r"|号|和|与|及|对|由|将|以|按|(?<=[以来原此该行])文|第|(?<!商)条|款|项|件"
)
# First syllables of codes, for a run in which nothing else marks the code's beginning.
_CODE_HEAD = re.compile(
    r"国办发明电|国办|国发|国函|国税|国质检|国市监|国卫|国能|国资|国知|国经贸|国土|国环|国统|国科"
    r"|中办|中发|商办|商|财税|财关税|财|发改|工信|银保监|银监|银办发|银发|汇|署|税总|税委会|税"
    r"|质检|市监|环|建|农|卫|人社|交|科|教|民|公|司|外经贸|经贸|证监|保监|文旅|广电|网信|海关|林|水|审"
)
_LONGEST_CODE = 8
# How far a number reaches before its 号, white space of a masthead included, and behind it (号公告).
_BEFORE_SERIAL, _BEHIND_SERIAL = 120, 12
_ISSUED = re.compile(r"(?:联合)?(?:发布|公布|印发)(?:的|了)?\s?$")
# Their orders are counted from the first one on.
_WITHOUT_YEAR = frozenset({"国务院", "国家主席", "外交部"})
# What stands in a number where the short name in a signature is longer.
_IN_NUMBER = {"国家主席": "主席"}


class DocumentNumber(NamedTuple):
    """A document number by its parts. `code` is the body code of a letter or notice (商办建函);
    announcements and orders have `type` and `issuers` instead. `bracketed` tells 〔2023〕1号 from
    2023年第1号.
    """

    issuers: tuple[str, ...]
    type: str | None
    code: str | None
    year: int | None
    serial: int
    bracketed: bool

    def canonical(self) -> str:
        """The canonical form (issue 5): issuers by short name joined by one space, then the type;
        第 before the serial of 公告 and 令, none after 〔〕.
        """
        if self.code is not None:
            return f"{self.code}〔{self.year}〕{self.serial}号"
        issuers = " ".join(_IN_NUMBER.get(issuer, issuer) for issuer in self.issuers)
        head = issuers + (self.type or "")
        endless = self.type == "令" and self.issuers and self.issuers[0] in _WITHOUT_YEAR
        if self.year is None or endless:
            return f"{head}第{self.serial}号"
        if self.bracketed:
            return f"{head}〔{self.year}〕{self.serial}号"
        return f"{head}{self.year}年第{self.serial}号"

    def with_issuers(self, issuers: tuple[str, ...]) -> "DocumentNumber":
        """The same number with the issuers it was printed without."""
        return self._replace(issuers=issuers)


class NumberFound(NamedTuple):
    """A document number and its span in the folded text, issuers included."""

    number: DocumentNumber
    start: int
    end: int


def find_numbers(folded: str, start: int = 0, end: int | None = None) -> list[NumberFound]:
    """All document numbers that a folded text mentions, in order, each with the known bodies that
    stand before it.
    """
    stop = len(folded) if end is None else end
    found: list[NumberFound] = []
    for first, last in _near_serials(folded, start, stop):
        for match in _FORMS.finditer(folded, first, last):
            mention = _mention(folded, match)
            if mention is not None and (not found or mention.start >= found[-1].end):
                found.append(mention)
    return found


def _near_serials(folded: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The parts of a text in which a number can stand: those before and right behind a 号."""
    first = last = start
    at = folded.find("号", start, stop)
    while at != -1:
        begin, end = max(start, at - _BEFORE_SERIAL), min(stop, at + _BEHIND_SERIAL)
        if begin > last:
            if last > start:
                yield first, last
            first = begin
        last = end
        at = folded.find("号", at + 1, stop)
    if last > start:
        yield first, last


def parse_bare(text: str) -> tuple[int | None, int, bool] | None:
    """Year, serial and bracketing of a number printed without type and issuer (2023年 第1号,
    第792号, 〔2023〕1号), None when `text` holds anything else.
    """
    clean = squeeze(fold(text))
    match = _BARE.match(clean)
    bracketed = False
    if match is None:
        match = _BARE_BRACKETED.match(clean)
        bracketed = True
    if match is None:
        return None
    serial = number(match["serial"])
    if not serial:
        return None
    return (number(match["year"]) if match["year"] else None), serial, bracketed


def _mention(folded: str, match: re.Match[str]) -> NumberFound | None:
    # The last group that took part belongs to the form: serial1, type3.
    form = str(match.lastgroup)[-1]
    serial = number(match[f"serial{form}"])
    year = number(match[f"year{form}"].replace(" ", "")) if form in _WITH_YEAR else None
    if not serial:
        return None
    start, end = match.span()
    # A closing bracket belongs to the number only when its opening one does.
    if folded[end - 1] == "）" and "（" not in match.group():
        end -= 1
    if form == "7":
        number_ = DocumentNumber((), None, match["code7"], year, serial, bracketed=True)
        return NumberFound(number_, start, end)
    if form == "6":
        return _coded(folded, match, year, serial, end)
    kind = "".join(match[f"type{form}"].split())
    # 商务部发布2010年第15号公告: the verb stands between issuer and number.
    verb = _ISSUED.search(folded, max(0, start - 4), start) if form in "35" else None
    issuers = bodies_before(folded, verb.start() if verb else start)
    if form == "5" and not issuers:
        return None
    if form == "3" and not issuers and re.search(r"第$", folded[:start]):
        return None
    if form == "4" and kind == "通告" and not issuers:
        return None
    if issuers:
        start = issuers[0].start
    elif kind == "令" and _is_part_of_a_word(folded, start):
        return None
    elif kind == "令" and form == "4" and folded[max(0, start - 2) : start] == "主席":
        start -= 2
        return NumberFound(
            DocumentNumber(("国家主席",), kind, None, year, serial, False), start, end
        )
    return NumberFound(
        DocumentNumber(tuple(o.name for o in issuers), kind, None, year, serial, form == "2"),
        start,
        end,
    )


def _is_part_of_a_word(folded: str, start: int) -> bool:
    return folded[max(0, start - 1) : start] in ("命", "法", "政", "指", "司", "口", "禁", "责")


def _coded(
    folded: str, match: re.Match[str], year: int | None, serial: int, end: int
) -> NumberFound | None:
    run, start = match["code"], match.start("code")
    for kind in ("公告", "通告", "令"):
        if run.endswith(kind) and len(run) > len(kind):
            issuers = bodies_before(folded, start + len(run) - len(kind))
            if issuers:
                parts = tuple(body.name for body in issuers)
                number_ = DocumentNumber(parts, kind, None, year, serial, True)
                return NumberFound(number_, issuers[0].start, end)
    known = bodies_before(folded, start + len(run))
    if known and known[-1].end == start + len(run) and len(known[-1].name) > _LONGEST_CODE:
        # A mechanism numbers under its full name: 不可靠实体清单工作机制〔2025〕10号.
        number_ = DocumentNumber((), None, known[-1].name, year, serial, True)
        return NumberFound(number_, known[-1].start, end)
    cut = 0
    for word in _BEFORE_CODE.finditer(run):
        if word.end() < len(run):
            cut = word.end()
    code = run[cut:]
    if len(code) > _LONGEST_CODE:
        head = next(
            (
                place
                for place in range(len(code) - _LONGEST_CODE, len(code) - 1)
                if _CODE_HEAD.match(code, place)
            ),
            None,
        )
        if head is not None:
            cut += head
            code = code[head:]
    # A body may number under its name in full; a code (国办) stays as it is.
    if len(code) > 4:
        code = short_name(code) or code
    if not code or year is None:
        return None
    return NumberFound(DocumentNumber((), None, code, year, serial, True), start + cut, end)
