"""The lists of the ministry by name: 出口管制管控名单, 关注名单, 不可靠实体清单, 反制清单."""

import re

EXPORT, WATCH, UNRELIABLE, COUNTER = "出口管制管控名单", "关注名单", "不可靠实体清单", "反制清单"
# 不可靠实体清单工作机制 and 《不可靠实体清单规定》 are no lists.
_LISTS = (
    (EXPORT, r"(?:出口管制)?管控名单"),
    (WATCH, r"(?:出口管制)?关注名单"),
    (UNRELIABLE, r"不可靠实体清单(?!规定|工作机制|制度)"),
    (COUNTER, r"反制(?:裁)?清单"),
)
MENTION = re.compile("|".join(form for _, form in _LISTS))
_COMPILED = tuple((name, re.compile(form)) for name, form in _LISTS)


def list_named(folded: str, start: int, end: int) -> str | None:
    """The canonical name of the first list that is named in a part of the text."""
    best: tuple[int, str] | None = None
    for name, form in _COMPILED:
        match = form.search(folded, start, end)
        if match and (best is None or match.start() < best[0]):
            best = (match.start(), name)
    return best[1] if best else None
