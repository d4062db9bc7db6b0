"""Names of fields in evidence."""

import re
from functools import lru_cache

_INDEX = re.compile(r"\[\d+\]")


@lru_cache(maxsize=4096)  # a page has a hundred, and most are those of the page before
def without_indexes(field: str) -> str:
    """`citations.title` of `citations[3].title`."""
    return _INDEX.sub("", field)
