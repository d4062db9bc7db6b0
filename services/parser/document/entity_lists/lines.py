"""The entries that a list prints line by line, numbered or not."""

import re
from bisect import bisect_right
from collections.abc import Iterable

from services.parser.document.document import Document
from services.parser.document.entity_lists.entry import Entries, Entry, Kind, Section
from services.parser.document.entity_lists.entry_forms import (
    ADDRESS,
    FIELDS,
    NO_ENTRY,
    OF_PERSON,
    OF_TEXT,
    POST,
    section_named,
)
from services.parser.document.names import Name, groups, has_cjk, is_latin, kind_of, name_at
from shared.chinese.characters import squeeze
from shared.chinese.markers import Marker, marker_at
from shared.chinese.numerals import number
from shared.chinese.text import Line, Span, trimmed

_DASH = re.compile(r"\s*[-—•●·]+\s*(?=[^\W\d_])")
# 相关人员，包括执行主任甲（A），顾问乙（B）: the persons behind an organisation.
_MEMBERS = "包括"
_KINDS: dict[str, Kind | None] = {
    "person": "person",
    "organisation": "organisation",
    "either": None,
}
# Deeper than every level of numbers.
_BRANCH = 7


def follows_as_list(document: Document, start: int) -> int:
    """Where the list ends that begins on the line after `start` in the main text; `start` when there
    is none. 一、禁止上述企业… is no entry of it.
    """
    lines, end = document.main_lines, start
    for line in lines[bisect_right(lines, start, key=lambda line: line.start) :]:
        if not (_is_entry(line) or (end > start and _belongs(line))):
            break
        end = line.end
    return end


def _is_entry(line: Line) -> bool:
    folded = line.folded
    marker = marker_at(folded)
    begin = marker.end if marker else 0
    text = folded[begin:].strip()
    if "\t" in line.raw:
        return True
    if not text or OF_TEXT.match(text):
        return False
    name = name_at(folded, begin, len(folded))
    if name.zh and name.latin:
        return name.end - begin < 300
    rest = folded[name.end :].strip(" ，,；;。、")
    return bool(marker and not rest and (kind_of(folded, name) or (name.latin and not name.zh)))


def _belongs(line: Line) -> bool:
    text = line.folded.strip()
    return bool(FIELDS.match(text)) or (
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

    def read(self, lines: Iterable[Line]) -> Entries:
        for line in lines:
            self._line(line)
        bounds = [*(first for _, first, _ in self.sections), len(self.entries)]
        return Entries(
            tuple(self.entries),
            tuple(
                Section(count, bounds[index + 1] - first, span)
                for index, (count, first, span) in enumerate(self.sections)
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
        section = section_named(bare)
        if section:
            self.kind = _KINDS[section.name]
            count = (2 if section["count"] == "两" else number(section["count"] or "")) or 0
            self.sections.append((count, len(self.entries), body))
            self.before = self.last
            self.level = None
            return
        if not text or self._adds(body, text, marker):
            return
        if marker is None and NO_ENTRY.search(bare):
            return
        if _MEMBERS in text and sum(1 for _ in groups(folded, *body)) > 1:
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
        if kind is None and OF_PERSON.search(folded, name.end, body.end):
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
        field = FIELDS.match(text)
        if field:
            value = trimmed(self.folded, body.start + field.end, body.end, "；;。")
            if field.name == "address" and value:
                self.entries[-1] = last._replace(address=last.address or value)
            elif field.name == "latin" and value and not last.name.latin:
                self.entries[-1] = last._replace(name=last.name._replace(latin=value))
            return True
        if last.name.zh is None and last.number and has_cjk(self.folded, body):
            # 2、Beta LLC / 乙公司
            name = name_at(self.folded, *body)
            if name.zh and name.latin is None and kind_of(self.folded, name):
                self.entries[-1] = last._replace(name=last.name._replace(zh=name.zh))
                return True
        inner = body
        if text.startswith("（"):
            inner = trimmed(self.folded, body.start, body.end, "（）")
        elif named := name_at(self.folded, *body).latin:
            inner = named if is_latin(self.folded, body) else body
        if last.name.latin is None and is_latin(self.folded, inner):
            self.entries[-1] = last._replace(name=last.name._replace(latin=inner))
            return True
        return False

    def _persons(self, body: Span) -> None:
        """相关人员，包括执行主任甲（A），顾问乙（B）、丙（C）等，共3人"""
        folded = self.folded
        start = folded.index(_MEMBERS, body.start, body.end) + len(_MEMBERS)
        for group in groups(folded, start, body.end):
            name = without_post(folded, trimmed(folded, start, group.start, "，,、；; "))
            start = group.end
            if not name or not is_latin(folded, group.inner) or not has_cjk(folded, name):
                self.unread.append(folded[name.start : group.end][:40])
                continue
            self._add(Name(name, group.inner, group.end), "person", None, None)


def _marker(folded: str, line: Line) -> Marker | None:
    """Numbers, and the dashes before the branches of a company, which have no number."""
    dash = _DASH.match(folded, line.start, line.end)
    return Marker(_BRANCH, None, dash.end()) if dash else marker_at(folded, line.start, line.end)


def address_in(folded: str, name: Name, end: int) -> Span | None:
    """（Alpha Inc.，地址：1 Main Street）, 甲公司（Alpha Inc.），地址：1 Main Street"""
    form = ADDRESS.search(folded, name.zh.end if name.zh else name.end, end)
    return trimmed(folded, *form.span("address"), "，,；;。") or None if form else None


def without_post(folded: str, name: Span) -> Span:
    """A person's name without the post that is printed before it."""
    post = POST.match(folded, *name)
    return Span(post.end, name.end) if post and name.end - post.end > 1 else name


def _is_sentence(folded: str, name: Name, body: Span) -> bool:
    """实施日期为…。 and the like: no foreign name, no kind of body, and the end of a sentence."""
    if name.latin or kind_of(folded, name):
        return False
    rest = folded[name.end : body.end]
    return "。" in rest[:-1] or (len(rest) > 1 and not OF_PERSON.search(rest))
