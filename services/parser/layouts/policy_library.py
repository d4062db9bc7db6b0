"""The policy law library, policy.mofcom.gov.cn: labels (发布部门, 发布文号, 效力级别, 时效状态 …) above
the text.

No saved page is public. The library is recognised by its labels, and its body found as on any page.
"""

import re
from itertools import pairwise

NAME = "policy-library"
CONFIDENCE = 0.6
# No other system of the ministry prints these two labels together.
_LABELS = re.compile("效力级别|时效状态")
_NEAR = 400


def is_policy_library(html: str, host: str) -> bool:
    """Whether a page is from the library, by its host or its labels."""
    if host == "policy.mofcom.gov.cn":
        return True
    if "效力级别" not in html:
        return False
    labels = pairwise(_LABELS.finditer(html))
    return any(
        one.group() != other.group() and other.start() - one.end() <= _NEAR for one, other in labels
    )
