"""MOFCOM's own label block: 【发布单位】…【发布文号】…【发文日期】…, on one line or on several."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from services.parser.document.document import Document, Reading
from services.parser.document.identity.label_forms import BUTTONS, MARKS
from shared.chinese.characters import squeeze
from shared.chinese.labels import label_named
from shared.chinese.text import Line, Text
from shared.notice import Evidence

# Information tables beside the text print more kinds of date; the day of publication there is not
# the day of issue.
_IN_META = {
    "number": ("发文字号", "发布文号", "文号"),
    "unit": ("发布单位", "发布部门", "发文机关", "发文单位", "制发机关", "发布机构"),
    "issued": ("成文日期", "发文日期"),
    "effective": ("实施日期", "施行日期"),
    "index": ("索引号",),
    "validity": (
        "时效状态",
        "时效性",
        "有效性",
        "信息有效性",
        "是否有效",
        "效力状态",
        "效力属性",
        "文件状态",
    ),
}
_LABEL_LINES = 12
# What an empty label prints.
_NOTHING = ("", "无", "-", "/")


class Label(NamedTuple):
    """A label's value: characters `start` to `end` of the body, or of an entry of `Notice.meta` for a
    label that stands beside the text.
    """

    text: Text
    start: int
    end: int

    @property
    def value(self) -> str:
        """The value as printed."""
        return self.text.raw[self.start : self.end]

    @property
    def folded(self) -> str:
        """The value's folded twin."""
        return self.text.folded[self.start : self.end]

    @property
    def stands_beside(self) -> bool:
        """Whether it stands beside the text, and not at its head."""
        return self.text.source == "meta"

    def evidence(self, field: str, start: int = 0, end: int | None = None) -> Evidence:
        """Evidence for a field that was read from this label, or from a part of its value."""
        stop = self.end if end is None else self.start + end
        return self.text.evidence(field, self.start + start, stop)


class LabelBlock(NamedTuple):
    """The labels by what they hold, and where the block ends in the body; 0 when there is none.

    ``number``, ``unit``, ``issued``, ``effective``, ``index``, ``validity``: an empty label is not there.
    """

    end: int
    labels: Mapping[str, Label]

    def get(self, name: str) -> Label | None:
        """A label by what it holds."""
        return self.labels.get(name)


def read(document: Document) -> Reading[LabelBlock]:
    """The label block of the text, then the labels beside it."""
    body, end = document.body, _block_end(document.body.lines)
    labels: dict[str, Label] = {}
    marks = list(MARKS.finditer(body.folded, 0, end)) if end else []
    for index, mark in enumerate(marks):
        name = label_named(squeeze(mark["label"]))
        stop = marks[index + 1].start if index + 1 < len(marks) else end
        # The value ends with its line, or stands on the line below its label.
        value = body.folded[mark.end : stop]
        start = mark.end + len(value) - len(value.lstrip())
        newline = body.folded.find("\n", start, stop)
        stop = newline if newline != -1 else stop
        # In a table it ends with its cell.
        cell = body.raw.find("\t", start, stop)
        stop = cell if cell != -1 else stop
        value = body.folded[start:stop].rstrip()
        if name and value not in _NOTHING:
            labels.setdefault(name, Label(body, start, start + len(value)))
    for name, keys in _IN_META.items():
        for key in keys:
            if name not in labels and document.meta.get(key, "") not in _NOTHING:
                text = document.meta_text(key)
                labels[name] = Label(text, 0, len(text))
    return Reading(LabelBlock(end, labels))


def _block_end(lines: Sequence[Line]) -> int:
    """Where the label block ends in the body text; 0 when there is none.

    The text may follow the last label's value on the same line; a value is one line at most.
    """
    end = 0
    for line in lines[:_LABEL_LINES]:
        if "【" not in line.folded and "：" not in line.folded:
            continue
        marks = [mark for mark in MARKS.finditer(line.folded) if not BUTTONS.match(mark["label"])]
        if not marks:
            continue
        mark = marks[-1]
        end = line.end
        if not line.folded[mark.end :].strip() and line.index + 1 < len(lines):
            below = lines[line.index + 1]
            if not MARKS.search(below.folded) and len(below.raw) <= 60:
                end = below.end
    return end
