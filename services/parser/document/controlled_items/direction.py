"""Whether goods may not leave or not come in, and where to: 出口 or 进口, 对美国出口."""

from typing import Literal, NamedTuple

from services.parser.document.document import Document
from shared.chinese.acts import FORBID
from shared.chinese.form import Form, Forms
from shared.chinese.places import PLACE
from shared.chinese.text import Span

Direction = Literal["export", "import"]
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
BOTH = Forms(Form("both", "进出口(?:管制|许可|管理)", yes=("进出口许可证",)))
DESTINATION = Forms(
    Form(
        "before",
        rf"[对向往输](?P<place>{PLACE}(?:[、和及](?:{PLACE}))*)[^，。；\n]{{0,30}}?出口",
        yes=("对美国军事用户出口", "向美国、日本出口"),
    ),
    Form("behind", rf"出口[至到往](?P<place>{PLACE})", yes=("出口至美国",)),
)


class Regulated(NamedTuple):
    """What is regulated, and where to; spans count in the body text."""

    direction: Direction | None
    direction_span: Span | None
    destination: str | None
    destination_span: Span | None


def regulated_direction(document: Document) -> Regulated:
    """The direction and the destination that the notice as a whole is about.

    A notice on both (进出口许可证管理) has no direction of its own. The destination is read only where
    the title names it: a sentence may speak of one country in a notice on all.
    """
    folded, end = document.body.folded, document.main_end
    direction: Direction | None = None
    span: Span | None = None
    title = document.title.folded
    for text in (title, folded[:end]):
        exports, imports = EXPORT.search(text), IMPORT.search(text)
        both = BOTH.search(text) if text is title else None
        if both or (text is title and exports and imports):
            return Regulated(None, None, *_destination(document, title))
        if exports and (imports is None or (text is not title and exports.start < imports.start)):
            direction = "export"
        elif imports:
            direction = "import"
        if direction:
            break
    if direction:
        named = (EXPORT if direction == "export" else IMPORT).search(folded, 0, end)
        if named:
            span = Span(*named.span("word"))
        else:
            direction = None
    destination, where = _destination(document, title) if direction != "import" else (None, None)
    return Regulated(direction, span, destination, where)


def _destination(document: Document, title: str) -> tuple[str | None, Span | None]:
    named = DESTINATION.search(title)
    if named is None:
        return None, None
    for form in DESTINATION.finditer(document.body.folded, 0, document.main_end):
        if form["place"] == named["place"]:
            return form["place"], Span(*form.span("place"))
    return None, None
