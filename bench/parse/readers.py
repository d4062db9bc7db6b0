"""What is measured: our parser, its first step alone, trafilatura with metadata, and a bare tree.

The first step, which takes a page apart by its layout, yields what trafilatura does: title, time of
publication and text. The second reads twenty more fields from that text.
"""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from importlib.util import find_spec

from selectolax.lexbor import LexborHTMLParser

from bench.parse.pages import Page, Truth
from services.parser.document.document import Document
from services.parser.document.parts.publication import read_published_at
from services.parser.layouts.choose import read_page
from services.parser.parse import parse
from shared.charset import decode

Reader = Callable[[Page], Truth]

MISSING = (
    "trafilatura is not installed, so there is nothing to compare with: pip install -e '.[bench]'"
)


def readers() -> dict[str, Reader]:
    """The readers by name; trafilatura is left out where it is not installed."""
    there: dict[str, Reader] = {"parser": _ours, "layout step": _layout}
    if find_spec("trafilatura") is not None:
        there["trafilatura"] = _trafilatura()
    return there


def build_tree(page: Page) -> None:
    """The lower bound: selectolax builds the tree of a page, which is not used."""
    LexborHTMLParser(page.body)


def _ours(page: Page) -> Truth:
    notice = parse(page.body, page.url)
    published = notice.published_at.date() if notice.published_at else None
    return Truth(notice.title, published, notice.body_text or None)


def _layout(page: Page) -> Truth:
    found = read_page(decode(page.body).text, page.url)
    published = read_published_at(Document(found, page.url)).value
    return Truth(found.title, published.date() if published else None, found.text.body_text or None)


def _trafilatura() -> Reader:
    # Looked up by name: it is an extra that only this benchmark needs.
    bare_extraction = import_module("trafilatura").bare_extraction

    def read(page: Page) -> Truth:
        document = bare_extraction(
            page.body, url=page.url, with_metadata=True, include_comments=False, include_tables=True
        )
        if document is None:
            return Truth(None, None, None)
        published = date.fromisoformat(document.date[:10]) if document.date else None
        return Truth(document.title, published, document.text or None)

    return read
