"""MOFCOM's own label block: 【发布单位】…【发布文号】…【发文日期】…, on one line or on several."""

import re
from typing import NamedTuple

from services.parser.document.document import Document
from shared.notice import Evidence

# The names that a label has had: 【发布文号】 since 2018, 【发 文 号】 in the old law library, 【颁布单位】.
_ISSUE = "(?:发布|颁布|发文|制发|印发|公布|制定)"
_NAMES = (
    ("number", rf"{_ISSUE}?(?:文号|字号)|发文?文号|发文字号|发文号"),
    ("unit", rf"{_ISSUE}(?:单位|部门|机关|机构)"),
    ("issued", rf"(?:{_ISSUE}|成文|签发)(?:日期|时间)"),
    ("effective", "(?:实施|施行|执行|生效)(?:日期|时间)"),
    ("index", "索引号"),
    ("validity", "时效状态|时效性|有效性|效力状态|效力属性"),
)
_NAMED = tuple((name, re.compile(form)) for name, form in _NAMES)
_LABEL = re.compile(
    r"【\s*([一-龥](?:\s?[一-龥]){1,7})\s*】\s*：?"
    # Pages of 2023 and later print the block without brackets, too.
    r"|^[ ]*(发布文号|发文字号|文\s?号|发布单位|发文单位|发文机关|发文日期|成文日期|发布日期|实施日期)[ ]*：",
    re.MULTILINE,
)
# Information tables beside the text print more kinds of date; the day of publication there is not
# the day of issue.
_IN_META = {
    "number": ("发文字号", "发布文号", "文号"),
    "unit": ("发布单位", "发布部门", "发文机关", "发文单位", "制发机关", "发布机构"),
    "issued": ("成文日期", "发文日期"),
    "effective": ("实施日期", "施行日期"),
    "index": ("索引号",),
    "validity": ("时效状态", "有效性", "效力状态"),
}
_LABEL_LINES = 12
# 【打印本页】【关闭窗口】 are no labels.
_BUTTON = re.compile(r"打印|关闭|返回|收藏|分享|字[体号]|纠错|下载|编辑|责任")


class Label(NamedTuple):
    """A label's value as printed, where it stands, and the line behind which the block ends.

    `key` names the entry of `Notice.meta` for a label beside the text; None for the body text.
    """

    value: str
    start: int
    end: int
    key: str | None = None

    def evidence(self, field: str) -> Evidence:
        """Evidence for a field that was read from this label."""
        return Evidence(
            field=field,
            source="meta" if self.key else "body_text",
            key=self.key,
            start=self.start,
            end=self.end,
        )


def read_labels(document: Document) -> dict[str, Label]:
    """The label block of the text, then the labels beside it: ``number``, ``unit``, ``issued``,
    ``effective``, ``index``, ``validity``. An empty label is not there.
    """
    labels: dict[str, Label] = {}
    end = document.label_end
    marks = list(_LABEL.finditer(document.folded, 0, end))
    for place, mark in enumerate(marks):
        name = _field("".join((mark.group(1) or mark.group(2)).split()))
        stop = marks[place + 1].start() if place + 1 < len(marks) else end
        # The value ends with its line, or stands on the line below its label.
        value = document.folded[mark.end() : stop]
        start = mark.end() + len(value) - len(value.lstrip())
        newline = document.folded.find("\n", start, stop)
        stop = newline if newline != -1 else stop
        # In a table it ends with its cell.
        cell = document.body_text.find("\t", start, stop)
        stop = cell if cell != -1 else stop
        value = document.folded[start:stop].rstrip()
        if name and value and value not in ("无", "-", "/"):
            printed = document.body_text[start : start + len(value)]
            labels.setdefault(name, Label(printed, start, start + len(value)))
    for name, keys in _IN_META.items():
        for key in keys:
            value = document.meta.get(key, "")
            if value and value not in ("无", "-", "/") and name not in labels:
                labels[name] = Label(value, 0, len(value), key)
    return labels


def _field(printed: str) -> str | None:
    return next((name for name, form in _NAMED if form.fullmatch(printed)), None)


def block_end(document: Document) -> int:
    """Where the label block ends in the body text; 0 when there is none.

    The text may follow the last label's value on the same line; a value is one line at most.
    """
    end = 0
    lines = document.lines[:_LABEL_LINES]
    for line in lines:
        may_be = "【" in line.folded or "：" in line.folded
        marks = (
            [mark for mark in _LABEL.finditer(line.folded) if not _BUTTON.match(mark[1] or "")]
            if may_be
            else []
        )
        if not marks:
            continue
        mark = marks[-1]
        end = line.end
        if not line.folded[mark.end() :].strip() and line.index + 1 < len(document.lines):
            below = document.lines[line.index + 1]
            if not _LABEL.search(below.folded) and len(below.text) <= 60:
                end = below.end
    return end
