"""Finds the content blocks of a page, without duplicates."""

from collections.abc import Container, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from services.parser.layouts.layout import Layout
from services.parser.layouts.links import is_file
from services.parser.layouts.outermost import outermost
from services.parser.layouts.page import PageText
from services.parser.layouts.rendering import render
from shared.chinese.characters import squeeze

# Every block's text is searched for in all others; templates have two or three blocks.
_MOST_BLOCKS = 50
# A text of fewer lines may well repeat one; so many lines of the site may stand below a copy.
_FEWEST_LINES, _BELOW = 3, 2


def read_content(
    tree: LexborHTMLParser, layout: Layout, besides: Container[int]
) -> tuple[list[LexborNode], PageText]:
    """The blocks of the first body selector that yields text, and their joined text.

    `besides` contains the ids (`mem_id`) of title and header, which some templates put inside a
    block. Blocks without any text are returned as well, because they may link to files.
    """
    for selector in layout.body:
        blocks = [block for block in outermost(tree.css(selector)) if not _only_links(block)]
        texts = [render([block], besides) for block in blocks]
        if len(blocks) == 1 and texts[0].body_text:
            return blocks, texts[0]
        kept = _each_text_once([text.body_text for text in texts])
        if kept:
            chosen = [blocks[index] for index in kept]
            return chosen, render(chosen, besides)
    return [node for selector in layout.body for node in tree.css(selector)], PageText("")


def without_second_copy(text: PageText, title: str | None) -> PageText:
    """A text that a page prints twice, for phones or printers too, once. The second copy may have the
    title above it, and a line or two of the site below.
    """
    lines = text.body_text.split("\n")
    first = lines[0]
    if len(lines) < 2 * _FEWEST_LINES or lines.count(first) < 2:
        return text
    for start in range(_FEWEST_LINES, len(lines)):
        # The copies are equally long, but for the title above the second one and what stands below.
        if lines[start] != first or not -1 <= len(lines) - 2 * start <= _BELOW:
            continue
        end = start - (1 if title and squeeze(lines[start - 1]) == squeeze(title) else 0)
        below = len(lines) - start - end
        if 0 <= below <= _BELOW and lines[start : start + end] == lines[:end]:
            return text.up_to(end)
    return text


def _only_links(block: LexborNode) -> bool:
    """Whether a block is mostly links to pages: some pages give 相关链接 the class of the content."""
    links = block.css("a[href]")
    if len(links) < 2 or any(is_file(link.attributes.get("href") or "") for link in links):
        return False
    return 2 * sum(len(link.text(strip=True)) for link in links) > len(block.text(strip=True))


def _each_text_once(texts: Sequence[str]) -> list[int]:
    """The indexes of the texts to keep: a page may contain the same text twice, once for screen
    readers, or as part of a longer text.
    """
    if len(texts) > _MOST_BLOCKS:
        return [index for index, text in enumerate(texts) if text]
    kept: list[int] = []
    for index, text in enumerate(texts):
        if not text or any(text in texts[other] for other in kept):
            continue
        kept = [other for other in kept if texts[other] not in text]
        kept.append(index)
    return kept
