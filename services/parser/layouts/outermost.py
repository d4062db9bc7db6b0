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
    # Of what is around a node: whether it is within one of them. Each is looked at once.
    within: dict[int, bool] = {}
    kept = []
    for node in nodes:
        outer, passed = node.parent, []
        while outer is not None and outer.mem_id not in ids and outer.mem_id not in within:
            passed.append(outer.mem_id)
            outer = outer.parent
        is_within = outer is not None and within.get(outer.mem_id, True)
        within |= dict.fromkeys(passed, is_within)
        if not is_within:
            kept.append(node)
    return kept
