"""Any Chinese government page: the body is the block with the most running text."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from services.parser.layouts.content import only_links

NAME = "generic"
CONFIDENCE = 0.5

# Ids and classes of the content block in the systems that ministries buy (TRS, JPaaS, UCAP …).
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
)
HEADERS = (".pages-date", ".pubtime", ".subtitle", ".info", ".source", ".time", ".date")
# The English site is read as well.
_SENTENCE = re.compile(r"[，。；：、]|[,.;:](?=\s|$)")
# A paragraph or a list is a part of a text, not the block that holds it.
_PARTS = frozenset({"p", "ul", "table", "tbody"})
_INLINE = frozenset({"span", "font", "strong", "b", "em"})
_UNREAD = frozenset({"a", "script", "style", "noscript", "-comment"})
_TAIL = re.compile(r"\s*[-_|—]{1,2}\s*[^-_|—]{2,20}$")


def find_body(tree: LexborHTMLParser) -> LexborNode | None:
    """The content block; None when nothing on the page reads like text.

    A known block with a few sentences wins; else the innermost block that holds most of the page's
    sentences outside links.
    """
    if tree.body is None:
        return None
    marks = _marks(tree.body)
    for selector in _KNOWN:
        best = max(tree.css(selector), key=lambda node: marks.get(node.mem_id, 0), default=None)
        if best is not None and marks.get(best.mem_id, 0) >= 3:
            return best
    node = tree.body
    if marks[node.mem_id] < 2:
        return None
    while True:
        inner = max(
            (child for child in node.iter() if child.tag not in _PARTS),
            key=lambda child: marks.get(child.mem_id, 0),
            default=None,
        )
        # A step down must keep nearly all of the text: a document is more than its longest part.
        if inner is None or marks.get(inner.mem_id, 0) < 0.85 * marks[node.mem_id]:
            return node
        if inner.tag in _INLINE:
            return node
        node = inner


def link_lists(body: LexborNode) -> set[int]:
    """The ids of the blocks in a body that hold little but links to pages: menus, 相关稿件."""
    return {node.mem_id for node in body.css("ul, div, table, section, nav") if only_links(node)}


def _marks(root: LexborNode) -> dict[int, int]:
    """How many marks of punctuation stand in each element, by its id; those in links do not count."""
    marks: dict[int, int] = {}
    stack: list[tuple[LexborNode, Iterator[LexborNode]]] = [(root, root.iter(include_text=True))]
    counts = [0]
    while stack:
        node, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            count = marks[node.mem_id] = counts.pop()
            if counts:
                counts[-1] += count
        elif child.tag == "-text":
            counts[-1] += len(_SENTENCE.findall(child.text_content or ""))
        elif child.tag not in _UNREAD:
            stack.append((child, child.iter(include_text=True)))
            counts.append(0)
    return marks


def find_title(tree: LexborHTMLParser) -> LexborNode | None:
    """The first heading that the title tag repeats, else the first one outside the site's furniture;
    one-word labels and links to the front page are none.
    """
    title_tag = tree.css_first("title")
    named = squeezed(title_tag.text()) if title_tag is not None else ""
    first: LexborNode | None = None
    for selector in _TITLES:
        for node in tree.css(selector):
            text = node.text(strip=True)
            if not 6 <= len(text) <= 200 or _in_furniture(node) or _is_link(node, text):
                continue
            if squeezed(text) in named:
                return node
            first = first or node
    return first


def _is_link(node: LexborNode, text: str) -> bool:
    link = node.css_first("a")
    return link is not None and len(link.text(strip=True)) == len(text)


def squeezed(text: str) -> str:
    """A title for comparison: no white space."""
    return "".join(text.split())


def without_site_name(title: str) -> str:
    """A title tag without the site's name behind a dash or bar."""
    return _TAIL.sub("", title) or title


def _in_furniture(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in ("nav", "header", "footer", "aside"):
            return True
        parent = parent.parent
    return False
