"""The country of those that are listed, in the words that say how many of whom: 等28家美国实体, 对加拿大机构及人员."""

from typing import NamedTuple

from services.parser.document.document import Document
from services.parser.document.entity_lists.decision import Decision, sentence_bounds
from services.parser.document.names import Name
from shared.chinese.form import Form, Forms
from shared.chinese.places import PLACE, full_name
from shared.chinese.text import Span, Text
from shared.notice import Evidence

_WHOM = "实体|企业|公司|机构|组织|个人|人员|高级管理人员|高管|议员|官员|政客|智库|集团|大学|银行"
GROUPS = Forms(
    Form(
        "group",
        rf"(?<![^家名个位对将于向与由的等和及、，。：；“（\s])(?P<place>{PLACE})籍?(?:军工|国防|航空|航天|科技|相关|有关|金融|等|的)*(?:{_WHOM})",
        yes=("28家美国实体", "对美国军工相关企业", "对加拿大机构及人员", "10名日本籍个人"),
        no=("参与对台湾地区军售的", "美国政府", "对美国出口", "雷神加拿大公司"),
    )
)
# Right before a name that the text gives with its country: 将|美国|PVH集团.
BEFORE = Forms(
    Form(
        "before", rf"(?P<place>{PLACE})籍?$", yes=("将美国", "对日本籍"), no=("美国的", "将甲公司")
    )
)
NAMED = Forms(Form("place", rf"(?P<place>{PLACE})", yes=("雷神加拿大公司",), no=("甲公司",)))
# No name of a country is longer.
_LONGEST = 16


class Country(NamedTuple):
    """A country by its full name, and where it is printed."""

    name: str
    text: Text
    span: Span

    def evidence(self, field: str) -> Evidence:
        """The words that it was read from."""
        return self.text.evidence(field, *self.span)


def country_of(document: Document, decision: Decision, name: Name) -> Country | None:
    """The country before a name, else the one country of all whom the sentence or the title speaks of.

    None where there are several, and for a name that has another country's in it: 雷神加拿大公司 among
    美国军工企业.
    """
    folded = document.body.folded
    first = min(span.start for span in (name.zh, name.latin) if span)
    if own := BEFORE.search(folded, max(0, first - _LONGEST), first):
        span = Span(*own.span("place"))
        return Country(full_name(own["place"]), document.body, span)
    group = _of_all(document, decision)
    if group and name.zh:
        within = {full_name(one["place"]) for one in NAMED.finditer(folded, *name.zh)}
        if within - {group.name}:
            return None
    return group


def _of_all(document: Document, decision: Decision) -> Country | None:
    start, end = sentence_bounds(decision.text.folded, decision.list_span.start)
    found = [
        Country(full_name(form["place"]), text, Span(*form.span("place")))
        for text, first, last in (
            (decision.text, start, end),
            (document.title, 0, len(document.title)),
        )
        for form in GROUPS.finditer(text.folded, first, last)
    ]
    return found[0] if len({one.name for one in found}) == 1 else None
