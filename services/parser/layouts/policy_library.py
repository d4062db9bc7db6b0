"""The policy law library, policy.mofcom.gov.cn: labels (发布部门, 发布文号, 效力级别, 时效状态 …) above
the text.

No saved page is public. The library is recognised by its labels, and its body found as on any page.
"""

import re

NAME = "policy-library"
CONFIDENCE = 0.6
# No other system of the ministry prints these two labels together.
_LABELS = re.compile(r"效力级别.{0,400}?时效状态|时效状态.{0,400}?效力级别", re.DOTALL)


def is_policy_library(html: str, host: str) -> bool:
    """Whether a page is from the library, by its host or its labels."""
    if host == "policy.mofcom.gov.cn":
        return True
    return "效力级别" in html and _LABELS.search(html) is not None
