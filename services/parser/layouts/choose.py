"""Detects the layout of a page from its markup, and reads the page with it."""

import re
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from services.parser.layouts import generic
from services.parser.layouts.article_2013 import ARTICLE_2013
from services.parser.layouts.article_2018 import ARTICLE_2018
from services.parser.layouts.article_2020 import ARTICLE_2020
from services.parser.layouts.content import without_second_copy
from services.parser.layouts.exportcontrol import EXPORTCONTROL
from services.parser.layouts.hidden import remove_hidden, sentences_of
from services.parser.layouts.jpaas_2024 import JPAAS_2024
from services.parser.layouts.jpaas_gkml import JPAAS_GKML
from services.parser.layouts.layout import Layout
from services.parser.layouts.listing import is_listing, is_unfilled_listing, lists_documents
from services.parser.layouts.metas import find_metas, joined, read_metas, read_variables
from services.parser.layouts.outermost import marked, outermost
from services.parser.layouts.page import Page, PageText
from services.parser.layouts.redirect import is_anti_bot, refresh_target, script_target
from services.parser.layouts.rejections import (
    FIREWALL,
    FRONT_PAGE,
    GARBLED,
    LIST,
    NO_TEXT,
    UNFILLED_LIST,
    Rejection,
    data,
    emptiness,
    filled,
    is_root,
    is_unfilled,
    may_be_front_page,
    refusal,
)
from services.parser.layouts.rendering import render
from services.parser.layouts.templated import read_templated
from services.parser.layouts.titles import page_title
from services.parser.layouts.untemplated import read_untemplated

# Narrow marks before wide ones.
LAYOUTS = (
    EXPORTCONTROL,
    JPAAS_GKML,
    ARTICLE_2018,
    JPAAS_2024,
    ARTICLE_2020,
    ARTICLE_2013,
)
_FRONT_PAGE_LINKS = 10
_NOSCRIPT = re.compile(r"<noscript\b.*?(?:</noscript\s*>|\Z)", re.IGNORECASE | re.DOTALL)
# What the Wayback Machine and pywb put into the pages that they replay.
_BANNERS = "#wm-ipp-base, #wm-ipp, #wm-ipp-print, #donato, [id^=_wb_], #wb_iframe_div"
# What readers write under a page.
_COMMENTS = (
    ".comment, .comments, .comment-list, .comment-box, .pinglun, #comment, #comments, #pinglun"
)
# (A variable `commentflag` stands on each page of the site.)
_MAY_COMMENT = re.compile(r"omment(?i:s|-list|-box)?[\s\"'>/&]")
_DOCUMENT = "h1, #zoom, #artitle, .art-con, .artCon"
_BY_SCRIPT = "body_text: hidden until a script shows it"
_UNFILLED = "body_text: a template left places unfilled"
_INCLUDE_FAILED = "body_text: an include in it failed"
_LOST = "body_text: characters of it could not be decoded"
_HIDES_MORE = "body_text: the page hides more sentences than it shows"


def read_page(html: str, url: str) -> Page:
    """Extract the parts of a decoded page that a reader sees; `url` is its original URL. Never raises.

    A page that shows no text until a script has run is read as if it had, with a warning.
    """
    tree = _tree(html)
    target = script_target(tree, url)
    if target is not None and is_anti_bot(target, url):
        return _rejected(FIREWALL, "waf-stub", confidence=1.0)
    hidden = remove_hidden(tree)
    page = _read_visible(tree, html, url, target)
    if not hidden or page.kind not in (None, "shell"):
        return page
    if page.kind == "shell":
        tree = _tree(html)
        remove_hidden(tree, but_the_text=True)
        shown = _read_visible(tree, html, url, target)
        if shown.kind is not None:
            return page
        return replace(shown, warnings=(*shown.warnings, _BY_SCRIPT))
    if hidden > sentences_of(page.text.body_text):
        return replace(page, warnings=(*page.warnings, _HIDES_MORE))
    return page


def _tree(html: str) -> LexborHTMLParser:
    if "<" not in html:
        html = f"<pre>{html}</pre>"  # text/plain
    # A reader's browser runs scripts. (Parsed as markup, an element in a `noscript` would end the head.)
    if "noscript" in html or "NOSCRIPT" in html:
        html = _NOSCRIPT.sub("", html)
    tree = LexborHTMLParser(html)
    if "wm-ipp" in html or "_wb_" in html:
        _remove(tree.css(_BANNERS))
    if "pinglun" in html or _MAY_COMMENT.search(html):
        _remove([one for one in tree.css(_COMMENTS) if one.css_first(_DOCUMENT) is None])
    return tree


def _remove(nodes: list[LexborNode]) -> None:
    for node in outermost(nodes):
        node.decompose()


def _read_visible(tree: LexborHTMLParser, html: str, url: str, target: str | None) -> Page:
    """The parts of a page whose script redirects to `target`, from its tree without what is hidden."""
    tags = find_metas(tree)
    target = target or refresh_target(tags, url)
    metas = read_metas(tags)
    variables = read_variables(html)
    layout = next((candidate for candidate in LAYOUTS if _has(tree, candidate)), None)
    if target is not None:
        return _moved(tree, layout, url, metas, variables, target)
    if layout is not None:
        page = read_templated(tree, layout, url, metas, variables)
        if page.text.body_text or page.attachments:
            return _checked(page)
    if (refused := refusal(html)) is not None:
        return _rejected(refused, refused.kind, meta=joined(metas, variables))
    if layout is not None or is_unfilled_listing(tree):
        titles = marked(tree, layout.title) if layout else ()
        title = page_title(tree, layout, metas, variables, titles)
        name, why = (layout.name, NO_TEXT) if layout else ("list", UNFILLED_LIST)
        if layout is None and is_listing(tree):
            why = LIST
        return _rejected(why, name, title=title, meta=joined(metas, variables))
    if (no_page := data(html)) is not None:
        return _rejected(no_page, no_page.why)
    if is_listing(tree) and not _reads_like_a_document(tree, metas):
        title = page_title(tree, None, metas, variables, heading=generic.find_title(tree))
        return _rejected(LIST, "list", title=title, meta=metas)
    if not metas.get("ArticleTitle") and _is_front_page(tree, url):
        title = page_title(tree, None, metas, variables)
        return _rejected(FRONT_PAGE, "list", title=title, meta=metas)
    page = _checked(read_untemplated(tree, html, url, metas, variables))
    if page.kind == "shell" and lists_documents(tree):
        return _rejected(LIST, "list", title=page.title, meta=metas, confidence=0.7)
    return page


def _moved(
    tree: LexborHTMLParser,
    layout: Layout | None,
    url: str,
    metas: dict[str, str],
    variables: dict[str, str],
    target: str,
) -> Page:
    read = read_templated(tree, layout, url, metas, variables) if layout else None
    return Page(
        layout.name if layout else "script-redirect",
        1.0,
        "redirect",
        title=read.title if read else page_title(tree, None, metas, variables),
        text=read.text if read else PageText(""),
        meta=read.meta if read else joined(metas, variables),
        redirect_to=target,
    )


def _rejected(
    rejection: Rejection,
    layout: str,
    *,
    title: str | None = None,
    meta: dict[str, str] | None = None,
    confidence: float = 0.9,
) -> Page:
    kind, why = rejection
    return Page(layout, confidence, kind, title=title, meta=filled(meta or {}), rejection=why)


def _checked(page: Page) -> Page:
    """A page without what a template left unfilled; rejected if its text is only that."""
    if (meta := filled(page.meta)) is not page.meta:
        page = replace(page, meta=meta)
    if (once := without_second_copy(page.text, page.title)) is not page.text:
        page = replace(page, text=once)
    text = page.text.body_text
    if text and (empty := emptiness(text)) is not None:
        title = None if empty is GARBLED else page.title
        return _rejected(empty, page.layout, title=title, meta=page.meta)
    if page.kind == "shell":
        return replace(page, rejection=page.rejection or NO_TEXT.why)
    doubts = (
        *((_UNFILLED,) if is_unfilled(text) else ()),
        *((_INCLUDE_FAILED,) if page.text.failed_include else ()),
        *((_LOST,) if "\N{REPLACEMENT CHARACTER}" in text else ()),
    )
    return replace(page, warnings=(*page.warnings, *doubts)) if doubts else page


def _has(tree: LexborHTMLParser, layout: Layout) -> bool:
    return all(tree.css_first(mark) is not None for mark in layout.marks)


def _reads_like_a_document(tree: LexborHTMLParser, metas: dict[str, str]) -> bool:
    if metas.get("ArticleTitle"):
        return True
    body = generic.find_body(tree)
    return body is not None and len(render([body]).body_text) > 600


def _is_front_page(tree: LexborHTMLParser, url: str) -> bool:
    """Whether a page is the front page of a site or column: it is called so, and is made of links."""
    tag = tree.css_first("title")
    if not may_be_front_page(url, tag.text() if tag is not None else ""):
        return False
    if is_root(url):
        return True
    links, linked, text = generic.link_share(tree)
    return links >= _FRONT_PAGE_LINKS and 3 * linked > text
