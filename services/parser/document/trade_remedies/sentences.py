"""Rates that a sentence sets: a successor's, the one for exports under an old name, an adjusted one.

商务部公告2018年第47号 (http://www.mofcom.gov.cn/article/b/c/201806/20180602755321.shtml) sets four in two sentences each.
"""

import re
from typing import NamedTuple

from services.parser.document.document import Document
from services.parser.document.names import Name, name_at
from services.parser.document.trade_remedies.rows import RATE, is_company
from services.parser.document.trade_remedies.terms import is_told, measure_named
from shared.chinese.places import PLACE
from shared.chinese.sentences import parts
from shared.chinese.text import Span, trimmed

_PRODUCT = r"(?P<product>[^，。；\n（）]{2,40}?)"
_MEASURE = r"(?:反倾销(?:和|与|、)?(?:反补贴)?|反补贴|保障)措施"
_TAX = r"(?:反倾销|反补贴|倾销|补贴|保证金|关税)?(?:税)?(?:保证金)?(?:税率|比率|税)"
# 由甲公司继承乙公司在己内酰胺反倾销措施中所适用的3.6%的反倾销税率
_INHERITED = re.compile(
    rf"由(?P<new>[^。；\n]{{2,200}}?)继承(?P<old>[^。；\n]{{2,200}}?)在(?:原产于[^。；\n]{{2,60}}?进口)?{_PRODUCT}{_MEASURE}中?"
    rf"所?适用的(?:{RATE}的?)?{_TAX}"
)
# 以乙公司名称向中国大陆出口的己内酰胺产品，适用己内酰胺反倾销措施中其他美国公司24.2%的反倾销税率
_UNDER_OLD_NAME = re.compile(
    rf"以(?P<old>[^。；\n]{{2,200}}?)(?:的)?名义?称?(?:继续)?向(?:中国(?:大陆)?|中华人民共和国)出口的?{_PRODUCT}(?:产品)?(?:的)?，"
    rf"(?:应当?)?(?:继续)?适用(?P<whose>[^。；\n]{{0,120}}?){RATE}"
)
# 将甲公司所适用的反倾销税税率由9.7%调整为13.1%; 甲公司的反倾销税税率调整为13.1%
_ADJUSTED = re.compile(
    rf"(?:将|对|，(?!将|对)|^)(?P<new>[^，。；\n]{{2,160}}?)(?:在[^，。；\n]{{2,40}}?中)?(?:所)?(?:适用|征收)?的(?:临时)?{_TAX}(?:由\s?\d[\d.]*\s?%)?(?:调整|变更|修改|确定|均|统一)?为{RATE}"
)
# 对所有美国公司征收53.6%的反倾销税
_LEVIED = re.compile(
    rf"对(?P<new>[^，。；\n]{{2,120}}?(?:公司|企业)(?:（[^（）]*）)?)(?:继续)?(?:按照?)?(?:征收|适用){RATE}的{_TAX}"
)
# 美国的霍尼韦尔公司: the country is no part of the name.
_COUNTRY = re.compile(f"{PLACE}的")
_SETS = re.compile(r"继承|\d\s?%")
# What is longer is no sentence.
_LONGEST = 2000
# 其中，甲公司适用的反倾销税率为36.2% goes on about the notice that the sentence before tells of.
_HISTORY = re.compile(r"\s*(?:其中|目前|此前|当时)")
_NOW = re.compile(r"\s*现(?:应|决定|经|根据|公告|将)")
_FREE = re.compile(r"免于征收|不征收|不再征收")
_PRODUCT_WORD = re.compile(r"产品$")


class Sentence(NamedTuple):
    """A rate in a sentence; `product` is None where the sentence names none."""

    name: Name
    rate: float
    rate_span: Span
    product: Span | None
    origin: Span | None = None
    measure: Span | None = None


def rates_in_sentences(document: Document) -> tuple[list[Sentence], list[str]]:
    """The rates that the notice's own sentences set, and what is doubtful.

    Rates of earlier notices that it tells (…发布2016年第4号公告，…适用的反倾销税率为36.2%) are not its own.
    """
    folded = document.body.folded
    found: list[Sentence] = []
    warnings: list[str] = []
    for line in document.main_lines:
        if "税" not in line.folded and "保证金" not in line.folded:
            continue
        for start, end in parts(folded, line.start, line.end):
            if end - start > _LONGEST or not _SETS.search(folded, start, end):
                continue
            if is_told(document, end) and not _NOW.match(folded, start, end):
                continue
            measure = measure_named(folded, start, end)
            inherited = _INHERITED.search(folded, start, end)
            if inherited:
                one, doubt = _inherited(document, inherited, end)
                found += [rate._replace(measure=measure) for rate in one]
                warnings += doubt
                continue
            old = _UNDER_OLD_NAME.search(folded, start, end)
            if old:
                found.append(
                    Sentence(
                        name_at(folded, *old.span("old")),
                        float(old["rate"]),
                        Span(old.start("rate"), old.end()),
                        _product(folded, old),
                        _of_others(folded, old),
                        measure,
                    )
                )
                continue
            if _HISTORY.match(folded, start, end):
                continue
            for form in (_ADJUSTED, _LEVIED):
                set_here = [
                    Sentence(name, float(match["rate"]), _rate_span(match), None, measure=measure)
                    for match in form.finditer(folded, start, end)
                    if is_company(folded, name := _company(folded, match))
                ]
                found += set_here
                if set_here:
                    break
    return found, warnings


def _company(folded: str, match: re.Match[str]) -> Name:
    country = _COUNTRY.match(folded, *match.span("new"))
    return name_at(folded, country.end() if country else match.start("new"), match.end("new"))


def _rate_span(match: re.Match[str]) -> Span:
    return Span(match.start("rate"), match.end("rate") + 1)


def _product(folded: str, match: re.Match[str]) -> Span:
    span = trimmed(folded, *match.span("product"))
    word = _PRODUCT_WORD.search(folded, span.start, span.end)
    return Span(span.start, word.start()) if word and word.start() - span.start >= 2 else span


def _of_others(folded: str, match: re.Match[str]) -> Span | None:
    """其他美国公司: the country whose rate applies."""
    others = re.compile(r"其[他它](?P<origin>[^，。；公司]{1,10})公司").search(
        folded, *match.span("whose")
    )
    return Span(*others.span("origin")) if others else None


def _inherited(
    document: Document, match: re.Match[str], end: int
) -> tuple[list[Sentence], list[str]]:
    folded = document.body.folded
    new = name_at(folded, *match.span("new"))
    product = _product(folded, match)
    if _FREE.search(folded, match.end(), end):
        return [], ["duty_rates: a successor is exempt from the duty"]
    if match["rate"]:
        rate = Span(match.start("rate"), match.end("rate") + 1)
        return [Sentence(new, float(match["rate"]), rate, product)], []
    # The sentence leaves the rate out: the text has told what the old company's is.
    old = name_at(folded, *match.span("old"))
    if old.zh is None:
        return [], ["duty_rates: the rate that is inherited is not in the text"]
    told = re.compile(
        re.escape(folded[old.zh.start : old.zh.end])
        + rf"(?:（[^。；\n]{{0,120}}?）)?(?:在[^，。；\n]{{0,40}}?)?(?:所)?(?:适用)?的{_TAX}(?:为|是){RATE}"
    )
    matches = list(told.finditer(folded, 0, match.start()))
    if len({one["rate"] for one in matches}) != 1:
        return [], ["duty_rates: the rate that is inherited is not in the text"]
    span = Span(matches[0].start("rate"), matches[0].end("rate") + 1)
    return [Sentence(new, float(matches[0]["rate"]), span, product)], []
