"""Where a text names one of the ministry's lists: 出口管制管控名单, 不可靠实体清单."""

import re

from shared.chinese.lexicon import LISTS

UNRELIABLE, COUNTER = (LISTS.of(kind).entries[0].name for kind in ("unreliable", "counter"))
# 不可靠实体清单工作机制 and 《不可靠实体清单规定》 are no lists.
MENTION = re.compile(LISTS.pattern + "(?!规定|工作机制|制度)")


def list_named(folded: str, start: int, end: int) -> str | None:
    """The canonical name of the first list that is named in a part of the text."""
    match = MENTION.search(folded, start, end)
    return LISTS.names[match.group()] if match else None
