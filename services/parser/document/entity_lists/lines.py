"""The entries that a list prints line by line, numbered or not."""

import re
from collections.abc import Sequence

from services.parser.document.document import Document
from services.parser.document.entity_lists.entry import Entries, Entry, Kind, Section
from services.parser.document.names import Name, groups, has_cjk, is_latin, kind_of, name_at
from shared.chinese.characters import squeeze
from shared.chinese.dates import DATE
from shared.chinese.markers import Marker, marker_at
from shared.chinese.numerals import NUMERAL, number
from shared.chinese.places import PLACE
from shared.chinese.text import Line, Span, trimmed

# 一、企业 二、高级管理人员 （共2家）
_SECTION = re.compile(
    rf"^(?:被?列入[^。]{{0,30}}的)?{PLACE}?(?:相关|军工|军工相关)?(?:"
    r"(?P<persons>(?:企业|机构|公司)?(?:高级管理人员|高管|人员|负责人|相关人员)|个人|自然人)"
    rf"|(?P<bodies>企业|机构|实体|公司|组织|团体|非自然人))(?:名单)?"
    rf"(?:（?共计?(?P<count>\d{{1,4}}|{NUMERAL}{{1,4}}|两)[家名个人位]）?)?[：:]?$"
)
_SEX = re.compile(r"[，,]\s?(?:男|女)(?=[，,。；]|\s|$)|(?:出生|生于|\d日生|国籍|籍[，。]?$)")
_FIELD = re.compile(
    r"^(?P<label>地址|注册地址|办公地址|住所|邮编|邮政编码|电话|传真|网址|网站|英文名称?|外文名称?|中文名称?|别名|又名"
    r"|曾用名|简称|职务|国籍|证件号码?|护照号码?|备注|Address|注)\s?[：:]\s?"
)
_NO_ENTRY = re.compile(
    rf"^（?{DATE}）?$|名单(?:（.{{1,30}}）)?$|清单(?:（.{{1,30}}）)?$|实体$|^附件|^附：|^注：|^序号"
    r"|^（?共计?\S{1,6}[家名个]）?$"
)
_GROUP = re.compile(r"相关人员[，,]?包括|等人员[，,]?包括|包括")
# A person's post before the name: 执行主任穆罕默德·土赫提, 美国得克萨斯州共和党联邦众议员迈克·麦考尔.
_POST = re.compile(
    r"^.{0,60}(?:主任|顾问|主席|董事长?|经理|总裁|总统|秘书长?|负责人|成员|委员|会长|理事长?|总监|执行官|行政官|官员|议员"
    r"|议长|创始人|创办人|总干事|研究员|教授|部长|司令|主管|主编|代表|发言人|校长|院长|所长|馆长|州长|市长|助理|专员|协调员"
    r"|工程师|分析师|律师|法官|包括)"
)
_ADDRESS = re.compile(
    r"[（，,；]\s?(?:注册|办公)?(?:地址|住所)\s?(?:为|是|[：:])\s?(?P<address>[^（）；。\n]{4,200})"
)
_DASH = re.compile(r"\s*[-—•●·]+\s*(?=[^\W\d_])")
# Deeper than every level of numbers.
_BRANCH = 7


def follows_as_list(document: Document, start: int) -> int:
    """Where the list ends that begins on the line after `start` in the main text; `start` when there
    is none. 一、禁止上述企业… is no entry of it.
    """
    end = start
    for line in document.main_lines:
        if line.start <= start:
            continue
        if not (_is_entry(line) or (end > start and _belongs(line))):
            break
        end = line.end
    return end


def _is_entry(line: Line) -> bool:
    folded = line.folded
    marker = marker_at(folded)
    begin = marker.end if marker else 0
    text = folded[begin:].strip()
    if (
        not text
        or "\t" in line.raw
        or re.match(r"禁止|不得|对|将|上述|本公告|根据|不批准|采取|限制", text)
    ):
        return bool("\t" in line.raw)
    name = name_at(folded, begin, len(folded))
    if name.zh and name.latin:
        return name.end - begin < 300
    rest = folded[name.end :].strip(" ，,；;。、")
    return bool(marker and not rest and kind_of(folded, name))


def _belongs(line: Line) -> bool:
    text = line.folded.strip()
    return bool(_FIELD.match(text)) or (
        text.startswith("（") and is_latin(text, Span(0, len(text)))
    )


class LineReader:
    """Reads lines one by one; a line may add to the entry before it."""

    def __init__(self, document: Document) -> None:
        self.folded = document.body.folded
        self.entries: list[Entry] = []
        self.unread: list[str] = []
        self.sections: list[tuple[int, int, Span]] = []
        self.kind: Kind | None = None
        # The last position, here and before the section that is open.
        self.last = 0
        self.before = 0
        # The level at which entries are numbered.
        self.level: int | None = None

    def read(self, lines: Sequence[Line]) -> Entries:
        for line in lines:
            self._line(line)
        bounds = [*(first for _, first, _ in self.sections), len(self.entries)]
        return Entries(
            tuple(self.entries),
            tuple(
                Section(count, bounds[place + 1] - first, span)
                for place, (count, first, span) in enumerate(self.sections)
                if count
            ),
            tuple(self.unread),
        )

    def _line(self, line: Line) -> None:
        folded = self.folded
        marker = _marker(folded, line)
        body = trimmed(folded, marker.end if marker else line.start, line.end)
        text = folded[body.start : body.end]
        bare = squeeze(text)
        section = _SECTION.match(bare)
        if section:
            self.kind = "person" if section["persons"] else "organisation"
            if section["bodies"] == "实体":
                self.kind = None
            count = (2 if section["count"] == "两" else number(section["count"] or "")) or 0
            self.sections.append((count, len(self.entries), body))
            self.before = self.last
            self.level = None
            return
        if not text or self._adds(body, text, marker):
            return
        if marker is None and _NO_ENTRY.search(bare):
            return
        if _GROUP.search(text) and sum(1 for _ in groups(folded, *body)) > 1:
            self._persons(body)
            return
        name = name_at(folded, *body)
        if not name.zh and not name.latin:
            return
        known = marker is not None or (name.zh and name.latin) or kind_of(folded, name)
        if not known or name.end - body.start > 300 or _is_sentence(folded, name, body):
            self.unread.append(text[:40])
            return
        kind = self.kind
        if kind is None and _SEX.search(folded, name.end, body.end):
            kind = "person"
        at = trimmed(folded, line.start, body.start) if marker else None
        self._add(name, kind, marker, at)
        address = address_in(folded, name, body.end)
        self.entries[-1] = self.entries[-1]._replace(address=address)

    def _add(self, name: Name, kind: Kind | None, marker: Marker | None, at: Span | None) -> None:
        position = self.last + 1
        if marker is not None:
            self.level = self.level or marker.level
            if marker.level > self.level:
                position = 0
            elif marker.number and self.before + marker.number > self.last:
                position = self.before + marker.number
        self.last = max(self.last, position)
        self.entries.append(Entry(name, position, kind, None, at))

    def _adds(self, body: Span, text: str, marker: Marker | None) -> bool:
        """Whether a line only adds to the entry before it: an address, the name in Latin script."""
        if not self.entries or marker is not None:
            return False
        last = self.entries[-1]
        field = _FIELD.match(text)
        if field:
            value = trimmed(self.folded, body.start + field.end(), body.end, "；;。")
            if field["label"] in ("地址", "注册地址", "办公地址", "住所", "Address") and value:
                self.entries[-1] = last._replace(address=last.address or value)
            elif field["label"][:2] in ("英文", "外文") and value and not last.name.latin:
                self.entries[-1] = last._replace(name=last.name._replace(latin=value))
            return True
        if last.name.zh is None and last.number and has_cjk(self.folded, body):
            # 2、Beta LLC / 乙公司
            name = name_at(self.folded, *body)
            if name.zh and name.latin is None and kind_of(self.folded, name):
                self.entries[-1] = last._replace(name=last.name._replace(zh=name.zh))
                return True
        inner = trimmed(self.folded, body.start, body.end, "（）")
        if last.name.latin is None and is_latin(self.folded, inner):
            self.entries[-1] = last._replace(name=last.name._replace(latin=inner))
            return True
        return False

    def _persons(self, body: Span) -> None:
        """相关人员，包括执行主任甲（A），顾问乙（B）、丙（C）等，共3人"""
        folded = self.folded
        start = body.start
        lead = _GROUP.search(folded, body.start, body.end)
        if lead:
            start = lead.end()
        for group in groups(folded, start, body.end):
            head = trimmed(folded, start, group.start, "，,、；; ")
            start = group.end
            head = without_post(folded, head)
            if not head or not is_latin(folded, group.inner) or not has_cjk(folded, head):
                self.unread.append(folded[head.start : group.end][:40])
                continue
            self._add(Name(head, group.inner, group.end), "person", None, None)


def _marker(folded: str, line: Line) -> Marker | None:
    """Numbers, and the dashes before the branches of a company, which have no number."""
    dash = _DASH.match(folded, line.start, line.end)
    return Marker(_BRANCH, None, dash.end()) if dash else marker_at(folded, line.start, line.end)


def address_in(folded: str, name: Name, end: int) -> Span | None:
    """（Alpha Inc.，地址：1 Main Street）, 甲公司（Alpha Inc.），地址：1 Main Street"""
    match = _ADDRESS.search(folded, name.zh.end if name.zh else name.end, end)
    return trimmed(folded, *match.span("address"), "，,；;。") or None if match else None


def without_post(folded: str, name: Span) -> Span:
    """The part of a person's name behind the post that is printed before it."""
    post = _POST.match(folded[name.start : name.end])
    if post and name.end - name.start - post.end() > 1:
        return Span(name.start + post.end(), name.end)
    return name


def _is_sentence(folded: str, name: Name, body: Span) -> bool:
    """实施日期为…。 and the like: no foreign name, no kind of body, and the end of a sentence."""
    if name.latin or kind_of(folded, name):
        return False
    rest = folded[name.end : body.end]
    return "。" in rest[:-1] or (len(rest) > 1 and not _SEX.search(rest))
