"""Column pages: lists of links to documents, and empty shells that scripts fill with such lists."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from services.parser.layouts.outermost import outermost

_FEWEST = 3
# In the order of the site's generations, from crawlers and RSSHub: each within the one before it. (As one
# selector of CSS they would be looked for around each item again.)
_LISTS = (
    ("ul.txtList_01", "li"),
    ("ul.policy-list", "li"),
    ("ul.u-newsList01", "li"),
    (".listBox", "ul", "li"),
    ("ul.txtlist", "li"),
    ("ul.list_ul", "li"),
)
_UNIT = "[queryData], [querydata], [tagId], .default_pgContainer, #pageList"
_DOCUMENT = re.compile(
    r"/(?:art_[0-9a-f]{32}\.html|\d{14}\.s?html?|t\d{8}_\d+\.s?html?|\d+\.s?html?)$"
)


def is_listing(tree: LexborHTMLParser) -> bool:
    """Whether a page lists at least three documents, in one of the site's list templates."""
    for selectors in _LISTS:
        items = tree.css(selectors[0])
        for selector in selectors[1:]:
            items = [
                inner
                for outer in outermost(items)
                for inner in outer.css(selector)
                if inner.mem_id != outer.mem_id
            ]
        if len(items) >= _FEWEST and len(_holding(items)) >= _FEWEST:
            return True
    return _documents(tree, "li a[href]") >= 8


def _holding(items: list[LexborNode]) -> set[int]:
    """The ids of the items that hold a link."""
    ids = {item.mem_id for item in items}
    seen: set[int] = set()
    for item in outermost(items):
        for link in item.css("a[href]"):
            outer: LexborNode | None = link
            while outer is not None and outer.mem_id not in seen:
                seen.add(outer.mem_id)
                outer = outer.parent
    return ids & seen


def lists_documents(tree: LexborHTMLParser) -> bool:
    """Whether a page without a text links to at least three documents, in any markup: the tables of
    the years before 2013, front pages.
    """
    return _documents(tree, "a[href]") >= 3


def _documents(tree: LexborHTMLParser, selector: str) -> int:
    links = [a.attributes.get("href") or "" for a in tree.css(selector)]
    return sum(1 for link in links if _DOCUMENT.search(link.split("?")[0]))


def is_unfilled_listing(tree: LexborHTMLParser) -> bool:
    """Whether a page is a JPaaS column that a script fills: it was archived without its items."""
    return tree.css_first(_UNIT) is not None
