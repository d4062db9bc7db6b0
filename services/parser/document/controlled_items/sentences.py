"""What the sentences of a notice forbid or have licensed: 禁止两用物项对美国军事用户出口, 对某酸钾（…）实施出口管制.

商务部公告2024年第46号 and the announcements on resolutions of the Security Council (2017年第40号, 2018年第4号) word
whole notices so; others name the goods in a list or a table, of which such a sentence is the lead.
"""

from typing import Literal, NamedTuple

from services.parser.document.controlled_items.goods import Good, goods_in, split_names
from services.parser.document.controlled_items.regulation import Regulation, places_in
from services.parser.document.controlled_items.sentence_forms import (
    ALL_OF,
    BEHIND,
    CONCERNED,
    CONTROLS,
    ENDS,
    OBJECTS,
    POINTS,
    SUBJECTS,
    UNLICENSED,
    UNTIL,
)
from services.parser.document.document import Document
from shared.chinese.form import Found
from shared.chinese.markers import marker_at
from shared.chinese.moods import is_done
from shared.chinese.text import Line, Span, trimmed
from shared.notice import Direction, ItemMeasure

# The measure by the name of the form; every other form is one of licences.
_MEASURES: dict[str, ItemMeasure | None] = {
    "import from": "ban",
    "export to": "ban",
    "ban": "ban",
    "use": "ban",
    "bidden": "ban",
    "denial": "denial",
    "listed": None,
}
# No clause that names goods is longer, and no paragraph.
_LONGEST = 400
_LONGEST_LINE = 10_000
# Forms that say what is done with goods only where the goods have codes.
_CODED = ("coded", "listed")


class Controlled(NamedTuple):
    """A sentence, or a part of one: what it does, from `start` to `end`, and with which goods; `points`
    says where else the goods are named, below or above. `frees` is set where nothing is forbidden or
    controlled: by what ends a measure, is only planned, or done by somebody else.
    """

    start: int
    end: int
    regulation: Regulation
    goods: tuple[Good, ...] = ()
    points: Literal["below", "above"] | None = None
    frees: bool = False


def controlled_in_sentences(document: Document) -> list[Controlled]:
    """What the sentences of the main text forbid, have licensed or set free, in order."""
    return [found for line in document.main_lines for found in _on_line(document, line)]


def _on_line(document: Document, line: Line) -> list[Controlled]:
    folded = document.body.folded
    if (
        len(line.raw) > _LONGEST_LINE
        or "\t" in line.raw
        or ("《" in line.folded and "公布" in line.folded[:20])
    ):
        return []
    found = [
        Controlled(
            form.start,
            form.end,
            Regulation(verb=Span(*form.span("verb"))),
            points="below" if _leads_on(line) else None,
            frees=True,
        )
        for form in ENDS.finditer(folded, line.start, line.end)
        if is_done(folded, *form.span("verb"))
    ]
    for form in BEHIND.finditer(folded, line.start, line.end):
        if not _overlaps(form, found) and (one := _behind(folded, form, line, found)):
            found.append(one)
    at = line.start
    while ahead := CONTROLS.search(folded, at, line.end):
        names = _trimmed_names(folded, ahead)
        one = (
            None
            if _overlaps(ahead, found)
            else _controlled(folded, ahead, ahead.start, names, None)
        )
        at = ahead.end if one else ahead.span("verb")[1]
        if one:
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _overlaps(form: Found, found: list[Controlled]) -> bool:
    return any(one.start < form.end and form.start < one.end for one in found)


def _leads_on(line: Line) -> bool:
    """Whether a line leads to a list below it: 取消下列商品的出口许可证管理."""
    return line.folded.rstrip().endswith("：") or any(
        point in line.folded for point in ("下列", "以下", "如下")
    )


def _behind(folded: str, form: Found, line: Line, found: list[Controlled]) -> Controlled | None:
    """A verb whose goods stand before it: 对某酸钾（…）实施出口管制; 以下物项，未经许可，不得出口."""
    if form.holds("names"):
        return _controlled(folded, form, form.start, _trimmed_names(folded, form), None)
    start = _clause_start(folded, line, form.start)
    start = max([start, *(one.end for one in found if one.end <= form.start)])
    object_ = OBJECTS.search(folded, start, form.start)
    if object_ is None:
        subject = SUBJECTS.match(folded, start, form.start)
        # 石蜡（海关商品编号：…）实行出口许可证管理: without 对 only goods with codes, or where the verb wants no 对.
        if subject is None or (
            form.name == "licence" and not goods_in(folded, *subject.span("names"))[0].hs
        ):
            return None
        object_ = subject
    return _controlled(folded, form, object_.start, _trimmed_names(folded, object_), object_)


def _trimmed_names(folded: str, form: Found) -> Span | None:
    """The goods that a form holds; None where it only leads to a list (禁止自朝鲜进口：)."""
    if not form.holds("names"):
        return None
    names = trimmed(folded, *form.span("names"), "，、")
    if term := UNTIL.search(folded, *names):
        names = Span(names.start, term.start)
    all_ = ALL_OF.match(folded, *names)
    return Span(all_.end, names.end) if all_ else names


def _clause_start(folded: str, line: Line, at: int) -> int:
    """The start of the clause that ends at an offset; commas in brackets part nothing."""
    marker = marker_at(folded, line.start, line.end)
    first = max(marker.end if marker else line.start, at - _LONGEST)
    if folded[first:at].endswith("，"):
        at -= 1
    depth = 0
    for index in range(at - 1, first - 1, -1):
        if folded[index] == "）":
            depth += 1
        elif folded[index] == "（":
            depth -= 1
        elif depth <= 0 and folded[index] in "，。；：":
            return index + 1
    return first


def _controlled(
    folded: str, form: Found, start: int, names: Span | None, object_: Found | None
) -> Controlled | None:
    """What a verb does with the goods that `names` holds; `object_` is the form of `OBJECTS` or
    `SUBJECTS` that they stand in before the verb.
    """
    regulation = _regulation(folded, form, object_)
    if regulation.measure == "ban" and UNLICENSED.search(folded, max(0, start - 16), start):
        regulation = regulation._replace(measure="licence")
    # 应当申领出口许可证 bids, and does no less for that.
    done = form.name in ("coded", "bidden") or is_done(folded, *form.span("verb"))
    if names is None:
        return Controlled(start, form.end, regulation, points="below", frees=not done)
    if not regulation.places and (concerned := CONCERNED.match(folded, *names)):
        places = places_in(folded, *concerned.span("places"))
        regulation = regulation._replace(places=places)
        names = Span(concerned.end, names.end)
    end = max(form.end, names.end)
    points = next(POINTS.ranked(folded[names.start : names.end]), None)
    if points is None:
        goods = _goods(folded, names)
        if form.name in _CODED and not any(good.hs or good.codes for good in goods):
            return None
        return Controlled(start, end, regulation, goods if done else (), frees=not done)
    if points.name == "no goods":
        return None
    where: Literal["below", "above"] = "above" if points.name == "above" else "below"
    return Controlled(start, end, regulation, (), where, frees=not done)


def _goods(folded: str, names: Span) -> tuple[Good, ...]:
    goods = goods_in(folded, *names)
    if any(good.hs or good.codes for good in goods):
        return tuple(_doubted(folded, good) for good in goods)
    return tuple(Good(name) for good in goods for name in split_names(folded, good.name))


def _doubted(folded: str, good: Good) -> Good:
    """甲胺和乙胺（商品编号：…）: which of them has the codes, the text does not say."""
    if good.hs and len(split_names(folded, good.name)) > 1:
        return good._replace(doubts=(*good.doubts, "which of the goods they are is not said"))
    return good


def _directions(word: str) -> tuple[Direction, ...]:
    """进口 and 输入; 出口, 输出, 供应 and the like; both in 进出口 and 进口、出口."""
    imports = "进" in word or "输入" in word
    if imports and "出" in word:
        return ("export", "import")
    return ("import",) if imports else ("export",)


def _regulation(folded: str, form: Found, object_: Found | None) -> Regulation:
    word = Span(*form.span("word")) if form.holds("word") else None
    named = next((one for one in (form, object_) if one and one.holds("places")), None)
    places = places_in(folded, *named.span("places")) if named else ()
    condition = None
    if form.holds("condition"):
        condition = trimmed(folded, *form.span("condition"), "，、") or None
    return Regulation(
        _directions(folded[word.start : word.end]) if word else (),
        word,
        _MEASURES.get(form.name, "licence"),
        Span(*form.span("verb")),
        places,
        condition,
    )
