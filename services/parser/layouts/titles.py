"""The page's own title, from the first source that has one."""

import re
from collections.abc import Iterable, Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from services.parser.layouts import generic
from services.parser.layouts.header import is_header
from services.parser.layouts.layout import Layout
from services.parser.layouts.metas import is_garbled
from services.parser.layouts.rejections import is_unfilled
from services.parser.layouts.rendering import lines_of, tidy
from shared.chinese.body_forms import ENDS
from shared.chinese.characters import HAN

# After a number and between bodies, a line break in the title stands for a space.
_SPACED = re.compile(rf"(?:号|[）)]|公告|通告|令|{ENDS})$")
# No type and no ending of a body is longer.
_LONGEST_ENDING = 40
_CHINESE = re.compile(rf"[{HAN}《》“”、，（）]")


def page_title(
    tree: LexborHTMLParser,
    layout: Layout | None,
    metas: dict[str, str],
    variables: dict[str, str],
    titles: Iterable[LexborNode] = (),
    *,
    heading: LexborNode | None = None,
) -> str | None:
    """The visible title, else the page variable's, else the meta's, else the title tag's without
    the site's name. `titles` are the nodes that the layout marks as the visible title; `heading`
    serves as the visible title on a page without a known layout.
    None if all are missing, garbled, a template's placeholders or the site's own name.
    """
    for title in _titles(tree, layout, metas, variables, titles, heading):
        # An ideographic space separates the halves of a title; in a list of titles it is a space.
        clean = tidy(" ".join(title.replace("\u3000", " ").split()))
        if not clean or is_garbled(clean) or is_unfilled(clean):
            continue
        if not (layout and clean in layout.generic_titles):
            return clean
    return None


def _titles(
    tree: LexborHTMLParser,
    layout: Layout | None,
    metas: dict[str, str],
    variables: dict[str, str],
    titles: Iterable[LexborNode],
    heading: LexborNode | None,
) -> Iterator[str]:
    for node in titles:
        yield _in_one(lines_of(node))
    if layout and layout.title_variable:
        yield variables.get(layout.title_variable, "")
    yield metas.get("ArticleTitle", "")
    yield variables.get("atitle", "")
    if heading is not None:
        # A block with both title and header: 某通知 / 发布时间：2020-06-05.
        lines = lines_of(heading)
        yield _in_one([line for line in lines if not is_header(line)] or lines)
    title_tag = tree.css_first("title")
    yield generic.without_site_name(title_tag.text()) if title_tag else ""


def _in_one(lines: Sequence[str]) -> str:
    """A title of several lines as one line; a break inside a word does not become a space."""
    pieces: list[str] = []
    before = ""
    for line in lines:
        within = (
            before
            and _CHINESE.match(before[-1])
            and _CHINESE.match(line)
            and (line.startswith("关于") or not _SPACED.search(before))
            and not before.endswith("号")
        )
        pieces += [line] if within or not pieces else [" ", line]
        before = (before + pieces[-1])[-_LONGEST_ENDING:] if within else line[-_LONGEST_ENDING:]
    return "".join(pieces)
