"""Keeps the outermost of nested nodes."""

from collections.abc import Iterable, Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode


def marked(tree: LexborHTMLParser, selectors: Iterable[str]) -> Iterator[LexborNode]:
    """The outermost nodes that each selector finds, selector by selector."""
    for selector in selectors:
        yield from outermost(tree.css(selector))


def outermost(nodes: Sequence[LexborNode]) -> list[LexborNode]:
    """The nodes that are not inside another of them, in the same order."""
    if len(nodes) < 2:
        return list(nodes)
    ids = {node.mem_id for node in nodes}
    kept = []
    for node in nodes:
        parent = node.parent
        while parent is not None and parent.mem_id not in ids:
            parent = parent.parent
        if parent is None:
            kept.append(node)
    return kept
