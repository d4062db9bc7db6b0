"""Any Chinese government page: the body is the block with the most running text."""

import re
from collections.abc import Iterator
from operator import add
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from services.parser.layouts.links import is_file
from shared.chinese.characters import squeeze

NAME = "generic"
CONFIDENCE = 0.5

# Ids and classes of the content block in the systems that ministries use (TRS, JPaaS, UCAP …).
_KNOWN = (
    ".TRS_UEDITOR",
    ".TRS_Editor",
    "#UCAP-CONTENT",
    ".pages_content",
    "#zoom",
    "#Zoom",
    "#fontzoom",
    "#News_Body_Txt_A",
    "#js_content",
    "#easysiteText",
    ".article-content",
    ".art_con",
    ".artCon",
    ".art-con",
    ".news_cont_d_wrap",
    ".trs_editor_view",
    ".view",
    ".xxgk_content",
    ".wzcon",
    "#content",
    ".content",
    "#article",
    "article",
    "main",
)
_TITLES = (
    "h1",
    "#artitle",
    ".art-title",
    ".artTitle",
    ".article-title",
    ".news-title",
    ".xxgk_title",
    ".tit",
    ".title",
    "h2",
    "h3",
)
HEADERS = (".pages-date", ".pubtime", ".subtitle", ".info", ".source", ".time", ".date")
# The English site is read as well.
_SENTENCE = re.compile(r"[，。；：、]|[,.;:](?=\s|$)")
_MOST_HEADINGS = 50
# A paragraph or a list is part of a text, not its content block.
_PARTS = frozenset({"p", "ul", "table", "tbody"})
_INLINE = frozenset({"span", "font", "strong", "b", "em"})
_UNREAD = frozenset({"script", "style", "noscript", "-comment"})
# (Dual-Use is one word: a hyphen between letters parts nothing.)
# (A run of white space is tried from its first character only.)
_TAIL = re.compile(
    r"(?<!\s)\s*(?:[_|—]{1,2}|\s-{1,2}\s|(?<![A-Za-z0-9])-{1,2}|-{1,2}(?![A-Za-z0-9]))\s*"
    r"(?:[^-_|—]{2,20}|Ministry of Commerce[^-_|—]{0,60})$"
)


def find_body(tree: LexborHTMLParser) -> LexborNode | None:
    """The content block; None if the page has no running text.

    This is a known block with a few sentences, else the innermost block with most of the page's
    sentences outside links.
    """
    if tree.body is None:
        return None
    sizes = _sizes(tree.body)

    def marks(node: LexborNode) -> int:
        size = sizes.get(node.mem_id)
        return size.marks if size else 0

    for selector in _KNOWN:
        best = max(tree.css(selector), key=marks, default=None)
        if best is not None and marks(best) >= 3:
            return best
    node = tree.body
    if marks(node) < 2:
        return None
    while True:
        inner = max(
            (child for child in node.iter() if child.tag not in _PARTS),
            key=marks,
            default=None,
        )
        # Each step down must keep nearly all of the text: a document is more than its longest part.
        if inner is None or marks(inner) < 0.85 * marks(node):
            return node
        if inner.tag in _INLINE:
            return node
        node = inner


def link_lists(body: LexborNode) -> set[int]:
    """The ids of the blocks in a body that are mostly links to pages: menus, 相关稿件."""
    sizes = _sizes(body)
    return {
        node.mem_id
        for node in body.css("ul, div, table, section, nav")
        if (size := sizes.get(node.mem_id)) is not None
        and size.links > 1
        and not size.files
        and 2 * size.linked > size.text
    }


def link_share(tree: LexborHTMLParser) -> tuple[int, int, int]:
    """How many links to pages a page has, and the characters of its links and of all its text."""
    if tree.body is None:
        return 0, 0, 0
    size = _sizes(tree.body)[tree.body.mem_id]
    return size.links, size.linked, size.text


class _Size(NamedTuple):
    """Counts for an element: punctuation marks and characters outside links, characters of links,
    links to pages and to files.
    """

    marks: int = 0
    text: int = 0
    linked: int = 0
    links: int = 0
    files: int = 0


def _sizes(root: LexborNode) -> dict[int, _Size]:
    """The size of each element, by its id, in one pass."""
    sizes: dict[int, _Size] = {}
    stack: list[tuple[LexborNode, Iterator[LexborNode]]] = [(root, root.iter(include_text=True))]
    open_sizes = [[0, 0, 0, 0, 0]]
    while stack:
        node, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            size = _Size(*open_sizes.pop())
            sizes[node.mem_id] = size
            if open_sizes:
                open_sizes[-1] = [*map(add, open_sizes[-1], size)]
            continue
        here = open_sizes[-1]
        if child.tag == "-text":
            text = child.text_content or ""
            here[0] += len(_SENTENCE.findall(text))
            here[1] += len(text.strip())
        elif child.tag == "a":
            length = len(child.text(strip=True))
            here[1] += length
            here[2] += length
            here[4 if is_file(child.attributes.get("href") or "") else 3] += 1
        elif child.tag not in _UNREAD:
            stack.append((child, child.iter(include_text=True)))
            open_sizes.append([0, 0, 0, 0, 0])
    return sizes


def find_title(tree: LexborHTMLParser) -> LexborNode | None:
    """The first heading that the title tag repeats, else the first one outside the site's furniture;
    one-word labels and links to the front page do not count.
    """
    title_tag = tree.css_first("title")
    named = squeeze(title_tag.text()) if title_tag is not None else ""
    first: LexborNode | None = None
    for selector in _TITLES:
        for node in tree.css(selector)[:_MOST_HEADINGS]:
            text = node.text(strip=True)
            if not 6 <= len(text) <= 200 or _in_furniture(node) or _is_link(node, text):
                continue
            if squeeze(text) in named:
                return node
            first = first or node
    return first


def _is_link(node: LexborNode, text: str) -> bool:
    link = node.css_first("a")
    return link is not None and len(link.text(strip=True)) == len(text)


def without_site_name(title: str) -> str:
    """A title tag without the site's name after a dash or bar."""
    return _TAIL.sub("", title) or title


def _in_furniture(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in ("nav", "header", "footer", "aside"):
            return True
        parent = parent.parent
    return False
