"""Detects the layout of a page from its markup, and reads the page with it."""

import re
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from services.parser.layouts import generic
from services.parser.layouts.article_2013 import ARTICLE_2013
from services.parser.layouts.article_2018 import ARTICLE_2018
from services.parser.layouts.article_2020 import ARTICLE_2020
from services.parser.layouts.exportcontrol import EXPORTCONTROL
from services.parser.layouts.hidden import remove_hidden, sentences_of
from services.parser.layouts.jpaas_2024 import JPAAS_2024
from services.parser.layouts.jpaas_gkml import JPAAS_GKML
from services.parser.layouts.layout import Layout
from services.parser.layouts.listing import is_listing, is_unfilled_listing, lists_documents
from services.parser.layouts.metas import find_metas, joined, read_metas, read_variables
from services.parser.layouts.outermost import marked
from services.parser.layouts.page import Page, PageText
from services.parser.layouts.redirect import is_anti_bot, refresh_target, script_target
from services.parser.layouts.refusals import refusal
from services.parser.layouts.rendering import render
from services.parser.layouts.templated import read_templated
from services.parser.layouts.titles import page_title
from services.parser.layouts.untemplated import read_untemplated
from shared.notice import PageKind

# Narrow marks before wide ones.
LAYOUTS = (
    EXPORTCONTROL,
    JPAAS_GKML,
    ARTICLE_2018,
    JPAAS_2024,
    ARTICLE_2020,
    ARTICLE_2013,
)
_NOSCRIPT = re.compile(r"<noscript\b.*?(?:</noscript\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_BY_SCRIPT = "body_text: hidden until a script shows it"
_HIDES_MORE = "body_text: the page hides more sentences than it shows"


def read_page(html: str, url: str) -> Page:
    """Extract the parts of a decoded page that a reader sees; `url` is its original URL. Never raises.

    A page that shows no text until a script has run is read as if it had, with a warning.
    """
    tree = _tree(html)
    target = script_target(tree, url)
    if target is not None and is_anti_bot(target, url):
        return Page("waf-stub", 1.0, "blocked")
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
    # A reader's browser runs scripts. (Parsed as markup, an element in a `noscript` would end the head.)
    if "noscript" in html or "NOSCRIPT" in html:
        html = _NOSCRIPT.sub("", html)
    return LexborHTMLParser(html)


def _read_visible(tree: LexborHTMLParser, html: str, url: str, target: str | None) -> Page:
    """The parts of a page whose script redirects to `target`, from its tree without what is hidden."""
    tags = find_metas(tree)
    target = target or refresh_target(tags, url)
    metas = read_metas(tags)
    variables = read_variables(html)
    layout = next((candidate for candidate in LAYOUTS if _has(tree, candidate)), None)
    titles = marked(tree, layout.title) if layout else ()
    if target is not None:
        moved = read_templated(tree, layout, url, metas, variables) if layout else None
        return Page(
            layout.name if layout else "script-redirect",
            1.0,
            "redirect",
            title=page_title(tree, layout, metas, variables, titles),
            text=moved.text if moved else PageText(""),
            meta=moved.meta if moved else joined(metas, variables),
            redirect_to=target,
        )
    if layout is not None:
        page = read_templated(tree, layout, url, metas, variables)
        if page.text.body_text or page.attachments:
            return page
    if (refused := refusal(html)) is not None:
        return Page(refused, 0.9, refused, meta=joined(metas, variables))
    if layout is not None or is_unfilled_listing(tree):
        kind: PageKind = "index" if layout is None and is_listing(tree) else "shell"
        return Page(
            layout.name if layout else "list",
            0.9,
            kind,
            title=page_title(tree, layout, metas, variables, titles),
            meta=joined(metas, variables),
        )
    if is_listing(tree) and not _reads_like_a_document(tree, metas):
        return Page(
            "list",
            0.9,
            "index",
            page_title(tree, None, metas, variables, heading=generic.find_title(tree)),
            meta=metas,
        )
    page = read_untemplated(tree, html, url, metas, variables)
    if page.kind == "shell" and lists_documents(tree):
        return Page("list", 0.7, "index", page.title, meta=metas)
    return page


def _has(tree: LexborHTMLParser, layout: Layout) -> bool:
    return all(tree.css_first(mark) is not None for mark in layout.marks)


def _reads_like_a_document(tree: LexborHTMLParser, metas: dict[str, str]) -> bool:
    if metas.get("ArticleTitle"):
        return True
    body = generic.find_body(tree)
    return body is not None and len(render([body]).body_text) > 600
