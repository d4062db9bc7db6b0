"""A page of no known layout, read the generic way; the policy law library's pages among them."""

import re
from itertools import pairwise
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from services.parser.layouts import generic, policy_library
from services.parser.layouts.attachments import BEHIND_THE_TEXT, read_attachments
from services.parser.layouts.header import header_above, header_line, is_header
from services.parser.layouts.labels import read_labels
from services.parser.layouts.metas import joined
from services.parser.layouts.page import Page
from services.parser.layouts.rendering import render
from services.parser.layouts.titles import page_title

_MARKS = re.compile(r"[。；：\t]")


def _line_above_header(lines: list[str]) -> str | None:
    """The title of a page without any heading: the line right above the first header."""
    for line, below in pairwise(lines):
        if is_header(below):
            return line if 6 <= len(line) <= 200 and not _MARKS.search(line) else None
    return None


def read_untemplated(
    tree: LexborHTMLParser,
    html: str,
    url: str,
    metas: dict[str, str],
    variables: dict[str, str],
) -> Page:
    """Title, text, labels and header as they are found on any government page; a shell when there
    is no text. `url` is the page's original address.
    """
    library = policy_library.is_policy_library(html, urlsplit(url).hostname or "")
    title = page_title(tree, None, metas, variables)
    meta = joined(metas, variables)
    body = generic.find_body(tree)
    bodies = [body] if body is not None else []
    heading = generic.find_title(tree)
    besides = generic.link_lists(body) if body is not None else set()
    if heading is not None:
        besides.add(heading.mem_id)
    text = render(bodies, besides)
    if tree.body is not None:
        for name, value in read_labels([tree.body]).items():
            meta.setdefault(name, value)
        header = header_line(tree, generic.HEADERS)
        untitled = heading is None and "ArticleTitle" not in metas
        if text.body_text and (untitled or header is None):
            lines = render([tree.body]).body_text.split("\n")
            if untitled:
                title = _line_above_header(lines) or title
                if text.body_text.split("\n", 1)[0] == title:
                    text = text.without_first_line()
            if header is None:
                header = header_above(lines, text.body_text.split("\n", 1)[0])
        # Where the block that was found holds the header, it is no part of the text.
        while is_header(first := text.body_text.split("\n", 1)[0]):
            header = header or first
            text = text.without_first_line()
        if header:
            meta["header"] = header
    name, confidence = (
        (policy_library.NAME, policy_library.CONFIDENCE)
        if library
        else (generic.NAME, generic.CONFIDENCE)
    )
    if not text.body_text:
        return Page(name, confidence, "shell", title=title, meta=meta)
    return Page(
        name,
        confidence,
        title=title,
        text=text,
        meta=meta,
        attachments=read_attachments([*bodies, *tree.css(BEHIND_THE_TEXT)], url),
        warnings=("layout: read the generic way",) if not library else (),
    )
