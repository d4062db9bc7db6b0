"""Any Chinese government page: the body is the block with the most running text."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

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
_SENTENCE = re.compile(r"[，。；：、]")
_TAIL = re.compile(r"\s*[-_|—]{1,2}\s*[^-_|—]{2,20}$")


def find_bodies(tree: LexborHTMLParser) -> list[LexborNode]:
    """The content block, as a list of one, empty when nothing on the page reads like text.

    A known block with a few sentences wins; else the innermost block that holds most of the page's
    sentences and few links.
    """
    for selector in _KNOWN:
        best = max(tree.css(selector), key=_sentences, default=None)
        if best is not None and _sentences(best) >= 3:
            return [best]
    if tree.body is None:
        return []
    whole = _sentences(tree.body)
    if whole < 2:
        return []
    node = tree.body
    while True:
        inner = max(
            (child for child in node.iter() if child.tag not in ("p", "ul", "table", "tbody")),
            key=_sentences,
            default=None,
        )
        # A step down must keep nearly all of the text: a document is more than its longest part.
        if inner is None or _sentences(inner) < 0.85 * _sentences(node):
            return [node]
        if inner.tag in ("span", "font", "strong", "b", "em", "a"):
            return [node]
        node = inner


def _sentences(node: LexborNode) -> int:
    total = 0
    for text in node.css("p, div, td, span, font, section, article, li, body"):
        for child in text.iter(include_text=True):
            if child.tag == "-text":
                total += len(_SENTENCE.findall(child.text_content or ""))
    return total - 2 * sum(len(_SENTENCE.findall(a.text())) for a in node.css("a"))


def find_title(tree: LexborHTMLParser) -> LexborNode | None:
    """The first heading outside the site's furniture that is no one-word label."""
    for selector in _TITLES:
        for node in tree.css(selector):
            text = node.text(strip=True)
            if 6 <= len(text) <= 200 and not _in_furniture(node):
                return node
    return None


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
