"""Pages that are not documents: firewalls, error pages, empty shells."""

import re
from typing import Literal

_STUB = re.compile(r"\b_cofing1\s*=\s*\{\s*href\s*:|wscckey=|_guard/|acw_sc__v2|yunsuo_session")
_BLOCKED = re.compile(
    r"访问被(?:阻断|拦截|拒绝)|请求被(?:拦截|阻断)|拦截提示|安全(?:威胁|验证|防护)|异常访问|人机验证|滑动验证"
    r"|(?:403|405)\s+Forbidden|Access Denied|Request unsuccessful|Web应用防火墙"
    r"|<title>\s*(?:403|WAF)"
    r"|创宇盾|您的(?:访问|请求)(?:过于|可能)",
    re.IGNORECASE,
)
_ERROR = re.compile(
    r"<title>[^<]{0,40}(?:\b(?:404|500|502|503|504)\b|Not Found|找不到|不存在|Error report)"
    r"|(?:页面|网页|文件|信息|内容)(?:已?不存在|未找到|找不到|已删除)|(?:找不到|无法找到)(?:该|您|此|请求)"
    r"|HTTP (?:Status|ERROR) \d{3}|<h1>\s*\d{3} [A-Z]",
    re.IGNORECASE,
)
# Real pages carry kilobytes of navigation; refusals are short.
_SHORT = 12_000


def refusal(html: str) -> Literal["blocked", "error"] | None:
    """The kind of refusal that a page without a readable body is; None if it is not one."""
    if len(html) > _SHORT:
        return None
    if _STUB.search(html) or _BLOCKED.search(html):
        return "blocked"
    if _ERROR.search(html):
        return "error"
    return None
