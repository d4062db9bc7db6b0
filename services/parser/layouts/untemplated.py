"""Reads pages without a known layout, the policy law library's among them."""

import re
from itertools import pairwise
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from services.parser.layouts import generic, policy_library
from services.parser.layouts.attachments import BEHIND_THE_TEXT, read_attachments
from services.parser.layouts.header import header_above, header_line, is_header
from services.parser.layouts.labels import read_labels
from services.parser.layouts.metas import joined
from services.parser.layouts.outermost import marked
from services.parser.layouts.page import Page, PageText
from services.parser.layouts.rendering import plain, render
from services.parser.layouts.titles import page_title
from shared.chinese.characters import squeeze

_MARKS = re.compile(r"[。；：\t]")
# How many lines before the text may contain its title.
_HEAD = 12


def _title_among(lines: list[str], unlinked: list[str], title_tag: str) -> str | None:
    """The title of a page without a heading: the longest line around the beginning of the text that
    the title tag repeats and that is not a link, else the line right above the first header.
    """
    named = squeeze(title_tag)
    repeated = [
        candidate
        for candidate in unlinked
        if _may_be_title(candidate) and squeeze(candidate) in named
    ]
    if repeated:
        return max(repeated, key=len)
    for line, below in pairwise(lines):
        if is_header(below):
            return line if _may_be_title(line) else None
    return None


def _round(lines: list[str], first: str) -> list[str]:
    """The lines before the first line of the text, and the two after it."""
    index = lines.index(first) if first in lines else 0
    return lines[max(0, index - _HEAD) : index + 3]


def _may_be_title(line: str) -> bool:
    return 6 <= len(line) <= 200 and not _MARKS.search(line)


def read_untemplated(
    tree: LexborHTMLParser,
    html: str,
    url: str,
    metas: dict[str, str],
    variables: dict[str, str],
) -> Page:
    """Title, text, labels and header, found as on any government page; a shell if there is no text.
    `url` is the page's original URL.
    """
    library = policy_library.is_policy_library(html, urlsplit(url).hostname or "")
    name, confidence = (
        (policy_library.NAME, policy_library.CONFIDENCE)
        if library
        else (generic.NAME, generic.CONFIDENCE)
    )
    meta = joined(metas, variables)
    body = generic.find_body(tree)
    heading = generic.find_title(tree)
    if tree.body is None or body is None:
        title = page_title(tree, None, metas, variables, heading=heading)
        return Page(name, confidence, "shell", title=title, meta=meta)
    lines = render([tree.body]).body_text.split("\n")
    besides = generic.link_lists(body)
    text = render([body], besides)
    round_text = _round(lines, _first_line(text))
    if heading is not None and squeeze(plain(heading)) not in squeeze("".join(round_text)):
        # The heading 相关新闻 next to the text is not the title.
        heading = None
    title = page_title(tree, None, metas, variables, heading=heading)
    if heading is None and "ArticleTitle" not in metas:
        unlinked = render([tree.body], {link.mem_id for link in tree.css("a")}).body_text
        tag = tree.css_first("title")
        candidates = [line for line in round_text if line in unlinked]
        title = _title_among(lines, candidates, tag.text() if tag is not None else "") or title
    elif heading is not None:
        text = render([body], {*besides, heading.mem_id})
    # Title and header inside the content block are not part of the text.
    if title and squeeze(_first_line(text)) == squeeze(title):
        text = text.without_first_line()
    within: list[str] = []
    while len(within) < _HEAD and is_header(_first_line(text)):
        within.append(_first_line(text))
        text = text.without_first_line()
    above = header_above(lines, _first_line(text))
    header = " ".join(within) or above or header_line(marked(tree, generic.HEADERS))
    if header:
        meta["header"] = header
    for label, value in read_labels([tree.body]).items():
        meta.setdefault(label, value)
    files = read_attachments([body, *tree.css(BEHIND_THE_TEXT)], url, tree.css("script"))
    return Page(
        name,
        confidence,
        kind=None if text.body_text else "shell",
        title=title,
        text=text,
        meta=meta,
        attachments=files.attachments,
        warnings=(
            *(("layout: read the generic way",) if not library else ()),
            *files.warnings,
        ),
    )


def _first_line(text: PageText) -> str:
    return text.body_text.split("\n", 1)[0]
