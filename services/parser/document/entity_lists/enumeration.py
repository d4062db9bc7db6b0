"""Names that a sentence strings together: 将甲公司（A）、乙公司（B）和丙公司等6家实体列入…."""

import re

from services.parser.document.document import Document
from services.parser.document.entity_lists.decision import Decision
from services.parser.document.names import CJK, Name, ends_as_organisation, is_latin, name_at
from shared.chinese.form import Form, Forms
from shared.chinese.numerals import NUMERAL
from shared.chinese.places import PLACE
from shared.chinese.text import Span, trimmed

_COUNTED = rf"(?:\d{{1,4}}|{NUMERAL}{{1,4}}|两)\s?[家名个位]"
# Behind the last name.
TAIL = Forms(
    Form(
        "and others",
        rf"等(?:[^、]{{0,60}}?{_COUNTED}|[^、]{{0,60}}?(?:列明|所列|实体|企业|公司|个人|人员|组织|机构))?[^、]{{0,40}}$",
        yes=(
            "甲公司等6家实体",
            "等无法核实最终用户的20家日本实体",
            "等后附《反制清单》列明的企业",
        ),
    ),
    Form(
        "so many",
        rf"{_COUNTED}[^、（）和及]{{0,16}}$",
        yes=("两家银行", "三家公司"),
        no=("家具公司",),
    ),
)
NOBODY = Forms(
    Form(
        "those below",
        "(?:以下|下列|如下|附件|后附|见附件|有关|相关|上述)[^、（]*$",
        yes=("下列3家企业", "附件所列实体"),
        no=("下列甲公司、乙公司",),
    ),
    Form("so many", rf"{_COUNTED}[^、（]{{0,30}}$", yes=("两家企业",)),
    Form(
        "so many of a country",
        rf"[^、（和A-Za-z]{{0,12}}(?:等国)?{_COUNTED}[^、（]{{0,20}}$",
        yes=("美国28家实体",),
        no=("Alfa和Beta两家公司",),
    ),
    Form(
        "some",
        rf"{PLACE}?(?:有关|相关|军工|部分)*(?:企业|实体|机构|人员|个人|及|和|与|高级管理)+$",
        yes=("美国有关企业", "企业和高级管理人员"),
        no=("甲公司",),
    ),
    anchored=True,
)
# Those of whom a rule speaks: no names.
CLASSES = Forms(
    Form(
        "class",
        "(?:该|其|外国|境外|有关|相关|上述|前述|前款|所列|部分|一家|的)*"
        "(?:进口商|最终用户|出口经营者|经营者|实体|企业|组织|个人|机构|公司|子公司|当事人|人员|国家|地区)$",
        yes=("有关外国实体", "最终用户", "进口商"),
        no=("甲公司", "国际组织甲"),
    ),
    Form(
        "described",
        r"[^（“]*(?:列入|移出|清单|名单|情形|规定|措施|下列|以下|如下|应当|可以|决定|禁止)",
        yes=("列入反制清单组织的子公司", "有前款规定情形的进口商"),
        no=("甲公司",),
    ),
    anchored=True,
)
_SEPARATOR = re.compile(r"、|和|以及(?!其)|及(?!其)|，(?=[^）]*（)")
_COUNTRY = re.compile(PLACE)
# How a country's name would stand in the foreign name, were it part of the name.
_IN_LATIN = {
    "美国": re.compile(r"America|United States|\bU\.?S"),
    "日本": re.compile(r"Japan|Nippon|Nihon", re.IGNORECASE),
    "加拿大": re.compile(r"Canad"),
}
_OF_PLACE = re.compile(rf"{PLACE}(?:的|籍)?(?:企业|公司|银行|金融机构|机构|实体)?")
# A name in Latin letters right behind Chinese ones.
_TWO_SCRIPTS = re.compile(rf"(?P<zh>[{CJK}]{{1,12}})(?P<latin>[^\W\d_{CJK}][^{CJK}]+)")
_DESCRIBED = re.compile(r"^[^（“]*(?:的)(?=[^（])")


def names_in(document: Document, decision: Decision) -> list[Name]:
    """The names in the sentence of a decision.

    、 also stands inside names (波音防务、空间与安全集团): where some part ends as organisations end or with a
    bracket, a part that does not is the beginning of the next one.
    """
    folded = document.body.folded
    start, end = decision.names
    tail = TAIL.search(folded, start, end)
    stop = tail.start if tail else end
    span = trimmed(folded, start, stop, "，、：")
    named = trimmed(folded, start, end if tail and tail.name == "so many" else stop, "，、：")
    if not span or NOBODY.match(folded, *named):
        return []
    parts = _parts(folded, span)
    names = []
    for part in parts:
        text = folded[part.start : part.end]
        if text.startswith("“") and text.endswith("”") and text.count("“") == 1:
            part = Span(part.start + 1, part.end - 1)
        described = _DESCRIBED.match(folded[part.start : part.end])
        begin = part.start + described.end() if described else part.start
        name = _parted_scripts(document, name_at(folded, begin, part.end))
        if name.zh and CLASSES.match(folded, *name.zh):
            continue
        if (name.zh or name.latin) and name.end - begin <= 300:
            names.append(name)
    return _without_country(document, names)


def _parted_scripts(document: Document, name: Name) -> Name:
    """立陶宛UAB Alfa Bankas is called by what stands behind the place, 甲公司Alpha Inc. by both. A place is
    one that the lexicon has, or of which the title speaks so: 关于对某地两家金融机构采取….
    """
    if name.zh is None or name.latin is not None:
        return name
    words = document.body.folded[slice(*name.zh)]
    parted = _TWO_SCRIPTS.fullmatch(words)
    if parted is None:
        return name
    before = parted["zh"]
    at = name.zh.start + parted.start("latin")
    latin = Span(at, name.zh.end)
    if ends_as_organisation(before) and not _COUNTRY.match(before):
        return Name(Span(name.zh.start, at), latin, name.end)
    of_place = re.search(rf"{before}(?:的)?(?:{_COUNTED}|企业|实体|公司)", document.title.folded)
    if of_place or _OF_PLACE.fullmatch(before):
        return Name(None, latin, name.end)
    return Name(Span(name.zh.start, at), latin, name.end)


def _parts(folded: str, span: Span) -> list[Span]:
    pieces: list[Span] = []
    depth, start = 0, span.start
    at = span.start
    while at < span.end:
        char = folded[at]
        if char in "（“":
            depth += 1
        elif char in "）”":
            depth = max(0, depth - 1)
        elif depth == 0:
            mark = _SEPARATOR.match(folded, at, span.end)
            if mark and _may_end(folded, start, at, mark.group()):
                pieces.append(trimmed(folded, start, at))
                start = at = mark.end()
                continue
        at += 1
    pieces.append(trimmed(folded, start, span.end))
    pieces = [piece for piece in pieces if piece]
    if not any(_is_whole(folded, piece) for piece in pieces):
        return pieces
    whole: list[Span] = []
    open_start: int | None = None
    for piece in pieces:
        begin = piece.start if open_start is None else open_start
        if _is_whole(folded, piece):
            whole.append(Span(begin, piece.end))
            open_start = None
        else:
            open_start = begin
    if open_start is not None:
        whole.append(Span(open_start, span.end))
    return whole


def _may_end(folded: str, start: int, at: int, mark: str) -> bool:
    # 系统研究和模拟公司: 和 divides only what is whole before it; persons have no such ending.
    if mark == "、":
        return True
    before = trimmed(folded, start, at)
    behind = folded[at + len(mark) : at + len(mark) + 1]
    if (
        mark != "，"
        and folded[before.end - 1].isascii()
        and (behind.isascii() or _COUNTRY.match(folded, at + len(mark)))
    ):
        return True
    return _is_whole(folded, before) or ("·" in folded[before.start : before.end] and mark != "，")


def _is_whole(folded: str, piece: Span) -> bool:
    text = folded[piece.start : piece.end]
    if text.endswith(("）", "”")) or ends_as_organisation(text):
        return True
    return bool(is_latin(folded, piece) or _TWO_SCRIPTS.fullmatch(text))


def _without_country(document: Document, names: list[Name]) -> list[Name]:
    """美国 before a name is dropped when the title prints the same name without it, before a name in
    Latin letters (美国PVH集团), and where the foreign name has no such word; 美国光子公司 (American
    Photonics) is called so.
    """
    title = document.title.folded
    folded = document.body.folded
    dropped: set[str] = set()
    for name in names:
        country = _country(folded, name)
        if country and name.zh:
            rest = folded[name.zh.start + len(country) : name.zh.end]
            if rest in title and country + rest not in title:
                dropped.add(country)
    return [
        name._replace(zh=Span(name.zh.start + len(country), name.zh.end))
        if name.zh
        and (country := _country(folded, name))
        and (country in dropped or _stands_before(folded, country, name.zh, name.latin))
        else name
        for name in names
    ]


def _stands_before(folded: str, country: str, zh: Span, latin: Span | None) -> bool:
    if folded[zh.start + len(country)].isascii():
        return True
    abroad = _IN_LATIN.get(country)
    return bool(latin and abroad and not abroad.search(folded, latin.start, latin.end))


def _country(folded: str, name: Name) -> str:
    if name.zh is None:
        return ""
    country = _COUNTRY.match(folded, *name.zh)
    return country.group() if country and country.end() < name.zh.end else ""
