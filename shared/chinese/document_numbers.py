"""发文字号: the forms in which a document number is printed, and the one canonical form.

GB/T 9704-2012: code of the issuing organ, year in full within 〔〕, serial without 第 and without
leading zeros (商办建函〔2022〕318号). Announcements and orders have a number in a year
(商务部公告2025年第1号); how those without a year are counted, `counting.py` says.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from shared.chinese.acts import ISSUE, ISSUED
from shared.chinese.bodies import bodies_before, bodies_of_line, short_name
from shared.chinese.characters import HAN, fold, squeeze
from shared.chinese.counting import Counting, congress_in, congress_on, counting_of
from shared.chinese.dates import YEAR, year_of
from shared.chinese.form import Form, Forms, Found
from shared.chinese.numerals import HUNDREDS, NUMERAL, ZEROS, number
from shared.notice import NumberParts

SERIAL = rf"(?:\d{{1,5}}|{NUMERAL}{{1,7}})"
# A number in a list, which shares with the one before it what it is a number of: 、第62号.
ORDINAL = rf"第\s?{SERIAL}\s?号"
# … with the serial as a group.
NUMBERED = rf"第\s?(?P<serial>{SERIAL})\s?号"
# Documents that are numbered by their type, in English.
TYPES = {
    "公告": "Announcement",
    "通告": "Circular",
    "令": "Order",
    "公示": "Public Notice",
}
TYPE = f"(?:{'|'.join(TYPES)})"
# A masthead spaces them.
_TYPE = "(?P<type>" + "|".join(r"\s{0,4}".join(name) for name in TYPES) + ")"
# 〔〕 stands for all square brackets after folding; numbers are also printed with 【】, （） and others.
# Before 1998 a bracket may hold the last two digits of the year: 国发〔88〕12号.
_OPEN, _CLOSE = "[〔【（〈<＜「『｛]", "[〕】）〉>＞」』｝]"
_BRACKETED_YEAR = rf"{_OPEN}\s*(?P<year>{YEAR}|[89]\d)\s*+(?:年\s*+)?{_CLOSE}"
# The number of a letter in the canonical form, and where the year begins in any.
LETTER = rf"[{HAN}]{{2,8}}〔{YEAR}〕{SERIAL}号"
YEAR_OF_SERIAL = rf"{YEAR}年第|〔{YEAR}〕"
_SERIAL = rf"(?P<serial>{SERIAL})\s*号"

FORMS = Forms(
    Form(
        "type, year",
        rf"{_TYPE}\s*+(?:（\s*+)?(?P<year>{YEAR})\s*+(?:年\s*+(?:第\s*+)?|第\s*+){_SERIAL}）?",
        yes=(
            "商务部公告2025年第1号",
            "公告2018年47号",
            "令（2012年第2号）",
            "令2019第27号",
            "公告二OO四年第20号",
            "公　告\n2025年 第1号".replace("　", " "),
        ),
        no=("公告2025年1月1日", "公告的2025年第1号"),
    ),
    Form(
        "type, bracketed year",
        rf"{_TYPE}\s*+(?:（\s*+)?{_BRACKETED_YEAR}\s*+(?:第\s*+)?{_SERIAL}）?",
        yes=("公告〔2023〕1号", "令（〔2024〕第1号）", "令 〔2024〕792号"),
    ),
    Form(
        "year, type behind",
        rf"(?P<year>{YEAR})\s*年\s*第\s*{_SERIAL}\s*(?P<type>{TYPE})",
        yes=("商务部2010年第15号公告", "二〇〇四年第27号令"),
        no=("2010年第15号文件",),
    ),
    Form(
        "type",
        rf"{_TYPE}\s*+(?:（\s*+)?第\s*{_SERIAL}）?",
        yes=("国务院令第792号", "主席令第六十七号"),
        no=("第792号", "令792号"),
    ),
    # Only with a known body before it.
    Form("type behind", rf"第\s*{_SERIAL}\s*(?P<type>公告|令)", yes=("商务部第15号公告",)),
    # Before 2004.
    Form(
        "code behind",
        rf"{_BRACKETED_YEAR}\s*(?P<code>[{HAN}]{{2,10}}?)\s*第\s*{_SERIAL}",
        yes=("〔2001〕外经贸法发第606号", "（88）经贸管字第123号"),
        no=("〔2001〕第606号",),
    ),
    Form(
        "code",
        # (A bracket stands behind no fewer characters than there are: nothing is tried again.)
        rf"(?P<code>[{HAN}]{{1,24}}+)\s*{_BRACKETED_YEAR}\s*+(?:第\s*+)?{_SERIAL}",
        yes=(
            "商办建函〔2022〕318号",
            "商办建函【2022】318号",
            "商建函〈2022〉1号",
            "商建函（2024）86号",
            "商建函〔2018〕第0362号",
            "国发〔88〕12号",
        ),
        no=("〔2022〕318号", "商办建函〔22〕318号"),
    ),
)
_YEAR_AND_SERIAL = Forms(
    Form(
        "number",
        rf"(?:(?P<year>{YEAR})\D*?)?{_SERIAL}",
        yes=("商办建函〔2022〕318号", "2010年第15号公告", "第56号"),
        no=("2022年",),
    )
)
# What a masthead or a label prints without type and issuer.
_BARE = Forms(
    Form(
        "year",
        rf"（?(?:(?P<year>{YEAR})年)?第?{_SERIAL}）?$",
        yes=("2023年第1号", "第七百九十二号", "（2018年第6号）"),
        no=("2023年第1号公告",),
    ),
    Form("bracketed year", rf"{_BRACKETED_YEAR}第?{_SERIAL}$", yes=("〔2023〕1号",)),
)

# A number that is all of a line: its code may be made of any words, its year may have no brackets.
WHOLE = Forms(
    Form(
        "letter",
        rf"(?P<code>[{HAN}]{{2,10}}){_BRACKETED_YEAR}第?{_SERIAL}$",
        yes=("豫商对外〔2020〕5号",),
        no=("〔2020〕5号",),
    ),
    Form(
        "no brackets",
        rf"(?P<code>[{HAN}]{{2,8}}(?<!{TYPE[3:-1].replace('|', ')(?<!')}))(?P<year>{YEAR})年?第?{_SERIAL}$",
        yes=("财关税2019年17号", "税委会2003年第77号"),
        no=("2019年17号", "商务部公告2019年17号"),
    ),
    anchored=True,
)

# Words that end before a code begins: 根据国发〔2007〕37号, …的通知国发〔2007〕37号.
_BEFORE_CODE = Forms(
    Form(
        "word",
        r"特急|加急|急件|平急|限时|的通知|的意见|的函|的决定|的批复|的公告|的通报|的请示|通知|意见|公告|通报|批复|决定|(?<!商)办法|规定|暂行"
        rf"|根据|按照|依据|依照|参照|遵照|贯彻|落实|关于|以及|{ISSUE}|转发|废止|停止|修改|执行|详见|见|即|的|于|日"
        r"|号|和|与|及|对|由|将|以|按|(?<=[以来原此该行])文|第|(?<!商)条|款|项|件",
        yes=("根据国发", "某事的通知国发", "办法商资发"),
        no=("商办建函", "国发"),
    )
)
# Those of them that may be a part of a code, where nothing stands before it: 豫商对外〔2020〕5号.
_WEAK = frozenset("即见和与及对由将以按条款项件文")
# First syllables of codes, for a run in which nothing else marks the code's beginning.
_CODE_HEADS = Forms(
    Form(
        "head",
        r"国办发明电|国办|国发|国函|国税|国质检|国市监|国卫|国能|国资|国知|国经贸|国土|国环|国统|国科"
        r"|中办|中发|商办|商|财税|财关税|财|发改|工信|银保监|银监|银办发|银发|汇|署|税总|税委会|税"
        r"|质检|市监|环|建|农|卫|人社|交|科|教|民|公|司|外经贸|经贸|证监|保监|文旅|广电|网信|海关|林|水|审",
        yes=("国办发", "商资发", "财关税"),
        no=("发商资",),
    ),
    anchored=True,
)
LONGEST_CODE = 8
# How far a number reaches before its 号, white space of a masthead included, and behind it (号公告).
_BEFORE_SERIAL, _BEHIND_SERIAL = 120, 12
# What stands in no number, and what stands before its serial.
_NO_PART = "。，；：、《》“”"
_LEADS = "第年〕】）〉>＞」』｝"
_OF_SERIAL = frozenset(f"0123456789{ZEROS}{HUNDREDS}千")
# Up to a number: that somebody publishes it.
ISSUES = Forms(
    Form("issues", rf"{ISSUED}\s?$", yes=("商务部发布", "联合公布了"), no=("发布的公告",))
)
# What stands in a number where the short name in a signature is longer.
_IN_NUMBER = {"国家主席": "主席"}


class DocumentNumber(NamedTuple):
    """A document number by its parts. `code` is the organ code of a letter or notice (商办建函);
    announcements and orders have `type` and `issuers` instead. `bracketed` tells 〔2023〕1号 from
    2023年第1号. `counted_in` is the year or congress in which a number is counted that is printed
    without (2020, 第10届), as far as the day of issue tells it (`dated`).
    """

    issuers: tuple[str, ...]
    type: str | None
    code: str | None
    year: int | None
    serial: int
    bracketed: bool
    counted_in: str | None = None

    @property
    def counting(self) -> Counting:
        """How the first issuer counts such documents; letters are counted by year."""
        return counting_of(self.issuers[0] if self.issuers else None, self.type)

    @property
    def prints_year(self) -> bool:
        """Whether the canonical form has the year: not where it does not count (国务院令〔2024〕792号)."""
        return self.year is not None and self.counting not in ("continuous", "by congress")

    @property
    def by_name(self) -> bool:
        """Whether `code` is a body's name in full: a mechanism has no code and numbers its announcements so."""
        return self.code is not None and len(self.code) > LONGEST_CODE

    @property
    def series(self) -> str | None:
        """The numbering series: 商务部公告 2025年, 商办建函〔2022〕, 国务院令, 主席令 第10届. Joint announcements and
        orders are counted in that of their first issuer; None for a number without one, and for one
        of which neither the page nor the day of issue tells in which year or congress it is counted.
        """
        lead, period = self._lead, self._period
        if lead is None or period is None:
            return None
        if not period:
            return lead
        if self.bracketed and self.prints_year:
            return f"{lead}〔{period}〕"
        return f"{lead} {period}" + ("年" if period.isdigit() else "")

    @property
    def series_key(self) -> str | None:
        """What all forms of the series share, 公告 or not, in any brackets: 商务部2025, 商务部令2025, 国务院令,
        主席令第10届.
        """
        lead, period = self._lead, self._period
        return None if lead is None or period is None else lead.removesuffix("公告") + period

    @property
    def key(self) -> str | None:
        """What all forms of the number share: 商务部2025-70."""
        series = self.series_key
        return series and f"{series}-{self.serial}"

    @property
    def _period(self) -> str | None:
        """The part of the series that its number begins anew in; empty where it never does."""
        match self.counting:
            case "continuous":
                return ""
            case "by congress":
                congress = congress_in(self.year) if self.year is not None else None
                return self.counted_in or (f"第{congress}届" if congress else None)
        return str(self.year) if self.year is not None else self.counted_in

    @property
    def _lead(self) -> str | None:
        if self.code is not None or not self.issuers:
            return self.code
        # Without a year only orders and announcements are numbered.
        if self.type is None and self.year is None:
            return None
        return _IN_NUMBER.get(self.issuers[0], self.issuers[0]) + (self.type or "")

    def parts(self) -> NumberParts:
        """The number as an event carries it, beside its canonical form."""
        return NumberParts(
            issuers=self.issuers,
            type=self.type,
            code=self.code,
            year=self.year,
            serial=self.serial,
            series=self.series,
            series_key=self.series_key,
            key=self.key,
        )

    def canonical(self) -> str:
        """The canonical form: issuers by short name joined by one space, then the type; 第 before the
        serial of 公告 and 令, none after 〔〕.
        """
        if self.code is not None:
            return f"{self.code}〔{self.year}〕{self.serial}号"
        lead = " ".join(_IN_NUMBER.get(issuer, issuer) for issuer in self.issuers)
        lead += self.type or ""
        if not self.prints_year:
            return f"{lead}第{self.serial}号"
        if self.bracketed:
            return f"{lead}〔{self.year}〕{self.serial}号"
        return f"{lead}{self.year}年第{self.serial}号"

    def in_english(self, issuers: Sequence[str], spelled: Callable[[str], str]) -> str:
        """Shang Ban Jian Han [2022] No. 318; Announcement No. 61 of 2025 of the Ministry of Commerce.

        `issuers` are the English names in running text (the Ministry of Commerce), `spelled` gives
        the English of a code, which is a name: English legal translations spell it in pinyin.
        """
        if self.code is not None:
            return f"{spelled(self.code)} [{self.year}] No. {self.serial}"
        number = f"No. {self.serial}"
        if self.year is not None:
            number = f"[{self.year}] {number}" if self.bracketed else f"{number} of {self.year}"
        named = f"{TYPES[self.type]} {number}" if self.type else number
        if not issuers:
            return named
        last = " and ".join(filter(None, (", ".join(issuers[:-1]), issuers[-1])))
        return f"{named} of {last}"

    def with_issuers(self, issuers: tuple[str, ...]) -> "DocumentNumber":
        """The same number with the issuers it was printed without."""
        return self._replace(issuers=issuers)

    def dated(self, issued_on: date | None) -> "DocumentNumber":
        """The same number with the year, or the congress, of its day of issue if it prints none."""
        if issued_on is None or self.year is not None or self.code is not None:
            return self
        match self.counting:
            case "continuous":
                return self
            case "by year":
                return self._replace(year=issued_on.year)
            case "by congress":
                congress = congress_on(issued_on)
                return self._replace(counted_in=f"第{congress}届" if congress else None)
        return self._replace(counted_in=str(issued_on.year))


class NumberFound(NamedTuple):
    """A document number and its span in the folded text, issuers included. `verb_end` is where the
    verb ends that stands between them (商务部发布|2010年第15号公告), None where none does.
    """

    number: DocumentNumber
    start: int
    end: int
    verb_end: int | None = None


def find_numbers(folded: str, start: int = 0, end: int | None = None) -> list[NumberFound]:
    """All document numbers that a folded text mentions, in order, each with the known bodies that
    stand before it.
    """
    stop = len(folded) if end is None else end
    found: list[NumberFound] = []
    for first, last in _near_serials(folded, start, stop):
        for form in FORMS.finditer(folded, first, last):
            mention = _mention(folded, form)
            if mention is not None and (not found or mention.start >= found[-1].end):
                found.append(mention)
    return found


def number_of(text: str) -> DocumentNumber | None:
    """The number of a folded text that is a number and its issuers, known bodies or not, and nothing
    else.
    """
    for found in find_numbers(text):
        before, after = text[: found.start], text[found.end :]
        if after not in ("", "）"):
            continue
        if not before:
            return found.number
        bodies = bodies_of_line(before, 0, len(before))
        if bodies and found.number.code is not None:
            return found.number
        if bodies and not found.number.issuers:
            return found.number.with_issuers(tuple(body.name for body in bodies))
    whole = WHOLE.match(text)
    serial = number(whole["serial"]) if whole else None
    if whole is None or not serial or short_name(whole["code"]):
        return None
    if any(word.text not in _WEAK for word in _BEFORE_CODE.finditer(whole["code"])):
        return None
    return DocumentNumber((), None, whole["code"], year_of(whole["year"]), serial, True)


def year_and_serial(printed: str) -> tuple[int | None, int | None] | None:
    """The year, where it is printed, and the serial of a number in whatever form; None for no number."""
    form = _YEAR_AND_SERIAL.search(printed)
    if form is None:
        return None
    return year_of(form["year"]) if form["year"] else None, number(form["serial"])


def parse_bare(text: str) -> tuple[int | None, int, bool] | None:
    """Year, serial and bracketing of a number printed without type and issuer (2023年 第1号,
    第792号, 〔2023〕1号), None when `text` holds anything else.
    """
    form = _BARE.match(squeeze(fold(text)))
    serial = number(form["serial"]) if form else None
    if form is None or not serial:
        return None
    return year_of(form["year"]) if form["year"] else None, serial, form.name == "bracketed year"


def _near_serials(folded: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The parts of a text in which a number can stand: those before and right behind the 号 of a
    serial.
    """
    first = last = start
    at = folded.find("号", start, stop)
    while at != -1:
        if _is_behind_serial(folded, start, at):
            begin, end = max(start, at - _BEFORE_SERIAL), min(stop, at + _BEHIND_SERIAL)
            begin = max(begin, *(folded.rfind(mark, begin, at) + 1 for mark in _NO_PART))
            if begin > last:
                if last > start:
                    yield first, last
                first = begin
            last = end
        at = folded.find("号", at + 1, stop)
    if last > start:
        yield first, last


def _is_behind_serial(folded: str, start: int, at: int) -> bool:
    """Whether a 号 stands behind digits or numerals, and these behind 第, 年 or a bracket: 第15号, 〕318号."""
    while at > start and folded[at - 1].isspace():
        at -= 1
    begin = at
    while begin > start and folded[begin - 1] in _OF_SERIAL:
        begin -= 1
    if begin == at:
        return False
    while begin > start and folded[begin - 1].isspace():
        begin -= 1
    return begin > start and folded[begin - 1] in _LEADS


def _mention(folded: str, form: Found) -> NumberFound | None:
    serial = number(form["serial"])
    if not serial:
        return None
    start, end = form.start, form.end
    # A closing bracket belongs to the number only when its opening one does.
    if folded[end - 1] == "）" and "（" not in folded[start:end]:
        end -= 1
    match form.name:
        case "code":
            return _coded(folded, form, serial, end)
        case "code behind":
            cited = DocumentNumber((), None, form["code"], year_of(form["year"]), serial, True)
            return NumberFound(cited, start, end)
        case "type" | "type behind":
            year = None
        case _:
            year = year_of(form["year"])
    kind = squeeze(form["type"])
    # 商务部发布2010年第15号公告: the verb stands between issuer and number.
    verb = None
    if form.name in ("year, type behind", "type behind"):
        verb = ISSUES.search(folded, max(0, start - 4), start)
    issuers = bodies_before(folded, verb.start if verb else start, alone=True)
    if issuers:
        start = issuers[0].start
    elif form.name == "type" and kind == "令" and folded[max(0, start - 2) : start] == "主席":
        names: tuple[str, ...] = ("国家主席",)
        return NumberFound(DocumentNumber(names, kind, None, None, serial, False), start - 2, end)
    elif _is_none_without_issuer(folded, form, kind):
        return None
    names = tuple(body.name for body in issuers)
    bracketed = form.name == "type, bracketed year"
    number_ = DocumentNumber(names, kind, None, year, serial, bracketed)
    return NumberFound(number_, start, end, form.start if verb and issuers else None)


def _is_none_without_issuer(folded: str, form: Found, kind: str) -> bool:
    """第15号公告, 通告第1号, 命令第1号 are numbers only with a known body before them."""
    if form.name == "type behind" or (form.name == "type" and kind == "通告"):
        return True
    if form.name == "year, type behind":
        return folded.endswith("第", 0, form.start)
    return kind == "令" and folded[max(0, form.start - 1) : form.start] in _ENDS_IN_ORDER


# 命令, 法令, 政令, 指令, 司令, 口令, 禁令, 责令 are other words.
_ENDS_IN_ORDER = ("命", "法", "政", "指", "司", "口", "禁", "责")


def _coded(folded: str, form: Found, serial: int, end: int) -> NumberFound | None:
    run, start, year = form["code"], form.start, year_of(form["year"])
    for kind in TYPES:
        if run.endswith(kind) and len(run) > len(kind):
            issuers = bodies_before(folded, start + len(run) - len(kind), alone=True)
            if issuers:
                parts = tuple(body.name for body in issuers)
                number_ = DocumentNumber(parts, kind, None, year, serial, True)
                return NumberFound(number_, issuers[0].start, end)
    known = bodies_before(folded, start + len(run))
    if known and known[-1].end == start + len(run) and len(known[-1].name) > LONGEST_CODE:
        # A mechanism numbers under its full name: 不可靠实体清单工作机制〔2025〕10号.
        number_ = DocumentNumber((), None, known[-1].name, year, serial, True)
        return NumberFound(number_, known[-1].start, end)
    cut = 0
    for word in _BEFORE_CODE.finditer(run):
        if word.end < len(run):
            cut = word.end
    code = run[cut:]
    if len(code) > LONGEST_CODE:
        head = next(
            (
                offset
                for offset in range(len(code) - LONGEST_CODE, len(code) - 1)
                if _CODE_HEADS.match(code, offset)
            ),
            None,
        )
        if head is not None:
            cut += head
            code = code[head:]
    # A body may number under its name in full; a code (国办) stays as it is.
    if len(code) > 4:
        code = short_name(code) or code
    if not code:
        return None
    return NumberFound(DocumentNumber((), None, code, year, serial, True), start + cut, end)
