"""What a notice as a whole does with the goods that it lists: export or import, ban or licence, and the
country that it is about.
"""

import re
from typing import NamedTuple

from services.parser.document.document import Document
from shared.chinese.acts import FORBID
from shared.chinese.form import Form, Forms
from shared.chinese.places import PLACE
from shared.chinese.text import Span
from shared.notice import Direction, ItemMeasure

_PLACE = re.compile(PLACE)
_MANAGED = "(?:管制|许可|配额|管理|禁止)"
_LIMITED = rf"(?:{FORBID}|严格|管制)[^，。；\n]{{0,24}}?"
EXPORT = Forms(
    Form("export", rf"(?P<word>出口){_MANAGED}", yes=("出口管制",), no=("出口企业",)),
    Form("export", rf"{_LIMITED}(?P<word>出口)", yes=("不得向其出口", "禁止所有两用物项出口")),
)
IMPORT = Forms(
    Form("import", rf"(?P<word>进口){_MANAGED}", yes=("进口许可",), no=("进口企业",)),
    Form("import", rf"{_LIMITED}(?P<word>进口)", yes=("禁止自朝鲜进口",)),
)
BOTH = Forms(
    Form(
        "both",
        "进出口(?:管制|许可|管理)|(?:禁止|限制)进出口",
        yes=("进出口许可证", "禁止进出口货物目录"),
    )
)
DESTINATION = Forms(
    Form(
        "before",
        rf"[对向往输](?P<place>{PLACE}(?:[、和及](?:{PLACE}))*)[^，。；\n]{{0,30}}?出口",
        yes=("对美国军事用户出口", "向美国、日本出口"),
    ),
    Form("behind", rf"出口[至到往](?P<place>{PLACE})", yes=("出口至美国",)),
)
MEASURES = Forms(
    Form(
        "ban",
        r"(?P<verb>禁止)[^，。；\n]{0,24}?(?:进|出)口",
        yes=("禁止进口货物目录", "加工贸易禁止类商品进口"),
    ),
    Form(
        "ban", r"(?P<verb>禁止)类", yes=("加工贸易禁止类商品目录",), no=("加工贸易限制类商品目录",)
    ),
    Form(
        "licence",
        r"(?P<verb>管制|许可证?|配额|限制(?:类|进口|出口))",
        yes=("实施出口管制", "出口许可证管理货物目录"),
    ),
)


_MEASURE: dict[str, ItemMeasure] = {"ban": "ban", "licence": "licence"}


class Regulation(NamedTuple):
    """What is done with goods; spans count in the body text. A regulation of both exports and imports
    has both directions; `places` are the countries concerned, none for all.
    """

    directions: tuple[Direction, ...] = ()
    word: Span | None = None
    measure: ItemMeasure | None = None
    verb: Span | None = None
    places: tuple[Span, ...] = ()
    condition: Span | None = None

    def completed_by(self, wider: "Regulation") -> "Regulation":
        """What is done by this regulation, and by a wider one in what this one leaves open."""
        directed = self if self.directions else wider
        measured = self if self.measure else wider
        return Regulation(
            directed.directions,
            directed.word,
            measured.measure,
            measured.verb,
            self.places or wider.places,
            self.condition or wider.condition,
        )


def regulation_of(document: Document) -> Regulation:
    """The direction, the measure and the destination that the notice as a whole is about.

    A notice on both (进出口许可证管理) has no direction of its own. The destination is read only where
    the title names it: a sentence may speak of one country in a notice on all.
    """
    direction, word = _direction(document)
    measure, verb = _measure(document)
    places = _destination(document) if direction != "import" else ()
    return Regulation(
        (direction,) if direction else (), word, measure, verb, places, _processing(document)
    )


def places_in(folded: str, start: int, end: int) -> tuple[Span, ...]:
    """The countries of an enumeration: 美国、日本."""
    return tuple(Span(*place.span()) for place in _PLACE.finditer(folded, start, end))


def named_in(folded: str, start: int, end: int) -> Regulation:
    """The direction and the measure that a heading names, no direction for both or neither:
    禁止进口货物目录.
    """
    exports, imports = EXPORT.search(folded, start, end), IMPORT.search(folded, start, end)
    word = exports or imports
    if word is None or (exports and imports) or BOTH.search(folded, start, end):
        return Regulation()
    measured = MEASURES.search(folded, start, end)
    return Regulation(
        ("export" if exports else "import",),
        Span(*word.span("word")),
        _MEASURE[measured.name] if measured else None,
        Span(*measured.span("verb")) if measured else None,
    )


def _direction(document: Document) -> tuple[Direction | None, Span | None]:
    folded, end = document.body.folded, document.main_end
    title = document.title.folded
    direction: Direction | None = None
    for text in (title, folded[:end]):
        exports, imports = EXPORT.search(text), IMPORT.search(text)
        if text is title and (BOTH.search(text) or (exports and imports)):
            return None, None
        if exports and (imports is None or exports.start < imports.start):
            direction = "export"
        elif imports:
            direction = "import"
        if direction:
            break
    if direction is None:
        return None, None
    named = (EXPORT if direction == "export" else IMPORT).search(folded, 0, end)
    return (direction, Span(*named.span("word"))) if named else (None, None)


def _measure(document: Document) -> tuple[ItemMeasure | None, Span | None]:
    """The measure that the title names, else the first that the text does."""
    folded, end = document.body.folded, document.main_end
    titled = MEASURES.search(document.title.folded)
    for form in MEASURES.finditer(folded, 0, end):
        if titled is None or form.name == titled.name:
            return _MEASURE[form.name], Span(*form.span("verb"))
    return None, None


def _processing(document: Document) -> Span | None:
    """A catalogue for processing trade only: 加工贸易禁止类商品目录."""
    words = "加工贸易"
    at = document.body.folded.find(words) if words in document.title.folded else -1
    return Span(at, at + len(words)) if at >= 0 else None


def _destination(document: Document) -> tuple[Span, ...]:
    named = DESTINATION.search(document.title.folded)
    if named is None:
        return ()
    for form in DESTINATION.finditer(document.body.folded, 0, document.main_end):
        if form["place"] == named["place"]:
            return places_in(document.body.folded, *form.span("place"))
    return ()
