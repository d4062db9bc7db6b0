"""The policy law library, policy.mofcom.gov.cn: a head of labels (发布部门, 发布文号, 效力级别,
时效状态 …) over the text.

No saved page is public; it is known by its labels, so the body is found the generic way.
"""

import re

NAME = "policy-library"
CONFIDENCE = 0.6
# The two labels that no other system of the ministry prints together.
_LABELS = re.compile(r"效力级别.{0,400}?时效状态|时效状态.{0,400}?效力级别", re.DOTALL)


def is_policy_library(html: str, host: str) -> bool:
    """Whether a page is one of the library's, by its host or by its labels."""
    if host == "policy.mofcom.gov.cn":
        return True
    return "效力级别" in html and _LABELS.search(html) is not None
