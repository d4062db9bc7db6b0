"""Renders content blocks as text: a line for each paragraph and table row, tabs between cells."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

from selectolax.lexbor import LexborNode

from services.parser.layouts.furniture import DISCLAIMERS, FURNITURE
from services.parser.layouts.links import file_in_script, is_file
from services.parser.layouts.page import PageText, TextCell, TextTable
from services.parser.layouts.rejections import FAILED_INCLUDE

_BLOCKS_NAMES = (
    "address article aside blockquote body caption center dd details div dl dt fieldset "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section "
    "summary table tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCKS_NAMES.split())
_UNSEEN_NAMES = (
    "script style noscript template head title meta link iframe object embed applet param map "
    "select input button textarea svg video audio canvas figcaption rt rp -comment"
)
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
# Furniture that the site's templates put inside or right after the content block.
_FURNITURE_CLASSES_NAMES = (
    "artLabel relative article-tool bdsharebuttonbase bdshare bshare-custom jiathis_style "
    "share social-share u-copr-txt footer mFooter_01 footer_01 page_bar pagination location "
    "m-ar-none toolsBox copyright"
)
_FURNITURE_CLASSES = frozenset(_FURNITURE_CLASSES_NAMES.split())
_FURNITURE_IDS = frozenset(
    {
        "toolsBox",
        "footer",
        "weixin",
        "div_currpage",
        "displaynum",
    }
)
# 打印, 关闭窗口, 我要纠错: links that run a script are buttons, when they are that short.
_BUTTON = 6
_ODD_SPACES = re.compile(r"[ \t\n\r\f\v\xa0\u1680\u2000-\u200a\u202f\u205f]+")
# Editors wrap the source: a line break next to a Chinese character does not belong to the text (CSS
# Text 3, 4.1.3, segment break transformation).
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60“”‘’…—]"
# (A run of white space is tried from its first character only.)
_WRAPPED = re.compile(
    rf"(?<={_WIDE})[ \t\r]*+\n[ \t\r\n]*+|(?<![ \t\r\n])[ \t\r]*+\n[ \t\r\n]*+(?={_WIDE})"
)
# Zero-width characters and soft hyphens are invisible but break every match.
_UNPRINTED = re.compile(r"[\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_LEFT_OVER_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,6}|[a-zA-Z]{2,8});")
_LONGEST_FURNITURE = 300
# Under 相关链接, a line of which so much is links to pages is one of them.
_LINKED = 0.8
_NEIGHBOURS = ("上一篇", "下一篇", "上一条", "下一条")


def tidy(text: str) -> str:
    """One line as a reader sees it: entities left over from double escaping resolved, runs of
    unusual spaces collapsed to one space, ends stripped; U+3000 inside stays.
    """
    if "&" in text:
        text = _LEFT_OVER_ENTITY.sub(lambda m: unescape(m.group()), text)
    # str.isprintable() is false for every space but the ASCII one.
    if text.isprintable() and "  " not in text:
        return text.strip()
    return _ODD_SPACES.sub(" ", _UNPRINTED.sub("", text)).strip()


@dataclass(slots=True)
class _Writer:
    """Collects lines; `length` is the offset at which the next line will start.

    With `keep`, lines of the site's furniture are kept: a cell or a title may say 打印.
    """

    lines: list[str] = field(default_factory=list)
    tables: list[TextTable] = field(default_factory=list)
    open_line: list[str] = field(default_factory=list)
    keep: bool = False
    length: int = 0
    failed_include: bool = False
    # Characters of the open line that stand in links to pages, and how many links are open.
    linked: int = 0
    links: int = 0
    below_related: bool = False
    below_comments: bool = False

    def add(self, line: str) -> int:
        start = self.length
        self.lines.append(line)
        self.length += len(line) + 1
        return start

    def break_line(self) -> None:
        if not self.open_line:
            return
        raw = "".join(self.open_line)
        linked, self.linked = self.linked, 0
        self.open_line.clear()
        line = tidy(_WRAPPED.sub("", raw) if "\n" in raw else raw)
        if ("directive]" in line or "SSI" in line or "<!--#" in line) and FAILED_INCLUDE.search(
            line
        ):
            self.failed_include = True
            line = FAILED_INCLUDE.sub("", line).strip()
        if line and (self.keep or not self._is_furniture(line, linked / len(raw))):
            self.add(line)

    def _is_furniture(self, line: str, linked: float) -> bool:
        """Whether a line belongs to the site, also as a link to another page; `linked` is the share
        of it that links.
        """
        if self.below_comments:
            return True
        if "声明" in line[:10] and DISCLAIMERS.match(line):
            return True
        sentence = line.endswith("。") or len(line) > _LONGEST_FURNITURE
        found = None if sentence else FURNITURE.match(line)
        if found is not None:
            self.below_related = found.name == "related"
            self.below_comments = found.name == "comments"
            return True
        if linked >= _LINKED and (self.below_related or line.startswith(_NEIGHBOURS)):
            return True
        self.below_related = False
        return linked > 0 and line.startswith(_NEIGHBOURS)


def render(blocks: Sequence[LexborNode], besides: Container[int] = ()) -> PageText:
    """The text of content blocks in order, without furniture, scripts and hidden parts.

    `besides` contains the ids (`mem_id`) of nodes inside a block that are not part of its text:
    title and header, where a template puts them there.

    Inline elements are joined without a space, because MOFCOM's editor splits the digits of one
    number over several spans:
    https://xkzj.mofcom.gov.cn/tzgg/art/2026/art_7ad4508a20f04807b4926134a6f9d10c.html
    """
    out = _Writer()
    holders = _table_holders(blocks)
    for block in blocks:
        _walk(block, out, besides, holders)
        out.break_line()
    return PageText("\n".join(out.lines), tuple(out.tables), out.failed_include)


def plain(node: LexborNode) -> str:
    """A node's text as one line."""
    return " ".join(lines_of(node))


def lines_of(node: LexborNode) -> list[str]:
    """A node's lines."""
    out = _Writer(keep=True)
    _walk(node, out)
    out.break_line()
    return out.lines


def _table_holders(blocks: Sequence[LexborNode]) -> set[int]:
    """The ids of the tables that contain tables."""
    holders = set()
    for block in blocks:
        for table in block.css("table"):
            outer = table.parent
            while outer is not None and outer.tag != "table":
                outer = outer.parent
            if outer is not None:
                holders.add(outer.mem_id)
    return holders


def _walk(
    root: LexborNode,
    out: _Writer,
    besides: Container[int] = (),
    table_holders: Container[int] | None = None,
) -> None:
    """Write a node's text; data tables as tables if `table_holders` (as above) is given."""
    # An explicit stack: real pages nest deeper than Python's recursion limit.
    stack: list[tuple[str, Iterator[LexborNode]]] = [("body", iter((root,)))]
    while stack:
        around, children = stack[-1]
        node = next(children, None)
        if node is None:
            stack.pop()
            if around in _BLOCKS:
                out.break_line()
            elif around == "a":
                out.links -= 1
            continue
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            out.open_line.append(text)
            if out.links:
                out.linked += len(text)
        elif tag == "br":
            out.break_line()
        elif tag in _UNSEEN or is_furniture(node) or (besides and node.mem_id in besides):
            continue
        elif tag == "pre":
            for line in node.text().split("\n"):
                out.break_line()
                out.open_line.append(line)
            out.break_line()
        elif (
            tag == "table"
            and table_holders is not None
            and node.mem_id not in table_holders
            and _is_data(node)
        ):
            out.break_line()
            _write_table(node, out)
        else:
            if tag in _BLOCKS:
                out.break_line()
            elif tag == "a" and not is_file(node.attributes.get("href") or ""):
                out.links += 1
            elif tag == "a":
                tag = "file"
            stack.append((tag, node.iter(include_text=True)))


def is_furniture(node: LexborNode) -> bool:
    """Whether a node belongs to the site, not the document: share bars, labels."""
    attributes = node.attributes
    if not attributes:
        return False
    names = attributes.get("class")
    if names and not _FURNITURE_CLASSES.isdisjoint(names.split()):
        return True
    if attributes.get("id") in _FURNITURE_IDS:
        return True
    if node.tag == "a" and (attributes.get("href") or "").startswith("javascript:"):
        script = f"{attributes.get('href')} {attributes.get('onclick')}"
        return len(node.text(strip=True)) <= _BUTTON and file_in_script(script) is None
    return False


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for part in table.iter():
        if part.tag == "tr":
            yield part
        elif part.tag in ("tbody", "thead", "tfoot"):
            yield from (row for row in part.iter() if row.tag == "tr")


def _cells(row: LexborNode) -> Iterator[LexborNode]:
    return (cell for cell in row.iter() if cell.tag in ("td", "th"))


def _is_data(table: LexborNode) -> bool:
    # Old pages put whole articles in tables: one column, or tables within tables, is only layout.
    wide = 0
    tall = False
    for row in _rows(table):
        filled = [cell for cell in _cells(row) if cell.text(strip=True)]
        if len(filled) < 2:
            continue
        wide += 1
        if wide > 1:
            return True
        tall = len(filled) < 9 and any(len(cell.css("p")) > 8 for cell in filled)
    return wide > 0 and not tall


def _span(cell: LexborNode, name: str) -> int:
    digits = (cell.attributes.get(name) or "").strip()
    # The HTML standard caps column spans at 1,000.
    return min(max(int(digits), 1), 1000) if digits.isascii() and digits.isdigit() else 1


def _write_table(table: LexborNode, out: _Writer) -> None:
    rows: list[tuple[TextCell, ...]] = []
    for part in table.iter():
        if part.tag == "caption" and (caption := plain(part)):
            out.add(caption)
    for row in _rows(table):
        if is_furniture(row):
            continue
        read = [(plain(cell), cell) for cell in _cells(row)]
        if not any(text for text, _ in read):
            continue
        start = out.add("\t".join(text for text, _ in read))
        cells = []
        for text, cell in read:
            end = start + len(text)
            cells.append(TextCell(text, start, end, _span(cell, "rowspan"), _span(cell, "colspan")))
            start = end + 1
        rows.append(tuple(cells))
    if rows:
        out.tables.append(TextTable(tuple(rows)))
