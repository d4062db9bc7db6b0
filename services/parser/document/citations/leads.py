"""Lines that open a list of documents, and the lines that are its items: 暂停实施下列公告："""

from collections.abc import Sequence
from typing import NamedTuple

from services.parser.document.citations.related import Related, relation_of
from services.parser.document.citations.verbs import HEADINGS, LEADS
from shared.chinese.form import Form, Forms
from shared.chinese.markers import marker_at
from shared.chinese.provisions import PROVISION
from shared.chinese.references.reference import Reference
from shared.chinese.text import Line, Span, Text
from shared.notice import Relation

_LONGEST_LEAD = 400
_LONGEST_HEADING = 40
# What goes on with the item before it.
_CONTINUES = Forms(
    Form(
        "continues",
        rf"\s*(?:{PROVISION}|将|删|增加|“|（)",
        yes=("第二条修改为", "将“甲”改为“乙”", "（见附件）"),
        no=("商务部", "第一批"),
    ),
    anchored=True,
)
_AT_ITEM = 60


class Lead(NamedTuple):
    """A line that opens a list: what is done to its items, and where the verb `text` stands in it."""

    relation: Relation
    verb: Span
    line: Span
    text: str


def find_leads(lines: Sequence[Line]) -> dict[int, Lead]:
    """For each line that is an item of a list, the line that opened it: 暂停实施下列公告："""
    leads: dict[int, Lead] = {}
    lead: Lead | None = None
    style: int | None = None
    for line in lines:
        opened = _opens(line)
        if opened is not None:
            lead, style = opened, _style(line)
            continue
        if lead is None:
            continue
        own = _style(line)
        # The rows of a table below the line are its items.
        if "\t" in line.raw:
            leads[line.index] = lead
            continue
        if own is None or (style is not None and own == style):
            # What follows an item without a mark of its own belongs to that item.
            if own is not None or not _CONTINUES.match(line.folded):
                lead = None
            continue
        leads[line.index] = lead
    return leads


def _style(line: Line) -> int | None:
    """How the line is numbered (`Marker.level`), 0 for a title, None where it is not."""
    marker = marker_at(line.folded)
    if marker is not None:
        return marker.level
    return 0 if line.folded.lstrip().startswith(("《", "“")) else None


def _opens(line: Line) -> Lead | None:
    if line.bare.endswith("："):
        form = next(LEADS.ranked(line.folded), None) if len(line.raw) <= _LONGEST_LEAD else None
    elif len(line.bare) > _LONGEST_HEADING or line.bare.endswith(("。", "；")):
        return None
    else:
        marker = marker_at(line.folded)
        last = len(line.folded.rstrip())
        form = HEADINGS.match(line.folded, marker.end, last) if marker else None
    if form is None:
        return None
    start, end = form.span("verb")
    verb = Span(line.start + start, line.start + end)
    return Lead(relation_of(form), verb, Span(line.start, line.end), form["verb"])


def by_lead(reference: Reference, text: Text, leads: dict[int, Lead]) -> Related | None:
    """The relation that the opening line gives a reference that its item begins with."""
    line = text.line_at(reference.start)
    if line is None or line.index not in leads:
        return None
    marker = marker_at(line.folded)
    begins = line.start + (marker.end if marker else 0)
    if reference.start - begins > _AT_ITEM or "，" in text.folded[begins : reference.start]:
        return None
    lead = leads[line.index]
    return Related(reference, lead.relation, lead.verb, lead=lead.line, verb_text=lead.text)
