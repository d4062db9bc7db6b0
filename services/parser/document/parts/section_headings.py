"""一、二、三: the headings of sections of the main text, and 第一章 of regulations."""

from services.parser.document.document import Document, Reading
from shared.chinese.form import Form, Forms
from shared.chinese.numerals import TENS
from shared.chinese.provisions import numbered
from shared.notice import Evidence

HEADINGS = Forms(
    Form(
        "heading",
        rf"\s*(?P<heading>(?:[{TENS}]{{1,3}}\s?[、.．]|{numbered('章', '节', '编')}\s?)[^。\n]*)",
        yes=("一、总体要求", "第一章 总则", "十二. 附则"),
        no=("第一条 为了", "1.总体要求"),
    ),
    anchored=True,
)
_LONGEST = 200


def read(document: Document) -> Reading[tuple[str, ...]]:
    """Headings in order, each up to its first full stop, without it; annexes have their own."""
    body = document.body
    values: list[str] = []
    evidence: list[Evidence] = []
    for line in document.main_lines:
        form = HEADINGS.match(line.folded)
        if form is None or "\t" in line.raw:
            continue
        start = line.start + form.span("heading")[0]
        text = body.raw[start : line.start + form.span("heading")[1]].rstrip(" \u3000：:；;")
        if len(text) > _LONGEST:
            continue
        evidence.append(body.evidence(f"section_heads[{len(values)}]", start, start + len(text)))
        values.append(text)
    return Reading(tuple(values), tuple(evidence))
