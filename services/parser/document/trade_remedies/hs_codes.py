"""税则号列: the customs codes under which the product of a case falls."""

from services.parser.document.customs_codes import CUSTOMS_CODES, codes_within
from services.parser.document.document import Document
from shared.chinese.form import Form, Forms
from shared.chinese.text import Passage, Span

# A heading of four digits, or a chapter, holds more than one product.
_SHORTEST = 6
# Before the label of codes that are left out, and behind them.
EXCEPT = Forms(
    Form("left out", "除|不(?:包括|在|属于|含)", yes=("不包括", "除"), no=("包括",)),
)
EXCEPTED = Forms(
    Form("left out", r"[^，。；\n]{0,20}除外", yes=("项下的产品除外",), no=("，其他除外",)),
    anchored=True,
)


def hs_codes_of(document: Document) -> list[tuple[str, Passage]]:
    """The codes that the main text names, digits only, in order, each where it stands first."""
    folded = document.body.folded
    found: dict[str, Passage] = {}
    for form in CUSTOMS_CODES.finditer(folded, 0, document.main_end):
        if EXCEPT.search(folded, max(0, form.start - 8), form.start) or EXCEPTED.match(
            folded, form.end
        ):
            continue
        label = Span(*form.span("label"))
        codes = codes_within(folded, *form.span("codes"), label=label, role="scope")
        for code in codes.found:
            if len(code.value.code) >= _SHORTEST:
                found.setdefault(code.value.code, Passage(document.body, *code.span))
    return list(found.items())
