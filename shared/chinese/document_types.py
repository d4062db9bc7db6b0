"""文种: the types that documents call themselves by (公告, 办法), without the words before them (暂行)."""

from shared.chinese.lexicon import DOCUMENT_TYPES

TYPES = DOCUMENT_TYPES.of("official", "rule", "plan", "list", "guide", "public")
# One of them, as a part of a pattern.
DOCUMENT_TYPE = TYPES.pattern
