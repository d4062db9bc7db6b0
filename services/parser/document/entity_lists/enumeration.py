"""Names that a sentence strings together: 将甲公司（A）、乙公司（B）和丙公司等6家实体列入…."""

import re

from services.parser.document.document import Document
from services.parser.document.entity_lists.decision import Decision
from services.parser.document.entity_lists.enumeration_forms import (
    BEHIND_LIST,
    BEHIND_PLACE,
    CLASSES,
    COUNTRY,
    DESCRIBED,
    IN_LATIN,
    NOBODY,
    OF_PLACE,
    SEPARATOR,
    TAIL,
    TWO_SCRIPTS,
)
from services.parser.document.names import Name, ends_as_organisation, is_latin, name_at
from shared.chinese.text import Span, trimmed


def names_in(document: Document, decision: Decision) -> list[Name]:
    """The names in the sentence of a decision."""
    folded = document.body.folded
    start, end = decision.names
    tail = TAIL.search(folded, start, end)
    stop = tail.start if tail else end
    span = trimmed(folded, start, stop, "，、：")
    named = trimmed(folded, start, end if tail and tail.name == "so many" else stop, "，、：")
    if not span or NOBODY.match(folded, *named):
        behind = BEHIND_LIST.match(folded, decision.list_span.end)
        if behind is None or decision.text is not document.body:
            return []
        span = trimmed(folded, *behind.span("names"), "，、：；")
    return strung_together(document, span)


def strung_together(document: Document, span: Span) -> list[Name]:
    """The names of an enumeration, without what is said of them: 美国Alpha Inc.、参与军售的乙公司和丙集团.

    、 also stands inside names (波音防务、空间与安全集团): where some part ends as organisations end or with a
    bracket, a part that does not is the beginning of the next one.
    """
    folded = document.body.folded
    names = []
    for part in _parts(folded, span):
        text = folded[part.start : part.end]
        if text.startswith("“") and text.endswith("”") and text.count("“") == 1:
            part = Span(part.start + 1, part.end - 1)
        described = DESCRIBED.match(folded, *part)
        begin = described.end if described else part.start
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
    folded = document.body.folded
    parted = TWO_SCRIPTS.match(folded, *name.zh)
    if parted is None:
        return name
    zh, latin = Span(*parted.span("zh")), Span(*parted.span("latin"))
    before = parted["zh"]
    title = document.title.folded
    of_title = any(
        BEHIND_PLACE.match(title, place.end()) for place in re.finditer(re.escape(before), title)
    )
    if of_title or OF_PLACE.match(folded, *zh):
        return Name(None, latin, name.end)
    return Name(zh, latin, name.end)


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
            mark = SEPARATOR.match(folded, at, span.end)
            if mark and _may_end(folded, start, at, mark.text):
                pieces.append(trimmed(folded, start, at))
                start = at = mark.end
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
    if mark in "、；":
        return True
    before = trimmed(folded, start, at)
    behind = folded[at + len(mark) : at + len(mark) + 1]
    if (
        mark != "，"
        and folded[before.end - 1].isascii()
        and (behind.isascii() or COUNTRY.match(folded, at + len(mark)))
    ):
        return True
    return _is_whole(folded, before) or ("·" in folded[before.start : before.end] and mark != "，")


def _is_whole(folded: str, piece: Span) -> bool:
    text = folded[piece.start : piece.end]
    if text.endswith(("）", "”")) or ends_as_organisation(text):
        return True
    return bool(is_latin(folded, piece) or TWO_SCRIPTS.match(folded, *piece))


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
    known = any(form.name == country for form in IN_LATIN.forms)
    return (
        known
        and latin is not None
        and not any(found.name == country for found in IN_LATIN.finditer(folded, *latin))
    )


def _country(folded: str, name: Name) -> str:
    if name.zh is None:
        return ""
    country = COUNTRY.match(folded, *name.zh)
    return country.text if country and country.end < name.zh.end else ""
